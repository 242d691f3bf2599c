"""Accepting an invitation: public, in the reader's language, once."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from organizations import clock, invitation_links, rate_limits
from organizations.actions import accept_invitation, record_sign_in
from organizations.forms.invitation import NewAccountForm, OwnAccountForm
from organizations.models import Invitation, User
from organizations.queries.accounts import account_with
from organizations.request_facts import client_address
from organizations.rules.invitation_states import state_of
from organizations.rules.rates import SIGN_IN_ACCOUNT
from organizations.vocabulary import InvitationState


def _speak(request: HttpRequest, language: str) -> None:
    """The invitation's language, until the reader has chosen one."""
    if not request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


@login_not_required
@sensitive_post_parameters("password", "password1", "password2")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Come in: with a new account, or with the one that one has."""
    invitation = invitation_links.read(token)
    if invitation is None:
        return render(request, "organizations/invitation_gone.html", {"state": "unknown"}, status=410)
    _speak(request, invitation.language)
    state = state_of(expires_at=invitation.expires_at, accepted_at=invitation.accepted_at, now=clock.now())
    if state != InvitationState.WAITING or not invitation.member.is_active:
        ended = InvitationState.EXPIRED if state == InvitationState.WAITING else state
        return render(request, "organizations/invitation_gone.html", {"state": ended, "invitation": invitation}, status=410)
    account = request.user if request.user.is_authenticated else account_with(invitation.email)
    return _with_own_account(request, invitation, account) if account else _with_new_account(request, invitation)


def _with_new_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    initial = {"name": invitation.member.name, "language": translation.get_language()}
    form = NewAccountForm(request.POST if request.method == "POST" else None, email=invitation.email, initial=initial)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            user = accept_invitation.with_new_account(
                invitation, name=chosen["name"], language=chosen["language"], password=chosen["password1"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _come_in(request, user, invitation)
    return _show(request, invitation, form)


def _with_own_account(request: HttpRequest, invitation: Invitation, account: User) -> HttpResponse:
    form = OwnAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_password_of(form, account):
        try:
            accept_invitation.with_account(invitation, account)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if request.user.is_authenticated:
                return redirect(f"/o/{invitation.organization.slug}/")
            return _come_in(request, account, invitation)
    return _show(request, invitation, form, account=account)


def _is_password_of(form: OwnAccountForm, account: User) -> bool:
    """Whether the password is right; at most five wrong ones from one address within five minutes."""
    place = (f"account {account.pk}", client_address.get() or "")
    if not rate_limits.admit(SIGN_IN_ACCOUNT, *place):
        form.add_error(None, ValidationError(_("Too many tries. Wait five minutes."), code="too_many_tries"))
    elif not account.is_active or not account.check_password(form.cleaned_data["password"]):
        record_sign_in.record(account, succeeded=False, method="invitation")
        form.add_error("password", ValidationError(_("This is not the password of this account."), code="wrong_password"))
    else:
        rate_limits.forget(SIGN_IN_ACCOUNT, *place)
        return True
    return False


def _come_in(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    """Sign in on the same way as everybody, a second factor included."""
    record_authentication(request, user, method="invitation")
    return perform_login(request, Login(user=user, email=user.email, redirect_url=f"/o/{invitation.organization.slug}/"))


def _show(request: HttpRequest, invitation: Invitation, form, account: User | None = None) -> HttpResponse:
    context = {"invitation": invitation, "form": form, "account": account, "organization_name": invitation.organization.name}
    return render(request, "organizations/invitation.html", context, status=422 if form.errors else 200)
