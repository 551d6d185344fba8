"""Registrable domains, by the Public Suffix List that comes with `publicsuffixlist`."""

import functools
import re
from collections.abc import Collection
from typing import Any

_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-f]*:[0-9a-f:.]*\]?")
# Second levels under which names are registered in many countries: example.co.uk.
_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "ac", "edu", "gov"})


@functools.cache
def _suffixes() -> Any:
    """The list; 0.1 s to load, so only once a host comes up that our rules do not know."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@functools.lru_cache(maxsize=65536)
def registrable(host: str) -> str:
    """The domain that somebody registered: `news.bbc.co.uk` belongs to `bbc.co.uk`.

    A host without one (an address, `localhost`, a public suffix itself) stands for itself.
    """
    if "." not in host or _ADDRESS.fullmatch(host):
        return host
    return str(_suffixes().privatesuffix(host) or host)


def registrable_known(host: str, known: Collection[str]) -> str | None:
    """The registrable domain of a host when our own rules suffice to tell; None: ask the list.

    The hosts in the rules were checked against the list, so two labels that stand there are a
    registrable domain, and so are three that end in a second level such as co.uk.
    """
    labels = host.rsplit(".", 3)
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS  # noqa: PLR2004 - a country
    domain = ".".join(labels[-3:] if shared else labels[-2:])
    return domain if domain in known else None


def is_host(text: str) -> bool:
    """Whether a bare text is a host of the net: an address, `localhost`, or under a known suffix."""
    if text == "localhost" or _ADDRESS.fullmatch(text):
        return True
    suffix = _suffixes().publicsuffix(text, accept_unknown=False)
    return suffix is not None and suffix != text
