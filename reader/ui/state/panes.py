"""The panes of the main screen and the scopes in which the keys of commands work."""

from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

# Where a command's keys work: everywhere, on the main screen, in one of its panes, in a dialog.
Dialog = Literal[
    "follow", "sections", "names", "export", "ask", "help", "digest", "menu", "palette"
]
Scope = Literal["app", "reading", "list", "article", "strip", "filter", "search", "find", Dialog]
Pane = Literal["list", "hits", "article", "strip", "filter", "search", "find", Dialog]
DIALOGS: frozenset[Dialog] = frozenset(get_args(Dialog))


class PaneSpec(Struct, frozen=True):
    """A pane of the main screen.

    `scope` holds the commands of its keys. `parent` is the pane that is one level up. If there is
    room for one pane only, those with `is_reading` are shown in place of the list. A pane that is
    the `companion_of` another serves that one. Keys typed in one with `is_input` are text.
    """

    id: Pane
    scope: Scope
    parent: Pane | None = None
    is_reading: bool = False
    companion_of: Pane | None = None
    is_input: bool = False


def _by_id(panes: Iterable[PaneSpec]) -> dict[Pane, PaneSpec]:
    return {pane.id: pane for pane in panes}


# In the order of Tab. The hits of a search take the place of the list, and have its keys.
PANES = _by_id(
    (
        PaneSpec("search", "search", companion_of="hits", is_input=True),
        PaneSpec("hits", "list"),
        PaneSpec("list", "list"),
        PaneSpec("filter", "filter", companion_of="list", is_input=True),
        PaneSpec("article", "article", parent="list", is_reading=True),
        PaneSpec(
            "find", "find", parent="article", is_reading=True, companion_of="article", is_input=True
        ),
        PaneSpec("strip", "strip", parent="article", is_reading=True, companion_of="article"),
    )
)
# The scopes whose keys work where the focus is, the nearest first; a dialog hides all others.
SCOPES_OF: dict[Pane, tuple[Scope, ...]] = {
    **{pane.id: (pane.scope, "reading", "app") for pane in PANES.values()},
    **{dialog: (dialog,) for dialog in get_args(Dialog)},
}
