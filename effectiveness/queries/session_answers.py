"""What a session's record fills in of D8 (session record) and of D9 (level 1-2 report)."""

import re

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from effectiveness.models import TrainingSession
from effectiveness.queries.report import Reaction, Report
from effectiveness.vocabulary import THERE

RECORD, EVALUATION = "D8", "D9"
LONGEST_LINE = 160
LONGEST_WORDS = 4_000  # of all comments to one question together
MARK_OF_A_LINE = re.compile(r"^\s*(?:[-*•·]|\d+[.)、．])\s*")


def answers(key: str, report: Report) -> dict[str, object]:
    """What this deliverable asks for and the session can tell."""
    return record(report) if key == RECORD else evaluation(report)


def record(report: Report) -> dict[str, object]:
    """D8: topic and place, when it began, its aims, and everybody's attendance. Someone of whom nothing is written down is left open."""
    session = report.session
    return {
        "session": _line(session.title, session.place),
        "session_time": session.starts_at,
        "aims": _aims(session, report.test_mark),
        "attendance": [
            {
                "name": one.name,
                "unit": one.department,
                "came": one.came,
                "stayed": _share(one.share_of(session.minutes), is_known=bool(one.came), was_there=one.came in THERE),
            }
            for one in report.people
        ],
    }


def evaluation(report: Report) -> dict[str, object]:
    """D9: forms, response rate, level 1 and comments once the survey is closed and has five answers, level 2 of pairs or the test after."""
    session, reaction, learned = report.session, report.reaction, report.learning
    day = date_format(localtime(session.starts_at), pgettext("format of a day with year, see Django's date filter", "j M Y"))
    told: dict[str, object] = {"session": _line(session.title, day, session.place)}
    if reaction is not None and not reaction.is_open:
        told |= {"forms_sent": report.there, "forms_returned": reaction.answers}
        if reaction.rate is not None and reaction.rate <= 100:
            told["response_rate"] = reaction.rate
        told["level1"] = [
            {"item": item.label, "n": item.n, "mean": item.mean, "favourable": item.favorable}
            for item in reaction.items
            if not item.is_hidden
        ]
        told["comments"] = _comments(reaction)
    if learned is not None and learned.tested:
        told["level2_design"] = "pre_post" if learned.pairs else "post_only"
        told["level2"] = [
            {
                "objective": _("The whole test"),
                "n_pairs": learned.pairs,
                "pre": learned.pre,
                "post": learned.post,
                "mastery": learned.mastery,
            }
        ]
    return told


def _aims(session: TrainingSession, test_mark: int | None) -> list[dict[str, str]]:
    """An aim for each line. How it is checked stays open where there is no test: only its author knows."""
    lines = [MARK_OF_A_LINE.sub("", line).strip() for line in session.aims.splitlines()]
    check = {"check": _("Test, pass mark %(mark)s of 100") % {"mark": test_mark}} if test_mark is not None else {}
    return [{"objective": line} | check for line in lines if line]


def _comments(reaction: Reaction) -> list[dict[str, object]]:
    """Comments under the two questions that were asked; themes within them are the author's to find."""
    return [
        {"theme": theme, "count": len(words), "typical_words": "\n".join(words)[:LONGEST_WORDS]}
        for theme, words in ((_("What should stay as it is?"), reaction.keep), (_("What should be different next time?"), reaction.change))
        if words
    ]


def _share(percent: int | None, *, is_known: bool, was_there: bool) -> int | None:
    return percent if was_there or not is_known else 0


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)[:LONGEST_LINE]
