"""A cohort manager lets a trainee of theirs in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.actions import let_in
from programs.models import Enrollment


@require_POST
def invite(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int) -> HttpResponse:
    """Send an invitation, or send it again."""
    enrollment = _enrollment(request, cohort_id, enrollment_id)
    try:
        let_in.invite_trainee(enrollment, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("An invitation to %(name)s is on its way.") % {"name": enrollment.trainee.name})
    return redirect("programs:enrollment", slug, cohort_id, enrollment_id)


@require_POST
def code(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int) -> HttpResponse:
    """Issue a one-time code and show it this once."""
    enrollment = _enrollment(request, cohort_id, enrollment_id)
    try:
        answer = let_in.issue_code(enrollment, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("programs:enrollment", slug, cohort_id, enrollment_id)
    return render(request, "programs/sign_in_code.html", {"enrollment": enrollment, "code": answer})


def _enrollment(request: HttpRequest, cohort_id: int, enrollment_id: int) -> Enrollment:
    visible = Enrollment.objects.visible_to(request.member).select_related("cohort", "trainee")
    return get_object_or_404(visible.distinct(), pk=enrollment_id, cohort=cohort_id)
