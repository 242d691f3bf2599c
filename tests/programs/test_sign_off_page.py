"""The page of one step: who reads it, who decides on it, and what is said when somebody was faster."""

import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from organizations.models import DelegatedAuthority
from organizations.tenancy import tenant
from programs.actions.change_relations import change_relation
from programs.actions.submit_work import submit
from programs.models import DeliverableKind, SignOff, SignOffStep
from tests.factories.programs import START, TEXT, deliverable_of, draft_version, enroll_cast, make_cohort
from tests.programs.committed import committed_cast
from tests.programs.test_sign_off import decide, finish_first_steps, hand_in, ready
from tests.queries import query_count

AGREED_BY_A_HEAD = [{"kind": "agree", "roles": ["business_head"]}, {"kind": "approve", "roles": ["mentor"], "scores": True}]
HOSTILE = '<script>alert("1")</script>\u202e'


@pytest.fixture
def enrollment(enrolled):
    return enrolled


def page(cast, step) -> str:
    return reverse("programs:sign_off", args=[cast.organization.slug, step.pk])


def typed(step, outcome="approved", note="", levels=(3, 3), content_hash=None) -> dict:
    scores = {f"decision-level-{key}": str(level) for key, level in zip(("clear", "useful"), levels, strict=False) if level}
    return {
        "decision-outcome": outcome,
        "decision-note": note,
        "decision-content_hash": step.submission.content_hash if content_hash is None else content_hash,
    } | scores


def publish(version):
    """Past the checks, which this small programme does not pass."""
    type(version).objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    return version


def decisions() -> list[tuple]:
    return list(SignOff.objects.order_by("pk").values_list("by__name", "outcome", "note"))


# ── Who reads ──


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
def test_a_step_opens_only_for_its_people(client, cast, enrollment, part, status):
    step = ready(hand_in(cast, enrollment))
    member = cast.outsider if part == "outsider" else cast.people[part]

    answer = cast.sign_in(client, member).get(page(cast, step))

    assert (answer.status_code, "三个切入点" in answer.content.decode()) == (status, status == 200)
    if status == 200:
        assert ('name="decision-outcome"' in answer.content.decode()) == (part == "mentor")


@pytest.mark.parametrize("part", ["trainee", "line_manager", "manager", "director", "peer", "admin", "sponsor", "outsider"])
def test_nobody_else_decides(client, cast, enrollment, part):
    step = ready(hand_in(cast, enrollment))
    member = cast.outsider if part == "outsider" else cast.people[part]

    cast.sign_in(client, member)
    answers = [client.post(page(cast, step), sent).status_code for sent in (typed(step), {})]

    # Whatever was typed: nobody puts a form right that is not theirs.
    assert answers in ([403, 403], [404, 404])
    assert decisions() == []


def test_a_missing_step_and_one_of_another_organization_are_the_same(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    cast.sign_in(client, cast.outsider)
    assert client.get(f"/o/{cast.rival.slug}/signoffs/{step.pk}/").status_code == 404
    assert client.get(f"/o/{cast.rival.slug}/signoffs/{step.pk + 1000}/").status_code == 404
    assert client.post(f"/o/{cast.rival.slug}/signoffs/{step.pk}/", typed(step)).status_code == 404
    assert decisions() == []


def test_whoever_is_asked_reads_on_after_another_was_faster(client, cast):
    """Of two business heads one agrees; the other still reads what was put before them, and nothing else."""
    version = draft_version()
    DeliverableKind.objects.filter(version=version, key="D1").update(route=AGREED_BY_A_HEAD)
    version = publish(version)
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))
    change_relation(enrollment, "business_head", [cast.business_head, cast.other_mentor], by=cast.manager, today=START)
    step = ready(submission := hand_in(cast, enrollment))
    decide(submission, "agreed", cast.business_head)
    cast.sign_in(client, cast.other_mentor)

    answer = client.post(page(cast, step), typed(step, "agreed", note="数据没问题"))

    assert answer.status_code == 409
    assert "马骏" in answer.content.decode()
    assert "数据没问题" in answer.content.decode()
    assert client.get(page(cast, ready(submission))).status_code == 200  # the same version


