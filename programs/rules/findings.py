"""What a look at a draft can find, in words: each finding names the part to go to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# Lists of the review scheme, and the page of each in the builder.
REVIEWS = {"kpis": "kpis", "items360": "items360", "levels": "certificates"}
MESSAGES = {
    "no_phases": _("The program has no phase."),
    "no_name": _("%(key)s has no name"),
    "no_english": _("%(key)s lacks English: %(what)s"),
    "no_chinese": _("%(key)s lacks Chinese: %(what)s"),
    "weights_not_whole": _("The weights of %(key)s make %(sum)s, not 100"),
    "ends_after_phase": _("%(key)s is due on working day %(day)s, after its phase of %(days)s days"),
    "circular_anchors": _("%(key)s begins from a task that begins from it"),
    "unknown_anchor": _("%(key)s begins from a task that does not exist"),
    "circle": _("%(key)s waits for itself, by way of %(way)s"),
    "later_phase": _("%(key)s waits for %(other)s of a later phase"),
    "nothing_ends_it": _("%(key)s has no task that could end it"),
    "empty_phase": _("%(key)s has no task"),
    "empty_module": _("%(key)s has no task"),
    "nothing_to_do": _("%(key)s does not say what to do"),
    "nobody_responsible": _("%(key)s names nobody responsible"),
    "minimum_without_repeat": _("%(key)s asks for %(minimum)s, but is handed in once only"),
    "unknown_project": _("%(key)s stands on no task and on no kind of project"),
    "both_steps_of_one": _("%(key)s lets one person take two steps, but only one step is not the author's"),
    "not_asked_for": _("%(key)s: the form does not ask who this is: %(role)s"),
    "stages_not_once": _("%(key)s is in stages, so it is handed in on one task, once"),
    "stage_dates": _("%(key)s: each stage must be due after the one before it, and within its task"),
    "empty_stage": _("%(key)s: the stage “%(stage)s” asks nothing"),
    "unknown_stage": _("%(key)s: a field or a step belongs to a stage that does not exist"),
    "unknown_answer": _("%(key)s: a step depends on an answer that the form does not offer"),
    "route": _("%(key)s: %(problem)s"),
    "rubric": _("%(key)s: %(problem)s"),
    "field": _("%(key)s, “%(field)s”: %(problem)s"),
    "unscored_rubric": _("%(key)s has a rubric, and no step of its route scores it"),
    "scores_without_rubric": _("A step of %(key)s scores, and there is no rubric"),
    "level_missing": _("%(key)s, “%(criterion)s”: not all four levels are written"),
    "double_key": _("%(key)s has two entries with the same key “%(entry)s”"),
    "empty_check": _("%(key)s asks nothing"),
    "nobody_checks": _("%(key)s names nobody who answers it"),
    "empty_gate": _("%(key)s has no criterion"),
    "nobody_reviews": _("%(key)s names nobody who reviews"),
    "gate_after_phase": _("%(key)s is on working day %(day)s, after its phase of %(days)s days"),
    "gate_before_other": _("%(key)s comes before %(other)s"),
    "no_signal": _("%(key)s has no signal by which it is measured"),
    "unknown_step": _("%(key)s names step %(step)s of the workflow, which does not exist"),
    "unknown_pillar": _("“%(entry)s” of the 360 feedback belongs to no pillar of this program"),
    "nobody_asked": _("“%(entry)s” of the 360 feedback asks nobody"),
    "unnamed_entry": _("An entry has no name: %(what)s"),
}
WARNINGS = {"no_english", "no_chinese", "empty_module", "nobody_responsible", "unscored_rubric", "both_steps_of_one", "no_signal"}
PART_NAMES = {
    "name": _("name"),
    "summary": _("content"),
    "goal": _("goal"),
    "exit_text": _("what ends it"),
    "what": _("what to do"),
    "judged": _("how it is judged"),
    "purpose": _("purpose"),
    "covers": _("covers"),
    "aim": _("aim"),
    "framework": _("what it leaves the organization"),
    "mentor_support": _("mentor support"),
    "stages": _("stages"),
    "route": _("sign-off route"),
    "rubric": _("rubric"),
    "fields": _("form"),
    "items": _("items"),
    "questions": _("questions"),
    "measures": _("measures"),
    "activities": _("activities"),
    "milestones": _("milestones"),
    "criteria": _("criteria"),
    "signals": _("signals"),
    "workflow": _("workflow steps"),
    "levels": _("rubric levels"),
    "review_scheme": _("reviews and certification"),
    "kpis": _("figures of performance"),
    "items360": _("360 feedback"),
    "certificates": _("levels of certification"),
}


@dataclass(frozen=True)
class Finding:
    """Something to put right. `kind` and `key` name the part where one does."""

    code: str
    kind: str = ""
    key: str = ""
    params: Mapping[str, object] = field(default_factory=dict, compare=False)

    @property
    def stops(self) -> bool:
        """Whether it has to be put right before publishing."""
        return self.code not in WARNINGS

    @property
    def text(self) -> str:
        """What is wrong, in the reader's language."""
        return str(MESSAGES[self.code]) % {"key": self.key or _("The frame"), **{name: str(value) for name, value in self.params.items()}}

    @property
    def hint(self) -> str:
        """What follows from it."""
        if self.code == "no_english":
            return str(_("English readers will see Chinese. You can publish."))
        if self.code == "no_chinese":
            return str(_("Chinese readers will see English. You can publish."))
        return str(_("You can publish only once this is put right.") if self.stops else _("You can publish all the same."))


@dataclass(frozen=True)
class Area:
    """One thing that was looked at: its findings or, without any, the sentence that says it is in order."""

    code: str
    findings: tuple[Finding, ...]
    count: int = 0

    @property
    def text(self) -> str:
        """What is in order, in the reader's language."""
        return IN_ORDER[self.code](self.count)


IN_ORDER: Mapping[str, Callable[[int], str]] = {
    "weights": lambda n: ngettext("The weights of %(n)s task make 100", "The weights of all %(n)s tasks make 100", n) % {"n": n},
    "exits": lambda n: str(_("Every phase has what ends it")),
    "dates": lambda n: str(_("Every task is due within its phase")),
    "prerequisites": lambda n: str(_("No task waits for itself")),
    "routes": lambda n: (
        ngettext("%(n)s deliverable has someone to sign it", "All %(n)s deliverables have someone to sign them", n) % {"n": n}
    ),
    "rubrics": lambda n: str(_("Every rubric is whole")),
    "forms": lambda n: str(_("Every form can be filled in")),
    "frame": lambda n: str(_("Gates, success factors, workflow and reviews are whole")),
    "texts": lambda n: str(_("All texts are in both languages")),
}


class Said:
    """A problem of another rule, said in the reader's language at the time of reading."""

    def __init__(self, problem):
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem.text)


class Listed:
    """Names of texts, said in the reader's language at the time of reading."""

    def __init__(self, names: list[str]):
        self.names = names

    def __str__(self) -> str:
        return str(_(", ")).join(str(PART_NAMES[name]) for name in self.names)
