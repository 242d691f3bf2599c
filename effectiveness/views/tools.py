"""The worksheets of the toolkit: for each its address, words, forms, what its page shows, and the deliverable it goes into."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from effectiveness.forms import annual_plan as plan_forms
from effectiveness.forms import budget as budget_forms
from effectiveness.forms import influence as influence_forms
from effectiveness.forms import needs as needs_forms
from effectiveness.forms import pilot as pilot_forms
from effectiveness.forms import study as study_forms
from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models.worksheet import Worksheet
from effectiveness.queries import budget_page, influence_page, needs_page, pilot_page, plan_page, study_page


@dataclass(frozen=True)
class Part:
    """Rows of one kind."""

    title: str | Promise
    hint: str | Promise
    form: type[RowForm]

    @property
    def key(self) -> str:
        """Its name in the worksheet and in the address."""
        return self.form._meta.model._meta.get_field("sheet").remote_field.related_name


@dataclass(frozen=True)
class Tool:
    """One kind of worksheet."""

    key: str  # of its addresses' names and its template
    place: str  # in the address
    deliverable: str
    title: str | Promise
    about: str | Promise
    begin: str | Promise
    form: type[SheetForm]
    parts: tuple[Part, ...]
    show: Callable[[Any], Any]
    answers: Callable[[Any], dict[str, object]]
    private: bool = False  # others read of it only what is shared with them

    @property
    def model(self) -> type[Worksheet]:
        return self.form._meta.model


NEEDS = Tool(
    key="needs",
    place="needs",
    deliverable="D6",
    title=_("Needs analysis"),
    about=_("Whether a role is to be trained at all, for what, and what comes first."),
    begin=_("Begin a needs analysis"),
    form=needs_forms.NeedsForm,
    parts=(
        Part(
            _("Tasks of the role"),
            _("Rate each task from 1 to 5: how difficult, how important, how frequent it is. Its answer follows from the three."),
            needs_forms.TaskForm,
        ),
        Part(
            _("Gaps"),
            _("Who is to be able to do what, and how far they are: levels from 1 (with help) to 4 (teaches others)."),
            needs_forms.GapForm,
        ),
        Part(
            _("Needs"),
            _("A need takes its people and levels from a gap. What circumstances or motives cause, no training closes: say so."),
            needs_forms.NeedForm,
        ),
    ),
    show=needs_page.needs_page,
    answers=needs_page.answers,
)
BUDGET = Tool(
    key="budget",
    place="budgets",
    deliverable="D10",
    title=_("Training budget"),
    about=_("What next year's training costs, line by line, and what ten percent more or less would mean."),
    begin=_("Begin a budget"),
    form=budget_forms.BudgetForm,
    parts=(
        Part(_("Lines"), _("How many, at what price, and for which business objective."), budget_forms.LineForm),
        Part(_("Last year"), _("Budget and actual of the year before, by category."), budget_forms.LastYearForm),
        Part(
            _("Internal hours"),
            _("Working time of your own people: trainers, learners, whoever organizes. It costs, though no invoice comes."),
            budget_forms.HoursForm,
        ),
    ),
    show=budget_page.budget_page,
    answers=budget_page.answers,
)
PLAN = Tool(
    key="plan",
    place="annual-plans",
    deliverable="D16",
    title=_("Annual training plan"),
    about=_("A year of training in which every item works for a key result of the business."),
    begin=_("Begin an annual plan"),
    form=plan_forms.PlanForm,
    parts=(
        Part(
            _("Objectives and key results"),
            _("Objectives of the business, not of training: agreed with a business head. Write one row for each key result."),
            plan_forms.KeyResultForm,
        ),
        Part(_("Items of the plan"), _("What is done, for whom, when. Choose the key result it works for."), plan_forms.ItemForm),
        Part(
            _("What we will not do"),
            _("What was asked for and is not done this year, with the reason."),
            plan_forms.OmissionForm,
        ),
    ),
    show=plan_page.plan_page,
    answers=plan_page.answers,
)
INFLUENCE = Tool(
    key="influence",
    place="influence",
    deliverable="D19",
    title=_("Influence log"),
    about=_("How you move others without authority. You read it, nobody else; your mentor reads entries that you share."),
    begin=_("Begin an influence log"),
    form=influence_forms.InfluenceForm,
    parts=(
        Part(
            _("Stakeholders"),
            _("Who can move it or stop it, how much it matters to them, and what they care about. Nobody but you reads this."),
            influence_forms.StakeholderForm,
        ),
        Part(
            _("Entries"),
            _("What you asked, what you offered, what came of it. Tick what your mentor may read."),
            influence_forms.EntryForm,
        ),
    ),
    show=influence_page.influence_page,
    answers=influence_page.answers,
    private=True,
)
PILOT = Tool(
    key="pilot",
    place="pilots",
    deliverable="D17",
    title=_("Digital pilot"),
    about=_("Try one new thing on few people, and let figures decide."),
    begin=_("Begin a pilot"),
    form=pilot_forms.PilotForm,
    parts=(
        Part(
            _("Measures before and after"),
            _("Write the figure before and the target when you begin; the figure after, and of how many people, when it ends."),
            pilot_forms.PilotMeasureForm,
        ),
    ),
    show=pilot_page.pilot_page,
    answers=pilot_page.answers,
)
STUDY = Tool(
    key="study",
    place="studies",
    deliverable="D14",
    title=_("Results and return"),
    about=_("Whether behavior changed, what it was worth, and how much of that is training's."),
    begin=_("Begin a study"),
    form=study_forms.StudyForm,
    parts=(
        Part(
            _("Level 3: behavior"),
            _("In how many people the behavior was looked for, and who saw it 30 to 90 days after. What both saw counts."),
            study_forms.BehaviorForm,
        ),
        Part(
            _("Level 4: business figures"),
            _("Before and after, one row for each period; a control group where there is one."),
            study_forms.PointForm,
        ),
        Part(
            _("Benefits in money"),
            _("Units a month times what a unit is worth, times twelve, times training's share, times how sure you are of that share."),
            study_forms.BenefitForm,
        ),
        Part(_("Full costs"), _("Everything that it cost, the learners' time off the job among it."), study_forms.CostForm),
    ),
    show=study_page.study_page,
    answers=study_page.answers,
)
TOOLS = (NEEDS, BUDGET, PLAN, PILOT, STUDY, INFLUENCE)
