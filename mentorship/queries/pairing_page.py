"""One pairing: where it stands, the agreement, the meetings. Others than the two see dates and counts."""

from dataclasses import dataclass
from datetime import date, datetime

from mentorship.models import ActionItem, Meeting, Pairing
from mentorship.queries.rhythm import Rhythm, rhythm_of, wants_change, with_rhythm
from mentorship.vocabulary import MeetingState
from organizations.models import Member


@dataclass(frozen=True)
class Dated:
    """A meeting as others see it: when, how long, whether it took place."""

    pk: int
    state: str
    starts_at: datetime
    minutes: int

    @property
    def state_label(self) -> str:
        return MeetingState(self.state).label


@dataclass(frozen=True)
class PairingPage:
    """All that the page shows. `items` are empty for others than the two."""

    pairing: Pairing
    rhythm: Rhythm
    meetings: list[Dated]
    items: list[ActionItem]
    wants_change: bool

    @property
    def trainee(self) -> Member:
        return self.pairing.enrollment.trainee

    @property
    def ahead(self) -> list[Dated]:
        return sorted((one for one in self.meetings if one.state == MeetingState.PLANNED), key=lambda one: one.starts_at)

    @property
    def past(self) -> list[Dated]:
        return [one for one in self.meetings if one.state == MeetingState.HELD]


def pairing_for(member: Member, pk: int) -> Pairing | None:
    """A pairing that this person may look at; a foreign one and a missing one are the same."""
    found = Pairing.objects.visible_to(member).filter(pk=pk)
    return found.select_related(
        "mentor", "proposed_by", "ended_by", "enrollment__trainee", "enrollment__cohort__manager", "enrollment__cohort__version"
    ).first()


def pairing_page(pairing: Pairing, now: datetime, today: date, *, as_party: bool) -> PairingPage:
    """The page of one pairing; three queries, two for others than the two."""
    facts = with_rhythm(Pairing.objects.filter(pk=pairing.pk), now).annotate(wants_change=wants_change(now)).get()
    meetings = Meeting.objects.filter(pairing=pairing).exclude(state=MeetingState.CANCELLED).order_by("-starts_at")
    items = ActionItem.objects.filter(meeting__pairing=pairing, done_at__isnull=True).select_related("owner")
    facts.enrollment = pairing.enrollment
    return PairingPage(
        pairing=pairing,
        rhythm=rhythm_of(facts, today),
        meetings=[Dated(*row) for row in meetings.values_list("pk", "state", "starts_at", "minutes")],
        items=list(items.order_by("due_on", "meeting__starts_at", "position")) if as_party else [],
        wants_change=facts.wants_change and not as_party,
    )
