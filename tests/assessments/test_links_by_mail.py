"""Personal links for 360 feedback go by mail, from outside too where that is allowed; kept nowhere."""

import re
import smtplib
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from assessments.actions import answer_feedback, choose_raters, close_cycle, remind, send_links
from assessments.models import Rater
from notifications.models import Notification, Preference
from organizations.models import Member, Organization
from tests.assessments.test_cycle import codes
from tests.assessments.world import TODAY, make_world, send
from tests.notifications.test_deliver import Scripted


@pytest.fixture(autouse=True)
def _nothing_held():
    cache.clear()


@pytest.fixture
def world(cast):
    """An open cycle in which nobody is proposed yet."""
    world = make_world(cast)
    Rater.objects.filter(state="proposed").delete()
    return world


def without_account(name: str = "无号", email: str = "noaccount@hengyue.example") -> Member:
    return Member.objects.create(name=name, email=email, roles=["member"])


def asked(world, *members: Member) -> list[Rater]:
    for member in members:
        choose_raters.propose(world.review, member, "peer", by=world.cast.trainee)
    choose_raters.approve(world.review, by=world.cast.line_manager, today=TODAY)
    return [Rater.objects.get(member=member) for member in members]


def allow_outside(cast, yes: bool = True) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(outside_raters=yes)


def run(cast) -> int:
    return send_links.run(cast.organization.pk)


def token_in(letter) -> str:
    return re.search(r"/o/[\w-]+/feedback/([\w-]{20,})/", letter.body).group(1)


def test_who_cannot_sign_in_gets_the_link_by_mail_once(cast, world):
    (rater,) = asked(world, without_account())
    mail.outbox.clear()
    assert [run(cast), run(cast)] == [1, 0]
    (letter,) = mail.outbox
    assert letter.to == ["noaccount@hengyue.example"]
    assert cast.trainee.name in letter.subject
    rater.refresh_from_db()
    assert rater.token_hash == choose_raters.hash_of(token_in(letter))
    assert not rater.link_due


def test_the_link_stands_in_no_table(cast, world):
    asked(world, without_account())
    mail.outbox.clear()
    run(cast)
    token = token_in(mail.outbox[0])
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" t WHERE t::text LIKE %s', [f"%{token}%"])
            assert cursor.fetchone() == (0,), model


def test_the_link_opens_the_answer_and_an_earlier_one_no_longer(cast, client, world):
    (rater,) = asked(world, without_account())
    mail.outbox.clear()
    run(cast)
    choose_raters.mail_link(rater, by=cast.manager)
    run(cast)
    first, second = (token_in(letter) for letter in mail.outbox)
    assert client.get(cast.url(f"feedback/{first}/")).status_code == 410
    assert client.get(cast.url(f"feedback/{second}/"), follow=True).status_code == 200


def test_who_signs_in_answers_by_a_link_in_their_language_without_signing_in(cast, client, world):
    """One mail, not two: the notice stands in the product alone."""
    cast.peer.user.language = "en"
    cast.peer.user.save()
    (rater,) = asked(world, cast.peer)
    notice = Notification.objects.get(kind="feedback_asked", recipient=cast.peer)
    assert notice.planned_at is not None and not notice.deliveries.exists()
    mail.outbox.clear()
    assert run(cast) == 1
    (letter,) = mail.outbox
    assert (letter.to, "asks you for feedback on" in letter.subject) == ([cast.peer.user.email], True)
    page = client.get(cast.url(f"feedback/{token_in(letter)}/"), follow=True)
    assert (page.status_code, page.context["rater"].pk) == (200, rater.pk)
    cast.sign_in(client, cast.peer)
    assert client.get(cast.url(notice.path)).status_code == 200


def test_who_wants_no_mails_is_told_in_the_product_alone(cast, world):
    Preference.objects.create(member=cast.peer, by_email=False)
    asked(world, cast.peer)
    mail.outbox.clear()
    assert run(cast) == 0
    assert Notification.objects.filter(kind="feedback_asked", recipient=cast.peer, planned_at=None).count() == 1


def test_who_has_no_email_gets_it_by_hand_and_nobody_else(cast, world):
    handed, signs_in = asked(world, without_account("门店", ""), cast.peer)
    assert choose_raters.issue_link(handed, by=cast.manager)
    for act, rater in ((choose_raters.issue_link, signs_in), (choose_raters.mail_link, handed)):
        with pytest.raises(ValidationError) as refusal:
            act(rater, by=cast.manager)
        assert codes(refusal) in ("by_mail", "no_email")


def test_asking_for_a_link_tells_nobody_who_has_answered(cast, client, world):
    handed, mailed = asked(world, without_account("门店", ""), cast.peer)
    run(cast)
    cast.sign_in(client, cast.manager)
    pages = {}
    for state in ("asked", "answered", "declined"):
        Rater.objects.filter(pk__in=[handed.pk, mailed.pk]).update(state=state, token_hash="")
        shown = client.post(world.url(f"raters/{handed.pk}/link/"))
        told = client.post(world.url(f"raters/{mailed.pk}/mail/"), follow=True)
        opens = client.get(urlsplit(shown.context["issued"]["address"]).path).status_code
        pages[state] = (shown.status_code, [str(message) for message in told.context["messages"]], opens, run(cast))
    assert pages["answered"] == pages["declined"] == (*pages["asked"][:2], 410, 0)
    assert pages["asked"] == (200, pages["asked"][1], 302, 1)


