"""What one says of a session, and whom one invites."""

import re
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from effectiveness.actions.record_attendance import Invited
from effectiveness.models import TrainingSession
from organizations.forms.tenant_form import PersonField, SeenForm, TenantModelForm
from organizations.vocabulary import SubjectKind
from programs.models import TaskWork
from programs.queries.directory import Directory

BETWEEN = re.compile(r"[,，;；\t|｜·]+")
MOST_LINES = 100
LONGEST_NAME, LONGEST_DEPARTMENT = 80, 120


class SessionForm(TenantModelForm, SeenForm):
    """A session to plan or to change."""

    use_required_attribute = False
    about = forms.ChoiceField(
        label=gettext_lazy("Part of"), required=False, help_text=gettext_lazy("The task or project that this session is held for.")
    )
    link = forms.URLField(
        label=gettext_lazy("Link"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("For those who join online."),
    )
    observer = PersonField(
        label=gettext_lazy("Observer"), required=False,
        help_text=gettext_lazy("Watches the session and reads its report. Name, e-mail or employee number"),
    )  # fmt: skip

    class Meta:
        model = TrainingSession
        fields = ("title", "aims", "starts_at", "minutes", "seats", "place", "link", "observer")
        widgets = {
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "aims": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = ["title", "aims", "starts_at", "minutes", "seats", "place", "link", "observer", "about"]

    def __init__(self, *args, works: list[TaskWork], **more):
        super().__init__(*args, **more)
        self.fields["title"].help_text = _("For example: three questions before restocking")
        self.fields["aims"].help_text = _("One aim a line: what learners can do afterwards, and how one sees it.")
        self.fields["minutes"].help_text = _("Planned length. 80 percent of it counts as attended.")
        self.fields["observer"].initial = self.initial["observer"] = self.instance.observer
        self.works = {f"{SubjectKind.TASK_WORK}:{work.pk}": work for work in works}
        choices = [("", _("Nothing in particular")), *((key, f"{work.task.key} {work.task.name}") for key, work in self.works.items())]
        about = f"{self.instance.about_kind}:{self.instance.about_id}" if self.instance.about_kind else ""
        if about and about not in self.works:
            choices.append((about, SubjectKind(self.instance.about_kind).label))
        self.fields["about"].choices = choices
        self.fields["about"].initial = self.initial["about"] = about

    def _stored(self) -> dict:
        # What it belongs to is two columns of the row and one field here.
        return {name: value for name, value in super()._stored().items() if name != "about"}

    def clean_starts_at(self) -> datetime:
        """A moment of this century."""
        moment = self.cleaned_data["starts_at"]
        if not 2000 <= moment.year < 2100:
            raise ValidationError(_("Check the year."), code="strange_year")
        return moment

    def facts(self) -> dict:
        """What was entered, for the action."""
        kind, _colon, pk = self.cleaned_data["about"].partition(":")
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return facts | {"about_kind": kind, "about_id": int(pk) if pk else None}


class InviteForm(forms.Form):
    """People to put on the list, one a line: who belongs to the organization is found by name, the others are written down."""

    use_required_attribute = False
    people = forms.CharField(
        label=gettext_lazy("People"),
        max_length=MOST_LINES * (LONGEST_NAME + LONGEST_DEPARTMENT),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: name, department. People outside the system too."),
    )

    def __init__(self, *args, directory: Directory, **more):
        super().__init__(*args, **more)
        self.directory = directory

    def clean_people(self) -> list[Invited]:
        """The lines as people."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["people"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(limit)s lines at once."), code="too_many", params={"limit": MOST_LINES})
        return [self._person(line) for line in lines]

    def _person(self, line: str) -> Invited:
        name, *rest = (part.strip() for part in BETWEEN.split(line, maxsplit=1))
        department = rest[0] if rest else ""
        if not name or len(name) > LONGEST_NAME or len(department) > LONGEST_DEPARTMENT:
            raise ValidationError(_("“%(line)s”: write a name, a comma and a department."), code="not_a_line", params={"line": line[:60]})
        member = self.directory.find(line) or self.directory.find(name)
        known = self.directory.by_pk.get(member) if member else None
        return Invited(known.name, known.note, member) if known else Invited(name, department)
