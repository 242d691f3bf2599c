"""Who may see what documents owns. Files and papers of somebody's work are judged by the app that owns the work."""

from documents.models import Job, RenderedDocument, StoredFile
from organizations.models import Member


def may_read_file(member: Member, file: StoredFile) -> bool:
    """One's own upload. All else goes through the address of the app whose subject it is."""
    return file.uploaded_by_id == member.pk


def may_see_document(member: Member, document: RenderedDocument) -> bool:
    """Who asked for it; others find it where its subject is shown."""
    return document.asked_by_id == member.pk


def may_see_job(member: Member, job: Job) -> bool:
    """Who started it."""
    return job.asked_by_id == member.pk


def may_cancel_job(member: Member, job: Job) -> bool:
    """Who started it."""
    return job.asked_by_id == member.pk
