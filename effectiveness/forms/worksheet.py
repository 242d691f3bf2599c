"""Forms of worksheets: their facts, and rows of one kind."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from effectiveness.models.worksheet import Row, Worksheet
from organizations.forms.tenant_form import SeenForm, TenantModelForm
from programs.rules.field_values import decimal_text

SPARE_ROWS = 3
MOST_READ = 100  # a little more than a part takes, so that one too many is there to be complained of
WIDE = 6  # fields beyond which a row is filled in as a card instead of a line


class SheetForm(TenantModelForm, SeenForm):
    """The facts of a worksheet, for an action to write."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_it_is_typed(self)

    def facts(self) -> dict[str, Any]:
        """What was entered."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}

    def _post_clean(self) -> None:
        """Checked on a copy: the action writes, and a page that refuses shows what stands."""
        standing = self.instance
        self.instance = type(standing)(**{field.attname: getattr(standing, field.attname) for field in standing._meta.concrete_fields})
        self.instance._state.adding = standing._state.adding
        super()._post_clean()
        self.instance = standing


class RowChoiceField(forms.ChoiceField):
    """One of the rows of another part of the worksheet. Its value is that row, or None."""

    def __init__(self, rows: Sequence[Row], **kwargs):
        self.rows = {str(row.pk): row for row in rows}
        choices = [("", "—"), *((pk, str(row)) for pk, row in self.rows.items())]
        super().__init__(choices=choices, required=False, **kwargs)

    def clean(self, value: str) -> Row | None:
        return self.rows.get(super().clean(value))


class RowForm(TenantModelForm):
    """One row. A row in which every field is empty is none, whatever stood there before.

    `chosen_from` names the part of the worksheet from which a field chooses a row.
    """

    use_required_attribute = False
    chosen_from: dict[str, str] = {}
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)

    def __init__(self, *args, others: Mapping[str, Sequence[Row]], **kwargs):
        super().__init__(*args, **kwargs)
        for name, rows in others.items():
            self.fields[name] = RowChoiceField(rows, label=self.fields[name].label)
        _as_it_is_typed(self)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed. A tick alone says nothing."""
        asked = [field for field in self.visible_fields() if not isinstance(field.field, forms.BooleanField)]
        return all(not str(field.data or "").strip() for field in asked)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.is_empty:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def facts(self) -> dict[str, Any]:
        """What was entered."""
        return {name: value for name, value in self.cleaned_data.items() if name != "pk"}


def rows_formset(form: type[RowForm], sheet: Worksheet, rows: Sequence[Row], data=None) -> forms.BaseFormSet:
    """Rows as they stand, and a few to spare."""
    many = forms.formset_factory(form, extra=SPARE_ROWS, max_num=MOST_READ, absolute_max=MOST_READ)
    names = [name for name in form.base_fields if name != "pk"]
    initial = [{"pk": row.pk, **{name: _plain(value) for name, value in model_to_dict(row, names).items()}} for row in rows]
    broken = {"missing_management_form": _("The rows did not arrive whole. Reload the page and save again.")}
    # Read once for all rows.
    others = {name: list(getattr(sheet, part).all()) for name, part in form.chosen_from.items()}
    return many(data, prefix="rows", initial=initial, form_kwargs={"others": others}, error_messages=broken)


def kept_rows(formset: forms.BaseFormSet) -> list[tuple[int | None, dict[str, Any]]]:
    """What the action takes; only of a valid formset."""
    return [(form.cleaned_data.get("pk"), form.facts()) for form in formset if form.cleaned_data]


def _plain(value: Any) -> Any:
    return decimal_text(value) if isinstance(value, Decimal) else value


def _as_it_is_typed(form: forms.ModelForm) -> None:
    """Numbers are text inputs: full-width digits, as a Chinese keyboard makes them, are numbers too. No choice is a dash."""
    for field in form.fields.values():
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [("", "—"), *((value, label) for value, label in field.choices if value != "")]
        if isinstance(field, forms.IntegerField | forms.DecimalField) and not isinstance(field.widget, forms.HiddenInput):
            mode = "decimal" if isinstance(field, forms.DecimalField) else "numeric"
            field.widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
        elif isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3 if isinstance(form, SheetForm) else 2
