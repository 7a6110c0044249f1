"""The words and phrases of a page's furniture, as patterns that match whole lines.

They are from the site itself and from other news sites, mostly Dutch.
"""

import re

from msgspec import Struct


class Gated(Struct, frozen=True):
    """A pattern that may begin anywhere, tried only if the text contains one of its `words`.

    A search for words is many times quicker than such a pattern.
    """

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def fits(self, text: str) -> bool:
        """Tell whether the pattern matches the whole text."""
        folded = text.lower()
        return any(word in folded for word in self.words) and bool(self.pattern.fullmatch(text))

    def occurs(self, text: str) -> bool:
        """Tell whether the pattern matches anywhere in the text."""
        folded = text.lower()
        return any(word in folded for word in self.words) and bool(self.pattern.search(text))


def _lines(*alternatives: str) -> re.Pattern[str]:
    """Return one pattern of all alternatives, which ignores case."""
    return re.compile("|".join(f"(?:{each})" for each in alternatives), re.IGNORECASE)


# The header of every page of the site.
CHROME = _lines(
    r"webmail|kies je webmail|omdat zeelandnet ook delta webmail aanbiedt.*",
    r"(www\.)?zeelandnet(\.nl)?( nieuws)?|nieuws( op| van)? zeelandnet(\.nl)?",
    r"editie:?|editie:? nl & wereld.*|nl & wereld( \| zeeland)?",
    r"inloggen|registreren|mijn zeelandnet|zoeken?|menu|home|nieuws|sluiten?",
    r"((ga|spring) )?(direct )?naar (de )?(inhoud|hoofdinhoud).*",
)

# Headings of boxes that are not part of the text around them.
BOX_LABEL = re.compile(
    r"(?:advertenties?|adv\.?|advertorial|reclame|promotie|partnerbericht|aanbieding"
    r"|gesponsord|gesponsorde (inhoud|berichten)"
    r"|(lees|zie|bekijk|luister|kijk) ook|lees (meer|verder)"
    r"|meer (over dit onderwerp|lezen|weten)|gerelateerd(e artikelen| nieuws)?"
    r"|(onze |de |dagelijkse |gratis )?nieuwsbrief|nieuws in je mail(box)?|mis niets"
    r"|cookies?|cookie-?(instellingen|melding|voorkeuren)"
    r"|deel( dit)?( (artikel|bericht))?|delen|reacties?|reageren"
    r"|abonneer.{0,200}|blijf op de hoogte|whatsapp-?kanaal|tip de redactie"
    r"|het weer in [A-Z][\w -]{1,30}|steun ons|doneren?|poll|stelling|vind[ -]ik[ -]leuk"
    r"|meest gelezen|meest bekeken|populair|net binnen|trending|uitgelicht"
    r")\s{0,3}[:›»>→…]?",
    re.IGNORECASE,
)
# Headings of readers' comments.
COMMENTS = re.compile(
    r"(?:alle |de )?(?:\d{1,5} |lezers)?(?:reacties?|antwoorden|opmerkingen|meningen|comments?|"
    r"replies|"
    r"responses|kommentare|commentaires|comentarios)(?: ?\(\d{1,5}\)| van lezers|"
    r" op dit .{1,20})?\W*"
    r"|(?:praat|discussieer|denk) mee.{0,30}|wat vind(?:t)? (?:je|jij|u)\b.{0,30}|(?:uw|jouw|"
    r"je) mening\W*"
    r"|reageer (?:zelf|ook|als eerste|op dit .{1,20})\W*|(?:leave|post) a (?:comment|reply)",
    re.IGNORECASE,
)
# Labels of a single advertisement or link among teasers, not of another list of teasers.
PASSING_LABEL = _lines(
    r"(advertenties?|adv\.?|reclame|gesponsord|partnerbericht|lees (meer|verder))\W*",
)

