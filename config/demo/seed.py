"""Makes the demo's data: both companies, their programs, cohorts and everything that has happened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation

from assessments.actions.remind import sweep as sweep_reviews
from config.demo import hengyue, nordhamn
from config.demo.accounts import DOMAINS, PASSWORDS
from config.demo.cohorts import Group, start_cohort
from config.demo.company import Company, open_company
from config.demo.conditions import keep_conditions
from config.demo.mentoring import pair, write_profiles
from config.demo.path import tell
from config.demo.planning import keep_worksheets
from config.demo.sessions import hold_sessions
from config.demo.template import make_program
from mentorship.actions import remind_of_mentoring
from notifications.models import Notification
from organizations import clock
from organizations.models import Organization
from organizations.tenancy import tenant
from programs.actions.advance import advance
from programs.actions.remind import remind
from projects.actions.remind import remind as remind_of_projects

COMPANIES: dict[str, tuple[str, ModuleType]] = {"hengyue": ("zh", hengyue), "nordhamn": ("en", nordhamn)}
# Working days; what is older was read on the day it came.
UNREAD_DAYS = 3
PROFILES_DAYS_AGO = 215


def is_there() -> bool:
    """Whether the demo's data has been made."""
    return Organization.objects.filter(slug__in=COMPANIES).exists()


@transaction.atomic
def seed(say: Callable[[str], None], now: datetime | None = None) -> None:
    """Make all of it, or nothing. `say` is told how far it is, `now` is the moment from which the story looks back."""
    now = now or timezone.now()
    for slug in COMPANIES:
        make(slug, say, now)


def make(slug: str, say: Callable[[str], None], now: datetime) -> None:
    """Make one of the companies, inside a transaction."""
    language, story = COMPANIES[slug]
    company = open_company(language, DOMAINS[slug], PASSWORDS[slug], now)
    say(f"  {company.organization.slug}: {len(company.people)} people")
    version = make_program(company)
    say(f"  {slug}: version {version.number} of the program is published")
    with translation.override(company.language):
        with tenant(company.organization.pk):
            write_profiles(company, PROFILES_DAYS_AGO)
        groups = [_start(company, ago, trainees) for ago, trainees in story.COHORTS.items()]
        with tenant(company.organization.pk):
            story.name_stand_in(company)
            story.tell(company, groups)
            hold_sessions({who: path for group in groups for who, path in group.paths.items()})
            keep_worksheets({who: path for group in groups for who, path in group.paths.items()})
            for group in groups:
                keep_conditions(group)
                tell(group.paths.values())
                say(f"  {slug}: {group.cohort.name}, {len(group.paths)} trainees")
            _bring_up_to_date(company, groups)


def _start(company: Company, ago: int, trainees: list[str]) -> Group:
    group = start_cohort(company, ago, trainees)
    evening = company.days.moment(company.days.shift(company.days.ago(ago), -6), "18:30")
    with tenant(company.organization.pk), clock.at(min(evening, company.days.recently(55))):
        pair(group)
    return group


def _bring_up_to_date(company: Company, groups: list[Group]) -> None:
    """What the daily sweeps have done until this morning, and what has been read and sent since."""
    days = company.days
    with connection.cursor() as cursor:
        # Nothing is known yet about tables that were filled within this transaction: loops in loops might take for ever.
        cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")
        for day in (days.ago(1), days.last_day):
            if days.has_come(moment := days.moment(day, "08:40")):
                with clock.at(moment):
                    remind(day)
                    remind_of_mentoring.remind(moment, day)
                    remind_of_projects(day)
                    sweep_reviews(day)
        cursor.execute("SELECT set_config('enable_nestloop', 'on', true)")
    with clock.at(days.recently(5)):
        for group in groups:
            for path in group.paths.values():
                advance(path.enrollment, days.today)
    told = Notification.objects.all()
    told.update(planned_at=F("created_at"))
    read = told.filter(created_at__lt=days.moment(days.ago(UNREAD_DAYS), "00:00"))
    read.update(read_at=F("created_at") + timedelta(hours=2))
