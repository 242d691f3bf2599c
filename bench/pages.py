"""Pages of Trellis beside pages of the reference, in alternating rounds: what troubles the machine troubles both."""

import statistics
from dataclasses import dataclass

from bench import data, story
from bench.measure import Load, Site, load, memory, statements, table, verdict, weight

# Goal and limit of the ratios, and the most statements (of a performance study of such pages).
# A board is a list of 20 rows with 43 cells each: the study's 0.06 ms a row in a template is the limit of a cell too, half of it the
# goal, on top of a list's; /people/ takes 9.1 ms there.
LIMITS = {
    "program": (2.0, 3.0, 14),
    "list": (2.0, 3.0, 12),
    "board": (4.8, 8.7, 12),
    "home": (2.5, 3.5, 18),
    "task": (2.0, 3.0, 16),
}
MOST_REQUESTS, MOST_ASSETS = 12, 60
# KiB of HTML gzipped, and elements: a board may have more than other pages.
MOST, MOST_OF_BOARD = (15, 1500), (25, 5000)
MOST_MEMORY = 250


@dataclass(frozen=True)
class Page:
    """Who looks at what, beside which page of the reference, under which limits."""

    name: str
    who: str
    path: str
    beside: str
    limits: str


def pages() -> list[Page]:
    """What is measured; ids are looked up in the data."""
    with data.superuser() as db:
        template = db.execute("SELECT min(id) FROM programs_programtemplate").fetchone()[0]
        cohort = db.execute("SELECT min(id) FROM programs_cohort").fetchone()[0]
        task = db.execute(_A_TASK, {"email": "trainee1@hengyue.example"}).fetchone()[0]
    return [
        Page("my program, a trainee's home", "trainee1", "my/program/", "/me/", "program"),
        Page("all my tasks", "trainee1", "my/program/tasks/", "/me/", "program"),
        Page("a task: form, history, comments", "trainee1", f"tasks/{task}/", "/me/", "task"),
        Page("sign-off queue", "mentor", "signoffs/", "/queue/", "list"),
        Page("my trainees", "mentor", "my/trainees/", "/people/", "list"),
        Page("template", "director", f"templates/{template}/", "/me/", "program"),
        Page("cohort", "director", f"cohorts/{cohort}/", "/people/", "list"),
        Page("cohort board, 20 rows", "director", f"cohorts/{cohort}/board/", "/people/", "board"),
        Page("reviews of 50 trainees", "line_manager", "reviews/", "/people/", "list"),
        Page("people", "admin", "people/", "/people/", "list"),
        Page("home of a mentor", "mentor", "", "/me/", "home"),
        Page("home of the HR director", "director", "", "/me/", "home"),
    ]


# A returned deliverable with its form, versions, sign-offs and comments: the fullest task of the measured trainee.
_A_TASK = """
SELECT d.work_id FROM programs_deliverable d JOIN programs_taskwork w ON w.id = d.work_id
JOIN programs_enrollment e ON e.id = w.enrollment_id JOIN organizations_member m ON m.id = e.trainee_id
WHERE m.email = %(email)s ORDER BY (d.state = 'returned') DESC, d.last_number DESC, d.id LIMIT 1"""


def measure(base: int, target: int, *, seconds: int, rounds: int, only: str = "") -> None:
    """Prints a table of speed, one of weight, and memory; of all pages, or those whose name holds `only`."""
    floor = Site(base).sign_in("/login/", "trainee101", "pw")
    people = {}
    wanted = []
    for page in (page for page in pages() if only in page.name):
        if page.who not in people:
            people[page.who] = Site(target).sign_in("/accounts/login/", f"{page.who}@hengyue.example", story.PASSWORD)
        answer, _ = people[page.who].fetch(_path(page))
        if answer.status == 200:
            wanted.append(page)
        else:
            print(f"left out: {page.name} answered {answer.status}")
    for page in wanted:
        load(people[page.who], _path(page), 1)
    for beside in {page.beside for page in wanted}:
        load(floor, beside, 1)
    samples: dict[Page, list[tuple[Load, Load]]] = {page: [] for page in wanted}
    for _ in range(rounds):
        for page in wanted:
            samples[page].append((load(floor, page.beside, seconds), load(people[page.who], _path(page), seconds)))
    with data.superuser() as db:
        table([_speed(page, samples[page], statements(db, people[page.who], _path(page))) for page in wanted])
    table([_weight(page, people[page.who]) for page in wanted])
    for name, port in (("reference", base), ("Trellis", target)):
        count, size = memory(port)
        print(f"memory of {name}: {count} processes, {size:.0f} MiB (PSS){'' if name == 'reference' else f', limit {MOST_MEMORY}'}")


def _path(page: Page) -> str:
    return f"/o/{story.SLUG}/{page.path}"


def _speed(page: Page, pairs: list[tuple[Load, Load]], count: int) -> dict:
    goal, limit, most = LIMITS[page.limits]
    p50 = statistics.median(own.p50 / floor.p50 for floor, own in pairs)
    cpu = statistics.median(own.cpu / floor.cpu for floor, own in pairs)
    return {
        "page": page.name,
        "p50 ms": statistics.median(own.p50 for _, own in pairs),
        "p95 ms": statistics.median(own.p95 for _, own in pairs),
        "CPU ms": statistics.median(own.cpu for _, own in pairs),
        "beside": page.beside,
        "p50 ratio": p50,
        "CPU ratio": cpu,
        "limit": f"{limit}",
        "is": verdict(max(p50, cpu), goal, limit),
        "SQL": f"{count} of {most}{'' if count <= most else ' OVER'}",
        "errors": sum(own.errors for _, own in pairs),
    }


def _weight(page: Page, site: Site) -> dict:
    found = weight(site, _path(page))
    most_html, most_nodes = MOST_OF_BOARD if page.limits == "board" else MOST
    over = [
        name
        for name, value, most in (
            ("requests", found.requests, MOST_REQUESTS),
            ("HTML", found.html, most_html),
            ("CSS and JS", found.assets, MOST_ASSETS),
            ("nodes", found.nodes, most_nodes),
            ("other hosts", found.outside, 0),
        )
        if value > most
    ]
    return {
        "page": page.name,
        f"requests (≤ {MOST_REQUESTS})": found.requests,
        "other hosts (0)": found.outside,
        f"HTML KiB gz (≤ {MOST[0]})": f"{found.html:.2f}{'' if most_html == MOST[0] else f' (≤ {most_html})'}",
        f"CSS, JS KiB gz (≤ {MOST_ASSETS})": found.assets,
        f"nodes (≤ {MOST[1]})": f"{found.nodes}{'' if most_nodes == MOST[1] else f' (≤ {most_nodes})'}",
        "is": f"OVER: {', '.join(over)}" if over else "ok",
    }
