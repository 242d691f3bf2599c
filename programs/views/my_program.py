"""The trainee's home, and all tasks of their programme."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import clock
from programs.forms.conditions import PulseForm
from programs.queries.appointments import read_appointment
from programs.queries.conditions import pulse_to_answer
from programs.queries.frame import frame_of, said
from programs.queries.journey import journey, phase_list
from programs.queries.my_program import MOST_TO_DO, beside_tasks, my_program
from programs.queries.my_program_parts import MyProgram
from programs.queries.my_program_words import balance_words, standing_words
from programs.queries.my_tasks import current_enrollment, enrollment_with_frame, my_tasks


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Where one stands, one obvious next step, what is to do, what others said."""
    return draw(request)


def draw(request: HttpRequest, *, pulse_form: PulseForm | None = None, status: int = 200) -> HttpResponse:
    """The page, with an answer to the pulse that was refused in its place."""
    enrollment = current_enrollment(request.member, clock.now())
    today = timezone.localdate()
    if enrollment is None:
        return render(request, "programs/my_program_none.html")
    if enrollment.start_on > today:
        return _waiting(request, my_tasks(enrollment, today), today)
    program = my_program(enrollment, request.member, today)
    request.nav_counts = {"my_program": len(program.to_do)}
    week, weeks = program.weeks(today)
    context = {
        "program": program,
        "enrollment": enrollment,
        "cohort": enrollment.cohort,
        "aim": said(enrollment.aim).name,
        "week": week,
        "weeks": weeks,
        "standing": standing_words(program, today),
        "next": program.to_do[0] if program.to_do else None,
        "to_do": program.to_do[:MOST_TO_DO],
        "lattice": journey(program, today, lambda pk: reverse("programs:task", args=[request.organization.slug, pk])),
        "phases": phase_list(program),
        "balance_words": balance_words(program),
        "appointment": read_appointment(enrollment.appointment),
        "pulse": pulse_to_answer(enrollment, today),
        "pulse_form": pulse_form or PulseForm(),
    }
    return render(request, "programs/my_program.html", context, status=status)


@require_safe
def tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """Every task, by phase."""
    enrollment = enrollment_with_frame(request.member)
    if enrollment is None:
        return render(request, "programs/my_program_none.html")
    today = timezone.localdate()
    program = my_tasks(enrollment, today)
    groups = [(phase, [work for work in program.works if work.phase_id == phase.progress.phase_id]) for phase in program.phases]
    context = {
        "program": program,
        "cohort": enrollment.cohort,
        "groups": groups,
        "asked": [one for one in beside_tasks(enrollment, request.member, today) if one.why != "point"],
        "points": enrollment.plan_points.all(),
        "frame": frame_of(enrollment, program.works),
    }
    return render(request, "programs/my_tasks.html", context)


def _waiting(request: HttpRequest, program: MyProgram, today: date) -> HttpResponse:
    """A programme that begins later: when, and what comes first."""
    context = {
        "program": program,
        "enrollment": program.enrollment,
        "cohort": program.enrollment.cohort,
        "aim": said(program.enrollment.aim).name,
        "days": (program.enrollment.start_on - today).days,
        "first": [work for work in program.works if program.phases and work.phase_id == program.phases[0].progress.phase_id][:MOST_TO_DO],
        "phases": phase_list(program),
        "appointment": read_appointment(program.enrollment.appointment),
    }
    return render(request, "programs/my_program_waiting.html", context)
