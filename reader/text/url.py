"""Addresses of pages: comparison, passwords in them, and percent-encoding."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

# The schemes of pages on the web.
WEB = ("http://", "https://")
# The scheme that some programs give a feed, in place of that of the web or before it.
_FEED_SCHEME = re.compile(r"^(?:feed:(?://)?(?=https?://)|feed://)", re.IGNORECASE)
_PREFIX = re.compile(r"(?:https?:)?(?://)?(?:www\.)?", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//[^/?#]*", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r":(?:80|443)?$")

# Parameters that tell where a reader came from, not which page it is: by name, and by prefix, all
# in lower case. Addresses are stored, so a released table changes only with a schema migration.
_TRACKING = frozenset(
    "fbclid fb_action_ids fb_action_types fb_ref fb_source gclid gclsrc dclid gbraid wbraid srsltid"
    " msclkid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid mc_tc yclid ysclid _openstat"
    " _ga _gl mkt_tok wt_mc wt_zmc wickedid irclickid rb_clickid s_cid s_kwcid ef_id epik"
    " at_medium at_campaign at_creation at_format at_link_id at_link_origin at_link_type"
    " at_ptr_name at_recipient_id at_recipient_list at_variant guccounter guce_referrer"
    " guce_referrer_sig __twitter_impression _branch_match_id _branch_referrer ocid cmpid dm_i"
    " trk_contact wt.mc_id wt.mc_ev wt.tsrc __hstc __hssc __hsfp hsctatracking elqtrackid elqtrack"
    " gad_source gad_campaignid rdt_cid tblci mibextid fb_comment_id mkcid mkrid mkevt smid smtyp"
    " hss_channel ns_campaign ns_mchannel ns_source ns_linkname _bta_tid ck_subscriber_id".split()
)
_TRACKING_PREFIXES = (
    "utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "_hs", "at_custom", "at_bbc_", "vero_",
    "oly_",
)  # fmt: skip
# Tracking only if the path identifies the page; in `artikel.php?cid=12` they identify it.
_TRACKING_OF_NAMED_PAGES = frozenset("cid ref ref_src ref_url source xtor".split())
_NAMED_PAGE = re.compile(r"\d+|(?:[^-_/]+[-_]+)+[^-_/]+")
_ENDING = re.compile(r"\.(?:s?html?|xhtml)$", re.IGNORECASE)
# Characters that are not encoded; all others are. `%` is among them, as it begins an escape.
_ALLOWED = "!#$%&'()*+,-./:;=?@[]_~"
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_STRANGE = re.compile(r"""[^!#-;=?-\[\]_a-z~]""")
_REMOVED = re.compile(r"[\t\r\n]+")
_OUTER = "".join(map(chr, range(0x21)))


# Cached, since an address is looked up repeatedly, for its page and for its source.
@lru_cache(maxsize=4096)
def address(url: str) -> str:
    """Return the form that all links to one page share: no scheme, `www.`, fragment or tracking.

    Only characters that must be encoded are encoded. Text that is no address gives a key too.
    """
    place, _, query = _PREFIX.sub("", encode_link(url), count=1).partition("#")[0].partition("?")
    host, slash, path = place.partition("/")
    path = path.rstrip("/")
    kept = [part for part in query.split("&") if part and not _is_tracking(part, path)]
    if "%" in path:
        path = _ESCAPE.sub(_plain_escape, path)
    name = _DEFAULT_PORT.sub("", host.lower()) + slash + path
    return name.rstrip("/") + ("?" + "&".join(kept) if kept else "")


def without_feed_scheme(url: str) -> str:
    """Return the address of a feed without `feed:`; what is left may have no scheme."""
    return _FEED_SCHEME.sub("", url)


def has_password(url: str) -> bool:
    """Tell whether an address has a name, or a name and a password, before its host.

    For a parser, a slash in the password ends the host, which leaves an invalid port.
    """
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        _ = parts.port
    except ValueError:
        return "@" in url
    return "@" in parts.netloc


def without_password(url: str) -> str:
    """Return an address for display, without anything that may be part of a name or password."""
    if not has_password(url):
        return url
    scheme, mark, _ = url.rpartition("@")[0].partition("://")
    return f"{scheme if mark else ''}{mark}{url.rpartition('@')[2]}"


def same_site(url: str, other: str) -> bool:
    """Tell whether two addresses are on one site, with or without `www.`; False if invalid."""
    try:
        hosts = [(urlsplit(each).hostname, urlsplit(each).port) for each in (url, other)]
    except ValueError:
        return False
    (host, port), (name, number) = hosts
    return (
        host is not None
        and name is not None
        and host.removeprefix("www.") == name.removeprefix("www.")
        and (port or "") == (number or "")
    )


def encode_link(text: str) -> str:
    """Return a link as browsers send it: spaces and other characters are percent-encoded.

    White space at its ends and line breaks in it are removed. The host name is not changed.
    """
    text = _REMOVED.sub("", text).strip(_OUTER)
    if not _STRANGE.search(text):
        return text
    host = _HOST.match(text)
    start = host.end() if host else 0
    # A lone surrogate becomes the replacement character.
    rest = text[start:].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text[:start] + quote(rest, safe=_ALLOWED)


def _is_tracking(parameter: str, path: str) -> bool:
    """Tell whether a parameter of an address with this `path` does not identify the page."""
    # Links that were encoded twice have a left-over part of a separator.
    name = parameter.partition("=")[0].lower().removeprefix("amp;")
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _TRACKING_OF_NAMED_PAGES and _names_page(path)


def _names_page(path: str) -> bool:
    """Tell whether a path ends in a slug or a number, which identifies a page."""
    last = _ENDING.sub("", path.rpartition("/")[2])
    return "." not in last and _NAMED_PAGE.fullmatch(last) is not None


def _plain_escape(match: re.Match[str]) -> str:
    """Return an escape in upper case, or the character itself if it needs no escape."""
    char = unquote(match[0], "latin-1")
    return char if _UNRESERVED.fullmatch(char) else match[0].upper()
