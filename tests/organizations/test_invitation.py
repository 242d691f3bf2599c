"""Inviting people, and coming in by the link."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext

from organizations import clock, invitation_links
from organizations.actions import accept_invitation, invite
from organizations.models import AuditEvent, Invitation, Member, User
from organizations.tenancy import tenant
from tests.cast import PASSWORD
from tests.organizations.passwords import give_password

NEW = "four quiet herons wading"


@pytest.fixture
def newcomer(cast):
    return Member.objects.create(name="林远", sort_name="lin yuan", email="lin.yuan@hengyue.example", roles=["member"])


@pytest.fixture
def invitation(cast, newcomer):
    return invite.send(newcomer, by=cast.admin)


def link(invitation, slug: str = "hengyue") -> str:
    return f"/o/{slug}/invitation/{invitation_links.make_token(invitation)}/"


def fill(**more) -> dict:
    return {"name": "林远", "language": "en", "password1": NEW, "password2": NEW} | more


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def test_an_invitation_waits_to_be_sent_for_seven_days(cast, newcomer, invitation):
    assert (invitation.sent_at, invitation.email, invitation.language) == (None, "lin.yuan@hengyue.example", "zh-hans")
    assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)
    assert list(AuditEvent.objects.values_list("action", "subject_label", "actor_name")) == [("invited", "林远", "陈一鸣")]


def test_the_link_is_the_whole_public_address(cast, invitation, settings):
    assert invitation_links.make_link(invitation, "hengyue") == settings.PUBLIC_URL + link(invitation)


def test_a_newcomer_chooses_a_password_and_is_in(client, cast, newcomer, invitation):
    page = client.get(link(invitation))
    assert page.status_code == 200
    assert 'value="lin.yuan@hengyue.example"' in page.content.decode()
    answer = client.post(link(invitation), fill())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/o/hengyue/")
    newcomer.refresh_from_db()
    user = newcomer.user
    assert (user.email, user.language, user.time_zone, int(client.session["_auth_user_id"])) == (
        "lin.yuan@hengyue.example",
        "en",
        "Asia/Shanghai",
        user.pk,
    )
    assert client.get(cast.url("settings/stand-in/")).status_code == 200
    client.logout()
    assert client.post("/accounts/login/", {"login": user.email, "password": NEW}).headers["Location"] == "/organizations/"


def test_it_is_accepted_once(client, cast, invitation):
    client.post(link(invitation), fill())
    client.logout()
    again = client.get(link(invitation))
    assert (again.status_code, again.context["state"]) == (410, "accepted")
    assert client.post(link(invitation), fill()).status_code == 410
    assert User.objects.filter(email="lin.yuan@hengyue.example").count() == 1


def test_on_the_eighth_day_the_page_says_whom_to_ask(client, cast, newcomer):
    with clock.at(timezone.now() - timedelta(days=7)):
        old = invite.send(newcomer, by=cast.admin)
    page = client.get(link(old))
    assert (page.status_code, page.context["state"]) == (410, "expired")
    assert "陈一鸣" in page.content.decode()
    assert client.post(link(old), fill()).status_code == 410
    assert refused(accept_invitation.with_new_account, old, name="x", language="en", password=NEW) == "expired"


def test_sending_it_again_kills_the_old_link(client, cast, newcomer, invitation):
    old = link(invitation)
    Invitation.objects.update(sent_at=timezone.now())
    again = invite.send(newcomer, by=cast.admin)
    assert (Invitation.objects.count(), again.sent_at) == (1, None)
    assert client.get(old).status_code == 410
    assert client.get(link(again)).status_code == 200


@pytest.mark.parametrize("token", ["x", "eyJ.x.y", "-", "..", "a" * 3000])
def test_forged_links_are_gone_like_old_ones(client, cast, invitation, token):
    page = client.get(f"/o/hengyue/invitation/{token}/")
    assert (page.status_code, page.context["state"]) == (410, "unknown")


def test_a_link_opens_its_own_organization_alone(client, cast, invitation):
    assert client.get(link(invitation, "rival")).status_code == 410
    assert client.get(link(invitation, "nowhere")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, {"name"}),
        ({"name": "x" * 81}, {"name"}),
        ({"name": "x\0"}, {"name"}),
        ({"language": "fr"}, {"language"}),
        ({"password1": "short", "password2": "short"}, {"password1"}),
        ({"password1": "lin.yuan@hengyue", "password2": "lin.yuan@hengyue"}, {"password1"}),
        ({"password1": "x y" * 200, "password2": "x y" * 200}, {"password1", "password2"}),
        ({"password2": "another one entirely"}, {"password2"}),
    ],
)
def test_bad_input_is_said_next_to_its_field(client, cast, invitation, typed, wrong):
    answer = client.post(link(invitation), fill(**typed))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert NEW not in answer.content.decode()
    assert not User.objects.filter(email="lin.yuan@hengyue.example").exists()


def test_hostile_names_are_text(client, cast, invitation):
    page = client.post(link(invitation), fill(name="<script>alert(1)</script>", password2="x"))
    assert b"<script>alert" not in page.content


def test_whoever_has_an_account_shows_its_password(client, cast, newcomer):
    give_password(cast.outsider)
    newcomer.email = cast.outsider.user.email
    newcomer.save()
    invitation = invite.send(newcomer, by=cast.admin)
    wrong = client.post(link(invitation), {"password": "not this"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"password"})
    right = client.post(link(invitation), {"password": PASSWORD})
    assert right.headers["Location"] == "/o/hengyue/"
    newcomer.refresh_from_db()
    assert newcomer.user_id == cast.outsider.user_id
    assert User.objects.filter(email=cast.outsider.user.email).count() == 1


def test_a_signed_in_person_accepts_with_their_own_account(client, cast, newcomer, invitation):
    give_password(cast.outsider)
    client.post("/accounts/login/", {"login": cast.outsider.user.email, "password": PASSWORD})
    page = client.get(link(invitation))
    assert page.context["account"].pk == cast.outsider.user_id
    assert client.post(link(invitation), {"password": "not this"}).status_code == 422
    assert client.post(link(invitation), {"password": PASSWORD}).headers["Location"] == "/o/hengyue/"
    newcomer.refresh_from_db()
    assert newcomer.user_id == cast.outsider.user_id


def test_five_wrong_passwords_stop_the_guessing(client, cast, newcomer):
    give_password(cast.outsider)
    newcomer.email = cast.outsider.user.email
    newcomer.save()
    invitation = invite.send(newcomer, by=cast.admin)
    for _try in range(5):
        client.post(link(invitation), {"password": "not this"})
    assert client.post(link(invitation), {"password": PASSWORD}).status_code == 422
    newcomer.refresh_from_db()
    assert newcomer.user_id is None


def test_a_colleague_cannot_come_in_as_a_second_person(client, cast, invitation):
    give_password(cast.mentor)
    client.post("/accounts/login/", {"login": cast.mentor.user.email, "password": PASSWORD})
    answer = client.post(link(invitation), {"password": PASSWORD})
    assert answer.status_code == 422
    assert refused(accept_invitation.with_account, invitation, cast.mentor.user) == "already_member"


def test_an_account_without_email_takes_on_that_of_the_invitation(cast, invitation):
    with tenant(cast.rival.pk):
        user = User.objects.create_user(None, PASSWORD, name="无邮箱")
        Member.objects.create(user=user, name="无邮箱", sort_name="wu", employee_number="1", roles=["member"])
    accept_invitation.with_account(invitation, user)
    user.refresh_from_db()
    assert user.email == "lin.yuan@hengyue.example"


def test_the_page_speaks_the_invitations_language_until_the_reader_chooses(client, cast, invitation):
    Invitation.objects.update(language="en")
    assert client.get(link(invitation), headers={"accept-language": "zh-hans"}).context["LANGUAGE_CODE"] == "en"
    client.post("/accounts/language/", {"language": "zh-hans", "next": link(invitation)})
    assert client.get(link(invitation)).context["LANGUAGE_CODE"] == "zh-hans"


def test_refusals_of_inviting(cast, newcomer):
    assert refused(invite.send, cast.mentor, by=cast.admin) == "already_in"
    newcomer.email = ""
    newcomer.save()
    assert refused(invite.send, newcomer, by=cast.admin) == "no_email"
    newcomer.ended_at = timezone.now()
    newcomer.save()
    assert refused(invite.send, newcomer, by=cast.admin) == "ended"


@pytest.mark.parametrize("part", ["director", "manager", "mentor", "trainee", "reviewer"])
def test_only_an_admin_invites_anyone(client, cast, newcomer, part):
    member = getattr(cast, part)
    with pytest.raises(PermissionDenied) as refusal:
        invite.send(newcomer, by=member)
    assert "陈一鸣" in str(refusal.value)
    assert cast.sign_in(client, member).post(cast.url(f"people/{newcomer.pk}/invite/")).status_code == 403
    assert not Invitation.objects.exists()


def test_a_cohort_manager_invites_through_the_door_that_programs_guards(cast, newcomer):
    assert invite.write(newcomer, by=cast.manager).invited_by == cast.manager


def test_an_admin_sends_it_from_the_persons_page(client, cast, newcomer):
    answer = cast.sign_in(client, cast.admin).post(cast.url(f"people/{newcomer.pk}/invite/"))
    assert answer.headers["Location"] == cast.url(f"people/{newcomer.pk}/")
    assert Invitation.objects.get().member == newcomer
    page = client.get(answer.headers["Location"])
    assert page.context["person"].state == "invited"


def test_a_refusal_stands_on_the_persons_page(client, cast):
    page = cast.sign_in(client, cast.admin).post(cast.url(f"people/{cast.mentor.pk}/invite/"))
    assert page.status_code == 422
    with translation.override("zh-hans"):
        assert page.context["refusal"] == gettext("%(name)s already signs in here.") % {"name": "周敏"}


def test_an_admin_of_another_organization_finds_nobody(client, cast, newcomer):
    cast.sign_in(client, cast.outsider)
    assert client.post(cast.url(f"people/{newcomer.pk}/invite/")).status_code == 404
    assert client.post(f"/o/rival/people/{newcomer.pk}/invite/").status_code == 404
    assert not Invitation.objects.exists()
