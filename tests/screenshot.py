"""Makes a picture of the real program: `python -m tests.screenshot FILE.png` (needs Chromium)."""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from reader.config import Settings
from reader.intake import import_sample
from reader.library import Library
from reader.ui.app import ReaderApp
from reader.worker import Child

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_NOW = datetime(2026, 3, 26, 15, 5, tzinfo=UTC)
_SIZE = (120, 36)
_KEYS = ("down", "down", "enter", "s")


async def _draw(folder: Path) -> str:
    """Return the SVG of the reader on the bundled edition with an article open."""
    with Library(folder / "cache.sqlite3") as library:
        import_sample(library, _NOW)
        settings = Settings(folder / "cache.sqlite3", folder / "config.toml", offline=True)
        app = ReaderApp(library, settings, lambda: _NOW, Child(settings))
        async with app.run_test(size=_SIZE) as pilot:
            await pilot.press(*_KEYS)
            await pilot.pause(0.5)
            return app.export_screenshot(title="znreader")


def _write_png(svg: str, target: Path, folder: Path) -> None:
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("no Chromium was found to draw the picture with")
    # The SVG names a font host; the machine's own monospaced font serves as well.
    svg = re.sub(r"(?s)@font-face\s*\{.*?\}", "", svg).replace("Fira Code", "DejaVu Sans Mono")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width, height = (round(float(box[1])), round(float(box[2]))) if box else (1480, 930)
    page = folder / "picture.html"
    page.write_text(f"<style>body{{margin:0}}svg{{width:{width}px}}</style>{svg}", encoding="utf-8")
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
            f"--screenshot={target}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
    )


def main() -> None:
    """Draw the picture that the README shows."""
    target = Path(sys.argv[1]).resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_png(asyncio.run(_draw(folder)), target, folder)
    print(target)


if __name__ == "__main__":
    main()
