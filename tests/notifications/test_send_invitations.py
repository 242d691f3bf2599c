"""Invitations go out by mail, each once."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from notifications.actions import send_invitations
from organizations.models import Invitation, Member
from tests.notifications.test_deliver import Scripted


@pytest.fixture
def invitation(cast):
    member = Member.objects.create(name="新来", email="new@hengyue.example", roles=["member"])
    return Invitation.objects.create(
        member=member,
        email=member.email,
        language="en",
        nonce="a" * 32,
        invited_by=cast.admin,
        expires_at=timezone.now() + timedelta(days=7),
    )


def test_an_invitation_goes_out_once_in_its_own_language(cast, invitation):
    assert [send_invitations.run(cast.organization.pk) for _sweep in range(2)] == [1, 0]

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["new@hengyue.example"], "陈一鸣 invites you to Hengyue on Trellis")
    assert f"http://localhost:8000/o/{cast.organization.slug}/" in letter.body
    invitation.refresh_from_db()
    assert invitation.sent_at is not None


def accepted(invitation):
    invitation.accepted_at = timezone.now()


def expired(invitation):
    invitation.expires_at = timezone.now() - timedelta(seconds=1)


@pytest.mark.parametrize("change", [accepted, expired])
def test_one_that_no_longer_holds_stays(cast, invitation, change):
    change(invitation)
    invitation.save()
    assert send_invitations.run(cast.organization.pk) == 0


def test_after_a_failure_it_waits_and_a_new_one_goes_at_once(cast, invitation, settings):
    settings.EMAIL_BACKEND = "tests.notifications.test_deliver.Scripted"
    Scripted.answers = [smtplib.SMTPServerDisconnected("gone")]

    assert [send_invitations.run(cast.organization.pk) for _sweep in range(2)] == [0, 0]
    assert send_invitations.unsent(timezone.now()).count() == 1
    invitation.nonce = "b" * 32
    invitation.save()
    assert send_invitations.run(cast.organization.pk) == 1
    cache.clear()
