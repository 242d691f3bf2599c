"""Counting tries in the cache, atomically and for all processes together."""

import hashlib
import logging

from django.core.cache import cache
from redis.exceptions import RedisError

from organizations.rules.rates import Rate

logger = logging.getLogger(__name__)


def _key(rate: Rate, parts: tuple[str, ...]) -> str:
    """Hashed: no part can reach another's key, and no address or number stands in the cache."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"rate:{rate.name}:{digest}"


def admit(rate: Rate, *parts: str) -> bool:
    """Count one try and say whether it is within the rate. Without the cache nobody is let through."""
    key = _key(rate, parts)
    try:
        cache.add(key, 0, rate.seconds)
        return cache.incr(key) <= rate.most
    except ValueError:
        return True  # it ran out between the two calls: the first try of a new period
    except RedisError as problem:
        logger.warning("rate_limit_unavailable", extra={"rate": rate.name, "problem": type(problem).__name__})
        return False


def forget(rate: Rate, *parts: str) -> None:
    """Start counting anew, after a good try."""
    try:
        cache.delete(_key(rate, parts))
    except RedisError as problem:
        logger.warning("rate_limit_unavailable", extra={"rate": rate.name, "problem": type(problem).__name__})
