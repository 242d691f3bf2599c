"""API tokens: which there are, issuing one, revoking one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import policies
from organizations.actions import api_token
from organizations.forms.api_token import ApiTokenForm
from organizations.queries.api_tokens import token_list, visible_tokens


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """An admin sees all and issues new ones; everybody sees those that speak as them. A new token's text is shown this once."""
    may_issue, today = policies.may_issue_tokens(request.member), timezone.localdate()
    if request.method == "POST":
        policies.require(may_issue)
    form, made = ApiTokenForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            made = api_token.issue(request.organization, **form.cleaned_data, by=request.member, today=today)
            form = ApiTokenForm()
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"tokens": token_list(request.member, today), "form": form if may_issue else None, "made": made}
    return render(request, "organizations/api_tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a token at once."""
    token = get_object_or_404(visible_tokens(request.member), pk=pk)
    try:
        api_token.revoke(token, by=request.member)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("The token is revoked. What used it is let in no more."))
    return redirect("organizations:api_tokens", slug)
