"""Who one may sign in as in the demo, and with which password."""

from dataclasses import asdict, dataclass

# Everybody of one organization has the same: it is printed for whoever tries the product.
PASSWORDS = {"hengyue": "learning-by-the-shelf", "nordhamn": "learning-at-the-dock"}
DOMAINS = {"hengyue": "hengyue.example", "nordhamn": "nordhamn.example"}
LANGUAGES = {"hengyue": "zh-hans", "nordhamn": "en"}

ACCOUNTS = {
    "hengyue": [
        ("admin", "guo.ziqian"),
        ("hr_director", "chen.ruonan"),
        ("cohort_manager", "song.jiayi"),
        ("mentor", "zhou.min"),
        ("line_manager", "zhao.xiaofeng"),
        ("reviewer", "qian.li"),
        ("trainee", "lin.yuan"),
        ("trainee", "xu.bowen"),
    ],
    "nordhamn": [
        ("admin", "oskar.lindqvist"),
        ("hr_director", "ingrid.solberg"),
        ("cohort_manager", "maja.nystrom"),
        ("mentor", "henrik.dahl"),
        ("line_manager", "erik.sandberg"),
        ("reviewer", "thomas.hale"),
        ("trainee", "emma.lindholm"),
        ("trainee", "lukas.persson"),
    ],
}


@dataclass(frozen=True)
class Account:
    """One way in, as `manage.py demo_accounts` prints it."""

    organization: str
    role: str
    email: str
    password: str
    language: str

    def as_dict(self) -> dict[str, str]:
        """The account as JSON has it."""
        return asdict(self)


def accounts() -> list[Account]:
    """One for every role of each organization, two for trainees."""
    return [
        Account(slug, role, f"{name}@{DOMAINS[slug]}", PASSWORDS[slug], LANGUAGES[slug])
        for slug, named in ACCOUNTS.items()
        for role, name in named
    ]
