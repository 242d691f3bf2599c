"""A sign-off route: what may be published, and who may take each step when it runs.

A route is an ordered list of steps. Each names one role or several, any one of which may take it. The author may take a
step that asks for their agreement, and approves nothing; nobody takes two steps of one route. Where one person holds
two of its roles the HRBP takes the second step. Where there is none, the route says what happens: the step waits until HR
names a second person, or that person takes both steps, one act each (`both_steps`).
Source: decisions part 1, 1 and part 2, 8; content, Conventions; moonshot 10.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from programs.vocabulary import ROLES_NAMED_IN_THE_FORM, Role, StepKind

MOST_STEPS = 6

Person = Hashable

MESSAGES = {
    "empty_route": _("Nobody signs this deliverable. Add a step."),
    "too_many_steps": _("A route has six steps at most. Take some away."),
    "step_without_roles": _("Step %(number)s names nobody. Choose who takes it."),
    "unknown_role": _("Step %(number)s names “%(role)s”, which is no role. Choose one from the list."),
    "unknown_kind": _("Step %(number)s must be a step to agree or a step to approve."),
    "author_approves": _(
        "In step %(number)s the author would approve their own work. Let someone else approve, or make it a step to agree."
    ),
    "author_scores": _("In step %(number)s the author would score their own work. Let someone else give the scores."),
    "only_agree": _("Nobody approves this deliverable. Make one of the steps an approval."),
    "only_author": _("Nobody but the author signs this deliverable. Add someone who reads it."),
    "same_role_twice": _("Step %(number)s asks the same role as step %(earlier)s. Nobody takes two steps of one route."),
    "circle": _("Step %(number)s waits for someone whom only that step or a later one names."),
    "nobody_left": _("Step %(number)s can come when all who may take it have signed already. Add another role to it."),
    "role_empty": _("Step %(number)s has nobody in this cohort to take it. Name someone, or choose another role."),
    "same_person": _("The only person for step %(number)s takes another step already. Name an HRBP or someone else for it."),
}


@dataclass(frozen=True)
class Step:
    """A step as a template holds it. `scores` where the rubric is scored; `days` is the working days allowed."""

    kind: str
    roles: tuple[str, ...]
    scores: bool = False
    days: int = 3


@dataclass(frozen=True)
class Problem:
    """Why a route cannot run; `step` counts from 0 and is None where it is the whole route."""

    code: str
    step: int | None = None
    params: Mapping[str, object] = field(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """What stands in the way and what to do, in the reader's language."""
        number = {} if self.step is None else {"number": self.step + 1}
        return str(MESSAGES[self.code]) % {**number, **self.params}


@dataclass(frozen=True)
class Takers:
    """Who may take each step, by position. `second` are the steps that an HRBP may take for someone who signs twice;
    `twice` those that one person takes as a second act, where the route allows it."""

    people: tuple[frozenset, ...]
    problems: tuple[Problem, ...] = ()
    second: frozenset[int] = frozenset()
    twice: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Exploration:
    """Every state a submission on a route can come to: (steps signed, who has signed); and those with no way on."""

    states: frozenset
    stuck: frozenset


def check(
    route: Sequence[Step],
    author_role: str,
    filled_roles: Collection[str] | None = None,
    *,
    agree_only: bool = False,
    both_steps: bool = False,
    named_by: Mapping[str, str] | None = None,
) -> list[Problem]:
    """What keeps a route from being published or, with the roles that are filled, from running in a cohort.

    `agree_only`: the deliverable is read and agreed, not approved (D20). `both_steps`: one person may take two steps.
    `named_by`: who fills in the form field that names a role's person; the author, unless said otherwise.
    """
    problems = _check_words(route, author_role, agree_only)
    problems += _check_circles(route, author_role, named_by or {})
    problems += _check_repetition(route)
    if any(problem.code in ("empty_route", "step_without_roles", "unknown_role", "unknown_kind") for problem in problems):
        return problems
    # One imagined person for each role: what can go wrong even then goes wrong by the route itself.
    always = {Role.TRAINEE, author_role, *ROLES_NAMED_IN_THE_FORM}
    filled = set(Role.values) if filled_roles is None else {*filled_roles, *always}
    people = {str(role): (str(role),) for role in filled}
    empty = [at for at, step in enumerate(route) if filled.isdisjoint(step.roles)]
    problems += [Problem("role_empty", at) for at in empty]
    flagged = {problem.step for problem in problems}
    for signed, _signers in sorted(explore(route, people, author_role, author_role, both_steps=both_steps).stuck, key=_turn):
        if signed not in flagged:
            flagged.add(signed)
            problems.append(Problem("nobody_left", signed))
    return problems


