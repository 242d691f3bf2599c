"""Enrolling people: naming them, looking at what was understood, confirming; many of them by a job."""

import signal

import pytest
from django.urls import reverse

from documents.models import Job
from organizations.models import AuditEvent
from organizations.rules.sort_names import sort_name
from organizations.tenancy import tenant
from programs import jobs
from programs.actions.enroll import NewTrainee
from programs.actions.enroll_in_batches import enroll_later
from programs.models import Cohort, CohortDeputy, Enrollment, SupportRole, TaskWork
from programs.rules import pasted_people
from tests.cast import make_member
from tests.factories.programs import enroll_cast, make_cohort
from tests.programs.committed import committed_cast

PEOPLE = {"people": "林予安\npeer@hengyue.example"}
SUPPORT = {"mentor": "周敏", "hrbp": "吴越", "business_head": "马骏\n高远", "training_manager": "罗琳"}


@pytest.fixture
def cohort(cast):
    return make_cohort(cast, sponsor=cast.sponsor)


def page(cast, cohort, slug=None):
    return reverse("programs:enroll", args=[slug or cast.organization.slug, cohort.pk])


def confirmed(*members, **rows):
    """The post of the last step: everybody ticked, with what was typed in each row."""
    return {"step": "enroll", "trainee": [str(member.pk) for member in members]} | rows


def enrolled():
    return set(Enrollment.objects.values_list("trainee__name", flat=True))


def support_of(name):
    rows = SupportRole.objects.filter(enrollment__trainee__name=name).values_list("role", "member__name")
    return {(role, member) for role, member in rows}


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("director", 200),
        ("manager", 200),
        ("deputy", 200),
        ("sponsor", 403),
        ("trainee", 404),
        ("peer", 404),
        ("mentor", 404),
        ("line_manager", 404),
        ("admin", 404),
        ("reviewer", 404),
        ("outsider", 404),
    ],
)
def test_only_who_runs_the_cohort_enrolls(client, cast, cohort, part, status):
    CohortDeputy.objects.create(cohort=cohort, member=cast.business_head)
    member = {"outsider": cast.outsider, "deputy": cast.business_head}.get(part) or cast.people[part]
    cast.sign_in(client, member)

    assert client.get(page(cast, cohort)).status_code == status
    posted = client.post(page(cast, cohort), PEOPLE | confirmed(cast.trainee))

    assert posted.status_code == (302 if status == 200 else status)
    assert enrolled() == ({"林予安"} if status == 200 else set())


def test_the_manager_of_another_cohort_enrolls_nobody_here(client, cast, cohort):
    other = make_cohort(cast, name="另一班", version=cohort.version)
    Cohort.objects.filter(pk=other.pk).update(manager=cast.other_mentor)
    cast.sign_in(client, cast.other_mentor)
    assert client.post(page(cast, cohort), PEOPLE | confirmed(cast.trainee)).status_code == 404
    assert client.post(page(cast, other), PEOPLE | confirmed(cast.trainee)).status_code == 302
    assert list(Enrollment.objects.values_list("cohort", flat=True)) == [other.pk]


def test_nothing_is_written_before_confirming(client, cast, cohort):
    cast.trainee.line_manager = cast.line_manager
    cast.trainee.save(update_fields=["line_manager"])
    cast.sign_in(client, cast.manager)
    before = AuditEvent.objects.count()

    answer = client.post(page(cast, cohort), PEOPLE | SUPPORT | {"step": "preview"})

    assert answer.status_code == 200
    rows = [(row.person.name, row["mentor"].value(), row["line_manager"].value()) for row in answer.context["rows"]]
    assert rows == [("林予安", "周敏", "赵晓峰"), ("许博文", "周敏", None)]
    assert [(gap.key, gap.trainees) for gap in answer.context["gaps"]] == [("D5", ("许博文",))]
    assert (enrolled(), AuditEvent.objects.count()) == (set(), before)


def test_confirmed_people_are_enrolled_with_those_named_for_each_and_for_all(client, cast, cohort):
    cast.sign_in(client, cast.manager)
    rows = {
        f"trainee-{cast.trainee.pk}-mentor": "周敏",
        f"trainee-{cast.trainee.pk}-line_manager": "line_manager@hengyue.example",
        f"trainee-{cast.peer.pk}-mentor": "郑岚",
        f"trainee-{cast.peer.pk}-line_manager": "",
    }

    answer = client.post(page(cast, cohort), PEOPLE | SUPPORT | confirmed(cast.trainee, cast.peer) | rows)

    assert (answer.status_code, answer["Location"]) == (302, reverse("programs:cohort", args=[cast.organization.slug, cohort.pk]))
    shared = {("hrbp", "吴越"), ("business_head", "马骏"), ("business_head", "高远"), ("training_manager", "罗琳")}
    assert support_of("林予安") == shared | {("mentor", "周敏"), ("line_manager", "赵晓峰")}
    assert support_of("许博文") == shared | {("mentor", "郑岚")}
    assert TaskWork.objects.count() == 18


