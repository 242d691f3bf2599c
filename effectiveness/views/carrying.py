"""Carrying figures into one's own draft: first what would be written and over what; on the button it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from effectiveness.actions.carry import carry
from effectiveness.queries.draft_target import DraftTarget
from organizations.localized import read
from programs.actions.save_draft import Conflict
from programs.rules.fields import FieldDefinition

LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Origin:
    """Where the figures come from: its name and page, the list above it, and what to do where there is nothing to carry yet."""

    name: str
    page: str
    above: tuple[str, str]  # name, page
    nothing: str


def planning_origin(request: HttpRequest, name: str, page: str) -> Origin:
    """The origin of what is worked out under planning."""
    return Origin(
        name=name,
        page=page,
        above=(_("Planning and results"), reverse("effectiveness:planning", args=[request.organization.slug])),
        nothing=_("Fill in the worksheet first. A form that asks for none of this takes nothing either."),
    )


def carry_page(request: HttpRequest, origin: Origin, key: str, target: DraftTarget | None, told: Mapping[str, object]) -> HttpResponse:
    """The page of it. `told` are answers to the form of the deliverable `key`; what the form does not ask for is left out."""
    answers = target.filled(told) if target else {}
    if request.method == "POST" and answers:
        return _carried(request, key, target, answers)
    context = {
        "origin": origin,
        "key": key,
        "target": target,
        "fields": target.preview(answers, request.organization.currency) if answers else [],
        "replaced": {one.key for one in target.written_over(answers)} if answers else set(),
    }
    return render(request, "effectiveness/carry.html", context)


def _carried(request: HttpRequest, key: str, target: DraftTarget, answers: Mapping[str, object]) -> HttpResponse:
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else 0
    over = request.POST.getlist("over")
    try:
        written = carry(target, answers, over, revision, by=request.member, today=timezone.localdate())
    except Conflict:
        messages.error(request, _("Your draft has changed since this page was shown. Look again, then carry it on."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _told(key, written, target.asked(answers)))
        page = reverse("programs:task", args=[request.organization.slug, target.deliverable.work_id])
        return redirect(f"{page}?d={target.deliverable.pk}")
    return redirect(request.path)


def _told(key: str, written: list[FieldDefinition], asked: list[FieldDefinition]) -> str:
    """What was carried, what stayed, and what to do now."""
    words = {"key": key, "fields": _labels(written), "stayed": _labels([one for one in asked if one not in written])}
    if words["stayed"]:
        return (
            _("Now in your draft of %(key)s: %(fields)s. Left as you typed it: %(stayed)s. Read it, add what is yours, hand it in.") % words
        )
    return _("Now in your draft of %(key)s: %(fields)s. Read it, add what is yours, hand it in.") % words


def _labels(fields: list[FieldDefinition]) -> str:
    return _(", ").join(read(one.label) for one in fields)
