from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessments.vocabulary import ExportFormat
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind


class ReportExport(TenantModel):
    """Someone took the certification report out of the product: in which form, with which filters, how many rows; append-only."""

    subject_kind = SubjectKind.REPORT
    format = models.CharField(_("format"), max_length=4, choices=ExportFormat)
    filters = models.JSONField(default=dict)  # as in the address: cohort, since, until, outcome
    rows = models.PositiveIntegerField(_("rows"))
    language = models.CharField(_("language"), max_length=10)
    as_of = models.DateField()  # the day on which states of certificates were read
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(name="report_format_known", condition=Q(format__in=ExportFormat.values))]
        indexes = [models.Index(fields=["organization", "-at", "-id"], name="report_by_time")]

    def __str__(self) -> str:
        return self.get_format_display()
