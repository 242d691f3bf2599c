"""Who writes worksheets of the toolkit. Who reads them is asked of their models' `visible_to`."""

from effectiveness.models.worksheet import Worksheet
from organizations.models import Member
from programs.models import Enrollment


def may_begin(member: Member, enrollment: Enrollment) -> bool:
    """Begin a worksheet in a programme: its trainee."""
    return enrollment.trainee_id == member.pk


def may_keep(member: Member, sheet: Worksheet) -> bool:
    """Write in it and carry it into a draft: the trainee, and nobody for them."""
    return sheet.is_kept_by(member)
