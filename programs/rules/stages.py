"""A deliverable in stages (D17: the brief, then the result), and steps of a route that depend on an answer.

A stage is {key, name, length}: `length` counts working days from the task's planned start, the first one included. A field
or a step names its stage; without one it belongs to every stage. A step may say `when` = {field, is}: it is taken only
where one of these answers was given (IT agrees where personal data is touched).
Source: content section 1, D17.
"""

from collections.abc import Mapping, Sequence


def of_stage(entries: Sequence[Mapping], stage: str) -> list[Mapping]:
    """The fields or steps of one stage, with those of every stage; all of them where there are no stages."""
    return [entry for entry in entries if not stage or entry.get("stage", "") in ("", stage)]


def is_taken(step: Mapping, answers: Mapping[str, object]) -> bool:
    """Whether a step is asked for by these answers."""
    condition = step.get("when")
    return not condition or answers.get(condition["field"]) in condition["is"]


def always_taken(route: Sequence[Mapping]) -> list[Mapping]:
    """The steps that are taken whatever was answered."""
    return [step for step in route if not step.get("when")]


def length_before(stages: Sequence[Mapping], approved: int, whole: int) -> int:
    """Working days from the task's start until the next stage is due, after so many are approved; `whole` without stages."""
    return stages[min(approved, len(stages) - 1)]["length"] if stages else whole
