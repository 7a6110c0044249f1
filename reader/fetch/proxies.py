"""The choice of a proxy for a page, from the variables of the environment."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from reader.errors import SiteUnreachable

_KINDS = frozenset({"http", "https"})
_PORTS = {"http": 80, "https": 443}


def proxy_for(url: str, environment: Mapping[str, str]) -> str | None:
    """Return the address of the proxy for a URL, or None for a direct connection.

    The variables are `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, also in upper case;
    lower case takes precedence. An address of this machine never goes through a proxy. Raises
    SiteUnreachable for a proxy that is neither http nor https.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    name = f"{parts.scheme}_proxy"
    proxy = _variable(name, environment) or _variable("all_proxy", environment)
    if not proxy or is_loopback(host):
        return None
    if _is_excluded(host, parts.port or _PORTS.get(parts.scheme), environment):
        return None
    return _checked(proxy)


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address belongs to this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return found.is_loopback or bool(mapped and mapped.is_loopback)


def proxy_name(proxy: str) -> str:
    """Return the host and port of a proxy, without the name and password that may be in it."""
    return urlsplit(proxy).netloc.rpartition("@")[2]


def _variable(name: str, environment: Mapping[str, str]) -> str:
    """Return the value of a variable, named in lower or upper case; empty if unset."""
    if name in environment:
        return environment[name].strip()
    # A CGI server sets this variable from a request header, which a visitor controls.
    if name == "http_proxy" and "REQUEST_METHOD" in environment:
        return ""
    return environment.get(name.upper(), "").strip()


def _checked(proxy: str) -> str:
    """Return the address of a proxy; raises SiteUnreachable if it cannot be used."""
    full = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(full)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme.startswith("socks"):
        raise SiteUnreachable("proxy_socks", proxy=proxy_name(full))
    if not host or parts.scheme not in _KINDS:
        raise SiteUnreachable("proxy_wrong", proxy=full.rpartition("@")[2])
    return full


def _is_excluded(host: str, port: int | None, environment: Mapping[str, str]) -> bool:
    """Tell whether `no_proxy` names a host itself, a domain that it is in, or its network."""
    for each in _variable("no_proxy", environment).replace(",", " ").split():
        name = each.lower()
        if name == "*":
            return True
        before, colon, number = name.rpartition(":")
        if colon and number.isdecimal() and (":" not in before or before.endswith("]")):
            if port != int(number[:6]):
                continue
            name = before
        name = name.strip("[]").removeprefix("*").removeprefix(".")
        if name and (host == name or host.endswith(f".{name}") or _is_in(host, name)):
            return True
    return False


def _is_in(host: str, network: str) -> bool:
    """Tell whether an address is in a network such as `10.0.0.0/8`."""
    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False
