"""How one wants to be told."""

from datetime import time

import pytest

from notifications.models import Preference

WISH = {"by_email": "on", "quiet_from": "21:30", "quiet_until": "07:00", "only_working_days": "on"}


def test_before_the_first_change_the_usual_wishes_stand_there(client, cast):
    page = cast.sign_in(client, cast.trainee).get(cast.url("settings/notices/"))

    assert page.status_code == 200
    for part in ('value="20:00"', 'value="08:00"', cast.trainee.email):
        assert part in page.text


def test_wishes_are_kept_per_person(client, cast):
    cast.sign_in(client, cast.trainee)
    for wish in (WISH, WISH | {"by_email": ""}):
        answer = client.post(cast.url("settings/notices/"), wish)
        assert (answer.status_code, answer["Location"]) == (302, cast.url("settings/notices/"))

    assert [(p.member, p.by_email, p.quiet_from, p.quiet_until, p.only_working_days) for p in Preference.objects.all()] == [
        (cast.trainee, False, time(21, 30), time(7), True)
    ]


@pytest.mark.parametrize("field", ["quiet_from", "quiet_until"])
@pytest.mark.parametrize("typed", ["", "25:00", "noon", "<b>", "9" * 5000])
def test_what_is_no_time_of_day_is_said_beside_its_field(client, cast, field, typed):
    page = cast.sign_in(client, cast.trainee).post(cast.url("settings/notices/"), WISH | {field: typed})

    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text
    assert Preference.objects.count() == 0


def test_who_has_no_address_cannot_ask_for_mail(client, cast):
    cast.trainee.user.email = None
    cast.trainee.user.save()
    cast.sign_in(client, cast.trainee).post(cast.url("settings/notices/"), WISH | {"by_email": ""})

    assert Preference.objects.get().by_email is True  # as before, and of no effect
