"""`make bench`: Trellis beside the bare reference and the bulk floors, in one run. See README.md."""

import argparse
import os
import shutil
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
# Always its own servers, whatever this shell is set up for.
for name in [name for name in os.environ if name.startswith(("TRELLIS_", "DATABASE_URL", "REDIS_URL"))]:
    del os.environ[name]
os.environ |= {"TRELLIS_CLUSTER": "bench", "DJANGO_SETTINGS_MODULE": "config.settings"}


PARTS = ["pages", "burst", "bulk", "exports", "printing"]


def main() -> None:
    """Fill, serve, measure, stop."""
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("parts", nargs="*", default=PARTS, help=f"of {', '.join(PARTS)}; all where none is named")
    parse.add_argument("--only", default="", help="of the pages those whose name holds this")
    parse.add_argument("--seconds", type=int, default=3, help="of each load")
    parse.add_argument("--rounds", type=int, default=3)
    parse.add_argument("--port", type=int, default=8390, help="of the reference; Trellis takes the next")
    parse.add_argument("--keep", action="store_true", help="leave the database servers running")
    options = parse.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parse.error(f"no such part: {', '.join(sorted(unknown))}")

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import bulk, burst, data, exports, pages, printing, serving
    from config import embedded

    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if not shutil.which("wrk"):
        print("wrk is not installed: a slower loop in Python is used, so read the ratios, not the milliseconds")
    try:
        data.prepare(date.today())  # noqa: DTZ011  the day of this machine
        print(data.sizes(), end="\n\n", flush=True)
        if {"pages", "burst"} & set(options.parts):
            call_command("collectstatic", interactive=False, verbosity=0)
            with serving.reference(options.port), serving.trellis(options.port + 1):
                if "pages" in options.parts:
                    pages.measure(options.port, options.port + 1, seconds=options.seconds, rounds=options.rounds, only=options.only)
                if "burst" in options.parts:
                    burst.measure(options.port + 1)
        # Without time-outs and pool: a page's limits are not a job's.
        connection.close()
        connection.close_pool()
        if "bulk" in options.parts:
            bulk.measure(options.rounds)
        if "exports" in options.parts:
            exports.measure()
        if "printing" in options.parts:
            printing.measure(options.rounds)
    finally:
        if not options.keep:
            embedded.stop("bench")
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
