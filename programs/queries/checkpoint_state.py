"""How far a quarterly checkpoint is, and who still notes on it."""

from collections import defaultdict
from datetime import date

from programs.models import CheckpointAnswer, CheckpointNote, SupportRole, TaskWork
from programs.queries.relations import Relations, stand_ins
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


def roles_to_note(work: TaskWork, answer: CheckpointAnswer, member: int, today: date) -> dict[str, int]:
    """The roles in which a person notes on this answer now, and as whom: in person, else for someone absent.

    As at sign-offs, whoever has noted themselves notes for nobody else, and nobody on their own. The work's enrollment must
    be loaded.
    """
    held = holders_of(work)
    given = dict(CheckpointNote.objects.filter(answer=answer).values_list("role", "by_id"))
    owed = [role for role in required_roles(work.task.responsible, held) if role not in given]
    if own := {role: member for role in owed if member in held.get(role, ())}:
        return own
    if member in given.values():
        return {}
    relations = Relations(work.enrollment.trainee_id, {}, stand_ins(today))
    acting = {role: relations.acts_as(member, frozenset(held.get(role, ())), relations.trainee) for role in owed}
    return {role: person for role, person in acting.items() if person is not None}
