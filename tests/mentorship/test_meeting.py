"""Meetings: planned, moved, cancelled, held; notes for both, notes for one, feedback in both directions; a file for calendars."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from home.queries.search import Scope, search
from mentorship import paths
from mentorship.actions import hold_meeting, keep_private_note, plan_meeting
from mentorship.actions.hold_meeting import NewItem
from mentorship.models import ActionItem, Meeting, MeetingFeedback, PrivateNote
from notifications.models import Notification
from organizations import clock
from organizations.models import AuditEvent, AuditPayload
from programs.models import Appointment
from tests.factories.mentorship import hold, named_pairing, plan
from tests.factories.programs import START, enroll_cast
from tests.mentorship.rules.test_calendar_file import plain, read
from tests.queries import query_count

TODAY = START + timedelta(days=3)
AHEAD = {"starts_at": "2026-09-18T15:00", "minutes": "45", "place": "3 楼", "agenda": "访谈提纲", "revision": ""}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def pairing(cast):
    return named_pairing(enroll_cast(cast))


@pytest.fixture
def held(cast, pairing):
    """A meeting of an hour ago, with a step for each of the two."""
    steps = [NewItem("约三位店长访谈", cast.trainee.pk, TODAY + timedelta(days=5)), NewItem("发访谈样稿", cast.mentor.pk)]
    return hold(pairing, cast.mentor, items=steps)


def told(kind: str) -> list[str]:
    return list(Notification.objects.filter(kind=kind).order_by("pk").values_list("recipient__name", flat=True))


def appointments() -> list[tuple]:
    return list(Appointment.objects.order_by("starts_at").values_list("starts_at", "person__name", "path"))


def test_planning_moving_and_cancelling_tell_the_other_and_keep_the_home_right(cast, pairing):
    meeting = plan(pairing, cast.trainee)
    begins, path = meeting.starts_at, paths.meeting(meeting.pk)
    assert (appointments(), told("meeting_planned")) == ([(begins, "周敏", path)], ["周敏"])
    later = begins + timedelta(days=1)
    facts = {"minutes": 45, "place": "3 楼", "agenda": "改后的提纲"}
    meeting = plan_meeting.move(meeting, starts_at=begins, **facts, revision=1, by=cast.mentor)
    assert (told("meeting_moved"), meeting.agenda) == ([], "改后的提纲")  # other words alone are no other time
    meeting = plan_meeting.move(meeting, starts_at=later, **facts, revision=2, by=cast.mentor)
    assert (appointments(), told("meeting_moved")) == ([(later, "周敏", path)], ["林予安"])
    plan_meeting.cancel(meeting, "出差", by=cast.mentor)
    assert (appointments(), told("meeting_cancelled")) == ([], ["林予安"])
    with pytest.raises(ValidationError) as refusal:
        plan_meeting.cancel(meeting, "再一次", by=cast.mentor)
    assert refusal.value.code == "not_planned"


@pytest.mark.parametrize(("days", "code"), [(-1, "past"), (0, "past"), (800, "too_far")])
def test_a_meeting_lies_ahead_and_not_too_far(cast, pairing, days, code):
    with pytest.raises(ValidationError) as refusal:
        plan(pairing, cast.mentor, days)
    assert refusal.value.error_dict["starts_at"][0].code == code


def test_pressed_twice_it_is_planned_once(cast, pairing):
    plan(pairing, cast.mentor)
    with pytest.raises(ValidationError) as refusal:
        plan(pairing, cast.trainee)
    assert refusal.value.error_dict["starts_at"][0].code == "taken"
    assert (Meeting.objects.count(), told("meeting_planned")) == (1, ["林予安"])


def test_a_stale_move_is_told_so(cast, pairing):
    meeting = plan(pairing, cast.mentor)
    facts = {"starts_at": meeting.starts_at, "minutes": 30, "place": "", "agenda": ""}
    plan_meeting.move(meeting, **facts, revision=1, by=cast.trainee)
    with pytest.raises(ValidationError) as refusal:
        plan_meeting.move(meeting, **facts | {"minutes": 60}, revision=1, by=cast.mentor)
    assert (refusal.value.code, Meeting.objects.get().minutes) == ("stale", 30)


def test_notes_and_steps_are_kept_for_both_once_it_has_begun(cast, pairing, held):
    assert (held.state, held.closed_by, held.notes, appointments()) == ("held", cast.mentor, "先问一线，再问主管", [])
    steps = ActionItem.objects.order_by("position")
    assert list(steps.values_list("text", "owner__name")) == [("约三位店长访谈", "林予安"), ("发访谈样稿", "周敏")]
    first, second = steps
    again = [
        NewItem("约五位店长访谈", cast.trainee.pk, None, first.pk),
        NewItem("", cast.mentor.pk, None, second.pk),
        NewItem("写提纲", cast.trainee.pk),
    ]
    hold_meeting.write_notes(held, "改过", again, revision=held.revision, by=cast.trainee)
    assert list(steps.all().values_list("text", "position")) == [("约五位店长访谈", 1), ("写提纲", 2)]
    ahead = plan(pairing, cast.mentor)
    with pytest.raises(ValidationError) as refusal:
        hold_meeting.write_notes(ahead, "太早", [], revision=1, by=cast.mentor)
    assert refusal.value.code == "not_begun"


def test_two_who_write_notes_at_once_do_not_overwrite_each_other(cast, held):
    hold_meeting.write_notes(held, "学员先写", [], revision=held.revision, by=cast.trainee)
    with pytest.raises(ValidationError) as refusal:
        hold_meeting.write_notes(held, "导师后写", [], revision=held.revision, by=cast.mentor)
    held.refresh_from_db()
    assert (refusal.value.code, held.notes) == ("stale", "学员先写")


def test_a_step_belongs_to_one_of_the_two(cast, held):
    for owner in (cast.peer.pk, cast.manager.pk, 0):
        with pytest.raises(ValidationError) as refusal:
            hold_meeting.write_notes(held, "", [NewItem("替做", owner)], revision=held.revision, by=cast.mentor)
        assert refusal.value.code == "unknown_owner"
    with pytest.raises(ValidationError) as refusal:
        hold_meeting.write_notes(held, "", [NewItem(f"{n}", cast.mentor.pk) for n in range(21)], revision=held.revision, by=cast.mentor)
    assert refusal.value.code == "too_many"


def test_either_ticks_off_and_nobody_else(cast, held):
    step = ActionItem.objects.select_related("meeting__pairing").first()
    assert hold_meeting.settle_item(step, True, by=cast.mentor).done_by == cast.mentor
    assert hold_meeting.settle_item(step, False, by=cast.trainee).done_at is None
    with pytest.raises(PermissionDenied):
        hold_meeting.settle_item(step, True, by=cast.director)


# ── What is for one alone ──


def test_a_private_note_is_read_by_its_author_alone(cast, held, client):
    """By page, by search, in the trail: neither the other of the two, nor HR, nor the admin."""
    secret, page = "其实我担心他跟不上", cast.url(paths.meeting(held.pk))
    cast.sign_in(client, cast.mentor)
    assert client.post(page + "private/", {"body": secret}).status_code == 302
    assert secret in client.get(page).content.decode()
    seen = {}
    for part in ("trainee", "manager", "director", "admin", "line_manager", "hrbp", "peer"):
        cast.sign_in(client, cast.people[part])
        for path in (
            page,
            cast.url(paths.pairing(held.pairing_id)),
            cast.url("mentoring/"),
            cast.url("audit/"),
            cast.url("search/?q=担心"),
        ):
            # The search says what was asked for, so the last words are looked for.
            seen[part, path] = "跟不上" in client.get(path).content.decode()
    assert not any(seen.values()), seen
    assert PrivateNote.objects.of(cast.trainee).count() == PrivateNote.objects.of(cast.director).count() == 0
    assert secret not in str(list(AuditPayload.objects.values_list("before", "after")))
    assert secret not in str(list(AuditEvent.objects.values_list("subject_label", flat=True)))
    assert secret not in str(list(Notification.objects.values_list("words", flat=True)))
    everything = Scope(everybody=True, person_pages=True, templates=True)
    assert search(cast.director, secret, everything, TODAY).count == 0


def test_a_private_note_of_ones_own_beside_the_others(cast, held):
    keep_private_note.keep(held, "学员的", by=cast.trainee)
    keep_private_note.keep(held, "导师的", by=cast.mentor)
    keep_private_note.keep(held, "导师改过的", by=cast.mentor)
    assert [PrivateNote.objects.of(one).get().body for one in (cast.trainee, cast.mentor)] == ["学员的", "导师改过的"]
    keep_private_note.keep(held, " ", by=cast.mentor)
    assert list(PrivateNote.objects.values_list("author__name", flat=True)) == ["林予安"]
    for member in (cast.director, cast.admin, cast.manager):
        with pytest.raises(PermissionDenied):
            keep_private_note.keep(held, "x", by=member)


# ── Pages ──

PARTS = [
    *(("trainee", 200), ("mentor", 200), ("manager", 403), ("director", 403), ("line_manager", 403)),
    *(("hrbp", 404), ("peer", 404), ("admin", 404)),
]


@pytest.mark.parametrize(("part", "status"), PARTS)
def test_talks_are_theirs_alone(cast, held, client, part, status):
    page = cast.url(paths.meeting(held.pk))
    cast.sign_in(client, cast.people[part])
    answers = [
        client.get(page),
        client.get(page + "move/"),
        client.get(page + "meeting.ics"),
        client.get(cast.url(f"{paths.pairing(held.pairing_id)}meetings/new/")),
    ]
    assert [answer.status_code for answer in answers] == [status] * 4
    posts = [client.post(page + name, {}).status_code for name in ("notes/", "private/", "feedback/", "cancel/")]
    assert all((code == status) if status != 200 else code in (302, 422) for code in posts)
    assert ("先问一线" in answers[0].content.decode()) == (status == 200)
    step = ActionItem.objects.first()
    assert client.post(cast.url(f"mentoring/items/{step.pk}/"), {"done": "yes"}).status_code == (302 if status == 200 else status)
    if status == 403:
        assert "林予安" in answers[0].content.decode()  # who can be asked


def test_planning_by_page_in_ones_own_time_zone(cast, pairing, client):
    page = cast.url(f"{paths.pairing(pairing.pk)}meetings/new/")
    cast.mentor.user.time_zone = "Europe/Stockholm"
    cast.mentor.user.save()
    assert cast.sign_in(client, cast.mentor).post(page, AHEAD).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime.fromisoformat("2026-09-18T15:00+02:00")
    again = client.post(page, AHEAD)
    assert again.status_code == 422
    assert "这个时间已约了一次面谈" in again.content.decode()


BAD = [
    *(
        ("starts_at", ""),
        ("starts_at", "明天三点"),
        ("starts_at", "2020-01-01T10:00"),
        ("starts_at", "0001-01-01T00:00"),
        ("starts_at", "9999-12-31T23:59"),
    ),
    *(("minutes", "5"), ("minutes", "481"), ("minutes", ""), ("minutes", "１e3x"), ("place", "x" * 301), ("agenda", "x" * 4001)),
]


@pytest.mark.parametrize(("field", "value"), BAD)
def test_a_bad_plan_is_said_next_to_its_field_and_kept(cast, pairing, client, field, value):
    answer = cast.sign_in(client, cast.trainee).post(cast.url(f"{paths.pairing(pairing.pk)}meetings/new/"), AHEAD | {field: value})
    html = answer.content.decode()
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert 'aria-invalid="true"' in html
    assert value in html
    assert AHEAD["agenda"] in html or field == "agenda"


def rows(*steps, total=None) -> dict[str, str]:
    """Next steps as the form sends them: (pk, text, owner, due_on) each."""
    said = {"items-TOTAL_FORMS": str(len(steps) if total is None else total), "items-INITIAL_FORMS": "0"}
    for number, step in enumerate(steps):
        said |= {f"items-{number}-{name}": str(value) for name, value in zip(("pk", "text", "owner", "due_on"), step, strict=True)}
    return said


def test_holding_by_page(cast, pairing, client):
    meeting = plan(pairing, cast.mentor)
    page = cast.url(paths.meeting(meeting.pk))
    cast.sign_in(client, cast.trainee)
    with time_machine.travel(meeting.starts_at + timedelta(hours=1), tick=False):
        assert "面谈已进行，保存" in client.get(page).content.decode()
        said = {"notes": "谈了访谈", "revision": "1"} | rows(("", "写提纲", cast.trainee.pk, "2026-09-20"), ("", "", cast.mentor.pk, ""))
        assert client.post(page + "notes/", said).status_code == 302
        step = ActionItem.objects.get()
        assert (step.text, str(step.due_on), step.position) == ("写提纲", "2026-09-20", 1)
        stale = client.post(page + "notes/", {"notes": "我后写的", "revision": "1"} | rows((step.pk, "改提纲", cast.trainee.pk, "")))
        html = stale.content.decode()
        assert stale.status_code == 409
        assert all(words in html for words in ("我后写的", "改提纲", "谈了访谈", 'name="revision" value="2"'))
        assert (
            client.post(
                page + "notes/", {"notes": "我后写的", "revision": "2"} | rows((step.pk, "改提纲", cast.trainee.pk, ""))
            ).status_code
            == 302
        )
        assert list(ActionItem.objects.values_list("text", "position")) == [("改提纲", 1)]


@pytest.mark.parametrize(
    "said",
    [
        {"notes": "x" * 10001},
        {"revision": "x"},
        {"items-0-due_on": "九月"},
        {"items-0-owner": "0"},
        {"items-0-owner": "张三"},
        {"items-0-text": "x" * 301},
        {"items-TOTAL_FORMS": "x"},
        {"items-TOTAL_FORMS": "100000"},
    ],
    ids=lambda said: "-".join(f"{name}={value[:6]}" for name, value in said.items()),
)
def test_bad_notes_are_said_and_kept(cast, held, client, said):
    page = cast.url(paths.meeting(held.pk))
    typed = {"notes": "不能丢的话", "revision": str(held.revision)} | rows(("", "写提纲", cast.trainee.pk, "")) | said
    answer = cast.sign_in(client, cast.trainee).post(page + "notes/", typed)
    held.refresh_from_db()
    assert (answer.status_code, held.notes) == (422, "先问一线，再问主管")
    assert typed["notes"] in answer.content.decode()


def test_cancelling_and_feedback_by_page(cast, pairing, held, client):
    cast.sign_in(client, cast.trainee)
    page, ahead = cast.url(paths.meeting(held.pk)), cast.url(paths.meeting(plan(pairing, cast.mentor).pk))
    answers = [
        client.post(ahead + "cancel/", {"reason": ""}),
        client.post(ahead + "cancel/", {"reason": "x" * 501}),
        client.post(ahead + "cancel/", {"reason": "病了"}),
        client.post(page + "feedback/", {"rating": "9", "words": "不能丢的话"}),
        client.post(page + "feedback/", {"words": "不能丢的话"}),
        client.post(page + "feedback/", {"rating": "5", "words": "x" * 2001}),
        client.post(page + "private/", {"body": "x" * 10001}),
        client.post(page + "feedback/", {"rating": "5", "words": "帮助很大"}),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 302, 422, 422, 422, 422, 302]
    assert all("不能丢的话" in answer.content.decode() for answer in answers[3:5])
    assert MeetingFeedback.objects.get().rating == 5


def test_the_calendar_file(cast, pairing, client):
    meeting = plan(pairing, cast.mentor, agenda="议题一：怎样向店长提问，怎样记录；\n议题二：下一步", place="杭州, 3 楼")
    answer = cast.sign_in(client, cast.trainee).get(cast.url(paths.meeting(meeting.pk)) + "meeting.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    facts = dict(read(answer.content))
    assert facts["UID"] == f"{meeting.code}@testserver"
    assert plain(facts["SUMMARY"]) == "辅导面谈：林予安与周敏"
    assert plain(facts["DESCRIPTION"]) == meeting.agenda
    assert plain(facts["LOCATION"]) == "杭州, 3 楼"
    assert facts["DTSTART"] == f"{meeting.starts_at.astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}"
    plan_meeting.move(meeting, starts_at=meeting.starts_at, minutes=30, place="", agenda="", revision=1, by=cast.mentor)
    assert dict(read(client.get(cast.url(paths.meeting(meeting.pk)) + "meeting.ics").content))["SEQUENCE"] == "2"


def test_a_meeting_asks_the_same_few_questions_however_many_steps(cast, held, client):
    cast.sign_in(client, cast.trainee)
    page = cast.url(paths.meeting(held.pk))
    client.get(page)
    with query_count() as few:
        client.get(page)
    steps = [NewItem(f"第{n}步", cast.trainee.pk) for n in range(9)]
    hold_meeting.write_notes(held, "", steps, revision=held.revision, by=cast.mentor)
    with query_count() as many:
        client.get(page)
    assert len(few) == len(many) <= 14, "\n".join(many)


def test_the_trainees_home_shows_the_next_meeting(cast, pairing, client):
    later, first = plan(pairing, cast.mentor, 9), plan(pairing, cast.mentor, 2)
    cast.sign_in(client, cast.trainee)

    def shown():
        return client.get(cast.url("my/program/")).context["appointment"]

    assert (shown().starts_at, shown().person, shown().path) == (first.starts_at, "周敏", paths.meeting(first.pk))
    assert cast.url(paths.meeting(first.pk)) in client.get(cast.url("my/program/")).content.decode()
    plan_meeting.cancel(first, "出差", by=cast.mentor)
    assert shown().starts_at == later.starts_at
    with time_machine.travel(later.starts_at + timedelta(hours=2), tick=False):
        assert shown() is None
    assert clock.now() < later.starts_at
