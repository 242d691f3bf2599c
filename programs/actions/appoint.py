"""What an app above tells the trainee's home: a date with someone, when it is made, moved and called off."""

from datetime import datetime

from django.db import models

from organizations.models import Member
from programs.models import Appointment, Enrollment


def appoint(
    enrollment: Enrollment, about: models.Model, *, person: Member, starts_at: datetime, minutes: int, place: str, path: str
) -> None:
    """Write the date of `about` down, or bring it up to date. The app above has asked its own policy."""
    facts = {"person": person, "starts_at": starts_at, "minutes": minutes, "place": place, "path": path}
    Appointment.objects.update_or_create(
        subject_kind=about.subject_kind, subject_id=about.pk, defaults=facts, create_defaults=facts | {"enrollment": enrollment}
    )


def call_off(kind: str, ids: list[int]) -> None:
    """Nobody waits for these any more: they were held, cancelled or ended with what they belonged to."""
    Appointment.objects.filter(subject_kind=kind, subject_id__in=ids).delete()
