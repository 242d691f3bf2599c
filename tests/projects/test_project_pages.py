"""The pages of practice projects: list, choice, project, plan, measures, risks; by role, with bad input, at a fixed cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programs.models import Deliverable
from projects.actions import choose_project
from projects.models import Measure, MeasureValue, Milestone, PracticeProject, Risk
from tests.factories.programs import make_cohort, work_of
from tests.factories.projects import approve_deliverable, chosen_project, gate_of, in_project_phase, pass_gate, version_with_projects
from tests.queries import query_count


@pytest.fixture
def enrollment(cast):
    return in_project_phase(cast)


@pytest.fixture
def project(cast, enrollment):
    return chosen_project(cast, enrollment)


def text(answer) -> str:
    return answer.content.decode()


def page(cast, project, rest="") -> str:
    return cast.url(f"projects/{project.pk}/{rest}")


def test_the_way_from_the_task_to_a_project(client, cast, enrollment):
    cast.sign_in(client, cast.trainee)
    task = cast.url(f"tasks/{work_of(enrollment, '3.a').pk}/")
    choose = cast.url(f"projects/choose/{work_of(enrollment, '3.a').pk}/")
    assert choose in text(client.get(task))
    assert choose in text(client.get(cast.url("projects/")))
    shown = text(client.get(choose))
    assert "3.A" in shown and "3.B" in shown and "D14" in shown

    refused = client.post(choose, {"kind": "3.C", "name": "", "sponsor": "没有这个人", "problem": "客诉太多"})
    assert refused.status_code == 422
    assert "客诉太多" in text(refused) and "没有这个人" in text(refused)
    insider = client.post(choose, {"kind": "3.B", "name": "店长上岗", "sponsor": "周敏"})
    assert insider.status_code == 422 and "培训团队" in text(insider)
    assert PracticeProject.objects.count() == 0

    answer = client.post(choose, {"kind": "3.B", "name": "店长上岗 60 天", "sponsor": "高远", "problem": ""}, follow=True)
    assert "店长上岗 60 天" in text(answer)
    assert client.get(choose).headers["Location"] == page(cast, PracticeProject.objects.get())
    assert choose in text(client.get(task)) and "D11" in text(client.get(task))


def test_only_the_trainee_chooses(client, cast, enrollment):
    choose = cast.url(f"projects/choose/{work_of(enrollment, '3.a').pk}/")
    cast.sign_in(client, cast.mentor)
    assert client.get(choose).status_code == 200
    assert client.post(choose, {"kind": "3.B", "name": "替他选"}).status_code == 403
    assert client.get(cast.url(f"projects/choose/{work_of(enrollment, '2.1.d').pk}/")).status_code == 404
    cast.sign_in(client, cast.peer)
    assert client.get(choose).status_code == 404


def test_d11_is_handed_in_from_the_project(client, cast, project):
    cast.sign_in(client, cast.trainee)
    row = Deliverable.objects.get(work=project.work, kind__key="D11")
    task = f"{cast.url(f'tasks/{project.work_id}/')}?d={row.pk}"
    assert task in text(client.get(page(cast, project)))
    assert client.get(task).status_code == 200
    answer = client.post(cast.url(f"deliverables/{row.pk}/submit/"), {"points": "要点", "revision": "0"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == "submitted"


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("trainee", 200),
        ("mentor", 200),
        ("line_manager", 200),
        ("sponsor", 200),
        ("director", 200),
        ("manager", 200),
        ("peer", 404),
        ("admin", 404),
    ],
)
def test_who_sees_a_project(client, cast, project, part, status):
    cast.sign_in(client, cast.people[part])
    assert client.get(page(cast, project)).status_code == status
    assert (project.name in text(client.get(cast.url("projects/")))) == (status == 200)


def test_who_does_not_lead_changes_nothing(client, cast, project):
    milestone, measure = project.milestones.first(), project.measures.first()
    cast.sign_in(client, cast.mentor)
    for rest in ("edit/", "kind/", "milestones/new/", f"milestones/{milestone.pk}/", "risks/new/", f"measures/{measure.pk}/"):
        assert client.get(page(cast, project, rest)).status_code == 403
        assert client.post(page(cast, project, rest), {"name": "x"}).status_code == 403
    cast.sign_in(client, cast.outsider)
    assert client.get(f"/o/{cast.rival.slug}/projects/{project.pk}/").status_code == 404


def test_the_page_says_where_it_stands(client, cast, project):
    Risk.objects.create(project=project, name="讲师都在大促期值班", probability=4, impact=5)
    MeasureValue.objects.create(measure=project.measures.first(), value=3, on=project.start_on, source="系统", by=cast.trainee)
    project.measures.update(baseline=4, target=2)
    cast.sign_in(client, cast.mentor)
    shown = text(client.get(page(cast, project)))
    assert "1 项高风险还没有应对办法" in shown
    assert "50%" in shown
    assert "4 × 5" in shown
    assert 'class="gantt"' in shown
    assert "G1 通过" in shown


def test_a_milestone_moves_until_g1_and_is_forecast_after_it(client, cast, project):
    milestone = project.milestones.get(key="problem")
    cast.sign_in(client, cast.trainee)
    address = page(cast, project, f"milestones/{milestone.pk}/")
    typed = {"name": "问题写成指标", "planned_on": "2026-09-10", "depends_on": "", "forecast_on": "", "actual_on": ""}
    stale = client.post(address, typed | {"seen": "something else"})
    assert stale.status_code == 422 and "2026-09-10" in text(stale)
    seen = stale.context["form"].data["seen"]
    assert client.post(address, typed | {"seen": seen}).status_code == 302
    milestone.refresh_from_db()
    assert milestone.planned_on.isoformat() == "2026-09-10"
    assert milestone.name.data == {"zh-hans": "问题写成指标", "en": "Problem put as a measure"}

    for wrong in ({"planned_on": "9999-12-31"}, {"planned_on": "x"}, {"actual_on": (timezone.localdate() + timedelta(days=3)).isoformat()}):
        refused = client.post(address, typed | {"seen": client.get(address).context["form"].mark} | wrong)
        assert refused.status_code == 422 and next(iter(wrong.values())) in text(refused)

    other = project.milestones.get(key="charter")
    circle = client.post(address, typed | {"seen": client.get(address).context["form"].mark, "depends_on": other.pk})
    assert circle.status_code == 422

    pass_gate(cast, project, "G1")
    assert "planned_on" not in client.get(address).context["form"].fields
    mark = client.get(address).context["form"].mark
    assert client.post(address, {"name": "问题写成指标", "forecast_on": "2026-09-20", "seen": mark}).status_code == 302
    assert Milestone.objects.get(pk=milestone.pk).baseline_on.isoformat() == "2026-09-10"


def test_measures_take_figures_that_stay(client, cast, project):
    measure = project.measures.get()
    cast.sign_in(client, cast.trainee)
    address = page(cast, project, f"measures/{measure.pk}/")
    mark = client.get(address).context["form"].mark
    answer = client.post(address, {"name": "客诉", "unit": "次/月", "baseline": "4.1", "target": "2", "source": "系统", "seen": mark})
    assert answer.status_code == 302
    today = timezone.localdate()
    for wrong in ({"value": "NaN"}, {"value": "1e400"}, {"on": (today + timedelta(days=1)).isoformat()}, {"source": ""}):
        refused = client.post(f"{address}values/", {"value": "3", "on": today.isoformat(), "source": "系统"} | wrong)
        assert refused.status_code == 422
    assert client.post(f"{address}values/", {"value": "3.05", "on": today.isoformat(), "source": "系统"}).status_code == 302
    assert "50%" in text(client.get(page(cast, project)))
    assert Measure.objects.get().values.count() == 1
    for _press in range(2):
        assert client.post(page(cast, project, "measures/new/"), {"name": "行为转化率", "unit": "%"}).status_code == 302
        assert client.post(f"{address}values/", {"value": "3.05", "on": today.isoformat(), "source": "系统"}).status_code == 302
    assert (Measure.objects.count(), MeasureValue.objects.count()) == (2, 1)


def test_risks_are_written_down_and_closed(client, cast, project):
    cast.sign_in(client, cast.trainee)
    refused = client.post(page(cast, project, "risks/new/"), {"name": "大促期没有讲师", "probability": "6", "impact": "", "owner": "谁"})
    assert refused.status_code == 422 and "大促期没有讲师" in text(refused)
    typed = {"name": "大促期没有讲师", "probability": "4", "impact": "4", "response": "8 月前录好", "owner": "罗琳"}
    # A button pressed twice adds one.
    assert [client.post(page(cast, project, "risks/new/"), typed).status_code for _press in range(2)] == [302, 302]
    risk = Risk.objects.get()
    assert (risk.owner, risk.state) == (cast.training_manager, "open")
    address = page(cast, project, f"risks/{risk.pk}/")
    mark = client.get(address).context["form"].mark
    assert client.post(address, typed | {"state": "closed", "seen": mark}).status_code == 302
    assert "不再是风险" in text(client.get(page(cast, project)))


def test_facts_and_sponsor_are_edited_and_answered(client, cast, project):
    cast.sign_in(client, cast.trainee)
    address = page(cast, project, "edit/")
    form = client.get(address).context["form"]
    typed = {
        "name": "新店长上岗",
        "problem": "客诉 4.1 次",
        "sponsor": "马骏",
        "last_session_on": "2026-11-30",
        "figures_owner": "罗琳",
        "seen": form.mark,
    }
    assert client.post(address, typed).status_code == 302
    final = Deliverable.objects.get(work=project.work, kind__key="D14", number=2)
    assert final.due_on.isoformat() == "2027-02-28"
    shown = text(client.get(page(cast, project)))
    assert "罗琳" in shown and "2027年2月28日" in shown

    cast.sign_in(client, cast.business_head)
    assert "请你担任这个项目的发起人" in text(client.get(page(cast, project)))
    refused = client.post(page(cast, project, "sponsor/"), {"note": "", "decline": ""})
    assert refused.status_code == 422
    assert client.post(page(cast, project, "sponsor/"), {"note": "", "accept": ""}).status_code == 302
    project.refresh_from_db()
    assert (project.sponsor, project.accepted_at is not None) == (cast.business_head, True)
    cast.sign_in(client, cast.mentor)
    assert client.post(page(cast, project, "sponsor/"), {"accept": ""}).status_code == 403


def test_the_kind_changes_on_its_page(client, cast, project):
    cast.sign_in(client, cast.trainee)
    assert client.post(page(cast, project, "kind/"), {"kind": "3.A"}).status_code == 302
    project.refresh_from_db()
    assert project.kind.key == "3.A"
    approve_deliverable(cast, project, "D11")
    refused = client.post(page(cast, project, "kind/"), {"kind": "3.B"})
    assert refused.status_code == 422 and "项目类型不能再改" in text(refused)


def test_closing_says_what_is_missing(client, cast, project):
    cast.sign_in(client, cast.trainee)
    answer = client.post(page(cast, project, "close/"), follow=True)
    assert "还缺" in text(answer)
    cast.sign_in(client, cast.sponsor)
    assert client.post(page(cast, project, "close/")).status_code == 403


def three(cast):
    """Three projects that the director sees."""
    cohort = make_cohort(cast, version=version_with_projects(), name="项目班")
    for trainee in (cast.trainee, cast.peer, cast.other_mentor):
        enrollment = in_project_phase(cast, trainee, cohort)
        yield chosen_project(cast, enrollment)


def test_the_list_costs_the_same_for_one_and_for_three(client, cast):
    projects = three(cast)
    next(projects)
    cast.sign_in(client, cast.director)
    address = cast.url("projects/")
    client.get(address)
    with query_count() as one:
        client.get(address)
    assert len(list(projects)) == 2
    with query_count() as more:
        client.get(address)
    assert len(one) == len(more) == 17
    shown = text(client.get(address, {"state": "running"}))
    assert "没有符合条件的项目" in shown
    assert client.get(address, {"state": "x", "kind": "\0", "page": "-1"}).status_code == 200


def test_a_project_costs_the_same_however_much_is_in_it(client, cast, project):
    cast.sign_in(client, cast.mentor)
    client.get(page(cast, project))
    with query_count() as bare:
        client.get(page(cast, project))
    for number in range(3):
        Risk.objects.create(project=project, name=f"风险 {number}", probability=3, impact=3, owner=cast.trainee)
        measure = Measure.objects.create(project=project, position=number + 2, name=f"指标 {number}")
        MeasureValue.objects.create(measure=measure, value=number, on=project.start_on, source="系统", by=cast.trainee)
    with query_count() as full:
        client.get(page(cast, project))
    assert len(bare) == len(full) == 26


def test_someone_elses_parts_are_not_found_under_ones_own_project(client, cast, project):
    other = chosen_project(cast, in_project_phase(cast, cast.peer, project.enrollment.cohort))
    cast.sign_in(client, cast.trainee)
    for rest in (f"milestones/{other.milestones.first().pk}/", f"measures/{other.measures.first().pk}/"):
        assert client.get(page(cast, project, rest)).status_code == 404
    assert client.get(cast.url(f"gates/{gate_of(other, 'G1').pk}/")).status_code == 404


def test_a_trainee_with_a_stopped_project_chooses_again(client, cast, enrollment, project):
    PracticeProject.objects.filter(pk=project.pk).update(state="stopped", ended_at=timezone.now())
    cast.sign_in(client, cast.trainee)
    choose = cast.url(f"projects/choose/{project.work_id}/")
    assert client.get(choose).status_code == 200
    assert choose in text(client.get(cast.url("projects/")))
    choose_project.choose(project.work, project.kind, name="第二个", by=cast.trainee, today=project.start_on)
    assert client.get(choose).status_code == 302
