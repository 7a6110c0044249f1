"""A broken feed soon gives a feed, links, or one of our own errors.

`python -m tests.parse.feed.test_fuzz COUNT [SEED]` tries as many as one likes.
"""

import random
import sys
from collections import Counter
from datetime import UTC, datetime

import pytest

from reader.errors import PageError
from reader.model import Feed
from reader.parse.feed import parse_feed
from reader.parse.feed.content import short_teaser, text_of_entry
from reader.parse.feed.opml import read_subscriptions
from tests.site.feeds import rss

NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"
 xml:base="https://haven.test/"><title type="html">Haven &amp;amp; zee</title><link href="/"/>
<entry><id>tag:haven.test,2026:1</id><title>Boot</title><link rel="alternate" href="boot"/>
<updated>2026-03-14T10:00:00Z</updated><content type="xhtml"><div
 xmlns="http://www.w3.org/1999/xhtml"><p>Een <b>boot</b></p><ul><li>a</li></ul></div></content>
</entry><entry><id>2</id><summary type="text">Kort &lt;b&gt;</summary></entry></feed>"""
_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel
 rdf:about="https://a.test/"><title>A</title></channel><item rdf:about="https://a.test/1">
<title>Een</title><link>https://a.test/1</link><dc:date>2026-03-14T09:00:00+01:00</dc:date>
<description><![CDATA[<p>Tekst</p><table><tr><td>1</td></tr></table>]]></description></item></rdf:RDF>"""
_JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
{"id": "1", "url": "https://j.test/1", "content_html": "<p>Tekst</p>", "date_published":
"2026-03-14T09:00:00Z"}, {"id": 2, "content_text": "Kaal"}]}"""
_OPML = """<opml version="2.0"><body><outline text="Kust"><outline text="H"
 xmlUrl="https://haven.test/rss"/></outline><outline xmlUrl="https://los.test/feed"/></body></opml>"""
_PAGE = """<html><head><link rel="alternate" type="application/atom+xml" href="/a" title="A">
</head><body><p>Hoi</p></body></html>"""
SEEDS = tuple(
    text.encode()
    for text in (rss("Haven", "Boot vaart", "Krab & co", home="https://haven.test"), _ATOM, _RDF,
                 _JSON, _OPML, _PAGE)
)  # fmt: skip
_PIECES = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"&#0;", b"&#xD800;", b"&amp;amp;",
    b"<!DOCTYPE rss [<!ENTITY a \"b\">]>", b"&a;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"{", b"}",
    b"[" * 50, b'"', b"\\u0000", b"<item>", b"</item>", b"<entry>", b"<link>", b"<a:b xmlns:a=''>",
    b"xmlns='http://www.w3.org/2005/Atom'", b"encoding='utf-7'", b"<content type='xhtml'>",
    b"<p>" * 300, b"<guid>", b"javascript:x", b"http://[", b"http://a:b@c/", b"0" * 400, b"1e999",
    b"Sat, 99 Foo 99999 99:99:99 +9999", b"9999-12-31T23:59:59+23:59", b"\xe2\x80\xae",
    b"\r", b"\n",
    b"<svg>", b"<math>", b"<title/>", b"<outline text='", b"xmlUrl='", b"<td>", b"&lt;table&gt;",
)  # fmt: skip


def mutated(chance: random.Random) -> bytes:
    """Return one of the seeds with a few changes."""
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data) + 1)
        end = min(place + int(chance.expovariate(0.05)), len(data))
        match chance.randrange(6):
            case 0:
                data[place:place] = chance.choice(_PIECES)
            case 1:
                del data[place:end]
            case 2:
                data[place:place] = data[place:end] * chance.randint(1, 30)
            case 3:
                data[place:end] = bytes(chance.randrange(256) for _ in range(end - place))
            case 4:
                other = chance.choice(SEEDS)
                start = chance.randrange(len(other))
                data[place:end] = other[start : start + chance.randint(1, 200)]
            case _:
                del data[place:]
        if not data:
            data += b"<rss>"
    return bytes(data)


def tried(data: bytes) -> str:
    """Return what became of some bytes; raises whatever is no error of ours."""
    outcome = "feed"
    try:
        found = parse_feed(data, NOW, "https://haven.test/rss")
        if isinstance(found, Feed):
            for entry in found.entries[:20]:
                blocks = text_of_entry(entry, found.home)
                teaser = short_teaser(entry.teaser, blocks)
                texts = [teaser.title or "", teaser.summary, *(block.text for block in blocks)]
                assert not any(sign in text for text in texts for sign in "\x00\x1b\u202e")
                moment = entry.teaser.published
                assert moment is None or moment.latest <= NOW
                assert (entry.teaser.url or "https://").startswith(("http://", "https://"))
        else:
            outcome = "links"
    except PageError as error:
        outcome = error.code
    try:
        named = read_subscriptions(data)
        assert all(each.url.startswith(("http://", "https://")) for each in named.feeds)
    except PageError:
        pass
    return outcome


@pytest.mark.parametrize("seed", range(8))
def test_broken_feeds_raise_errors_of_ours_alone(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    outcomes = Counter(tried(mutated(chance)) for _ in range(60))
    assert outcomes["feed"]


def main() -> None:
    """Try as many as are asked for; the seed of one that raises something else is printed."""
    count, start = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    outcomes: Counter[str] = Counter()
    for seed in range(start, start + count):
        data = mutated(random.Random(seed))  # noqa: S311
        try:
            outcomes[tried(data)] += 1
        except Exception:
            print(f"seed {seed}: {data!r}")
            raise
    print(outcomes.most_common())


if __name__ == "__main__":
    main()
