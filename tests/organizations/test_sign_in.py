"""Signing in by e-mail and password, choosing a new password, and what the audit trail says of it."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from organizations.models import AuditEvent, SignInEvent, User
from organizations.queries.own_memberships import own_memberships
from organizations.tenancy import tenant
from tests.cast import PASSWORD, make_organization
from tests.organizations.passwords import give_password

NEW = "four quiet herons wading"


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def mentor(cast):
    return give_password(cast.mentor)


def test_the_right_password_leads_into_ones_only_organization(client, cast, mentor, by_form):
    answer = by_form(mentor)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/organizations/")
    assert client.get("/organizations/").headers["Location"] == "/o/hengyue/"


def test_the_bare_address_leads_to_the_sign_in_page_or_on(client, cast, mentor, by_form):
    assert client.get("/").headers["Location"] == "/accounts/login/"
    by_form(mentor)
    assert client.get("/").headers["Location"] == "/organizations/"


def test_a_sign_in_goes_on_to_the_page_one_wanted(client, cast, mentor, by_form):
    assert by_form(mentor, next="/o/hengyue/settings/stand-in/").headers["Location"] == "/o/hengyue/settings/stand-in/"


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_a_sign_in_never_leads_to_another_site(client, cast, mentor, by_form, elsewhere):
    assert by_form(mentor, next=elsewhere).headers["Location"] == "/organizations/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, cast, mentor, by_form):
    wrong = by_form(mentor, "not the password")
    unknown = client.post("/accounts/login/", {"login": "nobody@hengyue.example", "password": "not the password"})
    assert list(wrong.context["form"].errors) == ["__all__"]
    assert wrong.context["form"].errors.as_json() == unknown.context["form"].errors.as_json()
    assert not is_signed_in(client)


def test_what_was_typed_stays_except_the_password(client, cast, mentor, by_form):
    page = by_form(mentor, "not the password").content.decode()
    assert 'value="mentor@hengyue.example"' in page
    assert "not the password" not in page


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "", "password": ""},
        {"login": "no address", "password": "x"},
        {"login": "a" * 5000 + "@x.example", "password": "x"},
        {"login": "<script>alert(1)</script>@x.example", "password": "x"},
        {"login": "mentor@hengyue.example\0", "password": "x"},
        {"login": "mentor@hengyue.example", "password": "x" * 10_000},
    ],
)
def test_hostile_and_empty_sign_ins_are_refused_in_the_form(client, cast, mentor, typed):
    answer = client.post("/accounts/login/", typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert b"<script>alert" not in answer.content


def test_an_address_that_was_not_confirmed_is_confirmed_first(client, cast, by_form, django_capture_on_commit_callbacks):
    give_password(cast.mentor, confirmed=False)
    with django_capture_on_commit_callbacks(execute=True):
        answer = by_form(cast.mentor)
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    [letter] = mail.outbox
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", letter.body)[1]
    assert client.get(link).status_code == 200
    client.post(link)
    assert by_form(cast.mentor).headers["Location"] == "/organizations/"


def test_someone_who_left_is_refused_everywhere_at_once(client, cast, mentor, by_form):
    by_form(mentor)
    mentor.ended_at = mentor.joined_at
    mentor.save()
    assert client.get("/o/hengyue/settings/stand-in/").status_code == 404
    page = client.get("/organizations/")
    assert page.status_code == 200
    assert page.context["choices"] == []


def test_a_closed_account_cannot_come_in(client, cast, mentor, by_form):
    User.objects.filter(pk=mentor.user_id).update(is_active=False)
    assert by_form(mentor).headers["Location"] == "/accounts/inactive/"
    assert not is_signed_in(client)


def test_ten_wrong_tries_stop_one_address_and_nobody_else(client, cast, mentor, by_form):
    for _try in range(6):
        by_form(mentor, "not the password")
    assert by_form(mentor).status_code == 200
    assert not is_signed_in(client)
    elsewhere = client.post("/accounts/login/", {"login": mentor.user.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.headers["Location"] == "/organizations/"


def test_a_sign_in_is_written_down_for_the_account_and_in_each_organization(client, cast, mentor, by_form):
    other = make_organization("third", "第三家")
    with tenant(other.pk):
        type(mentor).objects.create(user=mentor.user, name="周敏", sort_name="zhou min", roles=["member"])
    by_form(mentor, "not the password")
    by_form(mentor)
    seen = SignInEvent.objects.order_by("pk").values_list("user_id", "succeeded", "method", "address")
    assert list(seen) == [(mentor.user_id, False, "password", "127.0.0.1"), (mentor.user_id, True, "password", "127.0.0.1")]
    for organization in (cast.organization, other):
        with tenant(organization.pk):
            trail = AuditEvent.objects.order_by("pk").values_list("action", "actor_name", "subject_label", "address")
            assert list(trail) == [("sign_in_failed", "", "周敏", "127.0.0.1"), ("signed_in", "周敏", "周敏", "127.0.0.1")]


def test_a_try_on_an_unknown_address_is_written_down_too(client, cast):
    client.post("/accounts/login/", {"login": "nobody@hengyue.example", "password": "not the password"})
    assert list(SignInEvent.objects.values_list("user_id", "succeeded")) == [(None, False)]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_mail_speaks_the_language_of_its_reader(client, cast, mentor, django_capture_on_commit_callbacks, language):
    User.objects.filter(pk=mentor.user_id).update(language=language)
    with django_capture_on_commit_callbacks(execute=True):
        # Whoever asks reads the other language.
        answer = client.post(
            "/accounts/password/reset/", {"email": mentor.user.email}, headers={"accept-language": "en" if language != "en" else "zh-hans"}
        )
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
    [letter] = mail.outbox
    assert letter.to == ["mentor@hengyue.example"]
    with translation.override(language):
        assert letter.subject == gettext("Choose a new password")


def test_the_link_in_the_mail_sets_a_new_password_once(client, cast, mentor, by_form, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": mentor.user.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    action = form.request["PATH_INFO"]
    refused = client.post(action, {"password1": "short", "password2": "short"})
    assert set(refused.context["form"].errors) == {"password1"}
    assert client.post(action, {"password1": NEW, "password2": NEW}).headers["Location"] == "/accounts/password/reset/key/done/"
    assert by_form(mentor, NEW).headers["Location"] == "/organizations/"
    client.logout()
    again = client.get(link, follow=True)
    assert again.context["token_fail"] is True


def test_asking_for_an_unknown_address_gets_the_same_answer_and_a_mail_that_says_so(client, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/password/reset/", {"email": "nobody@hengyue.example"})
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
    assert [letter.to for letter in mail.outbox] == [["nobody@hengyue.example"]]
    assert "http" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elevenchars", "password_too_short"),
        ("q1w2e3r4t5y6", "password_too_common"),
        ("mentor@hengyue", "password_too_similar"),
        ("trellistrellis2026", "password_own_words"),
        ("x y" * 100, "password_too_long"),
    ],
)
def test_weak_passwords_are_refused(client, cast, mentor, by_form, password, code):
    by_form(mentor)
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password})
    codes = {error.code for error in answer.context["form"].errors.as_data()["password1"]}
    assert code in codes


def test_changing_the_password_asks_for_the_old_one_and_tells_its_owner(client, cast, mentor, by_form, django_capture_on_commit_callbacks):
    by_form(mentor)
    wrong = client.post("/accounts/password/change/", {"oldpassword": "not this", "password1": NEW, "password2": NEW})
    assert set(wrong.context["form"].errors) == {"oldpassword"}
    with django_capture_on_commit_callbacks(execute=True):
        right = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert right.headers["Location"] == reverse("organizations:my_account")
    assert [letter.to for letter in mail.outbox] == [["mentor@hengyue.example"]]
    assert is_signed_in(client)


def test_signing_out_ends_the_session_for_good(client, cast, mentor, by_form):
    by_form(mentor)
    key = client.session.session_key
    assert client.post("/accounts/logout/").headers["Location"] == "/accounts/login/"
    client.cookies["trellis_sessionid"] = key
    assert client.get("/organizations/").status_code == 302


def test_nobody_registers_alone(client, db):
    page = client.get("/accounts/signup/")
    assert (page.status_code, page.templates[0].name) == (200, "account/signup_closed.html")
    client.post("/accounts/signup/", {"email": "new@x.example", "password1": NEW, "password2": NEW})
    assert not User.objects.exists()


def test_people_in_several_organizations_choose_one(client, cast, mentor, by_form):
    with tenant(cast.rival.pk):
        type(mentor).objects.create(user=mentor.user, name="Zhou Min", sort_name="zhou min", title="Guest", roles=["reviewer", "member"])
    by_form(mentor)
    page = client.get("/organizations/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert [choice["organization"].slug for choice in page.context["choices"]] == ["hengyue", "rival"]
    assert {member.organization.slug for member in own_memberships(mentor.user_id)} == {"hengyue", "rival"}


def test_ones_membership_elsewhere_is_no_person_of_this_organization(client, cast):
    with tenant(cast.rival.pk):
        elsewhere = type(cast.admin).objects.create(user=cast.admin.user, name="Elsewhere", sort_name="elsewhere", roles=["member"])
    cast.sign_in(client, cast.admin)
    names = [row.member.name for row in client.get(cast.url("people/")).context["people"].rows]
    assert "Elsewhere" not in names
    assert client.get(cast.url(f"people/{elsewhere.pk}/")).status_code == 404