# Beginnings of lines that occur only in advertisements, newsletter boxes and the like.
NOTICE = _lines(
    r"schrijf je (nu |hier |vandaag nog |gratis )?in (voor|op) ",
    r"(meld|geef) je (nu |hier |gratis )?(aan|op) voor (onze|de|het) ",
    r"ontvang (elke|iedere|dagelijks|wekelijks|het|ons|onze|de|'s|gratis).*"
    r"(mail|nieuwsbrief|inbox|overzicht|samenvatting|selectie)",
    r"abonneer je |mis geen |niets missen|(wil|wilt) (je|u) (niets|geen) .*missen",
    r"(dit is een )?advertentie( (wordt|is|kon|kan)( niet)?( worden)? geladen)?\W*$",
    r"advertentie\s*[:–-]",
    r"(het |dit )?(artikel|bericht|verhaal) gaat (hier)?(onder|verder)",
    r"(lees |ga )?(hier)?(verder|door)( lezen| gaan)? (na|onder) (de|het|deze|dit) (reclame|"
    r"advertentie|"
    r"foto|video|afbeelding|bericht|kader)|(hoor|beluister) dit (artikel|bericht)|snelheid: \w+$",
    r"volg (ons|zeelandnet|het nieuws) (ook )?(op|via) |deel dit (artikel|bericht|nieuws)",
    r"(lees|bekijk|luister|zie) (ook|hier|meer|verder)\b.{0,3}[:›»>→]|lees ook\W*$",
    r"foutje (gezien|gevonden|ontdekt)|(taal)?fout (gezien|gevonden)",
    r"(heb|weet|zie) (je|jij|u) .*(tip|fout|redactie)|tip (ons|de redactie)",
    r"mail (ons|de redactie|naar de redactie)|(reageer|reageren) (op|via)|(reageer|reageren\?)$",
    r"bekijk (alle|meer) |naar (het overzicht|boven)|terug naar ",
    r"©|\(c\) |copyright (©|\d{4}|zeelandnet|by)|alle rechten voorbehouden|download (de|onze) app",
    r"luister naar dit (artikel|bericht)",
    r"dit (artikel|bericht) (delen|afdrukken|printen|bewaren)",
    r"(tags?|trefwoorden|onderwerpen|labels|dossier)\s*:",
    r"javascript |je browser |uw browser |aan het laden|"
    r"(het |de |dit )?(artikel|bericht|pagina|nieuws) (wordt|is aan het) (geladen|laden)\W*$|"
    r"bezig met (laden|ophalen)\W*$|(laden|loading)\W*$",
    r"(voor|om) (deze|dit|de|het) .{0,80}(toestemming nodig|cookies (accepteren|toestaan))",
    r"hier staat (ingevoegde |externe )?inhoud|deze inhoud (is|kan|wordt) ",
    r"(dit|het) bericht bekijken op |een bericht gedeeld door |bekijk (dit|deze) .{0,20} op ",
    r"dit (live)?blog is (gesloten|afgelopen)",
    r"(vanaf|voor) .{0,20}euro per (maand|jaar|week)",
    r"word (nu |vandaag |ook )*(lid|abonnee|vriend) ",
    r"wist je dat\W.{0,80}volgen",
)
# Phrases anywhere within such a line.
NOTICE_WITHIN = Gated(
    ("cookie", "tekst", "doneer", "donatie", "steun", "app", "je kunt", "mail", "inbox"),
    _lines(
        r"[^.]{0,60}\b(gebruik(en|t)?|plaats(en|t)|maak(t|en) gebruik van|sla(an|at))\b"
        r"[^.]{0,60}\bcookies?\b.*",
        r".{0,80}\(?(de )?tekst (gaat|loopt) .{0,20}verder\)?",
        r".{0,80}\b(doneer|doe een donatie|steun (ons|onze|deze|lokaal|lokale|regionale?))\b"
        r".{0,80}",
        r".{0,80}\b(zeelandnet-?app|nieuws-?app|onze (gratis )?app|gratis app)\b.*",
        r".{0,40}\bje kunt .{0,30}ook volgen (op|via).*",
        r".{0,60}\b(in|op) (je|jouw|uw) (mail|mailbox|inbox|e-mail)\b[^.]{0,40}\W*",
    ),
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
# A caption, which ends in a credit.
CAPTION = Gated(
    ("foto", "beeld", "bron", "illustratie", "©"),
    _lines(
        r".{0,250}\(?\b(foto|beeld|bron|fotograaf|illustratie)\s*:\s*[^.]{2,60}\)?\.?",
        r".{0,250}\((archief)?(foto|beeld)[^)]{0,60}\)\.?",
        r".{0,250}([|/]\s*(foto|beeld)\b.{0,60}|©\s*[\w/ .-]{2,60})\.?",
    ),
)
_ROLE = r"(verslag(gever|geefster)|correspondent|redact(ie|eur)|medewerker|fotograaf)\w{0,20}"
_NAME = r"(?-i:[A-ZÀ-Þ][\w.’'-]{0,40}( (van|de|der|den|ten|ter|het|'t)){0,4})"
# A byline is a role, or only names; a sentence that begins like one is not.
BYLINE = _lines(
    rf"((geschreven |tekst )?door|van) (een|onze|de|het)( \w{{1,30}})? ?{_ROLE}(.{{0,40}})?",
    rf"(geschreven |tekst )?door:? {_NAME}( {_NAME}){{0,4}}( (en|/) {_NAME}( {_NAME}){{0,3}})?",
    r"(tekst|auteur|redactie|door)\s{0,3}:\s{0,3}.{2,60}",
    rf"(een|onze) {_ROLE}(.{{0,40}})?",
    r"(de )?redactie|(anp|zeelandnet)( redactie)?|redactie (zeelandnet|anp)",
)
READING_TIME = _lines(
    r"(leestijd|leesduur)\s{0,3}:?\s{0,3}(ca\.?|circa|ongeveer|±)?\s{0,3}\d{1,4}\s{0,3}min\w{0,9}\.?",
    r"(ca\.?|circa|ongeveer|±)?\s{0,3}\d{1,4}\s{0,3}min(uut|uten|\.)?\s{0,3}(leestijd|lezen|leesduur)",
)
# The last group is the text of the time, which the caller parses.
UPDATED = re.compile(
    r"(?:(?:laatste?|voor het laatst) )?(?:bijgewerkt|gewijzigd|update|aangepast|ge-?update)"
    r"\s{0,3}(?:op|om)?\s{0,3}:?\s{0,3}(.{3,60})",
    re.IGNORECASE,
)
BUTTON = re.compile(
    r"(deel|delen|share|tweet|pin|like|facebook|twitter|x|bluesky|mastodon|threads|whatsapp"
    r"|linkedin|telegram|instagram|e-?mail|mail|rss|kopieer( (de )?link)?|link kopiëren"
    r"|print|printen|afdrukken|bewaar|bewaren|opslaan|reageer|reageren|reacties?|luister"
    r"|lees voor|volgen?|inschrijven|aanmelden|verstuur|versturen|verzend|tip"
    r"|accepteren|akkoord|alles accepteren|weigeren|instellingen|meer (informatie|weten)|ok|oké"
    r"|sluit(en)?|toon meer|vorige|volgende|terug|top|meer|lees (meer|verder)"
    r"|reacties? \(\d+\)|\(?\d+\)?"
    r"|[\d.]{1,12} ?(x|keer )?(reacties?|bekeken|gelezen|weergaven|views|gedeeld|likes))"
    r"\s{0,3}[›»>→…!+]{0,8}",
    re.IGNORECASE,
)
# A line, or the end of one, that is only an invitation to read on.
MORE_LINK = _lines(
    r"(lees|bekijk|toon|open) (meer|verder|alles|alle .{0,30}|dit .{0,20})(\W.{0,30})?",
    r"(lees|bekijk|toon|open|naar) (het |de )?(hele |volledige )?(artikel|bericht|overzicht|nieuws)"
    r"\b.{0,20}",
    r"meer( nieuws| berichten| artikelen)?( (uit|over|in) (?-i:[A-Z])[\w-]{1,40})?\W{0,9}",
    r"alle (berichten|artikelen|nieuws)\b.{0,30}|ga verder|verder lezen|volledig (artikel|bericht)",
    r"[›»>→…+]+",
)
TRAILING_MORE = re.compile(
    r"\s{0,3}(?:\b(?:lees|bekijk) (?:meer|verder|dit (?:artikel|bericht))|[›»→])"
    r"\s{0,3}[›»>→…]{0,8}$",
    re.IGNORECASE,
)
# Every such end has one of these.
MORE_WORDS = ("meer", "verder", "artikel", "bericht", "›", "»", "→")
# A preposition before a section, in a line such as `2 uur geleden in Buitenland`.
IN_SECTION = re.compile(r"^(?:in|uit|bij|op|over)\s+(?=[A-Z])")
# The separator of the parts of a clean line such as `Buitenland · 2 uur geleden | ANP`.
SEPARATOR = re.compile(r" ?[|·•›»>–—●()] ?| [-/] |, | door ")
ONLY_MARKS = re.compile(r"[\W_]*")
# The beginnings of all times, and the ends of those whose last word is not a number.
TIME_BEGINS = re.compile(
    r"[(\[]?(\d|een\s|één\s|zojuist|vandaag|(eer)?gisteren|gepubliceerd|geplaatst|datum|publicatie"
    r"|(maan|dins|woens|donder|vrij|zater|zon)dag|(ma|di|wo|do|vr|za|zo)\W)",
    re.IGNORECASE,
)
TIME_ENDS = tuple(
    "geleden zojuist uur vandaag gisteren januari februari maart april mei juni juli augustus "
    "september oktober november december "
    "jan feb mrt maa apr jun jul aug sep sept okt nov dec".split()
)

# Reading times, dates, notices and bylines in other languages.
READING_TIME_ANY = _lines(
    r"\W{0,9}(reading time|read time|temps de lecture|lecture|lesezeit|lesedauer|"
    r"tiempo de lectura)?\W{0,3}\d{1,3}\W{0,2}(min|minuten?|minutes?|minutos?|minuti|мин)\b"
    r"\W{0,9}(read|lezen|leestijd|lesezeit|de lecture|de lectura|di lettura|to read)?\W{0,9}",
)
DATE_ENDS = re.compile(r"\d{4}\.$|[ap]\.m\.$|Uhr\.$", re.IGNORECASE)
_MONTH = (
    r"(?:jan|feb|mär|mar|maa|mrt|apr|mai|may|mei|maj|mag|jun|juin|juil|jul|giu|lug|aug|ago|"
    r"ao[uû]t|sep|"
    r"set|o[kc]t|ott|out|nov|de[czs]|dic|ene|abr|gen|led|úno|bře|dub|kvě|čer|srp|zář|říj|lis|pro|"
    r"янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)\w{0,9}\.?"
)
# A date or a clock time within a line.
MOMENT = re.compile(
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?(?: de)?,? {_MONTH}(?:,? (?:de )?\d{{4}})?\b"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b"
    r"|\d{4}年\d{1,2}月\d{1,2}日|\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?"
    r"|\b\d{1,2} ?[ap]\.?m\b\.?|\b\d{1,3} (?:second|minute|hour|day|week|month|year|stunde|tag|"
    r"minut|"
    r"jour|heure|hora|giorn|ora|or[ae])\w{0,4}\b",
    re.IGNORECASE,
)
# Words around a moment that do not make it a sentence.
MOMENT_WORDS = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|maan|dins|woens|donder|vrij|zater|zon|montag|dienstag|"
    r"mittwoch|"
    r"donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|"
    r"miércoles|jueves|viernes|sábado|domingo)\w{0,7}\b\.?|\b(?:published|updated|posted|last|"
    r"modified|"
    r"first|created|on|at|um|uhr|am|pm|vom|stand|zuletzt|aktualisiert|veröffentlicht|erstellt|"
    r"publié|"
    r"publiée?|mis|mise|à|a|jour|le|modifié|il|y|de|las?|los|el|del|actualizad[oa]|publicad[oa]|"
    r"pubblicato|aggiornato|alle|ore|op|om|uur|geplaatst|gepubliceerd|bijgewerkt|laatste?|update|"
    r"gewijzigd|"
    r"datum|date|ago|gmt|utc|e[sd]t|cet|cest|bst|ist|aes?t|aedt|vor|depuis|hace|fa|est|kl|klo)\b",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W\d_]{2,}")
