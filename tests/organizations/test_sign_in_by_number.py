"""Signing in by organization and employee number, first with a one-time code."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from organizations import clock
from organizations.actions import issue_sign_in_code, sign_in_by_number
from organizations.models import AuditEvent, Member, SignInCode, SignInEvent, User
from organizations.rules.sign_in_codes import MOST_ATTEMPTS, shown
from tests.queries import query_count

URL = "/accounts/login/number/"
NEW = "four quiet herons wading"


@pytest.fixture
def worker(cast):
    """A shop assistant without e-mail, who has never come in."""
    return Member.objects.create(name="罗小梅", sort_name="luo xiao mei", employee_number="A-1007", roles=["member"])


@pytest.fixture
def code(cast, worker):
    return issue_sign_in_code.issue(worker, by=cast.admin)


def send(client, secret, number="A-1007", organization="hengyue", **more):
    return client.post(URL, {"organization": organization, "number": number, "secret": secret}, **more)


def who(client) -> int | None:
    pk = client.session.get("_auth_user_id")
    return int(pk) if pk else None


def test_the_first_sign_in_by_code_leads_to_a_password_and_then_in(client, cast, worker, code):
    first = send(client, shown(code).lower())
    assert (first.status_code, first.headers["Location"]) == (302, "/accounts/password/set/")
    worker.refresh_from_db()
    assert (worker.user.email, worker.user.name, who(client)) == (None, "罗小梅", worker.user_id)

    held = client.get(cast.url("settings/stand-in/"))
    assert held.headers["Location"] == "/accounts/password/set/"
    assert client.get("/organizations/").headers["Location"] == "/accounts/password/set/"

    chosen = client.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    assert chosen.headers["Location"] == "/organizations/"
    assert client.get("/organizations/").headers["Location"] == "/o/hengyue/"
    assert client.get(cast.url("settings/stand-in/")).status_code == 200

    client.logout()
    assert send(client, NEW).headers["Location"] == "/organizations/"


def test_a_code_works_once(client, worker, code):
    send(client, code)
    client.logout()
    assert send(client, code).status_code == 422
    assert who(client) is None


def test_a_code_expires_after_seven_days(client, cast, worker):
    with clock.at(timezone.now() - timedelta(days=7)):
        old = issue_sign_in_code.issue(worker, by=cast.admin)
    assert send(client, old).status_code == 422
    with clock.at(timezone.now() - timedelta(days=6, hours=23)):
        young = issue_sign_in_code.issue(worker, by=cast.admin)
    assert send(client, young).status_code == 302


def test_a_code_dies_after_five_wrong_ones(client, worker, code):
    wrong = "2" * len(code) if code != "2" * len(code) else "3" * len(code)
    for n in range(MOST_ATTEMPTS):
        assert send(client, wrong, REMOTE_ADDR=f"192.0.2.{n + 1}").status_code == 422
    assert send(client, code, REMOTE_ADDR="192.0.2.99").status_code == 422
    assert SignInCode.objects.get().attempts == MOST_ATTEMPTS


def test_a_mistyped_password_uses_up_no_code(client, worker, code):
    for n in range(MOST_ATTEMPTS + 1):
        send(client, "this is my password", REMOTE_ADDR=f"192.0.2.{n + 1}")
    assert send(client, code).status_code == 302


def test_a_new_code_ends_the_old_one(client, cast, worker, code):
    newer = issue_sign_in_code.issue(worker, by=cast.admin)
    assert send(client, code).status_code == 422
    assert send(client, newer).status_code == 302


def test_only_a_hash_of_the_code_is_kept(cast, worker, code):
    assert code not in str(SignInCode.objects.values_list().get())
    assert code not in str(list(AuditEvent.objects.values_list()))


def test_a_code_for_someone_who_has_a_password_replaces_it(client, cast, worker, code):
    send(client, code)
    client.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    client.logout()
    again = issue_sign_in_code.issue(worker, by=cast.admin)
    assert send(client, again).headers["Location"] == "/accounts/password/set/"
    client.logout()
    assert send(client, NEW).status_code == 422


WRONG = {
    "wrong secret": ("hengyue", "A-1007", "not the secret"),
    "unknown number": ("hengyue", "A-9999", "not the secret"),
    "unknown organization": ("nowhere", "A-1007", "not the secret"),
    "number of another organization": ("rival", "A-1007", "not the secret"),
}


@pytest.mark.parametrize(("organization", "number", "secret"), WRONG.values(), ids=WRONG.keys())
def test_unknown_and_wrong_get_the_same_answer(client, cast, worker, code, organization, number, secret):
    answer = send(client, secret, number, organization, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Organization, number and password or code do not go together. Codes expire after seven days; ask for a new one."
    ]
    assert answer.context["form"].errors.keys() == {"__all__"}
    assert f'value="{number}"' in answer.content.decode()
    assert secret not in answer.content.decode()


def test_a_miss_runs_the_statements_of_a_wrong_secret_up_to_the_record(cast, worker, code):
    def statements(*typed):
        with query_count() as seen:
            assert sign_in_by_number.prove(*typed) is None
        asked = [sql for sql in seen if sql.startswith(("SELECT", "UPDATE")) and "auditevent" not in sql]
        return [sql.partition(" WHERE ")[0] for sql in asked]

    wrong, unknown, nowhere = (statements(*WRONG[case]) for case in ("wrong secret", "unknown number", "unknown organization"))
    assert wrong == unknown == nowhere
    assert len(wrong) == 4


def test_one_address_is_stopped_after_five_tries_and_others_are_not(client, worker, code):
    for _try in range(5):
        send(client, "not the secret")
    stopped = send(client, code, headers={"accept-language": "en"})
    assert stopped.context["form"].non_field_errors() == ["Too many tries. Wait five minutes."]
    assert send(client, code, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_tries_are_written_down(client, cast, worker, code):
    send(client, "not the secret")
    send(client, "not the secret", number="A-9999")
    send(client, code)
    worker.refresh_from_db()
    assert list(SignInEvent.objects.order_by("pk").values_list("user_id", "succeeded", "method")) == [
        (None, False, "number"),
        (None, False, "number"),
        (worker.user_id, True, "code"),
    ]
    trail = AuditEvent.objects.order_by("pk").values_list("action", "subject_id", "actor_name")
    assert list(trail) == [
        ("sign_in_code_issued", worker.pk, "陈一鸣"),
        ("sign_in_failed", worker.pk, ""),
        ("signed_in", worker.pk, "罗小梅"),
    ]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"organization": "", "number": "", "secret": ""}, {"organization", "number", "secret"}),
        ({"organization": "h" * 41, "number": "1", "secret": "x"}, {"organization"}),
        ({"organization": "hengyue", "number": "1" * 41, "secret": "x"}, {"number"}),
        ({"organization": "hengyue", "number": "1", "secret": "x" * 257}, {"secret"}),
        ({"organization": "heng\0yue", "number": "1\0", "secret": "x\0"}, {"organization", "number", "secret"}),
        ({"organization": "' OR 1=1 --", "number": "<script>alert(1)</script>", "secret": "{{ 7*7 }}"}, {"__all__"}),
    ],
)
def test_empty_long_and_hostile_input_is_refused_next_to_its_field(client, worker, typed, wrong):
    answer = client.post(URL, typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert b"<script>alert" not in answer.content


def test_a_whole_address_is_understood_as_the_organization(client, worker, code):
    assert send(client, code, organization="https://Trellis.example/o/HENGYUE/").status_code == 302


def test_someone_with_an_email_gets_no_code_of_an_admin(cast):
    cast.mentor.employee_number = "A-1"
    cast.mentor.save()
    with pytest.raises(ValidationError) as refusal:
        issue_sign_in_code.issue(cast.mentor, by=cast.admin)
    assert refusal.value.code == "has_email"


def test_a_code_dies_with_the_email_its_owner_takes_on(client, worker, code):
    worker.user = User.objects.create_user("luo@hengyue.example", None, name="罗小梅")
    worker.save()
    assert send(client, code).status_code == 422


def test_without_a_number_there_is_nothing_to_sign_in_with(cast):
    nobody = Member.objects.create(name="无号", sort_name="wu hao", roles=["member"])
    with pytest.raises(ValidationError) as refusal:
        issue_sign_in_code.issue(nobody, by=cast.admin)
    assert refusal.value.code == "no_number"


def test_a_former_member_cannot_come_in(client, cast, worker, code):
    Member.objects.filter(pk=worker.pk).update(ended_at=timezone.now())
    assert send(client, code).status_code == 422
    with pytest.raises(ValidationError) as refusal:
        issue_sign_in_code.issue(worker, by=cast.admin)
    assert refusal.value.code == "ended"


def test_only_an_admin_issues_codes_to_anyone(client, cast, worker):
    for part in ("director", "manager", "mentor", "trainee"):
        with pytest.raises(PermissionDenied):
            issue_sign_in_code.issue(worker, by=getattr(cast, part))
    assert cast.sign_in(client, cast.director).post(cast.url(f"people/{worker.pk}/code/")).status_code == 403
    assert not SignInCode.objects.exists()


def test_the_code_is_shown_once_and_kept_in_no_cache(client, cast, worker):
    page = cast.sign_in(client, cast.admin).post(cast.url(f"people/{worker.pk}/code/"))
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    code = page.context["code"]
    assert code in page.content.decode()
    client.logout()
    assert send(client, code).status_code == 302


def test_a_number_with_a_password_is_shown_again_before_weighty_changes(client, worker, code):
    send(client, code)
    client.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    client.logout()
    send(client, NEW)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    wrong = client.post("/accounts/reauthenticate/", {"password": "not this"})
    assert set(wrong.context["form"].errors) == {"password"}
    right = client.post("/accounts/reauthenticate/", {"password": NEW, "next": "/accounts/2fa/totp/activate/"})
    assert right.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


@pytest.mark.parametrize("accept", ["en", "zh-hans"])
def test_without_the_cache_nobody_is_let_through(client, worker, code, settings, accept):
    settings.CACHES = settings.CACHES | {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    answer = send(client, code, headers={"accept-language": accept})
    assert answer.status_code == 422
    assert who(client) is None
