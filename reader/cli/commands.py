"""What each command does; heavy parts are imported by the command that needs them."""

import argparse
import gc
import io
import sys
from collections.abc import Callable
from pathlib import Path

from reader import glyphs
from reader.cli.complaint import complain, speak
from reader.cli.moment import now
from reader.cli.output import (
    print_article,
    print_explanation,
    print_headlines,
    print_json,
    print_listing,
    print_problems,
)
from reader.config import Settings, load_settings
from reader.errors import PageError, ReaderError, UnreadablePage
from reader.jsonform import article_json, headline_json, page_json
from reader.library import AdminLibrary
from reader.model import Article, Listing, Selection
from reader.store import Store
from reader.text.sanitize import clean_line
from reader.text.slug import slugify
from reader.text.url import WEB

# How long a key may wait for another program that writes (seconds).
_PATIENCE = 5.0
# These would import what checks selectors in any case.
_PARSING = {"sync", "fetch", "show", "parse", "import", "reparse"}
# The first two tell of problems themselves; the others are for programs, not to be disturbed.
_TELLS_NO_PROBLEMS = {"config", "doctor", "completion", "man"}
_NONE_MATCH = "No headlines match."
_NONE_AT_ALL = (
    "No headlines. `znreader sync` fetches them, `znreader import PATH...` takes saved pages."
)


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen command, or the reader where none is; return the exit status.

    Garbage is collected again from here on; in the reader, once its screen is drawn.
    """
    settings = load_settings(
        getattr(chosen, "config", None),
        getattr(chosen, "site", None),
        offline=getattr(chosen, "offline", None),
    )
    speak(settings.language)
    glyphs.choose(settings.glyphs)
    commands: dict[str | None, Callable[[argparse.Namespace, Settings], int]] = {
        None: _read,
        "list": _list,
        "show": _show,
        "search": _search,
        "parse": _parse,
        "import": _import,
        "sync": _sync,
        "fetch": _fetch,
        "reparse": _reparse,
        "doctor": _doctor,
        "config": _config,
        "completion": _completion,
        "man": _man,
        "prune": _keep,
        "backup": _keep,
        "restore": _keep,
        "export": _keep,
    }
    if chosen.command is not None:
        gc.enable()
        if settings.selectors and chosen.command in _PARSING:
            from reader.cli.settings import without_wrong_selectors  # noqa: PLC0415

            settings = without_wrong_selectors(settings)
        if chosen.command not in _TELLS_NO_PROBLEMS:
            print_problems(settings)
    return commands[chosen.command](chosen, settings)


def _read(_: argparse.Namespace, settings: Settings) -> int:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReaderError("needs_terminal")
    # The screen is drawn in UTF-8 whatever the locale says; Textual writes to standard error.
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    from reader.ui.terminal.early_paint import painted  # noqa: PLC0415
    from reader.ui.terminal.guard import guarded  # noqa: PLC0415

    with (
        guarded() as guard,
        Store(settings.cache_path, patience=_PATIENCE) as library,
        painted(library, settings, now, guard) as prepared,
    ):
        from reader.sync.child_process import Child  # noqa: PLC0415
        from reader.ui.app import ReaderApp  # noqa: PLC0415

        empty = not library.headlines.ids(limit=1)
        child = Child(settings)
        app = ReaderApp(
            library, settings, now, child, empty=empty, prepared=prepared, guard=guard
        )
        app.run()
        return app.return_code or 0


def _list(chosen: argparse.Namespace, settings: Settings) -> int:
    selection = Selection(chosen.section, chosen.unread, chosen.saved)
    with Store(settings.cache_path) as library:
        headlines = library.headlines.load(library.headlines.ids(selection, chosen.limit))
    if chosen.json:
        print_json({"teasers": [headline_json(headline) for headline in headlines]})
    elif headlines:
        print_headlines(headlines, now(), settings.language)
    else:
        asked = chosen.section or chosen.unread or chosen.saved
        print(_NONE_MATCH if asked else _NONE_AT_ALL)
    return 0


def _sync(chosen: argparse.Namespace, settings: Settings) -> int:
    from reader.cli.network import run_sync  # noqa: PLC0415

    return run_sync(chosen, settings)


def _fetch(chosen: argparse.Namespace, settings: Settings) -> int:
    from reader.cli.network import run_fetch  # noqa: PLC0415

    return run_fetch(chosen, settings)


def _show(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        headline_id = _found(library, chosen.url)
        if headline_id is None or library.articles.load(headline_id) is None:
            from reader.cli.network import fetch_into  # noqa: PLC0415

            fetch_into(library, settings, chosen.url)
            headline_id = library.headlines.find(chosen.url)
        article = library.articles.load(headline_id) if headline_id is not None else None
        if headline_id is None or article is None:
            raise PageError("list_not_article", url=chosen.url)
        if chosen.json:
            own = headline_json(library.headlines.load([headline_id])[0])
            marks = {key: own[key] for key in ("read", "saved", "cached")}
            print_json(article_json(article, library.articles.related(headline_id)) | marks)
        elif chosen.markdown:
            from reader.text.rendering import as_text  # noqa: PLC0415

            print(as_text(article, "markdown", settings.language), end="")
        else:
            print_article(article, now(), settings.language)
    return 0


def _search(chosen: argparse.Namespace, settings: Settings) -> int:
    from reader.cli.search import run_search  # noqa: PLC0415

    return run_search(chosen, settings)


def _found(library: AdminLibrary, text: str) -> int | None:
    """Return the headline at an address, or with a title where a page gave no address."""
    found = library.headlines.find(text)
    return (
        library.headlines.find(slugify(text))
        if found is None and not text.startswith(WEB)
        else found
    )


def _parse(chosen: argparse.Namespace, settings: Settings) -> int:
    if chosen.explain:
        return _explain(chosen, settings)
    page = _page_of(chosen, settings)
    if chosen.json:
        print_json(page_json(page))
    elif isinstance(page, Article):
        print_article(page, now(), settings.language)
    else:
        print_listing(page, now(), settings.language)
    return 0


def _explain(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print what the parser took each piece of a page for; 1 where it refuses the page."""
    from reader.intake import read_file  # noqa: PLC0415
    from reader.parse import explain_page  # noqa: PLC0415

    charset = None
    if chosen.page.startswith(WEB):
        from reader.cli.network import fetch_online  # noqa: PLC0415

        found = fetch_online(settings, chosen.page)
        data, at, url, charset = found.data, found.at, chosen.url or found.url, found.charset
    elif chosen.page == "-":
        data, at, url = _standard_input(), now(), chosen.url
    else:
        (data, at), url = read_file(Path(chosen.page)), chosen.url
    explanation = explain_page(
        data, chosen.at or at, url, settings.site, settings.selectors, charset=charset
    )
    print_explanation(explanation, as_json=chosen.json)
    return 0 if explanation.refusal is None else 1


