"""How often something may be tried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """At most `most` tries within `seconds`, counted from the first."""

    name: str
    most: int
    seconds: int


# Wrong tries alone count for the account, and from one address only: nobody can lock another person out from elsewhere.
SIGN_IN_ACCOUNT = Rate("sign-in-account", 5, 300)
SIGN_IN_ADDRESS = Rate("sign-in-address", 30, 600)
# Of one API token: ten requests a second, which is more than reading everything in lists of 50 asks for.
API_TOKEN = Rate("api-token", 600, 60)
