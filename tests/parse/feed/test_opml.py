"""Lists of feeds from other programs and for them."""

import pytest

from reader.errors import NotNews
from reader.parse.feed.opml import (
    LeftOut,
    Subscription,
    read_subscriptions,
    write_opml,
)

OPML = """<?xml version="1.0"?><opml version="1.0"><body>
<outline text="Kust"><outline text="Havens">
  <outline text="Havenlog" xmlUrl="https://haven.test/rss" htmlUrl="https://haven.test/"/>
</outline><outline title="Strandpost &amp; meer" xmlUrl="https://strand.test/atom"/></outline>
<outline text="Los" xmlUrl="https://los.test/feed" category="/Techniek/Radio,/Rest"/>
<outline text="Nog eens" xmlUrl="https://los.test/feed"/>
<outline text="Stiekem" xmlUrl="file:///etc/hosts"/>
<outline text="Zonder adres" type="rss"/>
<outline text="Lege map"/>
</body></opml>"""


def test_folders_are_kept_and_what_is_left_out_is_named() -> None:
    found = read_subscriptions(OPML.encode())
    assert found.feeds == (
        Subscription(
            "https://haven.test/rss", "Havenlog", "https://haven.test/", ("Kust", "Havens")
        ),
        Subscription("https://strand.test/atom", "Strandpost & meer", None, ("Kust",)),
        Subscription("https://los.test/feed", "Los", None, ("Techniek", "Radio")),
    )
    assert found.left_out == (
        LeftOut("Nog eens", "double"),
        LeftOut("Stiekem", "bad_address"),
        LeftOut("Zonder adres", "no_address"),
    )


def test_what_is_written_is_read_back() -> None:
    feeds = read_subscriptions(OPML.encode()).feeds
    assert read_subscriptions(write_opml(feeds, "Feeds")).feeds == feeds


def test_the_urls_file_of_newsboat_is_a_list_too() -> None:
    found = read_subscriptions(
        b"# mijn feeds\n"
        b'https://haven.test/rss "~Havenlog" Kust dagelijks\n'
        b"https://los.test/feed # los\n"
        b'"query:Ongelezen:unread = \\"yes\\""\n'
        b'https://scheef.test/feed "niet gesloten\n'
        b'https://taal.test/feed#deel C# "~Over \\"C#\\"" # geen naam\n'
        b"https://dorp.test/feed 's-Gravenpolder\n"
    )
    assert [(feed.url, feed.title, feed.folders) for feed in found.feeds] == [
        ("https://haven.test/rss", "Havenlog", ("Kust",)),
        ("https://los.test/feed", None, ()),
        ("https://scheef.test/feed", None, ("niet gesloten",)),
        ("https://taal.test/feed", 'Over "C#"', ("C#",)),
        ("https://dorp.test/feed", None, ("'s-Gravenpolder",)),
    ]
    assert [each.fault for each in found.left_out] == ["bad_address"]


def test_other_programs_have_schemes_and_attributes_of_their_own() -> None:
    found = read_subscriptions(
        b"<opml><body><outline text='Haven' type='rss' xmlUrl='feed://haven.test/rss'/>"
        b"<outline text='Strand' xmlUrl='feed:https://strand.test/atom'/>"
        b"<outline text='Dijk' type='rss' url='https://dijk.test/rss'/>"
        b"<outline text='Site' type='link' url='https://site.test/'/></body></opml>"
    )
    assert [feed.url for feed in found.feeds] == [
        "http://haven.test/rss", "https://strand.test/atom", "https://dijk.test/rss"
    ]  # fmt: skip
    assert found.left_out == (LeftOut("Site", "no_address"),)


def test_the_spelling_and_namespace_of_a_list_do_not_matter() -> None:
    found = read_subscriptions(
        b"<OPML xmlns='http://opml.org/spec2'><BODY><OUTLINE TEXT='Kust'>"
        b"<OUTLINE TEXT='Haven' XMLURL='https://haven.test/rss'/></OUTLINE></BODY></OPML>"
    )
    assert found.feeds == (Subscription("https://haven.test/rss", "Haven", None, ("Kust",)),)


def test_an_address_is_not_taken_for_a_title() -> None:
    feeds = (Subscription("https://haven.test/rss", None, None, ("Kust",)),)
    assert read_subscriptions(write_opml(feeds, "Feeds")).feeds == feeds


@pytest.mark.parametrize("text", ["<opml/>", "zomaar tekst", "<html><body><p>x</p></body></html>"])
def test_a_list_without_feeds_is_refused(text: str) -> None:
    with pytest.raises(NotNews):
        read_subscriptions(text.encode())


def test_outlines_may_be_nested_deeply() -> None:
    deep = "<outline text='m'>" * 200 + "<outline xmlUrl='https://a.test/f'/>" + "</outline>" * 200
    (feed,) = read_subscriptions(f"<opml><body>{deep}</body></opml>".encode()).feeds
    assert feed.folders == ("m",) * 20


def test_a_password_is_not_taken_from_an_address_and_not_shown() -> None:
    found = read_subscriptions(
        b"https://jan:geheim@haven.test/rss\nhttps://los.test/feed\nhttps://los.test/~jan@2\n"
    )
    assert [feed.url for feed in found.feeds] == [
        "https://los.test/feed",
        "https://los.test/~jan@2",
    ]
    assert found.left_out == (LeftOut("https://haven.test/rss", "password"),)


@pytest.mark.parametrize(
    "address",
    [
        "https://jan:ge@heim@haven.test/",
        "https://jan:ge/heim@haven.test/",
        "https://jan:ge@he/im@haven.test/",
        "https://jan:ge?heim@haven.test/",
        "https://jan:ge[heim@haven.test/",
    ],
)
@pytest.mark.parametrize("title", ["", ' text="{}"'])
def test_nothing_of_a_password_is_shown(address: str, title: str) -> None:
    outlines = f'<outline xmlUrl="{address}"{title.format(address)}/>'
    found = read_subscriptions(
        f'<opml><body>{outlines}<outline xmlUrl="https://los.test/"/></body></opml>'.encode()
    )
    assert found.left_out == (LeftOut("https://haven.test/", "password"),)


def test_an_at_sign_behind_the_host_is_no_password() -> None:
    found = read_subscriptions(b"https://los.test?mail=jan@haven.test\n")
    assert [feed.url for feed in found.feeds] == ["https://los.test?mail=jan@haven.test"]
    assert found.left_out == ()
