"""Each organization's program: the built-in one copied, fitted to the company, published, and the next draft begun."""

from typing import Any

from django.utils import translation
from i18nfield.strings import LazyI18nString

from config.demo.company import Company
from organizations import clock
from organizations.tenancy import tenant
from programs.actions import copy_template, edit_template, publish_version, reshape_template, start_draft
from programs.models import TemplateVersion


def make_program(company: Company) -> TemplateVersion:
    """Tell of the program's versions; answers the published one on which cohorts start. Source: content/*/program.toml."""
    told = company.texts["program"]
    version = None
    for number, part in enumerate(told["versions"], start=1):
        day = company.days.ago(part["days_ago"])
        with tenant(company.organization.pk), translation.override(company.language):
            with clock.at(company.days.moment(day, "10:15")):
                if version is None:
                    version = copy_template.copy_template(LazyI18nString(told["name"]), by=company.director)
                else:
                    version = start_draft.start_draft(version, by=company.director)
            with clock.at(company.days.moment(day, "11:40")):
                _edit(company, version, part)
            if number < len(told["versions"]):
                with clock.at(company.days.moment(company.days.shift(day, 2), "16:05")):
                    published = publish_version.publish_version(version, by=company.director)
    return published


def _edit(company: Company, version: TemplateVersion, part: dict[str, Any]) -> None:
    for added in part.get("tasks", []):
        version.refresh_from_db()
        key = reshape_template.add_task(version, added["module"], added["name"], by=company.director, revision=version.revision)
        version.refresh_from_db()
        edit_template.edit_part(version, "task", key, added["values"], by=company.director, revision=version.revision)
    for kind, key, values in part["edits"]:
        version.refresh_from_db()
        edit_template.edit_part(version, kind, key, values, by=company.director, revision=version.revision)
    version.refresh_from_db()