def test_those_left_unticked_are_not_enrolled(client, cast, cohort):
    cast.sign_in(client, cast.manager)
    client.post(page(cast, cohort), PEOPLE | confirmed(cast.peer))
    assert enrolled() == {"许博文"}


def test_whoever_supports_all_does_not_support_themselves(client, cast, cohort):
    cast.sign_in(client, cast.manager)
    client.post(page(cast, cohort), {"people": "林予安\n吴越", "hrbp": "吴越"} | confirmed(cast.trainee, cast.hrbp))
    assert (support_of("林予安"), support_of("吴越")) == ({("hrbp", "吴越")}, set())


def test_a_pasted_list_is_sorted_out(client, cast, cohort):
    enroll_cast(cast, make_cohort(cast, name="另一班", version=cohort.version), trainee=cast.peer)
    cast.hrbp.employee_number = "HY-7"
    cast.hrbp.save(update_fields=["employee_number"])
    pasted = (
        "林予安\r\n“Lin” <TRAINEE@hengyue.example>；谁都不是, hy-7\t吴越\n\n \t \n"
        "outs@rival.example\noutsider@rival.example、许博文\n<b>x</b>"
    )
    cast.sign_in(client, cast.manager)

    answer = client.post(page(cast, cohort), {"people": pasted, "step": "preview"})

    found = answer.context["found"]
    assert [row.person.name for row in answer.context["rows"]] == ["林予安", "吴越"]
    assert [(one.name, one.cohort) for one in found.busy] == [("许博文", "另一班")]
    assert (found.unknown, found.twice) == (("谁都不是", "outs@rival.example", "outsider@rival.example", "<b>x</b>"), 1)
    assert "<b>x</b>" not in answer.content.decode()


def test_names_that_two_people_have_are_not_guessed(client, cast, cohort):
    make_member("林予安", "another@hengyue.example")
    cast.sign_in(client, cast.manager)
    found = client.post(page(cast, cohort), PEOPLE | {"step": "preview"}).context["found"]
    assert (found.people, found.unknown) == ((cast.peer.pk,), ("林予安",))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"people": ""}, "people"),
        ({"people": " \n,;\t"}, "people"),
        ({"people": "\n".join(f"n{number}" for number in range(1001))}, "people"),
        ({"people": "x" * 200_000}, "people"),
        ({"people": "a\x00b"}, "people"),
        (PEOPLE | {"mentor": "谁"}, "mentor"),
        (PEOPLE | {"mentor": "x" * 201}, "mentor"),
        (PEOPLE | {"hrbp": "吴越\n谁\nouts@rival.example"}, "hrbp"),
        (PEOPLE | {"business_head": "<script>alert(1)</script>"}, "business_head"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "enroll"])
def test_bad_input_is_told_at_its_field_and_nobody_is_enrolled(client, cast, cohort, data, field, step):
    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), confirmed(cast.trainee) | data | {"step": step})
    assert (answer.status_code, list(answer.context["form"].errors), enrolled()) == (422, [field], set())
    assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "code"), [("谁", "not_a_person"), ("林予安", "own_supporter"), ("outsider@rival.example", "not_a_person")]
)
def test_a_row_that_is_wrong_says_so_and_keeps_the_others(client, cast, cohort, typed, code):
    rows = {f"trainee-{cast.trainee.pk}-mentor": typed, f"trainee-{cast.peer.pk}-mentor": "郑岚"}
    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), PEOPLE | confirmed(cast.trainee, cast.peer) | rows)
    first, second = answer.context["rows"]
    assert (answer.status_code, enrolled()) == (422, set())
    assert (first.errors.as_data()["mentor"][0].code, first["mentor"].value(), second["mentor"].value()) == (code, typed, "郑岚")


@pytest.mark.parametrize("trainees", [[], ["999999"], ["<b>"], ["9" * 40]])
def test_nobody_chosen_or_strange_ids_enroll_nobody(client, cast, cohort, trainees):
    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), PEOPLE | {"step": "enroll", "trainee": trainees})
    assert (answer.status_code, enrolled()) == (422, set())
    assert answer.context["refusal"]


def test_ids_of_another_organization_or_of_people_not_named_enroll_nobody(client, cast, cohort):
    trainees = [str(cast.outsider.pk), str(cast.hrbp.pk)]
    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), PEOPLE | {"step": "enroll", "trainee": trainees})
    assert (answer.status_code, enrolled()) == (422, set())


def test_whoever_was_enrolled_meanwhile_is_said(client, cast, cohort):
    enroll_cast(cast, make_cohort(cast, name="另一班", version=cohort.version))
    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), PEOPLE | confirmed(cast.trainee, cast.peer))
    # The one already busy is no row any more; the other is enrolled.
    assert (answer.status_code, Enrollment.objects.filter(cohort=cohort).count()) == (302, 1)


def test_a_finished_cohort_takes_nobody(client, cast, cohort):
    Cohort.objects.filter(pk=cohort.pk).update(state="finished")
    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), PEOPLE | confirmed(cast.trainee))
    assert (answer.status_code, enrolled()) == (422, set())


