"""What the frame of every page shows: places, organizations, unread notices. Asked for only when it is drawn,
so a fragment costs nothing."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import connection
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from config.templating import navigation
from home.queries.standing import Standing, standing
from notifications.models import Notification
from organizations.models import Member
from organizations.prepared import Prepared
from organizations.queries.own_memberships import own_memberships
from organizations.vocabulary import OrganizationRole
from programs.queries.sign_off_queue import waiting_count
from programs.vocabulary import Role


@dataclass(frozen=True)
class OtherLanguage:
    """The language one can switch to, named in itself."""

    code: str
    tag: str
    name: str


@dataclass(frozen=True)
class OtherOrganization:
    """One entry of the switcher."""

    name: str
    href: str
    is_current: bool


class Shell:
    """The frame of one page for one request. Signed out, or outside an organization, it is empty and asks nothing."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.member: Member | None = getattr(request, "member", None)
        self.organization = getattr(request, "organization", None)

    @property
    def can_ask(self) -> bool:
        """Whether there is a person to ask about; an error page inside a broken transaction asks nothing."""
        return self.member is not None and not connection.needs_rollback

    @property
    def slug(self) -> str:
        return self.organization.slug if self.organization else ""

    @cached_property
    def nav(self) -> list[navigation.Link]:
        """Places of this person. A view that knows a number says it: `request.nav_counts = {"signoffs": 3}`."""
        if not self.can_ask:
            return []
        counts = dict(getattr(self.request, "nav_counts", {}))
        if "signoffs" not in counts and self.standing.has_queue:
            counts["signoffs"] = waiting_count(self.member, timezone.localdate())
        return navigation.links(self.standing, self.slug, self.request.path, counts)

    @cached_property
    def standing(self) -> Standing:
        """What this person is here. A view that has asked already says so: `request.standing`."""
        if not self.can_ask:
            return Standing()
        return getattr(self.request, "standing", None) or standing(self.member, timezone.localdate())

    @property
    def deep_nav(self) -> list[navigation.Link]:
        """Places that a phone shows under "More"."""
        return [link for link in self.nav if link.is_deep]

    @property
    def is_deep_current(self) -> bool:
        return any(link.current for link in self.deep_nav)

    @cached_property
    def memberships(self) -> list[Member]:
        """All organizations this person belongs to, this one first."""
        if not self.can_ask or not self.request.user.is_authenticated:
            return []
        return sorted(own_memberships(self.request.user.pk), key=lambda member: member.pk != self.member.pk)

    @property
    def organizations(self) -> list[OtherOrganization]:
        """The switcher: where else this person belongs."""
        return [
            OtherOrganization(
                name=str(member.organization.name),
                href=navigation.address("home:home", member.organization.slug) or f"/o/{member.organization.slug}/",
                is_current=member.pk == self.member.pk,
            )
            for member in self.memberships
        ]

    @cached_property
    def unread(self) -> int:
        """Notices not read yet."""
        if not self.can_ask:
            return 0
        return UNREAD.first(self.member.pk) or 0

    @property
    def role_line(self) -> str:
        """What one is here, under one's name: job title and organization role or, without one, trainee."""
        if self.member is None:
            return ""
        roles = [OrganizationRole(role).label for role in self.member.roles if role != OrganizationRole.MEMBER]
        if not roles and self.standing.is_trainee:
            roles = [Role.TRAINEE.label]
        # A title that is the name of the role says it once.
        said = {str(part).casefold(): str(part) for part in [*reversed(roles), self.member.title] if part}
        return " · ".join(reversed(said.values()))

    @property
    def other_language(self) -> OtherLanguage:
        if (get_language() or settings.LANGUAGE_CODE).startswith("zh"):
            return OtherLanguage("en", "en", "English")
        return OtherLanguage("zh-hans", "zh-Hans", "中文")

    @property
    def lang(self) -> str:
        """The language of the page as HTML names it."""
        return "zh-Hans" if (get_language() or settings.LANGUAGE_CODE).startswith("zh") else "en"

    @property
    def theme(self) -> str:
        """light or dark when this browser chose one; else the system decides."""
        wish = self.request.COOKIES.get("theme", "")
        return wish if wish in {"light", "dark"} else ""

    def _address(self, *url_names: str) -> str:
        return next((found for name in url_names if (found := navigation.address(name, self.slug))), "")

    @property
    def home_url(self) -> str:
        return (self._address("home:home") if self.slug else "") or self._address("organizations:switch") or "/"

    @property
    def search_url(self) -> str:
        return self._address("home:search") if self.slug else ""

    @property
    def notices_url(self) -> str:
        return self._address("notifications:notices", "notifications:list") if self.slug else ""

    @property
    def switch_url(self) -> str:
        return self._address("organizations:switch")

    @property
    def account_url(self) -> str:
        return self._address("organizations:my_account", "organizations:account", "account_email")

    @property
    def language_url(self) -> str:
        return self._address("organizations:language", "set_language")

    @property
    def theme_url(self) -> str:
        return self._address("theme")


def _unread(recipient: int) -> QuerySet:
    counted = Notification.objects.filter(recipient=recipient, read_at__isnull=True).values("recipient")
    return counted.annotate(count=Count("pk")).values_list("count", flat=True)


UNREAD = Prepared(_unread, int)


def shell(request: HttpRequest) -> dict:
    """Gives every template `shell`, and the organization and person of this request."""
    frame = Shell(request)
    return {"shell": frame, "organization": frame.organization, "member": frame.member}
