"""What the screens say, in one place; the commands' own labels stand in `commands.py`."""

APP_NAME = "ZeelandNet nieuws"
SAMPLE_EDITION = "SAMPLE EDITION"

ALL_HEADLINES = "All headlines"
UNREAD = "Unread"
SAVED = "Saved"
UNTITLED = "(untitled)"
FILTER = "words in the headline, summary or place"

NO_HEADLINES = "There are no headlines yet.\n\nFetch an edition with:\nznreader sync"
LAYING_OUT = "The bundled edition is being laid out …"
NOTHING_MATCHES = "Nothing matches these words.\n\nEsc shows all of them again."
NOTHING_HERE = "Nothing here yet.\n\n] and [ go to the other sections."
NOTHING_UNREAD = "Everything here is read.\n\n] and [ go to the other sections."
NOTHING_SAVED = "Nothing is saved yet.\n\ns saves the headline at the cursor."
NOTHING_OPENED = "Choose a headline with ↑ and ↓ and open it with Enter.\nSpace reads on by itself."

NOT_OFFLINE = "The whole article is not offline yet. o opens it in the browser."
NOT_OFFLINE_NO_LINK = "The whole article is not offline."
RELATED = "More from {section}"
RELATED_NO_SECTION = "Related"
READING_TIME = "{minutes} min read"
SAVED_MARK = "★ saved"

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
    ("★", "saved"),
    ("≈", "the age is approximate: the site tells no exact time"),
)
