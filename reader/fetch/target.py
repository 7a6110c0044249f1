"""The target of a request: a URL as it goes over the network, in ASCII; pure."""

import re
from urllib.parse import quote, urlsplit

from msgspec import Struct

from reader.errors import FetchError

_PORTS = {"http": 80, "https": 443}
# What stands as it is in a path and in a query, beside letters and digits; as browsers have it.
_PATH_SAFE = "%!$&'()*+,-./:;=@[\\]^_|~"
_QUERY_SAFE = _PATH_SAFE + "?`{}"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9._~-]{1,255}|[0-9a-f:.]{2,64}", re.ASCII)


class Target(Struct, frozen=True):
    """A host, and the path with the query that is asked of it; `port` is None if it is usual."""

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def host_header(self) -> str:
        """Return the value of the header Host."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port is None else f"{name}:{self.port}"

    @property
    def url(self) -> str:
        """Return the URL in ASCII."""
        return f"{self.scheme}://{self.host_header}{self.path}"


def target_of(url: str) -> Target:
    """Return the target of an http or https URL; raises FetchError for anything else.

    A fragment, a name and a password are left out.
    """
    try:
        parts = urlsplit(url)
        host, port = _ascii_host(parts.hostname or ""), parts.port
        path, query = _quoted(parts.path, _PATH_SAFE), _quoted(parts.query, _QUERY_SAFE)
    except ValueError:
        raise FetchError("bad_address", url=url) from None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host):
        raise FetchError("bad_address", url=url)
    target = (path if path.startswith("/") else f"/{path}") + (f"?{query}" if query else "")
    return Target(parts.scheme, host, None if port == _PORTS[parts.scheme] else port, target)


def _ascii_host(host: str) -> str:
    """Return a host name as the DNS has it; raises UnicodeError if it cannot be one."""
    if host.isascii():
        return host
    # Slow to import, and rarely needed.
    import idna

    return idna.encode(host).decode()


def _quoted(text: str, safe: str) -> str:
    """Return a part of a URL without characters that must not stand in it."""
    return quote(_LONE_PERCENT.sub("%25", text), safe)
