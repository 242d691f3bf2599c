"""Who speaks at the gates of a project, by role, and in whose place."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from programs.queries.relations import Relations
from programs.vocabulary import Role
from projects.models import PracticeProject
from projects.rules import gate_states


@dataclass(frozen=True)
class Voice:
    """In which role someone speaks, and for whom where they stand in."""

    role: str
    instead_of: int | None = None


def reviewers(project: PracticeProject, roles: Iterable[str], relations: Relations) -> dict[str, frozenset[int]]:
    """Ids of those who may speak in each of these roles. The sponsor is the one who accepted this project by name; the
    trainee never speaks at their own gate."""
    found = {}
    for role in roles:
        if role == Role.SPONSOR:
            people = frozenset({project.sponsor_id} if project.accepted_at and project.sponsor_id else ())
        else:
            people = relations.people.get(role, frozenset())
        found[role] = people - {relations.trainee}
    return found


def voice_of(
    person: int, by_role: Mapping[str, frozenset[int]], missing: Iterable[str], spoken: Collection[int], relations: Relations
) -> Voice | None:
    """As what a person may speak now; None where they may not. `spoken` are those who have in this round.

    As at sign-offs: in person first, else for someone absent; never on one's own project, and never for another where one
    has spoken oneself.
    """
    missing = tuple(missing)
    if role := gate_states.role_to_speak_in(person, by_role, missing):
        return Voice(role)
    if person in spoken:
        return None
    for role in missing:
        principal = relations.acts_as(person, by_role[role], relations.trainee)
        if principal is not None:
            return Voice(role, principal)
    return None


def settles_as(person: int, owner: int, by_role: Mapping[str, frozenset[int]], relations: Relations) -> int | None:
    """As whom a person may say that a condition is settled: a reviewer of the gate or who stands in for one, never who is to settle it."""
    if person in (owner, relations.trainee):
        return None
    return relations.acts_as(person, frozenset().union(*by_role.values()) - {owner}, relations.trainee)


def approver_of(project: PracticeProject, person: int, relations: Relations) -> int | None:
    """As whom a person approves what moves the goal: as the sponsor, or for one who is away; nobody where neither."""
    return relations.acts_as(person, reviewers(project, [Role.SPONSOR], relations)[Role.SPONSOR], relations.trainee)
