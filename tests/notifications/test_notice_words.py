"""Every notice has words, in both languages, and every language says all of its parts."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from assessments.vocabulary import Notice as ReviewNotice
from mentorship.vocabulary import Notice as MentorshipNotice
from notifications.queries.notice_words import notice_words
from programs.vocabulary import Notice as ProgramNotice
from projects.vocabulary import Notice as ProjectNotice

KINDS = [*ProgramNotice.values, *ProjectNotice.values, *MentorshipNotice.values, *ReviewNotice.values]
WORDS = {
    "task": {"zh-hans": "访谈业务部门", "en": "Interview the business"},
    "deliverable": {"zh-hans": "《岗位说明书》", "en": "Role description"},
    "phase": {"zh-hans": "入职与融入", "en": "Onboarding"},
    "key": "D4",
    "number": 1,
    "version": 2,
    "trainee": "林予安",
    "mentor": "周敏",
    "days": 14,
    "minutes": 45,
    "starts_at": "2031-06-12T15:00:00+08:00",
    "by": "周敏",
    "note": "第一行\n第二行",
    "cohort": "2026 春季班",
    "project": "店长上岗 60 天",
    "gate": {"zh-hans": "G1 立项", "en": "G1 Charter"},
    "condition": "补齐 3 家店的基线",
    "verdict": "go",
    "accepted": True,
    "due_on": "2031-06-12",
    "completed_on": "2031-06-13",
    "start_on": "2031-03-02",
    "since": "2026-06-01T09:00:00+08:00",
}


@pytest.mark.parametrize("kind", [*KINDS, "unheard_of"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_notice_says_what_happened_in_one_line(kind, language):
    with translation.override(language):
        words = notice_words(kind, WORDS)

    assert words.title
    assert "\n" not in words.title
    assert not re.search(r"\{|\}|%\(|None", words.title + words.body)
    assert len(words.title) <= 100


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_words_of_its_own(kind):
    assert Path(f"templates/notices/{kind}.txt").is_file()


def test_parts_are_read_in_the_language_in_force():
    with translation.override("en"):
        assert notice_words("date_moved", WORDS).title == "“Interview the business” has a new date: Thu 12 Jun 2031"


def test_nothing_is_escaped_twice_and_a_name_cannot_begin_a_second_line():
    with translation.override("en"):
        words = notice_words("returned", WORDS | {"by": "A & B\nBcc: x", "note": "a < b\nc"})

    assert words.title == "A & B Bcc: x asks you to revise D4 Role description once more"
    assert words.body == "Revising is part of learning. What to change:\na < b\nc"
    assert type(words.title) is str
    assert type(words.body) is str
