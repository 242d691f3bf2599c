"""Who is proposed and asked for feedback, by group. Of answers it tells how many there are in a group, and never who gave one."""

from dataclasses import dataclass

from assessments.models import CertificationReview, Rater
from assessments.rules.rater_anonymity import FEWEST
from assessments.vocabulary import ANONYMOUS_GROUPS, RaterGroup, RaterState


@dataclass(frozen=True)
class RaterLine:
    """One person on the list. `state`: proposed or asked, whatever came of it; nobody is shown to have answered."""

    pk: int
    name: str
    note: str
    is_proposed: bool
    by_hand: bool
    by_mail: bool


@dataclass(frozen=True)
class Group:
    """One group with its people and counts."""

    key: str
    label: str
    lines: tuple[RaterLine, ...]
    asked: int
    answered: int
    declined: int

    @property
    def is_small(self) -> bool:
        """Whether too few are named for it to be shown by itself."""
        return self.key in ANONYMOUS_GROUPS and len(self.lines) - self.declined < FEWEST


@dataclass(frozen=True)
class RaterList:
    """All groups; `own_sent` says whether the trainee has sent their own view, for the page that is theirs as well."""

    groups: tuple[Group, ...]
    own: Rater | None

    @property
    def total(self) -> int:
        return sum(len(group.lines) for group in self.groups)

    @property
    def proposed(self) -> int:
        return sum(line.is_proposed for group in self.groups for line in group.lines)

    @property
    def own_sent(self) -> bool:
        return self.own is not None and self.own.state == RaterState.ANSWERED


def rater_list(review: CertificationReview) -> RaterList:
    """The list; one query."""
    rows = list(Rater.objects.filter(review=review).select_related("member__user").order_by("member__sort_name", "name", "pk"))
    groups = tuple(_group(group, [row for row in rows if row.group == group]) for group in RaterGroup if group != RaterGroup.SELF)
    return RaterList(groups, next((row for row in rows if row.group == RaterGroup.SELF), None))


def _group(group: RaterGroup, rows: list[Rater]) -> Group:
    states = [row.state for row in rows]
    return Group(
        key=str(group),
        label=str(group.label),
        lines=tuple(
            RaterLine(
                row.pk,
                row.said_name,
                (row.member.department or row.member.title) if row.member else row.email,
                row.state == RaterState.PROPOSED,
                row.by_hand,
                bool(row.address),
            )
            for row in rows
        ),
        asked=len(states) - states.count(RaterState.PROPOSED),
        answered=states.count(RaterState.ANSWERED),
        declined=states.count(RaterState.DECLINED),
    )
