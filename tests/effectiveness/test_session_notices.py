"""Who observes or is invited to a session is told when and where, what is asked of them, and when that changes."""

import inspect
from datetime import timedelta

import pytest
from django.urls import resolve
from django.utils import timezone, translation

from effectiveness import paths
from effectiveness.actions import plan_session, record_attendance
from effectiveness.actions.record_attendance import Invited
from notifications.models import Notification
from notifications.queries.notice_words import notice_words
from tests.factories.programs import enroll_cast

PAGES = dict(inspect.getmembers(paths, inspect.isfunction))


@pytest.fixture
def session(cast):
    """To be held in three days, observed by the peer; the reviewer and somebody from outside are invited."""
    enroll_cast(cast)
    planned = plan_session.plan(
        by=cast.trainee, title="补货三问", aims="找出缺货风险", starts_at=timezone.now() + timedelta(days=3), minutes=90, place="虹桥店",
        observer=cast.peer, seats=12,
    )  # fmt: skip
    record_attendance.invite(planned, [Invited("店员甲", "虹桥店"), Invited(cast.reviewer.name, "总部", cast.reviewer.pk)], by=cast.trainee)
    return planned


def told(kind: str) -> list:
    return [one.recipient for one in Notification.objects.filter(kind=kind).order_by("pk")]


def test_observer_and_invited_are_told_when_where_and_what_is_asked(cast, session):
    assert (told("session_to_observe"), told("session_invited")) == ([cast.peer], [cast.reviewer])
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for kind in ("session_to_observe", "session_invited"):
                notice = Notification.objects.get(kind=kind)
                words = notice_words(kind, notice.words)
                assert "补货三问" in words.title and "虹桥店" in words.body and "找出缺货风险" in words.body and "90" in words.body


@pytest.mark.parametrize("change", [{"minutes": 60}, {"place": "中山店"}, {"link": "https://meet.example/1"}])
def test_another_time_or_place_is_told(cast, session, change):
    plan_session.change(session, by=cast.trainee, **change)
    assert set(told("session_moved")) == {cast.peer, cast.reviewer}


def test_other_words_alone_are_not(cast, session):
    plan_session.change(session, by=cast.trainee, title="补货四问", seats=15)
    assert told("session_moved") == []


def test_another_observer_is_asked_and_the_first_released(cast, session):
    plan_session.change(session, by=cast.trainee, observer=cast.mentor, place="中山店")
    assert told("session_to_observe") == [cast.peer, cast.mentor]
    assert told("session_released") == [cast.peer]
    assert told("session_moved") == [cast.reviewer]


def test_called_off_and_taken_off_the_list_are_told(cast, session):
    plan_session.cancel(session, by=cast.trainee)
    assert set(told("session_cancelled")) == {cast.peer, cast.reviewer}


def test_who_is_taken_off_the_list_is_told(cast, session):
    record_attendance.uninvite(session.attendees.get(member=cast.reviewer), by=cast.trainee)
    assert told("session_released") == [cast.reviewer]


def test_of_a_session_that_has_begun_nobody_is_told(cast):
    begun = plan_session.plan(by=cast.trainee, title="昨天", aims="x", starts_at=timezone.now() - timedelta(hours=1), observer=cast.peer)
    record_attendance.invite(begun, [Invited(cast.reviewer.name, "", cast.reviewer.pk)], by=cast.trainee)
    plan_session.change(begun, by=cast.trainee, place="中山店")
    plan_session.cancel(begun, by=cast.trainee)
    assert Notification.objects.filter(kind__startswith="session_").count() == 0


def test_the_invitation_opens_for_who_is_invited_alone(cast, client, session):
    path = cast.url(f"toolkit/sessions/{session.pk}/invitation/")
    page = cast.sign_in(client, cast.reviewer).get(path)
    assert (page.status_code, "虹桥店" in page.text, "店员甲" in page.text) == (200, True, False)
    for other in (cast.trainee, cast.peer, cast.mentor, cast.director, cast.admin, cast.outsider):
        assert cast.sign_in(client, other).get(path).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_notice_leads_to_a_page(name):
    found = resolve(f"/o/hengyue/{PAGES[name](7)}")
    assert (found.namespace, 7 in found.kwargs.values()) == ("effectiveness", True)
