"""The organization's settings, its calendar, and stand-ins."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import policies
from organizations.actions import change_settings, stand_in
from organizations.forms.settings import CalendarDayForm, SettingsForm, StandInForm
from organizations.models import CalendarDay, DelegatedAuthority
from organizations.queries.calendar import calendar_year
from organizations.queries.stand_ins import stand_ins as stand_ins_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Names, language, time zone, calendar, second factor, yearly windows."""
    policies.require(policies.may_change_settings(request.member))
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=request.organization)
    if form.is_valid():
        try:
            change_settings.change(request.organization, by=request.member, **form.settings())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("organizations:settings", slug)
    if form.errors:
        request.organization.refresh_from_db()  # the form has put what was typed into it, and the frame shows its name
    return render(request, "organizations/settings.html", {"form": form}, status=422 if form.errors else 200)


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else timezone.localdate().year


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Days that are worked, or not, whatever the calendar says."""
    policies.require(policies.may_change_settings(request.member))
    form = CalendarDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            entry = change_settings.add_day(by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The day is in the calendar."))
            return redirect(f"{request.path}?year={entry.day.year}")
    year = calendar_year(request.organization.calendar, _year(request))
    context = {"form": form, "calendar": year, "last_year": year.year - 1, "next_year": year.year + 1}
    return render(request, "organizations/calendar.html", context, status=422 if form.errors else 200)


@require_POST
def remove_day(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let the calendar decide about this day again."""
    policies.require(policies.may_change_settings(request.member))
    entry = get_object_or_404(CalendarDay, pk=pk)
    change_settings.remove_day(entry, by=request.member)
    messages.success(request, _("The day is as the calendar says again."))
    return redirect("organizations:calendar", slug)


@require_http_methods(["GET", "POST"])
def stand_ins(request: HttpRequest, slug: str) -> HttpResponse:
    """Name who signs while one is away."""
    today, me = timezone.localdate(), request.member
    form = StandInForm(request.POST if request.method == "POST" else None, initial={"from_on": today})
    if form.is_valid():
        try:
            stand_in.name(me, form.cleaned_data.pop("delegate"), by=me, today=today, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your stand-in is named."))
            return redirect("organizations:stand_ins", slug)
    context = {"form": form, "stand_ins": stand_ins_of(me, today), "today": today}
    return render(request, "organizations/stand_ins.html", context, status=422 if form.errors else 200)


@require_POST
def end_stand_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a stand-in before its last day."""
    delegation = get_object_or_404(DelegatedAuthority.objects.filter(member=request.member), pk=pk)
    try:
        stand_in.end(delegation, by=request.member)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("The stand-in has ended."))
    return redirect("organizations:stand_ins", slug)
