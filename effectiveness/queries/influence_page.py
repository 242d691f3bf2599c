"""An influence log as its trainee reads it, and what of it a mentor reads; and what goes into D19."""

from dataclasses import dataclass, field

from effectiveness.models import InfluenceEntry, InfluenceLog, Stakeholder
from effectiveness.planning_vocabulary import Approach, Level
from effectiveness.rules.stakeholders import LEVELS, approach


@dataclass(frozen=True)
class Person:
    """A stakeholder and what follows from where they lie."""

    row: Stakeholder
    approach: Approach


@dataclass(frozen=True)
class Cell:
    """Who lies at one power and interest."""

    approach: Approach
    names: tuple[str, ...]


@dataclass(frozen=True)
class InfluencePage:
    """What the page shows. `grid`: power downwards from high, interest to the right."""

    entries: list[InfluenceEntry]
    people: list[Person] = field(default_factory=list)
    grid: list[tuple[str, list[Cell]]] = field(default_factory=list)
    levels: tuple[Level, ...] = LEVELS


def influence_page(sheet: InfluenceLog) -> InfluencePage:
    """Everything, for the trainee; two queries."""
    rows = list(sheet.stakeholders.all())
    grid = [
        (power.label, [Cell(approach(power, interest), _names(rows, power, interest)) for interest in LEVELS]) for power in reversed(LEVELS)
    ]
    return InfluencePage(list(sheet.entries.all()), [Person(row, approach(row.power, row.interest)) for row in rows], grid)


def shared_entries(sheet: InfluenceLog) -> list[InfluenceEntry]:
    """What the mentor reads: the entries that are shared, and nothing of the stakeholders; one query."""
    return list(sheet.entries.filter(shared=True))


def answers(sheet: InfluenceLog) -> dict[str, object]:
    """What D19 asks for. D19 is read by the mentor: only shared entries go along, and the map, which D19 cannot do without."""
    page = influence_page(sheet)
    return {
        "initiative": sheet.title,
        "map": [
            {"person": row.person, "power": row.power, "interest": row.cares_about, "stance": row.stance}
            for row in (person.row for person in page.people)
        ],
        "entries": [
            {
                "date": entry.on,
                "person": entry.person,
                "ask": entry.ask,
                "what_i_offered": entry.offered,
                "outcome": entry.outcome,
                "next": entry.next,
            }
            for entry in page.entries
            if entry.shared
        ],
    }


def _names(rows: list[Stakeholder], power: str, interest: str) -> tuple[str, ...]:
    return tuple(row.person for row in rows if (row.power, row.interest) == (power, interest))
