"""What a stranger may learn of the thing that a paper is about: written by the app that owns the thing."""

from datetime import date

from django.db import models
from i18nfield.strings import LazyI18nString

from documents.models import PublicProof


def publish(about: models.Model, *, number: str, issued_on: date, valid_until: date | None, title: LazyI18nString) -> PublicProof:
    """Say the number of a thing and until when it holds. Nobody is named until its holder chooses so."""
    return PublicProof.objects.create(
        subject_kind=about.subject_kind, subject_id=about.pk, number=number, issued_on=issued_on, valid_until=valid_until, title=title
    )


def withdraw(about: models.Model, *, on: date) -> None:
    """Say that the thing holds no more, from this day on."""
    _of(about).update(revoked_on=on)


def replace(about: models.Model, *, on: date) -> None:
    """Say that another has taken its place."""
    _of(about).filter(replaced_on__isnull=True).update(replaced_on=on)


def name_holder(about: models.Model, name: str) -> None:
    """Show this name to whoever checks the paper; empty shows none."""
    _of(about).update(holder=name)


def _of(about: models.Model) -> models.QuerySet:
    return PublicProof.objects.filter(subject_kind=about.subject_kind, subject_id=about.pk)
