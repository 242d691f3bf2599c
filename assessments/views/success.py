"""The success factors of a cohort."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.policies.success import may_see_factors, may_see_rows
from assessments.queries.success_page import is_on_panel, success_page
from assessments.views.access import require
from organizations import clock
from programs.queries.cohort_page import cohort_for


@require_safe
def page(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """SF1 to SF5 with every signal: the figure, its formula in words, out of how many, the rows it comes from."""
    cohort = cohort_for(request.member, cohort_id)
    if cohort is None:
        raise Http404
    require(
        may_see_factors(request.member, cohort, is_on_panel=is_on_panel(request.member, cohort)),
        lambda: _(
            "You are on the review panel of someone in this cohort, and the panel never sees its success factors. Those who run it do."
        ),
    )
    context = {
        "cohort": cohort,
        "shown": success_page(cohort, slug, timezone.localdate(), clock.now()),
        "sees_rows": may_see_rows(request.member, cohort),
    }
    return render(request, "assessments/success.html", context)
