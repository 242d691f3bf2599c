"""Sending files in and out by their addresses."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.test import Client
from django.urls import reverse

from documents.actions import store_file
from documents.models import StoredFile
from documents.rules.file_kinds import LARGEST
from documents.upload_handler import MOST_BYTES, BoundedUploadHandler
from tests.documents.test_store_file import PDF, docx, upload

MEGABYTE = 1024 * 1024


@pytest.fixture
def file(cast):
    return store_file.take_in(upload("岗位“说明书” 😀;a.pdf", PDF), by=cast.trainee)


def test_a_file_leaves_as_an_attachment_under_its_own_name(client, cast, file):
    answer = cast.sign_in(client, cast.trainee).get(cast.url(f"files/{file.code}/"))

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    kept = ("Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")
    assert {name: answer[name] for name in kept} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f"attachment; filename*=utf-8''{quote('岗位“说明书” 😀;a.pdf')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


@pytest.mark.parametrize("reader", ["peer", "mentor", "director", "admin"])
def test_this_address_serves_only_whoever_sent_the_file(client, cast, file, reader):
    cast.sign_in(client, getattr(cast, reader))
    assert client.get(cast.url(f"files/{file.code}/")).status_code == 404
    assert client.get(cast.url("files/nothing/")).status_code == 404


def test_a_file_whose_bytes_are_gone_is_missing(client, cast, file):
    StoredFile.objects.update(key=f"{cast.organization.pk}/gone")
    assert cast.sign_in(client, cast.trainee).get(cast.url(f"files/{file.code}/")).status_code == 404


def post(client, cast, content: SimpleUploadedFile | None, field: str = "d4.files"):
    data = {"field": field} | ({"file": content} if content else {})
    return client.post(reverse("documents:upload", args=[cast.organization.slug]), data)


def test_an_upload_answers_with_a_line_for_its_form(client, cast):
    answer = post(cast.sign_in(client, cast.trainee), cast, upload("<b>表.docx", docx()))

    file = StoredFile.objects.get()
    assert answer.status_code == 200
    assert (file.name, file.uploaded_by) == ("<b>表.docx", cast.trainee)
    assert f'<input type="hidden" name="d4.files" value="{file.code}">' in answer.text
    assert "&lt;b&gt;表.docx" in answer.text
    assert "<b>表" not in answer.text


def test_a_field_name_is_a_name_or_none(client, cast):
    answer = post(cast.sign_in(client, cast.trainee), cast, upload("a.pdf", PDF), field='x" onfocus="alert(1)')

    assert 'name="file"' in answer.text
    assert "onfocus" not in answer.text


@pytest.mark.parametrize("content", [None, ("page.html", b"<p>"), ("empty.pdf", b"")])
def test_a_refusal_says_why_in_the_line_itself(client, cast, content):
    answer = post(cast.sign_in(client, cast.trainee), cast, upload(*content) if content else None)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert StoredFile.objects.count() == 0


def test_fifty_megabytes_are_refused_with_their_limit(client, cast):
    film = upload("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 50 * MEGABYTE)
    answer = post(cast.sign_in(client, cast.trainee), cast, film)

    assert answer.status_code == 422
    assert "45 MB" in answer.text


def test_no_more_than_the_largest_kind_reaches_the_disk():
    handler = BoundedUploadHandler()
    handler.new_file("file", "a.pdf", "application/pdf", None)
    for start in range(0, 3 * LARGEST, MEGABYTE):
        handler.receive_data_chunk(b"\0" * MEGABYTE, start)
    kept = handler.file_complete(3 * LARGEST)

    assert (kept.size, kept.seek(0, 2)) == (LARGEST + 1, LARGEST + 1)
    kept.close()
    handler.new_file("file", "b.pdf", "application/pdf", None)
    for start in range(3 * LARGEST, MOST_BYTES, MEGABYTE):
        handler.receive_data_chunk(b"\0" * MEGABYTE, start)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"\0" * MEGABYTE, MOST_BYTES)
    handler.upload_interrupted()


def test_an_upload_needs_the_proof_of_its_form(cast):
    browser = Client(enforce_csrf_checks=True)
    assert post(cast.sign_in(browser, cast.trainee), cast, upload("a.pdf", PDF)).status_code == 403
    assert StoredFile.objects.count() == 0
