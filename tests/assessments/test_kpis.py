"""KPI values: worked out from typed figures with a source, confirmed by a business head by name."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.actions import record_kpi
from assessments.models import KpiValue
from assessments.queries.kpi_sources import gathered
from effectiveness.models import Attendee
from notifications.models import Notification
from organizations import clock
from organizations.tenancy import tenant
from projects.models import MeasureValue
from tests.assessments.test_cycle import codes
from tests.assessments.world import TODAY, close, freeze, make_world
from tests.cast import make_member
from tests.factories.planning import annual_plan, results_study
from tests.factories.programs import START
from tests.factories.projects import chosen_project, in_project_phase
from tests.factories.sessions import NAMES, PAIRS, hold
from tests.queries import query_count

GOAL = {"baseline": Decimal("6.0"), "target": Decimal("4.0"), "actual": Decimal("4.6")}


@pytest.fixture
def world(cast):
    return make_world(cast)


def write(world, key="K7", figures=GOAL, source="销售日报", note="", by=None):
    return record_kpi.record_kpi(world.review, key, figures, source=source, note=note, by=by or world.cast.trainee)


def test_a_value_is_worked_out_kept_with_its_figures_and_put_before_the_business_head(cast, world):
    row = write(world)
    assert (row.value, row.unit, row.source, row.inputs) == (
        Decimal("70.0"),
        "percent",
        "销售日报",
        {"baseline": "6.0", "target": "4.0", "actual": "4.6"},
    )
    assert Notification.objects.filter(kind="kpi_to_confirm", recipient=cast.business_head).count() == 1


def test_without_a_figure_one_says_why(cast, world):
    with pytest.raises(ValidationError) as refusal:
        write(world, figures={}, source="", note=" ")
    assert codes(refusal) == {"note": "reason_missing"}
    row = write(world, figures={}, source="", note="90 天数据 10 月 12 日才到")
    assert (row.value, row.note) == (None, "90 天数据 10 月 12 日才到")


def test_a_value_names_its_source(cast, world):
    with pytest.raises(ValidationError) as refusal:
        write(world, source=" ")
    assert codes(refusal) == {"source": "source_missing"}
    with pytest.raises(ValidationError) as refusal:
        write(world, figures=GOAL | {"target": Decimal("6.0")})
    assert codes(refusal) == {"target": "no_distance"}


def test_who_writes_and_who_confirms(cast, world):
    for part in ("mentor", "business_head", "reviewer", "admin"):
        with pytest.raises(PermissionDenied):
            write(world, by=cast.people[part])
    row = write(world, by=cast.manager)
    for part in ("trainee", "mentor", "line_manager", "director", "manager"):
        with pytest.raises(PermissionDenied):
            record_kpi.confirm(row, seen=record_kpi.stamp(row), by=cast.people[part])
    record_kpi.confirm(row, seen=record_kpi.stamp(row), by=cast.business_head)
    assert KpiValue.objects.get().confirmed_by == cast.business_head


def test_a_change_takes_the_confirmation_away_and_an_old_page_confirms_nothing(cast, world):
    row = write(world)
    seen = record_kpi.stamp(row)
    record_kpi.confirm(row, seen=seen, by=cast.business_head)
    newer = write(world, figures=GOAL | {"actual": Decimal("4.0")})
    assert (newer.value, newer.confirmed_by) == (Decimal("100.0"), None)
    with pytest.raises(ValidationError) as refusal:
        record_kpi.confirm(newer, seen=seen, by=cast.business_head)
    assert codes(refusal) == "changed"


def test_on_the_page_the_trainee_writes_and_the_business_head_confirms(cast, client, world):
    cast.sign_in(client, cast.trainee)
    refused = client.post(world.url("kpis/K7/"), {"baseline": "6", "target": "6", "actual": "5", "source": "销售日报"})
    assert (refused.status_code, "销售日报" in refused.text, "目标等于基线" in refused.text) == (422, True, True)
    sent = {"baseline": "6.0", "target": "4.0", "actual": "4.6", "source": "销售日报"}
    assert client.post(world.url("kpis/K7/"), sent).status_code == 302
    assert "70%" in client.get(world.url("kpis/")).text
    cast.sign_in(client, cast.business_head)
    page = client.get(world.url("kpis/"))
    seen = next(line.stamp for line in page.context["lines"] if line.key == "K7")
    assert client.post(world.url("kpis/K7/confirm/"), {"seen": seen}).status_code == 302
    assert cast.business_head.name in client.get(world.url("kpis/")).text
    assert client.get(world.url("kpis/K7/")).status_code == 403
    assert client.get(world.url("kpis/K99/")).status_code == 403


def test_a_kpi_that_is_none_is_not_there(cast, client, world):
    cast.sign_in(client, cast.trainee)
    assert client.get(world.url("kpis/K99/")).status_code == 404


def test_the_page_asks_the_same_for_none_and_three(cast, client, world):
    cast.sign_in(client, cast.trainee)
    client.get(world.url("kpis/"))
    with query_count() as none:
        client.get(world.url("kpis/"))
    for key in ("K1", "K4", "K5"):
        write(world, key, {}, "", "还没有")
    with query_count() as three:
        client.get(world.url("kpis/"))
    assert (len(none), len(three)) == (len(none), len(none))
    assert len(none) <= 24


def test_counting_costs_the_same_however_much_there_is(cast, client, world):
    cast.sign_in(client, cast.trainee)
    counts = []
    for _time in range(2):
        hold(cast, NAMES, minutes=[60] * 6, scores=PAIRS, answers=(5,) * 5)
        annual_plan(world.enrollment)
        with query_count() as seen:
            client.get(world.url("kpis/"))
        counts.append(len(seen))
    assert counts == [24, 24]


# ── What the product counts ──


def lines(client, world) -> dict:
    return {line.key: line for line in client.get(world.url("kpis/")).context["lines"]}


def test_sessions_surveys_and_tests_are_proposed_with_their_rows(cast, client, world):
    hold(cast, NAMES, minutes=[60, 60, 60, 60, 48, 30], scores=PAIRS, answers=(5, 4, 4, 3, 5))
    hold(cast, NAMES[:2], minutes=[60, 0], answers=(1,))
    found = lines(cast.sign_in(client, cast.trainee), world)
    assert {key: line.found.said for key, line in found.items() if line.found} == {"K1": "66.7%", "K2": "80%", "K3": "80%"}
    assert [said for _what, said in found["K1"].found.rows] == ["6 人中 5 人参加时长达到 80%", "2 人中 1 人参加时长达到 80%"]
    assert [said for _what, said in found["K2"].found.rows] == ["好评率 80%、均值 4.2（满分 5）、5 份答卷、回收率 83%"]
    page = client.get(world.url("kpis/")).text
    assert "另有 1 场未计入" in page and "请手工填写并注明来源：启阶按“效果研究中观察的目标行为”统计" in page
    assert not KpiValue.objects.exists()


def test_a_person_who_left_is_in_neither_figure(cast, client, world):
    session = hold(cast, NAMES[:5], minutes=[60] * 5)
    gone = make_member("已离职", "gone@hengyue.example")
    Attendee.objects.create(session=session, member=gone, name=gone.name, came="came", minutes=60)
    assert gathered(world.enrollment, TODAY)["K1"].figures == {"attended": 6, "target": 6}
    gone.ended_at = clock.now()
    gone.save(update_fields=["ended_at"])
    assert gathered(world.enrollment, TODAY)["K1"].figures == {"attended": 5, "target": 5}


def test_a_proposal_is_taken_over_as_it_stands_or_put_right_with_a_reason(cast, client, world):
    hold(cast, NAMES, minutes=[60, 60, 60, 60, 48, 30])
    cast.sign_in(client, cast.line_manager)
    form = client.get(world.url("kpis/K1/")).context["form"]
    sent = {name: str(form[name].value()) for name in ("attended", "target", "source")}
    assert sent == {"attended": "5", "target": "6", "source": "启阶中 1 场的签到"}
    assert client.post(world.url("kpis/K1/"), sent).status_code == 302
    assert (KpiValue.objects.get().value, KpiValue.objects.get().entered_by) == (Decimal("83.3"), cast.line_manager)

    cast.sign_in(client, cast.trainee)
    refused = client.post(world.url("kpis/K1/"), sent | {"target": "10"})
    assert refused.status_code == 422
    assert "启阶统计为 83.3%。你填的不同，请说明原因。" in refused.text and 'value="10"' in refused.text
    assert KpiValue.objects.get().value == Decimal("83.3")
    assert client.post(world.url("kpis/K1/"), sent | {"target": "10", "note": "立项书里的目标是 10 人"}).status_code == 302
    page = client.get(world.url("kpis/")).text
    assert ("50%" in page, "立项书里的目标是 10 人" in page, "启阶今天统计为 83.3%" in page) == (True, True, True)


def test_what_changed_since_the_page_was_shown_is_not_taken_over_unseen(cast, client, world):
    hold(cast, NAMES, minutes=[60] * 6)
    cast.sign_in(client, cast.trainee)
    sent = {"attended": "6", "target": "6", "source": "签到"}
    hold(cast, ["新人"], minutes=[20])
    assert client.post(world.url("kpis/K1/"), sent).status_code == 422
    assert not KpiValue.objects.exists()


def test_projects_and_studies_are_proposed(cast, client):
    enrollment = in_project_phase(cast)
    project = chosen_project(cast, enrollment)
    results_study(enrollment)
    world = make_world(cast, enrollment=enrollment)
    first, second, *_rest = project.milestones.all()
    for milestone, reached in ((first, START), (second, START + timedelta(days=40))):
        milestone.baseline_on, milestone.actual_on = START, reached
        milestone.save()
    measure = project.measures.get()
    measure.baseline, measure.target = Decimal(6), Decimal(4)
    measure.save()
    MeasureValue.objects.create(measure=measure, value=Decimal("4.6"), on=START, source="周报", by=cast.trainee)
    found = lines(cast.sign_in(client, cast.trainee), world)
    assert {key: line.found.said for key, line in found.items() if line.found} == {
        "K4": "50%",
        "K5": "50%",
        "K7": "70%",
        "K8": "60–100%",
    }
    assert found["K7"].found.rows == [("店长上岗 60 天 · 客诉", "基线 6，目标 4，当前 4.6")]
    page = client.get(world.url("kpis/")).text
    assert "采用并由业务负责人确认后才算数" in page and "只有本人看到、不并入：3" in page

    figures = {name: str(value) for name, value in found["K8"].found.figures.items()}
    assert client.post(world.url("kpis/K8/"), figures | {"source": "效果研究"}).status_code == 302
    page = cast.sign_in(client, cast.business_head).get(world.url("kpis/")).text
    assert "60–100%" in page and "上级或专家估计" in page


def test_a_return_is_not_proposed_without_a_report_that_it_belongs_to(cast, world):
    results_study(world.enrollment)
    assert set(gathered(world.enrollment, TODAY)) == {"K4"}


def test_a_key_result_of_the_plan_stands_in_where_there_is_no_measure(cast, world):
    annual_plan(world.enrollment)
    goal = gathered(world.enrollment, TODAY)["K7"]
    assert (goal.said, len(goal.rows)) == ("50%", 2)


@pytest.mark.parametrize("part", ["mentor", "line_manager", "manager", "director", "business_head"])
def test_rows_are_for_those_who_read_the_programme(cast, client, world, part):
    sees = part != "business_head"
    hold(cast, NAMES, minutes=[60] * 6)
    page = cast.sign_in(client, cast.people[part]).get(world.url("kpis/"))
    assert ("补货三问" in page.text, "100%" in page.text) == (sees, sees)


def test_another_company_finds_nothing(cast, client, world):
    hold(cast, NAMES, minutes=[60] * 6)
    assert cast.sign_in(client, cast.outsider).get(world.url("kpis/")).status_code == 404
    with tenant(cast.rival.pk):
        assert gathered(world.enrollment, TODAY) == {}


def test_at_the_freeze_only_what_needs_no_business_head_is_taken_over(cast, world):
    hold(cast, NAMES, minutes=[60] * 6, answers=(5, 4, 4, 3, 5))
    annual_plan(world.enrollment)
    write(world, "K2", {}, "", "问卷只覆盖一场")
    close(world)
    freeze(world)
    assert {row.key: row.value for row in KpiValue.objects.all()} == {"K1": 100, "K2": None}
