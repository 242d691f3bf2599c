"""Files that nobody needs go; no others."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.actions import store_file, sweep_files
from documents.models import StoredFile
from tests.documents.test_store_file import PDF, upload


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_what_was_sent_for_a_form_that_was_never_saved_goes_after_a_week(cast, run_jobs):
    forgotten, fresh, used = (store_file.take_in(upload(f"{name}.pdf", PDF), by=cast.trainee) for name in "abc")
    store_file.attach([used.code], about=cast.organization, by=cast.trainee)
    StoredFile.objects.filter(pk__in=[forgotten.pk, used.pk]).update(uploaded_at=days_ago(8))

    assert sweep_files.remove_forgotten(timezone.now()) == 1
    run_jobs()

    assert list(StoredFile.objects.order_by("pk")) == [fresh, used]
    assert [default_storage.exists(file.key) for file in (forgotten, fresh, used)] == [False, True, True]


@pytest.mark.parametrize(("days", "gone"), [(0, 0), (2, 1)])
def test_bytes_that_no_row_names_go_after_a_day(cast, days, gone):
    kept = store_file.take_in(upload("a.pdf", PDF), by=cast.trainee)
    orphan = default_storage.save(f"{cast.organization.pk}/left-by-a-rollback", ContentFile(b"x"))

    assert sweep_files.remove_orphans(timezone.now() + timedelta(days=days)) == gone
    assert (default_storage.exists(orphan), default_storage.exists(kept.key)) == (not gone, True)
