"""The Chromium of the system: browsers that Playwright downloads are not to be had everywhere."""

import os
import shutil
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@cache
def path() -> str | None:
    """Where the browser is, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch_options() -> dict:
    """What `playwright.chromium.launch()` needs here; root has no sandbox."""
    return {"executable_path": path(), "args": ["--no-sandbox"] if os.geteuid() == 0 else []}
