"""Pages of no app: is the site alive, and a form whose proof of origin has run out."""

import redis
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from config import heartbeat
from organizations import typed_again


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


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without a valid token: our own form is offered again with all that was typed, a foreign one refused."""
    if not typed_again.is_our_own(request):
        return render(request, "403_csrf.html", {"fields": None}, status=403)
    page = typed_again.page(request)
    if not request.headers.get("HX-Request"):
        return render(request, "403_csrf.html", page, status=403)
    # htmx swaps a 422 (see base.html), here into the whole page and not into the fragment that was asked for.
    response = render(request, "403_csrf.html", page, status=422)
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response
