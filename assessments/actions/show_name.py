"""The holder decides whether the public check of their certificate names them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from assessments.models import Certificate
from assessments.policies.certificates import may_show_name
from documents.actions import publish_proof
from organizations.models import Member


def show_name(certificate: Certificate, shown: bool, *, by: Member) -> None:
    """Show name and level at /verify/<code>/, or hide them again.

    Raises:
        PermissionDenied: `by` is not the holder.
    """
    if not may_show_name(by, certificate):
        raise PermissionDenied(_("Only the holder decides whether their name is shown."))
    publish_proof.name_holder(certificate, certificate.name if shown else "")
