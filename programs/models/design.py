"""What a template version consists of. `key` is stable over versions: differences and upgrades go by it."""

from copy import copy

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from organizations.localized import LocalizedCharField, LocalizedTextField
from organizations.tenancy import TenantForeignKey, TenantModel
from programs.models.template import TemplateVersion
from programs.rules import stages
from programs.vocabulary import Anchor, FiscalWindow, LearningMethod, PhaseExit, Recurrence, Role, ScheduleKind


def once_per_version(name: str) -> models.UniqueConstraint:
    """A key stands once in a version."""
    return models.UniqueConstraint(
        name=name, fields=["organization", "version", "key"], violation_error_message=_("This number is already taken.")
    )


class Pillar(TenantModel):
    """PL1-PL3: what a trainee grows in. Its position (1-3) is the column of its weight on each task."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="pillars")
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    covers = LocalizedTextField(_("covers"), blank=True)
    aim = LocalizedTextField(_("aim"), blank=True)

    class Meta:
        constraints = [once_per_version("pillar_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.name)


class Phase(TenantModel):
    """PH1-PH5. `length_days` are working days; a continuous phase has a nominal length for the picture only."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="phases")
    key = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    goal = LocalizedTextField(_("goal"), blank=True)
    length_days = models.PositiveSmallIntegerField(_("length in working days"))
    schedule = models.CharField(max_length=20, choices=ScheduleKind)
    exit = models.CharField(max_length=20, choices=PhaseExit)
    exit_text = LocalizedTextField(_("what ends it"), blank=True)

    class Meta:
        constraints = [once_per_version("phase_key_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.name)


class Module(TenantModel):
    """One element of the programme (1.1 … 5.4): a subject with one or more tasks."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="modules")
    phase = TenantForeignKey(Phase, on_delete=models.CASCADE, related_name="modules")
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    summary = LocalizedTextField(_("content"), blank=True)
    responsible = ArrayField(models.CharField(max_length=20, choices=Role), default=list, verbose_name=_("responsible"))
    workflow_steps = ArrayField(models.CharField(max_length=5), default=list, blank=True)

    class Meta:
        constraints = [once_per_version("module_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class TaskDefinition(TenantModel):
    """What a trainee is to do: 1.1.a … Working days: planned start = the `offset`-th after the anchor, due = start + length - 1."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="tasks")
    phase = TenantForeignKey(Phase, on_delete=models.CASCADE, related_name="tasks")
    module = TenantForeignKey(Module, on_delete=models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    what = LocalizedTextField(_("what to do"))
    judged = LocalizedTextField(_("how it is judged"), blank=True)
    method = models.CharField(_("learning method"), max_length=20, choices=LearningMethod)
    responsible = ArrayField(models.CharField(max_length=20, choices=Role), default=list, verbose_name=_("responsible"))
    questions = models.JSONField(default=list, blank=True)  # of a quarterly checkpoint: [{key, text}]
    weight_1 = models.PositiveSmallIntegerField()
    weight_2 = models.PositiveSmallIntegerField()
    weight_3 = models.PositiveSmallIntegerField()
    anchor = models.CharField(_("begins from"), max_length=20, choices=Anchor)
    anchor_task = TenantForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    offset = models.PositiveSmallIntegerField(_("working days after"))
    length = models.PositiveSmallIntegerField(_("length in working days"))
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)
    required = models.BooleanField(_("required"), default=True)
    counts_for_exit = models.BooleanField(_("holds the phase open"), default=True)
    recurrence = models.CharField(max_length=20, choices=Recurrence, default=Recurrence.ONCE)
    fiscal = models.CharField(max_length=20, choices=FiscalWindow, blank=True, default="")

    class Meta:
        constraints = [
            once_per_version("task_key_once"),
            models.CheckConstraint(
                name="task_weights_sum_to_100",
                condition=Q(weight_1=100 - F("weight_2") - F("weight_3")),
                violation_error_message=_("The three weights must add up to 100."),
            ),
            models.CheckConstraint(name="task_length_positive", condition=Q(length__gte=1)),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    @property
    def is_checkpoint(self) -> bool:
        """A quarterly task that asks questions: it ends with their answers and a note on them."""
        return self.recurrence == Recurrence.QUARTERLY and bool(self.questions)

    @property
    def weights(self) -> tuple[int, int, int]:
        """Weights on PL1, PL2, PL3."""
        return self.weight_1, self.weight_2, self.weight_3


class Prerequisite(TenantModel):
    """`task` stays locked until `requires` is approved or waived."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="prerequisites")
    task = TenantForeignKey(TaskDefinition, on_delete=models.CASCADE, related_name="prerequisites")
    requires = TenantForeignKey(TaskDefinition, on_delete=models.CASCADE, related_name="unlocks")

    class Meta:
        constraints = [models.UniqueConstraint(name="prerequisite_once", fields=["organization", "task", "requires"])]

    def __str__(self) -> str:
        return f"{self.task_id} ← {self.requires_id}"


class DeliverableKind(TenantModel):
    """D1-D20: what is handed in, its form, rubric and sign-off route (formats: programs/builtin/README.md).

    It stands on one task, or (D11-D15) on the practice projects named in `projects`.
    """

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="deliverable_kinds")
    task = TenantForeignKey(TaskDefinition, on_delete=models.CASCADE, null=True, blank=True, related_name="deliverable_kinds")
    projects = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    purpose = LocalizedTextField(_("purpose"), blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)
    author = models.CharField(_("written by"), max_length=20, choices=Role, default=Role.TRAINEE)
    required = models.BooleanField(_("required"), default=True)
    repeats = models.BooleanField(_("several"), default=False)
    minimum = models.PositiveSmallIntegerField(_("at least"), default=1)
    private = models.BooleanField(_("private"), default=False)  # read by trainee and signers alone (D19)
    # Only of projects (D11-D15), in working days after their phase opens; `final_after_days` are calendar days (D14).
    offset = models.PositiveSmallIntegerField(_("working days after"), null=True, blank=True)
    length = models.PositiveSmallIntegerField(_("length in working days"), null=True, blank=True)
    final_after_days = models.PositiveSmallIntegerField(_("final version after"), null=True, blank=True)
    layout = models.CharField(max_length=20, default="deliverable")
    fields = models.JSONField(default=list)
    rubric = models.JSONField(default=list)
    route = models.JSONField(default=list)
    # Where one person holds two roles of the route and no HRBP is named: True, they take both steps, one act each;
    # False, the step waits until a second person is named (decisions part 2, 8).
    stages = models.JSONField(default=list, blank=True)  # handed in one after the other (programs/rules/stages.py)
    both_steps = models.BooleanField(_("one person may take two steps"), default=False)

    class Meta:
        constraints = [once_per_version("deliverable_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    @property
    def count(self) -> int:
        """How many of it a task begins with, all of which must be approved."""
        return len(self.stages) or (self.minimum if self.repeats else 1)

    def at(self, number: int) -> "DeliverableKind":
        """The kind as the deliverable of this number asks it: with the name, fields and route of its stage."""
        if not self.stages:
            return self
        stage = self.stages[min(number, len(self.stages)) - 1]
        narrowed = copy(self)
        narrowed.fields, narrowed.route = stages.of_stage(self.fields, stage["key"]), stages.of_stage(self.route, stage["key"])
        narrowed.rubric = self.rubric if any(step.get("scores") for step in narrowed.route) else []
        names = self.name.data if isinstance(self.name.data, dict) else dict.fromkeys(stage["name"], str(self.name))
        both = {language: " · ".join(filter(None, (names.get(language), words))) for language, words in stage["name"].items()}
        narrowed.name = LazyI18nString({**names, **both})
        return narrowed


class CheckDefinition(TenantModel):
    """C1-C3: a list whose every item must be answered yes by those named; may be signed in bulk."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="checks")
    task = TenantForeignKey(TaskDefinition, on_delete=models.CASCADE, related_name="checks")
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    items = models.JSONField(default=list)
    by = ArrayField(models.CharField(max_length=20, choices=Role), default=list)
    bulk = models.BooleanField(default=True)

    class Meta:
        constraints = [once_per_version("check_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class ProjectKind(TenantModel):
    """3.A-3.C: a kind of practice project, chosen when the task of PH3 opens."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="project_kinds")
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    goal = LocalizedTextField(_("goal"), blank=True)
    mentor_support = LocalizedTextField(_("mentor support"), blank=True)
    weights = ArrayField(models.PositiveSmallIntegerField(), size=3)
    measures = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    milestones = models.JSONField(default=list)

    class Meta:
        constraints = [once_per_version("project_kind_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class GateDefinition(TenantModel):
    """G1-G4: where a practice project stops for evidence. `offset` in working days after PH3 opens."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="gates")
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    offset = models.PositiveSmallIntegerField()
    criteria = models.JSONField(default=list)
    reviewers = ArrayField(models.CharField(max_length=20, choices=Role), default=list)

    class Meta:
        constraints = [once_per_version("gate_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class SuccessFactor(TenantModel):
    """SF1-SF5: what makes the programme work, and the signals it is measured by."""

    version = TenantForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="success_factors")
    key = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    name = LocalizedCharField(_("name"), max_length=200)
    aim = LocalizedTextField(_("aim"), blank=True)
    signals = models.JSONField(default=list)

    class Meta:
        constraints = [once_per_version("success_factor_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"
