"""Names and passwords for hosts, from the user's netrc file alone."""

import netrc
from collections.abc import Mapping

Credentials = Mapping[str, tuple[str, str]]


def read_credentials() -> Credentials:
    """Return names and passwords by host; none if there is no such file, or it is not private.

    Its `default` entry is left out, as it would send a password to every host.
    """
    try:
        found = netrc.netrc()
    except (OSError, netrc.NetrcParseError, UnicodeError):
        return {}
    return {
        host: (login, password or "")
        for host, (login, _, password) in found.hosts.items()
        if host != "default"
    }
