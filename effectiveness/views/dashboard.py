"""The training dashboard of one trainee's programme."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from effectiveness.policies.planning import may_begin
from effectiveness.queries.dashboard import answers, by_kind, dashboard
from effectiveness.queries.draft_target import draft_target
from effectiveness.views.carrying import carry_page, planning_origin
from programs.models import Enrollment

DELIVERABLE = "D18"


@require_safe
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Its figures by kind, for all who read the programme."""
    enrollment = _readable(request, pk)
    context = {
        "enrollment": enrollment,
        "groups": by_kind(dashboard(enrollment, timezone.localdate())),
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
    origin = planning_origin(request, _("Training dashboard"), reverse("effectiveness:dashboard", args=[slug, pk]))
    target = draft_target(request.member, DELIVERABLE, enrollment)
    return carry_page(request, origin, DELIVERABLE, target, answers(dashboard(enrollment, timezone.localdate())) if target else {})


def _readable(request: HttpRequest, pk: int) -> Enrollment:
    return get_object_or_404(Enrollment.objects.visible_to(request.member).select_related("trainee"), pk=pk)