def test_people_are_found_by_words_and_added_to_the_list(client, cast, cohort):
    cast.trainee.sort_name = sort_name("林予安")
    cast.trainee.save(update_fields=["sort_name"])
    enroll_cast(cast, make_cohort(cast, name="另一班", version=cohort.version), trainee=cast.peer)
    cast.sign_in(client, cast.manager)

    found = client.post(page(cast, cohort), {"people": "吴越", "q": "yu an", "step": "search", "mentor": "谁"})
    [hit] = found.context["hits"]
    assert (hit.name, hit.written, hit.is_busy) == ("林予安", "林予安 <trainee@hengyue.example>", False)
    assert found.context["form"]["mentor"].value() == "谁"
    [busy] = client.post(page(cast, cohort), {"q": "peer@", "step": "search"}).context["hits"]
    assert busy.is_busy

    added = client.post(page(cast, cohort), {"people": "吴越", "add": [hit.written], "step": "add"})
    assert added.context["form"]["people"].value() == "吴越\n林予安 <trainee@hengyue.example>"
    assert client.post(page(cast, cohort), {"q": "<script>", "step": "search"}).context["hits"] == []
    assert client.post(page(cast, cohort), {"step": "everything"}).status_code == 200
    assert enrolled() == {"许博文"}


def test_back_to_the_list_keeps_what_was_typed(client, cast, cohort):
    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), PEOPLE | SUPPORT | {"step": "choose"})
    assert {name: answer.context["form"][name].value() for name in PEOPLE | SUPPORT} == PEOPLE | SUPPORT


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", []),
        ("a\na\r\nb", [("a",), ("b",)]),
        ("Lin Yu <lin@x.com>; b@x.com, c", [("lin@x.com", "Lin Yu"), ("b@x.com",), ("c",)]),
        ("HY-1\t林予安\nHY-2\t", [("HY-1", "林予安"), ("HY-2",)]),
        ("，；、\n\t", []),
        ("x" * 400, [("x" * 254,)]),
    ],
)
def test_pasted_text_becomes_people(text, people):
    assert pasted_people.read(text) == people


# ── Very many ──


def many(count):
    return [make_member(f"学员{number:03}", f"t{number}@hengyue.example") for number in range(count)]


def test_more_than_a_hundred_are_enrolled_by_a_job(client, cast, cohort, run_jobs):
    people = many(101)
    data = {"people": "\n".join(member.email for member in people)} | SUPPORT

    answer = cast.sign_in(client, cast.manager).post(page(cast, cohort), data | confirmed(*people))

    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("documents:job", args=[cast.organization.slug, job.pk]))
    assert enrolled() == set()
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, Enrollment.objects.count()) == ("done", 101, 101, 101)
    assert job.result["path"] == f"cohorts/{cohort.pk}/"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_job_goes_on_where_a_killed_worker_left_it_and_enrolls_nobody_twice():
    """300 people in batches of 200; between them one is enrolled elsewhere, and the job starts a second time."""
    cast = committed_cast()
    with tenant(cast.organization.pk):
        cohort, people = make_cohort(cast), many(300)
        other = make_cohort(cast, name="另一班", version=cohort.version)
        job = enroll_later(cohort, [NewTrainee(one.pk, {"mentor": [cast.mentor.pk]}) for one in people], by=cast.manager)
    stop_after_one_batch(cast, job)
    with tenant(cast.organization.pk):
        assert (Enrollment.objects.count(), Job.objects.get().done) == (200, 200)
        Job.objects.update(alive_at="2026-01-01T00:00Z")  # its worker is gone
        enroll_cast(cast, other, trainee=people[250])

    jobs.enroll_trainees(cast.organization.pk, job.pk)
    jobs.enroll_trainees(cast.organization.pk, job.pk)

    with tenant(cast.organization.pk):
        job.refresh_from_db()
        assert (job.state, job.done, job.result["enrolled"]) == ("done", 300, 299)
        assert [people[250].name in note for note in job.result["notes"]] == [True]
        assert Enrollment.objects.filter(cohort=cohort).count() == 299
        assert TaskWork.objects.filter(enrollment__cohort=cohort).count() == 299 * 9
        assert SupportRole.objects.filter(enrollment__cohort=cohort).count() == 299


def stop_after_one_batch(cast, job):
    """What a killed worker leaves: the batches it committed."""
    from documents.actions import run_job
    from programs.actions.enroll_in_batches import enroll_batch

    class Killed(BaseException):
        pass

    def first_batch(job):
        if job.done:
            raise Killed(signal.SIGKILL)
        return enroll_batch(job)

    with pytest.raises(Killed):
        run_job.run(cast.organization.pk, job.pk, first_batch)


def test_a_job_of_one_who_runs_the_cohort_no_more_enrolls_nobody(cast, cohort, run_jobs):
    job = enroll_later(cohort, [NewTrainee(one.pk) for one in many(3)], by=cast.manager)
    Cohort.objects.filter(pk=cohort.pk).update(manager=cast.hrbp)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, enrolled()) == ("failed", set())
