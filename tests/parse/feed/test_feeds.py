"""Feeds of every dialect give the same entries, in spite of common faults."""

import json
from datetime import UTC, datetime

import pytest

from reader.errors import NotNews, PageError, UnreadablePage
from reader.model import Entry, Feed, FeedLink, FeedLinks
from reader.parse.feed import is_feed, parse_feed
from reader.parse.feed.content import text_of_entry
from reader.parse.feed.entries import MAX_ENTRIES
from reader.parse.feed.html_text import text_of_html

AT = datetime(2026, 5, 18, 12, tzinfo=UTC)
URL = "https://www.dijkpost.test/feed.xml"
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>De Dijkpost</title>'
    "<link>https://www.dijkpost.test/</link>{}</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>De Dijkpost</title>'
    '<link href="https://www.dijkpost.test/"/>{}</feed>'
)


def read(text: str | bytes, url: str | None = URL) -> Feed:
    data = text.encode() if isinstance(text, str) else text
    feed = parse_feed(data, AT, url)
    assert isinstance(feed, Feed)
    return feed


def only_entry(text: str | bytes) -> Entry:
    (entry,) = read(text).entries
    return entry


def moment_of(entry: Entry) -> datetime | None:
    published = entry.teaser.published
    if published is not None:
        assert published.earliest == published.latest
    return published.latest if published else None


def test_an_rss_feed_says_what_an_atom_feed_says() -> None:
    item = (
        "<item><title>Veerpont vaart weer</title><link>https://www.dijkpost.test/veer</link>"
        '<guid isPermaLink="false">veer-1</guid><pubDate>Mon, 18 May 2026 10:00:00 +0200</pubDate>'
        "<description>De pont is hersteld.</description></item>"
    )
    entry = (
        "<entry><title>Veerpont vaart weer</title><link href='https://www.dijkpost.test/veer'/>"
        "<id>veer-1</id><published>2026-05-18T08:00:00Z</published>"
        "<summary>De pont is hersteld.</summary></entry>"
    )
    assert read(RSS.format(item)) == read(ATOM.format(entry))
    teaser = only_entry(RSS.format(item)).teaser
    assert (teaser.title, teaser.url) == ("Veerpont vaart weer", "https://www.dijkpost.test/veer")
    assert teaser.summary == "De pont is hersteld."


def test_a_json_feed_says_the_same_as_well() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "De Dijkpost",
        "home_page_url": "https://www.dijkpost.test/",
        "items": [
            {
                "id": 7,
                "url": "/veer",
                "title": "Veerpont vaart weer",
                "date_published": "2026-05-18T10:00:00+02:00",
                "content_text": "De pont is hersteld.\nDe eerste reis is gratis.",
            },
            {},
        ],
    }
    found = read(json.dumps(feed))
    (entry,) = found.entries
    assert (found.title, found.home) == ("De Dijkpost", "https://www.dijkpost.test/")
    assert entry.guid == "7"
    assert entry.teaser.url == "https://www.dijkpost.test/veer"
    assert moment_of(entry) == datetime(2026, 5, 18, 8, tzinfo=UTC)
    assert text_of_html(entry.content) == "De pont is hersteld. De eerste reis is gratis."


@pytest.mark.parametrize(
    ("stated", "title"),
    [("Brug &amp; sluis: &#8216;klaar&#8217;", "Brug & sluis: ‘klaar’"),
     ("Vragen & antwoorden; R&D", "Vragen & antwoorden; R&D"),
     ("Wat doet <b> hier?", "Wat doet <b> hier?"),
     # They begin like `&copy` and `&not`.
     ("Wat is &copyright; en &notitie;?", "Wat is &copyright; en &notitie;?")],
)  # fmt: skip
def test_a_title_of_a_json_feed_is_plain_text_with_or_without_entities(
    stated: str, title: str
) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": stated,
            "items": [{"id": "1", "title": stated}]}  # fmt: skip
    read_feed = read(json.dumps(feed))
    assert (read_feed.title, read_feed.entries[0].teaser.title) == (title, title)


