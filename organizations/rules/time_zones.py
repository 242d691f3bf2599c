"""Time zones people choose from."""

from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location

# One for each clock a company is likely to read; the whole list has six hundred.
OFFERED = (
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore", "Asia/Kuala_Lumpur", "Asia/Tokyo",
    "Asia/Seoul", "Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Jakarta", "Asia/Manila", "Asia/Kolkata", "Asia/Karachi", "Asia/Almaty",
    "Asia/Dubai", "Asia/Riyadh", "Asia/Jerusalem", "Europe/Istanbul", "Europe/Moscow", "Africa/Cairo", "Africa/Johannesburg",
    "Africa/Lagos", "Africa/Nairobi", "Europe/Helsinki", "Europe/Stockholm", "Europe/Oslo", "Europe/Copenhagen", "Europe/Berlin",
    "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw", "Europe/London", "Europe/Lisbon", "UTC", "America/Sao_Paulo",
    "America/New_York", "America/Toronto", "America/Chicago", "America/Mexico_City", "America/Denver", "America/Los_Angeles",
    "Pacific/Auckland", "Australia/Sydney", "Australia/Perth",
)  # fmt: skip


def is_time_zone(name: str) -> bool:
    """Whether a clock of this name exists."""
    return name in available_timezones()


def place(name: str, language: str) -> str:
    """The place whose clock it is, in the reader's language; the name itself where no language knows it."""
    if name == "UTC":
        return name
    try:
        return get_timezone_location(name, locale=Locale.parse(language.replace("-", "_")))
    except (LookupError, UnknownLocaleError, ValueError):
        return name
