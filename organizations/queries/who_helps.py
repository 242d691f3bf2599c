"""Whom to ask where one's own role does not suffice."""

from django.utils.translation import gettext_lazy

from organizations.localized import any_of
from organizations.models import Member
from organizations.vocabulary import OrganizationRole

MOST_NAMES = 3
SENTENCES = {
    OrganizationRole.ADMIN: gettext_lazy("Only an admin can do this. Ask %(names)s."),
    OrganizationRole.HR_DIRECTOR: gettext_lazy("Only the HR director can do this. Ask %(names)s."),
}


def who_helps(role: OrganizationRole) -> str:
    """A sentence that says which role may do it and who holds that role here; one query, inside the tenant."""
    names = Member.objects.with_role(role).order_by("sort_name", "pk").values_list("name", flat=True)[:MOST_NAMES]
    return SENTENCES[role] % {"names": any_of(list(names))}
