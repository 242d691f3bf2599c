"""The cast with everything committed: for tests in which another connection or process looks on."""

from organizations.tenancy import tenant
from organizations.vocabulary import OrganizationRole
from tests.cast import PEOPLE, Cast, make_member, make_organization


def committed_cast() -> Cast:
    """The people of tests/cast.py, for tests marked transactional. Open the tenant for each block of reads and writes."""
    rival = make_organization("rival", "对手公司")
    with tenant(rival.pk):
        outsider = make_member("外人", "outsider@rival.example", [OrganizationRole.HR_DIRECTOR, OrganizationRole.MEMBER])
    cast = Cast(make_organization("hengyue", "恒岳零售"), rival, outsider)
    with tenant(cast.organization.pk):
        for part, (name, roles) in PEOPLE.items():
            cast.people[part] = make_member(name, f"{part}@hengyue.example", roles)
    return cast
