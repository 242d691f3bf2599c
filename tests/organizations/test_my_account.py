"""One's own account: name, language, time zone, and the pages beside it."""

import pytest

from organizations.models import User

URL = "/accounts/profile/"


@pytest.fixture
def mine(client, cast):
    return cast.sign_in(client, cast.trainee)


def test_language_and_time_zone_hold_at_once(mine, cast):
    answer = mine.post(URL, {"name": "Lin Yuan", "language": "en", "time_zone": "Europe/Stockholm"})
    assert answer.headers["Location"] == URL
    user = User.objects.get(pk=cast.trainee.user_id)
    assert (user.name, user.language, user.time_zone) == ("Lin Yuan", "en", "Europe/Stockholm")
    page = mine.get(URL)
    assert page.context["LANGUAGE_CODE"] == "en"
    assert "Your details are saved." in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, {"name"}),
        ({"name": "x" * 81}, {"name"}),
        ({"language": "fr"}, {"language"}),
        ({"time_zone": "Mars/Olympus"}, {"time_zone"}),
        ({"time_zone": ""}, {"time_zone"}),
        ({"name": "\0"}, {"name"}),
    ],
)
def test_bad_input_is_said_next_to_the_field(mine, cast, typed, wrong):
    answer = mine.post(URL, {"name": "林予安", "language": "zh-hans", "time_zone": "Asia/Shanghai"} | typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert User.objects.get(pk=cast.trainee.user_id).name == "林予安"


def test_a_zone_set_by_an_operator_stays_choosable(mine, cast):
    User.objects.filter(pk=cast.trainee.user_id).update(time_zone="Asia/Kathmandu")
    answer = mine.post(URL, {"name": "林予安", "language": "zh-hans", "time_zone": "Asia/Kathmandu"})
    assert answer.status_code == 302


def test_the_language_switch_holds_for_the_person_in_every_browser(mine, cast):
    answer = mine.post("/accounts/language/", {"language": "en", "next": cast.url("settings/stand-in/")})
    assert answer.headers["Location"] == cast.url("settings/stand-in/")
    assert User.objects.get(pk=cast.trainee.user_id).language == "en"
    assert mine.get(cast.url("settings/stand-in/")).context["LANGUAGE_CODE"] == "en"


def test_signed_out_the_browser_remembers_the_language(client, db):
    client.post("/accounts/language/", {"language": "en", "next": "/accounts/login/"})
    assert client.get("/accounts/login/", headers={"accept-language": "zh-hans"}).context["LANGUAGE_CODE"] == "en"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example/", "javascript:alert(1)", ""])
def test_the_switch_never_leads_to_another_site(client, db, elsewhere):
    answer = client.post("/accounts/language/", {"language": "en", "next": elsewhere})
    assert answer.headers["Location"] == "/organizations/"


@pytest.mark.parametrize("language", ["fr", "", "x" * 5000, "../en"])
def test_an_unknown_language_changes_nothing(mine, cast, language):
    answer = mine.post("/accounts/language/", {"language": language})
    assert answer.status_code == 302
    assert "trellis_language" not in answer.cookies
    assert User.objects.get(pk=cast.trainee.user_id).language == "zh-hans"


def test_reading_a_page_changes_no_language(client, db):
    assert client.get("/accounts/language/").status_code == 405


@pytest.mark.parametrize("path", ["/accounts/profile/", "/accounts/email/", "/accounts/2fa/", "/organizations/"])
def test_the_pages_of_ones_account_ask_for_a_sign_in(client, db, path):
    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
