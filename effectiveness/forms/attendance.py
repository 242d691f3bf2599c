"""Who came and for how long: one line for each person on the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from effectiveness.actions.record_attendance import Presence
from effectiveness.models import Attendee
from effectiveness.models.session import LONGEST_MINUTES
from effectiveness.vocabulary import THERE
from effectiveness.vocabulary import Presence as Came

NOT_YET = ("", _("Not written down yet"))


@dataclass(frozen=True)
class Line:
    """One person with their two fields."""

    attendee: Attendee
    came: BoundField
    minutes: BoundField


class AttendanceForm(forms.Form):
    """The whole list. Someone who came and whose minutes are left empty stayed to the end."""

    use_required_attribute = False

    def __init__(self, *args, people: Sequence[Attendee], planned: int, **more):
        super().__init__(*args, **more)
        self.people, self.planned = people, planned
        for one in people:
            self.fields[f"came-{one.pk}"] = forms.ChoiceField(
                label=_("Came?"), required=False, choices=[NOT_YET, *Came.choices], initial=one.came
            )
            self.fields[f"minutes-{one.pk}"] = forms.IntegerField(
                label=_("Minutes"), required=False, min_value=0, max_value=LONGEST_MINUTES, initial=one.minutes,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": str(planned)}),
            )  # fmt: skip

    @property
    def lines(self) -> list[Line]:
        """The people in order, each with the fields to draw."""
        return [Line(one, self[f"came-{one.pk}"], self[f"minutes-{one.pk}"]) for one in self.people]

    def seen(self) -> dict[int, Presence]:
        """What was entered, for the action."""
        return {one.pk: self._presence(one.pk) for one in self.people}

    def _presence(self, pk: int) -> Presence:
        came, minutes = self.cleaned_data[f"came-{pk}"], self.cleaned_data[f"minutes-{pk}"]
        if came not in THERE:
            return Presence(came)
        return Presence(came, self.planned if minutes is None else minutes)
