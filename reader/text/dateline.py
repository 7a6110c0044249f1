"""Datelines: `places [" (" agencies ")"] [space] "-" space` before a lead.

Real shapes run from `DEN HAAG (ANP) - ` and `ANKARA/BUENOS AIRES/CAÏRO (ANP/RTR) - ` to
`Borsele - `, `MIDDELBURG- `, `‘s-HEERENHOEK - ` and `NIEUW- EN SINT JOOSLAND - `.
"""

import re

from reader.model import Dateline
from reader.text.memoize import memoized

# A lead may hold dashes of its own, so a dateline is anchored at the start and bounded.
_MAX_DATELINE = 120
_MAX_PLACE_WORDS = 7
# The places of every dateline end before one of these.
_ENDS = ("(", "- ", "– ", "— ", "‒ ", "− ")
# The longest name of _ZEELAND with the dash after it, in characters.
_MAX_ZEELAND = 30

_DASH = "[-–—‒−]"
_APOSTROPHE = "['‘’`´]"
# A word of a place: letters, points, apostrophes and hyphens, beginning with a letter.
_WORD = rf"(?:{_APOSTROPHE}?[^\W\d_](?:[^\W\d_]|[-.'‘’`´])*)"
_PLACE = rf"{_WORD}(?: {_WORD}){{0,{_MAX_PLACE_WORDS - 1}}}"
_PLACES = rf"{_PLACE}(?: ?/ ?{_PLACE}){{0,7}} ?/?"
_AGENCY = r"[^\W\d_][\w.&-]*(?: [\w.&-]+){0,2}"
_AGENCIES = rf"\( ?({_AGENCY}(?: ?[/,] ?{_AGENCY}){{0,5}}) ?/? ?\)"
# Strings, which `re` compiles on first use: printing a dateline needs none of them.
_WITH_AGENCIES = rf"({_PLACES}) ?{_AGENCIES}(?: ?{_DASH}(?: |$|(?=[^\W\d_a-z]))|$)"
_PLACES_ONLY = rf"({_PLACES}) ?{_DASH} "
_FEWEST_PLACES = rf"({_PLACES.replace('*)', '*?)')}?) ?{_DASH} "
_PLACES_ALONE = rf"({_PLACES}) ?{_DASH}?"
_SMALL_PREFIX = rf"(?:^|(?<=[ -])){_APOSTROPHE}[a-z](?=[- ])"
_SMALL_WORDS = r"\b(?:aan|de|den|der|het|in|op|en|van|ter|ten|am|la|el)\b"

# Words in capitals before a dash that are labels, not places.
_LABELS = frozenset(
    "UPDATE VIDEO VIDEO'S FOTO FOTO'S LIVE LIVEBLOG INTERVIEW ANALYSE COLUMN OPINIE "
    "ACHTERGROND REPORTAGE OVERZICHT LEZERSBRIEF WEERBERICHT KORT PODCAST ADVERTENTIE "
    "ADVERTORIAL ANP NIEUWS EXTRA RECTIFICATIE CORRECTIE LET TIP VVD PVV CDA SGP PVDA "
    "GROENLINKS BBB NSC DENK VOLT SP".split()
)
# First words of sentences. A place in mixed case is a dateline only before one of these.
_OPENERS = frozenset(
    "de het een in op bij voor na door met van er wie wat deze dit die dat volgens tijdens "
    "vanaf om ook twee drie vier vijf zes zeven acht negen tien elf twaalf ruim bijna meer "
    "steeds tot uit aan als wanneer omdat sinds naast over onder tussen tegen zowel alle "
    "enkele veel vele nog nu inwoners bewoners wethouder burgemeester politie brandweer "
    "gemeente leerlingen bezoekers vrijwilligers automobilisten fietsers reizigers honderden "
    "tientallen duizenden komend komende vanwege wegens dankzij ondanks maandag dinsdag "
    "woensdag donderdag vrijdag zaterdag zondag vandaag morgen gisteren vorige volgende "
    "afgelopen eind begin halverwege rond circa ongeveer al geen niet hij zij ze we wij je "
    "wel zo toch terwijl hoewel hoe waarom waar zeker opnieuw werkzaamheden rijkswaterstaat "
    "provincie waterschap stichting vereniging ondernemers".split()
)
# Municipalities and villages of Zeeland that regional copy names in mixed case.
_ZEELAND = frozenset(
    "borsele goes middelburg vlissingen tholen kapelle reimerswaal terneuzen hulst sluis "
    "veere schouwen-duiveland noord-beveland zuid-beveland walcheren zeeland zierikzee "
    "yerseke kruiningen heinkenszand oostburg axel breskens domburg westkapelle zoutelande "
    "arnemuiden koudekerke renesse burgh-haamstede brouwershaven bruinisse kortgene "
    "colijnsplaat wissenkerke kamperland kloetinge wemeldinge hansweert krabbendijke rilland "
    "waarde oudelande ovezande nisse nieuwdorp lewedorp 's-heerenhoek 's-heer-arendskerke "
    "'s-gravenpolder hoedekenskerke baarland ellewoutsdijk driewegen kwadendamme borssele "
    "sint-maartensdijk stavenisse poortvliet scherpenisse sint-annaland oud-vossemeer "
    "sint-philipsland anna-jacobapolder serooskerke oostkapelle vrouwenpolder gapinge "
    "grijpskerke meliskerke aagtekerke biggekerke ritthem oost-souburg souburg "
    "nieuw-en-sint-joosland nieuwland cadzand aardenburg schoondijke ijzendijke biervliet "
    "philippine sas-van-gent zaamslag kloosterzande vogelwaarde clinge".split()
)


