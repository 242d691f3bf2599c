"""What the views of a deliverable's form share: whose it is, what was typed, which files came with it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions import store_file
from programs.forms.deliverable import DeliverableForm, FormAddresses, Strength, asks_for, deliverable_form
from programs.forms.deliverable_fields import UPLOAD
from programs.models import Deliverable, Submission
from programs.policies.running import may_write
from programs.queries.directory import NOBODY, everybody
from programs.queries.relations import relations_of
from programs.queries.submissions import files_of
from programs.rules.fields import parse
from programs.vocabulary import FieldType

NOTE = "version-note"  # what changed in this version: typed with the form, kept in the draft, no field of it
FIELD_NAME = re.compile(r"[A-Za-z0-9_-]{1,120}")
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "revision", "row", "file"})


def own_deliverable(request: HttpRequest, pk: int) -> Deliverable:
    """The deliverable that the person writes.

    Raises:
        Http404: they may not even read it.
        PermissionDenied: they read it and someone else writes it.
    """
    found = Deliverable.objects.visible_to(request.member).select_related("kind", "work__enrollment__cohort")
    deliverable = get_object_or_404(found, pk=pk)
    enrollment = deliverable.work.enrollment
    if not may_write(request.member, deliverable, relations_of([enrollment], timezone.localdate())[enrollment.pk]):
        raise PermissionDenied(_("Only the author writes here."))
    return deliverable


def typed_in(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed, as a draft keeps it. A NUL is nothing that one types, and nothing that the database keeps."""
    fields = [(name, values) for name, values in request.POST.lists() if name not in NOT_TYPED]
    return {name.replace("\0", ""): [value.replace("\0", "") for value in values] for name, values in fields}


def named_field(request: HttpRequest, by: str) -> str:
    """The field, or the cell of a table, that a button names; empty where that is no name."""
    name = request.POST.get(by, "")
    return name if FIELD_NAME.fullmatch(name) else ""


def take_files(request: HttpRequest, deliverable: Deliverable, typed: dict[str, list[str]]) -> dict[str, str]:
    """Keep the files that came with the form and name them in it; answers what was refused, by field."""
    refused = {}
    for name, upload in request.FILES.items():
        if not name.endswith(UPLOAD):
            continue
        field = name.removesuffix(UPLOAD)
        try:
            typed[field] = [store_file.store(upload, about=deliverable, by=request.member).code]
        except ValidationError as refusal:
            refused[field] = " ".join(refusal.messages)
    return refused


def form_of(
    request: HttpRequest,
    deliverable: Deliverable,
    typed: Mapping[str, list[str]] | None = None,
    *,
    before: Mapping | None = None,
    strength: Strength = Strength.SHOW,
) -> DeliverableForm:
    """The author's form. `before`: the answers of the version before, asked for here where they are not known."""
    if before is None:
        newest = Submission.objects.filter(deliverable=deliverable, number=deliverable.last_number)
        before = newest.values_list("data", flat=True).first() or {}
    definitions = parse(deliverable.asked.fields)
    names_people = asks_for(definitions, FieldType.PERSON, FieldType.PEOPLE)
    return deliverable_form(
        deliverable.asked,
        typed,
        initial=before,
        strength=strength,
        people=everybody() if names_people else NOBODY,
        files=files_of(deliverable) if asks_for(definitions, FieldType.FILE) else (),
        currency=request.organization.currency,
        today=timezone.localdate(),
        addresses=addresses_of(request, deliverable),
        spare_row=request.GET.get("row", ""),
    )


def addresses_of(request: HttpRequest, deliverable: Deliverable) -> FormAddresses:
    """Where the buttons inside the form post to."""
    slug = request.organization.slug
    parts = {name: reverse(f"programs:{url}", args=[slug, deliverable.pk]) for name, url in BUTTONS.items()}
    return replace(FormAddresses(slug=slug), **parts)


def task_address(request: HttpRequest, deliverable: Deliverable, query: str = "", anchor: str = "") -> str:
    """The task's page with this deliverable chosen."""
    address = reverse("programs:task", args=[request.organization.slug, deliverable.work_id])
    return f"{address}?d={deliverable.pk}{query}{f'#{anchor}' if anchor else ''}"


BUTTONS = {"rows": "add_row", "upload": "upload_file", "remove": "remove_file"}
