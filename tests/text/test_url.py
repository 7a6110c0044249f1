"""Addresses: the common form of all links to one page, and percent-encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.url import address, encode_link, same_site

_PAGE = "https://www.zeelandnet.nl/nieuws/pont-vaart-weer"


@pytest.mark.parametrize(
    "parameter",
    "utm_source utm_id fbclid gclid msclkid igshid mc_cid mc_eid mtm_campaign pk_source at_medium"
    " at_campaign wt_mc UTM_Medium yclid WT.mc_id amp;utm_term cid ref source xtor".split(),
)
def test_where_a_reader_came_from_is_no_part_of_an_address(parameter: str) -> None:
    assert address(f"{_PAGE}?{parameter}=x") == address(_PAGE)
    assert address(f"{_PAGE}?id=2&{parameter}=x&b=1") == address(f"{_PAGE}?id=2&b=1")


@pytest.mark.parametrize("parameter", ["cid", "ref", "source", "xtor"])
@pytest.mark.parametrize("page", ["pont-vaart", "pont-vaart.html", "8812345", "pont_vaart_weer"])
def test_what_may_name_a_page_does_not_where_a_slug_or_a_number_does(
    page: str, parameter: str
) -> None:
    site = "https://www.zeelandnet.nl/nieuws/"
    assert address(f"{site}{page}?{parameter}=12") == address(site + page)


@pytest.mark.parametrize("parameter", ["cid", "ref", "source", "xtor"])
@pytest.mark.parametrize("page", ["artikel", "artikel.php", "toon-artikel.php", "index.html", ""])
def test_elsewhere_it_names_the_page(page: str, parameter: str) -> None:
    url = f"https://www.zeelandnet.nl/{page}"
    assert address(f"{url}?{parameter}=1") != address(f"{url}?{parameter}=2")


@pytest.mark.parametrize("parameter", ["id", "page", "utmost", "q", "referentie", "sourceid"])
def test_other_parameters_are_part_of_an_address(parameter: str) -> None:
    assert address(f"{_PAGE}?{parameter}=1") != address(_PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.nl/caf%c3%a9", "https://x.nl/café"),
        ("https://x.nl/een%20twee", "https://x.nl/een twee"),
        ("https://x.nl/%7Ejan", "https://x.nl/~jan"),
        ("https://x.nl:443/a", "http://x.nl/a"),
        ("https://x.nl/a\n ", "https://x.nl/a"),
    ],
)
def test_two_ways_to_write_an_address_are_one(one: str, other: str) -> None:
    assert address(one) == address(other)


def test_what_is_encoded_for_a_reason_stays_so() -> None:
    assert address("https://x.nl/a%2Fb") != address("https://x.nl/a/b")


@given(st.text())
def test_an_address_is_its_own_address_and_no_text_raises(text: str) -> None:
    assert encode_link(encode_link(text)) == encode_link(text)
    for url in (text, f"https://x.nl/{text}"):
        assert encode_link(url).isprintable() or not url.isascii()
        address(url)


def test_a_site_is_one_with_and_without_www() -> None:
    assert same_site("https://www.x.nl/a", "http://x.nl/b")
    assert same_site("http://[::1]:80/a", "http://[::1]:80/b")
    assert not same_site("https://x.nl/", "https://y.nl/")
    assert not same_site("https://x.nl:1/", "https://x.nl:2/")
    assert not same_site("https://x.nl:x/", "https://x.nl/")
    assert not same_site("", "")
