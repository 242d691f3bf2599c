"""Ports of the loopback, for servers that a test starts."""

import socket


def free_port() -> int:
    """One that nobody listens on: tests run beside each other, so none is written down."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
