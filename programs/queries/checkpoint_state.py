"""How far a quarterly checkpoint is, and who still notes on it."""

from collections import defaultdict

from programs.models import CheckpointAnswer, CheckpointNote, SupportRole, TaskWork
from programs.rules.checkpoint import NOTERS, checkpoint_state, required_roles
from programs.vocabulary import DeliverableState


def state_of(work: TaskWork) -> DeliverableState:
    """The state that the newest answer and the notes on it amount to; two queries, one more where it was handed in."""
    newest = CheckpointAnswer.objects.filter(work=work).order_by("-number").first()
    notes = dict(CheckpointNote.objects.filter(answer=newest).values_list("role", "acknowledged")) if newest else {}
    return checkpoint_state(newest is not None, notes, required_roles(work.task.responsible, holders_of(work)))


def holders_of(work: TaskWork) -> dict[str, set[int]]:
    """Who holds the roles that note on checkpoints, by id; one query."""
    held = defaultdict(set)
    support = SupportRole.objects.filter(enrollment=work.enrollment_id, role__in=NOTERS, ended_at__isnull=True)
    for role, member in support.values_list("role", "member_id"):
        held[role].add(member)
    return held


def noters_of(work: TaskWork) -> set[int]:
    """Everybody who is asked for a note."""
    held = holders_of(work)
    return set().union(*(held[role] for role in required_roles(work.task.responsible, held) if role in held))


def roles_to_note(work: TaskWork, answer: CheckpointAnswer, member: int) -> list[str]:
    """The roles in which a person still owes a note on this answer."""
    held = holders_of(work)
    given = set(CheckpointNote.objects.filter(answer=answer).values_list("role", flat=True))
    return [role for role in required_roles(work.task.responsible, held) if role not in given and member in held.get(role, ())]
