"""The pairings of a cohort, for who runs it; propose a mentor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.actions.follow_relations import keep_in_step
from mentorship.actions.propose_pairing import propose as propose_it
from mentorship.forms.pairing import ProposeForm
from mentorship.policies import may_approve_mentors, may_propose
from mentorship.queries.cohort_mentoring import cohort_rows
from mentorship.queries.mentors import mentors, offered
from organizations import clock
from organizations.models import Member
from programs.models import Cohort, Enrollment
from programs.queries.cohort_page import cohort_for

LONGEST_WORDS = 80


@require_safe
def page(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Who has a mentor, how often they meet, who carries how much: counts and dates, no words."""
    cohort = _cohort(request, cohort_id)
    keep_in_step(Enrollment.objects.filter(cohort=cohort))
    today = timezone.localdate()
    context = {
        "cohort": cohort,
        "rows": cohort_rows(cohort, clock.now(), today, request.GET.get("page", 1)),
        "mentors": mentors(),
        "may_approve": may_approve_mentors(request.member),
    }
    return render(request, "mentorship/cohort.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int) -> HttpResponse:
    """Choose a mentor for one trainee: those who know what is looked for first, then those with room."""
    cohort = _cohort(request, cohort_id)
    enrollment = get_object_or_404(Enrollment.objects.select_related("trainee"), pk=enrollment_id, cohort=cohort)
    words = request.GET.get("skill", "").replace("\0", "")[:LONGEST_WORDS]
    found = offered(words, trainee=enrollment.trainee)
    form = ProposeForm(request.POST if request.method == "POST" else None, choices=[(one.pk, one.name) for one in found if one.free])
    status = 422 if form.is_bound else 200
    if form.is_valid():
        mentor = get_object_or_404(Member, pk=form.cleaned_data["mentor"])
        try:
            pairing = propose_it(enrollment, mentor, by=request.member, words=form.cleaned_data["words"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
            status = 409
        else:
            messages.success(request, _("Proposed. Both are asked; you are told when they answer."))
            return redirect("mentorship:pairing", slug, pairing.pk)
    context = {"cohort": cohort, "enrollment": enrollment, "mentors": found, "form": form, "words": words}
    return render(request, "mentorship/propose.html", context, status=status)


def _cohort(request: HttpRequest, pk: int) -> Cohort:
    """A cohort that this person runs; a sponsor, who only sees it, is told who does."""
    cohort = cohort_for(request.member, pk)
    if cohort is None:
        raise Http404
    if not may_propose(request.member, cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager do this."))
    return cohort
