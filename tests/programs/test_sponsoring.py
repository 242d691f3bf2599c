"""The sponsor's page and the business head's: accept, check in, confirm."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from organizations.models import AuditEvent
from programs.actions.accept_sponsorship import accept_sponsorship
from programs.actions.record_check_in import record_check_in
from programs.actions.submit_work import submit
from programs.models import SponsorAcceptance, SponsorCheckIn, TemplateVersion
from tests.factories.programs import START, approve, deliverable_of, draft_version, enroll_cast, make_cohort
from tests.queries import query_count

NOON = datetime(2026, 9, 8, 4, 0, tzinfo=UTC)
TODAY = date(2026, 9, 8)
CANARY = "只有读成果的人看得到"


@pytest.fixture(autouse=True)
def a_day_in_september():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def cohort(cast):
    return make_cohort(cast, sponsor=cast.sponsor, state="running")


def test_the_sponsor_accepts_once_and_then_checks_in(cast, client, cohort):
    enroll_cast(cast, cohort)
    page = cast.sign_in(client, cast.sponsor)
    first = page.get(cast.url("sponsoring/")).context["rows"][0][0]
    accept = cast.url(f"sponsoring/{cohort.pk}/accept/")
    answers = [page.post(accept, {f"accept-{cohort.pk}-words": "我来开班"}).status_code for _ in range(2)]
    second = page.get(cast.url("sponsoring/")).context["rows"][0][0]
    data = {
        f"check-in-{cohort.pk}-{name}": value for name, value in (("kind", "kick_off"), ("held_on", "2026-09-07"), ("words", "说了目标"))
    }
    held = page.post(cast.url(f"sponsoring/{cohort.pk}/check-ins/"), data).status_code
    third = page.get(cast.url("sponsoring/")).context["rows"][0][0]

    assert (answers, held) == ([302, 422], 302)
    assert [row.next.act for row in (first, second, third)] == ["accept", "kick_off", "quarter"]
    assert (third.words, third.check_ins[0].words, third.next.due_on, third.planned) == ("我来开班", "说了目标", date(2026, 12, 7), 1)
    assert {"sponsor_accepted", "sponsor_checked_in"} <= set(AuditEvent.objects.values_list("action", flat=True))


def test_what_was_typed_into_a_refused_check_in_stays(cast, client, cohort):
    accept_sponsorship(cohort, "", by=cast.sponsor)
    page, address = cast.sign_in(client, cast.sponsor), cast.url(f"sponsoring/{cohort.pk}/check-ins/")
    seen = []
    for kind, held_on, words in [
        ("kick_off", "2026-09-09", "明天"),
        ("party", "2026-09-07", "庆祝"),
        ("quarter", "soon", "季度"),
        ("quarter", "2026-09-07", " "),
    ]:
        data = {f"check-in-{cohort.pk}-{name}": value for name, value in (("kind", kind), ("held_on", held_on), ("words", words))}
        answer = page.post(address, data)
        seen.append((answer.status_code, words.strip() in answer.text, 'aria-invalid="true"' in answer.text))

    assert seen == [(422, True, True)] * 4
    assert SponsorCheckIn.objects.count() == 0


def test_the_sponsor_sees_counts_and_no_name(cast, client, cohort):
    enrollment = enroll_cast(cast, cohort)
    submit(deliverable_of(enrollment, "D1"), {"points": CANARY}, by=cast.trainee, today=START)
    answer = cast.sign_in(client, cast.sponsor).get(cast.url("sponsoring/"))

    assert [(stage.number, stage.trainees) for stage in answer.context["rows"][0][0].pipeline.stages] == [(1, 1)]
    assert [word for word in (CANARY, "林予安", "周敏") if word in answer.text] == []


@pytest.mark.parametrize("part", ["director", "manager", "peer", "outsider"])
def test_nobody_else_accepts_or_checks_in(cast, client, cohort, part):
    member = getattr(cast, part) if part == "outsider" else cast.people[part]
    page = cast.sign_in(client, member)
    posts = [page.post(cast.url(f"sponsoring/{cohort.pk}/{what}/"), {}).status_code for what in ("accept", "check-ins")]
    assert posts == [404, 404]
    for act in (
        lambda: accept_sponsorship(cohort, "", by=member),
        lambda: record_check_in(cohort, "quarter", TODAY, "x", by=member, today=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_a_sponsor_wrote_never_changes(cast, cohort):
    accepted = accept_sponsorship(cohort, "一", by=cast.sponsor)
    held = record_check_in(cohort, "quarter", TODAY, "二", by=cast.sponsor, today=TODAY)
    for change in (
        lambda: SponsorAcceptance.objects.filter(pk=accepted.pk).update(words="x"),
        lambda: SponsorCheckIn.objects.filter(pk=held.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_sponsors_page_asks_the_same_for_one_cohort_as_for_four(cast, client, cohort):
    enroll_cast(cast, cohort)
    page, address = cast.sign_in(client, cast.sponsor), cast.url("sponsoring/")
    page.get(address)
    with query_count() as few:
        page.get(address)
    for number in range(3):
        other = make_cohort(cast, name=f"班{number}", version=cohort.version, sponsor=cast.sponsor)
        record_check_in(other, "quarter", TODAY - timedelta(days=number), "x", by=cast.sponsor, today=TODAY)
    with query_count() as many:
        page.get(address)
    assert (len(few), len(many)) == (9, 9)


@pytest.fixture
def confirmed_by_business(cast):
    version = draft_version()
    route = [
        {"kind": "approve", "roles": ["mentor"], "scores": False, "days": 3},
        {"kind": "agree", "roles": ["business_head"], "days": 5},
    ]
    version.deliverable_kinds.filter(key="D1").update(route=route)
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    return enroll_cast(cast, make_cohort(cast, version=version))


def test_a_business_head_sees_what_waits_and_what_they_confirmed(cast, client, confirmed_by_business):
    submission = submit(deliverable_of(confirmed_by_business, "D1"), {"points": "指标"}, by=cast.trainee, today=START)
    page, address = cast.sign_in(client, cast.business_head), cast.url("business/")
    before = page.get(address).context["page"]
    approve(submission, cast.mentor)
    waiting = page.get(address)
    approve(submission, cast.business_head, note="数字属实")
    with query_count() as asked:
        after = page.get(address)

    assert (before.waiting, before.confirmed) == ((), ())
    [one] = waiting.context["page"].waiting
    assert (one.key, one.about) == ("D1", "林予安")
    assert page.get(cast.url(one.path)).status_code == 200
    [given] = after.context["page"].confirmed
    assert (after.context["page"].waiting, given.key, given.agreed, given.note) == ((), "D1", True, "数字属实")
    assert cast.url("business/") in after.text.split("<main")[0]
    assert len(asked) == 11


def test_others_find_their_page_empty(cast, client, confirmed_by_business):
    submit(deliverable_of(confirmed_by_business, "D1"), {"points": "指标"}, by=cast.trainee, today=START)
    for member in (cast.peer, cast.mentor, cast.director):
        shown = cast.sign_in(client, member).get(cast.url("business/")).context["page"]
        assert (shown.waiting, shown.confirmed) == ((), ())
