"""What the views of all resources have in common."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ParseError, Throttled
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from organizations.actions import api_answer
from organizations.api.door import HasScope, TokenAuthentication, opened
from organizations.api.paging import CursorPages
from organizations.models import Member
from organizations.rate_limits import admit
from organizations.rules.rates import API_TOKEN

KEY = re.compile(r"[\x21-\x7e]{1,200}")


class Json(JSONParser):
    """JSON of any depth: what lies too deep is no good request, not a fault of ours."""

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError from None


class ResourceView(GenericAPIView):
    """A view behind the door. `resource` is the word of its scopes; without one any good token opens it."""

    resource = ""
    authentication_classes = (TokenAuthentication,)
    permission_classes = (HasScope,)
    renderer_classes = (JSONRenderer,)
    parser_classes = (Json,)
    pagination_class = CursorPages
    filter_backends = (DjangoFilterBackend,)
    metadata_class = None

    @classmethod
    def as_view(cls, **options) -> Callable[..., HttpResponse]:
        """The tenant's transaction, opened in `dispatch`, is the only one: a slow upload holds none."""
        return transaction.non_atomic_requests(super().as_view(**options))

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Read the body, open the tenant, answer. A refusal takes back what was written, save that the token was used."""
        self.too_large = None
        try:
            _body = request.body
        except RequestDataTooBig as refusal:
            self.too_large = refusal
        with opened(request), transaction.atomic():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs) -> None:
        """Who asks, with which scope, how often; a token that travels in the clear is not taken."""
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            raise PermissionDenied(_("Use https. This token has travelled in the clear: revoke it and take a new one."))
        super().initial(request, *args, **kwargs)
        if self.too_large:
            raise self.too_large

    def check_throttles(self, request) -> None:
        """Counted for each token, atomically and for all processes together."""
        if not admit(API_TOKEN, str(request.auth.pk)):
            raise Throttled(wait=API_TOKEN.seconds)

    def finalize_response(self, request, response, *args, **kwargs) -> HttpResponse:
        """Nothing of it is kept in any cache."""
        response["Cache-Control"] = "no-store"
        return super().finalize_response(request, response, *args, **kwargs)

    def visible(self) -> QuerySet:
        """The rows that the caller may see, with all that the answer shows of them."""
        raise NotImplementedError

    @property
    def member(self) -> Member:
        """As whom the caller speaks."""
        return self.request._request.member

    def sent(self) -> dict[str, Any]:
        """The body as its serializer reads it.

        Raises:
            rest_framework ValidationError: what cannot be read, by field.
        """
        reader = self.get_serializer(data=self.request.data)
        reader.is_valid(raise_exception=True)
        return reader.validated_data

    def once(self, act: Callable[[], Any], status: int = 201) -> Response:
        """Do it and answer; with an `Idempotency-Key`, a repeat of the request is answered the same and nothing done again."""
        request, key = self.request, self.request.headers.get("Idempotency-Key", "")
        if not key:
            return Response(act(), status=status)
        if not KEY.fullmatch(key):
            raise ValidationError(_("An Idempotency-Key has 1 to 200 visible ASCII characters."), code="bad_key")
        told = f"{request.method} {request.get_full_path()}\n".encode() + request._request.body
        kept = api_answer.begin(request.auth, key, hashlib.sha256(told).hexdigest())
        if kept.status is None:
            api_answer.keep(kept, status, JSONRenderer().render(act()).decode())
        return Response(json.loads(kept.body), status=kept.status)


class ListView(ListModelMixin, ResourceView):
    """A list, page by page."""

    def get_queryset(self) -> QuerySet:
        """What is visible; where the schema is drawn nobody asks, so only the table."""
        return self.queryset if getattr(self, "swagger_fake_view", False) else self.visible()

    def get(self, request, *args, **kwargs) -> Response:
        """Narrow, page, answer."""
        return self.list(request, *args, **kwargs)


class OneView(ResourceView):
    """One row; a foreign and a missing one are the same 404. The id is the last parameter of the address."""

    pagination_class = None
    filter_backends = ()

    def get(self, request, *args, **kwargs) -> Response:
        """Fetch and answer."""
        return Response(self.get_serializer(self.one()).data)

    def one(self) -> Model:
        """The row that the address names.

        Raises:
            Http404: there is none that the caller may see.
        """
        return get_object_or_404(self.visible(), pk=list(self.kwargs.values())[-1])


class NothingHere(ResourceView):
    """Any other address below the API's."""

    schema = None

    def http_method_not_allowed(self, request, *args, **kwargs) -> Response:
        """Whatever the method."""
        raise Http404
