"""Take in a file: checked by its content, pictures made anew, bytes under a random name in the organization's own folder."""

import hashlib
import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from documents.rules import file_kinds
from organizations import tenancy
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, SubjectKind


@transaction.atomic
def store(upload: File, *, about: models.Model, by: Member) -> StoredFile:
    """Keep an uploaded file as part of `about`. What is sent before its form is saved is about the sender: see `take_in`.

    Raises:
        ValidationError: the codes of documents.rules.file_kinds.MESSAGES, and "too_many_pixels".
    """
    kind = file_kinds.identify(upload, upload.name or "")
    if isinstance(kind, file_kinds.Refusal):
        raise ValidationError(kind.text, code=kind.code)
    content = _redrawn(upload, kind.key) if kind.is_image else upload
    stored = _keep(content, upload.name or "", kind.key, about.subject_kind, about.pk, by)
    record(AuditAction.FILE_UPLOADED, about, by=by, label=stored.name)
    return stored


def take_in(upload: File, *, by: Member) -> StoredFile:
    """Keep a file that a form is still being filled in with. It goes after a week unless `attach` gives it to a row."""
    return store(upload, about=by, by=by)


def keep_printed(pdf: bytes, name: str, *, subject_kind: str, subject_id: int, by: Member | None) -> StoredFile:
    """Keep a PDF that we printed ourselves."""
    return _keep(ContentFile(pdf), name, "pdf", subject_kind, subject_id, by)


def keep_made(content: File, name: str, kind: str, *, about: models.Model, by: Member | None) -> StoredFile:
    """Keep a file that we made ourselves, such as an export; `kind` is one of documents.rules.file_kinds.KINDS."""
    return _keep(content, name, kind, about.subject_kind, about.pk, by)


@transaction.atomic
def attach(codes: Iterable[str], *, about: models.Model, by: Member) -> list[StoredFile]:
    """Give files of a form to the row that was saved, in the order of the codes: a draft's task, then the submission.

    One may attach what one sent oneself, and what the row or an earlier one of the same work has already; a file that
    belongs to a submission stays there, for submissions never change.

    Raises:
        ValidationError: "unknown_file", a code names nothing that this person may attach.
    """
    wanted = list(dict.fromkeys(codes))
    found = {file.code: file for file in StoredFile.objects.select_for_update().filter(code__in=wanted)}
    for code in wanted:
        file = found.get(code)
        if file is None or (file.uploaded_by_id != by.pk and (file.subject_kind, file.subject_id) != (about.subject_kind, about.pk)):
            raise ValidationError(_("This file is no longer here. Upload it again."), code="unknown_file")
        if file.subject_kind != SubjectKind.SUBMISSION:
            file.subject_kind, file.subject_id = about.subject_kind, about.pk
            file.save(update_fields=["subject_kind", "subject_id"])
    return [found[code] for code in wanted]


def _keep(content: File, name: str, kind: str, subject_kind: str, subject_id: int, by: Member | None) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    # Bytes first: a row never names what is not there. Where the transaction fails the sweep finds the bytes.
    key = default_storage.save(f"{tenancy.current_organization_id()}/{secrets.token_urlsafe(24)}", content)
    return StoredFile.objects.create(
        key=key,
        name=file_kinds.safe_display_name(name),
        kind=kind,
        size=size,
        sha256=digest.hexdigest(),
        subject_kind=subject_kind,
        subject_id=subject_id,
        uploaded_by=by,
    )


def _redrawn(upload: File, kind: str) -> File:
    from documents.pictures import redrawn  # what draws is loaded by the process that takes a picture in, not by each

    return redrawn(upload, kind)
