"""Network failures, as errors whose sentences name the cause."""

import ssl
from collections.abc import Iterator, Sequence
from datetime import datetime
from socket import gaierror

from reader.errors import FetchError, SiteUnreachable
from reader.fetch.httpcore_alone import httpcore
from reader.fetch.proxies import proxy_name
from reader.fetch.reach import PrivateAddress

# OpenSSL's codes for why a certificate is not trusted: not yet valid and expired; self-signed and
# from an unknown authority; not for this name and not for this address.
_CLOCK = frozenset({9, 10, 11, 12})
_AUTHORITY = frozenset({2, 18, 19, 20, 21, 24, 27})
_HOST = frozenset({62, 64})

# What httpcore raises; it has no common base.
NETWORK_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


def network_error(error: Exception, now: datetime, proxy: str | None = None) -> FetchError:
    """Return the error for an exception from httpcore at `now` (UTC), with a proxy or without."""
    causes = list(_causes(error))
    private = next((cause for cause in causes if isinstance(cause, PrivateAddress)), None)
    if private:
        return FetchError("private_address", host=private)
    refused = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if isinstance(refused, ssl.SSLCertVerificationError):
        return _certificate_error(refused, now)
    if refused:
        return SiteUnreachable("no_secure_connection")
    if proxy and isinstance(error, httpcore.ProxyError):
        return SiteUnreachable("proxy_refuses", proxy=proxy_name(proxy), detail=error)
    if proxy and isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return SiteUnreachable("proxy_unreachable", proxy=proxy_name(proxy))
    if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return _no_connection(error, causes)
    if isinstance(
        error, httpcore.TimeoutException | httpcore.RemoteProtocolError | httpcore.ReadError
    ):
        return FetchError("connection_lost")
    return FetchError("fetch_failed", detail=error)


def _no_connection(error: Exception, causes: Sequence[BaseException]) -> FetchError:
    """Return the error that says why no connection could be made."""
    if any(isinstance(cause, gaierror) for cause in causes):
        return SiteUnreachable("site_unknown")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return SiteUnreachable("connection_refused")
    if isinstance(error, httpcore.ConnectTimeout):
        return SiteUnreachable("no_answer")
    return SiteUnreachable("no_connection")


def _certificate_error(error: ssl.SSLCertVerificationError, now: datetime) -> FetchError:
    """Return the error that says why a certificate is not trusted."""
    code = error.verify_code
    if code in _CLOCK:
        return SiteUnreachable("certificate_time", now=now.isoformat(" ", "minutes"))
    if code in _AUTHORITY:
        return SiteUnreachable("certificate_authority")
    if code in _HOST:
        return SiteUnreachable("certificate_host")
    return SiteUnreachable("certificate_wrong", detail=error.verify_message)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and the errors that caused it."""
    seen: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in seen:
        yield found
        seen.append(found)
        found = found.__cause__ or found.__context__
