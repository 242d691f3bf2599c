"""The working days of an organization or a cohort."""

from organizations.models import CalendarDay, Organization
from organizations.prepared import Prepared
from organizations.rules.working_calendar import WorkingCalendar
from organizations.vocabulary import CalendarKind
from programs.rules.phase_schedule import AnnualWindow
from programs.vocabulary import FiscalWindow


def calendar_of(kind: str) -> WorkingCalendar:
    """A calendar of this kind with the organization's own exceptions; one query."""
    return WorkingCalendar(kind, dict(EXCEPTIONS.rows()))


def calendars() -> list[WorkingCalendar]:
    """All that a cohort can have, with the organization's own exceptions; one query."""
    exceptions = dict(EXCEPTIONS.rows())
    return [WorkingCalendar(kind, exceptions) for kind in CalendarKind.values]


def windows_of(organization: Organization) -> dict[str, AnnualWindow]:
    """The yearly windows that the organization has set, by FiscalWindow."""
    texts = {
        FiscalWindow.BUDGET: (organization.budget_opens, organization.budget_closes),
        FiscalWindow.PLANNING: (organization.planning_opens, organization.planning_closes),
    }
    return {
        window: AnnualWindow(*(int(part) for text in (opens, closes) for part in text.split("-")))
        for window, (opens, closes) in texts.items()
        if opens and closes
    }


EXCEPTIONS = Prepared(lambda: CalendarDay.objects.values_list("day", "is_working"))
