"""What frames a programme as its people read it: aim, framework, and the steps of the workflow with the one that one is at.

Source: programme map, Frame (CI1, CI2, WF1).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.localized import read
from programs.models import Enrollment
from programs.queries.my_program_parts import Work
from programs.rules.task_states import WITH_SIGNER, WITH_TRAINEE
from programs.vocabulary import TaskState


@dataclass(frozen=True)
class Said:
    """A text whose first line is its name."""

    name: str
    text: str


@dataclass(frozen=True)
class Step:
    """One step of the workflow of training, the `number`-th of `of`."""

    number: int
    of: int
    name: str
    text: str
    is_now: bool


@dataclass(frozen=True)
class Frame:
    """What the programme is for, and the way in which one works."""

    aim: Said
    framework: Said
    steps: tuple[Step, ...]


def said(text: Any) -> Said:
    """A localized text of the version, split after its first line."""
    name, _end, rest = str(text or "").strip().partition("\n")
    return Said(name.strip(), rest.strip())


def steps(workflow: Sequence[dict], now: Collection[str]) -> tuple[Step, ...]:
    """Every step in order; `now` holds the keys of those that one is at."""
    return tuple(
        Step(number, len(workflow), read(one["name"]), read(one.get("text")), one["key"] in now)
        for number, one in enumerate(workflow, start=1)
    )


def steps_at(workflow: Sequence[dict], now: Collection[str]) -> tuple[Step, ...]:
    """The steps that one is at, alone."""
    return tuple(step for step in steps(workflow, now) if step.is_now)


def said_at(steps_there: Sequence[Step]) -> str:
    """At which steps one is, in one line; empty for none."""
    if not steps_there:
        return ""
    of = steps_there[0].of
    if len(steps_there) == of > 1:
        return _("All %(of)s steps of the workflow") % {"of": of}
    facts = {"numbers": _(", ").join(str(one.number) for one in steps_there), "of": of}
    facts["names"] = _(", ").join(one.name for one in steps_there)
    return ngettext("Step %(numbers)s of %(of)s: %(names)s", "Steps %(numbers)s of %(of)s: %(names)s", len(steps_there)) % facts


def steps_in_hand(works: Sequence[Work], modules: Sequence[dict], workflow: Sequence[dict]) -> tuple[Step, ...]:
    """Every step, those marked that the most urgent task in hand is about. `modules`: {pk, steps} each.

    A module that goes through all of them, such as the practice project's, says nothing of where one is; its milestones do.
    """
    about = {one["pk"]: one["steps"] for one in modules if len(one["steps"]) < len(workflow)}
    in_hand = [work for work in works if work.module_id in about and (work.state in WITH_TRAINEE or work.state in WITH_SIGNER)]
    # What lies with the trainee before what others read; returned work before all.
    first = min(
        in_hand, key=lambda work: (work.state != TaskState.RETURNED, work.state in WITH_SIGNER, work.due_on, work.key), default=None
    )
    return steps(workflow, about[first.module_id] if first else ())


def frame_of(enrollment: Enrollment, works: Sequence[Work]) -> Frame:
    """The frame of a programme that was found by `my_tasks.enrollment_with_frame`; no query."""
    return Frame(said(enrollment.aim), said(enrollment.framework), steps_in_hand(works, enrollment.modules, enrollment.workflow))
