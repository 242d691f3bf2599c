"""Anybody may check a paper by its code, and learns nothing more."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import RenderedDocument
from documents.queries.checked_document import checked_document
from documents.views.verify import CHECKS
from organizations import rate_limits
from tests.queries import query_count


@pytest.fixture
def document(cast):
    return RenderedDocument.objects.create(
        kind="idp", subject_kind="member", subject_id=cast.trainee.pk, version=2, language="zh-hans", content_hash="a" * 64,
        state="valid", issued_at=timezone.now(), asked_by=cast.trainee,
    )  # fmt: skip


def check(code: str, language: str = "zh-hans"):
    return Client(headers={"accept-language": language}).get(reverse("documents:verify", args=[code]))


@pytest.mark.parametrize("state", ["valid", "replaced"])
def test_a_stranger_sees_kind_issuer_date_version_and_state_and_no_name(cast, document, state):
    RenderedDocument.objects.update(state=state)

    page = check(document.code, "en")

    assert page.status_code == 200
    for words in ("Individual development plan", "Hengyue", document.printed_code, "Valid" if state == "valid" else "Replaced"):
        assert words in page.text
    for name in (cast.trainee.name, cast.trainee.email):
        assert name not in page.text
    assert (page["Cache-Control"], page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-store", "no-referrer", "noindex")


def test_it_is_read_in_the_strangers_language(cast, document):
    assert "恒岳零售" in check(document.code, "zh-hans").text
    assert 'lang="en"' in check(document.code, "en").text


def test_a_code_may_be_typed_as_it_comes(cast, document):
    typed = document.printed_code.lower().replace("-", " ")

    start = Client().get(reverse("documents:verify_start"), {"code": f" {typed} "})
    assert (start.status_code, start["Location"]) == (302, reverse("documents:verify", args=[document.code]))
    assert check(typed).status_code == 200


@pytest.mark.parametrize("code", ["NOSUCHCODE", "x" * 2000, "%00", "';DROP TABLE x--", "<script>", "é" * 30])
def test_what_no_document_bears_is_missing(cast, document, code):
    page = check(code)

    assert page.status_code == 404
    assert "<script>" not in page.text


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_what_was_never_issued_does_not_exist(cast, document, state):
    RenderedDocument.objects.update(state=state)
    assert check(document.code).status_code == 404


def test_hit_and_miss_run_the_same_statements(cast, document):
    with query_count() as hit:
        assert checked_document(document.code, date(2026, 11, 1))
    with query_count() as miss:
        assert checked_document("Z" * 20, date(2026, 11, 1)) is None

    assert hit == miss
    assert len(hit) == 1


def test_after_sixty_checks_in_a_minute_one_waits(cast, document):
    for _check in range(CHECKS.most):
        assert rate_limits.admit(CHECKS, "127.0.0.1")

    held = check(document.code)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").get(reverse("documents:verify", args=[document.code]))

    assert (held.status_code, held["Retry-After"], "恒岳" in held.text) == (429, "60", False)
    assert elsewhere.status_code == 200
    cache.clear()


def test_without_a_code_one_may_type_it(client, db):
    page = client.get(reverse("documents:verify_start"))
    assert (page.status_code, 'name="code"' in page.text) == (200, True)
