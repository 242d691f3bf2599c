"""Messages of an answer that is only a fragment reach the live region of the page it lands in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class FragmentMessagesMiddleware:
    """Adds the waiting messages to an htmx answer, out of band. Answers that redirect keep them for the next page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_fragment = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
        lands_here = response.status_code in {200, 422} and "HX-Redirect" not in response and "HX-Refresh" not in response
        if not (is_fragment and lands_here) or response.streaming:
            return response
        if not response.get("Content-Type", "").startswith("text/html") or b'id="messages"' in response.content:
            return response
        waiting = messages.get_messages(request)
        if len(waiting):
            context = {"messages": list(waiting), "oob": True}
            response.content += render_to_string("components/_messages.html", context).encode()
        return response
