"""What every page is made of: fields, tags, the frame and what it asks the database."""

from datetime import date, timedelta

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation

from config.templating import context, navigation
from config.templating.messages import FragmentMessagesMiddleware
from tests.queries import query_count


def rendered(source: str, **values) -> str:
    return " ".join(engines["django"].from_string(source).render(values).split())


class Sample(forms.Form):
    """One field of each look."""

    name = forms.CharField(label="Name", help_text="As in your papers")
    amount = forms.IntegerField(label="Amount", required=False)
    level = forms.ChoiceField(label="Level", choices=[(1, "Not met"), (3, "Met")], widget=forms.RadioSelect(attrs={"class": "levels"}))
    seen = forms.BooleanField(label="I have read it")
    slides = forms.FileField(label="Slides")


def test_a_field_is_drawn_with_label_hint_and_class():
    assert rendered("{{ form.name.as_field_group }}", form=Sample()) == (
        '<div class="field"> <label class="req" for="id_name">Name</label> '
        '<input type="text" name="name" required aria-describedby="id_name_helptext" id="id_name" class="input"> '
        '<p class="hint" id="id_name_helptext">As in your papers</p> </div>'
    )


def test_a_refused_field_says_so_and_names_its_error():
    form = Sample({"amount": "many"})

    html = rendered("{{ form.amount.as_field_group }}", form=form)

    assert 'aria-invalid="true" aria-describedby="id_amount_error" id="id_amount" class="input is-num">' in html
    assert 'class="error" id="id_amount_error"' in html


def test_a_refused_form_begins_with_a_summary_that_links_to_every_field():
    html = rendered("{{ form }}", form=Sample({"name": ""}))

    assert html.startswith('<div class="note is-bad errors" role="alert" tabindex="-1" autofocus>')
    assert [f'href="#id_{name}"' in html for name in ("name", "level", "seen", "slides")] == [True] * 4


def test_levels_below_the_goal_are_marked_and_stay_radios():
    html = rendered("{{ form.level }}", form=Sample({"level": "3"}))

    assert '<div class="levels" id="id_level"> <label class="is-low"><input type="radio" name="level" value="1" required' in html
    assert '<label><input type="radio" name="level" value="3" required' in html


def test_what_is_typed_is_escaped_everywhere():
    hostile = "<script>alert(1)</script>"

    html = rendered(
        "{{ form }}{% who name name %}{% tag name %}{% icon 'check' '' name %}{% pillar 1 name %}",
        form=Sample({"name": hostile, "level": hostile}),
        name=hostile,
    )

    assert "<script>" not in html


def test_no_component_uses_inline_style_or_script():
    html = rendered("{{ form }}{% state_tag 'returned' %}{% avatar 'A' %}{% pillar_bar w %}", form=Sample(), w=[60, 20, 20])

    assert [word for word in ("style=", "onclick", "<script") if word in html] == []


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [(-3, "is-late", "3 days late"), (0, "is-soon", "due today"), (2, "is-soon", "2 days left"), (14, "", "14 days left")],
)
def test_a_deadline_says_how_far_it_is(days, zh, en):
    with translation.override("en"):
        html = rendered("{{ value|days_left }}", value=timezone.localdate() + timedelta(days=days))

    assert en in html
    assert zh in html


def test_a_day_is_said_as_english_says_it():
    with translation.override("en"):
        assert rendered("{{ value|day }}", value=date(2020, 9, 18)) == "Fri 18 Sep 2020"


@pytest.mark.parametrize(("name", "mark"), [("林予安", "林"), ("Maya Lindqvist", "ML"), ("Cher", "C"), ("", "?")])
def test_an_avatar_shows_family_name_or_initials(name, mark):
    assert rendered("{% avatar name %}", name=name).endswith(f">{mark}</span>")


def request_of(cast, member, path=""):
    request = RequestFactory().get(cast.url(path))
    request.member, request.organization, request.user = member, cast.organization, member.user
    return request


def test_a_page_that_draws_no_frame_asks_nothing(cast):
    with query_count() as asked:
        context.shell(request_of(cast, cast.mentor))

    assert asked == []


def test_the_frame_asks_three_questions(cast):
    shell = context.shell(request_of(cast, cast.admin))["shell"]

    with query_count() as asked:
        found = (shell.nav, shell.deep_nav, shell.memberships, shell.unread, shell.role_line)

    assert len(asked) == 3
    assert (len(found[2]), found[3]) == (1, 0)


