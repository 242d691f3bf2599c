"""How one wants to be told."""

from datetime import time

from notifications.models import Preference
from organizations.models import Member


def set_preference(*, by: Member, by_email: bool, quiet_from: time, quiet_until: time, only_working_days: bool) -> Preference:
    """Write down one's own wishes. They hold for what is planned from now on; `by_email` also for what still waits."""
    wishes = {"by_email": by_email, "quiet_from": quiet_from, "quiet_until": quiet_until, "only_working_days": only_working_days}
    preference, _is_new = Preference.objects.update_or_create(member=by, defaults=wishes)
    return preference
