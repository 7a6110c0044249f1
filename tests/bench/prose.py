"""Invented Dutch news of any length, with natural word frequencies."""

import random
from collections.abc import Sequence
from itertools import accumulate, product

_FIRST = (
    "haven dijk brug school markt molen sluis polder kust boot vis mossel oester duin strand "
    "wijn kaas appel peer bieten tulpen fiets wandel spoor bus veer water wind zon regen storm "
    "winter zomer lente herfst avond ochtend feest muziek zang dans toneel boek kranten post "
    "koffie soep brood taart schaats zwem roei zeil voetbal tennis schaak dam vogel egel zeehond "
    "schapen koeien paarden bijen vlinder kikker boom struik gras akker bos park tuin straat "
    "plein toren kerk raad dorps stads wijk buurt land klim speel lees leer bak kook verf tegel "
    "glas hout steen zand klei schelpen touw papier lampen klokken sleutel hoeden sokken knopen"
).split()
_DE = (
    "club wedstrijd tocht route ploeg werkplaats winkel hal loods kade steiger poort muur trap "
    "bank kist kast wagen kar trein lijn halte dag week nacht middag cursus proef telling prijs "
    "regel kaart lijst krant folder brief zaal kamer keuken zolder schuur stal weide vijver put "
    "pomp leiding kabel lamp klok bel vlag kraam tafel stoel mand pot pan ketel oven schaal"
).split()
_HET = (
    "plan huis gebouw gemaal museum archief depot café terras plein pad perron station spoor "
    "feest concert toernooi festival spel orkest koor project voorstel verslag boekje bord hek "
    "dak raam net schip vlot anker"
).split()
_PEOPLE = (
    "bezoekers leerlingen vrijwilligers buurvrouwen wandelaars fietsers schippers boeren bakkers "
    "leden reizigers kinderen kijkers zangers schakers imkers tuinders vissers"
).split()
_DONE = (
    "gekeurd geverfd verplaatst gerepareerd vernieuwd geopend gesloten gevonden onderzocht "
    "versierd gemeten geteld verkocht verhuurd bewaard getoond besproken uitgebreid beloond "
    "ingericht opgeruimd afgebouwd aangepast overgenomen"
).split()
_WHEN = (
    "deze week|op zaterdag|in het voorjaar|na de vakantie|voor het eerst|om zes uur|"
    "aan het einde van de middag|in alle vroegte|onder grote belangstelling"
).split("|")
_PLACES = (
    "Goes Tholen Veere Domburg Zierikzee Hulst Terneuzen Yerseke Middelburg Vlissingen Kapelle "
    "Borsele Minsk Oslo Malmö Turijn Gent Brugge Utrecht Zwolle Assen Breda Lissabon Praag "
    "Helsinki Córdoba Wenen Riga Tallinn Dublin"
).split()
# Words to search for, with the share of articles that have them.
COMMON: tuple[tuple[str, float, str], ...] = (
    ("gemeente", 0.67, "De gemeente {plaats} is tevreden over {de}."),
    ("bewoners", 0.67, "Volgens bewoners was het met {de} nog nooit zo druk."),
    ("provincie", 0.3, "De provincie betaalt {een}."),
    ("coöperatie", 0.1, "Een coöperatie uit {plaats} leverde {een}."),
    ("ideeën", 0.05, "Er zijn al ideeën voor {een}."),
    ("hoogwater", 0.01, "Het hoogwater bij {plaats} kwam niet verder dan {de}."),
)
_SENTENCES = (
    "In {plaats} werd {wanneer} {de} {gedaan}.",
    "Daar kwamen {mensen} op af, en ook {een} trok veel bekijks.",
    "Wie {de} wil zien, kan {wanneer} terecht bij {de}.",
    "Tussen {plaats} en {plaats} staat sinds kort {een}.",
    "Met {de} gaat het volgens de {mensen} de goede kant op.",
    "Eerder was {de} al eens {gedaan}, maar toen bleef het bij {een}.",
    "De {mensen} willen {wanneer} {een} laten zien.",
    '"Zonder {de} hadden we dit niet gered", zegt een van de {mensen}.',
    "Ook {een} wordt {wanneer} {gedaan}.",
    "Over {de} en {de} wordt {wanneer} verder gepraat.",
    "Niemand weet precies hoe {de} in {plaats} terechtkwam.",
    "Het duurde even voordat {de} {gedaan} was.",
    "Zo kreeg {plaats} er {wanneer} {een} bij.",
)
_SYLLABLES = [first + second for first, second in product("bdfghjklmnprstvwz", "aeiou")]
_COUNT = len(_SYLLABLES) ** 3
_STRIDE = 104_729


def _things() -> tuple[list[tuple[str, bool]], list[float]]:
    heads = [(word, False) for word in _DE] + [(word, True) for word in _HET]
    things = [(first + head, neuter) for first, (head, neuter) in product(_FIRST, heads)]
    random.Random(7).shuffle(things)  # noqa: S311 - figures need no secrets
    return things, list(accumulate(1 / (rank + 2) for rank in range(len(things))))


_THINGS, _WEIGHTS = _things()


def rare(number: int) -> str:
    """Return a name that only this number has, of some three hundred thousand."""
    rest = (number * _STRIDE + 12_345) % _COUNT
    parts = []
    for _ in range(3):
        rest, part = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[part])
    return "".join(parts).capitalize() + "x"


class Prose:
    """Sentences of one article, drawn from `chance`."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.place = chance.choice(_PLACES)

    def title(self, name: str) -> str:
        """Return a title that holds a name."""
        thing, _ = self._thing()
        done = self._chance.choice(_DONE)
        return f"{thing.capitalize()} {name} in {self.place} {done}"

    def lead(self, name: str) -> str:
        """Return a lead with a name near its beginning."""
        thing, fate = self._filled("{een}").capitalize(), self._filled("{wanneer} {gedaan}")
        return f"{thing} met de naam {name} is {fate} in {self.place}. {self.sentences(1)}"

    def paragraphs(self, words: int) -> list[str]:
        """Return paragraphs of about this many `words`, with the common words in their shares."""
        extra = [text for _, share, text in COMMON if self._chance.random() < share]
        texts = [self.sentences(3) for _ in range(max(words // 36, 1))]
        for text in extra:
            place = self._chance.randrange(len(texts))
            texts[place] = f"{texts[place]} {self._filled(text)}"
        return texts

    def sentences(self, count: int) -> str:
        """Return `count` sentences."""
        return " ".join(self._filled(self._chance.choice(_SENTENCES)) for _ in range(count))

    def _filled(self, text: str) -> str:
        while (start := text.find("{")) >= 0:
            end = text.index("}", start)
            text = text[:start] + self._word(text[start + 1 : end]) + text[end + 1 :]
        return text

    def _word(self, slot: str) -> str:
        lists: dict[str, Sequence[str]] = {
            "plaats": _PLACES, "wanneer": _WHEN, "mensen": _PEOPLE, "gedaan": _DONE
        }  # fmt: skip
        if slot in lists:
            return self._chance.choice(lists[slot])
        thing, neuter = self._thing()
        if slot == "een":
            return f"een {'nieuw' if neuter else 'nieuwe'} {thing}"
        return f"{'het' if neuter else 'de'} {thing}"

    def _thing(self) -> tuple[str, bool]:
        (thing,) = self._chance.choices(_THINGS, cum_weights=_WEIGHTS)
        return thing
