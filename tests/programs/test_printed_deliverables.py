"""Every deliverable of the built-in programme on paper: nothing missing, in both languages, and two of them as real PDFs."""

import re
from datetime import timedelta
from html import unescape

import pypdfium2
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import translation

from documents.actions import print_document
from documents.models import RenderedDocument
from documents.vocabulary import DocumentKind, DocumentState
from organizations.localized import read
from programs.actions.submit_work import submit
from programs.layouts import deliverable as paper
from programs.models import Deliverable, DeliverableKind, Submission, TaskWork
from tests.documents.test_printing import text_of
from tests.factories.answers import make_answers
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort
from tests.factories.projects import chosen_project, open_project_phase
from tests.programs.test_phase_gates import signed

TODAY = START + timedelta(days=3)
ON_PROJECTS = {"D11", "D12", "D13", "D14", "D15"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def enrollment(cast, published):
    """The trainee in the built-in programme, every task of it open."""
    enrollment = enroll_cast(cast, make_cohort(cast, version=published))
    TaskWork.objects.filter(enrollment=enrollment).update(state="open")
    return enrollment


def hand_in(cast, enrollment, key: str, language: str, rows: int | None = None) -> Submission:
    """A believable first version, in the language of the organization or of its foreign branch."""
    deliverable = deliverable_of(enrollment, key)
    author = cast.people[deliverable.kind.author]
    file = {"id": 1, "name": "课件.pptx", "hash": "0" * 64}
    people = [cast.business_head.pk, cast.hrbp.pk, cast.sponsor.pk]
    answers = make_answers(deliverable.asked.fields, people=people, file=file, today=TODAY, language=language, rows=rows)
    return submit(deliverable, answers, by=author, today=TODAY)


def document_of(submission: Submission, language: str, by) -> RenderedDocument:
    return print_document.request_print(
        DocumentKind.DELIVERABLE,
        about=submission.deliverable,
        version=submission.number,
        content_hash=submission.content_hash,
        language=language,
        by=by,
    )


def html_of(document: RenderedDocument) -> str:
    with translation.override(document.language):
        return print_document.page(document, *paper.layout(document))


def words(html: str) -> str:
    """What is read, without the parts that only the page's head and drawing hold."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<(head|svg|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)))


def print_whole(cast, submission: Submission, language: str) -> None:
    """Signed and on paper: every field of it, whose it is and its number stand there, and nothing of the making shows."""
    key = submission.deliverable.kind.key
    signed(cast, submission, TODAY)
    document = document_of(submission, language, cast.trainee)
    html = html_of(document)
    text = words(html)
    kind = submission.deliverable.kind
    with translation.override(language):
        labels = [read(field["label"]) for field in kind.fields if field["key"] in submission.data]
        title = str(kind.name)
    assert [label for label in [title, *labels, cast.trainee.name, document.printed_code] if label not in text] == [], key
    assert re.findall(r"\{\{|\{%|&lt;|\bzh-hans\b|\{'|%\(|\bnan\b", text) == [], key
    assert language == "en" or "None" not in text, key  # in English it is an answer
    assert not re.search(r'<dd class="pre">\s*</dd>|<td class="[a-z]+">\s*</td>|<p class="pre">\s*</p>', html), key


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_deliverable_prints_whole(cast, enrollment, language):
    on_tasks = DeliverableKind.objects.filter(version=enrollment.cohort.version, task__isnull=False)
    keys = list(on_tasks.order_by("position").values_list("key", flat=True))
    assert {f"D{number}" for number in range(1, 21)} - set(keys) == ON_PROJECTS
    for key in keys:
        print_whole(cast, hand_in(cast, enrollment, key, language), language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("kind", "keys"), [("3.B", ON_PROJECTS - {"D15"}), ("3.C", ON_PROJECTS - {"D14"})])
def test_every_deliverable_of_a_project_prints_whole(cast, enrollment, kind, keys, language):
    open_project_phase(enrollment)
    project = chosen_project(cast, enrollment, kind)
    assert set(Deliverable.objects.filter(work=project.work).values_list("kind__key", flat=True)) == keys
    for key in sorted(keys):
        print_whole(cast, hand_in(cast, enrollment, key, language), language)


def pdf_of(cast, document: RenderedDocument) -> bytes:
    print_document.run(cast.organization.pk, document.pk, paper.layout)
    document.refresh_from_db()
    assert (document.state, document.problem) == (DocumentState.VALID, "")
    with default_storage.open(document.file.key) as content:
        return content.read()


@pytest.mark.parametrize("key", ["D2", "D10"])
def test_what_comes_out_of_the_press_can_be_read_back(cast, enrollment, key):
    submission = hand_in(cast, enrollment, key, "zh-hans", rows=8)
    signed(cast, submission, TODAY)
    document = document_of(submission, "zh-hans", cast.trainee)

    pdf = pdf_of(cast, document)

    text = re.sub(r"\s+", "", text_of(pdf))
    fields = [field for field in submission.deliverable.asked.fields if field["key"] in submission.data]
    with translation.override("zh-hans"):
        labels = [re.sub(r"\s+", "", read(field["label"])) for field in fields]
    assert [part for part in [*labels, cast.trainee.name, document.printed_code] if part not in text] == []
    with pypdfium2.PdfDocument(pdf) as sheets:
        count = len(sheets)
    assert re.findall(r"(\d+) / (\d+)\s*$", text_of(pdf), re.MULTILINE) == [(str(page), str(count)) for page in range(1, count + 1)]
    signers = [decision.by.name for step in submission.steps.all() for decision in step.decisions.all()]
    assert signers and [name for name in signers if name not in text] == []
