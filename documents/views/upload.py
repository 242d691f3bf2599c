"""Taking in a file while its form is still being filled in. A form without scripts sends its files with itself."""

import re

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.actions import store_file

FIELD = re.compile(r"[A-Za-z0-9_.-]{1,100}")


@require_POST
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the posted `file`; the answer is a line for the form with a hidden input, named as `field` says, that holds its code."""
    field = request.POST.get("field", "file")
    context = {"field": field if FIELD.fullmatch(field) else "file"}
    try:
        if "file" not in request.FILES:
            raise ValidationError(_("No file arrived. Choose it again."), code="missing")
        context["file"] = store_file.take_in(request.FILES["file"], by=request.member)
    except ValidationError as refusal:
        context |= {"problem": refusal.messages[0], "name": getattr(request.FILES.get("file"), "name", "")}
        return render(request, "documents/_upload_refused.html", context, status=422)
    return render(request, "documents/_uploaded_file.html", context)
