"""Handing in by the form: the whole way of the real deliverables, their files, versions and differences."""

import gzip
import io
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import StoredFile
from programs.actions import sign_off
from programs.forms.deliverable_typed import as_typed
from programs.models import Deliverable, Draft, Submission, TaskWork
from programs.queries.directory import everybody
from programs.rules.fields import fields_by, parse
from tests.factories.answers import make_answers
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort
from tests.programs.templates import draft, published  # noqa: F401 - fixtures
from tests.queries import query_count

TODAY = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def enrollment(cast, published):  # noqa: F811
    """The trainee in the built-in program, every task of it open."""
    enrollment = enroll_cast(cast, make_cohort(cast, version=published))
    TaskWork.objects.filter(enrollment=enrollment).update(state="open")
    return enrollment


@pytest.fixture
def hand_in(client, cast):
    """Press "Submit" with this typed in, as the author."""

    def post(deliverable, typed, member=None, **more):
        member = member or cast.trainee
        member.user.language = "en"
        member.user.save()
        posted = dict(typed.lists()) | {"revision": "0"} | more
        return cast.sign_in(client, member).post(cast.url(f"deliverables/{deliverable.pk}/submit/"), posted)

    return post


def slides(name="课件.pptx") -> SimpleUploadedFile:
    """A small file that is what its name says."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr("ppt/presentation.xml", "<p/>")
    return SimpleUploadedFile(name, content.getvalue())


def valid(cast, deliverable, **more):
    kind = deliverable.asked
    file = more.pop("file", None)
    stored = {"id": file.pk, "name": file.name, "hash": file.sha256} if file else None
    people = [cast.business_head.pk, cast.hrbp.pk, cast.sponsor.pk]
    answers = make_answers(kind.fields, people=people, file=stored, today=TODAY, language="en", **more)
    return answers, as_typed(fields_by(parse(kind.fields), "author"), answers, everybody(), {file.code: file} if file else {})


KEYS = ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D16", "D17", "D18", "D19", "D20"]  # D11-D15 stand on projects


def test_every_deliverable_is_handed_in_by_its_form_and_read_again(client, cast, enrollment, hand_in):
    # One after the other in one programme: copying the built-in program for each would take longer than all of them.
    for key in KEYS:
        deliverable = deliverable_of(enrollment, key)
        author = cast.line_manager if deliverable.kind.author == "line_manager" else cast.trainee
        upload, file = cast.sign_in(client, author), None
        files = [field["key"] for field in deliverable.asked.fields if field.get("type") == "file"]
        for revision, field in enumerate(files):
            sent = {"file": field, "revision": str(revision), f"{field}.upload": slides()}
            assert upload.post(cast.url(f"deliverables/{deliverable.pk}/files/"), sent).status_code == 302
            file = StoredFile.objects.filter(subject_kind="deliverable", subject_id=deliverable.pk).last()
        answers, typed = valid(cast, deliverable, file=file)

        response = hand_in(deliverable, typed, author, revision=str(len(files)))

        assert response.status_code == 302, (key, response.context["form"].problems())
        submission = Submission.objects.get(deliverable=deliverable)
        assert submission.data == answers
        assert not Draft.objects.filter(deliverable=deliverable).exists()
        page = client.get(cast.url(f"submissions/{submission.pk}/"))
        assert page.status_code == 200
        assert [field.key for field in page.context["page"].answers if not field.is_blank] == list(answers)
        assert "Version 1" in page.content.decode()


def test_what_is_missing_is_said_beside_each_field_and_what_was_typed_stays(client, cast, enrollment, hand_in):
    deliverable = deliverable_of(enrollment, "D10")
    _answers, typed = valid(cast, deliverable)
    typed["lines-1-unit_price"] = "a lot"
    typed["year"] = ""
    typed["currency"] = "XXX"
    typed["control"] = "<script>alert(1)</script>" + "x" * 2500
    typed["version-note"] = "kept too"
    refused = hand_in(deliverable, typed)
    assert refused.status_code == 422
    assert [problem.anchor for problem in refused.context["form"].problems()] == [
        "id_year",
        "id_currency",
        "id_lines-1-unit_price",
        "id_control",
    ]
    html = refused.content.decode()
    assert "4 things to put right" in html
    assert 'value="a lot"' in html
    assert "<script>alert(1)" not in html
    assert "Write a number, such as 1200 or 3.5." in html
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_empty_form_is_refused_in_the_persons_language(client, cast, enrollment, language):
    cast.trainee.user.language = language
    cast.trainee.user.save()
    deliverable = deliverable_of(enrollment, "D1")
    refused = cast.sign_in(client, cast.trainee).post(cast.url(f"deliverables/{deliverable.pk}/submit/"), {})
    assert refused.status_code == 422
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in refused.content.decode()
    assert len(refused.context["form"].problems()) == 6


def test_a_person_of_another_organization_cannot_be_named(cast, enrollment, hand_in):
    deliverable = deliverable_of(enrollment, "D2")
    _answers, typed = valid(cast, deliverable)
    typed["interviewee"] = str(cast.outsider.pk)
    refused = hand_in(deliverable, typed)
    assert refused.status_code == 422
    assert [problem.anchor for problem in refused.context["form"].problems()] == ["id_interviewee"]


def test_an_interview_is_called_after_its_interviewee_and_goes_to_them_first(client, cast, enrollment, hand_in):
    deliverable = deliverable_of(enrollment, "D2")
    _answers, typed = valid(cast, deliverable)
    assert hand_in(deliverable, typed).status_code == 302
    deliverable.refresh_from_db()
    assert deliverable.label == "马骏"
    submission = Submission.objects.get(deliverable=deliverable)
    # The interviewee reads this version and nothing else of the trainee's.
    cast.sign_in(client, cast.business_head)
    assert client.get(cast.url(f"submissions/{submission.pk}/")).status_code == 200
    assert client.get(cast.url(f"tasks/{deliverable.work_id}/")).status_code == 404
    for stranger in (cast.peer, cast.admin, cast.sponsor, cast.outsider):
        assert cast.sign_in(client, stranger).get(cast.url(f"submissions/{submission.pk}/")).status_code == 404


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("课件.pptx", b"<html><script>alert(1)</script></html>"),
        SimpleUploadedFile("slides.html", b"<script>alert(1)</script>"),
        SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 100),
        SimpleUploadedFile("empty.pdf", b""),
    ],
    ids=["a name that lies", "html", "a program", "empty"],
)
def test_a_bad_file_is_refused_beside_its_field_and_the_rest_stays(client, cast, enrollment, upload):
    deliverable = deliverable_of(enrollment, "D7")
    cast.sign_in(client, cast.trainee)
    typed = {"title": "Before the stock-out", "revision": "0", "file": "deck", "deck.upload": upload}
    refused = client.post(cast.url(f"deliverables/{deliverable.pk}/files/"), typed)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert 'id="id_deck_error"' in html
    assert 'value="Before the stock-out"' in html
    assert StoredFile.objects.count() == 0


def test_a_file_is_kept_taken_out_and_read_only_by_those_who_read_the_version(client, cast, enrollment, hand_in):
    deliverable = deliverable_of(enrollment, "D7")
    cast.sign_in(client, cast.trainee)
    base = cast.url(f"deliverables/{deliverable.pk}/files/")
    assert client.post(base, {"title": "Kept", "revision": "0", "file": "deck", "deck.upload": slides()}).status_code == 302
    file = StoredFile.objects.get()
    assert Draft.objects.get().data == {"title": ["Kept"], "deck": [file.code]}
    url = cast.url(f"work-files/{file.code}/")
    sent = client.get(url)
    assert sent["Content-Disposition"].startswith("attachment")
    assert b"".join(sent.streaming_content)  # to its end: that closes the file
    assert cast.sign_in(client, cast.mentor).get(url).status_code == 404  # a draft is its author's alone

    _answers, typed = valid(cast, deliverable, file=file)
    assert hand_in(deliverable, typed, revision="1").status_code == 302
    file.refresh_from_db()
    assert (file.subject_kind, file.subject_id) == ("submission", Submission.objects.get().pk)
    for member, status in ((cast.mentor, 200), (cast.director, 200), (cast.peer, 404), (cast.admin, 404), (cast.outsider, 404)):
        answer = cast.sign_in(client, member).get(url)
        assert answer.status_code == status
        assert status == 404 or b"".join(answer.streaming_content)


def test_a_file_of_another_deliverable_cannot_be_named(client, cast, enrollment, hand_in):
    other = deliverable_of(enrollment, "D3")
    cast.sign_in(client, cast.trainee).post(
        cast.url(f"deliverables/{other.pk}/files/"), {"revision": "0", "file": "drawing", "drawing.upload": slides()}
    )
    file = StoredFile.objects.get()
    deliverable = deliverable_of(enrollment, "D7")
    _answers, typed = valid(cast, deliverable, file=file)
    refused = hand_in(deliverable, typed)
    assert refused.status_code == 422
    assert [problem.anchor for problem in refused.context["form"].problems()] == ["id_deck", "id_guide"]


def test_two_versions_are_laid_side_by_side(client, cast, enrollment, hand_in):
    deliverable = deliverable_of(enrollment, "D7")
    cast.sign_in(client, cast.trainee).post(
        cast.url(f"deliverables/{deliverable.pk}/files/"), {"revision": "0", "file": "deck", "deck.upload": slides()}
    )
    file = StoredFile.objects.get()
    answers, typed = valid(cast, deliverable, file=file)
    hand_in(deliverable, typed, revision="1")
    first = Submission.objects.get()
    step = first.steps.get(state="ready")
    sign_off.decide(step, "returned", content_hash=first.content_hash, by=cast.mentor, today=TODAY, note="Say what people do.")
    typed["objectives-0-degree"] = "8 of 30 in ten minutes"
    assert hand_in(deliverable, typed, **{"version-note": "The pass mark is new."}).status_code == 302
    for version in deliverable.submissions.all():
        shown = client.get(cast.url(f"submissions/{version.pk}/")).text
        [beside] = re.findall(rf"{cast.url(f'deliverables/{deliverable.pk}/compare/')}\?new=\d", shown)
        assert client.get(beside).status_code == 200
    page = client.get(cast.url(f"deliverables/{deliverable.pk}/compare/"))
    assert page.status_code == 200
    html = page.content.decode()
    assert "What changed from version 1 to version 2" in html
    assert "The pass mark is new." in html
    assert [field.label for field in page.context["comparison"].changed] == ["Objectives (ABCD)"]
    for query, status in (("?old=1&new=2", 200), ("?old=9&new=2", 404), ("?old=x&new=y", 200), ("?new=1", 404)):
        assert client.get(cast.url(f"deliverables/{deliverable.pk}/compare/{query}")).status_code == status
    assert cast.sign_in(client, cast.peer).get(cast.url(f"deliverables/{deliverable.pk}/compare/")).status_code == 404
    assert Deliverable.objects.get(pk=deliverable.pk).state == "submitted"
    assert answers["objectives"][0]["degree"] != "8 of 30 in ten minutes"


def test_the_form_of_every_deliverable_is_light_and_asks_little(client, cast, enrollment):
    cast.sign_in(client, cast.trainee)
    for key in ("D1", "D7", "D10", "D14", "D16"):
        deliverable = deliverable_of(enrollment, key)
        if deliverable is None:
            continue
        with query_count() as asked:
            page = client.get(cast.url(f"tasks/{deliverable.work_id}/"))
        assert len(asked) <= 16
        assert len(gzip.compress(page.content)) < 15_000
