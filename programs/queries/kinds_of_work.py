"""Which kinds of deliverable one trainee's task asks for."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from programs.models import Deliverable, DeliverableKind, TaskWork


def kinds_of(work: TaskWork) -> QuerySet[DeliverableKind]:
    """Those that stand on the task, and those of the practice project that was chosen for it."""
    chosen = Deliverable.objects.filter(work=work, kind=OuterRef("pk"), ended_at__isnull=True)
    return DeliverableKind.objects.filter(Q(task=work.task_id) | Q(Exists(chosen), task__isnull=True))
