"""Remove files that nobody needs: sent for a form that was never saved, or left in storage by a transaction that failed."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from documents.models import StoredFile
from organizations import tenancy
from organizations.vocabulary import SubjectKind

FORGOTTEN_AFTER = timedelta(days=7)
ORPHANED_AFTER = timedelta(days=1)


def remove_forgotten(now: datetime) -> int:
    """Files that still belong to their sender alone a week after they came; how many went."""
    forgotten = StoredFile.objects.filter(subject_kind=SubjectKind.MEMBER, uploaded_at__lt=now - FORGOTTEN_AFTER)
    with transaction.atomic():
        gone = list(forgotten.select_for_update(skip_locked=True).values_list("pk", "key"))
        StoredFile.objects.filter(pk__in=[pk for pk, _key in gone]).delete()
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