@pytest.mark.django_db
def test_signed_out_the_frame_is_empty_and_asks_nothing(rf):
    with query_count() as asked:
        shell = context.shell(rf.get("/"))["shell"]
        found = (shell.nav, shell.memberships, shell.unread, shell.role_line, shell.theme)

    assert (asked, found) == ([], ([], [], 0, "", ""))


@pytest.mark.parametrize(
    ("standing", "keys"),
    [
        (navigation.Standing(is_trainee=True), {"my_program", "mentoring", "projects", "toolkit", "idp", "reviews"}),
        (navigation.Standing(supports=True), {"home", "signoffs", "mentoring", "projects", "toolkit", "reviews"}),
        (
            navigation.Standing(supports=True, reads_trainees=True),
            {"home", "signoffs", "trainees", "mentoring", "projects", "toolkit", "reviews"},
        ),
        (
            navigation.Standing(is_trainee=True, signs=True),
            {"home", "my_program", "signoffs", "mentoring", "projects", "toolkit", "idp", "reviews"},
        ),
        (navigation.Standing(sponsors=True), {"home", "sponsoring"}),
        (navigation.Standing(is_admin=True), {"home", "people", "reports", "settings", "audit"}),
        (navigation.Standing(is_reviewer=True), {"home", "reviews"}),
    ],
)
def test_everyone_is_led_only_to_their_own_places(standing, keys):
    assert {place.key for place in navigation.PLACES if place.may(standing)} == keys


def test_a_place_without_a_page_is_left_out():
    assert navigation.address("nowhere:at_all", "hengyue") == ""


def test_the_theme_is_kept_for_this_browser_and_leads_back(client, db):
    answer = client.post("/theme/", {"theme": "dark", "next": "/accounts/login/?x=1"})

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?x=1")
    assert (answer.cookies["theme"].value, answer.cookies["theme"]["httponly"]) == ("dark", True)


@pytest.mark.parametrize(("wish", "there"), [("pink", "/"), ("dark", "https://evil.example/")])
def test_the_theme_takes_no_other_word_and_leads_nowhere_else(client, db, wish, there):
    answer = client.post("/theme/", {"theme": wish, "next": there})

    assert (answer["Location"], answer.cookies["theme"].value) == ("/", "dark" if wish == "dark" else "")


def fragment(rf, status: int, **headers) -> HttpResponse:
    request = rf.get("/", headers={"HX-Request": "true"})
    request.session = {}
    request._messages = FallbackStorage(request)

    def view(request):
        messages.success(request, "Saved <b>")
        return HttpResponse("<p>here</p>", status=status, headers=headers)

    return FragmentMessagesMiddleware(view)(request)


def test_messages_of_a_fragment_reach_the_live_region(rf):
    html = fragment(rf, 200).content.decode()

    assert '<div class="toasts" id="messages" role="status" aria-live="polite" hx-swap-oob="true">' in html
    assert "Saved &lt;b&gt;" in html


@pytest.mark.parametrize(("status", "headers"), [(302, {}), (200, {"HX-Redirect": "/"})])
def test_messages_of_an_answer_that_leads_on_wait_for_the_next_page(rf, status, headers):
    assert fragment(rf, status, **headers).content == b"<p>here</p>"


@pytest.mark.parametrize(
    ("name", "word"),
    [("404.html", "nothing here"), ("403.html", "role"), ("400.html", "read"), ("500.html", "broke"), ("503.html", "moment")],
)
def test_error_pages_need_no_database(rf, name, word):
    from django.template.loader import render_to_string

    with translation.override("en"):
        assert word in render_to_string(name, request=None if name in {"500.html", "503.html"} else rf.get("/"))


def test_a_stale_form_is_offered_again_with_what_was_typed(rf):
    from django.template.loader import render_to_string

    html = render_to_string("403_csrf.html", {"fields": [("note", 'a "b"')], "files": ["slides"], "action": "/o/x/"}, request=rf.get("/"))

    assert '<input type="hidden" name="note" value="a &quot;b&quot;">' in html
    assert 'type="file" name="slides"' in html


def test_the_frame_draws_person_organization_and_ways_out(cast):
    html = " ".join(
        engines["django"]
        .from_string("{% extends 'base.html' %}{% block main %}here{% endblock %}")
        .render({}, request_of(cast, cast.admin))
        .split()
    )

    assert '<a class="skip" href="#main">' in html
    assert "恒岳零售" in html
    assert "陈一鸣" in html
    assert html.count('name="csrfmiddlewaretoken"') >= 3
    assert '<form method="post" action="/accounts/logout/">' in html
    assert '"responseHandling"' in html
    assert "<style" not in html
