"""What a project still lacks before it can be closed. Source: content, PH3's exit, D12-D15."""

from collections.abc import Sequence
from dataclasses import dataclass

from programs.vocabulary import DeliverableState
from projects.vocabulary import GateState


@dataclass(frozen=True)
class HandedIn:
    """A deliverable of the project; `counts` is False for a final version that comes after the end (D14)."""

    key: str
    label: str
    state: str
    required: bool = True
    counts: bool = True


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: "gate", "deliverable", "condition" or "final_figures"; `what` names it."""

    code: str
    what: str = ""


def lacking(
    gates: Sequence[tuple[str, str]], deliverables: Sequence[HandedIn], open_conditions: Sequence[str], final_is_named: bool
) -> tuple[Lack, ...]:
    """Everything that keeps the project from being closed, in the order in which it comes.

    `gates` are keys and states. A final version of later figures holds nothing, but who delivers it and when must be named.
    """
    lacks = [Lack("gate", key) for key, state in gates if state != GateState.PASSED]
    for one in deliverables:
        if one.required and one.counts and one.state != DeliverableState.APPROVED:
            lacks.append(Lack("deliverable", " ".join(part for part in (one.key, one.label) if part)))
    lacks += [Lack("condition", what) for what in open_conditions]
    if not final_is_named and any(not one.counts and one.state != DeliverableState.APPROVED for one in deliverables):
        lacks.append(Lack("final_figures"))
    return tuple(lacks)
