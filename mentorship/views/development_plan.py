"""The individual development plan: read it, see who signed, print it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.actions.print_document import request_print
from documents.models import RenderedDocument
from documents.views.download import send
from documents.vocabulary import DocumentKind, DocumentState
from mentorship.queries.development_plan import development_plan
from programs.models import Deliverable, Enrollment, Submission
from programs.vocabulary import EnrollmentState


@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of the programme one is in, or was in last."""
    enrollments = Enrollment.objects.filter(trainee=request.member).exclude(state=EnrollmentState.WITHDRAWN)
    enrollment = enrollments.select_related("cohort__version", "trainee").order_by("-start_on").first()
    if enrollment is None:
        return render(request, "mentorship/development_plan.html", {"plan": None})
    return _page(request, enrollment)


@require_safe
def page(request: HttpRequest, slug: str, enrollment_id: int) -> HttpResponse:
    """A trainee's plan, for those who read their work."""
    return _page(request, _readable(request, enrollment_id))


@require_POST
def print_plan(request: HttpRequest, slug: str, enrollment_id: int) -> HttpResponse:
    """Ask for the newest version as PDF, in one's own language; a worker prints it."""
    enrollment = _readable(request, enrollment_id)
    submission = (
        Submission.objects.filter(deliverable__work__enrollment=enrollment, deliverable__kind__layout="idp")
        .select_related("deliverable")
        .order_by("-number")
        .first()
    )
    if submission is None:
        messages.info(request, _("There is nothing to print yet: the plan has not been handed in."))
        return redirect("mentorship:plan", slug, enrollment_id)
    signed = Submission.objects.filter(pk=submission.pk).values_list("steps__decisions__pk", flat=True)
    request_print(
        DocumentKind.IDP,
        about=submission.deliverable,
        version=submission.number,
        # Printed again once someone has signed since: the signatures stand on the paper.
        content_hash=f"{submission.content_hash[:56]}{len([pk for pk in signed if pk]):08d}",
        language=get_language(),
        by=request.member,
    )
    if request.POST.get("from") == "mine":
        return redirect("mentorship:my_plan", slug)
    return redirect("mentorship:plan", slug, enrollment_id)


@require_safe
def document(request: HttpRequest, slug: str, enrollment_id: int, document_id: int) -> HttpResponse:
    """The PDF of one printed version."""
    enrollment = _readable(request, enrollment_id)
    plans = Deliverable.objects.filter(work__enrollment=enrollment, kind__layout="idp").values("pk")
    printed = get_object_or_404(
        RenderedDocument.objects.select_related("file"), pk=document_id, kind=DocumentKind.IDP, subject_id__in=plans, file__isnull=False
    )
    return send(printed.file)


def _readable(request: HttpRequest, enrollment_id: int) -> Enrollment:
    enrollments = Enrollment.objects.visible_to(request.member).select_related("cohort__version", "trainee")
    return get_object_or_404(enrollments.distinct(), pk=enrollment_id)


def _page(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    plan = development_plan(enrollment)
    if plan.deliverable is None:
        raise Http404
    waiting = any(printed.state == DocumentState.WAITING for printed in plan.documents)
    context = {"plan": plan, "version": plan.current, "is_mine": enrollment.trainee_id == request.member.pk, "waiting": waiting}
    template = "mentorship/_documents.html" if request.htmx else "mentorship/development_plan.html"
    return render(request, template, context)
