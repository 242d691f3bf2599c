"""Work beside its floor: both in turn, what they cost, and what they wrote forgotten again."""

import statistics
import time
from collections.abc import Callable, Iterable

import psycopg

from bench.measure import verdict

Marks = dict[str, int]


def beside(own: Callable[[], int], floor: Callable[[], int], rounds: int, undo: Callable[[], None] | None = None) -> tuple[float, ...]:
    """Medians of both in seconds, and of each round's own ratio: they alternate, so that what troubles the machine troubles both."""
    pairs = []
    for number in range(rounds):
        if undo and number:
            undo()
        pairs.append((seconds(floor), seconds(own)))
    return tuple(statistics.median(column) for column in zip(*((own, floor, own / floor) for floor, own in pairs), strict=True))


def seconds(work: Callable[[], int]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def row(work: str, found: tuple[float, ...], goal: float, limit: float, rows: str) -> dict:
    """What `beside` found, as a row of the table, judged by the ratio."""
    own, floor, ratio = found
    judged = verdict(ratio, goal, limit)
    return {"work": work, "seconds": own, "floor s": floor, "ratio": ratio, "limit": f"{limit}", "is": judged, "rows": rows}


def marks(db: psycopg.Connection, tables: Iterable[str]) -> Marks:
    """Where each table ends now."""
    return {name: db.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()[0] for name in tables}


def forget(db: psycopg.Connection, ends: Marks) -> None:
    """Rows newer than the marks go; by the superuser, since history refuses even its owner."""
    with db.transaction():
        db.execute("SET LOCAL session_replication_role = replica")
        for name, end in ends.items():
            db.execute(f"DELETE FROM {name} WHERE id > %s", [end])
    for name in ends:
        db.execute(f"VACUUM ANALYZE {name}")
