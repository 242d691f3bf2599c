"""Signing in by employee number, choosing a language, and choosing an organization."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations import rate_limits
from organizations.actions import change_profile, sign_in_by_number
from organizations.forms.sign_in import NumberForm
from organizations.queries.own_memberships import own_memberships
from organizations.request_facts import MUST_CHOOSE_PASSWORD, client_address
from organizations.rules.rates import SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS
from organizations.vocabulary import Language, OrganizationRole


@login_not_required
@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def by_number(request: HttpRequest) -> HttpResponse:
    """Sign in by organization, employee number and a password or one-time code."""
    if request.user.is_authenticated:
        return redirect("organizations:switch")
    form = NumberForm(
        request.POST if request.method == "POST" else None, initial={"organization": request.GET.get("organization", "")[:40]}
    )
    if form.is_valid():
        proof = _proof(form)
        if proof:
            request.session[MUST_CHOOSE_PASSWORD] = proof.by_code
            record_authentication(request, proof.user, method="code" if proof.by_code else "number")
            onward = settings.LOGIN_REDIRECT_URL if not proof.by_code else "account_set_password"
            login = Login(user=proof.user, email_verification=EmailVerificationMethod.NONE, redirect_url=resolve_url(onward))
            return perform_login(request, login)
    return render(request, "organizations/sign_in_by_number.html", {"form": form}, status=422 if form.errors else 200)


def _proof(form: NumberForm) -> sign_in_by_number.Proof | None:
    """Who this is; else the same words for every reason."""
    organization, number = form.cleaned_data["organization"], form.cleaned_data["number"]
    address = client_address.get() or ""
    place = (organization, number, address)
    # Both are counted, whatever the first one says.
    admitted = [rate_limits.admit(SIGN_IN_ADDRESS, address), rate_limits.admit(SIGN_IN_ACCOUNT, *place)]
    if not all(admitted):
        form.add_error(None, ValidationError(_("Too many tries. Wait five minutes."), code="too_many_tries"))
        return None
    proof = sign_in_by_number.prove(organization, number, form.cleaned_data["secret"])
    if proof is None:
        words = _("Organization, number and password or code do not go together. Codes expire after seven days; ask for a new one.")
        form.add_error(None, ValidationError(words, code="not_proved"))
    else:
        rate_limits.forget(SIGN_IN_ACCOUNT, *place)
    return proof


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read everything in this language from now on: this browser, and the person where someone is signed in."""
    back, wish = request.POST.get("next", ""), request.POST.get("language", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe and back.startswith("/") else reverse("organizations:switch"))
    if wish not in Language.values:
        return response
    if request.user.is_authenticated:
        change_profile.choose_language(request.user, wish)
    translation.activate(wish)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wish,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The bare address of the site: to the sign-in page, or on to one's organization."""
    return redirect("organizations:switch" if request.user.is_authenticated else "account_login")


@never_cache
@require_GET
def switch(request: HttpRequest) -> HttpResponse:
    """After signing in: straight into one's only organization, or choose one of several."""
    if request.session.get(MUST_CHOOSE_PASSWORD) and not request.user.has_usable_password():
        return redirect("account_set_password")
    memberships = own_memberships(request.user.pk)
    if len(memberships) == 1:
        return redirect(f"/o/{memberships[0].organization.slug}/")
    choices = [
        {
            "organization": member.organization,
            "line": " · ".join(str(part) for part in [member.title, *_roles(member.roles)] if part),
        }
        for member in memberships
    ]
    return render(request, "organizations/switch.html", {"choices": choices})


def _roles(roles: list[str]) -> list[str]:
    """The roles that say something; else that one belongs there."""
    telling = [OrganizationRole(role).label for role in roles if role != OrganizationRole.MEMBER]
    return telling or [OrganizationRole.MEMBER.label]
