"""The door to the template screens: HR directors come in, others are told who can help."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.policies.design import may_design


def designers_only(view):
    """Open a view to those who may design; for others 403, with the names of those who may."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_design(request.member):
            names = Member.objects.with_role(OrganizationRole.HR_DIRECTOR).order_by("sort_name", "pk").values_list("name", flat=True)[:3]
            raise PermissionDenied(
                _("Templates are the HR director's. Ask %(names)s.") % {"names": _(", ").join(names)}
                if names
                else _("Templates are the HR director's, and nobody holds that role yet. Ask an admin.")
            )
        return view(request, *args, **kwargs)

    return guarded
