"""Cohorts of the demo: opened, filled, and each trainee's path ready to be told."""

from dataclasses import dataclass
from datetime import date

from config.demo.company import Company
from config.demo.path import Kinds, Path
from organizations import clock
from organizations.tenancy import tenant
from programs.actions.enroll import NewTrainee, enroll
from programs.actions.open_cohort import open_cohort
from programs.models import Cohort, Enrollment, TemplateVersion
from programs.vocabulary import Role


@dataclass
class Group:
    """One cohort with the paths of its trainees."""

    cohort: Cohort
    paths: dict[str, Path]


def start_cohort(company: Company, days_ago: int, trainees: list[str]) -> Group:
    """A cohort that began so many working days ago (begins in so many, where negative); people were enrolled a week before.

    It runs on the version that was the newest by then.
    """
    days, people, cast = company.days, company.people, company.cast
    start = days.ago(days_ago)
    enrolled = min(days.moment(days.shift(start, -6), "14:20"), days.recently(90))
    with tenant(company.organization.pk), clock.at(enrolled):
        version = TemplateVersion.objects.filter(published_at__lte=enrolled).order_by("number").last()
        kinds = Kinds.of(version.pk)
        cohort = open_cohort(
            version,
            name=_name(company, start),
            start_on=start,
            calendar=company.organization.calendar,
            manager=people[cast["cohort_manager"]],
            sponsor=people[cast["sponsor"]],
            by=company.director,
        )
        new = [NewTrainee(people[who].pk, _support(company, who)) for who in trainees]
        # On the day it starts, so that what opens with it is open.
    opened = min(max(enrolled, days.moment(start, "08:50")), days.recently(60))
    with tenant(company.organization.pk), clock.at(opened):
        enroll(cohort, new, by=people[cast["cohort_manager"]], today=opened.date())
        enrollments = {one.trainee_id: one for one in Enrollment.objects.filter(cohort=cohort).select_related("cohort", "trainee")}
        return Group(cohort, {who: Path(company, who, enrollments[people[who].pk], kinds) for who in trainees})


def _name(company: Company, start: date) -> str:
    words = company.words
    name = words["cohort"].format(year=start.year, month=words["months"][start.month - 1])
    return words["cohort_again"].format(name=name) if Cohort.objects.filter(name=name).exists() else name


def _support(company: Company, who: str) -> dict[str, list[int]]:
    own = company.texts["trainees"][who]
    ids = {key: member.pk for key, member in company.people.items()}
    # A mentor who is proposed to someone is their mentor only once both have said yes.
    mentor = {} if own.get("is_proposed") else {Role.MENTOR: [ids[own["mentor"]]]}
    return {
        **mentor,
        Role.HRBP: [ids[own["hrbp"]]],
        Role.BUSINESS_HEAD: [ids[key] for key in company.cast["business_heads"]],
        Role.TRAINING_MANAGER: [ids[key] for key in company.cast["training_managers"]],
        Role.SPONSOR: [ids[company.cast["sponsor"]]],
    }