UPDATED_ANY = re.compile(
    r"(?:(?:last )?(?:updated|published|posted|first published|modified)\s*(?::|on\b|at\b|\d)"
    r"|(?:zuletzt )?(?:aktualisiert|veröffentlicht|erstellt|publiziert)(?: am|:)"
    r"|(?:publié|mis à jour|modifié)e?\s*(?::|le\b|il y a\b)|(?:actualizado|publicado)\b|"
    r"(?:pubblicato|aggiornato)\b).{0,90}$",
    re.IGNORECASE,
)
LABEL_ANY = _lines(
    r"(advertisement|advert|ad|sponsored( content)?|anzeige|werbung|publicité|publicidad|reklam\w*|"
    r"annonce|pubblicità|广告)\W*",
    r"(related( (articles?|stories|content|news|topics?|coverage|video))?|read (more|also|next)|"
    r"more (on this( story)?|from .{1,40}|stories|news|coverage)|most (read|popular|viewed)|"
    r"recommended( for you| stories)?|don['’]t miss|you may also like|what to read next|up next|"
    r"latest( news)?|"
    r"trending( now)?|popular( now)?|see also|also read|topics?|tags?|keywords?|"
    r"share( this.{0,20})?|"
    r"follow us|comments?( \(\d+\))?|\d+ comments?|leave a comment|join the conversation|sign up|"
    r"subscribe( now)?|newsletters?|about the authors?|watch|listen|newsletter sign-?up)\W*",
    r"(mehr zum thema|das könnte sie auch interessieren|lesen sie auch|lesen sie mehr( zum thema)?|"
    r"auch interessant|ähnliche artikel|weitere artikel|mehr (lesen|dazu|aus|artikel).{0,30}|"
    r"meistgelesen|kommentare?( \(\d+\))?|\d+ kommentare?|themen|schlagworte|stichwörter|teilen|"
    r"zur "
    r"startseite|passend dazu|zum thema|weiterlesen|links zum thema|service|mehr zu .{1,40})\W*",
    r"((à )?lire aussi|à lire|sur le même (sujet|thème)|voir aussi|les plus lus|commentaires?|"
    r"partager|mots-clés|thèmes|nos newsletters|à découvrir|dossiers?)\W*",
    r"(lea también|leer más|te puede interesar|más (noticias|información|leídas?)|comentarios|"
    r"compartir|etiquetas|temas|(você )?(também )?pode gostar|veja também|comentários|"
    r"(también )?te puede gustar|vous aimerez aussi|ti potrebbe (anche )?interessare|"
    r"dit vind je (misschien )?ook (leuk|interessant)|leggi anche|"
    r"potrebbe interessarti|articoli correlati|leia (mais|"
    r"também)|"
    r"les også|läs (mer|också|även)|læs (også|mere)|lue myös|lue lisää|czytaj też|zobacz też|"
    r"čtěte také|читайте также|ещё по теме|по теме|okuyun|"
    r"關連新聞|相關新聞|相关新闻"
    r"|関連記事|おすすめ)\W*",
)
CREDIT_ANY = _lines(
    r"(photos?|images?|picture|pictured?|credit|credits|source|file photo|fotos?|bild(er)?|"
    r"quelle|grafik|"
    r"© ?|crédits?( photo)?|photographe|imagen|crédito|foto di|kuva|bilde?)\s*[:©/].{0,120}$",
    r"\(?(getty images|reuters|afp|ap photo|dpa|apa|epa|shutterstock|istock|imago|"
    r"keystone)\b.{0,60}$",
    r"©.{0,80}$",
)
NOTICE_ANY = _lines(
    r"(sign up|subscribe) (to|for|now|today)\b.{0,200}$|(get|receive) (the|our|all the|"
    r"breaking) .{0,120}"
    r"(newsletter|inbox|email|alerts)|already (a subscriber|have an account)|log ?in\b.{0,40}$",
    r"(click|tap) here to .{0,80}$|follow (us|.{1,40}) on (facebook|twitter|instagram|x|telegram|"
    r"whatsapp|"
    r"google|threads|youtube).{0,60}$|download (the|our) app|copyright\b|all rights reserved|"
    r"read more:",
    r"(newsletter|jetzt) .{0,40}(abonnieren|anmelden)|melden sie sich .{0,60}newsletter|"
    r"hier finden sie .{0,80}(inhalt|externe)|dieser (artikel|beitrag|text) (ist|stammt|erschien|"
    r"wurde) |"
    r"lesen sie (auch|hier|dazu|mehr)\s?:|lesen sie auch\b|mehr (dazu|zum thema)\s?:",
    r"(à )?lire aussi\s?[:|]|inscrivez-vous .{0,80}newsletter|abonnez-vous|suivez-nous|"
    r"(lea|lee) también\s?:|leggi anche\s?:|leia também\s?:|read also\s?:|also read\s?[:|]|"
    r"see also\s?:|"
    # Contributors, at the end of an article.
    r"\W?((additional )?reporting|writing|editing) by (?-i:[A-Z])|(with )?additional reporting\b|"
    r".{3,120} contributed (reporting|to this (report|story|article))\b.{0,40}$|"
    r"mit (agentur)?material( von .{2,60})?\.?$|aan dit artikel werkten? (ook )?mee\b|"
    r"met (medewerking|informatie) van (?-i:[A-Z]).{1,80}$|"
    # The site about itself, and about parts of it that do not work.
    r"our website is (the|your) (place|destination) for\b|for the latest .{5,120} newsletters?\W*$|"
    r"we apologi[sz]e, but this video\b|il vous reste \d{1,3}([.,]\d{1,2})? ?% de cet article\b|"
    r"related\s?:|watch\s?:|listen\s?:|more\s?:|read next\s?:",
)
_PERSON = r"(?-i:[A-ZÀ-ÞĀ-Ž][\w.’'-]{1,40})"
BYLINE_ANY = _lines(
    rf"(by|von|par|por|di|van|door|tekst en (foto'?s?|beeld)|text|words by|written by|"
    rf"reported by|af|av|autor|autorin|auteur|"
    rf"author|authors?)\s{{0,3}}:?\s{{1,3}}{_PERSON}( (?-i:[a-z]{{2,4}})?\s?{_PERSON}){{0,4}}"
    rf"((,| and| und| et| en| y| e| &| og| och) {_PERSON}( {_PERSON}){{0,4}}){{0,4}}"
    r"( ?[,|/·–-] ?.{0,60})?",
)
