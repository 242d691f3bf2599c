"""The training dashboard of one trainee's programme."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from effectiveness.policies.planning import may_begin
from effectiveness.queries.dashboard import answers, by_kind, dashboard
from effectiveness.views.carrying import carry_page
from programs.models import Enrollment

DELIVERABLE = "D18"


@require_safe
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Its figures by kind, for all who read the programme."""
    enrollment = _readable(request, pk)
    context = {
        "enrollment": enrollment,
        "groups": by_kind(dashboard(enrollment)),
        "mine": may_begin(request.member, enrollment),
        "currency": request.organization.currency,
        "key": DELIVERABLE,
    }
    return render(request, "effectiveness/dashboard.html", context)


@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Into one's own draft of D18."""
    enrollment = _readable(request, pk)
    if not may_begin(request.member, enrollment):
        raise PermissionDenied(_("Only %(name)s carries these figures on.") % {"name": enrollment.trainee.name})
    back = reverse("effectiveness:dashboard", args=[slug, pk])
    return carry_page(request, enrollment, DELIVERABLE, answers(dashboard(enrollment)), title=_("Training dashboard"), back=back)


def _readable(request: HttpRequest, pk: int) -> Enrollment:
    return get_object_or_404(Enrollment.objects.visible_to(request.member).select_related("trainee"), pk=pk)
