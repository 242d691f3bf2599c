"""A person's organizations, for the switcher."""

from organizations.models import Member
from organizations.tenancy import signed_in_as


def own_memberships(user_id: int) -> list[Member]:
    """The person's standing memberships everywhere, oldest first, each with its organization; one query."""
    with signed_in_as(user_id):
        return list(Member.objects.active().filter(user_id=user_id).select_related("organization").order_by("pk"))
