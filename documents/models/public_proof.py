from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.localized import LocalizedCharField
from organizations.tenancy import TenantModel
from organizations.vocabulary import SubjectKind


class PublicProof(TenantModel):
    """What anybody may learn at /verify/<code>/ of the thing that a paper is about, beyond the paper itself.

    Written by the app that owns the thing (a certificate). `holder` stays empty until that person chooses to be named; `title`,
    what they are by the paper, is shown with the name alone.
    """

    subject_kind = models.CharField(max_length=20, choices=SubjectKind)
    subject_id = models.BigIntegerField()
    number = models.CharField(_("number"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True)  # the last day; empty: without end
    revoked_on = models.DateField(_("revoked on"), null=True)
    replaced_on = models.DateField(_("replaced on"), null=True)
    holder = models.CharField(_("holder"), max_length=80, blank=True)
    title = LocalizedCharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="public_proof_once", fields=["organization", "subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return self.number
