"""Let a trainee of one's cohort in: an invitation by e-mail, or a one-time code handed over."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions import invite, issue_sign_in_code
from organizations.models import Invitation, Member
from programs.models import Enrollment
from programs.policies.running import may_run_cohort


@transaction.atomic
def invite_trainee(enrollment: Enrollment, *, by: Member) -> Invitation:
    """Send the trainee an invitation, or send it again.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "no_email", "already_in", "ended".
    """
    _require(enrollment, by)
    return invite.write(enrollment.trainee, by=by)


@transaction.atomic
def issue_code(enrollment: Enrollment, *, by: Member) -> str:
    """A one-time code for a trainee without e-mail, answered once.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "no_number", "has_email", "ended".
    """
    _require(enrollment, by)
    return issue_sign_in_code.write(enrollment.trainee, by=by)


def _require(enrollment: Enrollment, by: Member) -> None:
    if not may_run_cohort(by, enrollment.cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager let its trainees in."))
