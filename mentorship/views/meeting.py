"""One meeting: plan it, move it, hold it, say how it was."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.actions import give_feedback, hold_meeting, keep_private_note, plan_meeting
from mentorship.forms.meeting import FeedbackForm, MeetingForm, NotesForm, PrivateNoteForm, initial_of, item_forms, new_items
from mentorship.forms.pairing import ReasonForm
from mentorship.models import ActionItem, Meeting
from mentorship.policies import side_of
from mentorship.queries.meeting_page import meeting_page
from mentorship.queries.rhythm import signed_agreements
from mentorship.rules.calendar_file import Event, calendar_file
from mentorship.rules.meeting_rhythm import USUAL_MINUTES
from mentorship.views.opened import own_meeting, own_pairing
from mentorship.vocabulary import MeetingState, PairingState
from organizations import clock


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, slug: str, pairing_id: int) -> HttpResponse:
    """Put a meeting into both calendars."""
    pairing = own_pairing(request, pairing_id)
    agreed = signed_agreements().filter(pairing=pairing).order_by("-number").values_list("minutes", flat=True).first()
    form = MeetingForm(request.POST if request.method == "POST" else None, initial={"minutes": agreed or USUAL_MINUTES})
    status = 200
    if form.is_bound:
        status = _keep(form, lambda said: plan_meeting.plan(pairing, **said, by=request.member))
        if status == 302:
            messages.success(request, _("Planned; the other is told."))
            return redirect("mentorship:pairing", slug, pairing_id)
    context = {"pairing": pairing, "form": form, "meeting": None}
    return render(request, "mentorship/meeting_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Another time, place or agenda."""
    meeting = own_meeting(request, meeting_id)
    form, status = MeetingForm(request.POST if request.method == "POST" else None, initial=initial_of(meeting)), 200
    if form.is_bound:
        revision = form.cleaned_data.get("revision") if form.is_valid() else None
        status = _keep(form, lambda said: plan_meeting.move(meeting, **said, revision=revision or 0, by=request.member))
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect("mentorship:meeting", slug, meeting_id)
        if status == 409:  # what was typed stays; saving it again means it
            meeting = own_meeting(request, meeting_id)
            form.data = form.data.copy()
            form.data["revision"] = meeting.revision
    context = {"pairing": meeting.pairing, "form": form, "meeting": meeting, "is_stale": status == 409}
    return render(request, "mentorship/meeting_form.html", context, status=status)


