"""The audit trail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organizations import policies
from organizations.forms.audit import AuditFilterForm
from organizations.queries.audit_trail import audit_trail


@require_GET
def audit(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what to which thing, when and from where, before and after."""
    policies.require(policies.may_read_audit(request.member))
    form = AuditFilterForm(request.GET)
    wanted = {name: value or "" for name, value in form.wanted().items()}
    trail = audit_trail(**wanted, number=request.GET.get("page", 1))
    context = {"form": form, "trail": trail, "filtered": any(wanted.values())}
    return render(request, "organizations/audit.html", context)
