"""A hall of five hundred people sends its survey answers at the same moment, each from a phone without an account."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from bench import data, story
from bench.floors import forget, marks
from bench.measure import Site, inputs, table, verdict
from effectiveness.views.answer import ANSWERS
from effectiveness.vocabulary import ReactionItem
from organizations import rate_limits

PEOPLE, AT_ONCE = 500, 32
GOAL, LIMIT = 3.0, 6.0  # seconds: the promise is 5,000 answers a minute, the goal twice that
ANSWER = dict.fromkeys(ReactionItem.values, "4") | {"recommend": "9", "keep": "现场演练最有用，案例就是我们门店的。", "change": ""}
KEPT = "effectiveness_surveyanswer"


class _Phone:
    """One person: has the page open, then sends it."""

    def __init__(self, port: int, path: str):
        self.site, self.path = Site(port), path
        _, page = self.site.fetch(path)
        self.fields = {field["name"]: field.get("value", "") for field in inputs(page) if field.get("type") == "hidden"} | ANSWER

    def send(self) -> tuple[int, float]:
        """The status of the answer, and how many milliseconds one waited."""
        began = time.perf_counter()
        answer, _ = self.site.fetch(self.path, "POST", self.fields, Referer=self.site.base + self.path)
        return answer.status, (time.perf_counter() - began) * 1e3


def measure(port: int) -> None:
    """Prints how long it took and whether all of them are kept, by counting rows; then they are forgotten."""
    with data.superuser() as db, ThreadPoolExecutor(AT_ONCE) as hall:
        organization, token = db.execute(
            "SELECT s.organization_id, s.token FROM effectiveness_survey s JOIN organizations_organization o ON o.id = s.organization_id "
            "WHERE o.slug = %s",
            [story.SLUG],
        ).fetchone()
        path = f"/o/{story.SLUG}/answer/{token}/"
        rate_limits.forget(ANSWERS, "127.0.0.1", token)  # a run of a moment ago is another hall
        phones = list(hall.map(lambda _number: _Phone(port, path), range(PEOPLE)))
        ends, before = marks(db, [KEPT]), _kept(db, organization)
        began = time.perf_counter()
        sent = list(hall.map(_Phone.send, phones))
        took = time.perf_counter() - began
        kept = _kept(db, organization) - before
        forget(db, ends)
    table([_row(sent, took, kept)])


def _kept(db: psycopg.Connection, organization: int) -> int:
    return db.execute(f"SELECT count(*) FROM {KEPT} WHERE organization_id = %s", [organization]).fetchone()[0]


def _row(sent: list[tuple[int, float]], took: float, kept: int) -> dict:
    taken = sum(status == 302 for status, _ in sent)
    cuts = statistics.quantiles([waited for _, waited in sent], n=20)
    lost = PEOPLE - kept
    return {
        "burst": f"{PEOPLE} survey answers, {AT_ONCE} at a time",
        "seconds": took,
        "a minute": f"{kept / took * 60:,.0f}",
        "p50 ms": cuts[9],
        "p95 ms": cuts[18],
        "limit s": LIMIT,
        "thanked": taken,
        "kept": kept,
        "is": f"LOST {lost}" if lost or taken != PEOPLE else verdict(took, GOAL, LIMIT),
    }
