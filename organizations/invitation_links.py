"""The link in an invitation mail: signed, and worth nothing once the invitation was sent again or used."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from organizations.models import Invitation
from organizations.tenancy import current_organization_id

SALT = "trellis.invitation"


def make_token(invitation: Invitation) -> str:
    """What stands in the link: the invitation and its nonce, signed."""
    return signing.dumps([invitation.pk, invitation.nonce], salt=SALT)


def make_link(invitation: Invitation, slug: str) -> str:
    """The whole address of the page on which the invitation is accepted. `slug` is its organization's."""
    path = reverse("organizations:invitation", kwargs={"slug": slug, "token": make_token(invitation)})
    return f"{settings.PUBLIC_URL}{path}"


def read(token: str) -> Invitation | None:
    """The invitation of a link, inside its tenant; None for a forged link, one of another organization, or one sent anew.

    Whether it may still be accepted is another question (`rules.invitation_states`).
    """
    if current_organization_id() is None:
        return None
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Invitation.objects.select_related("member", "invited_by").filter(pk=pk, nonce=nonce).first()
