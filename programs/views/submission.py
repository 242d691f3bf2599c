"""One version as it was handed in, and two of them side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from programs.models import Deliverable, Submission
from programs.queries.compared import between
from programs.queries.submissions import readable, submission_page
from programs.rules.fields import parse
from programs.views.task import number


@require_safe
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One version, to read."""
    try:
        shown = submission_page(pk, request.member, request.organization.currency)
    except Submission.DoesNotExist:
        raise Http404 from None
    reads_task = Deliverable.objects.visible_to(request.member).filter(pk=shown.submission.deliverable_id).exists()
    return render(request, "programs/submission.html", {"page": shown, "submission": shown.submission, "reads_task": reads_task})


@require_safe
def compare(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Two versions of a deliverable: `?old=1&new=2`, or the two newest."""
    versions = readable(request.member).filter(deliverable=pk).order_by("-number")
    deliverables = Deliverable.objects.select_related("kind", "work__task", "work__enrollment__trainee")
    deliverable = get_object_or_404(deliverables.filter(pk__in=versions.order_by().values("deliverable")), pk=pk)
    kind = deliverable.asked
    by_number = {version.number: version for version in versions.select_related("author")}
    numbers = list(by_number)
    new = by_number.get(number(request.GET.get("new")) or numbers[0])
    old = by_number.get(number(request.GET.get("old")) or next((one for one in numbers if new and one < new.number), 0))
    if old is None or new is None:
        raise Http404
    comparison = between(parse(kind.fields), old.data, new.data, old.number, request.organization.currency)
    context = {"kind": kind, "deliverable": deliverable, "old": old, "new": new, "numbers": numbers, "comparison": comparison}
    return render(request, "programs/compare.html", context)
