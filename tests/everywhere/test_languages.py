"""Chinese pages say everything in Chinese and English ones in English: lists of texts, templates, pages by role, errors and mails."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import allauth
import django.conf
import django.contrib.auth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import models
from django.template.base import Lexer, TokenType
from django.template.loader import render_to_string
from django.utils import timezone, translation

from assessments.vocabulary import Notice as ReviewNotice
from config.management.commands.update_messages import found
from notifications.actions.notify import notify
from notifications.models import Delivery, Notification
from notifications.queries.letters import invitation_letter, notice_letter
from organizations.actions.record_audit import record
from organizations.localized import LANGUAGES, LocalizedCharField, LocalizedTextField
from organizations.models import Invitation, User
from organizations.tenancy import TenantModel
from organizations.vocabulary import AuditAction
from programs.builtin_reader import read_builtin
from programs.vocabulary import Notice, Role
from tests.everywhere.addresses import addresses
from tests.everywhere.roles_table import PARTS, STATUS
from tests.everywhere.said import chinese_in, english_in, said
from tests.everywhere.test_tenant_walk import values_for
from tests.factories.programs import enroll_cast, work_of

pytest_plugins = ["tests.everywhere.company"]
PEOPLE = ["trainee", "mentor", "manager", "director", "admin", "sponsor"]
TAGS = {"zh-hans": "zh-Hans", "en": "en"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|%%|\{\w+\}|<[^>]+>")


# ── Lists of texts ──


@pytest.fixture(scope="module")
def messages():
    """Pairs of every text and its Chinese."""
    with (settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po").open(encoding="utf-8") as file:
        catalog = read_po(file, locale="zh_Hans")
    pairs = [(message.id, message.string) for message in catalog if message.id]
    return [(id if isinstance(id, str) else id[-1], string if isinstance(string, str) else string[0]) for id, string in pairs]


def test_every_text_has_its_chinese():
    call_command("update_messages", check=True)


def test_both_languages_fill_in_the_same(messages):
    differ = [(said, chinese) for said, chinese in messages if Counter(PLACEHOLDER.findall(said)) != Counter(PLACEHOLDER.findall(chinese))]
    assert differ == []


def test_chinese_has_its_own_punctuation(messages):
    half = re.compile(r"[㐀-鿿][,;:?!()]|[,;:?!()][㐀-鿿]|\.{3}|[㐀-鿿]\.(\s|$)")
    assert [chinese for _said, chinese in messages if half.search(PLACEHOLDER.sub("", chinese))] == []


def test_nobody_is_spoken_to_like_by_an_office(messages):
    stiff = re.compile("您|成功|操作失败|系统错误|签核|赞助人|直线经理|会面|学分")
    gushing = re.compile(r"\b(oops|please|successful|successfully|invalid)\b|!$", re.IGNORECASE)
    ours = [pair for pair in messages if "ManagementForm" not in pair[0]]
    assert [pair for pair in ours if stiff.search(pair[1]) or gushing.search(pair[0])] == []


# ── Templates ──

TEMPLATES = [
    path
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*"))
    if path.suffix in {".html", ".txt"} and path.name not in {"gallery.html", "_gateway_art.html"}
]


def bare_parts(source: str) -> tuple[str, list[str]]:
    """The markup outside tags and translated blocks, and sentences quoted inside other tags."""
    markup, quoted, inside = [], [], ""
    for token in Lexer(source).tokenize():
        words = token.contents.split()
        if token.token_type == TokenType.BLOCK:
            if words[0] in {"blocktranslate", "comment"} or (words[0] == "block" and words[1].endswith(("_class", "width"))):
                inside = "endblock" if words[0] == "block" else f"end{words[0]}"
            elif words[0] == inside:
                inside = ""
            elif words[0] != "translate":
                plain = re.sub(r'_\("[^"]*"\)', "", token.contents)
                literals = re.findall(r'"([^"]*)"', plain)
                quoted += [text for text in literals if re.search("[a-z] [a-z]", text)]
                quoted += literals[2:] if words[0] == "icon" else []
        elif token.token_type == TokenType.TEXT and not inside:
            markup.append(token.contents)
    return "".join(markup), quoted


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_a_template_says_nothing_that_is_not_translated(path):
    markup, quoted = bare_parts(path.read_text(encoding="utf-8"))
    texts = said(markup, "any")
    assert (english_in(texts), chinese_in(texts, []), quoted) == ([], [], [])


# ── Pages by role ──


def written_here() -> list[str]:
    """What people of the tenant wrote in one language alone, longest first: names, comments, answers, files."""
    found = set()
    for model in [User, *(model for model in apps.get_models() if issubclass(model, TenantModel))]:
        names = [f.attname for f in model._meta.concrete_fields if _is_one_language(f)]
        for row in model.objects.values_list(*names) if names else []:
            found |= set(chain.from_iterable(map(_plain, row)))
    return sorted((text for text in found if text), key=len, reverse=True)


def _is_one_language(field: models.Field) -> bool:
    if isinstance(field, LocalizedCharField | LocalizedTextField):
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def _plain(value) -> list[str]:
    if isinstance(value, dict):
        return [] if value and set(value) <= set(LANGUAGES) else list(chain.from_iterable(map(_plain, value.values())))
    if isinstance(value, list):
        return list(chain.from_iterable(map(_plain, value)))
    return [value, *value.split("\n")] if isinstance(value, str) and chinese_in([value], []) else []


def pages(
    cast, company, client, part: str, language: str, *, post: bool = False, statuses: dict[str, int] | None = None
) -> dict[str, list[str]]:
    """What each page of the tenant says that this person may open; with `post`, also how an empty form is answered.

    `statuses` is told how each page was answered.
    """
    member = getattr(cast, part)
    User.objects.filter(pk=member.user_id).update(language=language)
    member.user.refresh_from_db()
    cast.sign_in(client, member)
    opened = {}
    for address in addresses():
        if address.is_tenant and not address.public:
            path = address.path(**values_for(address, company))
            answers = {str(address): client.get(path)}
            if statuses is not None:
                statuses[address.name] = answers[str(address)].status_code
            if post:
                answers[f"{address}, sent empty"] = client.post(path, follow=True)
            for name, answer in answers.items():
                if answer.streaming:
                    answer.getvalue()  # a file is closed where it has been read
                elif answer.status_code in {200, 403, 422} and answer["Content-Type"].startswith("text/html"):
                    opened[name] = said(answer.text, TAGS[language])
    return opened


@pytest.mark.parametrize("part", PEOPLE)
def test_no_english_stands_on_a_chinese_page(cast, company, client, part):
    opened = pages(cast, company, client, part, "zh-hans", post=True)
    found = {name: english_in(texts) for name, texts in opened.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert [text for texts in opened.values() for text in texts if re.search(r"[。？；] \S", text)] == []  # full stops have their own gap
    assert len(opened) > 10


@pytest.mark.parametrize("part", PARTS)
def test_each_role_opens_what_the_table_says_and_reads_no_chinese_but_what_people_wrote(cast, company, client, part):
    """One walk for both: it is the longest of all."""
    statuses: dict[str, int] = {}
    opened = pages(cast, company, client, part, "en", statuses=statuses)
    own = written_here()
    found = {name: chinese_in(texts, own) for name, texts in opened.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert len(opened) > 10
    column = PARTS.index(part)
    assert {name: code for name, code in statuses.items() if code != 405} == {name: row[column] for name, row in STATUS.items()}


def test_every_page_of_the_table_opens_for_somebody():
    """Where all are answered 404 the company has no such thing, and the row says nothing about who may see one."""
    assert {name: row for name, row in STATUS.items() if not {200, 302} & set(row)} == {}


def _localized(value) -> Iterator[dict]:
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        yield value
    elif isinstance(value, dict | list | tuple):
        yield from chain.from_iterable(map(_localized, value.values() if isinstance(value, dict) else value))


def test_the_built_in_program_speaks_each_language_alone():
    texts = list(_localized(asdict(read_builtin().content)))
    assert len(texts) > 500
    assert [text for text in texts if set(text) != set(LANGUAGES)] == []
    assert (english_in([text["zh-hans"] for text in texts]), chinese_in([text["en"] for text in texts], [])) == ([], [])


# ── What an entry of the audit trail names ──


def _keys_written_down() -> set[str]:
    """Names of values in the calls that leave an entry with what was before and after."""
    found = set()
    for app in ("organizations", "documents", "programs", "mentorship", "notifications", "assessments"):
        for path in (settings.BASE_DIR / app).glob("actions/*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                named = isinstance(node, ast.keyword) and node.arg in {"before", "after"} and isinstance(node.value, ast.Dict)
                found |= {key.value for key in node.value.keys if isinstance(key, ast.Constant)} if named else set()
    return found


def test_the_trail_names_every_value_in_chinese(cast, client):
    keys = _keys_written_down() | set(Role.values) | {"judged", "hours", "method", "route", "fields", "rubric", "questions", "weights"}
    after = dict.fromkeys(sorted(keys), True) | {
        "state": "waived",
        "responsible": ["mentor"],
        "route": [{"kind": "approve"}],
        "due_on": "2026-09-01",
    }
    record(AuditAction.TASK_WAIVED, work_of(enroll_cast(cast), "1.1.a"), by=cast.director, label="1.1.a", after=after)
    cast.sign_in(client, cast.admin)
    page = said(client.get(cast.url("audit/")).text, "zh-Hans")
    assert english_in(page) == []
    assert {"豁免任务", "已豁免", "导师", "2026年9月1日"} <= set(page)


# ── Signed out, and when something goes wrong ──

SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/login/number/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/password/reset/key/done/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/confirm-email/abc/",
    "/o/hengyue/invitation/forged/",
    "/o/hengyue/feedback/forged/",
    "/o/hengyue/feedback/",
    "/o/hengyue/answer/sNoSuchTokenAtAll/",
    "/verify/",
    "/verify/?code=ABCDE-FGHJK-MNPQR-STUVW",
    "/no/such/page/",
]


@pytest.mark.parametrize("path", SIGNED_OUT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_before_sign_in_speak_one_language(cast, client, path, language):
    for how in (client.get, client.post):
        texts = said(how(path, headers={"accept-language": language}, follow=True).text, TAGS[language])
        assert texts or how == client.post  # some cannot be posted to
        assert (english_in(texts) if language == "zh-hans" else chinese_in(texts, [])) == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "503"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_speak_one_language(rf, name, language):
    request = rf.get("/")
    request.user = AnonymousUser()
    with translation.override(language):
        texts = said(render_to_string(f"{name}.html", request=request), TAGS[language])
    assert (english_in(texts) if language == "zh-hans" else chinese_in(texts, [])) == []
    assert len(texts) > 3


# ── Mails and notices ──

NOTICE = {
    "task": {"zh-hans": "访谈业务部门", "en": "Interview the business"},
    "deliverable": {"zh-hans": "《岗位说明书》", "en": "Role description"},
    "phase": {"zh-hans": "入职与融入期", "en": "Onboarding"},
    "key": "D4",
    "number": 1,
    "version": 2,
    "trainee": "ZHOU",
    "by": "ZHOU",
    "note": "–",
    "cohort": "2026",
    "due_on": "2031-06-12",
    "start_on": "2031-03-02",
    "since": "2026-06-01T09:00:00+08:00",
}
LIBRARY_MAILS = sorted(
    str(path.relative_to(settings.BASE_DIR / "templates")).removesuffix("_subject.txt")
    for app in ("account", "mfa")
    for path in (settings.BASE_DIR / "templates" / app / "email").glob("*_subject.txt")
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*Notice.values, *ReviewNotice.values, "unheard_of"])
def test_a_mail_about_the_work_speaks_one_language(cast, kind, language):
    User.objects.filter(pk=cast.trainee.user_id).update(language=language, name="ZHOU")
    notify(cast.trainee, kind, about=cast.trainee, path="my/program/", words=NOTICE, key="languages")
    delivery = Delivery(organization_id=cast.organization.pk, notification=Notification.objects.get(dedup_key__endswith="languages"))
    delivery.notification.recipient.name = "ZHOU"
    assert _of_the_other(notice_letter(delivery, cast.organization), language, cast) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_speaks_one_language(cast, language):
    invitation = Invitation(member=cast.peer, email="a@x.example", language=language, nonce="n", expires_at=timezone.now(), pk=1)
    invitation.invited_by, invitation.organization_id = cast.admin, cast.organization.pk
    assert _of_the_other(invitation_letter(invitation, cast.organization), language, cast) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prefix", LIBRARY_MAILS)
def test_a_mail_about_the_account_speaks_one_language(cast, rf, prefix, language):
    context = {
        "user": cast.trainee.user,
        "email": "a@x.example",
        "from_email": "a@x.example",
        "to_email": "b@x.example",
        "timestamp": timezone.now(),
    }
    context |= {
        "deleted_email": "a@x.example",
        "ip": "192.0.2.1",
        "activate_url": "https://x.example/",
        "password_reset_url": "https://x.example/",
    }
    with translation.override(language), request_context(rf.get("/")):
        letter = get_adapter().render_mail(prefix, "a@x.example", context)
    assert _of_the_other(letter, language, cast) == []


def _of_the_other(letter, language: str, cast) -> list[str]:
    """Lines of a mail, as text and as page, that hold words of the other language."""
    pages = [said(page, TAGS[language]) for page, _kind in getattr(letter, "alternatives", [])]
    lines = [letter.subject, *letter.body.splitlines(), *chain.from_iterable(pages)]
    lines = [line.replace("ZHOU", "") for line in lines]
    own = [member.name for member in cast.people.values()]
    return english_in(lines) if language == "zh-hans" else chinese_in(lines, own)


# ── Texts of the libraries ──


def test_our_chinese_of_a_librarys_text_still_has_its_text():
    """A text that a new release of Django or allauth says otherwise would fall back to their Chinese unseen."""
    roots = [Path(module.__file__).parent for module in (django.conf, django.contrib.auth, allauth)]
    known = set()
    for root in roots:
        with (root / "locale/en/LC_MESSAGES/django.po").open(encoding="utf-8") as file:
            known |= {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}
    ours = {message.id for message in found() if ("config/library_texts.py", 0) in message.locations}
    assert len(ours) > 30
    assert {text if isinstance(text, str) else text[0] for text in ours} - known == set()
