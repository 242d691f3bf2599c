"""What the calendar alone brings: cohorts begin, quarters come round. Running it again on the same day changes nothing."""

import logging
from datetime import date

from django.db import transaction

from programs.actions.advance import GOES_ON, advance
from programs.models import Cohort, Enrollment
from programs.vocabulary import CohortState

logger = logging.getLogger(__name__)


@transaction.atomic
def begin(today: date) -> list[int]:
    """Cohorts whose first day has come run from now on; returns the enrollments that may have something to open."""
    Cohort.objects.filter(state=CohortState.PLANNED, start_on__lte=today, enrollments__isnull=False).update(state=CohortState.RUNNING)
    running = Enrollment.objects.filter(state__in=GOES_ON, start_on__lte=today)
    return list(running.exclude(cohort__state=CohortState.FINISHED).order_by("pk").values_list("pk", flat=True))


def advance_one(enrollment_id: int, today: date) -> None:
    """Open what has come for one trainee. A fault with one is written down and holds up nobody else."""
    try:
        with transaction.atomic():
            advance(Enrollment.objects.get(pk=enrollment_id), today)
    except Exception:
        logger.exception("advance_failed", extra={"enrollment": enrollment_id})
