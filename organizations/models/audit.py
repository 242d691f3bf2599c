from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models.member import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import AuditAction, SubjectKind


class AuditEvent(TenantModel):
    """Who did what to which thing, when and from where. Append-only; the values themselves stand in AuditPayload."""

    at = models.DateTimeField(_("when"), default=clock.now, db_default=Now())
    actor = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    actor_name = models.CharField(max_length=80, blank=True)
    action = models.CharField(_("what"), max_length=40, choices=AuditAction)
    subject_kind = models.CharField(max_length=20, choices=SubjectKind)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("which"), max_length=200, blank=True)
    address = models.GenericIPAddressField(_("from where"), null=True)
    payload_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-at", "-id"], name="audit_by_time"),
            models.Index(fields=["organization", "subject_kind", "subject_id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject_label}"


class AuditPayload(TenantModel):
    """Before and after of one audit event: personal data that may be erased while the salted hash in the event stays."""

    event = TenantForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="payloads")
    salt = models.CharField(max_length=32)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(name="audit_payload_once", fields=["organization", "event"])]

    def __str__(self) -> str:
        return str(self.event_id)


class SignInEvent(models.Model):
    """A sign-in, good or bad, of a global user; copied to the audit trail of each of their organizations."""

    user = models.ForeignKey("organizations.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())
    succeeded = models.BooleanField()
    method = models.CharField(max_length=30)
    address = models.GenericIPAddressField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%F %T}"
