"""What a project hands in, and what it still lacks."""

from collections import defaultdict
from collections.abc import Iterable

from programs.models import Deliverable
from programs.vocabulary import DeliverableState
from projects.models import Gate, GateCondition, PracticeProject
from projects.rules.closing import HandedIn, Lack, lacking

SETTLED = (DeliverableState.OPEN, DeliverableState.APPROVED)


def deliverables_of(project: PracticeProject) -> list[Deliverable]:
    """What the project that is under way hands in, in order."""
    rows = Deliverable.objects.filter(work=project.work_id, kind__task__isnull=True, ended_at__isnull=True)
    return list(rows.select_related("kind").order_by("kind__position", "number"))


def handed_in(rows: Iterable[Deliverable]) -> list[HandedIn]:
    """The same as the rule of closing sees it: what goes beyond the least that is asked for, and final versions, hold nothing."""
    seen: dict[int, int] = defaultdict(int)
    facts = []
    for row in rows:
        kind = row.kind
        seen[kind.pk] += 1
        beyond = seen[kind.pk] > (kind.minimum if kind.repeats else 1)
        counts = not beyond or (kind.final_after_days is None and row.state not in SETTLED)
        facts.append(HandedIn(kind.key, row.label, row.state, kind.required, counts))
    return facts


def lacking_of(project: PracticeProject) -> tuple[Lack, ...]:
    """Everything that keeps the project from being closed; three queries."""
    gates = Gate.objects.filter(project=project).order_by("position").values_list("definition__key", "state")
    conditions = GateCondition.objects.filter(gate__project=project, settled_at__isnull=True).values_list("what", flat=True)
    return lacking(list(gates), handed_in(deliverables_of(project)), list(conditions), final_is_named(project))


def final_is_named(project: PracticeProject) -> bool:
    """Whether it is known who delivers the figures that come later, and when."""
    return project.figures_owner_id is not None and project.last_session_on is not None


def has_later_figures(project: PracticeProject) -> bool:
    """Whether the project has figures that come only after its end (D14)."""
    return Deliverable.objects.filter(work=project.work_id, kind__final_after_days__isnull=False, ended_at__isnull=True).exists()
