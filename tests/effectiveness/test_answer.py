"""Answering without sign-in: once for a link or a device, without a name, and nothing of it lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from effectiveness.actions import open_survey, plan_session
from effectiveness.models import Survey, SurveyAnswer, TestResult
from effectiveness.views.answer import ANSWERS, WRONG_LINKS
from organizations import rate_limits
from tests.factories.programs import enroll_cast
from tests.factories.sessions import answers, links_of, make_session, opened, phone, with_test
from tests.queries import query_count


@pytest.fixture
def session(cast):
    enroll_cast(cast)
    return make_session(cast)


def address(cast, token: str) -> str:
    return reverse("effectiveness:answer", args=[cast.organization.slug, token])


def test_a_phone_answers_by_the_shared_link(cast, session):
    here, browser = address(cast, opened(session, cast).token), phone()

    page = browser.get(here)
    assert (page.status_code, session.title in page.text, cast.trainee.name in page.text) == (200, True, False)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    sent = browser.post(here, answers(5, keep="开场的照片", change="先示范一遍"))

    assert (sent.status_code, sent["Location"]) == (302, here)
    assert "Thank you" in browser.get(here).text
    kept = SurveyAnswer.objects.get()
    assert (set(kept.scores.values()), kept.recommend, kept.keep, kept.change) == ({5}, 9, "开场的照片", "先示范一遍")


def test_a_double_tap_is_one_answer_and_the_first_stands(cast, session):
    here, browser = address(cast, opened(session, cast).token), phone()
    browser.get(here)
    browser.post(here, answers(5))
    assert browser.post(here, answers(1)).status_code == 302
    assert [set(answer.scores.values()) for answer in SurveyAnswer.objects.all()] == [{5}]


def test_a_form_without_its_cookie_is_known_by_its_own_number(cast, session):
    here = address(cast, opened(session, cast).token)
    for _tap in range(2):
        assert phone().post(here, answers(3, device="one-form")).status_code == 302
    phone().post(here, answers(3, device="another-form"))
    assert SurveyAnswer.objects.count() == 2


def test_two_devices_answer_twice_and_no_row_tells_one_from_the_other(cast, session):
    survey = opened(session, cast)
    for _device in range(2):
        browser = phone()
        browser.get(address(cast, survey.token))
        browser.post(address(cast, survey.token), answers())
    assert SurveyAnswer.objects.count() == 2
    kept = {field.name for field in SurveyAnswer._meta.fields}
    assert kept == {"id", "organization", "survey", "scores", "recommend", "keep", "change", "receipt"}


def test_an_answer_is_one_insert(cast, session):
    here, browser = address(cast, opened(session, cast).token), phone()
    browser.get(here)
    browser.post(here, answers())  # what is asked once for all is asked now
    other = phone()
    other.get(here)
    with query_count() as seen:
        other.post(here, answers())
    assert [sql.split()[0] for sql in seen].count("INSERT") == 1
    assert len(seen) == 3  # organization, survey, answer
    assert not [sql for sql in seen if "audit" in sql]


@pytest.mark.parametrize("wrong", [{"relevant": "6"}, {"apply": ""}, {"recommend": "11"}, {"keep": "x" * 1001}, {"pace": "\0"}])
def test_what_was_typed_stays_when_something_is_wrong(cast, session, wrong):
    here = address(cast, opened(session, cast).token)
    page = phone().post(here, answers(change="先示范一遍") | wrong)
    assert (page.status_code, "先示范一遍" in page.text, SurveyAnswer.objects.count()) == (422, True, 0)


def test_after_the_last_day_it_is_closed(cast, session):
    survey = opened(session, cast)
    Survey.objects.update(closes_on=timezone.localdate() - timedelta(days=2))
    for answer in (phone().get(address(cast, survey.token)), phone().post(address(cast, survey.token), answers())):
        assert (answer.status_code, "No more answers" in answer.text) == (200, True)
    assert SurveyAnswer.objects.count() == 0


def test_closed_by_hand_or_called_off_it_takes_nothing(cast, session):
    survey = opened(session, cast)
    open_survey.close_survey(session, by=cast.trainee)
    assert "No more answers" in phone().post(address(cast, survey.token), answers()).text
    opened(session, cast)
    plan_session.cancel(session, by=cast.trainee)
    assert "No more answers" in phone().post(address(cast, survey.token), answers()).text
    assert SurveyAnswer.objects.count() == 0


@pytest.mark.parametrize("token", ["s", "sNoSuchTokenAtAll", "pNoSuchTokenAtAll", "x" * 30, "%00" * 5, "s';DROP TABLE x", "é" * 20])
def test_a_link_that_leads_nowhere(cast, session, token):
    opened(session, cast)
    assert phone().get(address(cast, token)).status_code == 404


def test_a_link_works_in_its_own_company_alone(cast, session):
    token = opened(session, cast).token
    assert phone().get(reverse("effectiveness:answer", args=[cast.rival.slug, token])).status_code == 404


def test_a_flood_is_held_back_and_what_was_typed_stays(cast, session):
    here = address(cast, opened(session, cast).token)
    token = here.split("/")[-2]
    for _answer in range(ANSWERS.most):
        assert rate_limits.admit(ANSWERS, "127.0.0.1", token)
    page = phone().post(here, answers(keep="照片"))
    assert (page.status_code, page["Retry-After"], "照片" in page.text, SurveyAnswer.objects.count()) == (429, "60", True, 0)


def test_links_are_not_found_by_trying(cast, session):
    for _try in range(WRONG_LINKS.most):
        rate_limits.admit(WRONG_LINKS, "127.0.0.1")
    assert phone().get(address(cast, "sNoSuchTokenAtAll")).status_code == 429


def test_a_personal_link_answers_once_and_is_kept_as_a_mark(cast, session):
    opened(session, cast, by_person=True)
    link = links_of(session, cast)[0]
    here = address(cast, link.token)
    for _tap in range(2):
        assert phone().post(here, answers(5)).status_code == 302
    assert "Thank you" in phone().get(here).text
    kept = SurveyAnswer.objects.get()
    link.attendee.refresh_from_db()
    assert link.token not in (kept.receipt, link.attendee.link_hash)
    assert kept.receipt != link.attendee.link_hash


def test_the_shared_link_takes_no_answer_of_a_survey_by_personal_links(cast, session):
    survey = opened(session, cast, by_person=True)
    page = phone().post(address(cast, survey.token), answers())
    assert ("personal links" in page.text, SurveyAnswer.objects.count()) == (True, 0)


def test_a_person_takes_the_test_before_and_after_and_is_led_on_to_the_survey(cast, session):
    survey = opened(session, cast)
    with_test(session, cast, "pre")
    link = links_of(session, cast)[0]
    here, browser = address(cast, link.token), phone()

    assert "补货先看哪一栏" in browser.get(here).text
    assert browser.post(here, {"part": "pre"}).status_code == 422  # not a single answer
    browser.post(here, {"part": "pre", "q0": "0", "q1": "0"})
    browser.post(here, {"part": "pre", "q0": "0", "q1": "1", "q2": "1"})  # sent again: the first stands
    assert survey.token in browser.get(here).text
    with_test(session, cast, "post")
    browser.post(here, {"part": "post", "q0": "0", "q1": "1", "q2": "1"})

    scores = {result.phase: str(result.score) for result in TestResult.objects.filter(attendee=link.attendee)}
    assert scores == {"pre": "33.33", "post": "100.00"}


def test_answers_to_a_phase_that_has_closed_are_not_those_of_the_other(cast, session):
    with_test(session, cast, "post")
    link = links_of(session, cast)[0]
    page = phone().post(address(cast, link.token), {"part": "pre", "q0": "0"})
    assert (page.status_code, TestResult.objects.count()) == (200, 0)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_speaks_the_readers_language(cast, session, language):
    page = phone(language).get(address(cast, opened(session, cast).token))
    assert ("内容和我的工作有关" in page.text) == (language == "zh-hans")
    assert ("The content has to do with my work" in page.text) == (language == "en")
