"""The list of people, and one person."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from organizations import clock
from organizations.models import Invitation, Member, SignInCode
from organizations.vocabulary import OrganizationRole, PersonState

PER_PAGE = 50


@dataclass(frozen=True)
class PersonRow:
    """One person in the list."""

    member: Member
    roles: list[OrganizationRole]
    state: PersonState
    invited_until: datetime | None


@dataclass(frozen=True)
class PeopleList:
    """One page of people in the order of their names; two queries."""

    rows: list[PersonRow]
    page: Page


@dataclass(frozen=True)
class PersonPage:
    """One person: facts, roles, and how they come in; three queries."""

    member: Member
    roles: list[OrganizationRole]
    state: PersonState
    invitation: Invitation | None
    code: SignInCode | None

    @property
    def invitation_stands(self) -> bool:
        """Whether the link in the last mail still opens the door."""
        invitation = self.invitation
        return bool(invitation and not invitation.accepted_at and invitation.expires_at > clock.now())


def _matching(people: QuerySet[Member], words: str) -> QuerySet[Member]:
    """Name, pinyin, e-mail, employee number or department contains the words: "lin yuan" finds 林远."""
    if not words:
        return people
    return people.filter(
        Q(sort_name__icontains=words)
        | Q(name__icontains=words)
        | Q(email__icontains=words)
        | Q(employee_number__icontains=words)
        | Q(department__icontains=words)
    )


def _in_state(people: QuerySet[Member], state: str) -> QuerySet[Member]:
    if state == PersonState.ENDED:
        return people.filter(ended_at__isnull=False)
    people = people.filter(ended_at__isnull=True)
    if state == PersonState.ACTIVE:
        return people.filter(user__isnull=False)
    if state == PersonState.INVITED:
        return people.filter(user__isnull=True, invited_until__gt=clock.now())
    if state == PersonState.WAITING:
        return people.filter(Q(invited_until__isnull=True) | Q(invited_until__lte=clock.now()), user__isnull=True)
    return people


def _state_of(member: Member, invited_until: datetime | None) -> PersonState:
    if member.ended_at:
        return PersonState.ENDED
    if member.user_id:
        return PersonState.ACTIVE
    return PersonState.INVITED if invited_until and invited_until > clock.now() else PersonState.WAITING


def _staff_roles(member: Member) -> list[OrganizationRole]:
    return [OrganizationRole(role) for role in member.roles if role != OrganizationRole.MEMBER]


def people(*, q: str = "", role: str = "", state: str = "", number: str | int = 1) -> PeopleList:
    """One page of people by words, organization role and state; without a state those who belong here today."""
    invitation = Invitation.objects.filter(member=OuterRef("pk"), accepted_at__isnull=True).order_by("-pk").values("expires_at")[:1]
    code = SignInCode.objects.filter(member=OuterRef("pk"), used_at__isnull=True).order_by("-pk").values("expires_at")[:1]
    # The later of both; PostgreSQL passes over the one that is missing.
    found = _matching(Member.objects.annotate(invited_until=Greatest(Subquery(invitation), Subquery(code))), q)
    found = _in_state(found, state)
    if role:
        found = found.filter(roles__contains=[role])
    page = Paginator(found.order_by("sort_name", "pk"), PER_PAGE).get_page(number)
    rows = [PersonRow(m, _staff_roles(m), _state_of(m, m.invited_until), m.invited_until) for m in page]
    return PeopleList(rows, page)


def person(pk: int) -> PersonPage | None:
    """One person of the organization with their latest invitation and living code, or None."""
    member = Member.objects.select_related("user", "line_manager").filter(pk=pk).first()
    if member is None:
        return None
    invitation = Invitation.objects.filter(member=member).select_related("invited_by").order_by("-pk").first()
    code = SignInCode.objects.filter(member=member, used_at__isnull=True, expires_at__gt=clock.now()).order_by("-pk").first()
    ends = [code.expires_at] if code else []
    if invitation and not invitation.accepted_at:
        ends.append(invitation.expires_at)
    waiting = max(ends, default=None)
    return PersonPage(member, _staff_roles(member), _state_of(member, waiting), invitation, code)
