from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from effectiveness.models.budget import money
from effectiveness.models.worksheet import Row, Worksheet
from effectiveness.planning_vocabulary import DataProtection, PilotDecision
from organizations.tenancy import TenantForeignKey
from organizations.vocabulary import AuditAction, SubjectKind


class Pilot(Worksheet):
    """One new thing tried on few people for little money, and what the figures decided: the worksheet of D17."""

    subject_kind = SubjectKind.PILOT
    audit_action = AuditAction.PILOT_CHANGED
    hypothesis = models.CharField(_("hypothesis"), max_length=300)
    users = models.CharField(_("who tries it"), max_length=200)
    begins_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    cost = money(_("cost"))
    stop_rule = models.CharField(_("when it is stopped"), max_length=300)
    data_protection = models.CharField(_("personal data"), max_length=10, choices=DataProtection)
    decision = models.CharField(_("decision"), max_length=10, choices=PilotDecision, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    class Meta(Worksheet.Meta):
        constraints = [
            models.CheckConstraint(
                name="pilot_ends_after_it_begins",
                condition=Q(ends_on__gte=F("begins_on")),
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="pilot_known",
                condition=Q(data_protection__in=DataProtection.values, decision__in=["", *PilotDecision.values], cost__gte=0),
            ),
            models.CheckConstraint(
                name="pilot_decided_with_a_reason",
                condition=Q(decision="") | ~Q(reason=""),
                violation_error_message=_("Say which figures led to this decision."),
            ),
        ]


class PilotMeasure(Row):
    """A figure before the pilot, where it is to come, and where it came."""

    named_by = "measure"
    sheet = TenantForeignKey(Pilot, on_delete=models.CASCADE, related_name="measures")
    measure = models.CharField(_("measure"), max_length=200)
    before = models.DecimalField(_("before"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=14, decimal_places=2, null=True, blank=True)
    n = models.PositiveIntegerField(_("people measured"), null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="pilot_measure_says_of_how_many",
                condition=Q(after__isnull=True) | Q(n__isnull=False, n__gte=1),
                violation_error_message=_("Say how many people were measured."),
            )
        ]

    def __str__(self) -> str:
        return self.measure
