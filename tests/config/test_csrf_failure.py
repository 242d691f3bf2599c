"""A form whose proof of origin has run out loses nothing; a foreign one is refused."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/login/"
TYPED = {"login": "wei.chen@example.com", "password": "not shown again", "note": "一段\n很长的 <b>话</b>", "csrfmiddlewaretoken": "stale"}


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def test_our_own_form_comes_back_with_all_that_was_typed_but_the_password(browser):
    response = browser.post(ADDRESS, TYPED, headers={"origin": "http://testserver"})
    page = response.content.decode()

    assert response.status_code == 403
    assert '<input type="hidden" name="login" value="wei.chen@example.com">' in page
    assert '<input type="hidden" name="note" value="一段\n很长的 &lt;b&gt;话&lt;/b&gt;">' in page
    assert "not shown again" not in page
    assert f'action="{ADDRESS}"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert 'value="stale"' not in page


def test_the_form_that_came_back_is_accepted(browser):
    refused = browser.post(ADDRESS, TYPED, headers={"referer": "http://testserver/accounts/login/"})
    token = refused.context["csrf_token"]

    again = browser.post(ADDRESS, TYPED | {"csrfmiddlewaretoken": str(token)}, headers={"origin": "http://testserver"})

    assert (refused.status_code, again.status_code) == (403, 200)


@pytest.mark.parametrize(
    "origin", [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"referer": "http://elsewhere.example/testserver"}, {}]
)
def test_a_foreign_form_is_refused_and_shown_nothing_of_itself(browser, origin):
    response = browser.post(ADDRESS, TYPED, headers=origin)

    assert response.status_code == 403
    assert "wei.chen@example.com" not in response.content.decode()


def test_an_answer_to_htmx_takes_the_whole_page(browser):
    response = browser.post(ADDRESS, TYPED, headers={"origin": "http://testserver", "hx-request": "true"})

    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (422, "body", "innerHTML")
