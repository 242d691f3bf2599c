"""Remove files that nobody needs: sent for a form that was never saved, exports that are old, what a failed transaction left."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from documents.models import RenderedDocument, StoredFile
from organizations import tenancy
from organizations.vocabulary import SubjectKind

FORGOTTEN_AFTER = timedelta(days=7)
ORPHANED_AFTER = timedelta(days=1)
REPORTS_KEPT_FOR = timedelta(days=30)  # they name people; whoever needs one again asks again


def remove_forgotten(now: datetime) -> int:
    """Files that still belong to their sender alone a week after they came; how many went."""
    return _remove(StoredFile.objects.filter(subject_kind=SubjectKind.MEMBER, uploaded_at__lt=now - FORGOTTEN_AFTER))


def remove_old_reports(now: datetime) -> int:
    """Exported reports after 30 days; how many went. That they were made stays written down."""
    return _remove(StoredFile.objects.filter(subject_kind=SubjectKind.REPORT, uploaded_at__lt=now - REPORTS_KEPT_FOR))


def _remove(files: QuerySet[StoredFile]) -> int:
    with transaction.atomic():
        gone = list(files.select_for_update(skip_locked=True).values_list("pk", "key"))
        keys = [pk for pk, _key in gone]
        RenderedDocument.objects.filter(file__in=keys).update(file=None)
        StoredFile.objects.filter(pk__in=keys).delete()
    for _pk, key in gone:
        transaction.on_commit(lambda key=key: default_storage.delete(key), robust=True)
    return len(gone)


def remove_orphans(now: datetime) -> int:
    """Bytes in the organization's folder that no row names a day after they were written; how many went."""
    folder = str(tenancy.current_organization_id())
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    keys = {f"{folder}/{name}" for name in names}
    orphans = keys - set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
    old = [key for key in orphans if default_storage.get_modified_time(key) < now - ORPHANED_AFTER]
    for key in old:
        default_storage.delete(key)
    return len(old)
