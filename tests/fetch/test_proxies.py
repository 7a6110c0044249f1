"""The choice of a proxy by the environment."""

import pytest

from reader.errors import SiteUnreachable
from reader.fetch.proxies import proxy_for, proxy_name

_PROXY = "http://wachter.invalid:3128"
_SITE = "https://www.zeelandnet.nl/nieuws"


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        (_SITE, {"https_proxy": _PROXY}),
        (_SITE, {"HTTPS_PROXY": _PROXY}),
        (_SITE, {"all_proxy": _PROXY}),
        (_SITE, {"ALL_PROXY": _PROXY}),
        (_SITE, {"https_proxy": "wachter.invalid:3128"}),
        (_SITE, {"https_proxy": _PROXY, "all_proxy": "http://ander.invalid"}),
        (_SITE, {"https_proxy": _PROXY, "HTTPS_PROXY": "http://ander.invalid"}),
        (_SITE, {"https_proxy": _PROXY, "http_proxy": "http://ander.invalid"}),
        (_SITE, {"https_proxy": f"  {_PROXY} ", "no_proxy": "elders.invalid, net.nl,,:"}),
        ("http://www.zeelandnet.nl/", {"http_proxy": _PROXY}),
        ("http://www.zeelandnet.nl/", {"HTTP_PROXY": _PROXY}),
        (_SITE, {"all_proxy": _PROXY, "no_proxy": "www.zeelandnet.nl:8443, 10.0.0.0/8"}),
    ],
)
def test_the_variables_name_the_proxy(url: str, environment: dict[str, str]) -> None:
    assert proxy_for(url, environment) == _PROXY


@pytest.mark.parametrize(
    "excluded",
    [
        "*",
        "zeelandnet.nl",
        ".zeelandnet.nl",
        "*.zeelandnet.nl",
        "elders.invalid,WWW.ZeelandNet.nl",
        "elders.invalid www.zeelandnet.nl",
        "www.zeelandnet.nl:443",
    ],
)
@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
def test_what_no_proxy_names_is_asked_directly(excluded: str, name: str) -> None:
    assert proxy_for(_SITE, {"https_proxy": _PROXY, name: excluded}) is None


@pytest.mark.parametrize(
    ("host", "excluded"), [("10.1.2.3", "10.0.0.0/8"), ("[2001:db8::1]", "2001:db8::/32"),
                           ("[2001:db8::1]", "[2001:db8::1]:80"), ("10.1.2.3", "10.1.2.3")]
)  # fmt: skip
def test_no_proxy_names_networks_too(host: str, excluded: str) -> None:
    environment = {"all_proxy": _PROXY, "no_proxy": excluded}
    assert proxy_for(f"http://{host}/", environment) is None
    assert proxy_for("http://192.168.1.1/", environment) == _PROXY


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8017", "127.9.9.9", "localhost", "site.localhost", "[::1]:80", "localhost.",
             "[::ffff:127.0.0.1]"]
)  # fmt: skip
def test_this_machine_is_never_asked_through_a_proxy(host: str) -> None:
    assert (
        proxy_for(f"http://{host}/nieuws", {"http_proxy": _PROXY, "all_proxy": "socks5://x"})
        is None
    )


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        (_SITE, {}),
        (_SITE, {"https_proxy": ""}),
        (_SITE, {"http_proxy": _PROXY}),
        (_SITE, {"https_proxy": "", "HTTPS_PROXY": _PROXY}),
        ("http://zeelandnet.nl/", {"HTTP_PROXY": _PROXY, "REQUEST_METHOD": "GET"}),
    ],
)
def test_without_a_variable_there_is_no_proxy(url: str, environment: dict[str, str]) -> None:
    assert proxy_for(url, environment) is None


@pytest.mark.parametrize(
    "proxy", ["socks5://wachter.invalid:1080", "socks5h://u:geheim@wachter.invalid", "SOCKS4://w"]
)
def test_a_socks_proxy_is_refused_by_name(proxy: str) -> None:
    with pytest.raises(SiteUnreachable, match="proxy_socks proxy=w") as refused:
        proxy_for(_SITE, {"all_proxy": proxy})
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "proxy", ["ftp://x.invalid", "http://", "http://x:99999999", "http://[", "://"]
)
def test_what_is_no_proxy_is_refused(proxy: str) -> None:
    with pytest.raises(SiteUnreachable, match="proxy_wrong"):
        proxy_for(_SITE, {"https_proxy": proxy})


def test_a_password_is_not_told() -> None:
    assert proxy_name("http://naam:geheim@wachter.invalid:3128") == "wachter.invalid:3128"
