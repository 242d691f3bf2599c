"""What every act of the one who leads a project begins with."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from organizations.models import Member
from projects.models import PracticeProject
from projects.policies import may_lead


def locked(project_id: int) -> PracticeProject:
    """The project as it stands now, with nobody else changing it until the end of the transaction."""
    found = PracticeProject.objects.select_for_update(of=["self"]).select_related(
        "enrollment__cohort", "enrollment__trainee", "kind", "work"
    )
    return found.get(pk=project_id)


def led(project_id: int, by: Member) -> PracticeProject:
    """The same, for whoever leads it.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over", the project is closed or was stopped.
    """
    project = locked(project_id)
    if not may_lead(by, project):
        raise PermissionDenied(_("Only the trainee who leads this project changes it."))
    if project.is_over:
        raise ValidationError(_("This project is over; it stays as it is."), code="over")
    return project
