"""One's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizations.actions import change_profile
from organizations.forms.my_account import MyAccountForm
from organizations.models import User


@require_http_methods(["GET", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """Own name, language and time zone."""
    user = User.objects.get(pk=request.user.pk)
    form = MyAccountForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        change_profile.change(user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your details are saved."))
        return redirect("organizations:my_account")
    return render(request, "organizations/my_account.html", {"form": form}, status=422 if form.errors else 200)
