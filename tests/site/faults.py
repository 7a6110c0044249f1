"""Faults of pages: each plays one failure on the wire, a given number of times."""

import random
import zlib
from collections.abc import Callable, Collection
from http import HTTPStatus

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Block
from tests.site.news import Edition, Item
from tests.site.pages import View
from tests.site.wire import Wire

HUGE = 200_000_000
BOMB = 1 << 30
_CHUNK = 1 << 20
_HTML = {"Content-Type": "text/html; charset=utf-8"}
# It looks like an article in all but being none of the site's.
PORTAL = (
    "<!doctype html><html lang=nl><head><title>Veerboot Kaap Ooster</title></head><body><main>"
    "<article><h1>Welkom aan boord van de Kaap Ooster</h1>"
    "<p>De Kaap Ooster vaart deze week ieder uur tussen de haven van Breskens en de overkant.</p>"
    "<p>De overtocht duurt ongeveer twintig minuten en het restaurant op het dek is geopend.</p>"
    "</article></main></body></html>"
)


class Scene(Struct, frozen=True):
    """The context of a fault: the requested target, its item, and the present site."""

    target: str
    item: Item | None
    view: View

    @property
    def html(self) -> str:
        """Return the page that should have been sent."""
        page = self.view.article(self.item) if self.item else self.view.front()
        return page.html


class Fault(Struct, frozen=True):
    """One failure; `times` bounds how often it plays for a target before all is well."""

    name: str
    play: Callable[[Wire, Scene], None]
    times: int | None = None

    def once(self) -> "Fault":
        """Return the fault that plays once for a target, and not again."""
        return replace(self, times=1)


def status(code: int, **headers: str) -> Fault:
    """Return an answer with a status and a page that says so; `Retry_After="2"` adds a header."""
    added = {name.replace("_", "-"): value for name, value in headers.items()}
    text = f"<!doctype html><title>{code}</title><h1>{HTTPStatus(code).phrase}</h1>".encode()
    return Fault(str(code), lambda wire, _: wire.answer(code, {**_HTML, **added}, text))


def sends(page_of: Callable[[Scene], str]) -> Fault:
    """Return an answer with another page than was asked for, and with status 200."""
    return Fault(
        "another page", lambda wire, scene: wire.answer(200, _HTML, page_of(scene).encode())
    )


def moved(target: str, code: int = 302, name: str = "moved") -> Fault:
    """Return a redirect to `target`; `{target}` in it is replaced by the requested path."""

    def play(wire: Wire, scene: Scene) -> None:
        wire.answer(code, {"Location": target.replace("{target}", scene.target)})

    return Fault(name, play)


def drip(seconds: float = 0.05) -> Fault:
    """Return a page that comes a byte at a time and never ends."""

    def play(wire: Wire, scene: Scene) -> None:
        wire.begin(200, _HTML)
        for byte in scene.html.encode():
            wire.wait(seconds)
            wire.send(bytes([byte]))
        while True:
            wire.wait(seconds)
            wire.send(b" ")

    return Fault("drip", play)


def huge(size: int = HUGE, *, declared: bool = False) -> Fault:
    """Return a page of `size` bytes, generated while sent; `declared` adds Content-Length."""

    def play(wire: Wire, scene: Scene) -> None:
        wire.begin(200, _HTML, size if declared else None)
        text = b"<p>Er komt nog veel meer.</p>\n" * 2_000
        left = size
        while left > 0:
            wire.send(text[:left])
            left -= len(text)

    return Fault("huge", play)


