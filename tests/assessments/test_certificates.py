"""Pages of certificates: by role, what they show, what may be done there."""

from datetime import date

import pytest

from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.models import Certificate, CertificateRevocation
from documents.models import PublicProof, RenderedDocument
from organizations.models import Member
from programs.actions.enroll import NewTrainee, enroll
from programs.models import Enrollment
from tests.factories.decisions import make_decision
from tests.factories.programs import START, enroll_cast
from tests.queries import query_count

TODAY = date(2026, 11, 30)
STAFF, OTHERS = ["director", "admin"], ["manager", "mentor", "line_manager", "peer", "reviewer", "sponsor"]


@pytest.fixture
def decision(cast):
    return make_decision(cast, enroll_cast(cast))


@pytest.fixture
def certificate(cast, decision):
    return issue_certificate(decision, by=cast.director, today=TODAY)


def speak(member, language: str) -> None:
    member.user.language = language
    member.user.save()


def many(cast, certificate, count: int) -> None:
    """So many more certificates of other people."""
    people = Member.objects.bulk_create([Member(name=f"学员{n}", sort_name=f"{n}", roles=["member"]) for n in range(count)])
    for pk in enroll(certificate.enrollment.cohort, [NewTrainee(each.pk) for each in people], by=cast.manager, today=START):
        issue_certificate(make_decision(cast, Enrollment.objects.get(pk=pk)), by=cast.director, today=TODAY)


@pytest.mark.parametrize(("part", "status"), [*((part, 200) for part in STAFF), *((part, 403) for part in [*OTHERS, "trainee"])])
def test_the_list_is_for_who_keeps_the_records(cast, certificate, client, part, status):
    page = cast.sign_in(client, cast.people[part]).get(cast.url("certificates/"))
    assert (page.status_code, certificate.number in page.text) == (status, status == 200)


@pytest.mark.parametrize(
    ("part", "status"), [("trainee", 200), *((part, 200) for part in STAFF), *((part, 404) for part in OTHERS), ("outsider", 404)]
)
def test_one_is_for_its_holder_too(cast, certificate, client, part, status):
    cast.sign_in(client, cast.outsider if part == "outsider" else cast.people[part])
    assert client.get(cast.url(f"certificates/{certificate.pk}/")).status_code == status


def test_the_holder_finds_theirs(cast, certificate, client):
    assert certificate.number in cast.sign_in(client, cast.trainee).get(cast.url("my/certificates/")).text
    assert certificate.number not in cast.sign_in(client, cast.peer).get(cast.url("my/certificates/")).text


def test_the_director_issues_what_waits(cast, decision, client):
    cast.sign_in(client, cast.director)
    assert f"/decisions/{decision.pk}/certificate/" in client.get(cast.url("certificates/")).text

    answer = client.post(cast.url(f"decisions/{decision.pk}/certificate/"))

    certificate = Certificate.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, cast.url(f"certificates/{certificate.pk}/"))
    assert f"/decisions/{decision.pk}/certificate/" not in client.get(cast.url("certificates/")).text
    again = client.post(cast.url(f"decisions/{decision.pk}/certificate/"), follow=True)
    assert ("已经签发过证书" in again.text, Certificate.objects.count()) == (True, 1)


@pytest.mark.parametrize("part", ["admin", "trainee", "reviewer"])
def test_others_issue_nothing(cast, decision, client, part):
    assert cast.sign_in(client, cast.people[part]).post(cast.url(f"decisions/{decision.pk}/certificate/")).status_code == 403
    assert Certificate.objects.count() == 0


def test_a_foreign_or_missing_decision_is_not_there(cast, decision, client):
    cast.sign_in(client, cast.outsider)
    assert client.post(f"/o/rival/decisions/{decision.pk}/certificate/").status_code == 404
    assert client.post(f"/o/rival/decisions/{10**18}/certificate/").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "初级培训经理"), ("en", "Junior Training Manager")])
def test_it_can_be_downloaded_in_both_languages_and_passed_on(cast, certificate, client, run_jobs, language, words):
    speak(cast.trainee, language)
    cast.sign_in(client, cast.trainee)
    address = cast.url(f"certificates/{certificate.pk}/")
    assert 'hx-trigger="every 2s"' in client.get(address).text
    run_jobs()

    page = client.get(address).text
    papers = {document.language: document for document in RenderedDocument.objects.filter(kind="certificate")}
    assert words in page
    assert f"/verify/{papers[language].code}/" in page
    assert 'hx-trigger="every 2s"' not in page
    for document in papers.values():
        answer = client.get(f"{address}documents/{document.pk}/")
        assert (answer["Content-Type"], answer.getvalue()[:5]) == ("application/pdf", b"%PDF-")
    cast.sign_in(client, cast.peer)
    assert client.get(f"{address}documents/{papers['en'].pk}/").status_code == 404


