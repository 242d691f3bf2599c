"""Chinese pages say everything in Chinese and English ones in English: lists of texts, templates, pages by role, errors and mails."""

import re
from collections import Counter
from itertools import chain

import pytest
from allauth.account.adapter import get_adapter
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.template.base import Lexer, TokenType
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from organizations.localized import LANGUAGES, LocalizedCharField, LocalizedTextField
from organizations.models import User
from organizations.tenancy import TenantModel
from tests.everywhere.addresses import addresses
from tests.everywhere.said import chinese_in, english_in, said
from tests.everywhere.test_tenant_walk import values_for

pytest_plugins = ["tests.everywhere.company"]
PEOPLE = ["trainee", "mentor", "line_manager", "manager", "director", "admin", "sponsor"]
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


def pages(cast, company, client, part: str, language: str) -> dict[str, list[str]]:
    """What each page of the tenant says that this person may open."""
    member = getattr(cast, part)
    User.objects.filter(pk=member.user_id).update(language=language)
    member.user.refresh_from_db()
    cast.sign_in(client, member)
    opened = {}
    for address in addresses():
        if address.is_tenant and not address.public:
            path = address.path(**values_for(address, company))
            for how, answer in (("", client.get(path)), (" sent empty", client.post(path, follow=True))):
                if answer.status_code in {200, 403, 422} and answer["Content-Type"].startswith("text/html"):
                    opened[f"{address}{how}"] = said(answer.text, {"zh-hans": "zh-Hans"}.get(language, language))
    return opened


@pytest.mark.parametrize("part", PEOPLE)
def test_no_english_stands_on_a_chinese_page(cast, company, client, part):
    opened = pages(cast, company, client, part, "zh-hans")
    found = {name: english_in(texts) for name, texts in opened.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert len(opened) > 10


@pytest.mark.parametrize("part", PEOPLE)
def test_no_chinese_stands_on_an_english_page_but_what_people_wrote(cast, company, client, part):
    opened = pages(cast, company, client, part, "en")
    own = written_here()
    found = {name: chinese_in(texts, own) for name, texts in opened.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert len(opened) > 10
