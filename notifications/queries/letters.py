"""Mails as they go out: subject, text and page, in the reader's language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from notifications.models import Delivery
from notifications.queries.notice_words import notice_words
from organizations.invitation_links import make_link
from organizations.models import Invitation, Organization
from organizations.speaking import speaking_to

SUBJECT_LENGTH = 200


def message_id(delivery: Delivery) -> str:
    """The same for every attempt, so that a mail that comes twice shows once."""
    return letter_id(f"delivery-{delivery.organization_id}-{delivery.pk}")


def notice_letter(delivery: Delivery, organization: Organization) -> EmailMultiAlternatives:
    """The mail of one notice, in its recipient's language and by their clock."""
    notice = delivery.notification
    inside = f"{settings.PUBLIC_URL}/o/{organization.slug}/"
    preferences = f"{inside}settings/notices/"
    with speaking_to(notice.recipient):
        words = notice_words(notice.kind, notice.words)
        context = {
            "title": words.title,
            "body": words.body,
            "name": notice.recipient.name,
            "organization": organization,
            "url": f"{inside}{notice.path}",
            "preferences_url": preferences,
        }
        headers = {"Message-ID": delivery.message_id, "List-Unsubscribe": f"<{preferences}>"}
        return write_letter("notice", context, words.title, notice.recipient.user.email, headers)


def invitation_letter(invitation: Invitation, organization: Organization) -> EmailMultiAlternatives:
    """The mail with the link through which a person comes in, in the invitation's language."""
    with speaking_to(None, invitation.language, organization.time_zone):
        context = {
            "name": invitation.member.name,
            "inviter": invitation.invited_by.name if invitation.invited_by else "",
            "organization": organization,
            "url": make_link(invitation, organization.slug),
            "expires_at": invitation.expires_at,
        }
        subject = render_to_string("emails/invitation_subject.txt", context)
        headers = {"Message-ID": letter_id(f"invitation-{invitation.organization_id}-{invitation.pk}-{invitation.nonce[:12]}")}
        return write_letter("invitation", context, subject, invitation.email, headers)


def write_letter(name: str, context: dict, subject: str, to: str, headers: dict[str, str]) -> EmailMultiAlternatives:
    """A mail from emails/<name>.txt and .html, in the language in force."""
    context |= {"subject": subject, "lang": "zh-Hans" if (translation.get_language() or "").startswith("zh") else "en"}
    letter = EmailMultiAlternatives(
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        body=render_to_string(f"emails/{name}.txt", context).strip() + "\n",
        to=[to],
        headers={"Auto-Submitted": "auto-generated"} | headers,
    )
    letter.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    return letter


def letter_id(name: str) -> str:
    """A Message-ID of this installation."""
    return f"<{name}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"
