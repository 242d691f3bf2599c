"""The budget of a cohort: asked for by those who run it, decided on by its sponsor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.actions import decide_budget
from programs.forms.conditions import BudgetRequestForm
from programs.models import BudgetRequest
from programs.views.cohort import running_or_403


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Ask the sponsor for a sum; see what they decided."""
    cohort = running_or_403(request, cohort_id)
    form = BudgetRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_budget.ask(cohort, form.cleaned_data["amount"], form.cleaned_data["purpose"], by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The sponsor is asked, and you are told what they decide."))
            return redirect("programs:cohort_budget", slug, cohort_id)
    asked = list(BudgetRequest.objects.filter(cohort=cohort).select_related("asked_by", "decided_by"))
    context = {
        "cohort": cohort,
        "asked": asked,
        "form": form,
        "may_ask": cohort.sponsor is not None and all(one.decided_at for one in asked),
        "currency": request.organization.currency,
    }
    return render(request, "programs/cohort_budget.html", context, status=422 if form.errors else 200)
