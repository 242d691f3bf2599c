"""Enrolling people in a cohort: whom, and who supports them."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.actions.enroll import NewTrainee
from programs.forms.people import PeopleField, PeopleFormMixin, PersonField
from programs.queries.directory import Directory
from programs.queries.enroll import Candidates
from programs.rules import pasted_people
from programs.vocabulary import Role

MOST_CHARACTERS = pasted_people.MOST * 120
FOR_ALL = (Role.HRBP, Role.BUSINESS_HEAD, Role.TRAINING_MANAGER)


class EnrollForm(PeopleFormMixin, forms.Form):
    """The list of people, and who supports all of them."""

    use_required_attribute = False
    people = forms.CharField(
        label=gettext_lazy("People to enroll"), max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("E-mails, employee numbers or names, one per line; a column pasted from a spreadsheet works too."),
        error_messages={"required": gettext_lazy("Name at least one person.")},
    )  # fmt: skip
    mentor = PersonField(
        label=Role.MENTOR.label, required=False, help_text=gettext_lazy("For all of them; next you may choose another for each.")
    )
    hrbp = PeopleField(label=Role.HRBP.label, required=False)
    business_head = PeopleField(label=Role.BUSINESS_HEAD.label, required=False, help_text=gettext_lazy("One below the other."))
    training_manager = PeopleField(label=Role.TRAINING_MANAGER.label, required=False)

    def __init__(self, *args, directory: Directory, **more):
        super().__init__(*args, **more)
        self.know(directory)

    def clean_people(self) -> str:
        """At most a thousand at a time."""
        text = self.cleaned_data["people"]
        count = len(pasted_people.read(text))
        if count > pasted_people.MOST:
            message = _("These are %(count)s. Enroll at most %(most)s at a time.")
            raise ValidationError(message, code="too_many", params={"count": count, "most": pasted_people.MOST})
        if not count:
            raise ValidationError(_("Name at least one person."), code="required")
        return text

    @property
    def for_all(self) -> dict[str, list[int]]:
        """The supporters that all of them get."""
        return {str(role): self.cleaned_data[str(role)] for role in FOR_ALL}


class TraineeForm(PeopleFormMixin, forms.Form):
    """Mentor and line manager of one of them."""

    use_required_attribute = False
    mentor = PersonField(label=Role.MENTOR.label, required=False)
    line_manager = PersonField(label=Role.LINE_MANAGER.label, required=False)

    def __init__(self, *args, pk: int, directory: Directory, **more):
        super().__init__(*args, prefix=f"trainee-{pk}", **more)
        self.pk, self.person = pk, directory.by_pk[pk]
        self.know(directory)

    def clean(self) -> dict:
        """Nobody supports themselves."""
        cleaned = super().clean()
        for name in ("mentor", "line_manager"):
            if cleaned.get(name) == self.pk:
                self.add_error(name, ValidationError(_("Nobody can be their own mentor or line manager."), code="own_supporter"))
        return cleaned


def trainee_forms(found: Candidates, form: EnrollForm, directory: Directory, data: Mapping | None = None) -> list[TraineeForm]:
    """A row for each candidate; what was typed, or to begin with the mentor for all and the line manager on record."""
    mentor = form.cleaned_data.get("mentor")
    return [
        TraineeForm(
            data, pk=pk, directory=directory, initial={"mentor": mentor, "line_manager": _known(found.line_managers.get(pk), directory)}
        )
        for pk in found.people
        if pk in directory.by_pk
    ]


def new_trainees(rows: Sequence[TraineeForm], form: EnrollForm) -> list[NewTrainee]:
    """What the action takes, out of valid rows. Whoever supports all is left out where they would support themselves."""
    return [
        NewTrainee(row.pk, support_of(row.pk, form, row.cleaned_data.get("mentor"), row.cleaned_data.get("line_manager"))) for row in rows
    ]


def support_of(pk: int, form: EnrollForm, mentor: int | None, line_manager: int | None) -> dict[str, list[int]]:
    """The supporters of one trainee by role."""
    own = {str(Role.MENTOR): [mentor] if mentor else [], str(Role.LINE_MANAGER): [line_manager] if line_manager else []}
    shared = {role: [member for member in members if member != pk] for role, members in form.for_all.items()}
    return own | shared


def _known(pk: int | None, directory: Directory) -> int | None:
    return pk if pk in directory.by_pk else None
