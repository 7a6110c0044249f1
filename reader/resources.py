"""The location of bundled styles and data: in the package in a wheel, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE if (_PACKAGE / "styles").is_dir() else _PACKAGE.parent

STYLES = _ROOT / "styles"
SAMPLE_PAGES = _ROOT / "data" / "sample"
SOURCES = _ROOT / "data" / "sources.toml"
SUGGESTIONS = _ROOT / "data" / "suggestions.toml"
STRINGS = _ROOT / "data" / "strings"
WORDS = _ROOT / "data" / "words"