def test_an_unknown_entity_that_begins_like_a_known_one_is_kept() -> None:
    feed = read(
        "<rss><channel><title>Wat is &copyright;</title>"
        "<item><title><![CDATA[Wat is &notitie;]]></title></item></channel></rss>"
    )
    assert (feed.title, feed.entries[0].teaser.title) == ("Wat is &copyright;", "Wat is &notitie;")


def test_items_beside_the_channel_are_those_of_rss_1() -> None:
    feed = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel><title>Oud</title>'
        "<link>https://oud.test/</link></channel>"
        '<item rdf:about="https://oud.test/sluis"><title>Sluis dicht</title></item></rdf:RDF>'
    )
    assert feed.title == "Oud"
    assert [entry.teaser.url for entry in feed.entries] == ["https://oud.test/sluis"]


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("ma, 18 mei 2026 09:30:00 +0200", datetime(2026, 5, 18, 7, 30, tzinfo=UTC)),
        ("zondag 1 maart 2026 06:00 GMT", datetime(2026, 3, 1, 6, tzinfo=UTC)),
        ("Sun, 1 Mar 26 06:00:00 CET", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("March 1, 2026 6:05 PM", datetime(2026, 3, 1, 18, 5, tzinfo=UTC)),
        ("Sun Mar  1 06:00:00 2026", datetime(2026, 3, 1, 6, tzinfo=UTC)),
        ("2026-03-01T24:00:00Z", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-01 06:00:00 +0100", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("13/03/2026 06:00", datetime(2026, 3, 13, 6, tzinfo=UTC)),
        ("01-03-2026 06:00", datetime(2026, 3, 1, 6, tzinfo=UTC)),
        ("2026-03-01 06:00:00 +0100 CET", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("Sun, 1 Mar 2026 06:00:00 GMT +0100", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("Sun, 1 Mar 2026 06:00:00 Europe/Amsterdam", datetime(2026, 3, 1, 6, tzinfo=UTC)),
        ("2026-03-01T06:00:00+01:00[Europe/Amsterdam]", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("01-03-2026 - 06:00", datetime(2026, 3, 1, 6, tzinfo=UTC)),
        ("1 maart 2026 | 06.00 uur", datetime(2026, 3, 1, 6, tzinfo=UTC)),
        ("01/03/2026", None),
        ("Mon, 31 Feb 2026 10:00:00 GMT", None),
        ("18 mei 2064 10:00", None),
        ("18 mei 0026 10:00", None),
        ("gisteren", None),
    ],
)
def test_a_date_is_read_for_sure_or_not_at_all(stated: str, moment: datetime | None) -> None:
    entry = only_entry(RSS.format(f"<item><title>X</title><pubDate>{stated}</pubDate></item>"))
    assert moment_of(entry) == moment


def test_the_next_date_counts_where_the_first_cannot_be_read() -> None:
    entry = only_entry(
        RSS.format(
            "<item><title>X</title><pubDate>binnenkort</pubDate>"
            "<dc:date>2026-05-01T08:00:00Z</dc:date></item>"
        )
    )
    assert moment_of(entry) == datetime(2026, 5, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Kreeft &amp;amp; kaas", "Kreeft & kaas"),
        ("&lt;b&gt;Kreeft&lt;/b&gt; op de kaart", "Kreeft op de kaart"),
        ("<![CDATA[Wat is <geheim>?]]>", "Wat is <geheim>?"),
        ("Caf&eacute; &onbekend; dicht", "Café &onbekend; dicht"),
        ("Prijs &#128; 5 &#8; erbij", "Prijs € 5 erbij"),
        ("Vis &copy=2 en meer", "Vis &copy=2 en meer"),
        ("Kreeft&lt;br/&gt;en &lt;b&gt;k&lt;/b&gt;rab", "Kreeft en krab"),
    ],
)
def test_a_title_of_rss_is_plain_text(stated: str, title: str) -> None:
    entry = only_entry(RSS.format(f"<item><title>{stated}</title></item>"))
    assert entry.teaser.title == title


@pytest.mark.parametrize(
    ("kind", "stated", "title"),
    [
        ("text", "De &lt;br&gt;-tag", "De <br>-tag"),
        ("html", "De &lt;i&gt;eerste&lt;/i&gt; tag", "De eerste tag"),
        ("xhtml", "<div>De <i>eerste</i> tag</div>", "De eerste tag"),
    ],
)
def test_a_title_of_atom_is_what_its_type_says(kind: str, stated: str, title: str) -> None:
    entry = only_entry(ATOM.format(f"<entry><title type='{kind}'>{stated}</title></entry>"))
    assert entry.teaser.title == title


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/hosts", "https://[scheef/", "mailto:x@y.test"]
)
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    entry = only_entry(RSS.format(f"<item><title>X</title><link>{link}</link></item>"))
    assert (entry.teaser.title, entry.teaser.url) == ("X", None)


def test_a_relative_link_is_taken_from_the_site_of_the_feed() -> None:
    text = RSS.format("<item><title>X</title><link>nieuws/x?a=1&copy=2</link></item>")
    entry = read(text, "https://feeds.elders.test/dijkpost").entries[0]
    assert entry.teaser.url == "https://www.dijkpost.test/nieuws/x?a=1&copy=2"


def test_the_base_that_is_nearest_counts() -> None:
    entry = only_entry(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.test/log/">'
        '<entry xml:base="2026/"><title>X</title><link href="stuk"/></entry></feed>'
    )
    assert entry.teaser.url == "https://a.test/log/2026/stuk"


@pytest.mark.parametrize(
    ("of_entry", "of_content"),
    [("", 'type="html" xml:base="https://beeld.test/map/"'),
     (' xml:base="https://beeld.test/"', 'type="html" xml:base="map/"'),
     (' xml:base="https://beeld.test/map/"', 'type="html"')],
)  # fmt: skip
def test_links_in_a_text_have_the_base_that_is_nearest(of_entry: str, of_content: str) -> None:
    entry = f"""<entry{of_entry}><title>X</title><link href="https://www.dijkpost.test/x"/>
        <content {of_content}>&lt;p>Zie &lt;a href="brug">de brug&lt;/a> vandaag.&lt;/p></content>
        </entry>"""
    (block,) = text_of_entry(only_entry(ATOM.format(entry)), URL)
    assert block.links[0].url == "https://beeld.test/map/brug"


def test_plain_text_stays_so_whatever_base_is_declared() -> None:
    entry = """<entry xml:base="https://beeld.test/"><title>X</title>
        <content>Eerst dit.
Dan dat.</content></entry>"""
    blocks = text_of_entry(only_entry(ATOM.format(entry)), URL)
    assert [block.text for block in blocks] == ["Eerst dit.", "Dan dat."]


def test_the_page_is_linked_rather_than_what_belongs_to_it() -> None:
    entry = only_entry(
        ATOM.format(
            "<entry><title>X</title><link rel='edit' href='/bewerk'/>"
            "<link rel='enclosure' href='/x.mp3' type='audio/mpeg'/>"
            "<link rel='alternate' type='application/json' href='/x.json'/>"
            "<link rel='alternate' type='text/html' href='/x'/></entry>"
        )
    )
    assert entry.teaser.url == "https://www.dijkpost.test/x"


def test_a_guid_that_is_an_address_serves_as_link_unless_it_says_not_to() -> None:
    item = "<item><title>X</title><guid{}>https://www.dijkpost.test/g</guid></item>"
    assert only_entry(RSS.format(item.format(""))).teaser.url == "https://www.dijkpost.test/g"
    told = only_entry(RSS.format(item.format(' isPermaLink="false"')))
    assert (told.teaser.url, told.guid) == (None, "https://www.dijkpost.test/g")


def test_a_title_of_its_picture_or_film_stands_in_for_that_of_an_entry() -> None:
    film = '<media:title xmlns:media="http://search.yahoo.com/mrss/">Film</media:title>'
    item = RSS.format("<item>{}<description>Over de brug.</description></item>")
    assert only_entry(item.format(film + "<title>Brug</title>")).teaser.title == "Brug"
    assert only_entry(item.format(film)).teaser.title == "Film"


def test_content_is_kept_beside_the_summary() -> None:
    entry = only_entry(
        RSS.format(
            "<item><title>X</title><description>Kort.</description>"
            "<content:encoded><![CDATA[<p>Eerste.</p><svg><title>Tekening</title></svg>"
            "<p>Tweede <b>deel</b>.</p>]]></content:encoded></item>"
        )
    )
    assert entry.teaser.summary == "Kort."
    assert text_of_html(entry.content) == "Eerste. Tweede deel."


def test_markup_that_was_not_escaped_is_content_all_the_same() -> None:
    entry = only_entry(
        ATOM.format(
            "<entry><title>X</title><content type='html'><p>Een.</p><p>Twee.</p></content></entry>"
        )
    )
    assert text_of_html(entry.content) == "Een. Twee."


def test_namespaces_may_be_misspelt_or_not_declared() -> None:
    entry = only_entry(
        '<rss xmlns:c="https://www.purl.org/rss/1.0/modules/content"><channel>'
        "<item><title>X</title><c:encoded>Tekst.</c:encoded><dc:date>2026-05-01</dc:date></item>"
        "</channel></rss>"
    )
    assert entry.content == "Tekst."
    assert moment_of(entry) == datetime(2026, 5, 1, tzinfo=UTC)


def test_a_feed_in_a_namespace_of_its_own_is_a_feed() -> None:
    assert read('<feed xmlns="http://nieuw.test/vorm"><title>Nieuw</title></feed>').title == "Nieuw"


def test_what_stands_around_a_feed_is_passed_over() -> None:
    noise = "\ufeff\n<b>Warning</b>: regel 3<br />\n{}\n<!-- 0,2 s --><script>tel()</script>"
    text = noise.format(RSS.format("<item><title>X</title></item>"))
    assert only_entry(text).teaser.title == "X"


def test_an_entry_without_an_end_hides_none_of_those_after_it() -> None:
    one, two, three = (f"<item><title>{name}</title>" for name in "ABC")
    end = "</item>"
    for entries in (
        one + two + three,
        one + end + two + three + end + end,
        one + two + end + three,
    ):
        assert [entry.teaser.title for entry in read(RSS.format(entries)).entries] == list("ABC")


def test_the_entry_in_which_a_feed_is_cut_off_is_left_out() -> None:
    whole = RSS.format("<item><title>A</title></item><item><title>B</title></item>")
    assert [entry.teaser.title for entry in read(whole[:-40]).entries] == ["A"]
    named = RSS.format("<item><title>Over &lt;item&gt;</title></item>")
    assert [entry.teaser.title for entry in read(named).entries] == ["Over <item>"]


def test_one_character_that_is_cut_off_spoils_no_other() -> None:
    text = RSS.format("<item><title>Café aan zee</title><description>Eén dé</description></item>")
    for declared in (' encoding="UTF-8"', ""):
        data = text.replace(' encoding="UTF-8"', declared).encode()
        entry = only_entry(data.replace("dé".encode(), "dé".encode()[:-1]))
        assert (entry.teaser.title, entry.teaser.summary) == ("Café aan zee", "Eén d\ufffd")


@pytest.mark.parametrize(
    ("stated", "summary"),
    [
        ("&amp;lt;p&amp;gt;Kreeft &amp;amp;amp; kaas&amp;lt;/p&amp;gt;", "Kreeft & kaas"),
        ("&amp;lt;p&amp;gt; is de tag van een alinea", "<p> is de tag van een alinea"),
        ("&lt;p&gt;De &amp;lt;br&amp;gt;-tag&lt;/p&gt;", "De <br>-tag"),
    ],
)
def test_markup_that_was_escaped_twice_is_markup(stated: str, summary: str) -> None:
    entry = only_entry(RSS.format(f"<item><description>{stated}</description></item>"))
    assert entry.teaser.summary == summary


def test_a_title_that_is_a_whole_text_is_cut_off() -> None:
    title = "Een heel lang bericht van zee " * 100
    entry = only_entry(RSS.format(f"<item><title>{title}</title></item>"))
    assert entry.teaser.title is not None
    assert len(entry.teaser.title) <= 500
    assert entry.teaser.title.endswith("…")


def test_no_entity_is_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 9))
    text = f'<!DOCTYPE rss [<!ENTITY e0 "x">{bomb}<!ENTITY f SYSTEM "file:///etc/hosts">]>'
    item = "<item><title>A &e8; B</title><description>&f;</description></item>"
    entry = only_entry(text + RSS.format(item).partition("?>")[2])
    assert entry.teaser.title == "A &e8; B"
    assert entry.teaser.summary == "&f;"


