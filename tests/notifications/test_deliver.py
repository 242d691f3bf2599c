"""From a notice to a mail: once, when it suits, in the reader's language."""

import smtplib
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from notifications import jobs
from notifications.actions import deliver, read_notices
from notifications.actions.notify import notify
from notifications.actions.plan_deliveries import plan
from notifications.actions.set_preference import set_preference
from notifications.models import Delivery, Notification
from organizations.models import CalendarDay
from organizations.tenancy import tenant
from programs.vocabulary import Notice

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY_NOON = datetime(2026, 6, 9, 12, tzinfo=SHANGHAI)
TASK = {"task": {"zh-hans": "访谈业务部门", "en": "Interview the business"}, "key": "1.1.b", "due_on": "2026-06-12"}


def tell(cast, member, key: str = "1", kind: str = Notice.TASK_OPENED, words: dict | None = None) -> Notification:
    notify(member, kind, about=cast.organization, path="tasks/7/", words=words or TASK, key=key)
    return Notification.objects.get(dedup_key=f"{kind}:{member.pk}:{key}")


def deliver_at(moment: datetime, cast) -> int:
    with time_machine.travel(moment, tick=False):
        return deliver.run(cast.organization.pk)


def states() -> list[tuple[str, str]]:
    return [(delivery.state, delivery.problem) for delivery in Delivery.objects.order_by("pk")]


def test_the_same_key_is_the_same_notice(cast):
    for _sweep in range(2):
        tell(cast, cast.trainee)

    assert Notification.objects.count() == 1


def test_a_notice_becomes_one_mail_in_the_readers_language(cast):
    tell(cast, cast.trainee)
    cast.mentor.user.language = "en"
    cast.mentor.user.save()
    tell(cast, cast.mentor)

    assert [deliver_at(TUESDAY_NOON, cast), deliver_at(TUESDAY_NOON + timedelta(days=1), cast)] == [2, 0]

    chinese, english = mail.outbox
    assert (chinese.to, english.to) == ([cast.trainee.email], [cast.mentor.email])
    assert "访谈业务部门" in chinese.subject
    assert english.subject == "“Interview the business” has opened"
    assert english.body == (
        "Hello 周敏,\n\n“Interview the business” has opened\n\n"
        "It is due Fri 12 Jun. Its page says what to do and how it will be judged.\n\n"
        "Open in Trellis: http://localhost:8000/o/hengyue/tasks/7/\n\n--\n"
        "You get this because of your work at Hengyue.\n"
        "Choose when and how to be told: http://localhost:8000/o/hengyue/settings/notices/\n"
    )
    page, kind = english.alternatives[0]
    assert (kind, "“Interview the business” has opened" in page, 'lang="en"' in page) == ("text/html", True, True)
    delivery = Delivery.objects.get(notification__recipient=cast.mentor)
    assert english.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<delivery-{cast.organization.pk}-{delivery.pk}@localhost>",
        "List-Unsubscribe": "<http://localhost:8000/o/hengyue/settings/notices/>",
    }
    assert states() == [("sent", ""), ("sent", "")]


def test_what_people_wrote_is_text_in_the_page_and_never_a_header(cast):
    words = {
        "by": "Eve\r\nBcc: all@example.com",
        "key": "D4",
        "deliverable": {"en": "<script>", "zh-hans": "<script>"},
        "note": "<b>1</b>\n2",
    }
    tell(cast, cast.trainee, kind=Notice.COMMENT, words=words)
    deliver_at(TUESDAY_NOON, cast)

    (letter,) = mail.outbox
    raw = letter.message()
    assert (raw["Bcc"], letter.recipients()) == (None, [cast.trainee.email])
    assert "\n" not in letter.subject
    assert "<b>1</b>\n2" in letter.body
    assert "<script>" not in letter.alternatives[0][0]
    assert "&lt;b&gt;1&lt;/b&gt;\n2" in letter.alternatives[0][0]


@pytest.mark.parametrize(
    ("told", "delivered"),
    [
        (datetime(2026, 6, 9, 12, tzinfo=SHANGHAI), datetime(2026, 6, 9, 12, tzinfo=SHANGHAI)),
        (datetime(2026, 6, 9, 21, 30, tzinfo=SHANGHAI), datetime(2026, 6, 10, 8, tzinfo=SHANGHAI)),
        (datetime(2026, 6, 12, 23, tzinfo=SHANGHAI), datetime(2026, 6, 15, 8, tzinfo=SHANGHAI)),  # Friday night: Monday
        (datetime(2026, 9, 30, 21, tzinfo=SHANGHAI), datetime(2026, 10, 8, 8, tzinfo=SHANGHAI)),  # the National Day week
        (datetime(2026, 9, 20, 9, tzinfo=SHANGHAI), datetime(2026, 9, 20, 9, tzinfo=SHANGHAI)),  # a Sunday that is worked
    ],
)
def test_nobody_is_told_at_night_or_on_a_day_off(cast, told, delivered):
    tell(cast, cast.trainee)
    with time_machine.travel(told, tick=False):
        plan(told)

    assert [delivery.due_at for delivery in Delivery.objects.all()] == [delivered]
    if delivered > told:
        assert deliver_at(delivered - timedelta(minutes=1), cast) == 0
    assert deliver_at(delivered, cast) == 1


