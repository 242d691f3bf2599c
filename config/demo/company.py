"""One of the demo's organizations, opened with all its people: each is added, given roles and lets themselves in."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from i18nfield.strings import LazyI18nString

from config.demo.days import Days, pick
from config.demo.texts import read
from organizations import clock
from organizations.actions import accept_invitation, change_roles, change_settings, invite, issue_sign_in_code, person, sign_in_by_number
from organizations.actions.open_organization import open_organization
from organizations.models import Invitation, Member, Organization, User
from organizations.rules.working_calendar import WorkingCalendar
from organizations.tenancy import tenant
from organizations.vocabulary import OrganizationRole, SecondFactor

# Long before the first cohort, so that nobody acts before they are there.
OPENED_DAYS_AGO = 260


@dataclass
class Company:
    """An organization of the demo while its story is told."""

    organization: Organization
    texts: dict[str, Any]
    days: Days
    people: dict[str, Member] = field(default_factory=dict)
    director: Member | None = None

    @property
    def language(self) -> str:
        """The language in which its people write."""
        return self.organization.language

    @property
    def cast(self) -> dict[str, Any]:
        """Who is what to all trainees, by their keys."""
        return self.texts["cast"]

    @property
    def words(self) -> dict[str, Any]:
        """Names of cohorts and files."""
        return self.texts["words"]

    def facts_of(self, who: str) -> dict[str, str]:
        """The words that stand for the writer in their texts."""
        own, person = self.texts["trainees"][who], self.texts["people"][who]
        names = {role: self.people[own[role]].name for role in ("mentor", "hrbp")}
        return {
            **self.texts["topics"][own["topic"]],
            **own,
            **names,
            "name": person["name"],
            "region": person["department"],
            "line_manager": self.people[person["manager"]].name,
            "budget_year": str(self.days.today.year + 1),
        }


def open_company(language: str, domain: str, password: str, now) -> Company:
    """Open the organization whose texts are in this language. Its people sign in with `<e-mail>@<domain>` and the password.

    Only the demo opens an organization without second factor.
    """
    texts = read(language)
    facts, people = texts["organization"], texts["people"]
    days = Days(WorkingCalendar(facts["calendar"]), facts["time_zone"], now)
    opened = days.moment(days.ago(OPENED_DAYS_AGO), "09:10")
    admin = next(key for key, one in people.items() if "admin" in one.get("roles", ()))
    with clock.at(opened):
        organization, invitation = open_organization(
            facts["slug"],
            LazyI18nString(facts["name"]),
            admin_name=people[admin]["name"],
            admin_email=f"{people[admin]['email']}@{domain}",
            language=facts["language"],
            time_zone=facts["time_zone"],
            second_factor=SecondFactor.NONE,
        )
    company = Company(organization, texts, days)
    with tenant(organization.pk), clock.at(opened):
        company.people[admin] = _let_in(invitation, language=facts["language"])
        company.organization = change_settings.change(
            organization, by=company.people[admin], currency=facts["currency"], calendar=facts["calendar"], **facts["windows"]
        )
    for key in sorted(people, key=lambda key: _rank(people, key)):
        joined = days.moment(days.ago(OPENED_DAYS_AGO - 1 - pick(key, 20)), key=key)
        with tenant(organization.pk), clock.at(joined):
            _bring_in(company, key, by=company.people[admin], domain=domain)
    with tenant(organization.pk):
        _set_passwords(company, password)
    company.director = next(one for one in company.people.values() if one.has_role(OrganizationRole.HR_DIRECTOR))
    return company


def _rank(people: dict, key: str) -> int:
    """How many people stand above someone: whoever manages is there before those they manage."""
    above, rank = people[key].get("manager"), 0
    while above:
        above, rank = people[above].get("manager"), rank + 1
    return rank


def _bring_in(company: Company, key: str, *, by: Member, domain: str) -> None:
    facts = company.texts["people"][key]
    wanted = {
        "name": facts["name"],
        "email": f"{facts['email']}@{domain}" if facts["email"] else "",
        "employee_number": facts["number"],
        "title": facts["title"],
        "department": facts["department"],
        "line_manager": company.people.get(facts.get("manager", "")),
    }
    if key in company.people:
        company.people[key] = person.edit(company.people[key], by=by, **wanted)
        return
    member = person.add(by=by, **wanted)
    if facts.get("roles"):
        change_roles.change(member, facts["roles"], by=by)
    if member.email:
        company.people[key] = _let_in(invite.send(member, by=by), language=company.language)
    else:
        code = issue_sign_in_code.issue(member, by=by)
        sign_in_by_number.prove(company.organization.slug, member.employee_number, code)
        company.people[key] = Member.objects.get(pk=member.pk)


def _let_in(invitation: Invitation, *, language: str) -> Member:
    """Someone follows their invitation. The mail was sent that day; nobody is to send it again."""
    invitation.sent_at = clock.now()
    invitation.save(update_fields=["sent_at"])
    accept_invitation.with_new_account(invitation, name=invitation.member.name, language=language, password=None)
    return Member.objects.select_related("user").get(pk=invitation.member_id)


def _set_passwords(company: Company, password: str) -> None:
    """Everybody's is the same, so it is hashed once: the hash takes a tenth of a second by intention."""
    users = [member.user_id for member in company.people.values()]
    User.objects.filter(pk__in=users).update(password=make_password(password), language=company.language)
