"""Every address of the site, read off the URL table; a new one is walked without being named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name with namespace, its parameters, and whether one must be signed in."""

    name: str
    parameters: tuple[str, ...]
    public: bool
    route: str = ""

    def place(self, parameter: str) -> str:
        """The word before a parameter in the address: what a bare `pk` or `code` there is of ("tasks", "people")."""
        found = re.search(rf"([a-z-]+)/<(?:\w+:)?{parameter}>", self.route)
        return found[1] if found else ""

    @property
    def is_tenant(self) -> bool:
        """Whether it lies under /o/<slug>/."""
        return "slug" in self.parameters

    def path(self, **values: Any) -> str:
        """The address with these parameters."""
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})

    def __str__(self) -> str:
        return self.name


def addresses() -> list[Address]:
    """All named addresses of ours (allauth's own pages are signed-in or public by allauth)."""
    return sorted(_walk(get_resolver().url_patterns, "", (), ""), key=lambda address: address.name)


def _walk(patterns, namespace: str, parameters: tuple[str, ...], route: str) -> Iterator[Address]:
    for pattern in patterns:
        found = (*parameters, *pattern.pattern.converters)
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            if pattern.name and namespace:
                yield Address(f"{namespace}{pattern.name}", found, not getattr(pattern.callback, "login_required", True), here)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, found, here)
