"""Two hundred queries of every kind, the same for the same archive."""

import random

from msgspec import Struct

from reader.store import Store
from tests.bench.prose import COMMON

_FIELDS = (
    "plaats:goes", "place:minsk", "section:sport", "agency:rtr", "is:unread", "is:saved",
    "section:buitenland haven", "place:oslo is:unread", "after:2026-01 brug",
    "before:2025-06 section:sport", "agency:dpa school", "place:malmo", "title:molen",
    "after:2026-03-10", "section:tholen gemeente", "place:cordoba feest", "is:saved gemeente",
    "section:politiek after:2025", "agency:anp place:veere", "before:2024-06 is:unread",
)  # fmt: skip
_USUAL = ("nieuwe", "wordt", "mensen", "kinderen", "het", "in de haven")


class Typed(Struct, frozen=True):
    """A query and its kind."""

    kind: str
    text: str


def typed_queries(library: Store) -> list[Typed]:
    """Return 200 queries, mixed, on what the library holds."""
    chance = random.Random(11)  # noqa: S311 - figures need no secrets
    ids = library.headlines.ids()
    chosen = (library.articles.load(each) for each in chance.sample(ids, min(170, len(ids))))
    found = [article for article in chosen if article is not None]
    some = iter(found * 200)

    def body() -> list[str]:
        words = next(some).blocks[-1].text.split()
        start = chance.randrange(len(words) - 3)
        return [word.strip('.,"') for word in words[start : start + 3]]

    def name() -> str:
        article = next(some)
        return str(article.teaser.title).split()[1].lower()

    common = [word for word, _, _ in COMMON] + list(_USUAL)
    kinds = {
        "rare": [name() for _ in range(50)],
        "common": [*common, *(f"{chance.choice(common)} {chance.choice(common)}"
                              for _ in range(30 - len(common)))],
        "any word": [max(body(), key=len).lower() for _ in range(30)],
        "prefix": [name()[: 1 + number % 3] for number in range(30)],
        "phrase": [f'"{" ".join(body())}"' for _ in range(20)],
        "field": list(_FIELDS),
        "without": [f"{chance.choice(common)} -{max(body(), key=len).lower()}" for _ in range(20)],
    }  # fmt: skip
    mixed = [Typed(kind, text) for kind, texts in kinds.items() for text in texts]
    chance.shuffle(mixed)
    return mixed
