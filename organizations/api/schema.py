"""What the OpenAPI schema says of all resources: how one signs in, what a refusal looks like."""

from inspect import getdoc
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from organizations.api.problems import CONTENT_TYPE

REFUSALS = ["400", "401", "403", "404", "409", "413", "422", "429"]
FIELD_PROBLEM = {
    "type": "object",
    "required": ["field", "code", "detail"],
    "properties": {
        "field": {"type": "string", "description": "Which value; empty where it is about all of them."},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
}
PROBLEM = {
    "type": "object",
    "description": "Why a request was refused. `code` is stable, `detail` is for people, in the language of Accept-Language.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": FIELD_PROBLEM},
    },
}


class TokenScheme(OpenApiAuthenticationExtension):
    """The token in the Authorization header."""

    target_class = "organizations.api.door.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema) -> dict[str, str]:
        """HTTP's bearer scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "trellis_<organization>_<secret>"}


class ResourceSchema(AutoSchema):
    """Each operation described by what is said of its view, and shapes called by what they are the shape of."""

    def get_description(self) -> str:
        """The words of the view: its methods are the same in all of them."""
        return getdoc(type(self.view)) or ""

    def _get_serializer_name(self, *args, **kwargs) -> str:
        return super()._get_serializer_name(*args, **kwargs).removesuffix("Shape")


def idempotent() -> OpenApiParameter:
    """The header by which a request that is sent twice is done once."""
    words = "Chosen by the client; the same request with the same key is answered the same for seven days and done once."
    return OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description=words)


def with_refusals(result: dict[str, Any], **_kwargs) -> dict[str, Any]:
    """Give every operation the answers that it may refuse with."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for operation in path.values():
            for status in REFUSALS:
                operation["responses"][status] = {"description": "Refused", "content": content}
    return result