def test_a_stand_in_decides_and_is_told_for_whom(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    today = timezone.localdate()
    DelegatedAuthority.objects.create(member=cast.mentor, delegate=cast.other_mentor, from_on=today, until_on=today)
    cast.sign_in(client, cast.other_mentor)

    assert "周敏" in client.get(page(cast, step)).content.decode()
    assert client.post(page(cast, step), typed(step)).status_code == 302
    assert SignOff.objects.get().instead_of == cast.mentor


def test_a_private_deliverable_opens_for_trainee_and_mentor_alone(client, cast):
    version = draft_version()
    DeliverableKind.objects.filter(version=version, key="D1").update(private=True)
    version = publish(version)
    step = ready(hand_in(cast, enroll_cast(cast, make_cohort(cast, version=version))))

    found = {part: cast.sign_in(client, cast.people[part]).get(page(cast, step)).status_code for part in cast.people}

    assert {part for part, status in found.items() if status == 200} == {"mentor", "trainee"}


# ── Deciding ──


def test_after_a_decision_one_sees_the_next(client, cast):
    cohort = make_cohort(cast)
    first, second = enroll_cast(cast, cohort), enroll_cast(cast, cohort, trainee=cast.peer)
    finish_first_steps(cast, first)
    finish_first_steps(cast, second)
    one, other = ready(hand_in(cast, first)), ready(hand_in(cast, second, by=cast.peer))
    cast.sign_in(client, cast.mentor)

    answer = client.post(page(cast, one) + "?kind=step", typed(one, note="很好"))
    assert (answer.status_code, answer["Location"]) == (302, page(cast, other) + "?kind=step")

    answer = client.post(page(cast, other) + "?kind=step", typed(other, "returned", note="补上数据来源"))
    assert answer["Location"] == reverse("programs:sign_offs", args=[cast.organization.slug]) + "?kind=step"
    assert decisions() == [("周敏", "approved", "很好"), ("周敏", "returned", "补上数据来源")]
    assert SignOff.objects.first().scores == {"clear": 3, "useful": 3}
    assert '<svg class="art"' in client.get(answer["Location"]).content.decode()


def test_the_author_agrees_where_the_route_asks_them(client, cast):
    """D4: the line manager writes, the trainee adds their own reading and agrees."""
    version = draft_version()
    reading = {"key": "my_reading", "label": TEXT, "type": "long", "required": True, "by": "trainee"}
    DeliverableKind.objects.filter(version=version, key="D1").update(
        author="line_manager",
        fields=[{"key": "points", "label": TEXT, "type": "long", "required": True}, reading],
        route=[{"kind": "agree", "roles": ["trainee"]}, {"kind": "approve", "roles": ["hrbp"], "scores": True}],
    )
    version = publish(version)
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))
    step = ready(submission := hand_in(cast, enrollment, by=cast.line_manager))
    cast.sign_in(client, cast.trainee)
    assert 'name="my_reading"' in client.get(page(cast, step)).content.decode()

    refused = client.post(page(cast, step), typed(step, "agreed", levels=()))
    assert (refused.status_code, decisions()) == (422, [])
    assert refused.context["asked"].errors["my_reading"]

    client.post(page(cast, step), typed(step, "agreed", levels=()) | {"my_reading": "我理解的边界"})
    assert SignOff.objects.get().answers == {"my_reading": "我理解的边界"}
    shown = cast.sign_in(client, cast.hrbp).get(page(cast, ready(submission))).content.decode()
    assert "我理解的边界" in shown


def test_a_return_asks_for_nothing_but_a_reason(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    cast.sign_in(client, cast.mentor)

    refused = client.post(page(cast, step), typed(step, "returned", levels=(1, None)))
    assert (refused.status_code, decisions()) == (422, [])
    assert refused.context["form"].errors["note"]
    assert refused.context["form"].scores == {"clear": 1}

    assert client.post(page(cast, step), typed(step, "returned", note="补上来源", levels=(1, None))).status_code == 302
    assert decisions() == [("周敏", "returned", "补上来源")]


def test_levels_that_speak_against_it_are_said_and_need_a_word(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    cast.sign_in(client, cast.mentor)

    refused = client.post(page(cast, step), typed(step, levels=(2, 2)))

    assert (refused.status_code, str(refused.context["mean"])) == (422, "2.00")
    assert refused.context["form"].against == ("several_nearly", "low_mean")
    assert client.post(page(cast, step), typed(step, levels=(2, 2), note="口头已补充")).status_code == 302


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"decision-outcome": ""}, "outcome"),
        ({"decision-outcome": "rejected"}, "outcome"),
        ({"decision-outcome": "agreed"}, "__all__"),
        ({"decision-level-clear": ""}, "level-clear"),
        ({"decision-level-clear": "5"}, "level-clear"),
        ({"decision-level-clear": "x"}, "level-clear"),
        ({"decision-content_hash": ""}, "content_hash"),
        ({"decision-content_hash": "x" * 65}, "content_hash"),
        ({"decision-note": "长" * 4001}, "note"),
        ({"decision-note": "a\x00b"}, "note"),
    ],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(client, cast, enrollment, change, field):
    step = ready(hand_in(cast, enrollment))
    cast.sign_in(client, cast.mentor)

    answer = client.post(page(cast, step), typed(step, note="先留着这句话") | change)

    assert (answer.status_code, decisions()) == (422, [])
    assert list(answer.context["form"].errors) == [field]
    if "decision-note" not in change:
        assert "先留着这句话" in answer.content.decode()


