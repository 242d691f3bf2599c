"""The sentences of the trainee's home: where one stands, and what makes up a gap."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programs.queries.journey import brief
from programs.queries.my_program_parts import MyProgram, PillarStand, Work
from programs.rules.task_states import FINISHED
from programs.vocabulary import EnrollmentState, PhaseExit

WORTH_SAYING = 3  # percent of a pillar below which a gap is rounding


def standing_words(program: MyProgram, today: date) -> str:
    """Where one stands, in a sentence or two."""
    state, now, after = program.enrollment.state, program.now, program.after_now
    if state == EnrollmentState.PAUSED:
        return _("Your program is paused. Dates stand still until it goes on.")
    if state == EnrollmentState.COMPLETED:
        return _completed_words(program)
    if now is None:
        return _("All phases are complete.")
    facts = {
        "done": now.done,
        "total": now.total,
        "next": after.name if after else "",
        "on": brief(after.progress.planned_start_on) if after else "",
    }
    exit_kind = now.progress.phase.exit
    if exit_kind == PhaseExit.ALL_REQUIRED:
        said = ngettext(
            "%(done)s of %(total)s task done. The phase ends when all are, your development plan signed by three among them.",
            "%(done)s of %(total)s tasks done. The phase ends when all are, your development plan signed by three among them.",
            now.total,
        )
    elif exit_kind == PhaseExit.PRACTICE_TASKS:
        said = ngettext(
            "%(done)s of %(total)s practice task approved. After it comes “%(next)s”, planned for %(on)s.",
            "%(done)s of %(total)s practice tasks approved. After all of them comes “%(next)s”, planned for %(on)s.",
            now.total,
        )
    elif exit_kind == PhaseExit.PROJECT_CLOSED:
        said = _("One practice project, led by you from charter to handover, ends this phase.")
    else:
        said = _("This phase has no end: a checkpoint each quarter, and what you make of it in between.")
    return said % facts


def _completed_words(program: MyProgram) -> str:
    """When it was completed, and the checkpoint that comes next."""
    ended, coming = program.enrollment.ended_at, program.next_checkpoint
    said = _("You have completed the program. Everything you wrote stays here to read.")
    if ended:
        said = _("You completed the program on %(day)s. Everything you wrote stays here to read.") % {
            "day": brief(timezone.localdate(ended))
        }
    if coming is None:
        return said
    facts = {"key": coming.key, "name": coming.name, "day": brief(coming.due_on)}
    coming_words = _("Your next checkpoint: %(key)s %(name)s, due %(day)s.") % facts
    return pgettext("two sentences", "%(first)s %(second)s") % {"first": said, "second": coming_words}


def balance_words(program: MyProgram) -> str:
    """What the balance says, and what will make up the largest gap."""
    behind = max(program.pillars, key=lambda pillar: pillar.behind, default=None)
    if behind is None:
        return ""
    if behind.behind < WORTH_SAYING:
        return _("In percent of all that is asked. The line marks the plan for today; you are on it in all three.")
    facts = {"pillar": behind.name, "gap": behind.behind, "keys": _(", ").join(work.code for work in _makes_up(program, behind))}
    if not facts["keys"]:
        return _("In percent of all that is asked. The line marks the plan for today; %(pillar)s is %(gap)s points behind.") % facts
    return (
        _("The line marks the plan for today, in percent. %(pillar)s is %(gap)s points behind; %(keys)s will make up most of it.") % facts
    )


def _makes_up(program: MyProgram, pillar: PillarStand) -> list[Work]:
    """The two tasks still open that give the pillar most, the sooner first."""
    once = {phase.progress.phase_id for phase in program.phases if not (phase.is_recurring or phase.is_continuous)}
    left = [work for work in program.works if work.state not in FINISHED and work.required and work.phase_id in once]
    best = sorted(left, key=lambda work: (-work.weights[pillar.number - 1], work.due_on))[:2]
    return sorted(best, key=lambda work: work.due_on)