def _page_of(chosen: argparse.Namespace, settings: Settings) -> Article | Listing:
    from reader.intake import parse_file  # noqa: PLC0415
    from reader.parse import parse_page  # noqa: PLC0415

    if chosen.page.startswith(WEB):
        from reader.cli.network import parse_online  # noqa: PLC0415

        return parse_online(settings, chosen.page, chosen.url, chosen.at)
    if chosen.page != "-":
        return parse_file(Path(chosen.page), chosen.at, chosen.url, settings)
    data = _standard_input()
    try:
        return parse_page(data, chosen.at or now(), chosen.url, settings.site, settings.selectors)
    except PageError as error:
        raise error.at("-") from error


def _standard_input() -> bytes:
    """Return a page from standard input; raises UnreadablePage for one that is too large."""
    from reader.parse import MAX_PAGE_BYTES  # noqa: PLC0415

    data = sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadablePage("input_too_large", most=MAX_PAGE_BYTES // 1_000_000)
    return data


def _import(chosen: argparse.Namespace, settings: Settings) -> int:
    from reader.cli.keeping import import_exports  # noqa: PLC0415
    from reader.intake import import_files, import_sample  # noqa: PLC0415

    with Store(settings.cache_path) as library:
        if chosen.sample:
            count = import_sample(library, chosen.at or now())
            print(f"{count} pages of the bundled edition")
            return 0
        failed, pages = import_exports(library, chosen.paths)
        for imported in import_files(library, pages, settings, chosen.at):
            if imported.error is not None:
                failed += 1
                complain(imported.error)
            elif imported.added is not None and imported.page is not None:
                outcome = imported.added.article or "listing"
                fresh = imported.added.headlines
                print(clean_line(f"{imported.path}: {outcome}, {fresh} new headlines"))
    return 1 if failed else 0


def _reparse(_: argparse.Namespace, settings: Settings) -> int:
    from reader.intake import reparse  # noqa: PLC0415

    with Store(settings.cache_path) as library:
        counts = reparse(library, settings)
    print(f"{counts.read} kept pages read again, {counts.changed} of them changed")
    if counts.unreadable:
        print(f"{counts.unreadable} could not be read, and stay as they were")
    return 0


def _doctor(chosen: argparse.Namespace, settings: Settings) -> int:
    if chosen.repair:
        from reader.cli.keeping import run_repair  # noqa: PLC0415

        return run_repair(settings)
    from reader.cli.doctor import examine  # noqa: PLC0415
    from reader.cli.settings import examined  # noqa: PLC0415

    return examine(examined(settings), now())


def _config(chosen: argparse.Namespace, settings: Settings) -> int:
    from reader.cli.settings import run_config  # noqa: PLC0415

    return run_config(chosen, settings)


def _completion(chosen: argparse.Namespace, _: Settings) -> int:
    from reader.cli.completion import completion  # noqa: PLC0415

    print(completion(chosen.shell))
    return 0


def _man(_: argparse.Namespace, __: Settings) -> int:
    from reader.cli.manual import manual  # noqa: PLC0415

    print(manual(), end="")
    return 0


def _keep(chosen: argparse.Namespace, settings: Settings) -> int:
    from reader.cli.keeping import COMMANDS  # noqa: PLC0415

    return COMMANDS[chosen.command](chosen, settings)
