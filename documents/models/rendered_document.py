from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from documents.models.stored_file import StoredFile, new_code
from documents.vocabulary import DocumentKind, DocumentState
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind


class RenderedDocument(TenantModel):
    """A document printed as PDF. Its code stands on the paper and is checked at /verify/<code>/, which shows no name."""

    subject_kind = SubjectKind.DOCUMENT
    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=20, choices=DocumentKind)
    subject_kind = models.CharField(max_length=20, choices=SubjectKind)
    subject_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.WAITING)
    problem = models.CharField(max_length=200, blank=True)
    file = TenantForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="document_state_known", condition=Q(state__in=DocumentState.values))]
        indexes = [models.Index(fields=["organization", "subject_kind", "subject_id", "kind"], name="document_by_subject")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
