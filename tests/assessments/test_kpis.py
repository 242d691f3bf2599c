"""KPI values: worked out from typed figures with a source, confirmed by a business head by name."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.actions import record_kpi
from assessments.models import KpiValue
from notifications.models import Notification
from tests.assessments.test_cycle import codes
from tests.assessments.world import make_world
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
    for part in ("mentor", "line_manager", "business_head", "reviewer", "admin"):
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
    assert len(none) <= 17
