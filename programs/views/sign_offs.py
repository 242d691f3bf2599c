"""The queue of one person, and passing checks together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from organizations import clock
from programs.actions.pass_checks import pass_checks
from programs.forms.check import PassChecksForm
from programs.queries.sign_off_queue import PER_PAGE, Filters, Queue, Waiting, queue_of


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for this person, oldest first."""
    return _answer(request, queue_for(request))


@require_POST
def pass_together(request: HttpRequest, slug: str) -> HttpResponse:
    """Pass the checks that were chosen."""
    queue = queue_for(request)
    form = PassChecksForm(request.POST, waiting=[entry.code for entry in queue.everything if entry.is_check and entry.is_bulk])
    if form.is_valid():
        try:
            passed = pass_checks(form.chosen, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, ngettext("%(n)d check passed.", "%(n)d checks passed.", len(passed)) % {"n": len(passed)})
            return redirect(reverse("programs:sign_offs", args=[slug]) + queue.filters.query)
    return _answer(request, queue, form, status=422)


def queue_for(request: HttpRequest) -> Queue:
    """The queue of who asks, as their filters leave it; its length stands beside the navigation as well."""
    filters = Filters.read(request.GET.get("trainee", ""), request.GET.get("kind", ""))
    queue = queue_of(request.member, filters, now=clock.now(), today=timezone.localdate())
    request.nav_counts = {"signoffs": len(queue.everything)}
    return queue


def page_of_queue(request: HttpRequest, queue: Queue, at: int | None = None) -> dict:
    """The part of the queue that is shown: the page asked for, else the one with the entry at this place."""
    number = request.GET.get("page") or (at or 0) // PER_PAGE + 1
    entries = Paginator(queue.entries, PER_PAGE).get_page(number)
    before, after = queue.beside(at)
    return {
        "queue": queue,
        "entries": entries,
        "here": queue.entries[at] if at is not None else None,
        "before": before,
        "after": after,
    }


def address(slug: str, entry: Waiting | None, filters: Filters) -> str:
    """Where an entry is looked at; without one, the queue."""
    if entry is None:
        return reverse("programs:sign_offs", args=[slug]) + filters.query
    return f"/o/{slug}/{entry.path}{filters.query}"


def _answer(request: HttpRequest, queue: Queue, form: PassChecksForm | None = None, status: int = 200) -> HttpResponse:
    context = page_of_queue(request, queue) | {"form": form}
    return render(request, "programs/sign_offs.html", context, status=status)
