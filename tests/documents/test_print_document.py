"""Printing a document: asked for once, made once, checked by anybody."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from documents import printing
from documents.actions import print_document, store_file
from documents.models import RenderedDocument, StoredFile
from documents.vocabulary import DocumentKind, DocumentState
from organizations import tenancy
from organizations.models import AuditEvent
from tests.documents.test_printing import text_of
from tests.documents.test_store_file import picture, upload


def ask(cast, version: int = 1, language: str = "zh-hans", content: str = "a" * 64) -> RenderedDocument:
    return print_document.request_print(
        DocumentKind.IDP, about=cast.organization, version=version, content_hash=content, language=language, by=cast.trainee
    )


def layout(document: RenderedDocument) -> tuple[str, dict]:
    """A small document; the real ones belong to the apps above."""
    return "pdf/_base.html", {
        "name": f"个人发展计划 林予安 第{document.version}版",
        "title": "个人发展计划",
        "who": "林予安",
        "lead": "从能办好一场培训，到能用培训解决一个业务问题。",
        "facts": [("导师", "周敏"), ("直属上级", "")],
        "content": format_html("<h2>目标</h2><p>{}</p>", "<script>把缺货率降到 3% 以下"),
        "signatures": [{"name": "周敏", "role": "导师", "at": timezone.now()}],
    }


def print_it(cast, document: RenderedDocument, layout=layout) -> RenderedDocument:
    print_document.run(cast.organization.pk, document.pk, layout)
    document.refresh_from_db()
    return document


def pdf_of(document: RenderedDocument) -> bytes:
    with default_storage.open(document.file.key) as content:
        return content.read()


def test_asking_twice_is_one_document_one_job_and_one_entry_in_the_trail(cast):
    first, second = ask(cast), ask(cast)

    assert first == second
    assert (first.state, len(first.code), first.printed_code.count("-")) == (DocumentState.WAITING, 20, 3)
    assert [str(call.job) for _s, call, _r in connection.run_on_commit] == ["mentorship.jobs.print_development_plan"]
    assert [event.action for event in AuditEvent.objects.all()] == ["document_printed"]


def test_a_printed_document_says_whose_it_is_who_signed_and_how_to_check_it(cast):
    document = print_it(cast, ask(cast))

    assert (document.state, document.problem, document.attempts) == (DocumentState.VALID, "", 1)
    file = document.file
    assert (file.name, file.kind, file.subject_kind, file.subject_id) == (
        "个人发展计划 林予安 第1版.pdf",
        "pdf",
        "organization",
        cast.organization.pk,
    )
    text = text_of(pdf_of(document))
    for words in ("恒岳零售", "个人发展计划", "导师", "周敏", "<script>把缺货率降到 3% 以下", "1 / 1", document.printed_code):
        assert words in text
    assert reverse("documents:verify", args=[document.code]) in text.replace("\r\n", "")


def test_printing_it_again_changes_nothing(cast):
    document = print_it(cast, ask(cast))
    print_it(cast, document)

    assert (StoredFile.objects.count(), document.attempts) == (1, 1)


def test_a_newer_version_replaces_older_ones_in_every_language(cast):
    documents = [print_it(cast, ask(cast, version, language)) for version in (1, 2) for language in ("zh-hans", "en")]

    assert [(d.version, d.language, d.state) for d in RenderedDocument.objects.filter(pk__in=[d.pk for d in documents]).order_by("pk")] == [
        (1, "zh-hans", "replaced"),
        (1, "en", "replaced"),
        (2, "zh-hans", "valid"),
        (2, "en", "valid"),
    ]


def test_an_older_version_that_is_printed_late_is_replaced_from_the_start(cast):
    older, newer = ask(cast, 1), ask(cast, 2)
    print_it(cast, newer)

    assert print_it(cast, older).state == DocumentState.REPLACED
    newer.refresh_from_db()
    assert newer.state == DocumentState.VALID


def test_the_same_version_with_other_content_replaces_itself(cast):
    before = print_it(cast, ask(cast))
    after = print_it(cast, ask(cast, content="b" * 64))

    before.refresh_from_db()
    assert (before.state, after.state) == (DocumentState.REPLACED, DocumentState.VALID)


def broken(_document):
    raise ZeroDivisionError


def test_a_layout_that_breaks_ends_as_failed_and_can_be_asked_for_again(cast, caplog):
    document = print_it(cast, ask(cast), broken)
    assert (document.state, document.problem) == (DocumentState.FAILED, "layout")

    assert ask(cast) == document
    assert print_it(cast, document).state == DocumentState.VALID


def test_without_pango_the_page_says_so_in_one_line(cast, client, monkeypatch, caplog):
    def missing(*_args):
        raise printing.PrintingFailed("unavailable")

    monkeypatch.setattr(printing, "pdf", missing)
    document = print_it(cast, ask(cast))

    page = cast.sign_in(client, cast.trainee).get(cast.url(f"documents/{document.code}/"))
    assert (document.state, page.status_code) == (DocumentState.FAILED, 200)
    assert 'role="alert"' in page.text


def test_a_document_whose_worker_was_killed_is_started_once_more_and_then_given_up(cast, run_jobs):
    document, now = ask(cast), timezone.now()
    long_ago = now - print_document.GONE_AFTER - timedelta(seconds=1)
    # Two workers took it and were killed: the attempt stands, nothing else does.
    assert print_document._start(document.pk, long_ago) == document
    assert print_document._start(document.pk, long_ago) is None  # someone is at it
    RenderedDocument.objects.update(asked_at=long_ago)
    assert print_document.resume_waiting(now) == 1
    assert print_document._start(document.pk, now) == document
    assert print_document.resume_waiting(now) == 0

    assert print_document._start(document.pk, now + print_document.GONE_AFTER * 2) is None
    document.refresh_from_db()
    assert (document.state, document.problem, document.attempts) == (DocumentState.FAILED, "gave_up", 2)


@pytest.mark.parametrize(("reader", "status"), [("trainee", 200), ("mentor", 404), ("director", 404)])
def test_only_who_asked_sees_it_here(client, cast, reader, status):
    document = print_it(cast, ask(cast))
    cast.sign_in(client, getattr(cast, reader))

    for part in ("", "state/", "file/"):
        answer = client.get(cast.url(f"documents/{document.code}/{part}"))
        assert answer.status_code == status, part
        answer.getvalue()  # a client that reads to the end closes the file


def test_the_fragment_polls_until_the_document_is_there(client, cast):
    document = ask(cast)
    cast.sign_in(client, cast.trainee)
    address = cast.url(f"documents/{document.code}/state/")

    waiting = client.get(address).text
    print_it(cast, document)
    ready = client.get(address).text

    assert f'hx-get="{address}" hx-trigger="every 2s"' in waiting
    assert "hx-get" not in ready
    assert cast.url(f"documents/{document.code}/file/") in ready


def test_what_failed_can_be_tried_again_from_its_page(client, cast):
    document = print_it(cast, ask(cast), broken)
    cast.sign_in(client, cast.trainee)

    answer = client.post(cast.url(f"documents/{document.code}/again/"))
    document.refresh_from_db()
    assert (answer.status_code, document.state) == (302, DocumentState.WAITING)


def test_pictures_come_from_this_organization_alone(cast):
    own = store_file.take_in(upload("own.jpg", picture()), by=cast.trainee)
    with tenancy.tenant(cast.rival.pk):
        foreign = store_file.take_in(upload("foreign.jpg", picture()), by=cast.outsider)

    named = print_document._pictures(f'<img src="trellis:file/{own.code}"><img src="trellis:file/{foreign.code}">')

    assert list(named) == [f"trellis:file/{own.code}"]
