"""The trainees one supports: who is shown to whom, in which order, and what each of them waits for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from programs.actions.change_relations import change_relation
from programs.actions.enroll import NewTrainee, enroll
from programs.actions.submit_work import submit
from programs.models import DeliverableKind, Enrollment, TaskWork, TemplateVersion
from programs.queries.my_trainees import Filters, counts_of, trainees_of
from tests.cast import make_member
from tests.factories.programs import START, deliverable_of, draft_version, enroll_cast, make_cohort, work_of
from tests.queries import query_count

NO_FILTER = Filters()


@pytest.fixture
def cohort(cast):
    return make_cohort(cast)


@pytest.fixture
def enrollment(cast, cohort):
    return enroll_cast(cast, cohort)


@pytest.fixture
def page_of(cast, client):
    """Opens the page as somebody."""

    def open_as(member, query=""):
        cast.sign_in(client, member)
        return client.get(cast.url(f"my/trainees/{query}"))

    return open_as


def enroll_more(cast, cohort, count, first=1):
    """Further trainees of the cast's mentor, by name 学员1 …"""
    people = [make_member(f"学员{n}", f"more{n}@hengyue.example") for n in range(first, first + count)]
    support = {"mentor": [cast.mentor.pk], "hrbp": [cast.hrbp.pk]}
    pks = enroll(cohort, [NewTrainee(person.pk, support) for person in people], by=cast.manager, today=START)
    return list(Enrollment.objects.select_related("cohort", "trainee").filter(pk__in=pks).order_by("pk"))


def seen_by(member, today=START, filters=NO_FILTER):
    return list(trainees_of(member, counts_of(member), filters, today))


def finish(enrollment, **facts):
    """All work of a trainee lies far ahead, but for what the test says."""
    TaskWork.objects.filter(enrollment=enrollment).update(due_on=START + timedelta(days=300), **facts)


def make_late(enrollment, key, days):
    TaskWork.objects.filter(enrollment=enrollment, task__key=key).update(
        planned_start_on=START - timedelta(days=90), due_on=START - timedelta(days=days), state="open"
    )


def test_those_who_read_the_programme_see_the_trainee_and_nobody_else_does(cast, enrollment):
    assert {part: [row.name for row in seen_by(member)] for part, member in cast.people.items()} == {part: [] for part in cast.people} | {
        part: ["林予安"] for part in ("mentor", "line_manager", "hrbp", "training_manager")
    }


def test_a_row_says_role_phase_and_cohort(cast, cohort, enrollment):
    [row] = seen_by(cast.hrbp)

    assert (row.enrollment_id, row.cohort_id, row.cohort, row.roles, row.phase_number, row.phase) == (
        enrollment.pk, cohort.pk, "2026 秋季班", ("hrbp",), 1, "第1阶段",
    )  # fmt: skip
    assert (row.late, row.late_key, row.returned, row.waits, row.last_at) == (0, None, 0, (), None)


def test_the_one_with_most_late_tasks_comes_first_then_late_for_longest(cast, cohort):
    calm, longest, most, later = enroll_more(cast, cohort, 4)
    for each in (calm, longest, most, later):
        finish(each)
    make_late(longest, "1.2.a", 30)
    make_late(later, "1.2.a", 3)
    make_late(most, "1.2.a", 2)
    make_late(most, "1.1.a", 9)

    rows = [(row.name, row.late, row.late_key, row.late_since) for row in seen_by(cast.mentor)]

    assert rows == [
        ("学员3", 2, "1.1.a", START - timedelta(days=9)),
        ("学员2", 1, "1.2.a", START - timedelta(days=30)),
        ("学员4", 1, "1.2.a", START - timedelta(days=3)),
        ("学员1", 0, None, None),
    ]


def test_work_that_waits_for_a_signer_is_not_late(cast, enrollment):
    finish(enrollment)
    submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)
    TaskWork.objects.filter(pk=work_of(enrollment, "1.1.a").pk).update(
        planned_start_on=START - timedelta(days=9), due_on=START - timedelta(days=2)
    )

    [row] = seen_by(cast.mentor)

    assert (row.late, [(wait.key, wait.people, wait.is_mine) for wait in row.waits]) == (0, [("D1", ("周敏",), True)])
    assert row.last_at is not None


def test_the_others_read_on_whom_it_waits(cast, enrollment):
    submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)

    [row] = seen_by(cast.line_manager)

    assert (row.mine, row.others.key, row.others.who) == (None, "D1", "周敏")


def test_a_private_deliverable_is_named_to_the_mentor_alone(cast):
    version = draft_version()
    DeliverableKind.objects.filter(version=version, key="D1").update(private=True)
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))
    submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)

    waits = {part: [wait.key for row in seen_by(getattr(cast, part)) for wait in row.waits] for part in ("mentor", "line_manager", "hrbp")}

    assert waits == {"mentor": ["D1"], "line_manager": [], "hrbp": []}


def test_a_relation_that_ended_shows_nothing(cast, enrollment):
    change_relation(enrollment, "mentor", [cast.other_mentor], by=cast.director, today=START)

    assert (seen_by(cast.mentor), [row.name for row in seen_by(cast.other_mentor)]) == ([], ["林予安"])


def test_one_filters_by_role_and_by_programmes_that_ended(cast, cohort, enrollment):
    change_relation(enrollment, "hrbp", [cast.hrbp, cast.mentor], by=cast.director, today=START)
    [ended] = enroll_more(cast, cohort, 1)
    Enrollment.objects.filter(pk=ended.pk).update(state="completed")

    def names(**filters):
        return [row.name for row in seen_by(cast.mentor, filters=Filters(**filters))]

    assert (names(), names(role="hrbp"), names(role="line_manager"), names(when="ended"), names(role="hrbp", when="ended")) == (
        ["林予安"], ["林予安"], [], ["学员1"], [],
    )  # fmt: skip
    [row] = seen_by(cast.mentor)
    assert row.roles == ("mentor", "hrbp")


@pytest.mark.parametrize("query", ["?role=nobody&when=never", "?role=%00", "?page=-3", "?page=x"])
def test_a_senseless_address_shows_the_list(cast, enrollment, page_of, query):
    answer = page_of(cast.mentor, query)

    assert (answer.status_code, "林予安" in answer.text) == (200, True)


def test_the_list_has_pages_of_twenty_five(cast, cohort, page_of):
    enroll_more(cast, cohort, 26)

    pages = [list(page_of(cast.mentor, query).context["trainees"]) for query in ("", "?page=2")]

    assert [len(rows) for rows in pages] == [25, 1]
    assert len({row.enrollment_id for rows in pages for row in rows}) == 26
    assert [page_of(cast.mentor, query).context["worst"] is None for query in ("", "?page=2", "?when=ended")] == [False, True, True]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_much_for_one_as_for_thirty(cast, cohort, client, count):
    for each in enroll_more(cast, cohort, count):
        submit(deliverable_of(each, "D1"), {"points": "要点"}, by=each.trainee, today=START)
    cast.sign_in(client, cast.mentor)

    with query_count() as asked:
        client.get(cast.url("my/trainees/"))

    assert len(asked) == 11


def test_who_supports_nobody_reads_what_will_appear(cast, page_of):
    answer = page_of(cast.peer)

    assert (answer.status_code, list(answer.context["trainees"])) == (200, [])


def test_the_page_is_found_by_its_name(cast):
    assert reverse("programs:my_trainees", args=[cast.organization.slug]) == cast.url("my/trainees/")
