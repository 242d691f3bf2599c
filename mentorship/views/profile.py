"""Mentor profiles: one's own, and those of others for the HR director."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.actions.write_profile import approve as approve_it
from mentorship.actions.write_profile import write
from mentorship.forms.profile import NominateForm, ProfileForm
from mentorship.models import MentorProfile
from mentorship.policies import may_approve_mentors
from mentorship.queries.mentors import mentors as all_mentors
from organizations.models import Member
from organizations.policies import require
from organizations.vocabulary import OrganizationRole


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer oneself as a mentor, or say that one has no room for now."""
    return _profile(request, request.member, "mentorship:my_profile")


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """Nominate someone, or change what they can give."""
    require(may_approve_mentors(request.member), OrganizationRole.HR_DIRECTOR)
    return _profile(request, get_object_or_404(Member.objects.active(), pk=member_id), "mentorship:mentors")


@require_http_methods(["GET", "POST"])
def mentors(request: HttpRequest, slug: str) -> HttpResponse:
    """Every mentor with their load; nominate another one by name."""
    require(may_approve_mentors(request.member), OrganizationRole.HR_DIRECTOR)
    form = NominateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("mentorship:profile", slug, form.cleaned_data["person"].pk)
    return render(request, "mentorship/mentors.html", {"mentors": all_mentors(), "form": form}, status=422 if form.errors else 200)


@require_POST
def approve(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """Take someone who has offered themselves."""
    require(may_approve_mentors(request.member), OrganizationRole.HR_DIRECTOR)
    profile = approve_it(get_object_or_404(MentorProfile, member=member_id), by=request.member)
    messages.success(request, _("%(name)s may be proposed as a mentor.") % {"name": profile.member.name})
    return redirect("mentorship:mentors", slug)


def _profile(request: HttpRequest, mentor: Member, after: str) -> HttpResponse:
    profile = MentorProfile.objects.filter(member=mentor).first() or MentorProfile(member=mentor)
    is_new, is_approved = profile.pk is None, profile.approved_at is not None
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=profile)
    if form.is_valid():
        try:
            write(mentor, form.facts, by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The mentor profile is saved."))
            return redirect(after, request.organization.slug)
    context = {
        "form": form,
        "mentor": mentor,
        "is_own": mentor.pk == request.member.pk,
        "is_new": is_new,
        "is_approved": is_approved,
    }
    return render(request, "mentorship/profile.html", context, status=422 if form.errors else 200)
