from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models.member import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind


class ApiToken(TenantModel):
    """A key by which a program of the organization speaks to the API as one of its people. Only its hash is kept.

    It may what its scopes (ApiScope) say, and of that no more than its owner may on the pages.
    """

    subject_kind = SubjectKind.API_TOKEN
    name = models.CharField(_("name"), max_length=80)
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="api_tokens", verbose_name=_("owner"))
    key_hash = models.CharField(max_length=64, editable=False)  # SHA-256 of the whole token
    scopes = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("scopes"))
    expires_on = models.DateField(_("last day"))
    issued_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=clock.now, db_default=Now())
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="api_token_once", fields=["organization", "key_hash"])]

    def __str__(self) -> str:
        return self.name


class ApiAnswer(TenantModel):
    """What a request with an `Idempotency-Key` was answered, so that the same request is answered the same and done once."""

    token = TenantForeignKey(ApiToken, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)  # JSON as it was sent; a JSON column would give it another order
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="api_answer_once", fields=["organization", "token", "key"])]

    def __str__(self) -> str:
        return self.key
