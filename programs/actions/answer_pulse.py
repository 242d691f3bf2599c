"""Answer, without one's name, whether one can report a mistake early."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from organizations.models import Member
from programs.models import Enrollment, PulseCount, PulseTurn
from programs.rules.pulse import FEWEST, HIGHEST, LOWEST, open_round
from programs.vocabulary import EnrollmentState


@transaction.atomic
def answer_pulse(enrollment: Enrollment, answer: int, *, by: Member, today: date) -> None:
    """Count the answer and, apart from it, that this trainee has answered in this round.

    The audit trail keeps nothing of it: a time beside a name would lead to the count that changed at that time.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "not_asked", no round is open or fewer than five are in the cohort; "answered" already; "unknown_answer".
    """
    if enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee answers this."))
    cohort = enrollment.cohort
    asked = open_round(cohort.start_on, today)
    people = Enrollment.objects.filter(cohort=cohort).exclude(state=EnrollmentState.WITHDRAWN).count()
    if asked is None or people < FEWEST or enrollment.state != EnrollmentState.ACTIVE:
        raise ValidationError(_("Nobody is asked this at the moment."), code="not_asked")
    if answer not in range(LOWEST, HIGHEST + 1):
        raise ValidationError({"answer": ValidationError(_("Choose one of the five."), code="unknown_answer")})
    try:
        with transaction.atomic():
            PulseTurn.objects.create(enrollment=enrollment, round=asked.number)
    except IntegrityError:
        raise ValidationError(_("You have answered this time already."), code="answered") from None
    counted, _made = PulseCount.objects.get_or_create(cohort=cohort, round=asked.number, answer=answer)
    PulseCount.objects.filter(pk=counted.pk).update(count=F("count") + 1)
