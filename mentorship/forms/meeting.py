"""Planning and holding a meeting, and what is said afterwards."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.actions.hold_meeting import MOST_ITEMS, NewItem
from mentorship.models import ActionItem, Meeting
from mentorship.rules.meeting_rhythm import LONGEST_MINUTES, SHORTEST_MINUTES
from organizations.forms.fields import DayField
from organizations.models import Member
from programs.vocabulary import Role

SPARE_ROWS = 3
RATINGS = [
    (1, gettext_lazy("1 · did not help me")),
    (2, gettext_lazy("2 · helped little")),
    (3, gettext_lazy("3 · helped")),
    (4, gettext_lazy("4 · helped a lot")),
    (5, gettext_lazy("5 · moved me forward")),
]


class MeetingForm(forms.Form):
    """When, how long, where, about what."""

    use_required_attribute = False
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("Choose day and time."),
            "invalid": gettext_lazy("Choose day and time, for example 2026-09-18 15:00."),
        },
    )  # fmt: skip
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES)
    place = forms.CharField(label=gettext_lazy("Place or link"), max_length=300, required=False)
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The trainee brings the agenda; what was agreed last time comes first."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)


def initial_of(meeting: Meeting) -> dict:
    """A meeting as the form shows it."""
    names = ("starts_at", "minutes", "place", "agenda", "revision")
    return {name: getattr(meeting, name) for name in names}


class NotesForm(forms.Form):
    """Shared notes, with the revision that was read."""

    use_required_attribute = False
    notes = forms.CharField(
        label=gettext_lazy("Shared notes"), max_length=10000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("You two read them, nobody else."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)


class ItemForm(forms.Form):
    """One next step; an empty row is none."""

    use_required_attribute = False
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)
    text = forms.CharField(label=gettext_lazy("Next step"), max_length=300, required=False)
    owner = forms.TypedChoiceField(label=gettext_lazy("Who does it"), coerce=int)
    due_on = DayField(label=gettext_lazy("By when"), required=False)

    def __init__(self, *args, people: Sequence[Member], **more):
        super().__init__(*args, **more)
        self.fields["owner"].choices = [(person.pk, person.name) for person in people]
        self.fields["owner"].initial = people[0].pk


ItemFormSet = forms.formset_factory(ItemForm, extra=SPARE_ROWS, max_num=MOST_ITEMS + SPARE_ROWS, absolute_max=60)


def item_forms(items: Sequence[ActionItem], people: Sequence[Member], data=None) -> forms.BaseFormSet:
    """The next steps as rows, with a few to spare."""
    initial = [{"pk": item.pk, "text": item.text, "owner": item.owner_id, "due_on": item.due_on} for item in items]
    broken = {"missing_management_form": _("The next steps did not arrive whole. Reload the page and save again.")}
    return ItemFormSet(data, prefix="items", initial=initial, form_kwargs={"people": people}, error_messages=broken)


def new_items(forms_: forms.BaseFormSet) -> list[NewItem]:
    """What the action takes."""
    rows = [form.cleaned_data for form in forms_]
    return [NewItem(row["text"], row["owner"], row["due_on"], row["pk"]) for row in rows if row.get("text")]


class PrivateNoteForm(forms.Form):
    """What one writes for oneself."""

    use_required_attribute = False
    body = forms.CharField(
        label=gettext_lazy("Private note"), max_length=10000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Read by you alone: not by the other, not by HR, not by the admin."),
    )  # fmt: skip


class FeedbackForm(forms.Form):
    """How it was. The trainee rates the mentor; the mentor writes to the trainee."""

    use_required_attribute = False
    words = forms.CharField(label=gettext_lazy("In words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    needs_a_change = forms.BooleanField(
        label=gettext_lazy("Something needs to change"), required=False,
        help_text=gettext_lazy("The cohort manager is told that the pairing needs a change, not who said so."),
    )  # fmt: skip

    def __init__(self, *args, role: str, **more):
        super().__init__(*args, **more)
        if role == Role.TRAINEE:
            rating = forms.TypedChoiceField(
                label=gettext_lazy("How much did this meeting help you?"),
                coerce=int,
                choices=RATINGS,
                required=False,
                widget=forms.RadioSelect,
                help_text=gettext_lazy(
                    "Your mentor sees a mean once three different trainees have answered; until then they see only that feedback was given."
                ),
            )
            self.fields = {"rating": rating, **self.fields}
            self.fields["words"].help_text = gettext_lazy(
                "Your mentor reads it without name and date once three different trainees have answered. With fewer, they never read it."
            )
        else:
            self.fields["words"].help_text = gettext_lazy("The trainee reads it: specific, and about the work.")
