"""The lessons that trainees released in the retrospectives of their projects, for everybody in the organization.

Only of approved retrospectives, and only rows that the trainee shares. One shared without a name comes without anything that
leads to the trainee: no project, no cohort, no day, and in an order that has nothing to do with them. Source: content 2, D13.
"""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection

from organizations.localized import read
from programs.models import Pillar
from projects.models import PracticeProject

PER_PAGE = 20
LONGEST_WORDS = 80
FIELD = "lessons"
PILLARS = (1, 2, 3)

RELEASED = """
FROM programs_deliverable d
JOIN programs_submission b ON b.organization_id = d.organization_id AND b.deliverable_id = d.id AND b.number = d.last_number
JOIN projects_practiceproject p ON p.organization_id = d.organization_id AND p.work_id = d.work_id AND p.state <> 'stopped'
JOIN programs_projectkind k ON k.organization_id = p.organization_id AND k.id = p.kind_id
JOIN programs_enrollment e ON e.organization_id = p.organization_id AND e.id = p.enrollment_id
JOIN organizations_member t ON t.organization_id = e.organization_id AND t.id = e.trainee_id
CROSS JOIN LATERAL jsonb_array_elements(
  CASE WHEN jsonb_typeof(b.data -> %(field)s) = 'array' THEN b.data -> %(field)s ELSE '[]'::jsonb END) AS l (told)
WHERE d.organization_id = (SELECT current_organization()) AND d.state = 'approved' AND d.ended_at IS NULL
  AND l.told ->> 'share' IN ('named', 'unnamed') AND coalesce(l.told ->> 'lesson', '') <> ''
  AND (%(words)s = '' OR strpos(lower(concat_ws(' ', l.told ->> 'lesson', l.told ->> 'useful_for')), lower(%(words)s)) > 0)
  AND (%(kind)s = '' OR k.key = %(kind)s)
  AND (%(pillar)s = 0 OR k.weights[%(pillar)s] = (SELECT max(weight) FROM unnest(k.weights) AS weight))"""

ROWS = f"""
SELECT l.told ->> 'lesson', coalesce(l.told ->> 'useful_for', ''), l.told ->> 'from_mistake' = 'yes', k.key, k.name,
       CASE WHEN l.told ->> 'share' = 'named' THEN t.name ELSE '' END, CASE WHEN l.told ->> 'share' = 'named' THEN p.name ELSE '' END
{RELEASED}
ORDER BY l.told ->> 'lesson', l.told ->> 'useful_for', k.key LIMIT %(limit)s OFFSET %(offset)s"""


@dataclass(frozen=True)
class Lesson:
    """One lesson. `by` and `project` are empty where it is shared without a name."""

    text: str
    useful_for: str
    from_mistake: bool
    kind_key: str
    kind: str
    by: str
    project: str


@dataclass(frozen=True)
class LessonFilters:
    """What the list is narrowed to: words of the lesson, the kind of project, the pillar that such projects grow most."""

    words: str = ""
    kind: str = ""
    pillar: int = 0

    @classmethod
    def read(cls, words: str, kind: str, pillar: str) -> "LessonFilters":
        """Out of an address; what is not understood filters nothing."""
        plain = " ".join(words.replace("\0", "").split())[:LONGEST_WORDS]
        return cls(plain, kind[:10].replace("\0", ""), int(pillar) if pillar in map(str, PILLARS) else 0)

    @property
    def any(self) -> bool:
        return bool(self.words or self.kind or self.pillar)


@dataclass(frozen=True)
class Lessons:
    """A page of lessons, and what one may filter by."""

    page: Page
    filters: LessonFilters
    kinds: list[tuple[str, str]]
    pillars: list[tuple[int, str]]


class _Released:
    """The lessons that a filter leaves, counted and read a page at a time."""

    def __init__(self, filters: LessonFilters):
        self.facts = {"field": FIELD, "words": filters.words, "kind": filters.kind, "pillar": filters.pillar}

    def count(self) -> int:
        return self._ask(f"SELECT count(*) {RELEASED}")[0][0]

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Lesson]:
        rows = self._ask(ROWS, limit=part.stop - part.start, offset=part.start)
        return [Lesson(text, for_what, bool(mistake), key, read(name), by, of) for text, for_what, mistake, key, name, by, of in rows]

    def _ask(self, sql: str, **more: int) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, self.facts | more)
            return cursor.fetchall()


def lessons(filters: LessonFilters, number: str) -> Lessons:
    """A page of what was released; four queries."""
    kinds = {key: str(name) for key, name in PracticeProject.objects.order_by("pk").values_list("kind__key", "kind__name")}
    pillars = {place: str(name) for place, name in Pillar.objects.order_by("version_id").values_list("position", "name")}
    page = Paginator(_Released(filters), PER_PAGE).get_page(number)
    return Lessons(page, filters, sorted(kinds.items()), sorted(pillars.items()))
