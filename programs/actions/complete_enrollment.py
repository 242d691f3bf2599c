"""Complete a programme (结业): its phases with an end are done, and one certification decision was made."""

from datetime import date

from django.db import transaction

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs import paths
from programs.models import Enrollment, PhaseProgress
from programs.rules.completion import Completion, PhaseFacts, completion
from programs.vocabulary import EnrollmentState, Notice


@transaction.atomic
def complete_enrollment(enrollment: Enrollment, *, by: Member | None, today: date) -> Completion:
    """A certification decision was made about this trainee; who may decide was asked by who calls this.

    Where phases are still open the decision is remembered, and the last of them completes the programme by itself
    (`advance`). Returns whether it is completed now, and what is missing.
    """
    enrollment = Enrollment.objects.select_for_update(of=["self"]).select_related("cohort", "trainee").get(pk=enrollment.pk)
    if enrollment.decided_at is None:
        enrollment.decided_at = clock.now()
        enrollment.save(update_fields=["decided_at"])
    return complete_if_done(enrollment, by=by, today=today)


def complete_if_done(enrollment: Enrollment, *, by: Member | None, today: date) -> Completion:
    """Complete it where nothing is missing. The enrollment must be locked, its trainee loaded."""
    phases = PhaseProgress.objects.filter(enrollment=enrollment).order_by("phase__number")
    facts = [PhaseFacts(*row) for row in phases.values_list("phase__key", "phase__schedule", "state")]
    found = completion(enrollment.state, facts, decided=enrollment.decided_at is not None)
    if not found.done:
        return found
    enrollment.state, enrollment.ended_at = EnrollmentState.COMPLETED, clock.now()
    enrollment.save(update_fields=["state", "ended_at"])
    label = enrollment.trainee.name
    record(AuditAction.ENROLLMENT_COMPLETED, enrollment, by=by, label=label, after={"on": today.isoformat()})
    words = {"cohort": enrollment.cohort.name, "completed_on": today.isoformat()}
    notify(enrollment.trainee, Notice.PROGRAM_COMPLETED, about=enrollment, path=paths.my_program(), words=words, key=str(enrollment.pk))
    return found
