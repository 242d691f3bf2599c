"""The list under the bell."""

import pytest

from notifications.actions.notify import notify
from notifications.models import Notification
from notifications.queries.notices import notices
from programs.vocabulary import Notice
from tests.queries import query_count

WORDS = {"task": {"zh-hans": "任务 <b>一</b>", "en": "Task"}, "due_on": "2026-06-12"}


def tell(cast, member, count: int = 1) -> list[Notification]:
    for number in range(count):
        notify(member, Notice.TASK_OPENED, about=cast.organization, path=f"tasks/{number}/", words=WORDS, key=str(number))
    return list(Notification.objects.filter(recipient=member).order_by("pk"))


@pytest.mark.parametrize("count", [1, 3, 20])
def test_a_page_costs_three_queries_however_many_there_are(cast, count):
    tell(cast, cast.trainee, count)
    with query_count() as seen:
        found = notices(cast.trainee)
    assert (len(found.rows), found.unread, len(seen)) == (count, count, 3)


def test_twenty_stand_on_a_page_newest_first_and_only_ones_own(client, cast):
    tell(cast, cast.trainee, 21)
    tell(cast, cast.peer, 5)

    first, second = notices(cast.trainee, 1), notices(cast.trainee, 2)
    assert (len(first.rows), len(second.rows), first.unread) == (20, 1, 21)
    assert first.rows[0].pk > second.rows[0].pk

    page = cast.sign_in(client, cast.trainee).get(cast.url("notices/"))
    assert page.status_code == 200
    assert "任务 &lt;b&gt;一&lt;/b&gt;" in page.text


def test_opening_one_marks_it_and_leads_to_what_it_is_about(client, cast):
    (notice,) = tell(cast, cast.trainee)
    cast.sign_in(client, cast.trainee)

    assert client.get(cast.url(f"notices/{notice.pk}/")).status_code == 405
    answer = client.post(cast.url(f"notices/{notice.pk}/"))

    notice.refresh_from_db()
    assert (answer.status_code, answer["Location"], notice.read_at is None) == (302, cast.url("tasks/0/"), False)


@pytest.mark.parametrize("reader", ["peer", "director", "admin"])
def test_a_strangers_notice_is_missing(client, cast, reader):
    (notice,) = tell(cast, cast.trainee)
    assert cast.sign_in(client, getattr(cast, reader)).post(cast.url(f"notices/{notice.pk}/")).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_of_ones_own_can_be_marked_at_once(client, cast):
    tell(cast, cast.trainee, 3)
    tell(cast, cast.peer, 1)

    answer = cast.sign_in(client, cast.trainee).post(cast.url("notices/read/"))

    assert (answer.status_code, answer["Location"]) == (302, cast.url("notices/"))
    assert [notices(member).unread for member in (cast.trainee, cast.peer)] == [0, 1]


def test_an_empty_list_says_what_will_stand_there(client, cast):
    page = cast.sign_in(client, cast.trainee).get(cast.url("notices/"))
    assert (page.status_code, 'class="empty"' in page.text) == (200, True)
