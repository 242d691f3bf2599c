"""Which steps and checks of a version nobody can take for some of the people in a cohort, and for whom.

Trainees whose supporters coincide in the same way have the same gaps, so each such pattern is worked out once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from programs.rules import sign_off_route
from programs.vocabulary import ROLES_NAMED_IN_THE_FORM

People = Mapping[str, frozenset]


@dataclass(frozen=True)
class Signed:
    """A deliverable as its route sees it: `author` is a role."""

    key: str
    author: str
    route: tuple[sign_off_route.Step, ...]
    both_steps: bool = False


@dataclass(frozen=True)
class Checked:
    """A check: any one of these roles answers it."""

    key: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Supported:
    """One trainee, with the people around them by role; the trainee is among them."""

    trainee: object
    people: People


@dataclass(frozen=True)
class Gap:
    """A step that nobody can take for these trainees; `step` counts from 0, None where it is the whole."""

    key: str
    code: str
    step: int | None
    roles: tuple[str, ...]
    trainees: tuple


def gaps(signed: Sequence[Signed], checked: Sequence[Checked], supported: Iterable[Supported]) -> list[Gap]:
    """Every gap with all whom it concerns, in the order of the deliverables and then the checks.

    Codes: "no_author", nobody writes it; "role_empty", nobody holds a role of the step, or only its author does;
    "same_person", whoever could take it takes another step; "no_checker", nobody answers the check.
    Where a route lets one person take two steps (decisions part 2, 8), that one person signs twice is no gap.
    """
    patterns: dict[tuple, list[Supported]] = {}
    for one in supported:
        patterns.setdefault(_pattern(one.people), []).append(one)
    found: dict[tuple, list] = {}
    for alike in patterns.values():
        people = _with_named(alike[0].people)
        trainees = [one.trainee for one in alike]
        for kind in signed:
            for code, step in _of_route(kind, people):
                roles = kind.route[step].roles if step is not None else (kind.author,)
                found.setdefault((kind.key, code, step, roles), []).extend(trainees)
        for check in checked:
            if not any(people.get(role) for role in check.by):
                found.setdefault((check.key, "no_checker", None, check.by), []).extend(trainees)
    order = {one.key: place for place, one in enumerate([*signed, *checked])}
    rows = sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][2] or 0))
    return [Gap(key, code, step, tuple(roles), tuple(trainees)) for (key, code, step, roles), trainees in rows]


def _of_route(kind: Signed, people: People) -> list[tuple[str, int | None]]:
    authors = people.get(kind.author)
    if not authors:
        return [("no_author", None)]
    # Any one of several who may write it is as good as another.
    author = sorted(authors, key=str)[0]
    answer = sign_off_route.who_may_take(kind.route, people, author, kind.author, both_steps=kind.both_steps)
    return [(problem.code, problem.step) for problem in answer.problems]


def _with_named(people: People) -> People:
    """Whoever a form names is there: somebody else."""
    return {**people, **{role: frozenset({f"the {role}"}) for role in ROLES_NAMED_IN_THE_FORM}}


def _pattern(people: People) -> tuple:
    held: dict[object, set[str]] = {}
    for role, members in people.items():
        for member in members:
            held.setdefault(member, set()).add(str(role))
    return tuple(sorted(tuple(sorted(roles)) for roles in held.values()))
