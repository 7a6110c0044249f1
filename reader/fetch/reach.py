"""Which hosts belong to this machine or its own network, by the addresses of their names."""

import socket
import threading
from collections.abc import Callable
from ipaddress import ip_address

Resolve = Callable[[str], list[str]]


class PrivateAddress(OSError):
    """A public page linked to an address of this machine or its network."""


def resolve(host: str) -> list[str]:
    """Return the addresses of a host; raises OSError if it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_private(found: str) -> bool:
    """Tell whether an IP address belongs to this machine or to a private network."""
    try:
        parsed = ip_address(found.partition("%")[0])
    except ValueError:
        return True
    mapped = getattr(parsed, "ipv4_mapped", None)
    return not (mapped or parsed).is_global


class Reach(threading.local):
    """The hosts that the request of the current thread may reach."""

    public_only = False


class Neighbourhood:
    """Knows which hosts are private; threads may share it."""

    def __init__(
        self, is_private: Callable[[str], bool] = is_private, resolve: Resolve = resolve
    ) -> None:
        self._is_private = is_private
        self._resolve = resolve
        self._known: dict[str, bool] = {}
        self._guard = threading.Lock()

    def has(self, host: str) -> bool:
        """Tell whether a host has a private address; False for one that has no address."""
        with self._guard:
            known = self._known.get(host)
        if known is not None:
            return known
        try:
            found = self._resolve(host)
        except (OSError, UnicodeError):
            return False
        private = any(map(self._is_private, found))
        self.note(host, private=private)
        return private

    def public_addresses(self, host: str) -> list[str]:
        """Return the addresses of a host; raises PrivateAddress if one is private, or OSError.

        Connect to one of these: resolved again, the name may have another address.
        """
        found = self._resolve(host)
        private = any(map(self._is_private, found))
        self.note(host, private=private)
        if private:
            raise PrivateAddress(host)
        return found

    def note(self, host: str, *, private: bool) -> None:
        """Record whether a host is private; once private, it stays so."""
        with self._guard:
            self._known[host] = private or self._known.get(host, False)