def test_hours_are_those_of_the_person_and_days_those_of_the_organization(cast):
    cast.trainee.user.time_zone = "Europe/Stockholm"
    cast.trainee.user.save()
    CalendarDay.objects.create(day=TUESDAY_NOON.date(), is_working=False)
    tell(cast, cast.trainee)
    plan(TUESDAY_NOON)

    assert Delivery.objects.get().due_at == datetime(2026, 6, 10, 8, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_a_person_may_want_it_otherwise(cast):
    night = datetime(2026, 6, 13, 23, tzinfo=SHANGHAI)
    set_preference(by=cast.trainee, by_email=True, quiet_from=time(0), quiet_until=time(0), only_working_days=False)
    set_preference(by=cast.mentor, by_email=False, quiet_from=time(20), quiet_until=time(8), only_working_days=True)
    for member in (cast.trainee, cast.mentor):
        tell(cast, member)

    assert deliver_at(night, cast) == 1
    assert [letter.to for letter in mail.outbox] == [[cast.trainee.email]]
    assert states() == [("sent", ""), ("skipped", "")]
    assert Notification.objects.filter(recipient=cast.mentor, read_at=None).count() == 1  # in the product it stands


def no_user(member):
    member.user = None
    member.save()


def no_email(member):
    member.user.email = None
    member.user.save()


def left(member):
    member.ended_at = TUESDAY_NOON
    member.save()


@pytest.mark.parametrize("change", [no_user, no_email, left])
def test_who_cannot_be_mailed_is_told_in_the_product_alone(cast, change):
    change(cast.trainee)
    tell(cast, cast.trainee)

    assert deliver_at(TUESDAY_NOON, cast) == 0
    assert (states(), Notification.objects.filter(planned_at__isnull=False).count()) == ([], 1)


@pytest.mark.parametrize(("change", "reason"), [(left, "no_address"), (None, "read")])
def test_what_changed_while_it_waited_counts(cast, change, reason):
    notice = tell(cast, cast.trainee)
    plan(TUESDAY_NOON)
    if change:
        change(cast.trainee)
    else:
        read_notices.read(notice, by=cast.trainee)

    assert deliver_at(TUESDAY_NOON, cast) == 0
    assert states() == [("skipped", reason)]


class Scripted(EmailBackend):
    """A mail server that answers as it is told."""

    answers: list[Exception | None] = []

    def send_messages(self, messages):
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    """`server(*answers)` sets what the mail server says to the next mails."""
    settings.EMAIL_BACKEND = f"{__name__}.Scripted"
    Scripted.answers = []
    return Scripted.answers.extend


def test_a_mail_server_that_is_down_is_tried_again_later_and_later_and_then_given_up(cast, server):
    tell(cast, cast.trainee)
    server([ConnectionRefusedError(111, "refused")] * 6)
    moment, waits = TUESDAY_NOON, []
    while True:
        assert deliver_at(moment, cast) == 0
        delivery = Delivery.objects.get()
        if delivery.state == "given_up":
            break
        waits.append(delivery.due_at - moment)
        moment = delivery.due_at

    assert [int(wait.total_seconds() // 60) for wait in waits] == [1, 5, 30, 120, 720]
    assert (delivery.attempts, delivery.problem) == (6, "ConnectionRefusedError: [Errno 111] refused")


def test_one_refusal_does_not_hold_up_the_others(cast, server):
    for member in (cast.trainee, cast.mentor, cast.peer):
        tell(cast, member)
    server([smtplib.SMTPRecipientsRefused({cast.trainee.email: (550, b"no such person")}), smtplib.SMTPServerDisconnected("gone")])

    assert deliver_at(TUESDAY_NOON, cast) == 1
    assert [state for state, _problem in states()] == ["given_up", "waiting", "sent"]
    assert deliver_at(TUESDAY_NOON + timedelta(minutes=2), cast) == 1


def test_a_worker_that_ended_after_sending_repeats_once_at_most_and_under_the_same_id(cast):
    tell(cast, cast.trainee)
    plan(TUESDAY_NOON)
    ids, moment = [], TUESDAY_NOON
    for _end in range(4):
        with time_machine.travel(moment, tick=False):
            letter = deliver.claim(moment)
            assert deliver.claim(moment + timedelta(minutes=4)) is None  # somebody may still be at it
        ids += [letter.mail.extra_headers["Message-ID"]] if letter else []
        moment += timedelta(minutes=6)

    assert (len(ids), len(set(ids))) == (2, 1)
    assert states() == [("given_up", "interrupted")]


def test_nothing_crosses_the_wall(cast):
    with tenant(cast.rival.pk):
        notify(cast.outsider, Notice.TASK_OPENED, about=cast.rival, path="", words=TASK, key="1")
    tell(cast, cast.trainee)

    assert deliver_at(TUESDAY_NOON, cast) == 1
    assert [letter.to for letter in mail.outbox] == [[cast.trainee.email]]


def test_the_regular_sweep_wakes_a_worker_only_where_something_is_due(cast, run_jobs):
    with time_machine.travel(TUESDAY_NOON, tick=False):
        jobs.deliver_due()
        assert run_jobs() == []
        tell(cast, cast.trainee)
        connection.run_on_commit = []  # the wake-up is lost
        jobs.deliver_due()
        assert run_jobs() == ["notifications.jobs.deliver"]
    assert len(mail.outbox) == 1
