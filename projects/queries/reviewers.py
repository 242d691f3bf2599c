"""Who speaks at the gates of a project, by role."""

from collections.abc import Iterable

from programs.queries.relations import Relations
from programs.vocabulary import Role
from projects.models import PracticeProject


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
