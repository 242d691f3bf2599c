"""Judging answers that come as JSON, by the same rules as the form on the page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.models import StoredFile
from programs.queries.directory import everybody
from programs.rules.due_dates import past_promises
from programs.rules.field_values import Problem, missing_required, normalize
from programs.rules.fields import FieldDefinition
from programs.rules.named_in_answers import files_named, unknown_people


def judged(
    definitions: Sequence[FieldDefinition],
    data: Mapping,
    files: Mapping[int, StoredFile],
    *,
    before: Mapping,
    today: date,
    inside: str = "data",
) -> dict:
    """The answers in canonical form. `files` by id are those that may be named; `before` are the answers of the version before.

    Raises:
        ValidationError: whatever cannot be read, is missing or not known here, by its place `inside` what was sent:
            `data.points`, or `data.goals.2.due` in a table; "unknown_field" for what is not asked.
    """
    found = normalize(definitions, data)
    broken = {_place(problem) for problem in found.problems}
    missing = [problem for problem in missing_required(definitions, found.data) if _place(problem) not in broken]
    problems = [
        *found.problems,
        *missing,
        *unknown_people(definitions, found.data, everybody().by_pk.keys()),
        *_unknown_files(definitions, found.data, files),
        *past_promises(definitions, found.data, before, today),
    ]
    refused = _by_place(problems, inside)
    for name in sorted(set(data) - {definition.key for definition in definitions})[:20]:
        refused[f"{inside}.{name[:80]}"] = [ValidationError(_("This is not asked for."), code="unknown_field")]
    if refused:
        raise ValidationError(refused)
    return found.data


def _place(problem: Problem) -> tuple:
    return problem.field, problem.row, problem.column


def _unknown_files(definitions: Sequence[FieldDefinition], answers: Mapping, files: Mapping[int, StoredFile]) -> list[Problem]:
    known = {pk: {"id": pk, "name": file.name, "hash": file.sha256} for pk, file in files.items()}
    return [Problem("not_a_file", *place) for place, file in files_named(definitions, answers) if known.get(file["id"]) != file]


def _by_place(problems: Iterable[Problem], inside: str) -> dict[str, list[ValidationError]]:
    refused: dict[str, list[ValidationError]] = {}
    for problem in problems:
        place = ".".join(str(part) for part in (inside, problem.field, problem.row, problem.column) if part not in (None, ""))
        refused.setdefault(place, []).append(ValidationError(problem.text, code=problem.code))
    return refused
