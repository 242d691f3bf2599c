"""The mentoring agreement: written in versions, signed by both on exactly what they read; C3 and phase 1 follow; printed."""

from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from documents.models import RenderedDocument
from mentorship import paths
from mentorship.actions.keep_private_note import keep
from mentorship.actions.remind_of_mentoring import pass_waiting_checks
from mentorship.actions.sign_agreement import sign
from mentorship.actions.write_agreement import write
from mentorship.models import Agreement, AgreementSignature
from notifications.models import Notification
from organizations import clock
from programs.models import CheckDefinition, CheckResult, TaskWork, TemplateVersion
from tests.factories.mentorship import agreement, named_pairing, plan, signed_agreement
from tests.factories.programs import START, draft_version, enroll_cast, make_cohort, work_of
from tests.queries import query_count

TODAY = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def enrollment(cast):
    return enroll_cast(cast)


@pytest.fixture
def pairing(enrollment):
    """The mentor was named at enrolling."""
    return named_pairing(enrollment)


@pytest.fixture
def page(cast, pairing) -> str:
    return cast.url(paths.agreement(pairing.pk))


FORM = {"focus_1": "需求访谈", "focus_2": "", "focus_3": "", "every_days": "14", "minutes": "45", "additions": "", "number": "0"}


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def test_signed_by_both_it_passes_c3_and_the_task_is_done(cast, enrollment, pairing):
    kept = signed_agreement(pairing)
    result = CheckResult.objects.get()
    assert (result.definition.key, result.by, result.role, result.passed) == ("C3", cast.mentor, "mentor", True)
    assert set(result.answers.values()) == {True}
    assert work_of(enrollment, "1.4.a").state == "approved"
    assert work_of(enrollment, "1.4.c").state == "open"  # the development plan waited for it
    assert set(kept.signatures.values_list("role", "member__name", "content_hash")) == {
        ("trainee", "林予安", kept.content_hash),
        ("mentor", "周敏", kept.content_hash),
    }
    assert (told("agreement_to_sign"), told("agreement_signed")) == ({"周敏"}, {"赵晓峰", "何芳"})


@pytest.mark.parametrize(
    ("by", "answers"), [(["trainee"], [("trainee", "林予安")]), (["line_manager"], []), (["mentor", "hrbp"], [("mentor", "周敏")])]
)
def test_c3_is_answered_as_those_of_the_two_whom_the_template_names(cast, by, answers):
    version = draft_version()
    CheckDefinition.objects.filter(version=version).update(by=by)
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    signed_agreement(named_pairing(enroll_cast(cast, make_cohort(cast, version=version))))
    assert list(CheckResult.objects.values_list("role", "by__name")) == answers


def test_one_who_has_signed_waits_for_the_other(cast, enrollment, pairing):
    plan(pairing, cast.mentor, 2), plan(pairing, cast.mentor, 16)
    kept = agreement(pairing, cast.trainee)
    sign(pairing, kept.content_hash, by=cast.mentor, today=TODAY)
    assert (CheckResult.objects.count(), told("agreement_signed")) == (0, set())
    with pytest.raises(ValidationError) as refusal:
        sign(pairing, kept.content_hash, by=cast.mentor, today=TODAY)
    assert refusal.value.code == "already_signed"


def test_the_next_two_meetings_are_booked_before_anybody_signs(cast, pairing):
    plan(pairing, cast.mentor, 2)
    kept = agreement(pairing, cast.trainee)
    with pytest.raises(ValidationError) as refusal:
        sign(pairing, kept.content_hash, by=cast.trainee, today=TODAY)
    assert (refusal.value.code, AgreementSignature.objects.count()) == ("two_meetings", 0)


def test_other_content_is_another_version_and_needs_other_signatures(cast, pairing):
    first = signed_agreement(pairing)
    second = agreement(pairing, cast.mentor, every_days=7)
    assert (second.number, second.signatures.count()) == (2, 0)
    assert "每 7 天一次" in str(second.clauses)
    with pytest.raises(ValidationError) as refusal:  # the trainee's page still shows the first
        sign(pairing, first.content_hash, by=cast.trainee, today=TODAY)
    assert refusal.value.code == "other_content"
    assert agreement(pairing, cast.trainee, every_days=7) == second  # the same words are no third version


def test_two_who_write_at_once_do_not_overwrite_each_other(cast, pairing):
    agreement(pairing, cast.trainee)
    with pytest.raises(ValidationError) as refusal:
        write(pairing, focus=["另一点"], every_days=14, minutes=45, additions="", read_number=0, by=cast.mentor)
    assert refusal.value.code == "stale"
    assert Agreement.objects.count() == 1


def test_only_the_two_write_and_sign(cast, pairing):
    kept = agreement(pairing, cast.trainee)
    for member in (cast.manager, cast.director, cast.line_manager, cast.other_mentor):
        with pytest.raises(PermissionDenied):
            agreement(pairing, member)
        with pytest.raises(PermissionDenied):
            sign(pairing, kept.content_hash, by=member, today=TODAY)


