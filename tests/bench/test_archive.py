"""The generated archive has the stated properties."""

from collections import Counter
from itertools import islice

from tests.bench.archive import articles, signs_of
from tests.bench.picture import Frame, cursor_text, last_change
from tests.bench.prose import COMMON
from tests.bench.table import Row, latency, markdown, missing

_SAMPLE = 300


def test_an_archive_is_the_same_each_time() -> None:
    assert list(articles(20)) == list(articles(20))


def test_each_article_has_names_of_its_own_and_an_address_of_its_own() -> None:
    found = list(articles(_SAMPLE))
    names = [name for article in found for name in signs_of(article)]
    assert len(set(names)) == 2 * _SAMPLE
    assert len({article.teaser.url for article in found}) == _SAMPLE


def test_common_words_are_in_the_share_of_articles_that_is_said() -> None:
    counts: Counter[str] = Counter()
    for article in islice(articles(10 * _SAMPLE), _SAMPLE):
        text = " ".join(block.text for block in article.blocks).lower()
        counts.update(word for word, _, _ in COMMON if word in text)
    for word, share, _ in COMMON:
        assert abs(counts[word] / _SAMPLE - share) < 0.1


def test_a_few_articles_are_long_and_the_rest_as_long_as_news_is() -> None:
    sizes = [
        sum(len(block.text.encode()) for block in article.blocks) for article in articles(_SAMPLE)
    ]
    long = [size for size in sizes if size > 20_000]
    usual = [size for size in sizes if size <= 20_000]
    assert len(long) == 12
    assert 1300 < sum(usual) / len(usual) < 2000


def test_the_table_says_what_holds_and_what_is_missing() -> None:
    rows = [latency("key", [0.01, 0.02], 33), Row("disk", "9 MB", "8 MB", holds=False),
            missing("peer", "not installed")]  # fmt: skip
    assert list(markdown(rows))[2:] == [
        "| key | p50 15, p95 20, max 20 ms (2) | p95 under 33 ms | yes |",
        "| disk | 9 MB | 8 MB | **no** |",
        "| peer | missing: not installed |  |  |",
    ]


def test_the_screen_changed_last_when_its_text_did() -> None:
    frames: list[Frame] = [(1.0, ("a",)), (2.0, ("b",)), (3.0, ("b",))]
    assert last_change(("a",), frames) == 2.0
    assert last_change(("b",), frames[2:]) is None


def test_the_row_at_the_cursor_is_told_in_one_line() -> None:
    assert cursor_text((" ● Een", "▌● Twee", "▌  Goes   1 u", "  ")) == "● Twee Goes 1 u"
