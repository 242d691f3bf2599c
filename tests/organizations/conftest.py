"""What tests of organizations share."""

import pytest


@pytest.fixture
def by_form(client):
    """`by_form(member)` sends the sign-in form with the member's password, or with another one."""
    from tests.cast import PASSWORD

    def sign_in(member, password: str = PASSWORD, **more):
        return client.post("/accounts/login/", {"login": member.user.email, "password": password} | more)

    return sign_in
