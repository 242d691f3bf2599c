import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind


def new_code() -> str:
    """An unguessable name for something that leaves the organization: 192 bits."""
    return secrets.token_urlsafe(24)


class StoredFile(TenantModel):
    """One uploaded or printed file. Its bytes lie in storage under `key`; its name is only data.

    Its subject is the row it belongs to. Just uploaded it belongs to the person who sent it (SubjectKind.MEMBER), until
    a form that is saved takes it over; see actions/store_file.py.
    """

    code = models.CharField(max_length=32, default=new_code, editable=False)
    key = models.CharField(max_length=120, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=10)
    size = models.BigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now, db_default=Now())
    subject_kind = models.CharField(max_length=20, choices=SubjectKind)
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="stored_file_code_once", fields=["organization", "code"]),
            models.CheckConstraint(name="stored_file_size_positive", condition=Q(size__gt=0)),
        ]
        indexes = [models.Index(fields=["organization", "subject_kind", "subject_id"], name="stored_file_by_subject")]

    def __str__(self) -> str:
        return self.name
