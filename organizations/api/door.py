"""The API's door: it reads the organization out of the token, opens the tenant and knows as whom the caller speaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from organizations import tenancy
from organizations.actions.api_token import note_use
from organizations.models import ApiToken, Organization
from organizations.prepared import Prepared
from organizations.rules import api_tokens

REALM = 'Bearer realm="trellis"'
ORGANIZATION = Prepared(lambda slug: Organization.objects.filter(slug=slug), str)


def _known(key_hash: str) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(key_hash=key_hash, member__ended_at__isnull=True).select_related("member__user")


TOKEN = Prepared(_known, str)


@contextmanager
def opened(request: HttpRequest) -> Iterator[None]:
    """The tenant of the token in the request, with `organization`, `member` and `api_token` on it; without a good token no tenant.

    A session is never asked: a browser that is signed in elsewhere cannot be made to speak here.
    """
    translation.activate(translation.get_language_from_request(request))
    request.LANGUAGE_CODE = translation.get_language()
    request.organization = request.member = request.api_token = None
    text = _bearer(request)
    organization = ORGANIZATION.first(api_tokens.slug_of(text)) if text else None
    if organization is None:
        yield
        return
    with tenancy.tenant(organization.pk):
        token = TOKEN.first(api_tokens.digest(text))
        if token is not None:
            today = timezone.localdate(timezone=ZoneInfo(organization.time_zone))
            if api_tokens.is_good(token.expires_on, token.revoked_at is not None, today):
                note_use(token, today)
                request.organization, request.member, request.api_token = organization, token.member, token
                user = token.member.user
                timezone.activate(ZoneInfo(user.time_zone if user else organization.time_zone))
        yield


def _bearer(request: HttpRequest) -> str:
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


class TokenAuthentication(BaseAuthentication):
    """Whether the door found a good token. Unknown, foreign, expired and revoked ones are answered alike."""

    def authenticate(self, request) -> tuple[AnonymousUser, ApiToken]:
        if request._request.api_token is None:
            raise AuthenticationFailed(_("A valid API token is needed: Authorization: Bearer trellis_…"))
        return AnonymousUser(), request._request.api_token

    def authenticate_header(self, request) -> str:
        return REALM


class HasScope(BasePermission):
    """Whether the token may read, or write, this resource. What its owner may is asked afterwards, as on the pages."""

    def has_permission(self, request, view) -> bool:
        scope = f"{view.resource}:{'read' if request.method in SAFE_METHODS else 'write'}"
        self.message = _("This token may not do this: it lacks the scope %(scope)s.") % {"scope": scope}
        return not view.resource or scope in request.auth.scopes
