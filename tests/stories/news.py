"""Invented reports: two stories with a fire each, and the days on which they came."""

from datetime import UTC, datetime, timedelta

from reader.resources import WORDS
from reader.stories.report import Report, report_of
from reader.stories.words import read_frequencies

FREQUENCIES = read_frequencies((WORDS / "nl.txt").read_text(encoding="utf-8").splitlines())
MONDAY = datetime(2026, 3, 9, 6, tzinfo=UTC)
BARN = (
    ("Grote brand in aardappelschuur bij Kloosterzande",
     "In een aardappelschuur bij Kloosterzande woedt sinds maandagochtend een grote brand.",
     "De brandweer is met zes wagens bij de schuur aan de Hogeweg."),
    ("Brand in schuur Kloosterzande onder controle",
     "De brandweer heeft de brand in de aardappelschuur bij Kloosterzande onder controle.",
     "De schuur aan de Hogeweg is verloren. Niemand raakte gewond."),
    ("Brand Kloosterzande begon in heftruck",
     "De brand van maandag in een aardappelschuur bij Kloosterzande is begonnen in een heftruck.",
     "Dat heeft de brandweer vastgesteld. De boer aan de Hogeweg bouwt een nieuwe schuur."),
)  # fmt: skip
KITCHEN = (
    ("Keukenbrand in flat Vlissingen",
     "In een flat aan de Korenbloemstraat in Vlissingen was maandagavond brand in een keuken.",
     "Twee bewoners ademden rook in. De brandweer had het vuur snel uit."),
    ("Bewoners flat Vlissingen weer thuis na brand",
     "De bewoners van de flat aan de Korenbloemstraat in Vlissingen zijn weer thuis.",
     "Door de keukenbrand van maandag was hun gang zwart van de rook."),
)  # fmt: skip
OTHERS = (
    ("Museum Veere krijgt zaal", "Het museum in Veere wordt verbouwd.", "Dat duurt een jaar."),
    ("Oesters duurder", "Oesters uit Yerseke kosten dit seizoen meer.", "De oogst viel tegen."),
    ("Fietspad klaar", "Het fietspad langs het kanaal is geopend.", "Het is vier meter breed."),
    ("Zwembad zoekt mensen", "Het zwembad in Goes zoekt badmeesters.", "De zomer komt eraan."),
    ("Tulpen vroeg in bloei", "Op Schouwen bloeien de eerste tulpen.", "Dat komt door de zon."),
)  # fmt: skip


def report(number: int, told: tuple[str, str, str], hours: float = 0.0, place: str = "") -> Report:
    """Return a report this many hours after Monday morning."""
    title, lead, body = told
    places = (place,) if place else ()
    at = MONDAY + timedelta(hours=hours)
    return report_of(number, at, title=title, lead=lead, body=body, places=places)
