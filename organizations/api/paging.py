"""Pages of a list: 50 rows, and an opaque cursor that stays good while rows come and go."""

import base64
import binascii

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

PER_PAGE = 50
LARGEST_ID = 2**63 - 1


def _write(pk: int) -> str:
    return base64.urlsafe_b64encode(f"after {pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        word, _space, digits = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True).partition(b" ")
    except (binascii.Error, UnicodeEncodeError):
        word = digits = b""
    if word != b"after" or not digits.isdigit() or len(digits) > 19 or int(digits) > LARGEST_ID:
        words = _("This is no place in the list. Take the address in `next`, or begin anew.")
        raise ValidationError({"cursor": [words]}, code="bad_cursor")
    return int(digits)


class CursorPages(BasePagination):
    """In the order in which rows were made, so whoever has read all finds what is new behind the last cursor."""

    def paginate_queryset(self, queryset: QuerySet, request, view=None) -> list:
        """One page; one query and one for each prefetched table."""
        self.address, self.last = request.build_absolute_uri(), None
        if cursor := request.query_params.get("cursor"):
            queryset = queryset.filter(pk__gt=_read(cursor))
        rows = list(queryset.order_by("pk")[: PER_PAGE + 1])
        if len(rows) > PER_PAGE:
            rows = rows[:PER_PAGE]
            self.last = rows[-1].pk
        return rows

    def get_paginated_response(self, data: list) -> Response:
        """The rows, and the address of those after them; null at the end."""
        following = replace_query_param(self.address, "cursor", _write(self.last)) if self.last else None
        return Response({"next": following, "results": data})

    def get_paginated_response_schema(self, schema: dict) -> dict:
        """The shape of a page, for the OpenAPI schema."""
        following = {"type": ["string", "null"], "format": "uri", "description": "The address of the next page; null at the end."}
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view) -> list[dict]:
        """What a list takes, for the OpenAPI schema."""
        words = "Where to go on: taken out of `next`, never made up."
        return [{"name": "cursor", "required": False, "in": "query", "description": words, "schema": {"type": "string"}}]
