"""When a mentor hears what trainees say about them."""

from collections.abc import Hashable, Iterable, Sequence

FEWEST = 3  # different people; many answers of one person are still one voice


def may_be_heard(people: Iterable[Hashable]) -> bool:
    """Whether answers of these people may be told: from three different ones on. Below, a mean or a word would point at someone.

    Worked: three answers of one trainee are one person, and nothing is told.
    """
    return len(set(people)) >= FEWEST


def mean_rating(answers: Sequence[tuple[Hashable, int]]) -> float | None:
    """The mean of the ratings (1 to 5) to one decimal, of (person, rating); None where they may not be heard."""
    if not may_be_heard(person for person, _rating in answers):
        return None
    return round(sum(rating for _person, rating in answers) / len(answers), 1)
