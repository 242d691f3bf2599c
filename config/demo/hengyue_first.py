"""恒岳零售's oldest cohort, nine months in: a practice project of each kind, one of them closed; one review
decided and another that runs."""

from config.demo.cohorts import Group
from config.demo.leading import lead
from config.demo.path import Path
from config.demo.phases import core_skills, onboarding
from config.demo.reviews import hold_first_cycle, run_cycle

# Working days ago on which each project was chosen.
CHOSEN = 104
# The half-year's review began so many working days ago.
FIRST_CYCLE = 78


def tell(group: Group) -> None:
    """What happens in it."""
    for path in group.paths.values():
        _two_phases(path)
    lead(group.paths["pei_zhen"], CHOSEN, rounds=(93, 75, 48, 32))
    lead(group.paths["meng_yuchen"], CHOSEN - 2, rounds=(91, 72, 10))
    lead(group.paths["shao_lei"], CHOSEN - 4, rounds=(88, 70, 52, 4))
    hold_first_cycle(group, FIRST_CYCLE)
    # Certified and through phase 3, 裴真 has completed the program by then.
    run_cycle(group, 2, 8, without=("pei_zhen",))


def _two_phases(path: Path) -> None:
    onboarding(path, late=-1, returns={"D1": ("weak",)} if path.who == "shao_lei" else None)
    core_skills(path, path.due("1.4.c"), ahead=20, returns={"D7": ("weak",)} if path.who == "meng_yuchen" else None)
