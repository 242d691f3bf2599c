"""What a log line may hold."""

import io
import json
import logging
import logging.config

import pytest
import structlog

from config.logging import LOGGING, masked


@pytest.fixture
def lines():
    """A stream with the site's own formatter; answers the lines written so far."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = {key: value for key, value in LOGGING["formatters"]["json"].items() if key != "()"}
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**formatter))
    logger = logging.getLogger("trellis.test")
    logger.addHandler(handler)
    logger.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_secrets_and_addresses_of_people_do_not_reach_the_log(lines):
    structlog.get_logger("trellis.test").info("asked", request="GET /o/acme/people/?q=wei", password="hunter2", said="to wei@example.com")

    (line,) = lines()
    assert {key: line[key] for key in ("event", "level", "request", "password", "said")} == {
        "event": "asked",
        "level": "info",
        "request": "GET /o/acme/people/",
        "password": "…",
        "said": "to …@…",
    }


def test_a_value_with_a_line_break_stays_on_one_line(lines):
    logging.getLogger("trellis.test").warning("agent %s", 'x\n{"event": "forged"}\x1b[31m')

    assert [line["event"] for line in lines()] == ['agent x\n{"event": "forged"}\x1b[31m']


def test_a_trace_keeps_the_error_and_not_the_row_it_quotes(lines):
    try:
        raise ValueError("duplicate key\nDETAIL:  Key (email)=(wei@example.com) already exists.")
    except ValueError:
        structlog.get_logger("trellis.test").exception("failed")

    (line,) = lines()
    assert "ValueError: duplicate key\nDETAIL: …" in line["exception"]
    assert "wei" not in line["exception"]


def test_the_secret_of_a_link_becomes_a_short_hash_that_can_be_matched():
    first, again = masked("GET /o/acme/join/s3cret-token/"), masked("POST /o/acme/join/s3cret-token/?next=/")

    assert first.startswith("GET /o/acme/join/#")
    assert "s3cret" not in first + again
    assert first.split("#")[1] == again.split("#")[1]
