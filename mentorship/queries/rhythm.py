"""Pairings with what was agreed and when they met: dates and counts, no words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from mentorship.models import Agreement, AgreementSignature, Meeting, MeetingFeedback, Pairing
from mentorship.rules.meeting_rhythm import Standing, kept, standing
from mentorship.vocabulary import MeetingState, PairingState
from programs.vocabulary import Role

CHANGE_WANTED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Rhythm:
    """How often two meet. `every_days` is 0 until an agreement is signed by both; `standing` only where it counts today."""

    every_days: int
    minutes: int
    held: int
    kept: int
    last_on: date | None
    next_at: datetime | None
    standing: Standing | None

    @property
    def is_overdue(self) -> bool:
        """Whether a meeting is overdue and none is in the calendar."""
        return bool(self.standing and self.standing.is_overdue and not self.next_at)


def signed_agreements() -> QuerySet[Agreement]:
    """Versions that both have signed; the newest of a pairing is in force."""
    by = AgreementSignature.objects.filter(agreement=OuterRef("pk"))
    return Agreement.objects.filter(Exists(by.filter(role=Role.MENTOR)), Exists(by.filter(role=Role.TRAINEE)))


def with_rhythm(pairings: QuerySet[Pairing], now: datetime) -> QuerySet[Pairing]:
    """The same pairings with the facts that `rhythm_of` reads; costs no further query."""
    in_force = signed_agreements().filter(pairing=OuterRef("pk")).order_by("-number")
    held = Meeting.objects.filter(pairing=OuterRef("pk"), state=MeetingState.HELD).order_by("starts_at")
    ahead = Meeting.objects.filter(pairing=OuterRef("pk"), state=MeetingState.PLANNED, starts_at__gt=now).order_by("starts_at")
    return pairings.annotate(
        every_days=Subquery(in_force.values("every_days")[:1]),
        minutes=Subquery(in_force.values("minutes")[:1]),
        held_at=ArraySubquery(held.values("starts_at")),
        next_at=Subquery(ahead.values("starts_at")[:1]),
        next_id=Subquery(ahead.values("pk")[:1]),
        has_agreement=Exists(Agreement.objects.filter(pairing=OuterRef("pk"))),
    )


def rhythm_of(pairing: Pairing, today: date) -> Rhythm:
    """The rhythm of a pairing that came through `with_rhythm`, by the clock in force."""
    held_on = [timezone.localtime(moment).date() for moment in pairing.held_at]
    began_on = timezone.localtime(pairing.started_at).date() if pairing.started_at else None
    every_days = pairing.every_days or 0
    counts = bool(every_days and began_on)
    last_on = held_on[-1] if held_on else None
    is_expected = counts and pairing.state == PairingState.ACTIVE
    return Rhythm(
        every_days=every_days,
        minutes=pairing.minutes or 0,
        held=len(held_on),
        kept=kept(held_on, began_on, every_days)[0] if counts else 0,
        last_on=last_on,
        next_at=pairing.next_at,
        standing=standing(last_on, began_on, every_days, today) if is_expected else None,
    )


def wants_change(now: datetime) -> Exists:
    """Whether one of the two has lately said that something must change; an annotation of pairings, and no word of who did."""
    lately = now - CHANGE_WANTED_FOR
    return Exists(MeetingFeedback.objects.filter(meeting__pairing=OuterRef("pk"), needs_a_change=True, at__gte=lately))
