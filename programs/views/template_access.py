"""The door to the template screens: HR directors come in, who runs a cohort reads its version, others are told who can help."""

from functools import wraps
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.policies.design import may_design, readable_versions


def designers_only(view):
    """Open a view to those who may design; for others 403, with the names of those who may."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_design(request.member):
            refuse()
        return view(request, *args, **kwargs)

    return guarded


def readers_only(view):
    """Open a view of one template to those who read a version of it; `request.readable` are their versions, None for all."""

    @wraps(view)
    def guarded(request, slug, pk, *args, **kwargs):
        request.readable = readable_versions(request.member, pk)
        if request.readable == frozenset() or (request.readable and request.method not in ("GET", "HEAD")):
            refuse()
        return view(request, slug, pk, *args, **kwargs)

    return guarded


def refuse() -> NoReturn:
    """Say whose templates are.

    Raises:
        PermissionDenied: always.
    """
    names = Member.objects.with_role(OrganizationRole.HR_DIRECTOR).order_by("sort_name", "pk").values_list("name", flat=True)[:3]
    raise PermissionDenied(
        _("Templates are the HR director's. Ask %(names)s.") % {"names": _(", ").join(names)}
        if names
        else _("Templates are the HR director's, and nobody holds that role yet. Ask an admin.")
    )
