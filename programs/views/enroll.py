"""Enroll people: name them, look at what was understood, confirm. Nothing is written before the last step."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from programs.actions.enroll import enroll
from programs.actions.enroll_in_batches import AT_ONCE, enroll_later
from programs.forms.enroll import EnrollForm, TraineeForm, new_trainees, trainee_forms
from programs.models import Cohort
from programs.queries.directory import Directory, everybody
from programs.queries.enroll import Candidates, candidates, people_found
from programs.queries.route_gaps import gaps_for
from programs.views.cohort import running_or_403


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """The steps, by the button pressed: search, add, choose (back), preview, enroll."""
    cohort, directory = running_or_403(request, cohort_id), everybody()
    step = request.POST.get("step", "choose")
    if step not in ("preview", "enroll"):
        return _choose(request, cohort, directory, step)
    form = EnrollForm(request.POST, directory=directory)
    if not form.is_valid():
        return _choose_page(request, cohort, directory, form, status=422)
    found = candidates(form.cleaned_data["people"], directory)
    typed = request.POST if step == "enroll" else None
    rows = trainee_forms(found, form, directory, typed)
    if step == "preview":
        return _preview(request, cohort, form, found, rows, directory)
    chosen = [row for row in rows if str(row.pk) in request.POST.getlist("trainee")]
    if not all(row.is_valid() for row in chosen):
        return _preview(request, cohort, form, found, rows, directory, status=422)
    return _enroll(request, cohort, form, found, rows, chosen, directory)


def _choose(request: HttpRequest, cohort: Cohort, directory: Directory, step: str) -> HttpResponse:
    """Searching and adding leave the form as it was typed, with the people found in the list."""
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        lines = [data.get("people", "").rstrip(), *data.getlist("add")]
        data["people"] = "\n".join(line for line in lines if line.strip())
    form = EnrollForm(initial=data.dict() if data is not None else None, directory=directory)
    words = data.get("q", "") if step == "search" else ""
    return _choose_page(request, cohort, directory, form, words)


def _choose_page(request, cohort, directory, form, words: str = "", status: int = 200) -> HttpResponse:
    context = {"cohort": cohort, "form": form, "directory": directory, "words": words, "hits": people_found(words)}
    return render(request, "programs/enroll.html", context, status=status)


def _preview(request, cohort, form, found: Candidates, rows: list[TraineeForm], directory, refusal: str = "", status: int = 200):
    """Whom the list names, and what nobody could sign for them."""
    chosen = request.POST.getlist("trainee") if request.POST.get("step") == "enroll" else [str(row.pk) for row in rows]
    planned = []
    for row in rows:
        own = {name: row[name].initial for name in ("mentor", "line_manager")}
        if row.is_bound:
            row.is_valid()
            own = {name: row.cleaned_data.get(name) for name in own}
        planned.append((row.pk, row.person.name, {**form.for_all, **{name: [pk] if pk else [] for name, pk in own.items()}}))
    context = {
        "cohort": cohort,
        "form": form,
        "found": found,
        "rows": rows,
        "chosen": chosen,
        "directory": directory,
        "gaps": gaps_for(cohort, planned) if planned else [],
        "refusal": refusal,
        "at_once": AT_ONCE,
    }
    return render(request, "programs/enroll_preview.html", context, status=status)


def _enroll(request, cohort, form, found, rows, chosen: list[TraineeForm], directory) -> HttpResponse:
    people = new_trainees(chosen, form)
    try:
        if len(people) > AT_ONCE:
            job = enroll_later(cohort, people, by=request.member)
            return redirect("documents:job", request.organization.slug, job.pk)
        enroll(cohort, people, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        return _preview(request, cohort, form, found, rows, directory, refusal.messages[0], status=422)
    words = ngettext("%(n)d trainee enrolled in %(name)s.", "%(n)d trainees enrolled in %(name)s.", len(people))
    messages.success(request, words % {"n": len(people), "name": cohort.name})
    return redirect("programs:cohort", request.organization.slug, cohort.pk)
