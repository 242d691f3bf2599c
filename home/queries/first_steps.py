"""How far an organization is on the way to its first trainee."""

from dataclasses import dataclass

from django.db.models import Exists, Subquery

from organizations.models import Member
from programs.models import Cohort, Enrollment, ProgramTemplate, TemplateVersion
from programs.vocabulary import CohortState, VersionState


@dataclass(frozen=True)
class FirstSteps:
    """Copy, publish, open, enrol: what is done of it. `cohort_id` is a cohort that can take trainees."""

    copied: bool
    published: bool
    opened: bool
    enrolled: bool
    cohort_id: int | None

    @property
    def is_done(self) -> bool:
        return self.published and self.opened and self.enrolled

    @property
    def done(self) -> int:
        """How many of the four steps are done."""
        return sum((self.copied, self.published, self.opened, self.enrolled))

    @property
    def next(self) -> str:
        """The step to take now."""
        steps = {"copy": self.copied, "publish": self.published, "open": self.opened, "enrol": self.enrolled}
        return next((step for step, is_done in steps.items() if not is_done), "")


def first_steps(member: Member) -> FirstSteps:
    """The state of the set-up; one query."""
    cohorts = Cohort.objects.exclude(state=CohortState.FINISHED).order_by("-pk")
    facts = {
        "copied": Exists(ProgramTemplate.objects.filter(archived_at__isnull=True)),
        "published": Exists(TemplateVersion.objects.exclude(state=VersionState.DRAFT)),
        "opened": Exists(cohorts),
        "enrolled": Exists(Enrollment.objects.all()),
        "cohort_id": Subquery(cohorts.values("pk")[:1]),
    }
    return FirstSteps(**Member.objects.filter(pk=member.pk).annotate(**facts).values(*facts).get())
