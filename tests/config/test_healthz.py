"""/healthz: 200 while all four are alive, else 503 and which are not."""

import pytest
from django.db import connection
from django.test import Client

from config import heartbeat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def all_alive(db):
    heartbeat.refresh("worker")
    heartbeat.refresh("beat")


def answer() -> tuple[int, dict, str]:
    response = Client().get("/healthz")
    return response.status_code, response.json(), response["Cache-Control"]


def test_all_alive_is_200(all_alive):
    assert answer() == (200, {"status": "ok"}, "no-store")


def test_a_silent_worker_and_beat_are_named():
    assert answer() == (503, {"status": "unavailable", "reasons": ["worker", "beat"]}, "no-store")


def test_a_silent_beat_alone_is_named():
    heartbeat.refresh("worker")

    assert answer() == (503, {"status": "unavailable", "reasons": ["beat"]}, "no-store")


def test_a_database_that_does_not_answer_is_named_without_its_address(all_alive, tmp_path):
    before = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = str(tmp_path)
    try:
        assert answer() == (503, {"status": "unavailable", "reasons": ["database"]}, "no-store")
    finally:
        connection.settings_dict["HOST"] = before


def test_a_broker_that_does_not_answer_is_named_without_its_address(all_alive, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nothing.sock?db=0"

    assert answer() == (503, {"status": "unavailable", "reasons": ["broker"]}, "no-store")


def test_a_real_worker_says_that_it_is_alive(start_worker):
    start_worker()

    assert heartbeat.alive("worker", "beat") == {"worker": True, "beat": False}
