"""A calendar file that a strict reader takes: lines, escapes, times, and Chinese that is never cut."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.calendar_file import LONGEST_LINE, Event, calendar_file, instant

STAMP = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
AT = datetime(2026, 9, 18, 15, 0, tzinfo=timezone(timedelta(hours=8)))
NAME = re.compile(r"[A-Z]+")
# What may stand in a line by RFC 5545, 3.1: no control characters but the tab.
VALUE = re.compile(r"[\t\x20-\x7e\x80-\U0010ffff]*")


def read(octets: bytes) -> list[tuple[str, str]]:
    """Names and raw values of a file, or an AssertionError where RFC 5545 says no."""
    assert octets.endswith(b"\r\n")
    lines = octets[:-2].split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line and line for line in lines)
    assert all(len(line) <= LONGEST_LINE for line in lines)
    for line in lines:
        line.decode("utf-8")  # no character is cut by a fold
    found = []
    for line in octets[:-2].replace(b"\r\n ", b"").decode("utf-8").split("\r\n"):
        name, colon, value = line.partition(":")
        assert colon and NAME.fullmatch(name) and VALUE.fullmatch(value), line
        found.append((name, value))
    return found


def plain(value: str) -> str:
    """A text value as it was before it was escaped; a lone comma or semicolon would be a list."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def event(**facts) -> Event:
    return Event(**{"uid": "abc@trellis.example", "sequence": 2, "starts_at": AT, "minutes": 45, "summary": "辅导"} | facts)


def test_the_whole_file():
    facts = {"place": "杭州, 3 楼; 302", "description": "议题：\n1. 需求访谈", "url": "https://trellis.example/o/a/mentoring/meetings/1/"}
    assert read(calendar_file(event(**facts), STAMP)) == [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Trellis//Mentoring//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("BEGIN", "VEVENT"),
        ("UID", "abc@trellis.example"),
        ("DTSTAMP", "20260901T010000Z"),
        ("SEQUENCE", "2"),
        ("DTSTART", "20260918T070000Z"),
        ("DTEND", "20260918T074500Z"),
        ("SUMMARY", "辅导"),
        ("STATUS", "CONFIRMED"),
        ("DESCRIPTION", "议题：\\n1. 需求访谈"),
        ("LOCATION", "杭州\\, 3 楼\\; 302"),
        ("URL", "https://trellis.example/o/a/mentoring/meetings/1/"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]


def test_a_cancelled_meeting_is_taken_out_of_the_calendar():
    said = dict(read(calendar_file(event(is_cancelled=True), STAMP)))
    assert (said["METHOD"], said["STATUS"]) == ("CANCEL", "CANCELLED")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.sampled_from(["", "培训需求访谈的议题与下一步行动，", "🌱🌱🌱"]))
def test_any_text_comes_out_as_it_went_in(words, chinese):
    words = chinese * 8 + words
    found = read(calendar_file(event(description=words or "-"), STAMP))
    kept = "".join(s for s in words.replace("\r\n", "\n").replace("\r", "\n") if s in "\n\t" or (s >= " " and s != "\x7f"))
    assert plain(dict(found)["DESCRIPTION"]) == (kept if words else "-")
    assert [name for name, _value in found].count("BEGIN") == 2


def test_a_time_without_zone_is_none():
    with pytest.raises(ValueError, match="without_time_zone"):
        instant(datetime(2026, 9, 18, 15, 0))  # noqa: DTZ001