def test_nobody_reads_the_link_of_who_has_an_email(cast, client, world):
    (rater,) = asked(world, without_account())
    with pytest.raises(ValidationError) as refusal:
        choose_raters.issue_link(rater, by=cast.manager)
    assert codes(refusal) == "by_mail"
    for part in ("trainee", "line_manager", "mentor", "peer"):
        with pytest.raises(PermissionDenied):
            choose_raters.mail_link(rater, by=cast.people[part])
    cast.sign_in(client, cast.manager)
    page = client.get(world.url("raters/")).text
    assert f"raters/{rater.pk}/mail/" in page and f"raters/{rater.pk}/link/" not in page
    assert client.post(world.url(f"raters/{rater.pk}/mail/")).status_code == 302


def test_a_mail_that_does_not_go_out_leaves_no_link_and_is_tried_again(cast, world, settings):
    (rater,) = asked(world, without_account())
    settings.EMAIL_BACKEND = "tests.notifications.test_deliver.Scripted"
    Scripted.answers = [smtplib.SMTPServerDisconnected()]
    assert [run(cast), run(cast)] == [0, 0]  # held back for a while
    rater.refresh_from_db()
    assert (rater.token_hash, rater.link_due) == ("", True)
    cache.clear()
    assert run(cast) == 1


def outside(world, by=None, **other):
    given = {"name": "外部客户", "email": "Client@Partner.example", "group": "business"} | other
    return choose_raters.propose_from_outside(world.review, **given, by=by or world.cast.trainee)


def test_from_outside_only_where_the_settings_allow_it(cast, client, world):
    with pytest.raises(ValidationError) as refusal:
        outside(world)
    assert codes(refusal) == {"email": "not_allowed"}
    cast.sign_in(client, cast.trainee)
    assert 'name="email"' not in client.get(world.url("raters/")).text
    allow_outside(cast)
    assert 'name="email"' in client.get(world.url("raters/")).text
    rater = outside(world)
    assert (rater.member, rater.name, rater.email) == (None, "外部客户", "client@partner.example")


@pytest.mark.parametrize(
    ("other", "expected"),
    [({"email": "peer@hengyue.example"}, {"email": "is_member"}), ({"group": "superior"}, {"group": "one_superior"}),
     ({"group": "self"}, {"group": "unknown_group"})],
)  # fmt: skip
def test_who_from_outside_is_refused(cast, world, other, expected):
    allow_outside(cast)
    with pytest.raises(ValidationError) as refusal:
        outside(world, **other)
    assert codes(refusal) == expected
    outside(world)
    with pytest.raises(ValidationError) as refusal:
        outside(world)
    assert codes(refusal) == {"email": "already_named"}
    with pytest.raises(PermissionDenied):
        outside(world, by=cast.mentor)


def test_from_outside_one_is_asked_by_mail_and_answers_by_it(cast, client, world):
    allow_outside(cast)
    rater = outside(world)
    choose_raters.approve(world.review, by=cast.line_manager, today=TODAY)
    mail.outbox.clear()
    assert run(cast) == 1
    (letter,) = mail.outbox
    assert letter.to == ["client@partner.example"]
    assert client.get(cast.url(f"feedback/{token_in(letter)}/"), follow=True).status_code == 200
    send(Rater.objects.get(pk=rater.pk))
    cast.sign_in(client, cast.manager)
    assert "外部客户" in client.get(world.url("raters/")).text
    assert cast.sign_in(client, cast.outsider).get(world.url("raters/")).status_code == 404


def test_on_the_page_a_name_and_an_email_go_together(cast, client, world):
    allow_outside(cast)
    cast.sign_in(client, cast.trainee)
    for body in ({}, {"name": "甲"}, {"email": "a@b.example"}, {"member": cast.peer.name, "name": "甲", "email": "a@b.example"}):
        assert client.post(world.url("raters/"), {"group": "peer"} | body).status_code == 422
    assert client.post(world.url("raters/"), {"group": "peer", "name": "甲", "email": "a@b.example"}).status_code == 302


def test_who_has_not_answered_gets_another_link_once_and_loses_nothing(cast, client, world):
    day = date(2026, 9, 21)  # five working days before the last: 25 to 27 Sep are days off
    (rater,) = asked(world, without_account())
    run(cast)
    answer_feedback.save(rater, {}, {"continue": "已经写好的话"})
    mail.outbox.clear()
    for today in (day, day, date(2026, 9, 23)):
        remind.sweep(today)
        run(cast)
    (letter,) = mail.outbox
    assert "提醒：" in letter.body and "提醒：" in letter.alternatives[0].content
    page = client.get(cast.url(f"feedback/{token_in(letter)}/"), follow=True)
    assert "已经写好的话" in page.text
    assert not Notification.objects.filter(kind="feedback_due", recipient=rater.member).exists()
    close_cycle.close(world.cycle, by=cast.manager)
    rater.refresh_from_db()
    assert (rater.link_due, rater.link_again_on) == (False, None)


def test_after_the_close_no_link_goes_out(cast, world):
    asked(world, without_account())
    close_cycle.close(world.cycle, by=cast.manager)
    mail.outbox.clear()
    assert run(cast) == 0
    assert not Rater.objects.filter(link_due=True).exists()


def test_only_an_admin_allows_it(cast, client):
    assert cast.sign_in(client, cast.director).get(cast.url("settings/")).status_code == 403
    page = cast.sign_in(client, cast.admin).get(cast.url("settings/"))
    assert 'name="outside_raters"' in page.text
