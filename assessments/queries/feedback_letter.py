"""The mail with a personal link for 360 feedback."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.models import Rater
from notifications.queries.letters import letter_id, write_letter
from organizations.models import Organization
from organizations.speaking import speaking_to


def feedback_letter(rater: Rater, token: str, organization: Organization) -> EmailMultiAlternatives:
    """In the rater's language; without a sign-in, in the organization's. The rater's user, the cycle and the trainee must be loaded."""
    with speaking_to(rater.member, organization.language, organization.time_zone):
        context = {
            "name": rater.said_name,
            "trainee": rater.review.enrollment.trainee.name,
            "organization": organization,
            "url": f"{settings.PUBLIC_URL}{reverse('assessments:feedback_link', args=[organization.slug, token])}",
            "closes_on": rater.review.cycle.closes_on,
            "again": rater.link_again_on is not None,
        }
        subject = render_to_string("emails/feedback_link_subject.txt", context)
        headers = {"Message-ID": letter_id(f"feedback-{rater.organization_id}-{rater.pk}-{rater.token_hash[:12]}")}
        return write_letter("feedback_link", context, subject, rater.address, headers)
