"""Gates and conditions: to those whose turn it is, before and after the day, each once."""

from datetime import date, timedelta

import pytest

from notifications.models import Notification
from programs.models import Enrollment
from projects import paths
from projects.actions.hold_gate import NewCondition
from projects.actions.remind import remind
from projects.jobs import sweep_projects
from tests.factories.projects import call_gate, chosen_project, gate_of, give, in_project_phase

G1 = date(2026, 9, 17)


@pytest.fixture
def project(cast):
    project = chosen_project(cast, in_project_phase(cast))
    Notification.objects.all().delete()
    return project


def told(kind):
    return sorted(Notification.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def test_three_working_days_before_a_gate_trainee_and_reviewers_are_told_once(cast, project):
    assert remind(date(2026, 9, 11)) == 0
    assert remind(date(2026, 9, 14)) == 4
    assert told("gate_soon") == ["吴越", "周敏", "林予安", "高远"]
    assert remind(date(2026, 9, 15)) == 0
    assert Notification.objects.first().path == paths.gate(gate_of(project, "G1").pk)


def test_an_overdue_gate_is_told_to_those_with_whom_it_lies(cast, project):
    gate = call_gate(project, "G1")
    give(gate, cast.mentor)
    Notification.objects.all().delete()
    assert remind(G1 + timedelta(days=1)) == 2
    assert told("gate_overdue") == ["吴越", "高远"]


def test_conditions_are_told_to_their_owner(cast, project):
    gate = call_gate(project, "G1")
    give(gate, cast.mentor, "go_with_conditions", (NewCondition("补基线", cast.line_manager.pk, date(2026, 9, 10)),))
    give(gate, cast.sponsor)
    give(gate, cast.hrbp)
    assert told("condition_set") == ["赵晓峰"]
    remind(date(2026, 9, 8))
    remind(date(2026, 9, 11))
    remind(date(2026, 9, 14))
    assert (told("condition_soon"), told("condition_overdue")) == (["赵晓峰"], ["赵晓峰"])


def test_nobody_is_told_on_a_day_off_or_while_paused(cast, project):
    assert remind(date(2026, 9, 12)) == 0
    Enrollment.objects.update(state="paused")
    assert remind(date(2026, 9, 14)) == 0


def test_the_sweep_runs_for_one_organization(cast, project):
    sweep_projects(cast.organization.pk)
    assert Notification.objects.filter(recipient=cast.outsider).count() == 0


def test_paths_are_the_addresses(cast, project):
    from django.urls import reverse

    slug = cast.organization.slug
    assert cast.url(paths.project(5)) == reverse("projects:project", args=[slug, 5])
    assert cast.url(paths.gate(5)) == reverse("projects:gate", args=[slug, 5])