def test_history_cannot_be_rewritten(cast, pairing):
    signed_agreement(pairing)
    for rows in (Agreement.objects, AgreementSignature.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().update(content_hash="0" * 64)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()


def test_who_signs_before_the_task_opens_passes_c3_later(cast, enrollment, pairing):
    TaskWork.objects.filter(pk=work_of(enrollment, "1.4.a").pk).update(state="locked")
    signed_agreement(pairing)
    assert (CheckResult.objects.count(), pass_waiting_checks(clock.now(), TODAY)) == (0, 0)
    TaskWork.objects.filter(pk=work_of(enrollment, "1.4.a").pk).update(state="open")
    assert (pass_waiting_checks(clock.now(), TODAY), pass_waiting_checks(clock.now(), TODAY)) == (1, 0)
    assert work_of(enrollment, "1.4.a").state == "approved"


# ── Page ──


PARTS = [
    *(("trainee", 200), ("mentor", 200), ("line_manager", 200), ("manager", 200), ("director", 200)),
    *(("hrbp", 404), ("peer", 404), ("admin", 404)),
]
BAD = [
    *(("focus_1", ""), ("focus_1", "x" * 201), ("every_days", "2"), ("every_days", "93"), ("every_days", "每周"), ("minutes", "5")),
    *(("minutes", "481"), ("additions", "x" * 2001), ("number", "x")),
]


@pytest.mark.parametrize(("part", "status"), PARTS)
def test_who_reads_it(cast, pairing, page, client, part, status):
    agreement(pairing, cast.trainee)
    answer = cast.sign_in(client, cast.people[part]).get(page)
    assert answer.status_code == status
    assert ("把需求访谈做扎实" in answer.content.decode()) == (status == 200)
    assert ("签署第 1 版" in answer.content.decode()) == (part in ("trainee", "mentor"))
    assert client.post(page, FORM).status_code == {200: 409 if part in ("trainee", "mentor") else 403, 404: 404}[status]


@pytest.mark.parametrize(("field", "value"), BAD)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(cast, page, client, field, value):
    answer = cast.sign_in(client, cast.trainee).post(page, FORM | {field: value})
    assert (answer.status_code, Agreement.objects.count()) == (422, 0)
    assert 'role="alert"' in answer.content.decode()
    assert value in answer.content.decode()


def test_writing_and_signing_by_page(cast, pairing, page, client):
    for days in (2, 16):
        plan(pairing, cast.mentor, days)
    cast.sign_in(client, cast.trainee)
    assert client.post(page, FORM).status_code == 302
    mark = Agreement.objects.get().content_hash
    assert client.post(page + "sign/", {"content_hash": mark}).status_code == 302
    cast.sign_in(client, cast.mentor)
    assert client.post(page, FORM | {"number": "1", "focus_2": "读懂损益表"}).status_code == 302
    stale = client.post(page + "sign/", {"content_hash": mark})
    assert stale.status_code == 409
    assert "读过第 2 版再签字" in stale.content.decode()
    assert client.post(page + "sign/", {"content_hash": ""}).status_code == 409
    assert client.post(page + "sign/", {"content_hash": Agreement.objects.get(number=2).content_hash}).status_code == 302
    assert AgreementSignature.objects.count() == 2


def test_a_stale_version_shows_what_stands_there_and_keeps_what_was_typed(cast, pairing, page, client):
    agreement(pairing, cast.mentor)
    cast.sign_in(client, cast.trainee)
    typed = FORM | {"focus_1": "我写的重点"}
    answer = client.post(page, typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in html for words in ("我写的重点", "把需求访谈做扎实", 'name="number" value="1"'))
    assert client.post(page, typed | {"number": "1"}).status_code == 302
    assert Agreement.objects.get(number=2).focus == ["我写的重点"]


def test_the_page_asks_the_same_few_questions_however_many_versions(cast, pairing, page, client):
    signed_agreement(pairing)
    cast.sign_in(client, cast.trainee).get(page)
    with query_count() as few:
        client.get(page)
    for days in (7, 10):
        agreement(pairing, cast.mentor, every_days=days)
    with query_count() as many:
        client.get(page)
    assert len(few) == len(many) <= 16, "\n".join(many)


WORDS = {"zh-hans": ["导师辅导协议", "保密：谈话内容不外传"], "en": ["Mentoring agreement", "Confidentiality: talks stay private"]}


@pytest.mark.parametrize(("language", "words"), WORDS.items())
def test_it_prints_with_both_signatures_and_no_private_note(cast, pairing, page, client, run_jobs, language, words):
    kept = signed_agreement(pairing)
    keep(pairing.meetings.first(), "私人感受：有点紧张", by=cast.mentor)
    cast.trainee.user.language = language
    cast.trainee.user.save()
    cast.sign_in(client, cast.trainee)
    assert client.post(page + "print/").status_code == 302
    run_jobs()
    document = RenderedDocument.objects.get()
    assert (document.state, document.version, document.kind) == ("valid", kept.number, "agreement")
    with default_storage.open(document.file.key) as content:
        text = "".join(leaf.get_textpage().get_text_range() for leaf in pypdfium2.PdfDocument(content.read()))
    for wanted in (*words, "林予安", "周敏", "把需求访谈做扎实", document.printed_code):
        assert wanted in text, wanted
    assert "有点紧张" not in text
    file = f"{page}documents/{document.pk}/"
    for member in (cast.trainee, cast.line_manager):
        assert b"".join(cast.sign_in(client, member).get(file))[:5] == b"%PDF-"
    assert [cast.sign_in(client, member).get(file).status_code for member in (cast.peer, cast.admin)] == [404, 404]