def test_hostile_words_are_only_words(client, cast, enrollment):
    step = ready(submission := hand_in(cast, enrollment))
    cast.sign_in(client, cast.mentor)

    refused = client.post(page(cast, step), typed(step, "returned", note=HOSTILE) | {"decision-content_hash": "0"})
    assert HOSTILE not in refused.content.decode()

    decide(submission, "returned", cast.mentor, note=HOSTILE)
    assert "<script>alert" not in client.get(page(cast, step)).content.decode()


# ── Somebody was faster ──


def test_a_decision_that_was_taken_is_shown_and_the_note_stays(client, cast, enrollment):
    step = ready(submission := hand_in(cast, enrollment))
    decide(submission, "approved", cast.mentor, note="可以")
    cast.sign_in(client, cast.mentor)

    answer = client.post(page(cast, step), typed(step, "returned", note="写了很久的意见"))

    assert answer.status_code == 409
    assert "写了很久的意见" in answer.content.decode()
    assert 'name="decision-outcome"' not in answer.content.decode()
    assert decisions() == [("周敏", "approved", "可以")]


def test_a_version_that_was_replaced_leads_to_the_new_one(client, cast, enrollment):
    first = ready(submission := hand_in(cast, enrollment))
    decide(submission, "returned", cast.mentor, note="再想想")
    second = ready(hand_in(cast, enrollment))
    cast.sign_in(client, cast.mentor)

    answer = client.post(page(cast, first), typed(first, note="写了很久的意见"))

    assert answer.status_code == 409
    assert "写了很久的意见" in answer.content.decode()
    assert page(cast, second) in answer.content.decode()
    assert len(decisions()) == 1


def test_another_content_than_the_one_read_is_not_signed(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    cast.sign_in(client, cast.mentor)

    answer = client.post(page(cast, step), typed(step, note="写了很久的意见", content_hash="0" * 64))

    assert (answer.status_code, decisions()) == (409, [])
    assert "写了很久的意见" in answer.content.decode()
    assert f'value="{step.submission.content_hash}"' in answer.content.decode()  # one may read it again and decide


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_said_in_the_signers_language(client, cast, enrollment, language):
    step = ready(submission := hand_in(cast, enrollment))
    decide(submission, "approved", cast.mentor)
    cast.mentor.user.language = language
    cast.mentor.user.save(update_fields=["language"])

    answer = cast.sign_in(client, cast.mentor).post(page(cast, step), typed(step))

    with translation.override(language):
        said = translation.gettext("%(name)s has already decided on this version.") % {"name": "周敏"}
    assert said in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_signers_at_once_get_one_winner_and_one_clear_message():
    """Two business heads press at the same moment, each in a connection of their own."""
    cast = committed_cast()
    with tenant(cast.organization.pk):
        version = draft_version()
        DeliverableKind.objects.filter(version=version, key="D1").update(route=AGREED_BY_A_HEAD)
        version = publish(version)
        enrollment = enroll_cast(cast, make_cohort(cast, version=version))
        change_relation(enrollment, "business_head", [cast.business_head, cast.other_mentor], by=cast.manager, today=START)
        step = ready(hand_in(cast, enrollment))
        url, data = page(cast, step), typed(step, "agreed", note="我的意见")
    clients = [cast.sign_in(Client(), cast.business_head), cast.sign_in(Client(), cast.other_mentor)]
    answers, both_ready = [], threading.Barrier(2)

    def press(client):
        both_ready.wait(10)
        answers.append(client.post(url, data))
        connections.close_all()

    presses = [threading.Thread(target=press, args=[one]) for one in clients]
    for one in presses:
        one.start()
    for one in presses:
        one.join(30)

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    [late] = [answer for answer in answers if answer.status_code == 409]
    assert "我的意见" in late.content.decode()
    with tenant(cast.organization.pk):
        assert SignOff.objects.filter(step=step).count() == 1


# ── What it costs, and what it compares ──


def test_the_page_of_a_step_costs_a_fixed_number_of_queries(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    cast.sign_in(client, cast.mentor)
    client.get(page(cast, step))
    with query_count() as seen:
        client.get(page(cast, step))
    assert len(seen) == 14


def test_a_second_version_is_compared_with_the_first(client, cast, enrollment):
    decide(hand_in(cast, enrollment), "returned", cast.mentor, note="再具体些")
    step = ready(submit(deliverable_of(enrollment, "D1"), {"points": "三个很好的切入点"}, by=cast.trainee, today=START))
    cast.sign_in(client, cast.mentor)

    shown = client.get(page(cast, step) + "?view=compare").content.decode()

    assert "<ins>很好的</ins>" in shown
    assert client.get(page(cast, SignOffStep.objects.get(submission__number=1)) + "?view=compare").status_code == 200
