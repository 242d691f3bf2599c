"""One small company and its rival: who acts in the tests."""

from dataclasses import dataclass, field

import pytest
from django.test import Client

from organizations.localized import text
from organizations.models import Member, Organization, User
from organizations.tenancy import tenant
from organizations.vocabulary import OrganizationRole, SecondFactor

PASSWORD = "a long enough passphrase"
PEOPLE = {
    "admin": ("陈一鸣", [OrganizationRole.ADMIN, OrganizationRole.MEMBER]),
    "director": ("孙静", [OrganizationRole.HR_DIRECTOR, OrganizationRole.MEMBER]),
    "manager": ("何芳", [OrganizationRole.MEMBER]),
    "mentor": ("周敏", [OrganizationRole.MEMBER]),
    "line_manager": ("赵晓峰", [OrganizationRole.MEMBER]),
    "hrbp": ("吴越", [OrganizationRole.MEMBER]),
    "trainee": ("林予安", [OrganizationRole.MEMBER]),
    "peer": ("许博文", [OrganizationRole.MEMBER]),
    "other_mentor": ("郑岚", [OrganizationRole.MEMBER]),
    "reviewer": ("钱立", [OrganizationRole.REVIEWER, OrganizationRole.MEMBER]),
    "sponsor": ("高远", [OrganizationRole.MEMBER]),
    "business_head": ("马骏", [OrganizationRole.MEMBER]),
    "training_manager": ("罗琳", [OrganizationRole.MEMBER]),
}


@dataclass
class Cast:
    """The people of one company by their part, and a stranger from the rival."""

    organization: Organization
    rival: Organization
    outsider: Member | None = None
    people: dict[str, Member] = field(default_factory=dict)

    def __getattr__(self, part: str) -> Member:
        try:
            return self.__dict__["people"][part]
        except KeyError:
            raise AttributeError(part) from None

    def sign_in(self, client: Client, member: Member) -> Client:
        """The browser of this person."""
        client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def url(self, path: str = "") -> str:
        """A page inside the company."""
        return f"/o/{self.organization.slug}/{path}"


def make_organization(slug: str, name: str) -> Organization:
    """An organization without second factor, in Chinese, working days of China."""
    return Organization.objects.create(slug=slug, name=text(name, slug.title()), second_factor=SecondFactor.NONE)


def make_member(name: str, email: str, roles: list[str] | None = None, **facts) -> Member:
    """A person with a sign-in, inside the open tenant. Passwords are set only where a test signs in by form."""
    user = User(email=email, name=name)
    user.set_unusable_password()
    user.save()
    return Member.objects.create(user=user, name=name, sort_name=name, email=email, roles=roles or [OrganizationRole.MEMBER], **facts)


def make_cast() -> Cast:
    """Make the rows of the cast. Here and in tests that commit; to any other test its stage brings them."""
    cast = Cast(make_organization("hengyue", "恒岳零售"), make_organization("rival", "对手公司"))
    with tenant(cast.rival.pk):
        cast.outsider = make_member(
            "外人", "outsider@rival.example", [OrganizationRole.HR_DIRECTOR, OrganizationRole.ADMIN, OrganizationRole.MEMBER]
        )
    with tenant(cast.organization.pk):
        for part, (name, roles) in PEOPLE.items():
            cast.people[part] = make_member(name, f"{part}@hengyue.example", roles)
    return cast


def cast_as_it_stands() -> Cast:
    """The cast whose rows are there already."""
    organizations = {organization.slug: organization for organization in Organization.objects.all()}
    cast = Cast(organizations["hengyue"], organizations["rival"])
    with tenant(cast.rival.pk):
        cast.outsider = Member.objects.select_related("user").get()
    with tenant(cast.organization.pk):
        members = {member.email: member for member in Member.objects.select_related("user")}
    cast.people = {part: members[f"{part}@hengyue.example"] for part in PEOPLE}
    return cast


@pytest.fixture
def cast(db):
    """The cast, with the tenant of their company open for what the test reads and writes itself."""
    cast = cast_as_it_stands()
    with tenant(cast.organization.pk):
        yield cast
