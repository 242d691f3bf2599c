"""What a level's rule asks about a trainee's way, gathered from programs. Source: content 4, levels."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from programs.models import CheckDefinition, CheckResult, DeliverableKind, Enrollment, PhaseProgress, SignOffStep, Submission, TaskWork
from programs.vocabulary import LearningMethod, Outcome, PhaseState, StepState, TaskState

FINAL = "final"  # the stage of D14 whose figures are complete


def approved_submissions(enrollment: Enrollment):
    """Versions that everybody of their route has signed, the newest of each deliverable last."""
    unsigned = SignOffStep.objects.filter(submission=OuterRef("pk")).exclude(
        state=StepState.DONE, decisions__outcome__in=[Outcome.APPROVED, Outcome.AGREED]
    )
    return Submission.objects.filter(~Exists(unsigned), deliverable__work__enrollment=enrollment, steps__isnull=False).distinct()


def facts_of(enrollment: Enrollment, cycle: int, capability: Decimal | None) -> dict[str, Any]:
    """The facts as a review's file holds them; seven queries. `rules.certification_levels.Facts` reads them."""
    version = enrollment.cohort.version_id
    approved = approved_submissions(enrollment)
    projects = TaskWork.objects.filter(enrollment=enrollment, task__method=LearningMethod.PROJECT)
    final = approved.filter(deliverable__kind__key="D14", data__stage=FINAL)
    return {
        "phases": _sorted(PhaseProgress.objects.filter(enrollment=enrollment).values_list("phase__key", flat=True)),
        "phases_done": _sorted(
            PhaseProgress.objects.filter(enrollment=enrollment, state=PhaseState.COMPLETE).values_list("phase__key", flat=True)
        ),
        "kinds": _sorted(DeliverableKind.objects.filter(version=version).values_list("key", flat=True)),
        "approved": _sorted(approved.values_list("deliverable__kind__key", flat=True)),
        "checks": _sorted(CheckDefinition.objects.filter(version=version).values_list("key", flat=True)),
        "checks_passed": _passed(enrollment),
        "capability": str(capability) if capability is not None else "",
        "projects": projects.count(),
        "projects_closed": projects.filter(state=TaskState.APPROVED).count(),
        "has_final_report": final.exists(),
        "cycle": cycle,
    }


def _passed(enrollment: Enrollment) -> list[str]:
    """Keys of the checks whose newest answer is yes to all."""
    newest = dict(CheckResult.objects.filter(work__enrollment=enrollment).order_by("at", "pk").values_list("definition__key", "passed"))
    return sorted(key for key, passed in newest.items() if passed)


def _sorted(keys: Iterable[str]) -> list[str]:
    return sorted(set(keys))
