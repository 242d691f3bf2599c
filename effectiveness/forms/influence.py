"""An influence log: its matter, stakeholders, entries."""

from django.utils.translation import gettext_lazy as _

from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import InfluenceEntry, InfluenceLog, Stakeholder
from organizations.forms.fields import DayField


class InfluenceForm(SheetForm):
    """What it is about."""

    class Meta:
        model = InfluenceLog
        fields = ("title", "aim")
        labels = {"title": _("Cross-department matter")}


class StakeholderForm(RowForm):
    """One person."""

    class Meta:
        model = Stakeholder
        fields = ("person", "power", "interest", "cares_about", "stance")


class EntryForm(RowForm):
    """One entry."""

    class Meta:
        model = InfluenceEntry
        fields = ("on", "person", "ask", "offered", "outcome", "next", "shared")
        field_classes = {"on": DayField}
