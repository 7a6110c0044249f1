"""The state that controllers write and that widgets are bound to."""

from collections.abc import Sequence
from typing import Protocol

from reader.model import Found
from reader.ui.state.comparison import Comparison
from reader.ui.state.linking import Linking
from reader.ui.state.matches import Finding, Sought
from reader.ui.state.network import Network
from reader.ui.state.panes import Pane
from reader.ui.state.pending import Pending
from reader.ui.state.rows import Dividing
from reader.ui.state.search import HitRows, SearchState
from reader.ui.state.split import Split
from reader.ui.state.values import FetchAttempt, Opened, Tabs, ViewStatus


class ScreenState(Protocol):
    """The values on the screen; setting one shows it.

    `ids` are the headlines of the list; `total` is larger if only its beginning is loaded; a
    higher `revision` makes widgets reread them. `dividing` are lines between the rows, and
    `members` the positions of older reports of open stories. `notice` and `hits_notice` are shown
    in empty lists.
    `reading` means that the article takes the place of the list if there is room for one only.
    `preview` is the headline at the cursor, shown in place of the opened one without being opened.
    While `picking`, the reader picks headlines of the list; `picked` has their numbers.
    While `looking`, the reader searches within the article: `sought` is marked there, and
    `finding` is the present match. While words are typed there or for a search, `stepping` means
    that the reader has gone to a match or hit since the last of them. The article shows the
    changes of `comparing`, if it is its own. The links in `linking` have numbers in its text.
    """

    ids: Sequence[int]
    dividing: Sequence[Dividing]
    members: Sequence[int]
    total: int
    revision: int
    notice: str
    opened: Opened | None
    preview: Opened | None
    fetch: FetchAttempt | None
    status: ViewStatus
    tabs: Tabs
    network: Network
    split: Split
    pane: Pane
    pending: Pending
    reading: bool
    filtering: bool
    searching: bool
    search_state: SearchState
    found: Found
    hit_rows: HitRows
    hits_notice: str
    looking: bool
    picking: bool
    picked: tuple[int, ...]
    sought: Sought
    finding: Finding
    stepping: bool
    comparing: Comparison | None
    linking: Linking