@require_safe
def page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Agenda, notes and next steps, for the two."""
    return _page(request, own_meeting(request, meeting_id))


@require_POST
def cancel(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """It does not take place."""
    meeting, form = own_meeting(request, meeting_id), ReasonForm(request.POST)
    if form.is_valid():
        try:
            plan_meeting.cancel(meeting, form.cleaned_data["reason"], by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Cancelled; the other is told why."))
            return redirect("mentorship:pairing", slug, meeting.pairing_id)
    return _page(request, own_meeting(request, meeting_id), 422, reason_form=form)


@require_POST
def notes(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Keep notes and next steps; a planned meeting is held from now on."""
    meeting = own_meeting(request, meeting_id)
    people = (meeting.pairing.enrollment.trainee, meeting.pairing.mentor)
    form, rows = NotesForm(request.POST), item_forms([], people, request.POST)
    status = 422
    if form.is_valid() and rows.is_valid():
        try:
            hold_meeting.write_notes(
                meeting, form.cleaned_data["notes"], new_items(rows), revision=form.cleaned_data["revision"], by=request.member
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            meeting, status = own_meeting(request, meeting_id), 409
            form.data = form.data.copy()
            form.data["revision"] = meeting.revision
        else:
            messages.success(request, _("Saved; both of you read it."))
            return redirect("mentorship:meeting", slug, meeting_id)
    return _page(request, meeting, status, notes_form=form, rows=rows, is_stale=status == 409)


@require_POST
def private_note(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Keep what is for oneself alone."""
    meeting, form = own_meeting(request, meeting_id), PrivateNoteForm(request.POST)
    if form.is_valid():
        keep_private_note.keep(meeting, form.cleaned_data["body"], by=request.member)
        messages.success(request, _("Saved for you alone."))
        return redirect("mentorship:meeting", slug, meeting_id)
    return _page(request, meeting, 422, private_form=form)


@require_POST
def feedback(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Say how it was."""
    meeting = own_meeting(request, meeting_id)
    form = FeedbackForm(request.POST, role=side_of(request.member, meeting.pairing))
    if form.is_valid():
        said = form.cleaned_data
        facts = {"rating": said.get("rating") or None, "words": said["words"], "needs_a_change": said["needs_a_change"]}
        try:
            give_feedback.give(meeting, **facts, by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your feedback is kept."))
            return redirect("mentorship:meeting", slug, meeting_id)
    return _page(request, meeting, 422, feedback_form=form)


@require_POST
def item(request: HttpRequest, slug: str, item_id: int) -> HttpResponse:
    """Tick a next step off, or take the tick away."""
    found = get_object_or_404(ActionItem.objects.select_related("meeting__pairing"), pk=item_id)
    own_meeting(request, found.meeting_id)
    hold_meeting.settle_item(found, request.POST.get("done") == "yes", by=request.member)
    if request.POST.get("from") == "pairing":
        return redirect("mentorship:pairing", slug, found.meeting.pairing_id)
    if request.POST.get("from") == "mine":
        return redirect("mentorship:meetings", slug)
    return redirect("mentorship:meeting", slug, found.meeting_id)


@require_safe
def calendar(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The meeting as a file for any calendar."""
    meeting = own_meeting(request, meeting_id)
    pairing = meeting.pairing
    names = {"trainee": pairing.enrollment.trainee.name, "mentor": pairing.mentor.name}
    event = Event(
        uid=f"{meeting.code}@{request.get_host().partition(':')[0]}",
        sequence=meeting.revision,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        summary=_("Mentoring: %(trainee)s and %(mentor)s") % names,
        description=meeting.agenda,
        place=meeting.place,
        url=request.build_absolute_uri(reverse("mentorship:meeting", args=[slug, meeting.pk])),
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )
    answer = HttpResponse(calendar_file(event, clock.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="meeting-{meeting.pk}.ics"'
    return answer


def _keep(form: MeetingForm, act) -> int:
    """Plan or move; the status of the answer: 302 done, 422 something to put right, 409 the other was faster."""
    if not form.is_valid():
        return 422
    try:
        act({name: form.cleaned_data[name] for name in ("starts_at", "minutes", "place", "agenda")})
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return 422 if hasattr(refusal, "error_dict") else 409
    return 302


def _page(request: HttpRequest, meeting: Meeting, status: int = 200, **more) -> HttpResponse:
    shown = meeting_page(meeting, request.member, clock.now())
    pairing = meeting.pairing
    side = side_of(request.member, pairing)
    is_active = pairing.state == PairingState.ACTIVE
    people = (pairing.enrollment.trainee, pairing.mentor)
    context = {
        "shown": shown,
        "meeting": meeting,
        "pairing": pairing,
        "side": side,
        "may_plan": is_active and shown.is_planned,
        "may_write": is_active and shown.has_begun and (shown.is_planned or shown.is_held),
        "may_give": shown.is_held and shown.given is None,
        "notes_form": NotesForm(initial={"notes": meeting.notes, "revision": meeting.revision}),
        "rows": item_forms(shown.items, people),
        "private_form": PrivateNoteForm(initial={"body": shown.private_note.body if shown.private_note else ""}),
        "feedback_form": FeedbackForm(role=side),
        "reason_form": ReasonForm(),
    }
    return render(request, "mentorship/meeting.html", context | more, status=status)
