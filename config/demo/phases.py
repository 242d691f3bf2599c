"""How the phases usually go: everything a few working days before it is due, more or less."""

from datetime import date

from config.demo.answering import deliver
from config.demo.days import pick
from config.demo.mentoring import agree
from config.demo.path import Path
from programs.vocabulary import Role

# Working days before a task is due on which things are done or handed in.
ONBOARDING_NOTES = {"1.4.b": 2, "1.2.a": 3, "1.3.a": 4}
RHYTHMS = (14, 14, 21)  # calendar days from meeting to meeting
ONBOARDING_CHECKS = {"C1": (Role.TRAINING_MANAGER, 3), "C2": (Role.LINE_MANAGER, 2)}
ONBOARDING_DELIVERABLES = {"D1": 7, "D4": 9, "D3": 8, "D5": 8}
INTERVIEWS = (13, 11, 8, 7)
CORE_NOTES = ("2.1.a", "2.1.b", "2.1.c", "2.2.a", "2.2.b", "2.2.c", "2.3.a", "2.3.b", "2.3.c", "2.4.a", "2.4.b", "2.5.a", "2.5.b", "2.5.c")
CORE_DELIVERABLES = {"D6": 5, "D7": 6, "D8": 4, "D9": 4, "D10": 8}


def onboarding(
    path: Path,
    *,
    late: int = 0,
    returns: dict[str, tuple[str, ...]] | None = None,
    without: tuple[str, ...] = (),
    interviews: int = 4,
    met_until: int = 0,
) -> date:
    """The whole first phase but what is in `without`; answers the day of its last event.

    `late` is how many working days after the usual everything happens, `interviews` how many the trainee has held,
    `met_until` how many working days ago they met their mentor for the last time.
    """
    returns, ends = returns or {}, []
    wobble = {key: pick(f"{path.who}{key}", 3) for key in ("C3", *ONBOARDING_NOTES, *ONBOARDING_CHECKS, *ONBOARDING_DELIVERABLES)}
    for key, (role, before) in ONBOARDING_CHECKS.items():
        if key not in without:
            ends.append(path.due(path.kinds.checks[key].task.key, late + wobble[key] - before))
            path.check(key, ends[-1], role, note="C2_differences" if key == "C2" else "")
    if "C3" not in without:
        ends.append(path.due("1.4.a", late + wobble["C3"] - 4))
        agree(path, ends[-1], every=RHYTHMS[pick(path.who, len(RHYTHMS))], until=met_until)
    for task, before in ONBOARDING_NOTES.items():
        if task not in without:
            ends.append(path.due(task, late + wobble[task] - before))
            path.done(task, ends[-1])
    for key, before in ONBOARDING_DELIVERABLES.items():
        if key not in without:
            first = path.due(path.kinds.deliverables[key].task.key, late + wobble[key] - before)
            ends.append(deliver(path, key, first, returns=returns.get(key, ())))
    talks = [path.own[Role.HRBP], *path.company.cast["business_heads"]]
    for number, (about, before) in enumerate(zip(talks, INTERVIEWS, strict=True), start=1):
        if "D2" not in without and number <= interviews:
            weak = returns.get("D2", ()) if number == 2 else ()
            ends.append(deliver(path, "D2", path.due("1.1.b", late - before), number=number, about=about, returns=weak))
    return max(ends)


def core_skills(
    path: Path,
    opened: date,
    *,
    ahead: int = 0,
    returns: dict[str, tuple[str, ...]] | None = None,
    without: tuple[str, ...] = (),
) -> date:
    """The second phase but what is in `without`, `ahead` working days earlier than usual, never before the day it opened."""
    days, returns, end = path.company.days, returns or {}, opened
    for number, task in enumerate(CORE_NOTES, start=1):
        if task not in without:
            path.done(task, max(path.due(task, -1 - ahead - pick(f"{path.who}{task}", 2)), days.shift(opened, number)))
    earliest = days.shift(opened, 6)
    for key, before in CORE_DELIVERABLES.items():
        if key in without:
            continue
        usual = path.due(path.kinds.deliverables[key].task.key, -before - ahead + pick(f"{path.who}{key}", 2))
        end = deliver(path, key, max(usual, earliest), returns=returns.get(key, ()))
        # One thing after another: the session is evaluated once it has been held.
        earliest = days.shift(max(usual, earliest), 3)
    return end
