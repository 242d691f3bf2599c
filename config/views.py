"""Pages of no app: is the site alive, and a form whose proof of origin has run out."""

from urllib.parse import urlsplit

import redis
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from config import heartbeat


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@login_not_required
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, a worker and beat are alive, else 503 with the names of those that are not."""
    reasons = [] if _database_answers() else ["database"]
    try:
        reasons += [process for process, is_alive in heartbeat.alive("worker", "beat").items() if not is_alive]
    except redis.RedisError:
        reasons.append("broker")
    body = {"status": "unavailable", "reasons": reasons} if reasons else {"status": "ok"}
    return JsonResponse(body, status=503 if reasons else 200, headers={"Cache-Control": "no-store"})


def _is_our_own(request: HttpRequest) -> bool:
    """Whether the browser says that the form came from this host; without a word of it, no."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, without the stale proof and without passwords, which no page ever shows."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without a valid token: our own form is offered again with all that was typed, a foreign one refused."""
    if not _is_our_own(request):
        return render(request, "403_csrf.html", {"fields": None}, status=403)
    page = {"fields": _typed(request), "files": sorted(request.FILES), "action": request.get_full_path()}
    if not request.headers.get("HX-Request"):
        return render(request, "403_csrf.html", page, status=403)
    # htmx swaps a 422 (see base.html), here into the whole page and not into the fragment that was asked for.
    return render(request, "403_csrf.html", page, status=422, headers={"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
