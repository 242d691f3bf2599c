"""The next date that a trainee has with someone, for their home."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from programs.models import Appointment

STILL_SHOWN = timedelta(minutes=30)  # one that has just begun is what one looks for


@dataclass(frozen=True)
class NextAppointment:
    """When, with whom, where, and the page of it inside the organization."""

    starts_at: datetime
    minutes: int
    place: str
    person: str
    path: str


def next_appointment(since: datetime) -> Subquery:
    """An annotation of enrollments, so that the home asks no further question; `read_appointment` reads it."""
    facts = JSONObject(starts_at=F("starts_at"), minutes=F("minutes"), place=F("place"), person=F("person__name"), path=F("path"))
    ahead = Appointment.objects.filter(enrollment=OuterRef("pk"), starts_at__gte=since)
    return Subquery(ahead.order_by("starts_at", "pk").values(facts=facts)[:1])


def read_appointment(facts: dict | None) -> NextAppointment | None:
    """The annotation in words; None where nothing lies ahead."""
    return NextAppointment(**facts | {"starts_at": parse_datetime(facts["starts_at"])}) if facts else None
