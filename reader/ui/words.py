"""What the screens say, in one place; the commands' own labels stand in `commands.py`."""

APP_NAME = "ZeelandNet nieuws"
SAMPLE_EDITION = "SAMPLE EDITION"
OFFLINE_MODE = "OFFLINE"

ALL_HEADLINES = "All headlines"
UNREAD = "Unread"
SAVED = "Saved"
UNTITLED = "(untitled)"
FILTER = "words in the headline, summary or place"

NO_HEADLINES = "There are no headlines yet.\n\nr fetches the news."
LAYING_OUT = "The bundled edition is being laid out …"
SEARCH = "Search"
SEARCH_FOR = "search everything"
SEARCHED = "/{query}"
SEARCH_RUNS = "searching …"
HITS_ONE, HITS, HITS_MORE = "1 hit", "{count} hits", "{count}+ hits"
NO_HITS = "No headline and no article has this."
SEARCH_HINT = (
    "Search all headlines and articles.\n\n"
    '"een zin"  words in this order\n'
    "-woord  without this word\n"
    "plaats:goes  from this place\n"
    "is:unread  or is:saved\n"
    "after:gisteren  not before then"
)
SEARCHED_BEFORE = "Searched before; ↑ takes the first:\n{queries}"

FILTERED = "\\{words}"
SHOWN = "{count} of {total}"
NOTHING_MATCHES = (
    "Nothing matches these words.\nNone of the {total} headlines is shown.\n\n"
    "Esc shows all of them again."
)
NOTHING_HERE = "Nothing here yet.\n\n] and [ go to the other sections."
NOTHING_UNREAD = "Everything here is read.\n\n] and [ go to the other sections."
NOTHING_SAVED = "Nothing is saved yet.\n\ns saves the headline at the cursor."
NOTHING_OPENED = "Choose a headline with ↑ and ↓ and open it with Enter.\nSpace reads on by itself."

NOT_OFFLINE = "The whole article is not offline yet."
NOT_OFFLINE_NO_LINK = "The whole article is not offline."
HOW_TO_FETCH = "Enter fetches it, o opens it in the browser."
HOW_TO_RETRY = "Enter tries again, o opens it in the browser."
HOW_TO_GO_ONLINE = "Offline mode is on; Ctrl+O ends it."
FETCHING = "The article is being fetched …  Esc stops that."
NOTHING_CAME = "The page brought no article."
RELATED = "More from {section}"
RELATED_NO_SECTION = "Related"
READING_TIME = "{minutes} min read"
SAVED_MARK = "★ saved"

# The state of the network, in the status bar.
ONLINE = "online"
LAST_SYNC = "last sync {clock}"
UNREACHABLE = "offline"
UNREACHABLE_SINCE = "offline since {clock}"
SYNCING = "syncing …"
FAILED_COUNT = "{count} failed"
FRESH_COUNT = "{count} new"
DRIFTED_MARKS = ("layout changed?", "layout?")

# Runs of sync.
ALREADY_SYNCING = "The news is being fetched already."
SYNC_IS_OFF = "Offline mode is on: nothing is fetched. Ctrl+O ends it."
OFFLINE_NOW = "Offline mode: nothing is fetched until Ctrl+O ends it."
ONLINE_NOW = "Offline mode has ended. r fetches the news."
STOPPED = "Stopped. What had come in stays."
NOTHING_TO_STOP = "Nothing is being fetched."
UNCACHED_ONE = "1 headline is not offline yet and is being fetched."
UNCACHED = "{count} headlines are not offline yet and are being fetched."
ALL_OFFLINE = "Every article is offline already."
SYNCED = "{headlines} new headlines, {articles} articles fetched."
SYNC_FAILED_ONE = "1 page failed: {reason}"
SYNC_FAILED = "{count} pages failed, one because: {reason}"
DRIFTED = (
    "The site's layout seems to have changed: most pages could not be read. "
    "`znreader doctor` tells more."
)
NOTHING_FRESH = "Nothing new has come in."

FOLLOW_TITLE = "Sections to follow"
FOLLOW_HINT = "Space chooses · Esc closes · counts from the next sync on"
FOLLOWED, NOT_FOLLOWED = "[x]", "[ ]"
NO_SECTIONS = "No sections are known yet. r fetches them with the news."

NO_UNREAD_BELOW = "Nothing unread further down."
NO_UNREAD_ABOVE = "Nothing unread further up."
NO_LINK = "This headline has no web address that can be opened."
OPENED_IN_BROWSER = "Handed to the web browser."
NO_BROWSER = "There is no web browser here that leaves this terminal alone. The page is {url}"
GONE = "This headline is no longer in the cache."

HELP_TITLE = "Keys"
HELP_FILTER = "find a key or a command"
HELP_NOTHING = "No command matches."
LEGEND_TITLE = "Signs"
LEGEND = (
    ("●", "unread, the whole article is offline"),
    ("○", "only the headline and summary are offline"),
    ("✕", "the article could not be had; the reason stands below the headline"),
    ("★", "saved"),
    ("≈", "the age is approximate: the site tells no exact time"),
)
