"""One meeting as a calendar file that any calendar takes. Source: RFC 5545 (iCalendar), sections 3.1, 3.3.11, 3.6.1."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75  # octets, without the line break


@dataclass(frozen=True)
class Event:
    """What a calendar shows of a meeting. `uid` stays the same when it moves, `sequence` counts its changes."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    description: str = ""
    place: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_file(event: Event, stamped_at: datetime) -> bytes:
    """The file: one event in UTC, lines of at most 75 octets that end in CRLF and never cut a character."""
    ends_at = event.starts_at + timedelta(minutes=event.minutes)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Trellis//Mentoring//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:" + ("CANCEL" if event.is_cancelled else "PUBLISH"),
        "BEGIN:VEVENT",
        f"UID:{text(event.uid)}",
        f"DTSTAMP:{instant(stamped_at)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{instant(event.starts_at)}",
        f"DTEND:{instant(ends_at)}",
        f"SUMMARY:{text(event.summary)}",
        "STATUS:" + ("CANCELLED" if event.is_cancelled else "CONFIRMED"),
    ]
    lines += [f"DESCRIPTION:{text(event.description)}"] if event.description else []
    lines += [f"LOCATION:{text(event.place)}"] if event.place else []
    lines += [f"URL:{event.url}"] if event.url else []
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return b"".join(fold(line) for line in lines)


def instant(moment: datetime) -> str:
    """A moment in UTC: 20260918T070000Z.

    Raises:
        ValueError: "without_time_zone".
    """
    if moment.tzinfo is None:
        raise ValueError("without_time_zone", moment)
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(value: str) -> str:
    """A text value: backslash, semicolon and comma escaped, line breaks written as \\n, other control characters left out."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    printable = "".join(sign for sign in lines if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    return printable.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> bytes:
    """A content line as octets: longer than 75 it goes on in further lines that begin with a space, between two characters."""
    parts, part, room = [], b"", LONGEST_LINE
    for sign in line:
        octets = sign.encode("utf-8")
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", LONGEST_LINE - 1  # the space at the beginning counts
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
