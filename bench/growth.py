"""How much resident memory one export takes at its height, over a worker that has just started: a process of its own for each.

`exports.py` starts it with the form and the organization, and reads the MiB that it prints.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ME = Path("/proc/self")


def of_export(form: str, organization: int) -> float:
    """MiB for the whole job of one export, measured apart: this process holds what it freed before, and would not grow."""
    command = [sys.executable, "-m", "bench.growth", form, str(organization)]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, env=os.environ, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout.splitlines()[-1])


def grown(work: Callable[[], object]) -> float:
    """MiB of resident memory at the height of some work, over what there was before it."""
    gc.collect()
    (ME / "clear_refs").write_text("5")  # the height is of now
    before = _kib("VmRSS")
    work()
    return (_kib("VmHWM") - before) / 1024


def _kib(name: str) -> int:
    return next(int(line.split()[1]) for line in (ME / "status").read_text().splitlines() if line.startswith(f"{name}:"))


if __name__ == "__main__":
    import django

    django.setup()
    from bench import exports

    form, organization = sys.argv[1], int(sys.argv[2])
    director = exports.director(organization)  # the connection is there before, as a worker's is
    print(grown(lambda: exports.exported(form, director, organization)))
