"""A study of results: how training's part is isolated, behaviours, figures, benefits, costs."""

from django.utils.translation import gettext_lazy as _

from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import Behavior, ResultPoint, ResultsStudy, StudyBenefit, StudyCostLine


class StudyForm(SheetForm):
    """Which training, and how its part is told from other causes."""

    class Meta:
        model = ResultsStudy
        fields = ("title", "isolation", "isolation_note")
        labels = {"title": _("Training")}
        help_texts = {"isolation": _("Without a method no return is shown. The first of the list is the strongest.")}


class BehaviorForm(RowForm):
    """One behaviour."""

    class Meta:
        model = Behavior
        fields = ("behavior", "n", "by_learner", "by_superior", "both")


class PointForm(RowForm):
    """One figure."""

    class Meta:
        model = ResultPoint
        fields = ("measure", "period", "value", "group")


class BenefitForm(RowForm):
    """One benefit."""

    class Meta:
        model = StudyBenefit
        fields = ("measure", "improvement", "unit_value", "share", "confidence")


class CostForm(RowForm):
    """One cost."""

    class Meta:
        model = StudyCostLine
        fields = ("kind", "name", "amount")
