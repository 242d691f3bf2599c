"""How the people around a trainee answer: who signs, how soon, with which levels and words."""

from datetime import date

from config.demo.days import pick
from config.demo.path import Path
from config.demo.texts import fill
from organizations.models import Member
from programs.rules.rubric import Criterion, advice
from programs.vocabulary import Outcome, Role, StepKind

# Where several roles may take a step, who usually does.
USUALLY = {("hr_director", "hrbp"): Role.HRBP, ("hrbp", "mentor"): Role.HRBP}
# What a signer fills in, by the deliverable and their role.
FILLED_IN = {("D4", Role.TRAINEE): "trainee", ("D8", Role.TRAINING_MANAGER): "observer"}


def texts_of(path: Path, key: str, weak: str = "") -> dict:
    """The texts of a deliverable: the trainee's own where there are some, else those filled with their words."""
    texts = path.company.texts[key]
    return {**texts["text"], **texts.get(path.who, {}), **(texts[weak] if weak else {})}


def deliver(
    path: Path,
    key: str,
    day: date,
    *,
    returns: tuple[str, ...] = (),
    signs: int | None = None,
    number: int = 1,
    about: str = "",
    soon: bool = False,
) -> date:
    """Hand a deliverable in on that day and have it signed; answers the day of the last signature.

    `returns` names the weak texts of earlier versions ("weak", "weak2"), each of which is returned. `signs` is how many
    take their step on the last version; all, unless it is given. `about` is the interviewee of D2. `soon`: within a day.
    """
    days, spoken = path.company.days, path.company.texts
    texts = _about(path, key, about) if about else texts_of(path, key)
    base, note = day, ""
    for weak in (*returns, ""):
        said = spoken["returns"].get(f"{key}b" if weak == "weak2" else key)
        path.hand_in(key, day, {**texts, **(spoken[key][weak] if weak else {})}, number=number, note=note, base=base)
        for at, step in enumerate(_steps(path, key)):
            if not weak and signs is not None and at >= signs:
                return day
            day = days.shift(day, 1 if soon else 1 + pick(f"{path.who}{key}{number}{weak}{at}", 3))
            signer = _signer(path, key, step, about)
            if weak and (step.get("scores") or about):
                path.sign(key, day, signer, Outcome.RETURNED, number=number, note=said["reason"], scores=_scores(path, key, low=True))
                break
            path.sign(
                key,
                day,
                signer,
                number=number,
                note=_word(path, key, step, number),
                scores=_scores(path, key),
                answers=_answers(path, key, step, day),
            )
        if weak:
            note = said["answered"]
            day = days.shift(day, 2 + pick(f"{path.who}{key}again", 3))
    return day


def _about(path: Path, key: str, about: str) -> dict:
    texts = path.company.texts[key]
    return {**texts[about if about in texts else Role.HRBP], "interviewee": f"&{about}", "setting": "@-2 10:00"}


def _steps(path: Path, key: str) -> list[dict]:
    """The steps that others take: handing in is the author's own agreement."""
    kind = path.kinds.deliverables[key]
    own = kind.route[0]
    return kind.route[1:] if own["kind"] == StepKind.AGREE and kind.author in own["roles"] else kind.route


def _signer(path: Path, key: str, step: dict, about: str) -> Member:
    roles = tuple(step["roles"])
    if Role.INTERVIEWEE in roles:
        return path.company.people[about]
    role = USUALLY.get(roles, roles[0])
    # Whoever was interviewed has confirmed the notes already; the mentor scores them.
    if about and path.person(role) == path.company.people[about]:
        role = roles[1]
    if role == Role.BUSINESS_HEAD and any(Role.SPONSOR in one["roles"] for one in path.kinds.deliverables[key].route):
        # Nobody signs twice: a head who is the sponsor signs as that.
        heads = [path.company.people[head] for head in path.company.cast["business_heads"]]
        return next(head for head in heads if head != path.person(Role.SPONSOR))
    return path.person(role)


def _word(path: Path, key: str, step: dict, number: int) -> str:
    spoken = path.company.texts
    words = (
        spoken["approvals"][key] if step.get("scores") else spoken["agrees"].get(USUALLY.get(tuple(step["roles"]), step["roles"][0]), [""])
    )
    return fill(words[pick(f"{path.who}{key}{number}word", len(words))], path.facts)


def _scores(path: Path, key: str, *, low: bool = False) -> dict[str, int]:
    criteria = path.kinds.deliverables[key].rubric
    levels = {one["key"]: 4 if pick(f"{path.who}{key}{one['key']}", 4) == 0 else 3 for one in criteria}
    weakest = criteria[pick(f"{path.who}{key}weak", len(criteria))]["key"]
    if low:
        return {**dict.fromkeys(levels, 3), criteria[0]["key"]: 1, weakest: 2}
    nearly = {**levels, weakest: 2}
    scale = [Criterion(key=one["key"], weight=one["weight"]) for one in criteria]
    return nearly if pick(f"{path.who}{key}", 3) == 0 and advice(scale, nearly).approve else levels


def _answers(path: Path, key: str, step: dict, day: date) -> dict | None:
    for role in step["roles"]:
        if name := FILLED_IN.get((key, role)):
            return path.answers(key, role, path.company.texts[key][name], day)
    return None
