"""No English on a Chinese page: everything of sign-in, people, settings and audit, errors and mails too."""

import re
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.utils import timezone

from organizations import invitation_links
from organizations.actions import invite, stand_in
from organizations.models import Member
from tests.cast import PASSWORD
from tests.organizations.passwords import give_password
from tests.organizations.test_second_factor import code_of

SHOWN = {"placeholder", "aria-label", "title", "alt", "data-label", "value"}
# Names, addresses and codes are what they are.
NOT_WORDS = re.compile(
    r"\S+@\S+|https?://\S+|/o/\S*|\b(hengyue|A-1007|IDP|API|KPI|360|UTC|Hengyue|English|P\d+)\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b|\b[a-f0-9]{8}\b|\b[A-Z2-7]{32}\b|…/o/hengyue/"
)


class Texts(HTMLParser):
    """What a page says, by eye or by ear, but for what is marked as being in another language."""

    def __init__(self):
        super().__init__()
        self.said: list[str] = []
        self.stack: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        hidden = tag in {"script", "style", "svg"} or (attrs.get("lang") == "en")
        if tag not in {"input", "meta", "link", "img", "br", "hr", "use", "path", "circle", "rect"}:
            self.stack.append((tag, hidden))
        if attrs.get("type") != "hidden" and tag not in {"option", "button", "meta"} and not any(skip for _tag, skip in self.stack):
            self.said += [
                value
                for name, value in attrs.items()
                if name in SHOWN and value and not (tag == "input" and attrs.get("type") in {"radio", "checkbox"})
            ]

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(skip for _tag, skip in self.stack):
            self.said.append(data.strip())


def english(page: str) -> list[str]:
    texts = Texts()
    texts.feed(page)
    return [text for text in texts.said if re.search(r"[A-Za-z]{2,}", NOT_WORDS.sub("", text))]


SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/login/number/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/password/reset/key/done/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/abc/",
    "/o/hengyue/invitation/forged/",
]
SIGNED_IN = [
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/o/hengyue/people/",
    "/o/hengyue/people/?q=没有",
    "/o/hengyue/people/?state=ended",
    "/o/hengyue/people/new/",
    "/o/hengyue/settings/",
    "/o/hengyue/settings/calendar/",
    "/o/hengyue/settings/stand-in/",
    "/o/hengyue/audit/",
    "/o/hengyue/audit/?who=没有",
]


@pytest.fixture
def admin(client, cast):
    give_password(cast.admin)
    client.post("/accounts/login/", {"login": cast.admin.user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_pages_before_sign_in(client, cast, path):
    assert english(client.get(path, follow=True).content.decode()) == []


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_an_admin(admin, cast, path):
    person = Member.objects.create(name="罗小梅", employee_number="A-1007", email="luo@x.example", roles=["member"])
    invite.send(person, by=cast.admin)
    admin.post(cast.url(f"people/{person.pk}/roles/"), {"roles": ["reviewer"]})
    admin.post(cast.url("settings/calendar/"), {"day": timezone.localdate().isoformat(), "is_working": "off"})
    today = timezone.localdate()
    stand_in.name(cast.admin, cast.peer, by=cast.admin, from_on=today, until_on=today, today=today)
    answer = admin.get(path)
    assert answer.status_code == 200
    assert english(answer.content.decode()) == []


def test_a_persons_pages_and_a_code(admin, cast):
    person = Member.objects.create(name="罗小梅", employee_number="A-1007", roles=["member"])
    pages = [
        admin.get(cast.url(f"people/{person.pk}/")),
        admin.get(cast.url(f"people/{person.pk}/edit/")),
        admin.post(cast.url(f"people/{person.pk}/code/")),
        admin.post(cast.url(f"people/{person.pk}/invite/")),
        admin.post(cast.url(f"people/{person.pk}/end/"), follow=True),
        admin.get(cast.url(f"people/{person.pk}/")),
    ]
    assert [english(page.content.decode()) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/accounts/password/change/", {"oldpassword": "x", "password1": "kurz", "password2": "other"}),
        ("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "trellistrellis", "password2": "trellistrellis"}),
        ("/accounts/email/", {"action_add": "", "email": "nope"}),
        ("/accounts/reauthenticate/", {"password": "wrong"}),
        ("/accounts/profile/", {}),
        ("/o/hengyue/people/new/", {"email": "x", "line_manager": "x"}),
        ("/o/hengyue/settings/", {}),
        ("/o/hengyue/settings/calendar/", {"day": "x"}),
        ("/o/hengyue/settings/stand-in/", {"delegate": "x", "from_on": "x"}),
    ],
)
def test_refused_forms(admin, cast, path, typed):
    answer = admin.post(path, typed)
    assert answer.context["form"].errors
    page = answer.content.decode().replace('value="x"', "").replace('value="nope"', "")
    assert english(page) == []


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/accounts/login/", {"login": "", "password": ""}),
        ("/accounts/login/", {"login": "a@x.example", "password": "wrong"}),
        ("/accounts/login/number/", {"organization": "", "number": "", "secret": ""}),
        ("/accounts/login/number/", {"organization": "hengyue", "number": "1", "secret": "wrong"}),
        ("/accounts/password/reset/", {"email": ""}),
    ],
)
def test_refused_sign_ins(client, cast, path, typed):
    assert english(client.post(path, typed).content.decode()) == []


