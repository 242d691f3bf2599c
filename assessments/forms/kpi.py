"""One KPI: the figures that its formula wants, where they are from, and what is to be known about them."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from assessments.forms.refusing import RefusingForm
from assessments.rules.kpi_formulas import FORMULAS

NONE_CHOSEN = [("", gettext_lazy("none named"))]


class KpiForm(RefusingForm):
    """Figures may all be empty: then the note says why there is no value."""

    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, required=False,
        help_text=gettext_lazy("For example: attendance sheets of three sessions, March to May; sales report of 12 June."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What a reader has to know; and where there is no figure, why."),
    )  # fmt: skip

    def __init__(self, *args, key: str, **more):
        super().__init__(*args, **more)
        self.formula = FORMULAS[key]
        first = {}
        for figure in self.formula.figures:
            if figure.choices:
                field = forms.ChoiceField(label=figure.label, choices=[*NONE_CHOSEN, *figure.choices], required=False)
            elif figure.is_whole:
                field = forms.IntegerField(label=figure.label, required=False, min_value=0, max_value=10**9)
            else:
                field = forms.DecimalField(label=figure.label, required=False, max_digits=16, decimal_places=4)
            first[figure.name] = field
        self.fields = first | self.fields

    @property
    def figures(self) -> dict[str, Decimal | str]:
        """What was typed, by the formula's names."""
        given = {figure.name: self.cleaned_data.get(figure.name) for figure in self.formula.figures}
        return {name: Decimal(value) if isinstance(value, int) else value for name, value in given.items() if value not in (None, "")}
