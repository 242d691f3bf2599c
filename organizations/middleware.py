"""Who is asking, in which language, and for which organization."""

from zoneinfo import ZoneInfo

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from organizations import tenancy, typed_again
from organizations.models import Member, Organization
from organizations.prepared import Prepared
from organizations.request_facts import MUST_CHOOSE_PASSWORD, client_address
from organizations.vocabulary import SecondFactor

ORGANIZATION = Prepared(lambda slug: Organization.objects.filter(slug=slug), str)
MEMBER = Prepared(lambda user: Member.objects.active().filter(user=user), int)  # one for each organization


class PersonalLocaleMiddleware(LocaleMiddleware):
    """A signed-in person's own language and time zone; before sign-in the browser's wish."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        client_address.set(get_client_ip(request))
        timezone.deactivate()
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
            timezone.activate(ZoneInfo(request.user.time_zone))


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Signed out, one is led to the sign-in page; but what was typed while a session ran out is offered again."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if request.method == "POST" and typed_again.is_our_own(request):
            return typed_again.signed_out(request)
        return super().handle_no_permission(request, view_func)


class NoStoreMiddleware:
    """What a signed-in person sees is kept in no cache, so Back after signing out shows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class TenantMiddleware:
    """Opens the tenant for `/o/<slug>/…` after it has seen the membership; sets `request.organization` and `request.member`.

    An unknown organization and one that the person does not belong to are the same 404.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.organization = request.member = None
        if not request.path_info.startswith("/o/"):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        public = not getattr(match.func, "login_required", True)
        if not (public or request.user.is_authenticated):
            return self.get_response(request)  # LoginRequiredMiddleware asks for a sign-in and tells nothing of the slug
        if request.method == "POST":
            _ = request.POST  # read the body now: a slow upload must not hold a transaction
        return self._inside(request, match.kwargs.get("slug", ""), public)

    def _inside(self, request: HttpRequest, slug: str, public: bool) -> HttpResponse:
        organization = ORGANIZATION.first(slug)
        if organization is None:
            raise Http404
        with tenancy.tenant(organization.pk):
            member = None
            if request.user.is_authenticated:
                member = MEMBER.first(request.user.pk)
            if member is None and not public:
                raise Http404
            request.organization, request.member = organization, member
            if not (request.user.is_authenticated or self._wants_a_language(request)):
                translation.activate(organization.language)
                request.LANGUAGE_CODE = translation.get_language()
            if member:
                member.user = request.user
                if not public and self._must_choose_password(request):
                    return redirect("account_set_password")
                if not public and self._must_enrol_factor(request, organization, member):
                    return redirect("mfa_activate_totp")
            return self.get_response(request)

    @staticmethod
    def _must_choose_password(request: HttpRequest) -> bool:
        """Whether this person came in by a one-time code and has not chosen a password since."""
        if not request.session.get(MUST_CHOOSE_PASSWORD):
            return False
        if not request.user.has_usable_password():
            return True
        del request.session[MUST_CHOOSE_PASSWORD]
        return False

    @staticmethod
    def _wants_a_language(request: HttpRequest) -> bool:
        """Whether somebody without a sign-in has chosen one of ours, or their browser asks for one."""
        if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
            return True
        for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
            try:
                get_supported_language_variant(wanted)
            except LookupError:
                continue
            return True
        return False

    @staticmethod
    def _must_enrol_factor(request: HttpRequest, organization: Organization, member: Member) -> bool:
        """Whether the organization asks this person for a second factor that they do not have yet."""
        wanted = organization.second_factor == SecondFactor.ALL or (
            organization.second_factor == SecondFactor.STAFF and member.is_staff_role
        )
        if not wanted:
            return False
        from allauth.mfa.utils import is_mfa_enabled  # here: allauth's models load after this module

        return not is_mfa_enabled(request.user)
