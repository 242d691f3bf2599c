"""A form sent after the session ran out, or with a stale proof of origin: what was typed is offered again."""

import pytest
from django.test import Client

TYPED = {"name": "<b>罗小梅</b>", "note": "第一行\n第二行", "password1": "secret words", "empty": ""}
OURS = {"origin": "http://testserver"}


def test_what_was_typed_is_offered_again(client, cast):
    answer = client.post(cast.url("people/new/"), TYPED, headers=OURS)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (401, "no-store")
    page = answer.content.decode()
    assert 'name="name" value="&lt;b&gt;罗小梅&lt;/b&gt;"' in page
    assert "<b>罗小梅" not in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert f'action="{cast.url("people/new/")}"' in page
    assert "secret words" not in page


def test_the_referer_will_do_where_the_browser_sends_no_origin(client, cast):
    assert client.post(cast.url("people/new/"), TYPED, headers={"referer": "http://testserver/o/hengyue/"}).status_code == 401


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}, {"referer": "https://evil.example/testserver"}]
)
def test_a_foreign_form_is_sent_to_the_sign_in_page_and_shown_nothing(client, cast, headers):
    answer = client.post(cast.url("people/new/"), TYPED, headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/o/hengyue/people/new/")


@pytest.mark.parametrize("headers", [{"hx-request": "true"}, {"x-requested-with": "draft"}])
def test_a_script_is_told_and_leaves_its_page_as_it_is(client, cast, headers):
    answer = client.post(cast.url("people/new/"), TYPED, headers=OURS | headers)
    assert (answer.status_code, answer.content) == (401, b"")


def test_it_tells_nothing_of_whether_the_organization_exists(client, cast):
    known = client.post(cast.url("people/new/"), TYPED, headers=OURS)
    unknown = client.post("/o/nowhere/people/new/", TYPED, headers=OURS)
    assert known.status_code == unknown.status_code == 401


def test_files_are_to_be_chosen_again(client, cast):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(cast.url("people/new/"), TYPED | {"list": SimpleUploadedFile("a.csv", b"a,b")}, headers=OURS)
    assert 'type="file" name="list"' in answer.content.decode()


def test_after_signing_in_elsewhere_the_same_form_goes_through(cast):
    browser = Client(enforce_csrf_checks=True, headers=OURS)
    browser.get("/accounts/login/")
    token = browser.cookies["trellis_csrftoken"].value
    held = browser.post(cast.url("people/new/"), {"csrfmiddlewaretoken": token, "name": "罗小梅"})
    assert held.status_code == 401
    cast.sign_in(browser, cast.admin)
    fields = dict(held.context["fields"])
    sent = browser.post(held.context["action"], fields | {"csrfmiddlewaretoken": browser.cookies["trellis_csrftoken"].value})
    assert sent.status_code == 302
    assert sent.headers["Location"].startswith(cast.url("people/"))
