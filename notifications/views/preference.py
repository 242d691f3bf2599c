"""How and when one wants to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notifications.actions.plan_deliveries import address_of
from notifications.actions.set_preference import set_preference
from notifications.forms.preference import PreferenceForm
from notifications.models import Preference


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own wishes; before the first change the usual ones."""
    wish = Preference.objects.filter(member=request.member).first() or Preference(member=request.member)
    address = address_of(request.member)
    initial = {name: getattr(wish, name) for name in PreferenceForm.base_fields}
    form = PreferenceForm(request.POST or None, initial=initial, has_address=bool(address))
    if form.is_valid():
        set_preference(by=request.member, **form.cleaned_data)
        messages.success(request, _("Your settings are saved."))
        return redirect("notifications:preference", slug)
    context = {"form": form, "address": address, "time_zone": request.user.time_zone}
    return render(request, "notifications/preference.html", context, status=422 if form.errors else 200)
