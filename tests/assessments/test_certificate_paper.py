"""The certificate on paper and its public check."""

import re
from datetime import date
from urllib.parse import urlsplit

import pypdfium2
import pytest
import segno
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.actions.show_name import show_name
from assessments.layouts.certificate import layout
from documents.actions import print_document, publish_proof
from documents.models import PublicProof, RenderedDocument
from organizations.localized import text
from organizations.models import Organization
from tests.factories.decisions import make_decision, make_votes
from tests.factories.programs import enroll_cast
from tests.queries import query_count

TODAY = date(2026, 11, 30)
CHINESE = ["认证证书", "中级培训经理", "能够独立负责一个完整的培训项目", "2 位评委", "小方案", "有效期至", "孙静", "钱立", "评审组组长"]
ENGLISH = ["Certificate of Competence", "Intermediate Training Manager", "a panel of 2", "Small program", "Hengyue"]


@pytest.fixture
def certificate(cast):
    decision = make_decision(cast, enroll_cast(cast), level="intermediate")
    make_votes(cast, decision)
    return issue_certificate(decision, by=cast.director, today=TODAY)


def paper(language: str) -> RenderedDocument:
    return RenderedDocument.objects.select_related("file").get(kind="certificate", language=language)


def pages_of(document: RenderedDocument) -> tuple[int, tuple[float, float], str]:
    """How many pages, the size of the first in points, and what a reader copies out of it."""
    with default_storage.open(document.file.key) as content, pypdfium2.PdfDocument(content.read()) as pdf:
        return len(pdf), pdf[0].get_size(), pdf[0].get_textpage().get_text_range()


def check(code: str, language: str = "en") -> str:
    return Client(headers={"accept-language": language}).get(f"/verify/{code}/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_one_landscape_page_that_says_all_in_both_languages(cast, certificate, run_jobs, language):
    assert run_jobs().count("assessments.jobs.print_certificate") == 2

    document = paper(language)
    count, (width, height), said = pages_of(document)

    said = said.replace("\r\n", "")
    assert (document.state, count, round(width), round(height)) == ("valid", 1, 842, 595)
    # What is first is whole; in the second language a line may end within a name.
    first = CHINESE if language == "zh-hans" else ENGLISH
    for words in [*first, "认证证书", "林予安", certificate.number, document.printed_code, "/verify"]:
        assert words in said, (words, said)
    assert document.file.name == "TRL-2026-000001 林予安.pdf"
    for never in ("国家", "职业技能等级", "national"):
        assert never not in said


def test_its_qr_code_leads_to_the_public_check(certificate, run_jobs, settings):
    """Drawn again from the address that the check stands at: the same modules, with room for a smudge (level M)."""
    run_jobs()
    for document in RenderedDocument.objects.filter(kind="certificate"):
        shown = re.search(r'class="qr"><svg.*?<path[^>]* d="([^"]+)"', print_document.page(document, *layout(document)), re.DOTALL)
        address = f"{settings.PUBLIC_URL}{reverse('documents:verify', args=[document.code])}"
        drawn = segno.make(address, error="m", micro=False)
        assert (Client().get(urlsplit(address).path).status_code, drawn.error) == (200, "M")
        assert shown[1] == re.search(r' d="([^"]+)"', drawn.svg_inline(border=0))[1]


def test_long_and_rare_names_stay_on_the_page(cast, run_jobs):
    cast.trainee.name = "𠮷田喆堃·" + "阿不都热依木" * 12
    cast.trainee.save()
    Organization.objects.filter(pk=cast.organization.pk).update(name=text("远望" * 40, "Far Seeing " * 14))
    issue_certificate(make_decision(cast, enroll_cast(cast)), by=cast.director, today=TODAY)
    run_jobs()

    count, _size, said = pages_of(paper("zh-hans"))
    assert (count, cast.trainee.name in said.replace("\r\n", "")) == (1, True)


def test_the_public_check_says_whether_it_holds_and_no_name(cast, certificate, run_jobs):
    run_jobs()
    said = check(paper("en").code)
    for words in ("Certificate", certificate.number, "Hengyue", "This document is valid", "30 Nov 2028", "Issued on"):
        assert words in said, words
    for name in ("林予安", "Intermediate", "孙静"):
        assert name not in said
    assert "有效期至" in check(paper("zh-hans").code, "zh-hans")

    show_name(certificate, True, by=cast.trainee)
    said = check(paper("en").code)
    assert ("林予安" in said, "Intermediate Training Manager" in said) == (True, True)


STATES = {
    "valid": "This document is valid",
    "expired": "This document has expired",
    "revoked": "This document has been revoked",
    "replaced": "A newer version has replaced this document",
}


def put(cast, certificate, state: str) -> None:
    """Bring the certificate into this state."""
    if state == "revoked":
        revoke_certificate(certificate, reason="不实", by=cast.director, today=date(2026, 12, 1))
    elif state == "replaced":
        publish_proof.replace(certificate, on=TODAY)
    elif state == "expired":
        PublicProof.objects.update(valid_until=date(2020, 1, 1))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", STATES)
def test_each_state_says_so(cast, certificate, run_jobs, state, language):
    RenderedDocument.objects.filter(kind="certificate").update(state="valid", issued_at=certificate.issued_at)
    put(cast, certificate, state)

    said = check(paper("en").code, language)

    assert (STATES[state] in said) == (language == "en")
    assert ("1 Dec 2026" in said) == (state == "revoked" and language == "en")
    assert "不实" not in said


def test_hit_miss_revoked_and_expired_run_the_same_statements(cast, certificate):
    RenderedDocument.objects.filter(kind="certificate").update(state="valid", issued_at=certificate.issued_at)
    code, seen = paper("en").code, {}
    for state in STATES:
        put(cast, certificate, state)
        with query_count() as seen[state]:
            check(code)
    with query_count() as seen["miss"]:
        check("Z" * 20)

    assert len(seen["miss"]) == 1
    assert all(statements == seen["miss"] for statements in seen.values())
