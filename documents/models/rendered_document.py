import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from documents.models.stored_file import StoredFile
from documents.vocabulary import DocumentKind, DocumentState
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind

# Without 0 and O, 1, I and L: people type it from paper.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 20


def new_document_code() -> str:
    """A name for the paper that nobody can guess: 99 bits."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """A code in groups of five, which people can read and type."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


class RenderedDocument(TenantModel):
    """A document printed as PDF. Its code stands on the paper and is checked at /verify/<code>/, which shows no name.

    `subject` is the thing that has versions (a deliverable, not one submission of it): a newer version replaces older ones.
    """

    code = models.CharField(max_length=32, unique=True, default=new_document_code, editable=False)
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
    asked_at = models.DateTimeField(default=clock.now, db_default=Now())
    issued_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # counted before printing, so that one that kills its worker ends
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="document_state_known", condition=Q(state__in=DocumentState.values)),
            models.UniqueConstraint(
                name="document_printed_once",
                fields=["organization", "subject_kind", "subject_id", "kind", "version", "language", "content_hash"],
                violation_error_message=_("This version is already printed."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "subject_kind", "subject_id", "kind"], name="document_by_subject"),
            models.Index(fields=["organization", "asked_at"], name="document_waiting", condition=Q(state=DocumentState.WAITING)),
        ]

    @property
    def printed_code(self) -> str:
        """The code in groups of five, as it stands on the paper."""
        return grouped(self.code)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
