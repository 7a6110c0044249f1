"""Tags, mutes and saved searches from scripts."""

from pathlib import Path

import pytest

from .conftest import AT, Call


@pytest.fixture
def news(znreader: Call, page: Path) -> Call:
    assert znreader("import", str(page), "--at", AT).status == 0
    return znreader


def titles(news: Call, *arguments: str) -> list[str]:
    return [each["title"] for each in news("list", "--json", *arguments).json["teasers"]]


def test_headlines_get_tags_and_lose_them(news: Call) -> None:
    first, second, *_ = news("list", "--json").json["teasers"]
    assert first["tags"] == []
    answer = news("mark", str(first["id"]), str(second["id"]), "--tag", "Werk", "--tag", "#haven")
    assert answer.status == 0
    assert news("list", "--json").json["teasers"][0]["tags"] == ["Werk", "haven"]
    assert titles(news, "--tag", "werk") == [first["title"], second["title"]]
    assert news("mark", str(first["id"]), "--tag", "WERK").status == 0
    assert news("list", "--json").json["teasers"][0]["tags"] == ["Werk", "haven"]
    news("mark", str(first["id"]), "--untag", "werk", "--read")
    assert titles(news, "--tag", "Werk") == [second["title"]]
    found = news("search", "--json", "tag:haven").json["teasers"]
    assert {each["title"] for each in found} == {first["title"], second["title"]}


def test_a_tag_has_a_name(news: Call) -> None:
    answer = news("mark", "1", "--tag", " # ")
    assert (answer.status, answer.out) == (2, "")


@pytest.mark.parametrize("command", ["mute", "searches", "feeds"])
def test_a_command_with_actions_lists_without_one(news: Call, command: str) -> None:
    for form in ((), ("--json",)):
        alone, listed = news(command, *form), news(command, "list", *form)
        assert (alone.status, alone.out, alone.err) == (0, listed.out, listed.err)


def test_words_are_muted_and_no_longer(news: Call) -> None:
    every = titles(news)
    answer = news("mute", "add", "zeehond")
    assert answer.status == 0
    assert "1" in answer.out
    assert "Zeehond rust uit op strand" not in titles(news)
    assert titles(news, "--muted") == ["Zeehond rust uit op strand"]
    assert news("mute", "list", "--json").json == {
        "mutes": [{"kind": "words", "name": "zeehond", "hidden": 1, "settings": False}]
    }
    found = news("search", "--json", "zeehond").json["teasers"]
    assert [each["title"] for each in found] == ["Zeehond rust uit op strand"]
    assert news("mute", "remove", "zeehond").status == 0
    assert news("mute", "remove", "zeehond").status == 1
    assert titles(news) == every
    assert news("mute", "add", "!").status == 2


def test_a_search_is_saved_listed_and_forgotten(news: Call) -> None:
    assert news("searches", "save", "Zee", "zeehond", "-is:read").status == 0
    assert titles(news, "--search", "zee") == ["Zeehond rust uit op strand"]
    [saved] = news("searches", "list", "--json").json["searches"]
    assert saved == {"name": "Zee", "query": "zeehond -is:read", "total": 1, "unread": 1}
    assert news("searches", "forget", "Zee").status == 0
    assert news("searches", "forget", "Zee").status == 1
    assert news("list", "--search", "Zee").status == 2


def test_what_is_offline_is_listed_alone(news: Call) -> None:
    assert titles(news, "--cached") == ["Veerpont vaart weer"]
    found = news("search", "--json", "is:offline").json["teasers"]
    assert [each["title"] for each in found] == ["Veerpont vaart weer"]


@pytest.mark.parametrize(("asked", "comes"), [([], False), (["--marks"], True)])
def test_tags_mutes_and_searches_of_another_machine_come_where_they_are_asked_for(
    news: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[str],
    comes: bool,
) -> None:
    first = news("list", "--json").json["teasers"][0]
    news("mark", str(first["id"]), "--tag", "werk")
    news("mute", "add", "pontveer")
    news("searches", "save", "Boten", "pont", "is:unread")
    export = tmp_path / "export.jsonl"
    assert news("export", str(export)).status == 0
    monkeypatch.setenv("ZNREADER_DATA", str(tmp_path / "other"))
    assert news("import", str(export), *asked).status == 0
    assert titles(news, "--tag", "werk") == ([first["title"]] if comes else [])
    assert len(titles(news, "--muted")) == (1 if comes else 0)
    searches = [each["name"] for each in news("searches", "list", "--json").json["searches"]]
    assert searches == (["Boten"] if comes else [])
