"""Names and passwords for hosts, from the user's netrc file alone."""

import netrc
from collections.abc import Mapping

Credentials = Mapping[str, tuple[str, str]]


def read_credentials() -> Credentials:
    """Return name and password by host; none where there is no such file, or it is not private.

    Its `default` entry would tell every host a password, and is left out.
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
