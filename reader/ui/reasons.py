"""Why something failed, in the reader's language: the layers below say it in English.

The commonest sentences are known by their beginnings; all others are shown as they are.
"""

import re

from reader.text.clean import clean_line
from reader.ui import words

# What a sentence begins with, and the key of what is said in its place; a named group fills it in.
_KNOWN = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"the site's name is not known here", "reason.no-network"),
        (r"no connection to the site could be made", "reason.no-network"),
        (r"the site refuses the connection", "reason.refused"),
        (r"the site does not answer", "reason.no-answer"),
        (r"no secure connection could be made", "reason.insecure"),
        (r"the page did not come within (?P<seconds>\d+) seconds", "reason.timeout"),
        (r"the site stopped sending in mid-page", "reason.broken-off"),
        (r"the connection broke off before", "reason.broken-off"),
        (r"the site is busy", "reason.busy"),
        (r"the site answered (?:404|410)\b", "reason.gone"),
        (r"the site answered (?:401|402|403)\b", "reason.forbidden"),
        (r"the site answered (?P<status>5\d\d)\b", "reason.site-broken"),
        (r"the site answered (?P<status>\d{3})\b", "reason.status"),
        (r"the site answered with an empty page", "reason.empty"),
        (r"the site's answer makes no sense", "reason.nonsense"),
        (r"the site's robots\.txt asks not to", "reason.robots"),
        (r"the page is larger than (?P<size>\d+) MB", "reason.too-large"),
        (r"it is \d+ MB; a page may be (?P<size>\d+) MB", "reason.too-large"),
        (r"the page was moved off the site", "reason.moved"),
        (r"the page was moved to an address that is not secure", "reason.moved"),
        (r"the page redirects in a circle", "reason.circle"),
        (r"no article was found in it|it can hardly be an article", "reason.not-news"),
        (r"it is empty$", "reason.empty"),
        (r"it is .{1,40}, not a page of text", "reason.no-text"),
        # What concerns the cache begins with the name of its file.
        (r".*: the disk is full", "reason.disk-full"),
        (r".*: another program keeps it busy", "reason.cache-busy"),
        (r".*: the cache is gone", "reason.cache-gone"),
        (r".*: another file took the cache's place", "reason.cache-replaced"),
        (r".*: the cache is damaged", "reason.cache-damaged"),
        (r".*: the cache cannot be written: it is read-only", "reason.read-only"),
        (r".*: the cache cannot be written: Permission denied", "reason.read-only"),
    )
)


def reason_text(reason: str) -> str:
    """Return why something failed on one clean line, in the reader's language where known."""
    reason = clean_line(reason)
    for pattern, key in _KNOWN:
        if match := pattern.match(reason):
            return words.say(key, **match.groupdict())
    return reason
