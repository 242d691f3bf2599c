"""`python -m config.probe URL`: a container's health check. It asks by the site's own name, as no other is answered."""

import os
import sys
import urllib.error
import urllib.request


def main(url: str) -> int:
    """0 where the address answers 200, else 1 with the answer on standard error."""
    host = os.environ.get("TRELLIS_ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    request = urllib.request.Request(url, headers={"Host": host, "X-Forwarded-Proto": "https"})  # noqa: S310  an address of ours
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except urllib.error.HTTPError as error:
        sys.stderr.write(error.read(500).decode(errors="replace") + "\n")
    except OSError as error:
        sys.stderr.write(f"{error}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
