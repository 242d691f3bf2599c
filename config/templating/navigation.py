"""The places a person can go to, by what they are here. A place whose page does not exist yet is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, CohortDeputy, Enrollment, SupportRole
from programs.vocabulary import EnrollmentState

ON_THE_PHONE = 4  # places in the bottom bar; the rest stands under "More"


@dataclass(frozen=True)
class Standing:
    """What a person is in their organization; decides where they can go."""

    is_admin: bool = False
    is_hr_director: bool = False
    is_reviewer: bool = False
    is_trainee: bool = False
    supports: bool = False
    runs_cohort: bool = False


@dataclass(frozen=True)
class Place:
    """One entry of the navigation, before its address is known. `key` names it in `request.nav_counts`."""

    key: str
    label: str | Promise
    icon: str
    url_name: str
    may: Callable[[Standing], bool]


@dataclass(frozen=True)
class Link:
    """One entry of the navigation as it is drawn."""

    key: str
    label: str
    icon: str
    href: str
    count: int
    current: str  # "page", "true" (a page below it) or ""
    is_deep: bool  # not in the bottom bar of a phone


PLACES = [
    Place(
        "home", _("Home"), "home", "home:home", lambda s: not s.is_trainee or s.supports or s.is_hr_director or s.is_admin or s.runs_cohort
    ),
    Place("my_program", pgettext_lazy("navigation of a trainee", "My program"), "route", "programs:my_program", lambda s: s.is_trainee),
    Place(
        "signoffs",
        pgettext_lazy("navigation", "Sign-off"),
        "inbox",
        "programs:sign_offs",
        lambda s: s.supports or s.is_hr_director or s.runs_cohort,
    ),
    Place("trainees", _("My trainees"), "users", "programs:my_trainees", lambda s: s.supports),
    Place("cohorts", _("Cohorts"), "grid", "programs:cohorts", lambda s: s.is_hr_director or s.runs_cohort),
    Place("templates", pgettext_lazy("navigation", "Templates"), "layers", "programs:templates", lambda s: s.is_hr_director),
    Place("mentoring", _("Mentoring"), "calendar", "mentorship:meetings", lambda s: s.is_trainee or s.supports),
    Place("projects", _("Practice projects"), "case", "projects:projects", lambda s: s.is_trainee or s.supports or s.is_hr_director),
    Place("idp", _("Development plan"), "target", "mentorship:my_plan", lambda s: s.is_trainee),
    Place("reviews", _("Reviews"), "award", "assessments:reviews", lambda s: s.is_trainee or s.is_reviewer or s.is_hr_director),
    Place("people", _("People"), "building", "organizations:people", lambda s: s.is_admin or s.is_hr_director),
    Place("reports", _("Reports"), "chart", "effectiveness:reports", lambda s: s.is_admin or s.is_hr_director),
    Place("settings", _("Settings"), "gear", "organizations:settings", lambda s: s.is_admin),
    Place("audit", _("Audit trail"), "history", "organizations:audit", lambda s: s.is_admin),
]


def standing(member: Member) -> Standing:
    """What this person is here: their organization roles, and by one query their relations."""
    running = [EnrollmentState.ACTIVE, EnrollmentState.PAUSED]
    own = Enrollment.objects.filter(trainee=member)
    supported = SupportRole.objects.filter(member=member, ended_at__isnull=True, enrollment__state__in=running)
    relations = (
        Member.objects.filter(pk=member.pk)
        .annotate(
            learns=Exists(own),
            helps=Exists(supported),
            manages=Exists(Cohort.objects.filter(manager=member)),
            deputizes=Exists(CohortDeputy.objects.filter(member=member)),
        )
        .values_list("learns", "helps", "manages", "deputizes")
        .first()
    )
    learns, helps, manages, deputizes = relations or (False, False, False, False)
    return Standing(
        is_admin=member.has_role(OrganizationRole.ADMIN),
        is_hr_director=member.has_role(OrganizationRole.HR_DIRECTOR),
        is_reviewer=member.has_role(OrganizationRole.REVIEWER),
        is_trainee=learns,
        supports=helps,
        runs_cohort=manages or deputizes,
    )


def address(url_name: str, slug: str = "") -> str:
    """The address of a page, or nothing where it does not exist (yet)."""
    for arguments in ({"slug": slug}, {}) if slug else ({},):
        try:
            return reverse(url_name, kwargs=arguments)
        except NoReverseMatch:
            continue
    return ""


def links(who: Standing, slug: str, path: str, counts: dict[str, int]) -> list[Link]:
    """Where this person can go, in order; the place one is at is the one with the longest matching address."""
    places = [(place, address(place.url_name, slug)) for place in PLACES if place.may(who)]
    places = [(place, href) for place, href in places if href]
    root = f"/o/{slug}/"
    above = [href for _place, href in places if path.startswith(href) and (href != root or path == root)]
    here = max(above, key=len, default="")
    # One more place than fits would cost a menu for itself alone.
    shown = len(places) if len(places) <= ON_THE_PHONE + 1 else ON_THE_PHONE
    return [
        Link(
            key=place.key,
            label=str(place.label),
            icon=place.icon,
            href=href,
            count=counts.get(place.key, 0),
            current="" if href != here else "page" if href == path else "true",
            is_deep=position >= shown,
        )
        for position, (place, href) in enumerate(places)
    ]
