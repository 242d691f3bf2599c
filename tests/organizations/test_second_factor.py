"""Setting up a second factor, signing in with it, and organizations that ask for one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.exceptions import ValidationError

from organizations.actions import change_settings
from organizations.models import AuditEvent, Organization
from organizations.sign_in import FactorAdapter
from organizations.tenancy import tenant
from organizations.vocabulary import SecondFactor
from tests.cast import PASSWORD
from tests.organizations.passwords import give_password
from tests.organizations.test_settings import VALUES


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def admin(cast):
    return give_password(cast.admin)


@pytest.fixture
def secret(client, cast, admin, by_form):
    """The admin is signed in and has set up an authenticator app with this seed."""
    by_form(admin)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    seed = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(seed)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    cache.clear()
    return seed


def ask_for(cast, whom: str) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(second_factor=whom)


@pytest.mark.parametrize(
    ("asked", "part", "led"),
    [
        (SecondFactor.NONE, "admin", False),
        (SecondFactor.STAFF, "admin", True),
        (SecondFactor.STAFF, "director", True),
        (SecondFactor.STAFF, "mentor", False),
        (SecondFactor.STAFF, "reviewer", False),
        (SecondFactor.ALL, "mentor", True),
        (SecondFactor.ALL, "trainee", True),
    ],
)
def test_an_organization_leads_those_it_asks_to_set_one_up(client, cast, asked, part, led):
    cast.sign_in(client, getattr(cast, part))
    assert client.get(cast.url("settings/stand-in/")).status_code == 200
    ask_for(cast, asked)  # a session from before is asked as well
    answer = client.get(cast.url("settings/stand-in/"))
    assert (answer.status_code, answer.headers.get("Location")) == ((302, "/accounts/2fa/totp/activate/") if led else (200, None))


def test_who_asks_for_one_cannot_go_back_to_asking_nobody(client, cast, secret):
    """Only the demo asks nobody: it may stay so, and once left it is no choice any more."""

    def save(whom: str):
        form = client.get(cast.url("settings/")).context["form"]
        offered.append([value for value, _label in form.fields["second_factor"].choices])
        return client.post(cast.url("settings/"), VALUES | {"seen": form.mark, "second_factor": whom})

    offered: list[list[str]] = []
    assert [save("none").status_code, save("staff").status_code] == [302, 302]
    refused = save("none")
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"second_factor"})
    assert offered == [["none", "staff", "all"], ["none", "staff", "all"], ["staff", "all"]]
    organization = Organization.objects.get(pk=cast.organization.pk)
    with tenant(organization.pk), pytest.raises(ValidationError) as refusal:
        change_settings.change(organization, by=cast.admin, second_factor="none")
    assert [error.code for error in refusal.value.error_dict["second_factor"]] == ["asks_nobody"]
    assert Organization.objects.get(pk=cast.organization.pk).second_factor == "staff"


def test_once_set_up_everything_opens(client, cast, secret):
    ask_for(cast, SecondFactor.ALL)
    assert client.get(cast.url("settings/stand-in/")).status_code == 200


def test_the_next_sign_in_asks_for_a_code(client, cast, admin, secret, by_form):
    client.logout()
    assert by_form(admin).headers["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get(cast.url("people/")).status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert set(wrong.context["form"].errors) == {"code"}
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).headers["Location"] == "/organizations/"
    assert client.get(cast.url("people/")).status_code == 200
    trail = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(trail) == ["signed_in", "sign_in_failed", "signed_in"]


def test_a_code_works_once(client, cast, admin, secret, by_form):
    code = code_of(secret)
    client.logout()
    by_form(admin)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.logout()
    by_form(admin)
    assert set(client.post("/accounts/2fa/authenticate/", {"code": code}).context["form"].errors) == {"code"}


def test_a_recovery_code_opens_the_account_once(client, cast, admin, secret, by_form):
    code = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    client.logout()
    by_form(admin)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).headers["Location"] == "/organizations/"
    client.logout()
    by_form(admin)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


@pytest.mark.parametrize("code", ["", "x" * 5000, "<b>1</b>", "12345６", "\0"])
def test_hostile_codes_are_refused_next_to_the_field(client, cast, admin, secret, by_form, code):
    client.logout()
    by_form(admin)
    answer = client.post("/accounts/2fa/authenticate/", {"code": code})
    assert set(answer.context["form"].errors) == {"code"}


def test_choosing_a_new_password_does_not_pass_the_second_factor(client, cast, admin, secret, by_form):
    client.logout()
    admin.user.refresh_from_db()
    admin.user.set_password("four quiet herons wading")
    admin.user.save()
    assert by_form(admin, "four quiet herons wading").headers["Location"] == "/accounts/2fa/authenticate/"


def test_the_seed_lies_encrypted_in_the_database(client, cast, admin, secret):
    for factor in Authenticator.objects.filter(user=admin.user):
        assert secret not in str(factor.data)
    seed = Authenticator.objects.get(user=admin.user, type=Authenticator.Type.TOTP).data["secret"]
    assert FactorAdapter().decrypt(seed) == secret


def test_a_seed_survives_a_change_of_the_secret_key(settings):
    before = FactorAdapter().encrypt("seed")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the site" * 3, [settings.SECRET_KEY]
    assert FactorAdapter().decrypt(before) == "seed"
    assert FactorAdapter().encrypt("seed") != before


def test_turning_it_off_asks_who_is_there_and_leads_back_to_set_it_up(client, cast, admin, secret, by_form):
    ask_for(cast, SecondFactor.STAFF)
    client.post("/accounts/2fa/totp/deactivate/")
    assert client.get(cast.url("people/")).headers["Location"] == "/accounts/2fa/totp/activate/"
