"""Whether a worker and beat are alive: each refreshes a key in Valkey every 10 seconds that lives for 30."""

import redis
from django.conf import settings

EVERY_SECONDS, LIFE_SECONDS = 10, 30


def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def refresh(process: str) -> None:
    """Say that `worker` or `beat` is alive; silent where the broker does not answer, which /healthz says by itself."""
    try:
        with _client() as client:
            client.set(f"trellis:alive:{process}", 1, ex=LIFE_SECONDS)
    except redis.RedisError:
        pass


def alive(*processes: str) -> dict[str, bool]:
    """Which of the processes have said so lately. Raises redis.RedisError where the broker does not answer."""
    with _client() as client:
        found = client.mget([f"trellis:alive:{process}" for process in processes])
    return {process: value is not None for process, value in zip(processes, found, strict=True)}
