"""Refusals as application/problem+json (RFC 9457), in the caller's language."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

CONTENT_TYPE = "application/problem+json"
# Refusals that speak of the state in which a thing is by now, not of what was sent.
CONFLICTS = frozenset(
    {
        "already_decided",
        "already_enrolled",
        "already_waiting",
        "draft_changed",
        "earlier_stage",
        "finished",
        "locked",
        "not_your_turn",
        "other_content",
        "replaced",
        "stopped",
    }
)


def answer(refusal: Exception, _context: dict[str, Any]) -> Response | None:
    """How a refusal is answered; None for what is a fault of ours. What was written is taken back."""
    found = _problem(refusal)
    if found is None:
        return None
    set_rollback()
    status, code, detail, errors = found
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code, "detail": _plain(detail)}
    if errors:
        body["errors"] = [{name: _plain(text) for name, text in error.items()} for error in errors]
    response = Response(body, status=status, content_type=CONTENT_TYPE)
    if challenge := getattr(refusal, "auth_header", ""):
        response["WWW-Authenticate"] = challenge
    if wait := getattr(refusal, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


def _plain(text: str) -> str:
    """Refusals repeat what was sent, and half a character cannot be sent back."""
    return str(text).encode("utf-8", "replace").decode()


def _problem(refusal: Exception) -> tuple[int, str, str, list[dict]] | None:
    match refusal:
        case Http404() | exceptions.NotFound():
            return 404, "not_found", _("There is nothing here, or nothing that you may see."), []
        case PermissionDenied():
            return 403, "permission_denied", str(refusal) or _("You may not do this."), []
        case RequestDataTooBig():
            return 413, "too_large", _("This is more than can be sent at once."), []
        case ValidationError():
            return _refused(list(_of_django(refusal)))
        case exceptions.ValidationError():
            return _refused(list(_of_rest(refusal.get_full_details())))
        case exceptions.APIException():
            return refusal.status_code, refusal.get_codes(), str(refusal.detail), []
    return None


def _refused(errors: list[dict]) -> tuple[int, str, str, list[dict]]:
    """409 where the thing is in another state by now, else 422. Without a field, the words are said once."""
    first = errors[0]
    status = 409 if first["code"] in CONFLICTS else 422
    if len(errors) == 1 and not first["field"]:
        return status, first["code"], first["detail"], []
    return status, first["code"] if status == 409 else "invalid", _("Some of what was sent cannot be taken."), errors


def _of_django(refusal: ValidationError) -> Iterator[dict]:
    fields = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
    for field, errors in fields.items():
        for error in errors:
            name = "" if field == NON_FIELD_ERRORS else field
            yield {"field": name, "code": error.code or "invalid", "detail": " ".join(error.messages)}


def _of_rest(details: Any, path: str = "") -> Iterator[dict]:
    if isinstance(details, list):
        for at, one in enumerate(details):
            leaf = isinstance(one, dict) and set(one) == {"message", "code"}
            yield from _of_rest(one, path if leaf else f"{path}.{at}")
    elif set(details) == {"message", "code"} and not isinstance(details["message"], dict | list):
        yield {"field": path.lstrip("."), "code": details["code"], "detail": str(details["message"])}
    else:
        for name, one in details.items():
            yield from _of_rest(one, path if name == "non_field_errors" else f"{path}.{name}")
