"""A page whose encoding is only in the HTTP header."""

from reader.intake import reparse
from tests.site import Edition, Site
from tests.site.faults import Fault, Scene
from tests.site.wire import Wire
from tests.sync.conftest import Reader

_TITLE = "Tram in Łódź rijdt weer"


def _polish(wire: Wire, scene: Scene) -> None:
    assert scene.item
    html = scene.html.replace('<meta charset="utf-8">', "").replace(scene.item.title, _TITLE)
    headers = {"Content-Type": 'text/html; Charset="windows-1250"'}
    wire.answer(200, headers, html.encode("cp1250", "xmlcharrefreplace"))


def test_the_header_tells_the_encoding_and_the_kept_page_is_read_alike(
    reader: Reader, site: Site, edition: Edition
) -> None:
    path = edition.items[0].path
    site.faults[path] = Fault("header-charset", _polish)
    reader.sync()
    assert reader.headline(path).teaser.title == _TITLE
    again = reparse(reader.library, reader.settings)
    assert (again.changed, again.unreadable) == (0, 0)
    assert reader.headline(path).teaser.title == _TITLE
