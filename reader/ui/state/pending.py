"""The beginning of an incomplete command: a count or the first strokes; pure."""

from collections.abc import Collection

from msgspec import Struct

_MOST = 9_999_999


class Pending(Struct, frozen=True):
    """The typed part of an incomplete command: `count` as in `5j`, `prefix` as in `g g`.

    While an action runs, the screen keeps what was typed before the action's last stroke.
    """

    count: int | None = None
    prefix: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is pending."""
        return self.count is not None or bool(self.prefix)

    def with_stroke(self, stroke: str) -> str:
        """Return the key of the prefix and one more stroke."""
        return f"{self.prefix} {stroke}" if self.prefix else stroke

    def after(self, stroke: str, keys: Collection[str]) -> "Pending":
        """Return what is pending after a stroke that completes none of `keys`."""
        begun = self.with_stroke(stroke)
        if any(key.startswith(f"{begun} ") for key in keys):
            return Pending(self.count, begun)
        is_digit = stroke.isascii() and stroke.isdigit()
        if is_digit and not self.prefix and (self.count or stroke != "0"):
            return Pending(min((self.count or 0) * 10 + int(stroke), _MOST))
        return Pending()
