"""Who comes in at the API, as whom, and what the others are told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from organizations import rate_limits
from organizations.actions import api_token
from organizations.models import ApiToken, Member
from organizations.rules import api_tokens
from organizations.rules.rates import Rate
from organizations.tenancy import tenant
from tests.api_client import Program, program_of, token_of
from tests.factories.programs import deliverable_of

JUNK = ["", "trellis", "trellis_hengyue_", "trellis_hengyue_" + "x" * 43, "trellis_no-such_" + "x" * 43, "trellis_../_" + "x" * 43, "\xff"]


def told(answer) -> tuple:
    return answer.status_code, answer["Content-Type"], answer.json().get("code")


NOT_IN = (401, "application/problem+json", "authentication_failed")


@pytest.mark.parametrize("text", JUNK)
def test_what_is_no_token_is_not_let_in(cast, text):
    answer = Program(text).get("cohorts/")
    assert told(answer) == NOT_IN
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_without_a_token_a_session_is_nothing(cast, client):
    cast.sign_in(client, cast.director)
    assert told(client.get("/api/v1/cohorts/")) == NOT_IN
    assert told(client.get("/api/v1/no-such-thing/")) == NOT_IN


def test_revoked_expired_and_left_are_one_answer_with_unknown(cast):
    revoked, text = token_of(cast.director)
    api_token.revoke(revoked, by=cast.admin)
    _expired, late = token_of(cast.director, expires_on=timezone.localdate() - timedelta(days=2))
    _left, left = token_of(cast.peer)
    Member.objects.filter(pk=cast.peer.pk).update(ended_at=timezone.now())
    unknown = Program("trellis_hengyue_" + "x" * 43).get("cohorts/")
    for bad in (text, late, left):
        answer = Program(bad).get("cohorts/")
        assert (told(answer), answer.json()) == (NOT_IN, unknown.json())


def test_the_slug_in_the_token_decides_and_a_wrong_one_opens_nothing(cast):
    _token, text = token_of(cast.director)
    assert Program(text).get("cohorts/").status_code == 200
    assert told(Program(text.replace("hengyue", "rival")).get("cohorts/")) == NOT_IN


def test_a_token_ends_with_its_last_day():
    day = date(2026, 11, 25)
    assert api_tokens.is_good(day, False, day)
    assert not api_tokens.is_good(day, False, day + timedelta(days=1))
    assert not api_tokens.is_good(day, True, day)


def test_only_the_hash_is_kept_and_the_day_of_use(cast):
    token, text = token_of(cast.director, last_used_on=None)
    assert text not in str(ApiToken.objects.filter(pk=token.pk).values())
    assert Program(text).get("templates/999999/").status_code == 404  # also where nothing is found
    assert ApiToken.objects.get(pk=token.pk).last_used_on == timezone.localdate()


def test_a_scope_that_is_missing_is_named_in_the_callers_language(cast):
    _token, text = token_of(cast.director, ["cohorts:read"])
    english, chinese = Program(text).get("projects/"), Program(text, "zh-hans").get("projects/")
    assert told(english) == told(chinese) == (403, "application/problem+json", "permission_denied")
    assert "projects:read" in english.json()["detail"]
    assert "缺少权限 projects:read" in chinese.json()["detail"]


def test_reading_is_not_writing(cast):
    reads = program_of(cast.director, ["enrollments:read", "sign_offs:read", "submissions:read"])
    for path in ("cohorts/1/enrollments/", "deliverables/1/submissions/", "sign-offs/1/decision/", "deliverables/1/comments/"):
        assert told(reads.post(path, {})) == (403, "application/problem+json", "permission_denied")


def test_too_often_is_told_when_to_come_again(cast, monkeypatch):
    program, other = program_of(cast.director), program_of(cast.director)
    monkeypatch.setattr("organizations.api.base.API_TOKEN", Rate("test", 2, 60))
    assert [program.get("cohorts/").status_code for _ in range(3)] == [200, 200, 429]
    answer = program.get("cohorts/")
    assert (answer["Retry-After"], told(answer)[2]) == ("60", "throttled")
    assert other.get("cohorts/").status_code == 200
    assert rate_limits.admit(Rate("test", 1, 60), "someone else")


def test_what_is_no_json_and_what_is_too_much(cast, enrolled, settings):
    program, path = program_of(cast.trainee), f"deliverables/{deliverable_of(enrolled, 'D1').pk}/comments/"
    address = program.address(path)
    assert program.client.post(address, "{", content_type="application/json").status_code == 400
    assert program.client.post(address, "a=1", content_type="text/plain").status_code == 415
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert told(program.post(path, {"body": "x" * 200})) == (413, "application/problem+json", "too_large")
    assert program.client.put(address, "{}", content_type="application/json").status_code == 405


def test_over_plain_http_a_token_is_refused_and_not_led_on(cast, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = program_of(cast.director).get("cohorts/")
    assert (answer.status_code, "https" in answer.json()["detail"]) == (403, True)


def test_answers_are_kept_in_no_cache_and_given_to_no_other_origin(cast):
    answer = program_of(cast.director).get("cohorts/")
    assert answer["Cache-Control"] == "no-store"
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_any_other_address_is_nothing(cast):
    for path in ("", "no-such-thing/", "cohorts", "cohorts/9999999999999999999999/"):
        assert told(program_of(cast.director).get(path)) == (404, "application/problem+json", "not_found"), path


def test_the_rivals_token_is_no_key_here(cast):
    with tenant(cast.rival.pk):
        program = program_of(cast.outsider)
    assert program.get("cohorts/").json() == {"next": None, "results": []}