def who_may_take(
    route: Sequence[Step],
    people_by_role: Mapping[str, Collection[Person]],
    author: Person,
    author_role: str,
    taken: Sequence[Person] = (),
    *,
    both_steps: bool = False,
) -> Takers:
    """Who may take each step, so that nobody takes two and no later step is left without anyone.

    `taken` names who took the steps that are done, in order. Where a step has nobody left because its person signs
    elsewhere, an HRBP may take it; where there is none, `both_steps` lets that person act twice, and otherwise the
    step is a problem. A step whose roles nobody fills is a problem too, and holds up no step before it.
    """
    used = frozenset(taken)
    people = [frozenset([person]) for person in taken]
    fitting: dict[int, frozenset] = {}
    problems, second, twice = [], set(), {}
    spare = frozenset(people_by_role.get(Role.HRBP, ())) - {author} - used
    for at in range(len(taken), len(route)):
        everyone = _candidates(route[at], people_by_role, author, author_role)
        free = everyone - used
        if not everyone:
            problems.append(Problem("role_empty", at))
        elif _can_be_shared_out({**fitting, at: free}):
            fitting[at] = free
        elif _may_stand_in(route[at], author_role) and _can_be_shared_out({**fitting, at: free | spare}):
            fitting[at] = free | spare
            second.add(at)
        elif both_steps:
            twice[at] = everyone
        else:
            problems.append(Problem("same_person", at))
    for at in range(len(taken), len(route)):
        if at in fitting:
            people.append(frozenset(p for p in fitting[at] if _can_be_shared_out({**fitting, at: frozenset([p])})))
        else:
            people.append(twice.get(at, frozenset()))
    return Takers(tuple(people), tuple(problems), frozenset(second), frozenset(twice))


def explore(
    route: Sequence[Step],
    people_by_role: Mapping[str, Collection[Person]],
    author: Person,
    author_role: str,
    *,
    both_steps: bool = False,
) -> Exploration:
    """Walk through every state that a submission can come to, by every choice of signers.

    From each state someone signs or returns; a return ends it, and so does the last signature. A state without anyone
    to act is stuck.
    """
    start = ()
    seen, waiting, stuck = {_state(start)}, [start], set()
    while waiting:
        taken = waiting.pop()
        if len(taken) == len(route):
            continue
        takers = who_may_take(route, people_by_role, author, author_role, taken, both_steps=both_steps).people[len(taken)]
        if not takers:
            stuck.add(_state(taken))
        for person in takers:
            after = (*taken, person)
            if _state(after) not in seen:
                seen.add(_state(after))
                waiting.append(after)
    return Exploration(frozenset(seen), frozenset(stuck))


def _state(taken: tuple) -> tuple[int, frozenset]:
    # Who took which step makes no difference to what can still happen.
    return len(taken), frozenset(taken)


def _turn(state: tuple[int, frozenset]) -> int:
    return state[0]


def _check_words(route: Sequence[Step], author_role: str, agree_only: bool) -> list[Problem]:
    if not route:
        return [Problem("empty_route")]
    problems = []
    if len(route) > MOST_STEPS:
        problems.append(Problem("too_many_steps"))
    for at, step in enumerate(route):
        if not step.roles:
            problems.append(Problem("step_without_roles", at))
        for role in step.roles:
            if role not in Role.values:
                problems.append(Problem("unknown_role", at, {"role": role}))
        if step.kind not in StepKind.values:
            problems.append(Problem("unknown_kind", at))
        if author_role in step.roles and step.kind == StepKind.APPROVE:
            problems.append(Problem("author_approves", at))
        if author_role in step.roles and step.scores:
            problems.append(Problem("author_scores", at))
    if not agree_only and all(step.kind != StepKind.APPROVE for step in route):
        problems.append(Problem("only_agree"))
    if all(set(step.roles) == {author_role} for step in route):
        problems.append(Problem("only_author"))
    return problems


def _check_circles(route: Sequence[Step], author_role: str, named_by: Mapping[str, str]) -> list[Problem]:
    """Steps whose signer is named in the form by someone who does not come before."""
    problems = []
    before = {author_role}
    for at, step in enumerate(route):
        if step.roles and all(named_by.get(role, author_role) not in before for role in step.roles):
            problems.append(Problem("circle", at))
        before.update(step.roles)
    return problems


def _check_repetition(route: Sequence[Step]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for at, step in enumerate(route):
        if len(step.roles) == 1:
            earlier = first.setdefault(step.roles[0], at)
            if earlier != at:
                problems.append(Problem("same_role_twice", at, {"earlier": earlier + 1}))
    return problems


def _candidates(step: Step, people_by_role: Mapping[str, Collection[Person]], author: Person, author_role: str) -> frozenset:
    everyone = {person for role in step.roles for person in people_by_role.get(role, ()) if role != author_role}
    everyone.discard(author)
    if step.kind == StepKind.AGREE and author_role in step.roles:
        everyone.add(author)
    return frozenset(everyone)


def _may_stand_in(step: Step, author_role: str) -> bool:
    """Whether an HRBP may take the step for its own people: not the author's agreement, not the word of whoever was
    interviewed, which nobody else can give."""
    return author_role not in step.roles and ROLES_NAMED_IN_THE_FORM.isdisjoint(step.roles)


def _can_be_shared_out(candidates: Mapping[int, frozenset]) -> bool:
    """Whether each step can have someone of its own (a matching, by augmenting paths)."""
    taker_of: dict[Person, int] = {}

    def place(at: int, tried: set) -> bool:
        for person in candidates[at]:
            if person not in tried:
                tried.add(person)
                if person not in taker_of or place(taker_of[person], tried):
                    taker_of[person] = at
                    return True
        return False

    return all(place(at, set()) for at in candidates)