def test_an_invitation_from_mail_to_page(client, cast):
    person = Member.objects.create(name="罗小梅", email="luo@x.example", roles=["member"])
    invitation = invite.send(person, by=cast.admin)
    url = f"/o/hengyue/invitation/{invitation_links.make_token(invitation)}/"
    pages = [client.get(url), client.post(url, {"password1": "kurz"})]
    assert [english(page.content.decode()) for page in pages] == [[], []]


def test_the_second_factor(admin, cast):
    admin.post("/accounts/reauthenticate/", {"password": PASSWORD})
    form = admin.get("/accounts/2fa/totp/activate/")
    assert english(form.content.decode()) == []
    wrong = admin.post("/accounts/2fa/totp/activate/", {"code": "1"})
    assert english(wrong.content.decode()) == []
    admin.post("/accounts/2fa/totp/activate/", {"code": code_of(wrong.context["form"].secret)})
    pages = ["recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "reauthenticate/", ""]
    for page in pages:
        answer = admin.get(f"/accounts/2fa/{page}")
        assert (page, answer.status_code, english(answer.content.decode())) == (page, 200, [])
    admin.logout()
    admin.post("/accounts/login/", {"login": cast.admin.user.email, "password": PASSWORD})
    assert english(admin.get("/accounts/2fa/authenticate/").content.decode()) == []
    assert english(admin.post("/accounts/2fa/authenticate/", {"code": "1"}).content.decode()) == []


def test_mails(client, cast, admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for email in (cast.admin.user.email, "nobody@x.example"):
            client.post("/accounts/password/reset/", {"email": email})
        admin.post("/accounts/reauthenticate/", {"password": PASSWORD})
        admin.post("/accounts/email/", {"action_add": "", "email": "second@x.example"})
        new = "four quiet herons wading"
        admin.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        words = NOT_WORDS.sub("", f"{letter.subject} {letter.body}")
        assert (letter.subject, re.findall(r"[A-Za-z]{2,}", words)) == (letter.subject, [])


def test_a_refusal_and_a_signed_out_form(client, cast):
    refused = cast.sign_in(client, cast.trainee).get(cast.url("people/"))
    assert (refused.status_code, english(refused.content.decode())) == (403, [])
    client.logout()
    held = client.post(cast.url("people/new/"), {"a": "林"}, headers={"origin": "http://testserver"})
    assert (held.status_code, english(held.content.decode().replace('<dt class="code">a</dt>', ""))) == (401, [])
