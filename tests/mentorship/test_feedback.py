"""Feedback after a meeting, in both directions: once, as it is given, and told no further than it was promised."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mentorship import paths
from mentorship.actions import give_feedback
from mentorship.models import MeetingFeedback
from mentorship.queries.my_mentoring import heard_by
from notifications.models import Notification
from organizations import clock
from organizations.models import AuditPayload
from tests.factories.mentorship import hold, named_pairing, plan
from tests.factories.programs import START, enroll_cast, make_cohort

TODAY = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def pairing(cast):
    return named_pairing(enroll_cast(cast))


@pytest.fixture
def held(cast, pairing):
    """A meeting of an hour ago."""
    return hold(pairing, cast.mentor)


def test_feedback_goes_both_ways_once_and_stays(cast, held, client):
    say = {"rating": 4, "words": "讲得清楚", "needs_a_change": False}
    give_feedback.give(held, **say, by=cast.trainee)
    give_feedback.give(held, rating=None, words="访谈前先写假设", needs_a_change=False, by=cast.mentor)
    for member in (cast.trainee, cast.mentor):
        with pytest.raises(ValidationError) as refusal:
            give_feedback.give(held, **say, by=member)
        assert refusal.value.code == "already_given"
    with pytest.raises(DatabaseError), transaction.atomic():
        MeetingFeedback.objects.update(rating=1)
    page = cast.url(paths.meeting(held.pk))
    assert "访谈前先写假设" in cast.sign_in(client, cast.trainee).get(page).content.decode()
    assert "讲得清楚" not in cast.sign_in(client, cast.mentor).get(page).content.decode()
    assert "讲得清楚" not in str(list(AuditPayload.objects.values_list("before", "after")))


def test_the_mentor_hears_from_three_different_trainees_on(cast, client):
    cohort = make_cohort(cast)
    trainees = (cast.trainee, cast.peer, cast.reviewer)
    pairings = [named_pairing(enroll_cast(cast, cohort, trainee=trainee)) for trainee in trainees]
    cast.sign_in(client, cast.mentor)
    for count, (pairing, trainee, rating) in enumerate(zip(pairings, trainees, (5, 4, 2), strict=True), start=1):
        give_feedback.give(hold(pairing, cast.mentor), rating=rating, words=f"第{count}句", needs_a_change=False, by=trainee)
        heard, html = heard_by(cast.mentor), client.get(cast.url("mentoring/")).content.decode()
        assert heard.answers == count
        assert (heard.mean, heard.words) == ((3.7, ("第1句", "第2句", "第3句")) if count == 3 else (None, ()))
        assert ("第1句" in html, "3.7" in html) == (count == 3, count == 3)


def test_many_answers_of_two_trainees_tell_the_mentor_only_that_feedback_was_given(cast, client):
    cohort = make_cohort(cast)
    pairings = [(named_pairing(enroll_cast(cast, cohort, trainee=trainee)), trainee) for trainee in (cast.trainee, cast.peer)]
    page = cast.url("mentoring/")
    told = "收到过对面谈的反馈"
    assert told not in cast.sign_in(client, cast.mentor).get(page).text
    for pairing, trainee in pairings:
        for hours in (30, 20, 10):
            meeting = hold(pairing, cast.mentor, at=clock.now() - timedelta(hours=hours))
            give_feedback.give(meeting, rating=5, words="讲得清楚", needs_a_change=False, by=trainee)
    heard, html = heard_by(cast.mentor), client.get(page).text
    assert (heard.mean, heard.answers, heard.words) == (None, 6, ())
    assert (told in html, "讲得清楚" in html) == (True, False)


def test_the_trainee_is_told_before_answering_who_will_hear_it(cast, held, client):
    told = "3 位不同的学员"
    page = cast.url(paths.meeting(held.pk))
    assert [told in cast.sign_in(client, member).get(page).text for member in (cast.trainee, cast.mentor)] == [True, False]


def test_a_wish_for_change_reaches_the_cohort_manager_without_a_name(cast, held, client):
    give_feedback.give(held, rating=2, words="总是改期", needs_a_change=True, by=cast.trainee)
    notice = Notification.objects.get(kind="change_wanted")
    assert (notice.recipient, set(notice.words)) == (cast.manager, {"trainee", "mentor"})
    html = cast.sign_in(client, cast.manager).get(cast.url(paths.pairing(held.pairing_id))).content.decode()
    assert "需要调整" in html
    assert "总是改期" not in html
    assert "需要调整</span>" not in cast.sign_in(client, cast.mentor).get(cast.url(paths.pairing(held.pairing_id))).content.decode()


@pytest.mark.parametrize(
    ("part", "said", "field"),
    [("trainee", {"rating": None}, "rating"), ("trainee", {"rating": 6}, "rating"), ("mentor", {"words": " "}, "words")],
)
def test_feedback_says_something(cast, held, part, said, field):
    with pytest.raises(ValidationError) as refusal:
        give_feedback.give(held, **{"rating": None, "words": "", "needs_a_change": False} | said, by=cast.people[part])
    assert list(refusal.value.error_dict) == [field]


def test_feedback_comes_after_the_meeting(cast, pairing):
    with pytest.raises(ValidationError) as refusal:
        give_feedback.give(plan(pairing, cast.mentor), rating=3, words="", needs_a_change=False, by=cast.trainee)
    assert refusal.value.code == "not_held"
