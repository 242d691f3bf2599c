"""People: the list, one person, and what an admin does with them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations import policies
from organizations.actions import change_roles, invite, issue_sign_in_code, membership, person
from organizations.forms.people import PeopleFilterForm, PersonForm, RolesForm
from organizations.models import Member
from organizations.queries import people as people_query
from organizations.rules.sign_in_codes import shown


@require_GET
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone of the organization, to search and filter."""
    policies.require(policies.may_see_people(request.member))
    form = PeopleFilterForm(request.GET)
    wanted = form.wanted()
    found = people_query.people(**wanted, number=request.GET.get("page", 1))
    context = {"form": form, "people": found, "filtered": any(wanted.values()), "may_manage": policies.may_manage_people(request.member)}
    return render(request, "organizations/people.html", context)


def _page(pk: int) -> people_query.PersonPage:
    page = people_query.person(pk)
    if page is None:
        raise Http404
    return page


def _show(request: HttpRequest, pk: int, status: int = 200, **more) -> HttpResponse:
    page = _page(pk)
    may = {
        "may_manage": policies.may_manage_people(request.member),
        "may_invite": policies.may_invite(request.member),
        "is_self": page.member.pk == request.member.pk,
    }
    roles = RolesForm(initial={"roles": page.member.roles})
    return render(request, "organizations/person.html", {"person": page, "roles_form": roles} | may | more, status=status)


@require_GET
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One person: facts, roles, how they come in."""
    policies.require(policies.may_see_people(request.member))
    return _show(request, pk)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a new person."""
    policies.require(policies.may_manage_people(request.member))
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            added = person.add(by=request.member, **form.facts())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": added.name})
            return redirect("organizations:person", slug, added.pk)
    return render(request, "organizations/person_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a person's details."""
    policies.require(policies.may_manage_people(request.member))
    member = get_object_or_404(Member.objects.select_related("line_manager"), pk=pk)
    form = PersonForm(request.POST if request.method == "POST" else None, instance=member)
    if form.is_valid():
        try:
            person.edit(member, by=request.member, **form.facts())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The details are saved."))
            return redirect("organizations:person", slug, pk)
    context = {"form": form, "name": form.initial["name"], "pk": pk}
    return render(request, "organizations/person_form.html", context, status=422 if form.errors else 200)


@require_POST
def roles(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give and take organization roles."""
    policies.require(policies.may_manage_people(request.member))
    member = get_object_or_404(Member, pk=pk)
    form = RolesForm(request.POST)
    if form.is_valid():
        try:
            change_roles.change(member, form.cleaned_data["roles"], by=request.member)
        except ValidationError as refusal:
            form.add_error("roles", refusal)
        else:
            messages.success(request, _("The roles are saved."))
            return redirect("organizations:person", slug, pk)
    return _show(request, pk, status=422, roles_form=form)


def _act(request: HttpRequest, slug: str, pk: int, act, said: str) -> HttpResponse:
    """Do one thing to one person and go back to their page, with what came of it."""
    member = get_object_or_404(Member, pk=pk)
    try:
        act(member, by=request.member)
    except ValidationError as refusal:
        return _show(request, pk, status=422, refusal=refusal.messages[0])
    messages.success(request, said % {"name": member.name})
    return redirect("organizations:person", slug, pk)


@require_POST
def invite_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation, or send it again."""
    policies.require(policies.may_invite(request.member))
    return _act(request, slug, pk, invite.send, _("An invitation to %(name)s is on its way."))


@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a membership."""
    policies.require(policies.may_manage_people(request.member))
    return _act(request, slug, pk, membership.end, _("%(name)s no longer belongs to the organization."))


@require_POST
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a former member back."""
    policies.require(policies.may_manage_people(request.member))
    return _act(request, slug, pk, membership.restore, _("%(name)s belongs to the organization again."))


@require_POST
def issue_code(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a new sign-in code, this once: it is nowhere kept, so the answer is the page itself and no redirect."""
    policies.require(policies.may_invite(request.member))
    member = get_object_or_404(Member, pk=pk)
    try:
        code = issue_sign_in_code.issue(member, by=request.member)
    except ValidationError as refusal:
        return _show(request, pk, status=422, refusal=refusal.messages[0])
    context = {"person": _page(pk), "code": shown(code)}
    response = render(request, "organizations/sign_in_code.html", context)
    response["Cache-Control"] = "no-store"
    return response
