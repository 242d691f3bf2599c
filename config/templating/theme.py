"""Light, dark, or as the system says: kept in a cookie of this browser, so the first paint is right without a script."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the theme this browser wants and go back to the page."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    # redirect() would take any other text for the name of a page and fail over it.
    response = HttpResponseRedirect(back if safe and back.startswith("/") else "/")
    wish = request.POST.get("theme", "")
    if wish in {"light", "dark"}:
        response.set_cookie("theme", wish, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response
