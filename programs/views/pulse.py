"""One anonymous answer, from the trainee's home."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.actions.answer_pulse import answer_pulse
from programs.forms.conditions import PulseForm
from programs.queries.my_tasks import current_enrollment
from programs.views import my_program


@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Count it."""
    enrollment = current_enrollment(request.member)
    if enrollment is None:
        raise Http404
    form = PulseForm(request.POST)
    if form.is_valid():
        try:
            answer_pulse(enrollment, form.cleaned_data["answer"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Thank you. Your answer is counted; that it is yours is kept nowhere."))
        return redirect("programs:my_program", slug)
    return my_program.draw(request, pulse_form=form, status=422)
