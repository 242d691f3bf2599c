"""Settings of the organization, its calendar, and stand-ins."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from organizations import localized
from organizations.actions import change_settings, stand_in
from organizations.models import AuditEvent, AuditPayload, CalendarDay, DelegatedAuthority, Organization
from organizations.tenancy import tenant
from tests.queries import query_count

TODAY = date(2026, 3, 2)
VALUES = {
    "name_0": "恒岳零售",
    "name_1": "Hengyue Retail",
    "language": "zh-hans",
    "time_zone": "Asia/Shanghai",
    "calendar": "cn",
    "second_factor": "none",
    "budget_opens": "",
    "budget_closes": "",
    "planning_opens": "",
    "planning_closes": "",
}


@pytest.fixture
def admin(client, cast):
    return cast.sign_in(client, cast.admin)


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    error = refusal.value
    return error.code if hasattr(error, "code") else next(iter(error.error_dict.values()))[0].code


def save(admin, cast, **typed):
    seen = admin.get(cast.url("settings/")).context["form"].mark
    return admin.post(cast.url("settings/"), VALUES | {"seen": seen} | typed)


def test_settings_are_saved_and_the_trail_tells_what_changed(admin, cast):
    answer = save(admin, cast, name_1="Hengyue Retail", second_factor="staff", budget_opens="09-01", budget_closes="10-15")
    assert answer.headers["Location"] == cast.url("settings/")
    changed = Organization.objects.get(pk=cast.organization.pk)
    assert (changed.name.data, changed.second_factor, changed.budget_opens) == (
        {"zh-hans": "恒岳零售", "en": "Hengyue Retail"},
        "staff",
        "09-01",
    )
    payload = AuditPayload.objects.get()
    assert payload.before == {
        "name": {"zh-hans": "恒岳零售", "en": "Hengyue"},
        "second_factor": "none",
        "budget_opens": "",
        "budget_closes": "",
    }
    assert payload.after["second_factor"] == "staff"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name_0": "", "name_1": ""}, {"name"}),
        ({"name_0": "长" * 101}, {"name"}),
        ({"language": "fr"}, {"language"}),
        ({"time_zone": "Mars/Olympus"}, {"time_zone"}),
        ({"time_zone": "../../etc/passwd"}, {"time_zone"}),
        ({"calendar": "moon"}, {"calendar"}),
        ({"second_factor": "maybe"}, {"second_factor"}),
        ({"budget_opens": "13-01", "budget_closes": "10-15"}, {"budget_opens"}),
        ({"budget_opens": "09-01"}, {"budget_closes"}),
        ({"planning_closes": "09-01"}, {"planning_opens"}),
        ({"planning_opens": "9" * 5000, "planning_closes": "09-01"}, {"planning_opens"}),
    ],
)
def test_bad_settings_are_said_next_to_the_field_and_nothing_is_saved(admin, cast, typed, wrong):
    answer = save(admin, cast, **typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert not AuditEvent.objects.exists()


def test_hostile_names_are_text(admin, cast):
    save(admin, cast, name_0="<script>alert(1)</script>", name_1="<img src=x onerror=alert(1)>")
    page = admin.get(cast.url("settings/")).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_stale_form_is_shown_with_what_stands_now(admin, cast):
    seen = admin.get(cast.url("settings/")).context["form"].mark
    save(admin, cast, calendar="plain")
    stale = admin.post(cast.url("settings/"), VALUES | {"seen": seen, "time_zone": "Europe/Berlin"})
    assert stale.status_code == 422
    assert {error.code for errors in stale.context["form"].errors.as_data().values() for error in errors} == {"stale"}
    assert Organization.objects.get(pk=cast.organization.pk).calendar == "plain"


@pytest.mark.parametrize("part", ["director", "manager", "mentor", "trainee", "reviewer"])
def test_only_an_admin_changes_settings_and_calendar(client, cast, part):
    member = getattr(cast, part)
    cast.sign_in(client, member)
    assert [client.get(cast.url(path)).status_code for path in ("settings/", "settings/calendar/")] == [403, 403]
    assert [client.post(cast.url(path), VALUES).status_code for path in ("settings/", "settings/calendar/")] == [403, 403]
    with pytest.raises(PermissionDenied):
        change_settings.change(cast.organization, by=member, calendar="plain")
    with pytest.raises(PermissionDenied):
        change_settings.add_day(by=member, day=TODAY, is_working=False)


def test_the_other_organization_is_out_of_reach(client, cast):
    cast.sign_in(client, cast.outsider)
    assert client.get(cast.url("settings/")).status_code == 404
    day = change_settings.add_day(by=cast.admin, day=TODAY, is_working=False)
    assert client.post(f"/o/rival/settings/calendar/{day.pk}/remove/").status_code == 404
    with tenant(cast.rival.pk):
        assert Organization.objects.filter(pk=cast.organization.pk).update(calendar="plain") == 0


def test_days_of_ones_own_are_added_counted_and_removed(admin, cast):
    before = admin.get(cast.url("settings/calendar/?year=2026")).context["calendar"].working_days
    answer = admin.post(cast.url("settings/calendar/"), {"day": "2026-03-02", "is_working": "off", "reason": "公司年会"})
    assert answer.headers["Location"] == cast.url("settings/calendar/") + "?year=2026"
    page = admin.get(answer.headers["Location"])
    assert page.context["calendar"].working_days == before - 1
    assert "公司年会" in page.content.decode()
    entry = CalendarDay.objects.get()
    assert (entry.day, entry.is_working) == (TODAY, False)
    admin.post(cast.url(f"settings/calendar/{entry.pk}/remove/"))
    assert not CalendarDay.objects.exists()
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["calendar_changed", "calendar_changed"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"day": "", "is_working": "off"}, {"day"}),
        ({"day": "2026-02-30", "is_working": "off"}, {"day"}),
        ({"day": "yesterday", "is_working": "off"}, {"day"}),
        ({"day": "2026-03-02", "is_working": "perhaps"}, {"is_working"}),
        ({"day": "2026-03-02", "is_working": "off", "reason": "x" * 121}, {"reason"}),
        ({"day": "2026-03-03", "is_working": "off"}, {"__all__"}),
    ],
)
def test_bad_days_are_said_next_to_the_field(admin, cast, typed, wrong):
    change_settings.add_day(by=cast.admin, day=date(2026, 3, 3), is_working=True)
    answer = admin.post(cast.url("settings/calendar/"), typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert CalendarDay.objects.count() == 1


def test_two_who_add_one_day_at_once_get_one_winner(cast):
    change_settings.add_day(by=cast.admin, day=TODAY, is_working=False)
    assert refused(change_settings.add_day, by=cast.admin, day=TODAY, is_working=True) == "day_exists"


@pytest.mark.parametrize("year", ["", "0", "99999999999999", "x", "-1", "1999", "２０２６", "%00"])
def test_years_that_make_no_sense_are_this_year(admin, cast, year):
    assert admin.get(cast.url(f"settings/calendar/?year={year}")).context["calendar"].year == timezone.localdate().year


def test_the_calendar_costs_the_same_for_one_day_and_for_three(admin, cast):
    costs = []
    for n in range(3):
        change_settings.add_day(by=cast.admin, day=TODAY + timedelta(days=n), is_working=False)
        with query_count() as seen:
            admin.get(cast.url("settings/calendar/?year=2026"))
        costs.append(len(seen))
    assert costs[0] == costs[2] == 8


# ── Stand-ins ──


def name(cast, delegate=None, by=None, first=0, last=5):
    return stand_in.name(
        cast.mentor,
        delegate or cast.peer,
        by=by or cast.mentor,
        from_on=TODAY + timedelta(days=first),
        until_on=TODAY + timedelta(days=last),
        today=TODAY,
    )


def test_a_stand_in_is_named_and_ended(cast):
    delegation = name(cast)
    stand_in.end(delegation, by=cast.mentor)
    assert refused(stand_in.end, delegation, by=cast.mentor) == "ended"
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == ["authority_delegated", "authority_ended"]


def test_refusals_of_naming_a_stand_in(cast):
    assert refused(name, cast, first=3, last=2) == "ends_before_start"
    assert refused(name, cast, first=-9, last=-1) == "in_the_past"
    assert refused(name, cast, delegate=cast.mentor) == "oneself"
    cast.peer.ended_at = timezone.now()
    assert refused(name, cast, delegate=cast.peer) == "ended"
    name(cast, delegate=cast.hrbp)
    assert refused(name, cast, delegate=cast.sponsor, first=5, last=9) == "overlaps"
    name(cast, delegate=cast.sponsor, first=6, last=9)


def test_nobody_names_a_stand_in_for_another(cast):
    for part in ("admin", "director", "peer"):
        with pytest.raises(PermissionDenied):
            name(cast, by=getattr(cast, part))


def test_every_member_names_a_stand_in_on_their_page(client, cast):
    today = timezone.localdate()
    cast.sign_in(client, cast.trainee)
    url = cast.url("settings/stand-in/")
    answer = client.post(url, {"delegate": "周敏", "from_on": today.isoformat(), "until_on": (today + timedelta(days=3)).isoformat()})
    assert answer.headers["Location"] == url
    page = client.get(url)
    assert [one.delegate for one in page.context["stand_ins"].mine] == [cast.mentor]
    one = DelegatedAuthority.objects.get()
    others = client.__class__()
    cast.sign_in(others, cast.mentor)
    assert [one.member for one in others.get(url).context["stand_ins"].for_others] == [cast.trainee]
    assert others.post(cast.url(f"settings/stand-in/{one.pk}/end/")).status_code == 404
    assert client.post(cast.url(f"settings/stand-in/{one.pk}/end/")).headers["Location"] == url
    one.refresh_from_db()
    assert one.ended_at is not None


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"delegate", "from_on", "until_on"}),
        ({"delegate": "nobody", "from_on": "2099-01-01", "until_on": "2099-01-02"}, {"delegate"}),
        ({"delegate": "周敏", "from_on": "2099-01-02", "until_on": "2099-01-01"}, {"until_on"}),
        ({"delegate": "周敏", "from_on": "2020-01-01", "until_on": "2020-01-02"}, {"until_on"}),
        ({"delegate": "林予安", "from_on": "2099-01-01", "until_on": "2099-01-02"}, {"delegate"}),
        ({"delegate": "outsider@rival.example", "from_on": "2099-01-01", "until_on": "2099-01-02"}, {"delegate"}),
        ({"delegate": "x" * 5000, "from_on": "9" * 50, "until_on": "<b>"}, {"delegate", "from_on", "until_on"}),
    ],
)
def test_bad_stand_ins_are_said_next_to_the_field(client, cast, typed, wrong):
    answer = cast.sign_in(client, cast.trainee).post(cast.url("settings/stand-in/"), typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert not DelegatedAuthority.objects.exists()


def test_names_are_localized_texts_everywhere(cast):
    change_settings.change(cast.organization, by=cast.admin, name=localized.text("新名", "New"))
    assert AuditPayload.objects.get().after == {"name": {"zh-hans": "新名", "en": "New"}}
