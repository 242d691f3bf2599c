"""The page of one check: who answers it, and what is said where something is missing."""

import pytest
from django.urls import reverse

from programs.actions.record_check import record_check
from programs.models import CheckDefinition, CheckResult
from tests.factories.programs import START, enroll_cast, make_cohort, work_of
from tests.queries import query_count

ALL = ["signed", "booked"]


@pytest.fixture
def enrollment(enrolled):
    return enrolled


@pytest.fixture
def check(enrollment):
    return CheckDefinition.objects.get(key="C3")


def page(cast, enrollment, check, slug=None):
    return reverse("programs:check", args=[slug or cast.organization.slug, work_of(enrollment, "1.4.a").pk, check.pk])


def results():
    return list(CheckResult.objects.order_by("pk").values_list("by__name", "passed", "answers", "note"))


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("mentor", 200),
        ("trainee", 200),
        ("line_manager", 200),
        ("hrbp", 200),
        ("training_manager", 200),
        ("manager", 200),
        ("director", 200),
        ("peer", 404),
        ("other_mentor", 404),
        ("admin", 404),
        ("reviewer", 404),
        ("sponsor", 404),
        ("business_head", 404),
        ("outsider", 404),
    ],
)
def test_a_check_opens_only_for_its_people_and_is_answered_by_the_mentor(client, cast, enrollment, check, part, status):
    cast.sign_in(client, cast.outsider if part == "outsider" else cast.people[part])
    url = page(cast, enrollment, check)

    answer = client.get(url)

    assert (answer.status_code, 'name="check-items"' in answer.content.decode()) == (status, part == "mentor")
    posted = client.post(url, {"check-items": ALL})
    assert (posted.status_code, len(results())) == {"mentor": (302, 1)}.get(part, (403 if status == 200 else 404, 0))


def test_every_item_ticked_passes(client, cast, enrollment, check):
    answer = cast.sign_in(client, cast.mentor).post(page(cast, enrollment, check), {"check-items": ALL, "check-note": ""})
    assert answer["Location"] == reverse("programs:sign_offs", args=[cast.organization.slug])
    assert results() == [("周敏", True, {"signed": True, "booked": True}, "")]
    assert work_of(enrollment, "1.4.a").state == "approved"


def test_one_press_passes_all(client, cast, enrollment, check):
    cast.sign_in(client, cast.mentor).post(page(cast, enrollment, check), {"check-all": "yes"})
    assert results() == [("周敏", True, {"signed": True, "booked": True}, "")]


def test_what_is_missing_must_be_said(client, cast, enrollment, check):
    cast.sign_in(client, cast.mentor)
    url = page(cast, enrollment, check)

    refused = client.post(url, {"check-items": ["signed"], "check-note": "  "})
    assert (refused.status_code, results()) == (422, [])
    assert list(refused.context["form"].errors) == ["note"]
    assert refused.context["form"]["items"].value() == ["signed"]

    client.post(url, {"check-items": ["signed"], "check-note": "周五前约好第二次"})
    assert results() == [("周敏", False, {"signed": True, "booked": False}, "周五前约好第二次")]
    shown = client.get(url).content.decode()
    assert "周五前约好第二次" in shown
    assert work_of(enrollment, "1.4.a").state == "returned"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "note"),
        ({"check-items": ["unknown"], "check-note": "x"}, "items"),
        ({"check-items": ["<script>"], "check-note": "x"}, "items"),
        ({"check-items": ["signed"], "check-note": "长" * 4001}, "note"),
        ({"check-items": ["signed"], "check-note": "a\x00b"}, "note"),
    ],
)
def test_bad_input_is_told_at_its_field(client, cast, enrollment, check, data, field):
    answer = cast.sign_in(client, cast.mentor).post(page(cast, enrollment, check), data)
    assert (answer.status_code, list(answer.context["form"].errors), results()) == (422, [field], [])


def test_a_check_that_another_passed_is_not_answered_again_and_the_note_stays(client, cast, enrollment, check):
    record_check(work_of(enrollment, "1.4.a"), check, dict.fromkeys(ALL, True), by=cast.mentor, today=START)
    answer = cast.sign_in(client, cast.mentor).post(page(cast, enrollment, check), {"check-items": ["signed"], "check-note": "写了很久"})
    assert (answer.status_code, len(results())) == (409, 1)
    assert "写了很久" in answer.content.decode()


def test_a_check_of_another_task_is_not_found(client, cast, enrollment, check):
    cast.sign_in(client, cast.mentor)
    other = reverse("programs:check", args=[cast.organization.slug, work_of(enrollment, "1.1.a").pk, check.pk])
    missing = reverse("programs:check", args=[cast.organization.slug, work_of(enrollment, "1.4.a").pk, check.pk + 999])
    assert (client.get(other).status_code, client.post(other, {"check-all": "yes"}).status_code) == (404, 404)
    assert (client.get(missing).status_code, results()) == (404, [])


def test_from_the_rivals_address_it_is_not_found(client, cast, enrollment, check):
    cast.sign_in(client, cast.outsider)
    url = page(cast, enrollment, check, slug=cast.rival.slug)
    assert (client.get(url).status_code, client.post(url, {"check-all": "yes"}).status_code, results()) == (404, 404, [])


def test_the_next_in_the_queue_comes_after_it(client, cast):
    cohort = make_cohort(cast)
    first, second = enroll_cast(cast, cohort), enroll_cast(cast, cohort, trainee=cast.peer)
    check = CheckDefinition.objects.get(key="C3")
    answer = cast.sign_in(client, cast.mentor).post(page(cast, first, check), {"check-all": "yes"})
    assert answer["Location"] == page(cast, second, check)


def test_the_page_costs_a_fixed_number_of_queries(client, cast, enrollment, check):
    cast.sign_in(client, cast.mentor)
    url = page(cast, enrollment, check)
    client.get(url)
    with query_count() as seen:
        client.get(url)
    assert len(seen) == 15
