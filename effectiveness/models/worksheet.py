"""What all worksheets of the toolkit have in common."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import AuditAction
from programs.models import Enrollment
from programs.models.readable import ReadableByQuerySet


class WorksheetQuerySet(ReadableByQuerySet):
    """Filters over worksheets: whoever reads the trainee's programme reads them."""

    path_to_enrollment = "enrollment__"


class Worksheet(TenantModel):
    """What a trainee works out before it becomes one of their deliverables: some facts, and rows of several kinds.

    The trainee writes, nobody for them. `audit_action` is what a change is called in the audit trail; None where it leaves no entry.
    """

    audit_action: AuditAction | None = None
    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    changed_at = models.DateTimeField(default=clock.now, db_default=Now())

    objects = WorksheetQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def is_kept_by(self, member: Member) -> bool:
        """Whether this person is the trainee whose worksheet it is."""
        return self.enrollment.trainee_id == member.pk


class Row(TenantModel):
    """A row of a worksheet; its `sheet` is named by each kind of row. `named_by` is the column by which the audit trail names it."""

    named_by = "name"
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
