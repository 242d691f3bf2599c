"""The places a person can go to, by what they are here. A place whose page does not exist yet is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.queries.standing import Standing

# Work has addresses of its own; it belongs to one's own programme, or to those whom one supports.
WORK = ("tasks/", "deliverables/", "submissions/")
ON_THE_PHONE = 4  # places in the bottom bar; the rest stands under "More"


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
    Place("home", _("Home"), "home", "home:home", lambda s: not s.only_learns),
    Place("my_program", pgettext_lazy("navigation of a trainee", "My program"), "route", "programs:my_program", lambda s: s.is_trainee),
    Place("signoffs", pgettext_lazy("navigation", "Sign-off"), "inbox", "programs:sign_offs", lambda s: s.has_queue),
    Place("trainees", _("My trainees"), "users", "programs:my_trainees", lambda s: s.reads_trainees),
    Place("cohorts", _("Cohorts"), "grid", "programs:cohorts", lambda s: s.is_hr_director or s.runs_cohort),
    Place("sponsoring", pgettext_lazy("navigation", "Sponsoring"), "flag", "programs:sponsoring", lambda s: s.sponsors),
    Place("business", _("Confirmations"), "check-circle", "programs:business", lambda s: s.heads_business),
    Place("templates", pgettext_lazy("navigation", "Templates"), "layers", "programs:templates", lambda s: s.is_hr_director),
    Place(
        "mentoring",
        _("Mentoring"),
        "calendar",
        "mentorship:meetings",
        lambda s: s.is_trainee or s.supports or s.is_hr_director or s.runs_cohort,
    ),
    Place("projects", _("Practice projects"), "case", "projects:projects", lambda s: s.is_trainee or s.supports or s.is_hr_director),
    Place("toolkit", _("Training toolkit"), "book", "effectiveness:toolkit", lambda s: s.is_trainee or s.supports or s.is_hr_director),
    Place("idp", _("Development plan"), "target", "mentorship:my_plan", lambda s: s.is_trainee),
    Place(
        "reviews",
        _("Reviews"),
        "award",
        "assessments:reviews",
        lambda s: s.is_trainee or s.is_reviewer or s.is_hr_director or s.runs_cohort or s.supports,
    ),
    Place("people", _("People"), "building", "organizations:people", lambda s: s.is_admin or s.is_hr_director),
    Place("reports", _("Reports"), "chart", "assessments:reports", lambda s: s.is_admin or s.is_hr_director),
    Place("settings", _("Settings"), "gear", "organizations:settings", lambda s: s.is_admin),
    Place("audit", _("Audit trail"), "history", "organizations:audit", lambda s: s.is_admin),
]


@lru_cache(maxsize=4096)  # a page asks for some thirty, and they change with the code alone
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
    if path.startswith(tuple(root + work for work in WORK)) and who.is_trainee != who.reads_trainees:
        above += [href for place, href in places if place.key in ("my_program", "trainees")]
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