def test_the_newest_entries_are_kept_of_too_many() -> None:
    item = "<item><title>{0}</title><pubDate>2026-05-0{1}</pubDate></item>"
    items = [item.format(n, 1 if n < 10 else 2) for n in range(MAX_ENTRIES + 10)]
    entries = read(RSS.format("".join(items))).entries
    assert [entries[0].teaser.title, len(entries)] == ["10", MAX_ENTRIES]


def test_empty_items_count_but_are_no_entries() -> None:
    feed = read(RSS.format("<item/>" * 30_000 + "<item><title>X</title></item>"))
    assert feed.entries == ()


def test_an_equal_entry_has_an_equal_digest() -> None:
    item = "<item><title>X</title><description>{}</description></item>"
    first, again, changed = (
        only_entry(RSS.format(item.format(text))).digest for text in ("Een", "Een", "Twee")
    )
    assert first == again != changed


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("<ttl>45</ttl>", 45),
        (
            "<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            30,
        ),
        ("<ttl>morgen</ttl>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>999999999999999999999999</ttl>", 525_600),
    ],
)
def test_a_feed_may_ask_to_be_left_alone(said: str, minutes: int | None) -> None:
    assert read(RSS.format(said)).ttl == minutes


def test_a_page_offers_its_feeds_and_those_of_comments_last() -> None:
    page = (
        "<!doctype html><html><head><base href='/nieuws/'>"
        "<link rel='alternate' type='application/rss+xml' title='Reacties' href='reacties.xml'>"
        "<link rel='alternate' type='application/rss+xml' title='Alles' href='feed.xml'>"
        "<link rel='alternate' hreflang='en' href='/en'>"
        "<link rel='alternate' type='application/atom+xml' href='file:///x'>"
        "<link rel='alternate' type='application/rss+xml' href='feed.xml'></head></html>"
    )
    assert not is_feed(page)
    assert parse_feed(page.encode(), AT, "https://www.dijkpost.test/") == FeedLinks(
        (
            FeedLink("https://www.dijkpost.test/nieuws/feed.xml", "Alles"),
            FeedLink("https://www.dijkpost.test/nieuws/reacties.xml", "Reacties"),
        )
    )


@pytest.mark.parametrize(
    "text",
    ['{"status": "te druk"}', '{"items": [', "[" * 100_000, "gewoon wat tekst", "<x>iets</x>", " "],
)
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(PageError) as caught:
        parse_feed(text.encode(), AT, URL)
    assert isinstance(caught.value, NotNews | UnreadablePage)


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel>" + "<a>" * 5_000,
        "<rss><channel><item><title>&#xD800;</title><b/></item>",
        "<rss><channel><item><:x>y</:x><title>X</title></item>",
        '<feed xmlns="}{"><entry xmlns="{}"><title type="xhtml"><q:r/></title></entry></feed>',
        "<rss><channel><item " + "".join(f"a{n}='' " for n in range(5_000)) + "/>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content mode='base64'>%%</content>",
    ],
)
def test_odd_markup_ends_in_a_feed_or_in_our_own_error(text: str) -> None:
    try:
        feed = parse_feed(text.encode(), AT, URL)
    except PageError:
        return
    assert isinstance(feed, Feed)
