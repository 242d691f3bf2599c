"""Carrying figures into one's own draft: first what would be written and over what; on the button it is."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from effectiveness.actions.carry_worksheet import carry
from effectiveness.queries.draft_target import draft_target
from programs.actions.save_draft import Conflict
from programs.models import Enrollment

LONGEST_NUMBER = 9


def carry_page(
    request: HttpRequest, enrollment: Enrollment, key: str, told: Mapping[str, object], *, title: str, back: str
) -> HttpResponse:
    """The page of it. `told` are answers to the deliverable's form; what the form does not ask for is left out."""
    slug = request.organization.slug
    target = draft_target(enrollment, key)
    answers = target.filled(told) if target else {}
    if request.method == "POST" and answers:
        typed = request.POST.get("revision", "")
        revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else 0
        try:
            carry(target, answers, revision, by=request.member, today=timezone.localdate())
        except Conflict:
            messages.error(request, _("Your draft has changed since this page was shown. Look again, then carry it on."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("It stands in your draft of %(key)s now. Read it, add what is yours, hand it in.") % {"key": key})
            return redirect(f"{reverse('programs:task', args=[slug, target.deliverable.work_id])}?d={target.deliverable.pk}")
        return redirect(request.path)
    context = {
        "key": key,
        "title": title,
        "back": back,
        "target": target,
        "fields": target.preview(answers, request.organization.currency) if answers else [],
        "replaced": {one.key for one in target.written_over(answers)} if answers else set(),
    }
    return render(request, "effectiveness/worksheet_carry.html", context)
