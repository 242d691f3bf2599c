"""Reminders: a meeting overdue is told to both, an agreement missing too, each once; the sweep keeps pairings in step."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from config.schedule import ENTRIES
from mentorship import jobs
from mentorship.actions import end_pairing
from mentorship.models import Meeting, Pairing
from notifications.models import Notification
from programs.models import Enrollment
from tests.factories.mentorship import hold, named_pairing, plan, signed_agreement
from tests.factories.programs import START, enroll_cast, pass_check
from tests.queries import query_count

MISSING, OVERDUE = "agreement_missing", "meeting_overdue"


@pytest.fixture
def on(cast):
    """`on(3)` sweeps on the third day after the start; answers who was told what so far."""

    def sweep(days: int) -> dict[str, list[str]]:
        midnight = datetime.combine(START + timedelta(days=days), time.min, ZoneInfo("Asia/Shanghai"))
        with time_machine.travel(midnight, tick=False):
            jobs.sweep(cast.organization.pk)
        found = Notification.objects.filter(kind__in=[MISSING, OVERDUE]).order_by("pk")
        told = {}
        for kind, name in found.values_list("kind", "recipient__name"):
            told.setdefault(kind, []).append(name)
        return {kind: sorted(names) for kind, names in told.items()}

    return sweep


def begin(cast) -> Pairing:
    with time_machine.travel(f"{START}T09:00:00+08:00", tick=False):
        return named_pairing(enroll_cast(cast))


def test_beat_knows_the_sweep():
    assert "mentorship.jobs.sweep" in [arguments[0] for _name, _job, _when, arguments in ENTRIES if arguments]


def test_an_agreement_is_missed_from_the_eighth_working_day_on_once(cast, on):
    begin(cast)
    assert on(9) == {}  # Thursday, the seventh
    assert on(10) == {MISSING: ["周敏", "林予安"]}  # Friday 11 September, the eighth
    assert on(13) == on(40) == {MISSING: ["周敏", "林予安"]}


def test_nobody_is_reminded_on_a_day_off(cast, on):
    begin(cast)
    assert on(11) == {}  # Saturday
    assert on(13) == {MISSING: ["周敏", "林予安"]}


def test_who_passed_c3_by_hand_has_an_agreement_on_paper(cast, on):
    pairing = begin(cast)
    pass_check(cast, pairing.enrollment, "C3", "1.4.a")
    assert on(20) == {}


def test_a_meeting_is_overdue_half_an_interval_after_its_day_once_for_each(cast, on):
    pairing = begin(cast)
    with time_machine.travel(f"{START}T09:00:00+08:00", tick=False):
        signed_agreement(pairing)
        Meeting.objects.all().delete()
    assert on(21) == {}
    assert on(22) == on(23) == {OVERDUE: ["周敏", "林予安"]}
    with time_machine.travel(f"{START + timedelta(days=23)}T18:00:00+08:00", tick=False):
        hold(pairing, cast.mentor)
    assert on(44) == {OVERDUE: ["周敏", "林予安"]}
    assert on(45) == {OVERDUE: ["周敏", "周敏", "林予安", "林予安"]}


def test_who_has_a_meeting_ahead_or_has_paused_is_left_alone(cast, on):
    pairing = begin(cast)
    with time_machine.travel(f"{START}T09:00:00+08:00", tick=False):
        signed_agreement(pairing)
        Meeting.objects.all().delete()
        plan(pairing, cast.mentor, 30)
    assert on(23) == {}
    Meeting.objects.all().delete()
    end_pairing.pause(pairing, by=cast.mentor)
    assert on(24) == {}
    end_pairing.resume(pairing, by=cast.mentor)
    assert on(27) == {OVERDUE: ["周敏", "林予安"]}


def test_the_sweep_pairs_whom_hr_has_named(cast, on):
    enrollment = enroll_cast(cast)
    on(0)
    assert Pairing.objects.get().enrollment == enrollment
    Enrollment.objects.filter(pk=enrollment.pk).update(state="withdrawn")
    on(1)
    assert Pairing.objects.get().state == "ended"


def test_a_sweep_without_news_asks_few_questions(cast, on):
    begin(cast)
    on(30)
    with query_count() as seen:
        on(31)
    assert len(seen) <= 8, "\n".join(seen)
