"""/verify/<code>/: anybody may check a document by the code that stands on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.models.rendered_document import grouped
from documents.queries.checked_document import checked_document, clean_code
from organizations.rate_limits import admit
from organizations.rules.rates import Rate

# Without the cache that counts nobody is let through: a code must not be found by trying.
CHECKS = Rate("verify", 60, 60)


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where one types a code; typed, it becomes the address of its own page."""
    code = clean_code(request.GET.get("code", ""))
    return redirect("documents:verify", code) if code else render(request, "documents/verify.html")


@login_not_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a document is genuine and the newest; 404 where no document bears the code."""
    if not admit(CHECKS, request.META.get("REMOTE_ADDR", "")):
        held = render(request, "documents/verify.html", {"is_held_back": True}, status=429)
        held["Retry-After"] = str(CHECKS.seconds)
        return held
    found = checked_document(code, timezone.localdate())
    context = {"code": grouped(clean_code(code)), "found": found, "is_missing": found is None, "now": timezone.now()}
    response = render(request, "documents/verify.html", context, status=200 if found else 404)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