def test_what_could_not_be_printed_is_tried_again(cast, certificate, client, run_jobs):
    RenderedDocument.objects.filter(kind="certificate").update(state="failed", problem="time")
    cast.sign_in(client, cast.trainee)
    address = cast.url(f"certificates/{certificate.pk}/")
    assert f"{address}print/" in client.get(address).text
    client.post(f"{address}print/")
    run_jobs()
    assert set(RenderedDocument.objects.values_list("state", flat=True)) == {"valid"}


def test_the_holder_alone_shows_their_name(cast, certificate, client):
    address = cast.url(f"certificates/{certificate.pk}/name/")
    assert cast.sign_in(client, cast.director).post(address, {"show": "yes"}).status_code == 403
    cast.sign_in(client, cast.trainee)
    for show, holder in (("yes", "林予安"), ("no", ""), ("<x>", "")):
        assert client.post(address, {"show": show}).status_code == 302
        assert PublicProof.objects.get().holder == holder


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "请写明理由"), ("en", "Say why")])
def test_revoking_asks_for_a_reason_next_to_its_field(cast, certificate, client, language, words):
    speak(cast.admin, language)
    cast.sign_in(client, cast.admin)
    address = cast.url(f"certificates/{certificate.pk}/revoke/")
    assert client.get(address).status_code == 200
    for typed in ("", "   ", "长" * 1001):
        answer = client.post(address, {"reason": typed})
        assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)
        assert (words in answer.text) == (not typed.strip())
    assert CertificateRevocation.objects.count() == 0

    assert client.post(address, {"reason": "<b>材料</b>不实 👩‍🏫"}).status_code == 302
    page = cast.sign_in(client, cast.trainee).get(cast.url(f"certificates/{certificate.pk}/")).text
    assert "&lt;b&gt;材料&lt;/b&gt;不实 👩‍🏫" in page


@pytest.mark.parametrize(("part", "status"), [("trainee", 403), ("mentor", 404), ("manager", 404)])
def test_others_revoke_nothing(cast, certificate, client, part, status):
    cast.sign_in(client, cast.people[part])
    address = cast.url(f"certificates/{certificate.pk}/revoke/")
    assert (client.get(address).status_code, client.post(address, {"reason": "x"}).status_code) == (status, status)
    assert CertificateRevocation.objects.count() == 0


def test_who_was_faster_is_said_and_what_was_typed_stays(cast, certificate, client):
    revoke_certificate(certificate, reason="先到", by=cast.admin, today=TODAY)
    answer = cast.sign_in(client, cast.director).post(cast.url(f"certificates/{certificate.pk}/revoke/"), {"reason": "后到"})
    assert (answer.status_code, "后到" in answer.text, "已经撤销过" in answer.text) == (422, True, True)


def test_a_list_is_searched(cast, certificate, client):
    cast.sign_in(client, cast.director)
    for words, found in (("林予", True), (certificate.number[-3:], True), ("%", False), ("=cmd|", False), ("\0", True)):
        assert (certificate.number in client.get(cast.url("certificates/"), {"q": words}).text) == found, words


@pytest.mark.parametrize(("path", "most"), [("certificates/", 11), ("my/certificates/", 8)])
def test_lists_ask_the_same_for_one_and_for_three(cast, certificate, client, path, most):
    cast.sign_in(client, cast.director if path == "certificates/" else cast.trainee)
    client.get(cast.url(path))
    with query_count() as one:
        client.get(cast.url(path))
    many(cast, certificate, 2)
    with query_count() as three:
        client.get(cast.url(path))
    assert len(one) == len(three) <= most, "\n".join(three)


def test_a_page_asks_a_fixed_number(cast, certificate, client):
    cast.sign_in(client, cast.trainee)
    client.get(cast.url(f"certificates/{certificate.pk}/"))
    with query_count() as seen:
        client.get(cast.url(f"certificates/{certificate.pk}/"))
    assert len(seen) <= 13, "\n".join(seen)
