"""One point of a plan: the trainee says what shows it, its signer signs it off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.actions import settle_point
from programs.forms.settle import SettleForm, ShownForm
from programs.queries.plan_point import PointPage, point_page


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, point_id: int) -> HttpResponse:
    """Read it; a post of the trainee says what shows it, one of its signer that it is done."""
    shown = _open(request, point_id)
    shown_form, settle_form, status = ShownForm(initial={"shown": shown.point.shown}), SettleForm(), 200
    if request.method == "POST":
        form = ShownForm(request.POST) if shown.is_own else SettleForm(request.POST)
        if shown.is_own:
            shown_form = form
        else:
            settle_form = form
        status = _take(request, shown, form)
        if status == 302:
            return redirect("programs:plan_point", slug, point_id)
        shown = _open(request, point_id)
    context = {"shown": shown, "point": shown.point, "shown_form": shown_form, "settle_form": settle_form}
    return render(request, "programs/plan_point.html", context, status=status)


def _open(request: HttpRequest, point_id: int) -> PointPage:
    shown = point_page(point_id, request.member, timezone.localdate())
    if shown is None:
        raise Http404
    return shown


def _take(request: HttpRequest, shown: PointPage, form: ShownForm | SettleForm) -> int:
    """302 done, 422 something to put right, 409 it is settled or ended meanwhile."""
    if not shown.is_own and shown.acts_as is None:
        raise PermissionDenied(_("Whom the plan names signs this point off, else the mentor; nobody their own."))
    if not form.is_valid():
        return 422
    by_and_day = {"by": request.member, "today": timezone.localdate()}
    try:
        if shown.is_own:
            settle_point.show(shown.point, form.cleaned_data["shown"], **by_and_day)
        else:
            settle_point.settle(shown.point, form.cleaned_data["note"], **by_and_day)
    except ValidationError as refusal:
        is_field = hasattr(refusal, "error_dict")
        form.add_error(next(iter(refusal.error_dict)) if is_field else None, refusal.messages)
        return 422 if is_field else 409
    told = _("It is sent to who signs it off.") if shown.is_own else _("The point is signed off, and the trainee is told.")
    messages.success(request, told)
    return 302
