"""Cohorts: the list, opening one, one cohort's page, who runs it, who cannot be signed for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.actions.change_relations import change_relation
from programs.models import Cohort, CohortDeputy, DeliverableKind, TemplateVersion
from programs.queries.cohort_page import Filters, figures, standings, trainee_rows
from programs.queries.route_gaps import cohort_gaps
from tests.cast import make_member
from tests.factories.programs import START, draft_version, enroll_cast, make_cohort
from tests.programs.test_sign_off import decide, hand_in
from tests.queries import query_count

EVERYBODY = [
    "trainee",
    "peer",
    "mentor",
    "other_mentor",
    "line_manager",
    "manager",
    "other_manager",
    "director",
    "admin",
    "reviewer",
    "sponsor",
    "business_head",
    "outsider",
]

# Those who do not even see that there is such a cohort.
STRANGERS = set(EVERYBODY) - {"director", "manager", "sponsor"}


@pytest.fixture
def enrollment(cast):
    """In a cohort with a sponsor; somebody else manages another one."""
    other = make_cohort(cast, name="另一班")
    Cohort.objects.filter(pk=other.pk).update(manager=cast.training_manager)
    return enroll_cast(cast, make_cohort(cast, version=TemplateVersion.objects.get(), sponsor=cast.sponsor))


def member_of(cast, part):
    return {"outsider": cast.outsider, "other_manager": cast.training_manager}.get(part) or cast.people[part]


def url(cast, name, *args):
    return reverse(f"programs:{name}", args=[cast.organization.slug, *args])


def statuses(client, cast, path, parts=EVERYBODY, data=None):
    """What everybody is answered, by status: {200: {...}, 403: {...}}."""
    found: dict[int, set] = {}
    for part in parts:
        cast.sign_in(client, member_of(cast, part))
        answer = client.get(path) if data is None else client.post(path, data)
        found.setdefault(answer.status_code, set()).add(part)
    return found


# ── The list ──


def test_the_list_is_for_who_runs_or_sponsors_a_cohort(client, cast, enrollment):
    assert statuses(client, cast, url(cast, "cohorts")) == {
        200: {"manager", "other_manager", "director", "sponsor"},
        403: {"trainee", "peer", "mentor", "other_mentor", "line_manager", "admin", "reviewer", "business_head"},
        404: {"outsider"},
    }


def test_everybody_sees_their_own_cohorts_alone(client, cast, enrollment):
    CohortDeputy.objects.create(cohort=enrollment.cohort, member=cast.reviewer)
    found = {}
    for part in ("manager", "other_manager", "director", "sponsor", "reviewer"):
        answer = cast.sign_in(client, member_of(cast, part)).get(url(cast, "cohorts"))
        found[part] = {(row.name, row.trainees) for row in answer.context["cohorts"].object_list}
    autumn, other = ("2026 秋季班", 1), ("另一班", 0)
    assert found == {"manager": {autumn}, "other_manager": {other}, "director": {autumn, other}, "sponsor": {autumn}, "reviewer": {autumn}}


def test_a_refusal_names_who_can_help(client, cast, enrollment):
    answer = cast.sign_in(client, cast.mentor).get(url(cast, "cohorts"))
    assert "孙静" in answer.content.decode()


def test_the_list_costs_the_same_however_long_it_is(client, cast, enrollment):
    cast.sign_in(client, cast.director)

    def cost():
        client.get(url(cast, "cohorts"))
        with query_count() as seen:
            client.get(url(cast, "cohorts"))
        return len(seen)

    few = cost()
    for number in range(30):
        make_cohort(cast, version=enrollment.cohort.version, name=f"班 {number}")
    assert (few, cost()) == (10, 10)


# ── Opening one ──


def new_cohort(version, **changes):
    data = {"name": "2027 春季班", "version": version.pk, "start_on": "2027-03-01", "calendar": "cn", "manager": "何芳", "sponsor": ""}
    return data | changes


def test_only_the_hr_director_opens_a_cohort(client, cast, enrollment):
    data = new_cohort(enrollment.cohort.version)
    others = [part for part in EVERYBODY if part not in ("director", "outsider")]
    assert statuses(client, cast, url(cast, "open_cohort")) == {200: {"director"}, 403: set(others), 404: {"outsider"}}
    assert statuses(client, cast, url(cast, "open_cohort"), others, data) == {403: set(others)}
    assert statuses(client, cast, url(cast, "open_cohort"), ["outsider"], data) == {404: {"outsider"}}
    assert not Cohort.objects.filter(name="2027 春季班").exists()


def test_a_cohort_is_opened_and_enrolling_comes_next(client, cast, enrollment):
    answer = cast.sign_in(client, cast.director).post(
        url(cast, "open_cohort"), new_cohort(enrollment.cohort.version, sponsor="sponsor@hengyue.example")
    )
    cohort = Cohort.objects.get(name="2027 春季班")
    assert (answer.status_code, answer["Location"]) == (302, url(cast, "enroll", cohort.pk))
    assert (cohort.manager, cohort.sponsor, cohort.start_on, cohort.calendar, cohort.state) == (
        cast.manager,
        cast.sponsor,
        date(2027, 3, 1),
        "cn",
        "planned",
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "班" * 121}, "name"),
        ({"name": "2026 秋季班"}, "name"),
        ({"version": ""}, "version"),
        ({"version": "999999"}, "version"),
        ({"version": "<b>"}, "version"),
        ({"start_on": ""}, "start_on"),
        ({"start_on": "gestern"}, "start_on"),
        ({"start_on": "1926-03-01"}, "start_on"),
        ({"start_on": "2126-03-01"}, "start_on"),
        ({"calendar": "lunar"}, "calendar"),
        ({"manager": "谁"}, "manager"),
        ({"manager": "outsider@rival.example"}, "manager"),
        ({"sponsor": "<script>alert(1)</script>"}, "sponsor"),
    ],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(client, cast, enrollment, change, field):
    cast.sign_in(client, cast.director)
    answer = client.post(url(cast, "open_cohort"), new_cohort(enrollment.cohort.version) | change)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Cohort.objects.count() == 2
    assert "<script>alert(1)" not in answer.content.decode()
    if field != "name":
        assert "2027 春季班" in answer.content.decode()


def test_a_draft_takes_no_cohort(client, cast):
    version = draft_version()
    answer = cast.sign_in(client, cast.director).post(url(cast, "open_cohort"), new_cohort(version))
    assert (answer.status_code, Cohort.objects.count()) == (422, 0)
    assert 'name="start_on"' not in client.get(url(cast, "open_cohort")).content.decode()  # nothing to choose: to the templates


def test_two_people_of_one_name_are_told_apart_by_number(client, cast, enrollment):
    cast.hrbp.name, cast.peer.name = "王伟", "王伟"
    cast.hrbp.employee_number = "HY-7"
    cast.hrbp.save(update_fields=["name", "employee_number"])
    cast.peer.save(update_fields=["name"])
    cast.sign_in(client, cast.director)
    refused = client.post(url(cast, "open_cohort"), new_cohort(enrollment.cohort.version, manager="王伟"))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["manager"])
    client.post(url(cast, "open_cohort"), new_cohort(enrollment.cohort.version, manager="hy-7"))
    assert Cohort.objects.get(name="2027 春季班").manager == cast.hrbp


# ── One cohort ──


def test_a_cohort_opens_for_who_runs_it_and_its_sponsor(client, cast, enrollment):
    seeing = {"manager", "director", "sponsor"}
    assert statuses(client, cast, url(cast, "cohort", enrollment.cohort_id)) == {200: seeing, 404: set(EVERYBODY) - seeing}


def test_the_sponsor_sees_figures_and_no_names(client, cast, enrollment):
    page = cast.sign_in(client, cast.sponsor).get(url(cast, "cohort", enrollment.cohort_id)).content.decode()
    assert "林予安" not in page
    assert url(cast, "enroll", enrollment.cohort_id) not in page
    page = cast.sign_in(client, cast.manager).get(url(cast, "cohort", enrollment.cohort_id)).content.decode()
    assert ("林予安" in page, "周敏" in page, "赵晓峰" in page) == (True, True, True)


def test_figures_count_who_is_late_returned_and_waiting(cast):
    cohort = make_cohort(cast)
    first, second = enroll_cast(cast, cohort), enroll_cast(cast, cohort, trainee=cast.peer)
    decide(hand_in(cast, first), "returned", cast.mentor, note="补上来源")
    hand_in(cast, second, by=cast.peer)

    on_time = figures(standings(cohort, START))
    late = figures(standings(cohort, START + timedelta(days=400)))

    assert (on_time.trainees, on_time.on_time, on_time.late, on_time.returned, on_time.waiting) == (2, 2, 0, 1, 1)
    assert (on_time.done, on_time.total) == (0, 14)
    assert (late.on_time, late.late) == (0, 2)


def test_the_worst_comes_first_and_filters_leave_what_is_the_matter(cast):
    cohort = make_cohort(cast)
    enroll_cast(cast, cohort, trainee=cast.peer)
    decide(hand_in(cast, enroll_cast(cast, cohort)), "returned", cast.mentor, note="补上来源")
    found = standings(cohort, START)

    def shown(**filters):
        return [row.standing.name for row in trainee_rows(found, Filters(**filters), 1, timezone.now()).object_list]

    assert shown() == ["林予安", "许博文"]
    assert shown(matter="returned") == ["林予安"]
    assert shown(words="许") == ["许博文"]
    assert shown(words="许", matter="returned") == []
    assert Filters.read("  许   博 " + "x" * 200, "everything") == Filters(("许 博 " + "x" * 200)[:80], "")


def test_a_row_says_phase_people_and_what_waits_for_whom(cast, enrollment):
    hand_in(cast, enrollment)
    [row] = trainee_rows(standings(enrollment.cohort, START), Filters(), 1, timezone.now()).object_list
    assert (row.phase_number, row.phase, row.mentors, row.line_managers) == (1, "第1阶段", ("周敏",), ("赵晓峰",))
    assert [(wait.key, wait.who) for wait in row.waits] == [("D1", ("周敏",))]


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_however_many_there_are(client, cast, enrollment, count):
    for number in range(count - 1):
        enroll_cast(cast, enrollment.cohort, trainee=make_member(f"学员{number}", f"t{number}@hengyue.example"))
    cast.sign_in(client, cast.manager)
    path = url(cast, "cohort", enrollment.cohort_id)
    client.get(path)
    with query_count() as seen:
        answer = client.get(path + "?q=&matter=")
    assert len(answer.context["trainees"].object_list) == count
    assert len(seen) == 12


@pytest.mark.parametrize("query", ["?q=<script>alert(1)</script>", "?matter=<b>", "?page=-1", "?page=999", "?q=" + "x" * 5000])
def test_strange_addresses_are_answered_calmly(client, cast, enrollment, query):
    answer = cast.sign_in(client, cast.manager).get(url(cast, "cohort", enrollment.cohort_id) + query)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.content.decode()


# ── Who runs it ──


def test_settings_are_changed_by_the_director_and_deputies_by_the_manager_too(client, cast, enrollment):
    path = url(cast, "cohort_settings", enrollment.cohort_id)
    assert statuses(client, cast, path) == {
        200: {"director", "manager"},
        403: {"sponsor"},
        404: set(EVERYBODY) - {"director", "manager", "sponsor"},
    }
    data = {"name": "秋季班", "manager": "许博文", "sponsor": ""}
    others = [part for part in EVERYBODY if part != "director"]
    assert statuses(client, cast, path, others, data) == {403: {"manager", "sponsor"}, 404: set(others) - {"manager", "sponsor"}}

    answer = cast.sign_in(client, cast.director).post(path, data)

    cohort = Cohort.objects.get(pk=enrollment.cohort_id)
    assert (answer.status_code, cohort.name, cohort.manager, cohort.sponsor) == (302, "秋季班", cast.peer, None)


@pytest.mark.parametrize(("change", "field"), [({"name": ""}, "name"), ({"name": "另一班"}, "name"), ({"manager": "谁"}, "manager")])
def test_a_refused_change_stays_on_the_page(client, cast, enrollment, change, field):
    cast.sign_in(client, cast.director)
    path = url(cast, "cohort_settings", enrollment.cohort_id)
    answer = client.post(path, {"name": "秋季班", "manager": "何芳", "sponsor": ""} | change)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_deputies_have_the_managers_rights_and_name_no_others(client, cast, enrollment):
    path = url(cast, "cohort_deputies", enrollment.cohort_id)
    data = {"deputies-deputies": "钱立\npeer@hengyue.example"}
    others = [part for part in EVERYBODY if part not in ("director", "manager")]
    assert statuses(client, cast, path, others, data) == {403: {"sponsor"}, 404: set(others) - {"sponsor"}}

    assert cast.sign_in(client, cast.manager).post(path, data).status_code == 302

    assert set(CohortDeputy.objects.values_list("member__name", flat=True)) == {"钱立", "许博文"}
    assert statuses(client, cast, url(cast, "cohort", enrollment.cohort_id), ["reviewer", "peer"]) == {200: {"reviewer", "peer"}}
    assert statuses(client, cast, path, ["reviewer"], {"deputies-deputies": "林予安"}) == {403: {"reviewer"}}
    cast.sign_in(client, cast.director).post(path, {"deputies-deputies": ""})
    assert CohortDeputy.objects.count() == 0


@pytest.mark.parametrize("words", ["何芳", "谁", "outsider@rival.example", "周敏\n谁"])
def test_a_deputy_is_somebody_else_from_here(client, cast, enrollment, words):
    path = url(cast, "cohort_deputies", enrollment.cohort_id)
    answer = cast.sign_in(client, cast.director).post(path, {"deputies-deputies": words})
    assert (answer.status_code, CohortDeputy.objects.count()) == (422, 0)
    assert answer.context["deputies_form"].errors["deputies"]


# ── Who signs ──


def test_who_signs_is_shown_to_who_runs_the_cohort(client, cast, enrollment):
    path = url(cast, "cohort_signers", enrollment.cohort_id)
    assert statuses(client, cast, path) == {
        200: {"director", "manager"},
        403: {"sponsor"},
        404: set(EVERYBODY) - {"director", "manager", "sponsor"},
    }


def gaps(cohort):
    return [(gap.key, gap.trainees) for gap in cohort_gaps(cohort)]


def test_with_everybody_named_nothing_is_missing(cast, enrollment):
    assert gaps(enrollment.cohort) == []


def test_a_missing_mentor_is_said_for_those_who_lack_one(cast, enrollment):
    other = enroll_cast(cast, enrollment.cohort, trainee=cast.peer)
    change_relation(other, "mentor", [], by=cast.manager, today=START)

    found = gaps(enrollment.cohort)

    assert found == [(key, ("许博文",)) for key in ("D1", "D5", "D6", "D20", "C3")]


def test_one_person_in_two_roles_is_a_gap_where_no_hrbp_could_be_the_second(cast, enrollment):
    change_relation(enrollment, "line_manager", [cast.mentor], by=cast.manager, today=START)
    assert gaps(enrollment.cohort) == []
    change_relation(enrollment, "hrbp", [], by=cast.manager, today=START)
    assert gaps(enrollment.cohort) == [("D5", ("林予安",))]


def test_a_step_that_only_its_author_could_take_is_a_gap(cast):
    version = draft_version()
    DeliverableKind.objects.filter(version=version, key="D1").update(
        author="line_manager", route=[{"kind": "agree", "roles": ["trainee"]}, {"kind": "approve", "roles": ["mentor"]}]
    )
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))
    assert gaps(enrollment.cohort) == []

    change_relation(enrollment, "hrbp", [], by=cast.manager, today=START)
    change_relation(enrollment, "mentor", [cast.line_manager], by=cast.manager, today=START)
    assert ("D1", ("林予安",)) in gaps(enrollment.cohort)

    change_relation(enrollment, "line_manager", [], by=cast.manager, today=START)
    assert ("D1", ("林予安",)) in gaps(enrollment.cohort)  # nobody writes it


def test_a_cohort_of_another_organization_is_not_found(client, cast, enrollment):
    cast.sign_in(client, cast.outsider)
    slug = cast.rival.slug
    for name in ("cohort", "cohort_signers", "cohort_settings", "enroll"):
        assert client.get(reverse(f"programs:{name}", args=[slug, enrollment.cohort_id])).status_code == 404
