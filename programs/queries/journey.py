"""The picture of one's way: what rules/journey_lattice.py draws, in the reader's language."""

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programs.queries.my_program_parts import MyProgram, Phase, Work
from programs.rules.journey_lattice import lattice
from programs.rules.journey_parts import Cycle, Lattice, Milestone, PhaseSpan, Words
from programs.rules.task_states import WITH_SIGNER, WITH_TRAINEE
from programs.vocabulary import PhaseState, TaskState

LOOKS = {PhaseState.COMPLETE: "done", PhaseState.OPEN: "now", PhaseState.LOCKED: "todo"}


def journey(program: MyProgram, today: date, address: Callable[[int], str]) -> Lattice | None:
    """The lattice of a programme; None where it has no phase with a stretch of time. `address` gives a task's page."""
    spans = [_span(phase, program) for phase in program.phases]
    if all(span.is_recurring for span in spans) or len(program.pillars) != 3:
        return None
    milestones = [_milestone(work, address) for work in program.works if (work.deliverables or work.checks) and not work.is_recurring]
    names = tuple(pillar.name for pillar in program.pillars)
    words = Words(names, _("Today %(day)s") % {"day": brief(today)}, _month, _description(program))
    return lattice(spans, milestones, _cycles(program), today, words)


def phase_list(program: MyProgram) -> list[dict]:
    """The phases as a list, as templates/components/_phases.html takes them."""
    return [
        {
            "number": phase.number,
            "name": phase.name,
            "detail": _detail(phase, program),
            "look": _look(phase, program),
            "done": phase.done,
            "total": 0 if phase.is_continuous or phase.is_recurring else phase.total,
        }
        for phase in program.phases
    ]


def brief(day: date) -> str:
    """A day in as few signs as a picture needs: 9/16, Sep 16."""
    return date_format(day, pgettext("format of a day in the journey, see Django's date filter", "j M"))


def _look(phase: Phase, program: MyProgram) -> str:
    look = LOOKS[PhaseState(phase.progress.state)]
    return "todo" if look == "now" and phase is not program.now else look


def _span(phase: Phase, program: MyProgram) -> PhaseSpan:
    return PhaseSpan(
        title=_("%(number)s %(name)s") % {"number": phase.number, "name": phase.name},
        detail=_detail(phase, program),
        start_on=phase.progress.planned_start_on,
        end_on=None if phase.is_continuous or phase.is_recurring else phase.progress.planned_end_on,
        look=_look(phase, program),
        is_recurring=phase.is_recurring,
    )


def _detail(phase: Phase, program: MyProgram) -> str:
    dates = {"start": brief(phase.progress.planned_start_on), "end": brief(phase.progress.planned_end_on)}
    if phase.is_recurring:
        cycles = _cycles(program)
        return cycles[0].label if cycles else _("Every half-year")
    if phase.is_continuous:
        return _("From %(start)s, by quarter") % dates
    if _look(phase, program) == "now":
        return _("%(start)s – %(end)s · now") % dates
    return _("%(start)s – %(end)s") % dates


def _milestone(work: Work, address: Callable[[int], str]) -> Milestone:
    look = "todo"
    if work.is_finished:
        look = "done"
    elif work.state == TaskState.RETURNED:
        look = "returned"
    elif work.state in WITH_TRAINEE or work.state in WITH_SIGNER:
        look = "open"
    return Milestone(work.code, work.pillar, work.due_on, look, work.name, address(work.pk))


def _cycles(program: MyProgram) -> list[Cycle]:
    """The review cycles planned: each with its first and last day."""
    recurring = {phase.progress.phase_id for phase in program.phases if phase.is_recurring}
    found: dict[int, list[Work]] = {}
    for work in program.works:
        if work.phase_id in recurring:
            found.setdefault(work.occurrence, []).append(work)
    cycles = []
    for works in found.values():
        start, end = min(work.start_on for work in works), max(work.due_on for work in works)
        cycles.append(Cycle(start, _("Review · %(start)s – %(end)s") % {"start": brief(start), "end": brief(end)}))
    return cycles


def _month(day: date) -> str:
    if day.month == 1:
        return date_format(day, pgettext("format of January with its year, see Django's date filter", "M Y"))
    return date_format(day, pgettext("format of a month in the journey, see Django's date filter", "M"))


def _description(program: MyProgram) -> str:
    done = sum(phase.progress.state == PhaseState.COMPLETE for phase in program.phases)
    returned = [work.code for work in program.works if work.state == TaskState.RETURNED]
    said = ngettext(
        "Timeline of the phases and the three pillars: %(done)s phase complete, now in %(name)s.",
        "Timeline of the phases and the three pillars: %(done)s phases complete, now in %(name)s.",
        done,
    ) % {"done": done, "name": program.now.name if program.now else "–"}
    return _("%(said)s Returned for changes: %(keys)s.") % {"said": said, "keys": _(", ").join(returned)} if returned else said
