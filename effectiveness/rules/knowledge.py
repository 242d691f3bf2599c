"""A small test of single choices: what makes a question usable, and the score of a sheet of answers."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypedDict

FEWEST, MOST = 3, 10  # questions
FEWEST_CHOICES, MOST_CHOICES = 2, 5


class Question(TypedDict):
    """One question; `right` is the place of the right choice, counted from 0."""

    text: str
    choices: list[str]
    right: int


def score(questions: Sequence[Question], chosen: Mapping[int, int]) -> Decimal:
    """Right answers in percent, to two decimals; a question without an answer is wrong. `chosen`: place of choice by question.

    Worked example: 4 of 6 right are 66.67.
    """
    if not questions:
        return Decimal(0)
    right = sum(chosen.get(number) == question["right"] for number, question in enumerate(questions))
    return (Decimal(right) * 100 / len(questions)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def read_questions(text: str) -> tuple[list[Question], list[str]]:
    """Questions as one writes them down: a block each, its first line the question, then a line for each choice, the right one
    marked by a star. Answers also the codes of what is wrong, one for each block: "few_choices", "many_choices", "no_right",
    "two_right".

    Worked example: "2 + 2?\\n3\\n* 4" is one question whose second choice is right.
    """
    questions: list[Question] = []
    problems: list[str] = []
    for block in _blocks(text):
        choices = [line.lstrip("*＊").strip() for line in block[1:]]
        starred = [number for number, line in enumerate(block[1:]) if line.startswith(("*", "＊"))]
        problem = _problem(choices, starred)
        problems.append(problem)
        if not problem:
            questions.append(Question(text=block[0], choices=choices, right=starred[0]))
    return questions, problems


def write_questions(questions: Sequence[Question]) -> str:
    """The same questions as text; reading it back answers them unchanged."""
    return "\n\n".join(
        "\n".join(
            [
                question["text"],
                *(f"* {choice}" if place == question["right"] else choice for place, choice in enumerate(question["choices"])),
            ]
        )
        for question in questions
    )


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        clean = " ".join(line.split())
        if clean:
            blocks[-1].append(clean)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _problem(choices: Sequence[str], starred: Sequence[int]) -> str:
    if len(choices) < FEWEST_CHOICES or not all(choices):
        return "few_choices"
    if len(choices) > MOST_CHOICES:
        return "many_choices"
    if len(starred) != 1:
        return "two_right" if starred else "no_right"
    return ""