def gzip_bomb(size: int = BOMB) -> Fault:
    """Return a page that is small on the wire and `size` bytes when unpacked."""

    def play(wire: Wire, scene: Scene) -> None:
        wire.begin(200, {**_HTML, "Content-Encoding": "gzip"})
        packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        block = b" " * _CHUNK
        # After a full flush a packed block is independent, so the same block can be repeated.
        packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
        check = 0
        wire.send(b"\x1f\x8b\x08\0\0\0\0\0\0\xff")
        for _ in range(size // _CHUNK):
            check = zlib.crc32(block, check)
            wire.send(packed)
        length = size // _CHUNK * _CHUNK % (1 << 32)
        wire.send(packer.flush() + check.to_bytes(4, "little") + length.to_bytes(4, "little"))

    return Fault("gzip-bomb", play)


def hostile(item: Item) -> Item:
    """Return the item with text that would take a terminal or a toolkit over if it were obeyed."""
    title = f"[bold red]{item.title}[/] \x1b]0;gekaapt\x07\x1b[31m[@click=app.quit]klik[/]"
    body = (
        Block("paragraph", "\x1b[2J\x1b[1;1HHet scherm is \u202egewist\u202c, zegt de politie."),
        Block(
            "paragraph", "\x9b31mRood\x9b0m en \x1b]8;;http://kwaad.invalid/\x07hier\x1b]8;;\x07."
        ),
        Block("paragraph", "Een [link=file:///etc/passwd]koppeling[/link] en een [/] te veel."),
    )
    return replace(item, title=title, body=(*body, *item.body))


def scatter(
    edition: Edition, fraction: float, seed: int = 0, faults: Collection[Fault] | None = None
) -> dict[str, Fault]:
    """Return faults for a fraction of the articles, every kind in turn; a seed repeats them."""
    kinds = list(FAULTS.values() if faults is None else faults)
    paths = [item.path for item in edition.items]
    dice = random.Random(f"{seed} faults")  # noqa: S311 - repeatable faults, no secret
    chosen = dice.sample(paths, round(len(paths) * fraction))
    return {path: kinds[number % len(kinds)] for number, path in enumerate(chosen)}


def _stall_head(wire: Wire, _: Scene) -> None:
    wire.close()
    wire.wait()


def _stall_body(wire: Wire, scene: Scene) -> None:
    body = scene.html.encode()
    wire.begin(200, _HTML, len(body))
    wire.send(body[: len(body) // 2])
    wire.wait()


def _truncated(wire: Wire, scene: Scene) -> None:
    body = scene.html.encode()
    wire.begin(200, _HTML, len(body))
    wire.send(body[: len(body) // 2])


def _short_length(wire: Wire, scene: Scene) -> None:
    body = scene.html.encode()
    wire.begin(200, _HTML, len(body) // 2)
    wire.send(body)


def _wrong_charset(wire: Wire, scene: Scene) -> None:
    """Send windows-1252 that both the head and the page call UTF-8."""
    wire.answer(200, _HTML, scene.html.encode("cp1252", "xmlcharrefreplace"))


def _latin_declared(wire: Wire, scene: Scene) -> None:
    """Send UTF-8 that both the head and the page call Latin-1."""
    html = _without_charset(scene.html).replace("<head>", '<head><meta charset="iso-8859-1">', 1)
    wire.answer(200, {"Content-Type": "text/html; charset=iso-8859-1"}, html.encode())


def _no_charset(wire: Wire, scene: Scene) -> None:
    """Send windows-1252 and say nowhere that it is."""
    body = _without_charset(scene.html).encode("cp1252", "xmlcharrefreplace")
    wire.answer(200, {"Content-Type": "text/html"}, body)


def _without_charset(html: str) -> str:
    return html.replace('<meta charset="utf-8">', "").replace('<meta charset="UTF-8">', "")


def _hostile(wire: Wire, scene: Scene) -> None:
    view = scene.view
    html = view.article(hostile(scene.item)).html if scene.item else scene.html
    wire.answer(200, _HTML, html.encode())


def _garbage(wire: Wire, _: Scene) -> None:
    wire.send(b"\x00\x15\xffSSH-2.0-nee\r\n\x80\x02ook dit is geen antwoord\r\n\r\n")
    wire.close()


_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40

# One fault of every kind, by name.
FAULTS = {
    "404": status(404),
    "410": status(410),
    "429": status(429, Retry_After="1"),
    "429-once": replace(status(429, Retry_After="1").once(), name="429-once"),
    "500": status(500),
    "503": status(503, Retry_After="1"),
    "stalled-head": Fault("stalled-head", _stall_head),
    "stalled-body": Fault("stalled-body", _stall_body),
    "truncated": Fault("truncated", _truncated),
    "empty": Fault("empty", lambda wire, _: wire.answer(200, _HTML)),
    "short-length": Fault("short-length", _short_length),
    "drip": drip(),
    "huge": huge(),
    "gzip-bomb": gzip_bomb(),
    "redirect-loop": moved("{target}", name="redirect-loop"),
    "redirect-host": moved("http://elders.invalid{target}", name="redirect-host"),
    "redirect-file": moved("file:///etc/passwd", name="redirect-file"),
    "redirect-site": moved("{target}?verhuisd=1", 301, "redirect-site"),
    "wrong-charset": Fault("wrong-charset", _wrong_charset),
    "latin-declared": Fault("latin-declared", _latin_declared),
    "no-charset": Fault("no-charset", _no_charset),
    "binary": Fault("binary", lambda wire, _: wire.answer(200, _HTML, _PICTURE)),
    "hostile": Fault("hostile", _hostile),
    "reset": Fault("reset", lambda wire, _: wire.reset()),
    "garbage": Fault("garbage", _garbage),
}
