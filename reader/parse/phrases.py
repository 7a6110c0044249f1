"""The words and phrases by which a page's furniture is known, as patterns for whole lines.

They are those of the site itself and of Dutch news sites at large, gathered a line a kind.
"""

import re


def _lines(*alternatives: str) -> re.Pattern[str]:
    """Return one pattern of all alternatives, without regard to case."""
    return re.compile("|".join(f"(?:{each})" for each in alternatives), re.IGNORECASE)


# The frame that every page of the site begins with.
CHROME = _lines(
    r"webmail|kies je webmail|omdat zeelandnet ook delta webmail aanbiedt.*",
    r"(www\.)?zeelandnet(\.nl)?( nieuws)?|nieuws( op| van)? zeelandnet(\.nl)?",
    r"editie:?|editie:? nl & wereld.*|nl & wereld( \| zeeland)?",
    r"inloggen|registreren|mijn zeelandnet|zoeken?|menu|home|nieuws|sluiten?",
    r"naar (de )?(inhoud|hoofdinhoud).*",
)

# What heads a box that is no part of what stands around it.
BOX_LABEL = re.compile(
    r"(?:advertenties?|adv\.?|advertorial|reclame|promotie|partnerbericht|aanbieding"
    r"|gesponsord|gesponsorde (inhoud|berichten)"
    r"|(lees|zie|bekijk|luister|kijk) ook|lees (meer|verder)"
    r"|meer (over dit onderwerp|lezen|weten)|gerelateerd(e artikelen| nieuws)?"
    r"|(onze |de |dagelijkse |gratis )?nieuwsbrief|nieuws in je mail(box)?|mis niets"
    r"|cookies?|cookie-?(instellingen|melding|voorkeuren)"
    r"|deel( dit)?( (artikel|bericht))?|delen|reacties?|reageren"
    r"|abonneer.*|blijf op de hoogte|whatsapp-?kanaal|tip de redactie"
    r"|meest gelezen|meest bekeken|populair|net binnen|trending|uitgelicht"
    r")\s*[:›»>→…]?",
    re.IGNORECASE,
)
# Labels of one advertisement or link among teasers rather than of another list of them.
PASSING_LABEL = _lines(
    r"(advertenties?|adv\.?|reclame|gesponsord|partnerbericht|lees (meer|verder))\W*",
)

# How a line begins that stands in such a box only.
NOTICE = _lines(
    r"schrijf je (nu |hier |vandaag nog |gratis )?in (voor|op) ",
    r"(meld|geef) je (nu |hier |gratis )?(aan|op) voor (onze|de|het) ",
    r"ontvang (elke|iedere|dagelijks|wekelijks|het|ons|onze|de|'s|gratis).*"
    r"(mail|nieuwsbrief|inbox)",
    r"abonneer je |mis geen |niets missen|(wil|wilt) (je|u) (niets|geen) .*missen",
    r"[^.]{0,60}\b(gebruik(en|t)?|plaats(en|t)|maak(t|en) gebruik van|sla(an|at))\b"
    r"[^.]{0,60}\bcookies?\b",
    r"(dit is een )?advertentie\b.{0,40}$",
    r"volg (ons|zeelandnet|het nieuws) (ook )?(op|via) |deel dit (artikel|bericht|nieuws)",
    r"(lees|bekijk|luister|zie) (ook|hier|meer|verder)\b.{0,3}[:›»>→]|lees ook\b",
    r"foutje (gezien|gevonden|ontdekt)|(taal)?fout (gezien|gevonden)",
    r"(heb|weet|zie) (je|jij|u) .*(tip|fout|redactie)|tip (ons|de redactie)",
    r"mail (ons|de redactie|naar de redactie)|(reageer|reageren) (op|via)|(reageer|reageren\?)$",
    r"bekijk (alle|meer) |naar (het overzicht|boven)|terug naar ",
    r"©|\(c\)|copyright|alle rechten voorbehouden|download (de|onze) app",
    r"luister naar dit (artikel|bericht)",
    r"dit (artikel|bericht) (delen|afdrukken|printen|bewaren)",
    r"(tags?|trefwoorden|onderwerpen|labels|dossier)\s*:",
    r"javascript |je browser |uw browser ",
)

