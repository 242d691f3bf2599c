"""The page of each: trainee, mentor, who runs a cohort; and the page of a cohort with its proposals."""

from datetime import timedelta

import pytest
import time_machine

from mentorship import paths
from mentorship.actions.hold_meeting import NewItem
from mentorship.models import Pairing
from programs.actions.change_relations import change_relation
from programs.models import SupportRole
from programs.vocabulary import Role
from tests.factories.mentorship import hold, make_mentor, named_pairing, proposed_pairing, signed_agreement
from tests.factories.programs import START, enroll_cast, make_cohort
from tests.queries import query_count

TODAY = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def mine(cast, client):
    """`mine(member)` opens their mentoring page."""

    def open_page(member, language="zh-hans"):
        member.user.language = language
        member.user.save()
        return cast.sign_in(client, member).get(cast.url("mentoring/"))

    return open_page


def alone(cast, cohort, trainee):
    """A trainee with nobody named as mentor."""
    enrollment = enroll_cast(cast, cohort, trainee=trainee)
    change_relation(enrollment, Role.MENTOR, [], by=cast.manager, today=TODAY)
    return enrollment


def test_a_trainee_sees_mentor_agreement_meetings_and_steps(cast, mine):
    pairing = named_pairing(enroll_cast(cast))
    html = mine(cast.trainee).content.decode()
    assert all(words in html for words in ("周敏是你的导师，还没有约面谈。", "起草协议"))
    signed_agreement(pairing)
    held = hold(pairing, cast.mentor, items=[NewItem("约店长访谈", cast.trainee.pk)])
    page = mine(cast.trainee)
    html = page.content.decode()
    assert all(words in html for words in ("约店长访谈", "每 14 天一次，每次 45 分钟", cast.url(paths.meeting(held.pk)), "下次与周敏面谈"))
    own = page.context["shown"].own
    assert (len(own.ahead), len(own.past), len(own.items)) == (2, 1, 1)
    assert html.partition("<main")[2].partition("</main>")[0].count("is-primary") == 1


def test_a_mentor_sees_who_needs_a_meeting_first_and_what_they_carry(cast, mine):
    cohort = make_cohort(cast)
    make_mentor(cast, capacity=1)
    fine, late = (named_pairing(enroll_cast(cast, cohort, trainee=trainee)) for trainee in (cast.trainee, cast.peer))
    for pairing in (fine, late):
        signed_agreement(pairing)
    late.meetings.all().delete()
    Pairing.objects.filter(pk=late.pk).update(started_at="2026-08-01T09:00+08:00")
    page = mine(cast.mentor)
    shown = page.context["shown"].mentor
    assert [(row.trainee.name, row.rhythm.is_overdue) for row in shown.rows] == [("许博文", True), ("林予安", False)]
    assert (shown.load.live, shown.load.capacity, shown.load.is_over) == (2, 1, True)
    assert all(words in page.content.decode() for words in ("面谈逾期", "节奏正常", "超出你填写的可带人数"))
    assert "Meeting overdue" in mine(cast.mentor, "en").content.decode()


def test_a_proposal_stands_with_both(cast, mine):
    make_mentor(cast)
    pairing = proposed_pairing(cast, alone(cast, make_cohort(cast), cast.trainee))
    for member in (cast.mentor, cast.trainee):
        page = mine(member)
        assert page.context["shown"].requests == [pairing]
        assert "两人都做过门店培训" in page.content.decode()
    assert mine(cast.peer).context["shown"].is_empty


def test_opening_the_page_follows_who_is_named(cast, mine):
    enrollment = enroll_cast(cast)
    assert not Pairing.objects.exists()
    assert mine(cast.trainee).context["shown"].own.row.pairing.mentor == cast.mentor
    change_relation(enrollment, Role.MENTOR, [cast.other_mentor], by=cast.manager, today=TODAY)
    assert mine(cast.mentor).context["shown"].mentor is None
    assert mine(cast.other_mentor).context["shown"].mentor.rows[0].trainee == cast.trainee


