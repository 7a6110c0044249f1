"""robots.txt by RFC 9309."""

import pytest

from reader.fetch import Robots

_SITE = "https://www.zeelandnet.nl"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /nieuws", "/nieuws/pont", False),
        ("Disallow: /nieuws\nAllow: /nieuws/pont", "/nieuws/pont", True),
        ("Allow: /nieuws/pont\nDisallow: /nieuws", "/nieuws/pont", True),
        ("Allow: /\nDisallow: /nieuws/", "/nieuws/pont", False),
        ("Disallow: /*/print", "/nieuws/print", False),
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("Disallow: /nieuws$", "/nieuws/pont", True),
        ("Disallow: *?print=", "/nieuws/pont?print=1", False),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /page\nAllow: /page", "/page", True),
        ("Disallow:", "/nieuws", True),
        ("Disallow: /", "/robots.txt", True),
    ],
)
def test_the_longest_rule_counts_with_wildcards_and_ends(
    rules: str, path: str, allowed: bool
) -> None:
    assert Robots(f"User-agent: *\n{rules}\n").allows(_SITE + path) is allowed


@pytest.mark.parametrize("name", ["znreader", "ZNReader", "znreader/1.0"])
def test_the_group_of_our_name_counts_before_that_of_all(name: str) -> None:
    robots = Robots(
        f"User-agent: *\nDisallow: /\n\nUser-agent: {name} # wij\nAllow: /\nCrawl-delay: 3"
    )
    assert robots.allows(f"{_SITE}/nieuws")
    assert robots.pause == 3


@pytest.mark.parametrize("name", ["z", "zn", "znreaderbot", "anderebot", "reader"])
def test_the_group_of_another_name_is_not_ours(name: str) -> None:
    robots = Robots(f"User-agent: {name}\nDisallow: /\nUser-agent: *\nDisallow: /mijn")
    assert robots.allows(f"{_SITE}/nieuws")
    assert not robots.allows(f"{_SITE}/mijn")


def test_groups_of_several_names_are_for_each_of_them() -> None:
    robots = Robots(
        "User-agent: anderebot\nUser-agent: znreader\nDisallow: /a\n\n"
        "User-agent: znreader\nDisallow: /b"
    )
    assert not robots.allows(f"{_SITE}/a")
    assert not robots.allows(f"{_SITE}/b")


@pytest.mark.parametrize(
    "delay",
    ["²", "nan", "inf", "-inf", "-5", "1e999", "1" + "0" * 400, "9" * 5000, "", "0x1", "5s"],
)
def test_a_delay_of_any_kind_is_from_nothing_to_ten_seconds(delay: str) -> None:
    robots = Robots(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /mijn")
    assert 0 <= robots.pause <= 10
    assert not robots.allows(f"{_SITE}/mijn")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffUser-agent: *\nDisallow: /mijn",
        "\x00\x1b\nUser-agent: *\nDisallow: //[x\nDisallow: http://[\nDisallow: /mijn",
        "User-agent: *\nRequest-rate: 1/²\nVisit-time: x\nDisallow: /%zz\nDisallow: /mijn",
        "Disallow\nUser-agent: *\rDisallow: /mijn",
    ],
)
def test_rubbish_costs_its_own_line_alone(text: str) -> None:
    robots = Robots(text.lstrip("\ufeff"))
    assert not robots.allows(f"{_SITE}/mijn/x")
    assert robots.allows("http://[")
    assert robots.allows(f"{_SITE}/nieuws")


def test_very_many_rules_cost_little() -> None:
    agents = "\n".join(f"User-agent: bot{n}" for n in range(2_000))
    rules = "\n".join(f"Disallow: /*a*b*c*{n}*d$" for n in range(2_000))
    robots = Robots(f"{agents}\nUser-agent: *\n{rules}")
    assert robots.allows(_SITE + "/" + "abc" * 500)
