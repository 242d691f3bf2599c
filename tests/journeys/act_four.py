"""The certificate: issued, printed, checked by whoever holds the paper, reported, revoked, issued anew, run out."""

import csv
import io
from datetime import date

import openpyxl
import pypdfium2
from django.http import HttpResponse
from django.test import Client

from assessments.models import Certificate, Decision
from documents.models import PublicProof, RenderedDocument
from tests.journeys.year import Year

FORMATS = ("csv", "xlsx", "pdf")
NOT_FOR_RECORDS = {"trainee": 403, "mentor": 403, "manager": 403, "reviewer": 403, "sponsor": 403}


def issue(year: Year, run_jobs) -> Certificate:
    """On the decision after the appeal, never on the one before it; a worker prints it in both languages."""
    first, second = Decision.objects.order_by("at", "pk")
    wrong = {"admin": 403, "trainee": 403, "reviewer": 403, "manager": 403, "mentor": 403}
    year.do("director", f"decisions/{first.pk}/certificate/", wrong=wrong)
    assert Certificate.objects.count() == 0
    return _issue_on(year, second, wrong, run_jobs)


def issue_anew(year: Year, run_jobs) -> Certificate:
    """After a revocation the same decision may have another certificate."""
    return _issue_on(year, Decision.objects.get(after_appeal=True), {"admin": 403, "trainee": 403}, run_jobs)


def _issue_on(year: Year, decision: Decision, wrong: dict[str, int], run_jobs) -> Certificate:
    year.do("director", f"decisions/{decision.pk}/certificate/", wrong=wrong)
    run_jobs()
    return Certificate.objects.latest("pk")


def download(year: Year, certificate: Certificate) -> None:
    """Its holder has the paper in both languages; colleagues have not."""
    here = f"certificates/{certificate.pk}/"
    others = {"mentor": 404, "manager": 404, "line_manager": 404, "reviewer": 404, "peer": 404}
    year.read("trainee", "my/certificates/", certificate.number)
    page = year.read("trainee", here, "初级培训经理", wrong=others)
    for paper in papers(certificate):
        address = f"{here}documents/{paper.pk}/"
        year.refuse("get", address, {}, others)
        said = text_of(year.browser("trainee").get(year.cast.url(address)))
        level = {"zh-hans": "初级培训经理", "en": "Junior Training Manager"}[paper.language]
        for words in ("林予安", certificate.number, level, paper.printed_code):
            assert words in said, f"{words} in the certificate in {paper.language}"
    assert f"/verify/{papers(certificate)[1].code}/" in page.text


def papers(certificate: Certificate) -> list[RenderedDocument]:
    """In English and in Chinese."""
    return list(RenderedDocument.objects.filter(kind="certificate", subject_id=certificate.pk).order_by("language"))


def text_of(answer: HttpResponse) -> str:
    """What a reader of the PDF reads."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.getvalue()))


def verify(year: Year, certificate: Certificate, *said: str, holder: str = "") -> None:
    """Whoever holds the paper sees in their language how it stands, and nothing of what the company knows."""
    people = {member.name for member in year.cast.people.values()} - {holder}
    private = people | {member.email for member in year.cast.people.values()}
    private |= {reasons for texts in Decision.objects.values_list("reasons") for reasons in texts}
    for paper in papers(certificate):
        page = Client(headers={"accept-language": paper.language}).get(f"/verify/{paper.code}/")
        assert page.status_code == 200
        assert [words for words in (certificate.number, *([holder] if holder else [])) if words not in page.text] == []
        assert any(words in page.text for words in said), f"{said} in {paper.language}"
        assert [words for words in private if words in page.text] == []


def show_the_name(year: Year, certificate: Certificate) -> None:
    """The holder alone lets the public page name them."""
    here = f"certificates/{certificate.pk}/name/"
    year.do("trainee", here, {"show": "yes"}, wrong={"director": 403, "admin": 403, "mentor": 404, "peer": 404})
    assert PublicProof.objects.get(subject_kind="certificate", subject_id=certificate.pk).holder == "林予安"


def export(year: Year, certificate: Certificate, run_jobs) -> None:
    """The admin takes the report with them in each of three forms, and the trainee's row stands in it."""
    year.read("admin", "reports/", "2027 春季班", wrong=NOT_FOR_RECORDS)
    for form in FORMATS:
        address = f"reports/certifications.{form}"
        year.refuse("get", address, {}, NOT_FOR_RECORDS)
        answer = year.browser("admin").get(year.cast.url(address))
        rows = [_printed(year, answer, run_jobs)] if form == "pdf" else _rows(answer, form)
        [row] = [row for row in rows if "林予安" in row]
        for words in ("2027 春季班", "初级培训经理", certificate.number):
            assert words in row, f"{words} in {form}: {row}"
        theirs = year.browser("outsider").get(f"/o/{year.cast.rival.slug}/{address}")
        assert form == "pdf" or _rows(theirs, form)[1:] == []


def _rows(answer: HttpResponse, form: str) -> list[list[str]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]


def _printed(year: Year, answer: HttpResponse, run_jobs) -> str:
    run_jobs()
    file = f"{answer['Location'].removeprefix(year.cast.url())}file/"
    year.refuse("get", file, {}, {"trainee": 404, "mentor": 404, "peer": 404})
    return text_of(year.browser("admin").get(year.cast.url(file)))


def revoke(year: Year, certificate: Certificate, reason: str) -> None:
    """With a reason that the holder reads; the public page says only that it holds no more."""
    here = f"certificates/{certificate.pk}/"
    wrong = {"trainee": 403, "mentor": 404, "manager": 404, "reviewer": 404}
    year.do("admin", f"{here}revoke/", {"reason": reason}, wrong=wrong)
    year.read("trainee", here, reason)
    page = Client().get(f"/verify/{papers(certificate)[0].code}/")
    assert reason not in page.text


def day_after(certificate: Certificate) -> date:
    """The first day on which it is valid no more."""
    return date.fromordinal(certificate.expires_on.toordinal() + 1)
