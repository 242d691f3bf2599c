"""Enroll very many people: a job in batches, each one transaction, which goes on where a killed worker left it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions import run_job
from documents.models import Job
from documents.vocabulary import JobKind
from organizations.models import Member
from programs import paths
from programs.actions.enroll import NewTrainee, enroll
from programs.models import Cohort, Enrollment
from programs.policies.running import may_run_cohort
from programs.vocabulary import EnrollmentState

AT_ONCE = 100  # people whom a page enrolls while one waits
BATCH = 200


@transaction.atomic
def enroll_later(cohort: Cohort, trainees: Sequence[NewTrainee], *, by: Member) -> Job:
    """Write down that these people are to be enrolled and let a worker do it.

    Raises:
        PermissionDenied: `by` does not run this cohort.
    """
    if not may_run_cohort(by, cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager enroll trainees."))
    people = [[new.trainee, {str(role): list(members) for role, members in new.support.items()}] for new in trainees]
    return run_job.create(JobKind.ENROLL, arguments={"cohort": cohort.pk, "people": people}, total=len(people), by=by)


def enroll_batch(job: Job) -> int:
    """Enroll the next of the job's people; how many were worked off, 0 when all are.

    Whoever is in a running programme by now is left out and named in the job's result.

    Raises:
        ValidationError: "not_allowed", whoever asked does not run the cohort any more; as enroll.
    """
    part = job.arguments["people"][job.done : job.done + BATCH]
    if not part:
        return 0
    cohort = Cohort.objects.get(pk=job.arguments["cohort"])
    if not may_run_cohort(job.asked_by, cohort):
        raise ValidationError(_("Only the HR director and this cohort's manager enroll trainees."), code="not_allowed")
    wanted = [trainee for trainee, _support in part]
    running = Enrollment.objects.filter(trainee__in=wanted, state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED])
    names = dict(running.values_list("trainee_id", "trainee__name"))
    ended = set(wanted) - set(Member.objects.active().filter(pk__in=wanted).values_list("pk", flat=True))
    left_out = names | dict(Member.objects.filter(pk__in=ended).values_list("pk", "name"))
    people = [NewTrainee(trainee, support) for trainee, support in part if trainee not in left_out]
    if people:
        enroll(cohort, people, by=job.asked_by, today=timezone.localdate())
    notes = [
        _("%(name)s was left out: in a running program already, or not a member any more.") % {"name": name} for name in left_out.values()
    ]
    job.result = {
        "path": paths.cohort(cohort.pk),
        "enrolled": job.result.get("enrolled", 0) + len(people),
        "notes": [*job.result.get("notes", []), *notes],
    }
    return len(part)
