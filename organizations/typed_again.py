"""A form that cannot be taken any more, its session or its proof of origin gone, is offered again with all that was typed."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def is_our_own(request: HttpRequest) -> bool:
    """Whether the browser says that the form came from this host; without a word of it, no."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, without the stale proof and without passwords, which no page ever shows."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


def page(request: HttpRequest) -> dict:
    """What the page that offers a form again shows: fields, files to choose again, and where it goes."""
    return {"fields": typed(request), "files": sorted(request.FILES), "action": request.get_full_path()}


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 to a form of someone who is no longer signed in. A script leaves its own page as it is and says so."""
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return HttpResponse(status=401, headers={"Cache-Control": "no-store"})
    response = render(request, "organizations/signed_out.html", page(request), status=401)
    response["Cache-Control"] = "no-store"
    return response
