"""What older versions kept as an English sentence, as the code that it is now."""

import re

from reader.errors import Reason, reason
from reader.text.sanitize import clean_line

_STATUS = re.compile(r"the site answered (\d{3})\b.*")
_SLOW = re.compile(r"the page did not come within (\d{1,4}) seconds")
_CODES = {
    "the site's name is not known here (is there a network?)": "site_unknown",
    "no connection to the site could be made (is there a network?)": "no_connection",
    "the site refuses the connection": "connection_refused",
    "the site does not answer": "no_answer",
    "no secure connection could be made to the site": "no_secure_connection",
    "the site stopped sending in mid-page": "connection_lost",
    "the connection broke off before the page was complete": "connection_lost",
    "the site answered with an empty page": "empty_answer",
    "the site's answer makes no sense": "bad_answer",
    "the site's robots.txt asks not to fetch it": "robots",
    "the page redirects in a circle": "redirect_loop",
    "no article was found in it: no headline with text below it": "no_article",
}


def reason_of_sentence(text: str) -> Reason:
    """Return the reason that a sentence of an older version gave; itself as text if unknown."""
    if code := _CODES.get(text):
        return Reason(code)
    if found := _STATUS.fullmatch(text):
        return reason("http_status", status=int(found[1]))
    if found := _SLOW.fullmatch(text):
        return reason("too_slow", seconds=int(found[1]))
    return reason("text", text=clean_line(text))
