"""The hours of a trainee, week by week: noted by them, confirmed by their line manager."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs.actions import note_hours
from programs.forms.conditions import ConfirmHoursForm, WeekHoursForm
from programs.models import Enrollment, WeekHours
from programs.policies.running import may_confirm_hours
from programs.queries.conditions import hours_page
from programs.queries.enrollment_page import enrollment_for


@require_safe
def page(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int) -> HttpResponse:
    """What was agreed in the IDP, what each week left, who confirmed it."""
    return _answer(request, _enrollment(request, cohort_id, enrollment_id))


@require_POST
def note(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int) -> HttpResponse:
    """The trainee notes a week, or corrects it."""
    enrollment = _enrollment(request, cohort_id, enrollment_id)
    if enrollment.trainee_id != request.member.pk:
        raise PermissionDenied(_("Only the trainee notes their hours."))
    shown = hours_page(enrollment, request.member, timezone.localdate(), confirms=False)
    form = WeekHoursForm(request.POST, weeks=shown.to_note)
    if form.is_valid():
        given = form.cleaned_data
        figures = (given["week_on"], given["hours"], given["practice_hours"] or 0)
        try:
            note_hours.note(enrollment, *figures, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Noted. Your line manager confirms it."))
            return redirect("programs:hours", slug, cohort_id, enrollment_id)
    return _answer(request, enrollment, form, 422)


@require_POST
def confirm(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int, week_id: int) -> HttpResponse:
    """The line manager confirms one week."""
    enrollment = _enrollment(request, cohort_id, enrollment_id)
    week = get_object_or_404(WeekHours, pk=week_id, enrollment=enrollment)
    if not may_confirm_hours(request.member, enrollment):
        raise PermissionDenied(_("Only the trainee's line manager confirms their hours."))
    form = ConfirmHoursForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Look at the week again, then confirm it."))
        return _answer(request, enrollment, status=422)
    try:
        note_hours.confirm(week, form.cleaned_data["hours"], form.cleaned_data["practice_hours"], by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _answer(request, enrollment, status=409)
    messages.success(request, _("Confirmed."))
    return redirect("programs:hours", slug, cohort_id, enrollment_id)


def _enrollment(request: HttpRequest, cohort_id: int, pk: int) -> Enrollment:
    enrollment = enrollment_for(request.member, cohort_id, pk)
    if enrollment is None:
        raise Http404
    return enrollment


def _answer(request: HttpRequest, enrollment: Enrollment, form: WeekHoursForm | None = None, status: int = 200) -> HttpResponse:
    shown = hours_page(enrollment, request.member, timezone.localdate(), confirms=may_confirm_hours(request.member, enrollment))
    context = {
        "shown": shown,
        "enrollment": enrollment,
        "cohort": enrollment.cohort,
        "is_own": enrollment.trainee_id == request.member.pk,
        "form": form or WeekHoursForm(weeks=shown.to_note),
    }
    return render(request, "programs/hours.html", context, status=status)
