"""Give a trainee the tasks that a decision holds: a plan of a few points, each with its day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.models import Member
from programs import paths
from programs.models import Enrollment, PlanPoint
from programs.vocabulary import Notice


class NewPoint(NamedTuple):
    """What is to be done until when, and who signs it off: the mentor where nobody is named."""

    what: str
    due_on: date
    signer: Member | None = None


def set_plan(enrollment: Enrollment, points: Sequence[NewPoint], *, decision: models.Model, path: str, by: Member) -> list[PlanPoint]:
    """Write the points of a decision down as tasks of the trainee. What an earlier decision left open ends with it.

    Raises:
        ValidationError: "own_point", the trainee, or someone who has left, is to sign a point off.
    """
    for point in points:
        if point.signer and (point.signer.pk == enrollment.trainee_id or not point.signer.is_active):
            text = _("Someone else than the trainee signs a point off, who still belongs to the organization.")
            raise ValidationError({"signer": ValidationError(text, code="own_point")})
    PlanPoint.objects.running().filter(enrollment=enrollment).update(ended_at=clock.now())
    made = []
    for number, point in enumerate(points, start=1):
        made.append(
            PlanPoint.objects.create(
                enrollment=enrollment, number=number, what=point.what, due_on=point.due_on, signer=point.signer, set_by=by,
                subject_kind=decision.subject_kind, subject_id=decision.pk, path=path,
            )
        )  # fmt: skip
        words = {"note": point.what, "due_on": point.due_on.isoformat(), "by": by.name}
        key = str(made[-1].pk)
        notify(enrollment.trainee, Notice.POINT_SET, about=enrollment, path=paths.plan_point(made[-1].pk), words=words, key=key)
    return made