# A source line or a picture's credit.
CREDIT = _lines(
    r"(bron|foto'?s?|beeld|video|fotograaf|illustratie|tekst|fotografie|archieffoto)"
    r"\s*(:|©|\()\s*.{2,80}",
    r"©\s*.{2,60}",
    r"(?-i:(Bron|Foto|Beeld)\s+[A-Z][\w/ .-]{1,40})",
)
AGENCIES = re.compile(
    r"(ANP|RTR|AFP|DPA|BLOOMBERG|BELGA|Belga|AP|Reuters|NOVUM)(\s*[/,+&]\s*[A-Za-z]{2,12})*"
)
# A caption, known by the credit that it ends in.
CAPTION = _lines(
    r".{0,250}\(?\b(foto|beeld|bron|fotograaf|illustratie)\s*:\s*[^.]{2,60}\)?\.?",
    r".{0,250}\((archief)?(foto|beeld)[^)]{0,60}\)\.?",
    r".{0,250}([|/]\s*(foto|beeld)\b.{0,60}|©\s*[\w/ .-]{2,60})\.?",
)
BYLINE = _lines(
    r"(door|van|tekst|auteur|geschreven door|redactie)\b:?\s*(een|onze|de|het|[A-Z]).{0,60}",
    r"(de )?redactie|(anp|zeelandnet)( redactie)?|redactie (zeelandnet|anp)|van onze .{2,60}",
    r"(onze|een) (verslaggever|correspondent|redactie)\w*.{0,40}",
)
READING_TIME = _lines(
    r"(leestijd|leesduur)\s*:?\s*(ca\.?|circa|ongeveer|±)?\s*\d+\s*min\w*\.?",
    r"(ca\.?|circa|ongeveer|±)?\s*\d+\s*min(uut|uten|\.)?\s*(leestijd|lezen|leesduur)",
)
# The last group is the time, to be read by those who know times.
UPDATED = re.compile(
    r"(?:(?:laatste?|voor het laatst) )?(?:bijgewerkt|gewijzigd|update|aangepast|ge-?update)"
    r"\s*(?:op|om)?\s*:?\s*(.{3,60})",
    re.IGNORECASE,
)
BUTTON = re.compile(
    r"(deel|delen|share|tweet|pin|like|facebook|twitter|x|bluesky|mastodon|threads|whatsapp"
    r"|linkedin|telegram|instagram|e-?mail|mail|rss|kopieer( (de )?link)?|link kopiëren"
    r"|print|printen|afdrukken|bewaar|bewaren|opslaan|reageer|reageren|reacties?|luister"
    r"|lees voor|volgen?|inschrijven|aanmelden|verstuur|versturen|verzend|tip"
    r"|accepteren|akkoord|alles accepteren|weigeren|instellingen|meer (informatie|weten)|ok|oké"
    r"|sluit(en)?|toon meer|vorige|volgende|terug|top|meer|lees (meer|verder)"
    r"|\d+ reacties?|reacties? \(\d+\)|\(?\d+\)?)\s*[›»>→…!+]*",
    re.IGNORECASE,
)
# A line, or the end of one, that only invites to read on.
MORE_LINK = _lines(
    r"(lees|bekijk|toon|naar|meer|alle|ga|open|verder|volledig|hele)\b.{0,40}",
    r"[›»>→…+]+",
)
TRAILING_MORE = re.compile(
    r"\s*(?:\b(?:lees|bekijk) (?:meer|verder|dit (?:artikel|bericht))|[›»→])\s*[›»>→…]*$",
    re.IGNORECASE,
)
# What parts the facts of a line such as `Buitenland · 2 uur geleden | ANP`.
SEPARATOR = re.compile(r"\s*[|·•›»>–—●]\s*|\s+[-/]\s+|,\s+|\s{2,}|\s*\(\s*|\s*\)\s*|\s+door\s+")
ONLY_MARKS = re.compile(r"[\W_]*")