def test_who_runs_cohorts_sees_how_many_have_a_mentor(cast, mine):
    cohort = make_cohort(cast)
    make_mentor(cast)
    enroll_cast(cast, cohort)
    proposed_pairing(cast, alone(cast, cohort, cast.peer))
    alone(cast, cohort, cast.reviewer)
    for member in (cast.manager, cast.director):
        [row] = mine(member).context["shown"].cohorts
        assert (row.trainees, row.paired, row.waiting, row.alone) == (3, 1, 1, 1)
    assert mine(cast.sponsor).context["shown"].is_empty


@pytest.mark.parametrize(("part", "most"), [("mentor", 16), ("trainee", 16), ("director", 16)])
def test_my_page_asks_the_same_few_questions_for_one_and_for_three(cast, client, part, most):
    cohort = make_cohort(cast)
    counts = []
    cast.sign_in(client, cast.people[part])
    for trainees in ((cast.trainee,), (cast.peer, cast.reviewer)):
        for trainee in trainees:
            signed_agreement(named_pairing(enroll_cast(cast, cohort, trainee=trainee)))
        client.get(cast.url("mentoring/"))
        with query_count() as seen:
            client.get(cast.url("mentoring/"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= most, "\n".join(seen)


# ── The cohort ──


def test_a_cohort_in_counts_and_dates_without_words(cast, client):
    cohort = make_cohort(cast)
    pairing = named_pairing(enroll_cast(cast, cohort))
    signed_agreement(pairing)
    hold(pairing, cast.mentor, notes="谈了离职的念头")
    alone(cast, cohort, cast.peer)
    cast.sign_in(client, cast.manager)
    page = client.get(cast.url(paths.cohort(cohort.pk)))
    rows = page.context["rows"].object_list
    assert [(row.trainee.name, row.pairing and row.pairing.mentor.name, row.rhythm and row.rhythm.held) for row in rows] == [
        ("许博文", None, None),
        ("林予安", "周敏", 1),
    ]
    assert "离职" not in page.content.decode()
    for part, status in (("director", 200), ("mentor", 404), ("admin", 404)):
        assert cast.sign_in(client, cast.people[part]).get(cast.url(paths.cohort(cohort.pk))).status_code == status


def test_the_cohorts_page_asks_the_same_few_questions_for_one_and_for_three(cast, client):
    cohort, counts = make_cohort(cast), []
    cast.sign_in(client, cast.manager)
    for trainees in ((cast.trainee,), (cast.peer, cast.reviewer)):
        for trainee in trainees:
            signed_agreement(named_pairing(enroll_cast(cast, cohort, trainee=trainee)))
        client.get(cast.url(paths.cohort(cohort.pk)))
        with query_count() as seen:
            client.get(cast.url(paths.cohort(cohort.pk)))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 16, "\n".join(seen)


def test_proposing_by_page(cast, client):
    cohort = make_cohort(cast)
    make_mentor(cast)
    make_mentor(cast, cast.other_mentor, paused=True)
    enrollment = alone(cast, cohort, cast.trainee)
    page = cast.url(f"{paths.cohort(cohort.pk)}{enrollment.pk}/propose/")
    cast.sign_in(client, cast.manager)
    assert "周敏" in client.get(page + "?skill=访谈").content.decode()
    bad = [
        {},
        {"mentor": "x"},
        {"mentor": str(cast.other_mentor.pk)},
        {"mentor": str(cast.outsider.pk)},
        {"mentor": str(cast.mentor.pk), "words": "x" * 501},
    ]
    assert [client.post(page, {"words": "不能丢的话"} | said).status_code for said in bad] == [422] * 5
    assert "不能丢的话" in client.post(page, {"words": "不能丢的话"}).content.decode()
    answer = client.post(page, {"mentor": str(cast.mentor.pk), "words": "两人都做过门店培训"})
    pairing = Pairing.objects.get()
    assert answer.headers["Location"] == cast.url(paths.pairing(pairing.pk))
    assert client.post(page, {"mentor": str(cast.mentor.pk)}).status_code == 409
    assert cast.sign_in(client, cast.mentor).get(page).status_code == 404
    assert SupportRole.objects.filter(role=Role.MENTOR, ended_at__isnull=True).count() == 0