@memoized
def split_dateline(text: str) -> tuple[Dateline | None, str]:
    """Return the dateline that `text` begins with, and the text after it; never raises."""
    head = text[:_MAX_DATELINE]
    for end in _ENDS:
        if end in head:
            break
    else:
        return None, text
    match = re.match(_WITH_AGENCIES, head) if "(" in head else None
    if match and (_agencies(match[2]) and (_is_place_case(match[1]) or "ANP" in match[2])):
        return Dateline(_places(match[1]), _agencies(match[2])), text[match.end() :].lstrip()
    # The longest first, since `NIEUW- EN SINT JOOSLAND - ` holds a hyphen and a space itself.
    for pattern in (_PLACES_ONLY, _FEWEST_PLACES):
        match = re.match(pattern, head)
        rest = text[match.end() :].lstrip() if match else ""
        if match and rest and _may_stand_alone(match[1], rest):
            return Dateline(_places(match[1])), rest
    return None, text


@memoized
def parse_bare_dateline(text: str) -> Dateline | None:
    """Return the dateline if `text` is nothing else, as in an element of its own; else None."""
    if len(text) > _MAX_DATELINE:
        return None
    match = re.fullmatch(_WITH_AGENCIES, text) if "(" in text else None
    if match and _agencies(match[2]):
        return Dateline(_places(match[1]), _agencies(match[2]))
    if "/" not in text and len(text) > _MAX_ZEELAND and _is_mixed(text):
        return None
    match = re.fullmatch(_PLACES_ALONE, text)
    if (
        match
        and not _is_label(match[1])
        and (_is_place_case(match[1]) or all(_key(name) in _ZEELAND for name in _places(match[1])))
    ):
        return Dateline(_places(match[1]))
    return None


def format_dateline(dateline: Dateline) -> str:
    """Return a dateline as printed before a lead, without the dash: `MINSK (ANP/RTR)`."""
    places = "/".join(dateline.places)
    return f"{places} ({'/'.join(dateline.agencies)})" if dateline.agencies else places


def _places(text: str) -> tuple[str, ...]:
    return tuple(place.strip() for place in text.split("/") if place.strip())


def _agencies(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split("[/,]", text) if name.strip())


def _may_stand_alone(places: str, rest: str) -> bool:
    """Tell whether `places` without agencies are a dateline before `rest`, not part of a title."""
    if _is_label(places):
        return False
    if _is_place_case(places):
        return True
    names = _places(places)
    if all(_key(name) in _ZEELAND for name in names):
        return True
    first = re.match(r"[\"'“”‘’„(]*(\w+)", rest)
    capitalised = all(name[:1].isupper() and len(name.split()) <= 4 for name in names)
    return bool(capitalised and first and first[1][:1].isupper() and first[1].lower() in _OPENERS)


def _key(name: str) -> str:
    name = re.sub(_APOSTROPHE, "'", name.lower()).replace(" ", "-")
    return re.sub("-+", "-", name)


def _is_label(places: str) -> bool:
    words = places.upper().replace("’", "'").split()
    return words[0] in _LABELS or words[0] in {"DOOR", "VAN", "TEKST", "BRON"}


def _is_place_case(places: str) -> bool:
    """Tell whether every place is in capitals, except for `‘s-`, `'t` and small linking words."""
    if _is_mixed(places):
        return False
    for name in _places(places):
        letters = name
        if not name.isupper():
            letters = re.sub(_SMALL_WORDS, "", re.sub(_SMALL_PREFIX, "", name))
        if letters != letters.upper() or sum(map(str.isalpha, letters)) < 2:
            return False
    return bool(_places(places))


def _is_mixed(places: str) -> bool:
    """Tell whether the first two letters are in mixed case, as in `Goes`."""
    return places[:1].isupper() and places[1:2].islower()
