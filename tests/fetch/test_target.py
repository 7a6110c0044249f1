"""The target of a request: what of a URL goes over the network."""

import pytest

from reader.errors import FetchError
from reader.fetch.target import target_of


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://haven.test", "http://haven.test/"),
        ("HTTP://Haven.Test:80/Nieuws", "http://haven.test/Nieuws"),
        ("https://haven.test:443?a=1", "https://haven.test/?a=1"),
        ("https://haven.test:8443/a", "https://haven.test:8443/a"),
        ("http://haven.test/a b/é", "http://haven.test/a%20b/%C3%A9"),
        ("http://haven.test/a%20b?q=%C3%A9&r=100%", "http://haven.test/a%20b?q=%C3%A9&r=100%25"),
        ("http://haven.test/a?q=a b\"<>{}`?", "http://haven.test/a?q=a%20b%22%3C%3E{}`?"),
        ("http://haven.test/a?b=c#onder", "http://haven.test/a?b=c"),
        ("http://jan:geheim@haven.test/a", "http://haven.test/a"),
        ("http://havencafé.test/", "http://xn--havencaf-i1a.test/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://127.0.0.1:80/", "http://127.0.0.1/"),
        ("http://haven.test/a\r\nHost: x", "http://haven.test/aHost:%20x"),
    ],
)  # fmt: skip
def test_a_url_is_sent_in_ascii_without_what_concerns_only_the_reader(url: str, sent: str) -> None:
    assert target_of(url).url == sent


@pytest.mark.parametrize(
    "url",
    [
        "", "haven.test/a", "ftp://haven.test/", "file:///etc/hosts", "http://", "http:///a",
        "http://[::1/", "http://haven test/", "http://a\x00b.test/", "http://haven.test:x/",
        "http://haven.test:99999/", "http://.\u00e9..test/", "http://\u2603\ud800.test/",
        "http://" + "é" * 300 + ".test/", "http://haven.test/\ud800",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(FetchError, match="bad_address"):
        target_of(url)
