"""Complete a programme (结业): its sequential phases are done and there is one certification decision."""

from datetime import date

from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Enrollment, PhaseProgress
from programs.vocabulary import EnrollmentState, PhaseState, ScheduleKind


def complete_enrollment(enrollment: Enrollment, *, by: Member | None, today: date) -> Enrollment:
    """Complete the enrollment where all its sequential phases are done; else it stays as it is and can be asked again.

    Call it when a certification decision has been made, in its transaction. Source: programme map, completion.
    """
    enrollment = Enrollment.objects.select_for_update(of=["self"]).select_related("cohort", "trainee").get(pk=enrollment.pk)
    phases = PhaseProgress.objects.filter(enrollment=enrollment, phase__schedule=ScheduleKind.SEQUENTIAL)
    if enrollment.state != EnrollmentState.ACTIVE or phases.exclude(state=PhaseState.COMPLETE).exists():
        return enrollment
    enrollment.state, enrollment.ended_at = EnrollmentState.COMPLETED, clock.now()
    enrollment.save(update_fields=["state", "ended_at"])
    record(AuditAction.ENROLLMENT_COMPLETED, enrollment, by=by, label=f"{enrollment.trainee.name} · {enrollment.cohort.name}")
    return enrollment
