"""What one page costs: time and CPU under a closed loop, statements, weight, memory."""

import contextlib
import gzip
import html.parser
import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.parse
from dataclasses import dataclass

import psutil
import psycopg

LUA = """done = function(s, l)
  local e = s.errors
  io.write(string.format("RESULT %d %d %d %d %d\\n", l:percentile(50), l:percentile(95), s.requests, s.duration,
    e.status + e.read + e.timeout + e.connect))
end
"""
NOT_COUNTED = "^(begin|commit|rollback|set|reset|show|savepoint|release|select set_config|select \\$1$|;)"


class Site:
    """A base address and a cookie jar."""

    def __init__(self, port: int):
        self.port, self.cookies = port, {}
        self.base = f"http://127.0.0.1:{port}"

    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Accept-Language": "zh-hans", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def fetch(self, path: str, method: str = "GET", fields: dict | None = None, **headers) -> tuple[http.client.HTTPResponse, bytes]:
        """One answer with its body; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        body = urllib.parse.urlencode(fields) if fields else None
        form = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        connection.request(method, path, body, self.headers() | form | headers)
        answer = connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        connection.close()
        return answer, content

    def sign_in(self, path: str, user: str, password: str) -> "Site":
        """Fill in the form at `path`: its hidden fields, its first text or e-mail field, its password field."""
        _, page = self.fetch(path)
        fields, names = {}, {}
        for attributes in inputs(page):
            kind = attributes.get("type", "text")
            if kind == "hidden":
                fields[attributes["name"]] = attributes.get("value", "")
            else:
                names.setdefault("text" if kind in ("text", "email") else kind, attributes["name"])
        fields |= {names["text"]: user, names["password"]: password}
        answer, page = self.fetch(path, "POST", fields, Referer=self.base + path)
        if answer.status not in (302, 303):
            raise SystemExit(f"{self.base}{path}: sign-in as {user} answered {answer.status}, not a redirect")
        return self


def inputs(page: bytes) -> list[dict[str, str]]:
    """The attributes of the named fields of a page."""
    tags = [dict(re.findall(r'([\w-]+)\s*=\s*"([^"]*)"', tag)) for tag in re.findall(r"<input\b[^>]*>", page.decode())]
    return [attributes for attributes in tags if "name" in attributes]


def processes(port: int) -> set[psutil.Process]:
    """The processes that serve a port: the whole tree, from whichever of its members listens."""
    found = set()
    for listener in {
        psutil.Process(c.pid) for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port and c.pid
    }:
        top = listener
        while (parent := top.parent()) and parent.name() == top.name() and "gunicorn" in " ".join(parent.cmdline()):
            top = parent
        found |= {top, *top.children(recursive=True)}
    return found


def cpu_seconds(found: set[psutil.Process]) -> float:
    """Their own CPU time so far."""
    total = 0.0
    for process in found:
        with contextlib.suppress(psutil.Error):
            spent = process.cpu_times()
            total += spent.user + spent.system
    return total


def memory(port: int) -> tuple[int, float]:
    """How many processes, and their proportional set size in MiB: shared pages counted once over all of them."""
    found = processes(port)
    with contextlib.suppress(psutil.Error, AttributeError):
        return len(found), sum(process.memory_full_info().pss for process in found) / 2**20
    return len(found), float("nan")


@dataclass(frozen=True)
class Load:
    """Milliseconds at two percentiles, requests a second, server CPU ms a request."""

    p50: float
    p95: float
    rate: float
    cpu: float
    errors: int


def load(site: Site, path: str, seconds: int, connections: int = 2) -> Load:
    """A closed loop, a new connection for each request: kept-alive ones may both land on one worker."""
    found = processes(site.port)
    before = cpu_seconds(found)
    run = _by_wrk if shutil.which("wrk") else _by_threads
    p50, p95, requests, took, errors = run(site, path, seconds, connections)
    spent = cpu_seconds(found) - before
    return Load(p50, p95, requests / took, spent / max(requests, 1) * 1e3, errors)


def _by_wrk(site: Site, path: str, seconds: int, connections: int) -> tuple[float, float, int, float, int]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(LUA)
        lua.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", lua.name, "-H", "Connection: close"]
        for name, value in site.headers().items():
            command += ["-H", f"{name}: {value}"]
        out = subprocess.run([*command, site.base + path], capture_output=True, text=True, check=False).stdout
    match = re.search(r"RESULT (.*)", out)
    if not match:
        raise SystemExit(f"wrk gave no result for {path}:\n{out}")
    p50, p95, requests, duration, errors = map(int, match[1].split())
    return p50 / 1e3, p95 / 1e3, requests, duration / 1e6, errors


def _by_threads(site: Site, path: str, seconds: int, connections: int) -> tuple[float, float, int, float, int]:
    """Without wrk: threads of this process. Their own CPU time is in the milliseconds, so read the ratios."""
    times, errors, end = [], [], time.perf_counter() + seconds

    def ask() -> None:
        while time.perf_counter() < end:
            began = time.perf_counter()
            answer, _ = site.fetch(path, Connection="close")
            times.append((time.perf_counter() - began) * 1e3)
            if answer.status >= 400:
                errors.append(answer.status)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(times, n=20)
    return cuts[9], cuts[18], len(times), float(seconds), len(errors)


def statements(db: psycopg.Connection, site: Site, path: str) -> int:
    """SQL statements of one request by pg_stat_statements, without transaction control and settings; least of five."""
    counts = []
    query = (
        "SELECT coalesce(sum(calls), 0)::int FROM pg_stat_statements WHERE query NOT LIKE '%%pg_stat_statements%%' "
        "AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query !~* %s"
    )
    for _ in range(5):
        db.execute("SELECT pg_stat_statements_reset()")
        site.fetch(path)
        time.sleep(0.1)
        counts.append(db.execute(query, [NOT_COUNTED]).fetchone()[0])
    return min(counts)


class _Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.nodes, self.assets = 0, {}

    def handle_starttag(self, tag, attributes):
        self.nodes += 1
        named = dict(attributes)
        rel = named.get("rel") or ""
        if tag == "script" and named.get("src"):
            self.assets[named["src"]] = "js"
        elif tag == "link" and named.get("href") and ("stylesheet" in rel or "icon" in rel or "preload" in rel):
            self.assets[named["href"]] = "css" if "stylesheet" in rel else "other"
        elif tag in ("img", "source", "iframe") and named.get("src"):
            self.assets[named["src"]] = "other"


@dataclass(frozen=True)
class Weight:
    """A first view: requests (the page and what it names), KiB as if all were gzipped, elements."""

    requests: int
    outside: int
    html: float
    assets: float
    nodes: int


def weight(site: Site, path: str) -> Weight:
    """What a browser with an empty cache fetches for one page."""
    _, content = site.fetch(path)
    page = _Page()
    page.feed(content.decode(errors="replace"))
    packed, requests, outside = 0, 1, 0
    for url in page.assets:
        target = urllib.parse.urlsplit(urllib.parse.urljoin(site.base + path, url))
        if target.scheme == "data":
            continue
        requests += 1
        if target.hostname != "127.0.0.1":
            outside += 1
            continue
        _, body = site.fetch(target.path)
        packed += min(len(body), len(gzip.compress(body, 6)))
    return Weight(requests, outside, len(gzip.compress(content, 6)) / 1024, packed / 1024, page.nodes)


def table(rows: list[dict]) -> None:
    """Rows as a table in Markdown."""
    columns = list(rows[0])
    text = [[f"{row[name]:.2f}" if isinstance(row[name], float) else str(row[name]) for name in columns] for row in rows]
    widths = [max(len(name), *(len(line[at]) for line in text)) for at, name in enumerate(columns)]
    for line in [columns, ["-" * width for width in widths], *text]:
        print("| " + " | ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)) + " |")
    print(flush=True)


def verdict(value: float, goal: float, limit: float) -> str:
    """In a word: within the goal, within the limit, or over it."""
    return "goal" if value <= goal else "ok" if value <= limit else "OVER"
