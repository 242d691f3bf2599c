"""A quarterly checkpoint: questions answered with evidence, noted on, and the quarters beside each other."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from notifications.models import Notification
from organizations.models import DelegatedAuthority
from programs.actions.answer_checkpoint import answer_checkpoint
from programs.actions.change_relations import change_relation
from programs.actions.note_checkpoint import note_checkpoint
from programs.actions.submit_work import submit
from programs.models import CheckpointAnswer, CheckpointNote, TaskDefinition, TaskWork, TemplateVersion
from tests.factories.programs import START, deliverable_of, draft_version, enroll_cast, make_cohort, work_of
from tests.queries import query_count

QUESTIONS = [
    {"key": "forecast", "text": {"zh-hans": "预判？", "en": "What do you forecast?"}},
    {"key": "links", "text": {"zh-hans": "挂钩？", "en": "Which links?"}},
]
WORDS = {"forecast": "More store managers", "links": "Two key results"}


@pytest.fixture
def enrollment(cast):
    with time_machine.travel(START, tick=False):
        version = draft_version()
        TaskDefinition.objects.filter(version=version, key="4.1.a").update(questions=QUESTIONS, responsible=["mentor", "business_head"])
        TemplateVersion.objects.filter(pk=version.pk).update(state="published")
        version.refresh_from_db()
        found = enroll_cast(cast, make_cohort(cast, version=version))
        TaskWork.objects.filter(enrollment=found, task__key="4.1.a").update(state="open", planned_start_on=START, due_on=START)
        yield found


def hand_in(cast, enrollment, words=WORDS, **more):
    return answer_checkpoint(work_of(enrollment, "4.1.a"), words, by=cast.trainee, today=START, **more)


def state(enrollment) -> str:
    return work_of(enrollment, "4.1.a").state


def note(cast, answer, by, acknowledged=True, body="Good"):
    return note_checkpoint(answer, body, acknowledged=acknowledged, by=by, today=START)


def test_it_is_done_when_mentor_and_business_head_have_noted_on_it(cast, enrollment):
    answer = hand_in(cast, enrollment)
    seen = [state(enrollment)]
    note(cast, answer, cast.business_head)
    seen.append(state(enrollment))
    note(cast, answer, cast.mentor)
    seen.append(state(enrollment))

    assert seen == ["submitted", "in_review", "approved"]
    told = set(Notification.objects.values_list("kind", "recipient_id"))
    assert {
        ("checkpoint_waiting", cast.mentor.pk),
        ("checkpoint_waiting", cast.business_head.pk),
        ("checkpoint_noted", cast.trainee.pk),
    } <= told


def test_who_asks_for_more_gives_it_back_and_the_next_answer_is_read_anew(cast, enrollment):
    first = hand_in(cast, enrollment)
    note(cast, first, cast.mentor, acknowledged=False, body="Which figure?")
    returned = state(enrollment)
    second = hand_in(cast, enrollment, WORDS | {"links": "Turnover"})

    assert (returned, state(enrollment), second.number) == ("returned", "submitted", 2)
    with pytest.raises(ValidationError) as refusal:
        note(cast, first, cast.business_head)
    assert refusal.value.code == "outdated"
    assert CheckpointAnswer.objects.get(number=1).answers == WORDS


@pytest.mark.parametrize("part", ["peer", "hrbp", "director", "trainee"])
def test_nobody_else_notes_on_it(cast, enrollment, part):
    answer = hand_in(cast, enrollment)
    with pytest.raises(PermissionDenied):
        note(cast, answer, getattr(cast, part))


def test_a_business_head_who_is_not_named_any_more_holds_nothing_up(cast, enrollment):
    note(cast, hand_in(cast, enrollment), cast.mentor)
    before = state(enrollment)
    change_relation(enrollment, "business_head", [], by=cast.manager, today=START)
    assert (before, state(enrollment)) == ("in_review", "approved")


def test_every_question_is_answered_and_evidence_is_ones_own(cast, enrollment):
    other = submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)
    refused = []
    for words, more in [
        ({"forecast": " "}, {}),
        (WORDS, {"links": ["javascript:alert(1)"]}),
        (WORDS, {"submissions": [other.pk + 1000]}),
    ]:
        with pytest.raises(ValidationError) as refusal:
            hand_in(cast, enrollment, words, **more)
        refused.append(sorted(refusal.value.error_dict))
    answer = hand_in(cast, enrollment, links=["https://wiki.example.com/tree"], submissions=[other.pk])

    assert refused == [["forecast", "links"], ["links"], ["submissions"]]
    assert [one.submission_id for one in answer.evidence.all()] == [other.pk]


def test_a_second_click_hands_nothing_in_twice(cast, client, enrollment):
    page = cast.sign_in(client, cast.trainee)
    address = cast.url(f"tasks/{work_of(enrollment, '4.1.a').pk}/answers/")
    data = {"answer-forecast": "A", "answer-links": "B", "links": ""}
    first, second = page.post(address, data), page.post(address, data)

    assert (first.status_code, second.status_code, CheckpointAnswer.objects.count()) == (302, 422, 1)
    assert "你的回答正在审阅" in second.text


def test_what_was_typed_stays_beside_its_error(cast, client, enrollment):
    work = work_of(enrollment, "4.1.a")
    answer = cast.sign_in(client, cast.trainee).post(
        cast.url(f"tasks/{work.pk}/answers/"),
        {"answer-forecast": "Half an answer", "answer-links": "", "links": "wiki", "submissions": "x"},
    )

    assert (answer.status_code, CheckpointAnswer.objects.count()) == (422, 0)
    assert "Half an answer" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_the_mentor_meets_it_in_the_queue_and_notes_on_it(cast, client, enrollment):
    evidence = submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)
    answer = hand_in(cast, enrollment, submissions=[evidence.pk])
    page = cast.sign_in(client, cast.mentor)
    path = cast.url(f"signoffs/checkpoints/{answer.work_id}/")
    queue = page.get(cast.url("signoffs/"))
    shown = page.get(path)
    refused = page.post(path, {"answer": answer.pk, "body": ""})
    noted = page.post(path, {"answer": answer.pk, "body": "Next quarter, compare."})

    assert path in queue.text
    assert (shown.status_code, refused.status_code, noted.status_code) == (200, 422, 302)
    assert "More store managers" in shown.text
    assert cast.url(f"submissions/{evidence.pk}/") in shown.text
    assert path not in page.get(cast.url("signoffs/")).text
    assert list(CheckpointNote.objects.values_list("role", "acknowledged", "body")) == [("mentor", True, "Next quarter, compare.")]


def test_a_business_head_sees_the_checkpoint_and_no_other_work(cast, client, enrollment):
    evidence = submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)
    answer = hand_in(cast, enrollment, submissions=[evidence.pk])
    page = cast.sign_in(client, cast.business_head)

    shown = page.get(cast.url(f"signoffs/checkpoints/{answer.work_id}/"))

    assert (shown.status_code, page.get(cast.url(f"tasks/{answer.work_id}/")).status_code) == (200, 404)
    assert cast.url(f"submissions/{evidence.pk}/") not in shown.text
    assert cast.sign_in(client, cast.peer).get(cast.url(f"signoffs/checkpoints/{answer.work_id}/")).status_code == 404
    assert cast.sign_in(client, cast.outsider).get(cast.url(f"signoffs/checkpoints/{answer.work_id}/")).status_code == 404


def test_the_quarters_stand_beside_each_other(cast, client, enrollment):
    answer = hand_in(cast, enrollment)
    for part in ("mentor", "business_head"):
        note(cast, answer, getattr(cast, part))
    second = TaskWork.objects.create(
        enrollment=enrollment, task=answer.work.task, occurrence=2, state="open", planned_start_on=START, due_on=START + timedelta(days=90)
    )
    page = cast.sign_in(client, cast.trainee)
    page.get(cast.url(f"tasks/{second.pk}/"))
    with query_count() as asked:
        shown = page.get(cast.url(f"tasks/{second.pk}/"))

    assert "More store managers" in shown.text
    assert "上季度你写的是：More store managers" in shown.text
    assert 'name="answer-forecast"' in shown.text
    assert len(asked) <= 14


def test_an_answer_and_a_note_never_change(cast, enrollment):
    answer = hand_in(cast, enrollment)
    noted = note(cast, answer, cast.mentor)[0]
    for change in (
        lambda: CheckpointAnswer.objects.filter(pk=answer.pk).update(links=["x"]),
        lambda: CheckpointNote.objects.filter(pk=noted.pk).update(body="x"),
        lambda: noted.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_stand_in_notes_for_who_is_away_but_never_the_trainee_nor_twice(cast, client, enrollment):
    answer = hand_in(cast, enrollment)
    for delegate in (cast.peer, cast.trainee, cast.mentor):
        DelegatedAuthority.objects.create(member=cast.business_head, delegate=delegate, from_on=START, until_on=START)
    with pytest.raises(PermissionDenied):
        note(cast, answer, cast.trainee)
    assert [one.role for one in note(cast, answer, cast.mentor)] == ["mentor"]
    with pytest.raises(PermissionDenied):
        note(cast, answer, cast.mentor)

    path = f"signoffs/checkpoints/{work_of(enrollment, '4.1.a').pk}/"
    assert path not in cast.sign_in(client, cast.trainee).get(cast.url("signoffs/")).text
    for queue in ("signoffs/", "business/"):
        assert path in cast.sign_in(client, cast.peer).get(cast.url(queue)).text
    assert cast.business_head.name in client.get(cast.url(path)).text
    assert client.post(cast.url(path), {"answer": str(answer.pk), "body": "已核对"}).status_code == 302

    noted = CheckpointNote.objects.get(role="business_head")
    assert (noted.by, noted.instead_of, state(enrollment)) == (cast.peer, cast.business_head, "approved")
    assert f"代{cast.business_head.name}" in cast.sign_in(client, cast.mentor).get(cast.url(path)).text


def test_nobody_notes_for_who_is_back(cast, enrollment):
    answer = hand_in(cast, enrollment)
    day = START - timedelta(days=1)
    DelegatedAuthority.objects.create(member=cast.mentor, delegate=cast.peer, from_on=day, until_on=day)
    with pytest.raises(PermissionDenied):
        note(cast, answer, cast.peer)
