"""Who may take a step of a sign-off route, and record a check."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizations.models import Member
from programs.models import CheckDefinition, DeliverableKind, SignOffStep
from programs.queries.relations import Relations
from programs.rules import sign_off_route
from programs.vocabulary import ROLES_NAMED_IN_THE_FORM, Role, StepKind


@dataclass(frozen=True)
class Authority:
    """In which role someone signs, and for whom where they stand in."""

    role: str
    instead_of: int | None = None


def takers(
    step: SignOffStep, steps: Sequence[SignOffStep], relations: Relations, author: int, kind: DeliverableKind, taken: Sequence[int]
) -> frozenset:
    """Ids of those who may take this step of the route `steps` in person, given who took the earlier ones.

    Where one person holds two of its roles the HRBP takes the second. Without an HRBP that person acts twice, once a step, if
    the kind's route says so; otherwise nobody may, until someone else is named.
    Source: decisions part 1, 1; part 2, 8.
    """
    route = [sign_off_route.Step(kind=each.kind, roles=tuple(each.roles)) for each in steps]
    people = dict(relations.people)
    for each in steps:
        for role in ROLES_NAMED_IN_THE_FORM.intersection(each.roles if each.person_id else ()):
            people[role] = frozenset({each.person_id})
    answer = sign_off_route.who_may_take(route, people, author, kind.author, taken, both_steps=kind.both_steps)
    return answer.people[[each.pk for each in steps].index(step.pk)]


def authority(
    member: Member,
    step: SignOffStep,
    steps: Sequence[SignOffStep],
    relations: Relations,
    author: int,
    kind: DeliverableKind,
    taken: Sequence[int],
) -> Authority | None:
    """The right by which a person may take this step now, in person or for someone absent; None where they may not.

    Nobody approves their own work, whichever role or delegation they hold; the author agrees in person or not at all.
    """
    allowed = takers(step, steps, relations, author, kind, taken)
    person = relations.acts_as(member.pk, allowed, author)
    if person is None or (person != member.pk and member.pk in taken):
        return None
    return Authority(_role(person, step, relations, author, kind.author), instead_of=None if person == member.pk else person)


def _role(person: int, step: SignOffStep, relations: Relations, author: int, author_role: str) -> str:
    if person == author and step.kind == StepKind.AGREE and author_role in step.roles:
        return author_role
    held = [role for role in step.roles if relations.holds(person, role)]
    if held:
        return held[0]
    named = next((role for role in step.roles if role in ROLES_NAMED_IN_THE_FORM and person == step.person_id), None)
    return named or Role.HRBP  # an HRBP who takes the second step


def may_record_check(member: Member, check: CheckDefinition, relations: Relations) -> bool:
    """Whether a person is one of those who answer this check for this trainee. Their own check: only where trainees are named."""
    if member.pk == relations.trainee:
        return Role.TRAINEE in check.by
    return bool(relations.roles_of(member.pk) & set(check.by))
