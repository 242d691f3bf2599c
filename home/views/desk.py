"""Where a person lands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.queries.desk import desk
from home.queries.standing import standing
from organizations import clock


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for this person and what they look after; a trainee who is nothing else goes to their programme."""
    today = timezone.localdate()
    request.standing = who = standing(request.member, today)
    if who.only_learns:
        return redirect("programs:my_program", slug)
    shown = desk(request.member, who, now=clock.now(), today=today)
    request.nav_counts = {"signoffs": len(shown.queue.everything) if shown.queue else 0}
    return render(request, "home/desk.html", {"desk": shown, "today": today})
