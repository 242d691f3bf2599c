"""A new cohort, and who runs one."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.vocabulary import CalendarKind
from programs.forms.people import PeopleField, PeopleFormMixin, PersonField
from programs.models import TemplateVersion
from programs.queries.directory import Directory
from programs.vocabulary import VersionState

LONGEST_NAME = 120
EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


class _Version(forms.ModelChoiceField):
    """A published version, named by its template."""

    def label_from_instance(self, version: TemplateVersion) -> str:
        return _("%(template)s, version %(number)s") % {"template": version.template.name, "number": version.number}


class CohortPeopleForm(PeopleFormMixin, forms.Form):
    """Name, manager and sponsor: what can change while a cohort runs."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=LONGEST_NAME, help_text=gettext_lazy("For example: training managers, autumn 2026")
    )
    manager = PersonField(
        label=gettext_lazy("Cohort manager"),
        required=False,
        help_text=gettext_lazy("Runs this cohort from day to day: enrolls, moves dates, changes mentors."),
    )
    sponsor = PersonField(
        label=gettext_lazy("Sponsor"), required=False, help_text=gettext_lazy("Sees the figures of the cohort, not the content.")
    )

    def __init__(self, *args, directory: Directory, **more):
        super().__init__(*args, **more)
        self.know(directory)


class NewCohortForm(CohortPeopleForm):
    """A new cohort. Version, start day and calendar stay: dates already promised hang on them."""

    version = _Version(label=gettext_lazy("Template"), queryset=TemplateVersion.objects.none(), empty_label=gettext_lazy("Choose…"))
    start_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("All dates are planned from it. It cannot be changed once the cohort is open."),
    )  # fmt: skip
    calendar = forms.ChoiceField(label=gettext_lazy("Working days"), choices=CalendarKind.choices, widget=forms.RadioSelect)
    field_order = ["name", "version", "start_on", "calendar", "manager", "sponsor"]

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        published = TemplateVersion.objects.filter(state=VersionState.PUBLISHED, template__archived_at__isnull=True)
        self.fields["version"].queryset = published.select_related("template").order_by("template_id", "-number")

    def clean_start_on(self) -> date:
        """A day of this century; a cohort may be entered after it has begun."""
        day = self.cleaned_data["start_on"]
        if not EARLIEST <= day < LATEST:
            raise ValidationError(_("Check the year."), code="strange_year")
        return day


class DeputiesForm(PeopleFormMixin, forms.Form):
    """Who stands in for the cohort manager."""

    prefix = "deputies"
    deputies = PeopleField(
        label=gettext_lazy("Deputies"),
        required=False,
        help_text=gettext_lazy("One below the other. They have the manager's rights over this cohort."),
    )

    def __init__(self, *args, directory: Directory, **more):
        super().__init__(*args, **more)
        self.know(directory)
