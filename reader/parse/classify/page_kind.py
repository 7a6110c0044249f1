"""Recognises pages that are served instead of news: walls, errors, maintenance and the like.

Words alone prove nothing, since there are articles about each of these. A page is refused if its
headline and its sentences to the visitor belong to one kind, or if most of its sentences address
the visitor about the site, it has little other text, and it has no sign of an article: a dateline,
a byline, a time near its headline, data of an article.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reader.parse.classify.boxes import Judged
from reader.parse.classify.furniture import is_chrome
from reader.parse.classify.phrases import Gated
from reader.parse.classify.piece_labels import PieceLabel, bare_text, weight
from reader.parse.document import Page, Piece
from reader.text.dateline import split_dateline

_MAX_SAID = 1_500
_FEW = 600
_MAX_PIECES = 200
_MAX_READ = 400
_MIN_CLOCKS = 8
_MIN_LINKS = 15
_MOSTLY_LINKS = 0.5
_MAX_STUB = 450
_NEAR = 4
_MIN_OWN_WORDS = 4
_LONG_HEAD = 8
_MIN_ASKS = 2
# The share of text that addresses the visitor about the site, from which a page is not news; it
# must be _SURELY for a page that also has headlines, or much text.
_ADDRESSED = 0.5
_SURELY = 0.7
_MAX_ADDRESS = 5_000
# The least share of sentences that address the visitor or are about the page itself; a page below
# it is an article about such things.
_TURNED = 0.25
_MIN_TITLES = 3
_MIN_SENTENCE_WORDS = 4
_READ_ON = re.compile(
    r"verder lezen\?|lees verder met|(?:wil|wilt) (?:je|u)\b.{0,40}\blezen\?|"
    r"(?:lees|ontgrendel) (?:dit|het hele|het volledige) (?:artikel|verhaal|bericht)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\b")
# Quotations, which do not address the visitor of a page.
_QUOTED = re.compile(r"(?<!\w)['‘\"“„«][^'’\"”“»]{1,400}['’\"”“»](?!\w)")
# Sentences that occur only on the page of an article that must be paid for.
_PAID = Gated(
    ("lezen", "lees", "artikel", "verhaal", "bericht", "read", "article", "story", "stories"),
    re.compile(
        r"\b(?:dit is een|this is a) (?:premium|plus|betaald)[ -]?"
        r"(?:artikel|verhaal|article|story)\b|"
        r"\b(?:dit|this) (?:artikel|verhaal|bericht|article|story) (?:is|lees je|lezen)\b.{0,40}"
        r"\b(?:abonnees|abonnementhouders|leden|subscribers|members)\b|"
        r"\b(?:verder ?lezen|doorlezen|lees verder)\b.{0,40}"
        r"\b(?:abonnees?|abonnement|leden|lid|account|euro)\b|"
        r"\b(?:abonnement|abonnee|lid|account|euro)\b.{0,40}\b(?:om|en) (?:dit|het hele|het "
        r"volledige) (?:artikel|verhaal|bericht) (?:te )?lezen\b|"
        r"\b(?:gratis|free) (?:artikelen|verhalen|articles|stories)\b.{0,40}"
        r"\b(?:gelezen|bereikt|left|this month)\b|\bto (?:continue|keep) reading\b|"
        r"\bsubscribe (?:now )?(?:to|and) (?:continue|read)\b",
        re.IGNORECASE,
    ),
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
# Words that address the visitor, or ask to do something.
_VISITOR = re.compile(
    r"\b(?:je|jij|jou|jouw|jullie|u|uw|wij|we|ons|onze|you|your|we|our)\b|^(?:controleer|probeer|"
    r"kijk|klik|vul|zoek|ga|log|zet|vink|wacht|neem|stuur|bel|kies|accepteer|ververs|herlaad|"
    r"excuses|sorry|schuif|meld|maak|gebruik|open|voer|vraag|download|please|try|check|see|enter|"
    r"click|press|reload|refresh|sign|register)\b",
    re.IGNORECASE,
)
# Words about a site rather than its news.
_OF_SITE = re.compile(
    r"\b(?:site|website|webpagina|pagina(?:['’]s)?|portaal|app|link|adres|url|browser|javascript|"
    r"cookie\w{0,12}|account|wachtwoord|gebruikersnaam|e-?mail\w{0,8}|mailbox|inloggen|ingelogd|"
    r"aanmelden|registreren|abonne\w{0,12}|nieuwsbrief|servers?|netwerk|wi-?fi|internet\w{0,4}|"
    r"verbinden|"
    r"surfen|firewall|"
    r"hotspot|ip-?adres|verzoek(?:en)?|toegang|toestemming|(?:gebruiks)?voorwaarden|"
    r"privacy\w{0,12}|(?:persoons)?gegevens|partners|adverteerders|advertenties|"
    r"zoek(?:term|woord|opdracht|resultaten)\w{0,3}|trefwoord\w{0,3}|spelling|"
    r"(?:voor|start)pagina|homepage|redactie|robot|apparaat|technici|storing|foutcode|"
    r"fout(?:melding)?|onderhoud|werkzaamheden|verbinding|sessie|page|address|account|password|"
    r"network|server|request|access|data|error)\b",
    re.IGNORECASE,
)
_THIS_PAGE = re.compile(
    r"\b(?:deze|dit|die|dat|het|this|the) (?:pagina|site|website|artikel|bericht|verhaal|adres|"
    r"page|site|article|link|url)\b",
    re.IGNORECASE,
)
# The editors' notice instead of a withdrawn article, which is news to its readers.
_WITHDRAWN = re.compile(
    r"\b(?:bericht|artikel|verhaal|article|story)\b.{0,60}\b(?:ingetrokken|teruggetrokken|"
    r"gerectificeerd|withdrawn|retracted)\b|\b(?:rectificatie|correctie)\b",
    re.IGNORECASE,
)


class _Kind(NamedTuple):
    """A kind of page: patterns of its headline and of its sentences to the visitor."""

    code: str
    head: re.Pattern[str]
    body: re.Pattern[str]


def _kind(code: str, head: str, body: str) -> _Kind:
    flags = re.IGNORECASE
    return _Kind(code, re.compile(rf"\W*(?:{head})", flags), re.compile(body, flags))


# In order of the certainty of their words.
_KINDS = (
    _kind(
        "challenge",
        r"even geduld|een (?:ogenblik|moment)|just a moment|one moment|attention required|"
        r"veiligheids(?:check|controle)|(?:ben|bent) (?:u|je) een (?:mens|robot)|(?:bewijs|"
        r"laat zien) dat|beveiligingscontrole|"
        r"(?:nog )?(?:één|een|1) (?:klik|stap|tel)\b|one (?:more|last) step|pardon our|"
        r"controle(?:ren)? (?:van|of)|(?:we|wij) controleren|checking|security check|verify|"
        r"are you (?:a )?(?:human|robot)|prove (?:that )?you",
        r"\bcontrole(?:ren|ert)\b.{0,60}\b(?:browser|verbinding|mens|bezoeker|robot)|"
        r"geen (?:robot|computer)|"
        r"\bcheck(?:ing|s)? (?:if|your|the)\b|\b(?:verify|confirm)\w{0,20} (?:that )?you are|"
        r"ray id|review the security|press (?:and|&) hold|captcha|beveiliging van (?:uw|je|"
        r"de) verbinding|"
        r"\bvink\b.{0,40}\b(?:aan|vakje)|"
        r"javascript.{0,40}(?:inschakelen|aan(?:zetten| staan)?\b|enable)|"
        r"(?:enable|schakel|zet) javascript",
    ),
    _kind(
        "captive_portal",
        r"(?:welkom|verbind|inloggen|aanmelden|toegang|gratis|free|welcome|log ?in|sign ?in|"
        r"connect).{0,40}"
        r"\b(?:wi-?fi|netwerk|internet|hotspot|network)|.{0,30}\b(?:wi-?fi|gastnetwerk|hotspot)\b",
        r"\b(?:wi-?fi|netwerk|internet|network|hotspot)\b.{0,120}\b(?:voorwaarden|akkoord|"
        r"verbind\w{0,20}|"
        r"surfen|toegang|terms|connect\w{0,20})\b|\b(?:akkoord|accepteer|verbind\w{0,20})\b.{0,80}"
        r"\b(?:wi-?fi|internet|netwerk|online)\b|kamernummer|vouchercode|toegangscode|"
        r"access code|\b(?:klik|tik|druk) op verbinden|\bverbinden\b.{0,60}\bvoorwaarden\b",
    ),
    _kind(
        "consent_wall",
        r".{0,60}(?:\bcookies?\b|\bprivacy\b|\btoestemming\b|\bconsent\b|\bgegevens\b|"
        r"\bpersoonsgegevens\b)|(?:maak |geef )?(?:uw|je|jouw) keuzes?|before you continue|"
        r"voordat (?:u|je) (?:verder|doorgaat|begint)|(?:u|je) (?:kiest|beslist|bepaalt)",
        r"\b(?:wij|we|us|our)\b.{0,40}\bpartners\b|partners\b.{0,60}\b(?:gegevens|gebruiken|data|"
        r"informatie|bewaren|cookies)|"
        r"\b(?:persoonsgegevens|gegevens|data)\b.{0,80}\b(?:verwerk\w{0,20}|opsla\w{0,20}|bewaren|"
        r"delen|"
        r"adverten\w{0,20}|process\w{0,20}|store)\b|\btoestemming\b.{0,80}\b(?:geven|geeft|nodig|"
        r"intrekken|"
        r"wijzigen|gegeven)\b|\bcookies?\b.{0,60}\b(?:accepte\w{0,20}|toesta\w{0,20}|"
        r"plaats\w{0,20}|gebruik\w{0,20}|"
        r"accept|use)\b|\b(?:accepte\w{0,20}|gebruik\w{0,20}|use)\b.{0,60}\bcookies?\b|"
        r"\b(?:akkoord|instemmen)\b.{0,60}\b(?:verder|doorgaan|site|lezen|gaan)\b|"
        r"(?:volgen|bijhouden|profiel).{0,60}(?:adverten\w{0,20}|voorkeuren|surfgedrag)",
    ),
    _kind(
        "not_found",
        r"(?:oeps|helaas|sorry).{0,40}(?:niet|niets|weg|bestaat)|(?:fout(?:melding)?|error)? ?404|"
        r".{0,30}\b(?:pagina|page|artikel|bericht|adres|url)\b.{0,25}\b(?:niet|not|bestaat|weg|"
        r"verdwenen|verwijderd|kwijt|zoek|onbekend)\b|.{0,20}\bniets (?:te vinden|gevonden)|"
        r"niet gevonden|"
        r"not found|verdwaald\W*$|"
        r"(?:deze |dit )?(?:pagina|artikel|bericht) (?:is|bestaat)",
        r"\b(?:pagina|artikel|\w{0,12}bericht|adres|link|url)\b.{0,80}\b(?:bestaat|bestaan|"
        r"(?:niet|not)\b"
        r".{0,20}(?:gevonden|beschikbaar|vinden|bereikbaar|meer)|verwijderd|verplaatst|verhuisd|"
        r"verlopen|kwijt|weg)\b|\b(?:tikfout|typefout|tiktfout)\b|page (?:you|that).{0,60}"
        r"(?:look\w{0,20} for|request\w{0,20}|not|exist|moved)|"
        r"\bnaar de (?:voor|home|start)pagina\b|\bwat (?:je|u|jij) (?:zocht|zoekt)\b|\b(?:op|"
        r"onder) dit adres\b|"
        r"gebruik (?:de|het) zoek\w{0,20}",
    ),
    _kind(
        "empty_search",
        r".{0,40}\b(?:zoekresultaten|zoekresultaat|resultaten|search results|zoeken|gezocht|"
        r"results|"
        r"niets gevonden|geen resultaat|(?:geen|0) (?:berichten|artikelen|treffers))\b",
        r"\b(?:geen|0|nul|no) (?:zoek)?(?:resultaten|resultaat|artikelen|berichten|results)\b|"
        r"\bniets gevonden|leverde? (?:helaas )?(?:niets|geen)|\bander(?:e)? (?:zoek)?(?:term|"
        r"woord|"
        r"opdracht)\w{0,20}|did not match|"
        r"no (?:articles|results)|nothing (?:matched|found)|"
        r"\b(?:hebben|vinden|vonden) (?:wij|we) (?:helaas )?(?:niets|niks|geen)\b",
    ),
    _kind(
        "maintenance",
        r".{0,30}\b(?:zo|straks|snel|binnenkort) (?:weer )?(?:terug|online|bereikbaar)|.{0,30}"
        r"\b(?:onderhoud|maintenance)\b|.{0,30}\btijdelijk (?:niet|offline|buiten|gesloten|"
        r"onbereikbaar)|"
        r"(?:we'?ll )?be right back|(?:even|momenteel) (?:niet|dicht|gesloten|uit de lucht)|"
        r".{0,20}\bverbouw|(?:geduld, )?(?:wij|we) (?:zijn|werken|stappen over|verhuizen|"
        r"verbouwen|vernieuwen)",
        r"\b(?:werken|sleutelen|klussen|zijn) (?:wij|we)\b.{0,60}\b(?:site|website|pagina|terug|"
        r"onderhoud)|\b(?:vernieuwen|verbouwen|verhuizen) (?:wij|we)\b|"
        r"\b(?:wij|we)\b.{0,60}\b(?:onderhoud|maintenance|sleutelen|updaten|verbeter\w{0,20}|"
        r"zo terug|straks terug|verbouw\w{0,20})|\b(?:site|website|pagina|portaal|"
        r"app)\b.{0,60}\b(?:niet bereikbaar|niet te (?:be|ge)\w{3,10}|opknapbeurt|"
        r"onbereikbaar|offline|gesloten|uit de lucht|onderhoud|niet beschikbaar|unavailable)|"
        r"(?:probeer|kom).{0,40}\b(?:later|straks|minuten|uur)\b|scheduled maintenance|"
        r"\bdank voor (?:uw|je|jullie) (?:begrip|geduld)\b|back "
        r"(?:soon|shortly|online)|bezig met (?:gepland )?onderhoud",
    ),
    _kind(
        "access_denied",
        r"(?:error \d{3,4}\W{1,3})?(?:toegang|access).{0,12}(?:geweigerd|denied|ontzegd|verboden|"
        r"beperkt)|(?:geen|no) "
        r"(?:toegang|access)|(?:error |fout )?40[13]|forbidden|verboden|(?:u|je) (?:bent|is) "
        r"geblokkeerd|.{0,20}\bgeblokkeerd|you have been blocked|unavailable for legal|"
        r"request (?:rejected|"
        r"blocked)|(?:u|je) (?:hebt|heeft|mag)\b.{0,20}\b(?:geen (?:rechten|toestemming)|niet)\b|"
        r".{0,40}\bnot available in your (?:region|country|area)|"
        r".{0,40}\bniet (?:beschikbaar|te bekijken) (?:in (?:uw|je|jouw) (?:land|regio|gebied)|"
        r"om juridische redenen)",
        r"\b(?:geen|no|niet)\b.{0,20}\b(?:toegang|toestemming|rechten|permission|bevoegd\w{0,20}|"
        r"access)\b|"
        r"\b(?:ip-?adres|ip address)\b|reference (?:#|id|number)|referentienummer|"
        r"\b(?:verzoek|request|bezoek|verkeer)\b.{0,40}\b(?:geblokkeerd|geweigerd|blocked|denied)|"
        r"beveiligings\w{0,20}|\bfirewall\b|security service|support id|"
        r"consult (?:with )?your administrator|"
        r"\b(?:uit|from|in) (?:uw|je|jouw|your) (?:land|regio|country|region|area)\b",
    ),
    _kind(
        "site_error",
        r".{0,30}\b(?:ging|gaat|is)\b.{0,20}\b(?:mis|fout|verkeerd)\b|(?:oeps|sorry|helaas)|.{0,12}"
        r"\b(?:fout|storing|foutmelding|hapert)\b|something went wrong|application error|"
        r"error establishing|"
        r"whitelabel error|"
        r".{0,40}\b(?:critical error|kritieke fout)\b|(?:error|fout) ?5\d\d|"
        r"internal server error|(?:technische|interne) (?:fout|storing)|50[0234]",
        r"\b(?:probeer|try)\b.{0,50}\b(?:opnieuw|later|again|nog eens|nogmaals|minuten)\b|"
        r"\b(?:herlaad|ververs|vernieuw|refresh|reload)\b|foutcode|browser console|troubleshoot|"
        r"unexpected error|"
        r"(?:client|server)-side exception|\bfout\b.{0,40}\b(?:opgetreden|"
        r"gemeld|doorgegeven|server)|error code|technische (?:dienst|storing|problemen|fout)|"
        r"kon(?:den)? (?:de|deze|uw|je) .{0,30}niet|(?:wij|we|er) (?:wordt|werken|zijn).{0,40}"
        r"\b(?:oplossing|op te lossen|verholpen|mee bezig)",
    ),
    _kind(
        "login_wall",
        r".{0,20}\b(?:inloggen|log ?in|aanmelden|sign in|registreren)\b|mijn \w{1,20}$",
        r"\blog in\b|\binloggen\b|\bwachtwoord\b|\bgebruikersnaam\b|\bpassword\b|"
        r"\b(?:geen|al een|een) account\b|\baanmelden\b",
    ),
    _kind(
        "contact_page",
        r"(?:neem )?contact|colofon|over ons$|(?:de )?redactie$|adverteren|bereikbaarheid|"
        r"klantenservice$|tip (?:ons|de redactie)$",
        r"\b(?:tel(?:efoon)?|bel)\b.{0,60}\d{2}|postbus \d|bezoekadres|postadres|"
        r"\b(?:mail|e-mail|bereik\w{0,20})\b.{0,60}(?:@|redactie|ons)|\bkvk\b|openingstijden|"
        r"\bwhatsapp\b|"
        r"\b\d{4} ?[A-Z]{2}\b",
    ),
    _kind(
        "sitemap",
        r"site-?map|.{0,20}\b(?:overzicht van (?:de|deze) (?:site|website)|inhoud van (?:de|"
        r"deze) site)|"
        r"site-?overzicht|inhoudsopgave",
        r"\w",
    ),
    _kind(
        "tv_guide",
        r".{0,20}\b(?:tv|televisie|radio)-?(?:gids|programma\w{0,20}|overzicht)?\b|wat is er op|"
        r".{0,20}\buitzend\w{0,20}|vanavond op",
        r"\b(?:npo|rtl|sbs|zender|kanaal|een|canvas|omroep|veronica|net5)\b",
    ),
)
# Kinds whose words prove nothing without the shape or the headline.
_SHAPED = frozenset(["contact_page", "sitemap", "tv_guide"])
_PAYWALL = Gated(
    (
        "abonne",
        "account",
        "leden",
        "lid",
        "lezen",
        "onbeperkt",
        "verder",
        "subscri",
        "premium",
        "reading",
        "member",
    ),
    re.compile(
        r"\b(?:alleen|exclusief|enkel|uitsluitend)\b.{0,30}\b(?:voor|door)\b.{0,20}\b(?:abonnees|"
        r"leden|"
        r"abonnementhouders|plusleden)|\b(?:neem|kies|start|sluit)\b.{0,40}\b(?:proef)?abonnement|"
        r"\bword (?:nu )?(?:abonnee|lid)\b|\b(?:al|nog geen) (?:een )?abonnee\b|verder lezen\?|"
        r"(?:lees|verder) (?:onbeperkt|verder) (?:voor|met|vanaf)|"
        r"\b(?:for|only|exclusive\w{0,20}).{0,20}\bsubscribers\b|subscribe (?:now )?(?:(?:to|"
        r"and) (?:continue|read)|for (?:full|unlimited))|\bto (?:continue|keep) reading\b|"
        r"\b(?:heb|hebt|heeft) (?:je|u) (?:al )?een (?:account|abonnement)\b|"
        r"\b(?:je|u) (?:hebt|heeft|bent) al (?:een )?(?:account|abonnement|abonnee|lid)\?|"
        r"\balready a (?:subscriber|member)\b|"
        r"\bpremium\b.{0,40}\b(?:artikel|abonnement|account)|(?:log in|inloggen).{0,40}(?:verder|"
        r"lezen)",
        re.IGNORECASE,
    ),
)


def kind_of_page(
    page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel], judged: Judged
) -> str | None:
    """Return the code of the kind of a page that is not news, or None if it may be news."""
    # Text that belongs to a headline that leads elsewhere does not describe the page itself.
    listed = {box for box, why in judged.furniture.items() if "leads elsewhere" in why}
    cards = {box for box, held in judged.facts.items() if held.titles == 1 and held.sentences <= 2}
    shown = [i for i in range(min(len(pieces), _MAX_PIECES)) if not page.is_framed(pieces[i])]
    shown = [i for i in shown if listed.isdisjoint(pieces[i].boxes)]
    to_visitor = [i for i in shown if _speaks(pieces[i])]
    heads = _heads(page, pieces, shown)
    total = sum(weight(pieces[i].text) for i in to_visitor if labels[i].name == "prose")
    if not heads or total > _MAX_ADDRESS or _has_signs(page, pieces, labels, to_visitor):
        return None
    texts = [pieces[i].text[:_MAX_READ] for i in to_visitor]
    if total <= _MAX_SAID:
        for kind in _KINDS:
            if _fits(kind, pieces, labels, shown) and _is_of_kind(kind, heads, texts, total):
                return kind.code
    spoken = [
        pieces[i].text[:_MAX_READ]
        for i in to_visitor
        if labels[i].name in {"prose", "text", "notice"}
        and cards.isdisjoint(pieces[i].boxes)
        and not is_chrome(pieces[i].text)
    ]
    titles = (i for i in shown if len(pieces[i].text.split()) >= _MIN_SENTENCE_WORDS)
    lists = sum(not _speaks(pieces[i]) and not pieces[i].level for i in titles) >= _MIN_TITLES
    needed = _SURELY if lists or total > _MAX_SAID else _ADDRESSED
    if _is_dated(page, pieces, labels) or _address(spoken) < needed or _turned(spoken) < _TURNED:
        return None
    if any(map(_WITHDRAWN.search, spoken)):
        return None
    return _likeliest(heads, spoken) or (None if lists else "not_news")


def _is_of_kind(kind: _Kind, heads: Sequence[str], texts: Sequence[str], total: float) -> bool:
    """Tell whether headline and words of a page are of a kind; `total` is its running text."""
    headed = any(kind.head.match(head) for head in heads)
    matching = sum(kind.body.search(text) is not None for text in texts)
    if total >= _MIN_LINKS and kind.code not in _SHAPED and _turned(texts) < _TURNED:
        return False
    # A headline of many words may be that of an article, unless it addresses the visitor or
    # is about the page itself.
    turned = _VISITOR.search(heads[0]) or _THIS_PAGE.search(heads[0])
    needed = 1 if turned or len(heads[0].split()) < _LONG_HEAD else 2
    if headed and (matching >= needed or total < _MIN_LINKS) and total < _most(needed):
        return True
    own = any(len(head.split()) >= _MIN_OWN_WORDS for head in heads)
    return matching > 1 and total < _FEW and not own and kind.code != "sitemap"


def _address(texts: Sequence[str]) -> float:
    """Return the share of sentences, by length, that address a visitor about the site."""
    total, addressed = 0, 0.0
    for sentence in (each for text in texts for each in _SENTENCE_END.split(text)):
        if len(sentence.split()) < _MIN_SENTENCE_WORDS:
            continue
        own = _QUOTED.sub("", sentence)
        to_visitor = _VISITOR.search(own) is not None
        of_site = _OF_SITE.search(own) is not None
        both = (to_visitor and of_site) or _THIS_PAGE.search(own) is not None
        total += len(sentence)
        addressed += len(sentence) * (1 if both else (to_visitor or of_site) / 2)
    return addressed / total if total else 0


def _turned(texts: Sequence[str]) -> float:
    """Return the share of sentences, by length, to a visitor or about the page itself."""
    total, turned = 0, 0
    for sentence in (each for text in texts for each in _SENTENCE_END.split(text)):
        own = _QUOTED.sub("", sentence)
        total += len(sentence)
        if _VISITOR.search(own) or _THIS_PAGE.search(own):
            turned += len(sentence)
    return turned / total if total else 0


def _likeliest(heads: Sequence[str], texts: Sequence[str]) -> str | None:
    """Return the code of the kind with most matching texts, or None if none matches."""
    best = 0
    code: str | None = None
    for kind in _KINDS:
        if kind.code in _SHAPED:
            continue
        found = sum(kind.body.search(text) is not None for text in texts)
        found += 2 * any(kind.head.match(head) for head in heads)
        if found > best:
            best, code = found, kind.code
    return code


def _most(needed: int) -> int:
    return _MAX_SAID if needed == 1 else _FEW


def _fits(
    kind: _Kind, pieces: Sequence[Piece], labels: Sequence[PieceLabel], shown: Sequence[int]
) -> bool:
    """Tell whether a page has the shape of its kind; true for a kind without one."""
    if kind.code == "tv_guide":
        return (
            sum(labels[i].name == "time" for i in shown)
            + sum(_CLOCK.match(pieces[i].text) is not None for i in shown)
            + sum(_CLOCK.match(row[0]) is not None for i in shown for row in pieces[i].rows)
            >= _MIN_CLOCKS
        )
    if kind.code == "sitemap":
        linked = sum(pieces[i].linked for i in shown)
        whole = sum(len(pieces[i].text) for i in shown)
        return linked > whole * _MOSTLY_LINKS
    return True


def _speaks(piece: Piece) -> bool:
    """Tell whether a piece is text for the visitor rather than a link elsewhere."""
    return bool(piece.text) and not piece.level and piece.linked * 2 <= len(piece.text)


def _heads(page: Page, pieces: Sequence[Piece], shown: Sequence[int]) -> list[str]:
    tops = [pieces[i].text for i in shown if pieces[i].level == 1][:3]
    if not tops:
        tops = [pieces[i].text for i in shown if pieces[i].level and not pieces[i].href][:2]
    return [head[:_MAX_READ] for head in (*tops, *page.meta.titles[:2])]


def _has_signs(
    page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel], texts: Sequence[int]
) -> bool:
    """Tell whether a page has signs that only an article has."""
    if page.meta.is_article and (page.meta.published or page.meta.authors):
        return True
    if any(labels[i].name == "prose" and split_dateline(pieces[i].text)[0] for i in texts):
        return True
    top = next((i for i in range(len(pieces)) if pieces[i].level == 1), None)
    if top is None:
        return False
    near = labels[top + 1 : top + 1 + _NEAR]
    return any(label.name == "byline" for label in near) or (
        any(label.name == "time" for label in near) and page.meta.is_article
    )


def _is_dated(page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel]) -> bool:
    """Tell whether a page states its time of publication, or that it is an article."""
    top = next((i for i in range(len(pieces)) if pieces[i].level == 1), 0)
    near = labels[top + 1 : top + 1 + _NEAR]
    named = page.meta.is_article or bool(page.meta.published)
    return named or any(label.name in {"time", "byline"} for label in near)


def is_stub(
    page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel], body: Sequence[int]
) -> bool:
    """Tell whether a page has only the beginning of an article, and asks for a subscription.

    `body` has the pieces that would be read as the article.
    """
    titles = {bare_text(title) for title in page.meta.titles}
    shown = [i for i, piece in enumerate(pieces) if _speaks(piece)]
    shown = [i for i in shown if bare_text(pieces[i].text) not in titles]
    paid = [i for i in shown if _PAID.occurs(_QUOTED.sub("", pieces[i].text[:_MAX_READ]))]
    asks = [
        i
        for i in shown
        if _PAYWALL.occurs(pieces[i].text) and not split_dateline(pieces[i].text)[0]
    ]
    prose = [i for i in body if labels[i].name == "prose" and i not in asks and i not in paid]
    # Such sentences before the end of the text belong to the article.
    paid = [i for i in paid if i > max(prose, default=0)]
    headed = any(piece.level and _READ_ON.match(piece.text) for piece in pieces)
    sure = headed or len(asks) >= _MIN_ASKS or not page.meta.is_free
    if not paid and not (asks and sure):
        return False
    return sum(weight(pieces[i].text) for i in prose) < _MAX_STUB
