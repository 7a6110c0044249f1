"""One article stays one item: renamed, moved, at two addresses, or gone, with its marks."""

import pytest
from msgspec.structs import replace

from reader.fetch import Client
from reader.intake import reparse
from reader.model import Block, Headline
from reader.sync.engine import Plan
from reader.sync.one_page import fetch
from tests.site import Fault, Item, Site, make_edition, moved, status
from tests.site.faults import Scene
from tests.site.wire import Wire
from tests.sync.conftest import NOW, PATIENT, Reader

# An edition for what takes many runs.
_FEW = pytest.mark.parametrize("edition", [make_edition(7, 6, NOW)], ids=["few"])
_NEW = "/nieuws/nieuwe-kop-voor-hetzelfde-bericht"


def mark(reader: Reader, path: str) -> Headline:
    """Mark the headline at `path` read and saved, and return it."""
    found = reader.headline(path)
    reader.library.marks.set("read", [found.id], NOW)
    reader.library.marks.set("saved", [found.id], NOW)
    return found


def at(reader: Reader, url: str) -> Headline:
    """Return the headline at an address of whatever form."""
    number = reader.library.headlines.find(url)
    assert number is not None
    return reader.library.headlines.load([number])[0]


def rename(site: Site, victim: Item, title: str, path: str = _NEW) -> Item:
    """Give an article of the site another title and address, and return it."""
    renamed = replace(victim, title=title, path=path)
    items = tuple(renamed if item is victim else item for item in site.edition.items)
    site.edition = replace(site.edition, items=items)
    return renamed


def page_of(item: Item, head: str = "") -> Fault:
    """Return an answer with the page of an article, and more in its head."""

    def play(wire: Wire, scene: Scene) -> None:
        html = scene.view.article(item).html.replace("</head>", f"{head}</head>")
        wire.answer(200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())

    return Fault("page", play)


@pytest.mark.parametrize("code", [301, 308])
@pytest.mark.parametrize("title", ["Iets geheel anders staat er nu boven", None])
def test_a_renamed_article_that_its_old_address_leads_to_keeps_item_and_marks(
    reader: Reader, site: Site, code: int, title: str | None
) -> None:
    victim = site.edition.items[3]
    reader.sync()
    before = mark(reader, victim.path)
    count = len(reader.headlines())
    reader.later(hours=2)
    renamed = rename(site, victim, title or f"Update: {victim.title}")
    site.faults[victim.path] = moved(_NEW, code)
    done = reader.sync()
    assert not done.failures
    assert len(reader.headlines()) == count
    for path in (victim.path, renamed.path):
        found = at(reader, f"{site.url}{path}")
        assert found.id == before.id
        assert found.read
        assert found.saved
        assert found.cached
        assert found.teaser.title == renamed.title
        assert found.teaser.url == f"{site.url}{_NEW}"
    article = reader.library.articles.load(before.id)
    assert article is not None
    assert article.blocks == renamed.blocks
    again = reparse(reader.library, reader.settings)
    assert (again.changed, again.unreadable) == (0, 0)
    assert len(reader.headlines()) == count


@pytest.mark.parametrize("wait", [{"minutes": 5}, {"days": 3}], ids=["soon", "later"])
def test_a_renamed_article_is_known_again_whenever_it_is_seen(
    reader: Reader, site: Site, wait: dict[str, float]
) -> None:
    victim = site.edition.items[3]
    reader.sync()
    before = mark(reader, victim.path)
    count = len(reader.headlines())
    reader.later(**wait)
    rename(site, victim, "Iets geheel anders staat er nu boven")
    site.faults[victim.path] = moved(_NEW, 301)
    reader.sync()
    found = at(reader, f"{site.url}{_NEW}")
    assert (found.id, found.read, found.saved, found.cached) == (before.id, True, True, True)
    assert len(reader.headlines()) == count
    site.log.forget()
    reader.sync()
    assert victim.path not in site.log.arrived


def test_an_article_with_the_title_of_another_is_asked_for_once(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3]
    reader.sync()
    reader.later(days=3)
    twin = replace(victim, path="/nieuws/nog-een-keer", published=reader.now)
    site.edition = replace(site.edition, items=(twin, *site.edition.items))
    for expected in (1, 0):
        site.log.forget()
        reader.sync()
        assert site.log.arrived.count(victim.path) == expected
    assert at(reader, f"{site.url}{victim.path}").id != at(reader, f"{site.url}{twin.path}").id


@pytest.mark.parametrize("code", [302, 303, 307])
def test_where_a_page_is_for_the_time_being_is_not_its_address(
    reader: Reader, site: Site, code: int
) -> None:
    victim = site.edition.items[3]
    site.faults[victim.path] = moved("/tijdelijk/pagina-elders", code)
    site.faults["/tijdelijk/pagina-elders"] = page_of(victim)
    reader.sync()
    assert reader.headline(victim.path).cached
    assert reader.library.headlines.find(f"{site.url}/tijdelijk/pagina-elders") is None


@pytest.mark.parametrize("code", [301, 302, 308])
def test_two_articles_never_become_one_by_a_redirect(reader: Reader, site: Site, code: int) -> None:
    victim, other = site.edition.items[3], site.edition.items[4]
    reader.sync()
    before = mark(reader, victim.path)
    reader.later(hours=2)
    site.faults[victim.path] = moved(other.path, code)
    done = reader.sync()
    assert [failed.reason.code for failed in done.failures] == ["gone"]
    assert at(reader, f"{site.url}{victim.path}").id == before.id
    assert at(reader, f"{site.url}{other.path}").id != before.id
    for item, number in ((victim, before.id), (other, at(reader, f"{site.url}{other.path}").id)):
        article = reader.library.articles.load(number)
        assert article is not None
        assert article.blocks == item.blocks


@pytest.mark.parametrize("code", [301, 302])
def test_what_all_addresses_lead_to_takes_the_place_of_no_article(
    reader: Reader, site: Site, code: int
) -> None:
    reader.sync()
    notice = replace(
        site.edition.items[0], path="/nieuws/even-geduld", title="Wij zijn zo weer bij u",
        lead="Aan de systemen wordt vandaag gewerkt, en dat duurt een uur of twee.",
        body=(Block("paragraph", "Daarna staat alles weer op zijn plaats, zegt de beheerder."),),
    )  # fmt: skip
    before = {item.path: at(reader, f"{site.url}{item.path}").id for item in site.edition.items}
    for item in site.edition.items:
        site.faults[item.path] = moved(notice.path, code)
    site.faults[notice.path] = page_of(notice)
    reader.later(hours=2)
    reader.sync()
    for item in site.edition.items:
        found = at(reader, f"{site.url}{item.path}")
        article = reader.library.articles.load(found.id)
        assert article is not None
        assert (found.id, article.blocks) == (before[item.path], item.blocks)
    site.faults.clear()
    reader.later(hours=25)
    assert not reader.sync(Plan(everything=True)).failures


def test_an_old_address_is_known_where_only_the_new_one_was(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3]
    reader.sync()
    site.faults["/nieuws/een-oud-adres"] = moved(victim.path, 301)
    with Client(lambda: reader.now, PATIENT) as client:
        url = f"{site.url}/nieuws/een-oud-adres"
        list(fetch(reader.library, client, reader.settings, url))
    assert at(reader, url).id == at(reader, f"{site.url}{victim.path}").id


@pytest.mark.parametrize(
    "head",
    ['<link rel="canonical" href="{url}">', '<meta property="og:url" content="{url}">'],
    ids=["canonical", "og:url"],
)
def test_an_article_at_two_addresses_that_names_one_is_one_item(
    reader: Reader, site: Site, head: str
) -> None:
    victim = site.edition.items[3]
    second = "/nieuws/dossier/" + victim.path.rpartition("/")[2] + "-2"
    site.faults[second] = page_of(victim, head.format(url=f"{site.url}{victim.path}"))
    reader.sync()
    before = mark(reader, victim.path)
    count = len(reader.headlines())
    reader.library.pages.mark_unchanged(f"{site.url}{second}", NOW)
    with Client(lambda: reader.now, PATIENT) as client:
        events = list(fetch(reader.library, client, reader.settings, f"{site.url}{second}"))
    assert not getattr(events[-1], "failures", None)
    found = at(reader, f"{site.url}{second}")
    assert (found.id, found.read, found.saved) == (before.id, True, True)
    assert len(reader.headlines()) == count


@pytest.mark.parametrize("named", ["/", "/nieuws", "/nieuws/artikel", "https://elders.invalid/a"])
def test_a_site_that_gives_all_its_articles_one_address_has_not_one_article(
    reader: Reader, site: Site, named: str
) -> None:
    head = f'<link rel="canonical" href="{named}">'
    site.faults = {item.path: page_of(item, head) for item in site.edition.items}
    done = reader.sync()
    assert done.articles == len(site.edition.items)
    for item in site.edition.items:
        article = reader.library.articles.load(at(reader, f"{site.url}{item.path}").id)
        assert article is not None
        assert article.blocks == item.blocks


@pytest.mark.parametrize("target", ["/", "/nieuws", "/nieuws/soccer", "/?weg=1"])
@pytest.mark.parametrize("code", [301, 302])
def test_a_redirect_to_the_front_or_a_section_means_gone(
    reader: Reader, site: Site, target: str, code: int
) -> None:
    victim, missed = site.edition.items[3], site.edition.items[5]
    site.faults[missed.path] = moved(target, code)
    reader.sync()
    assert reader.headline(missed.path).failure is not None
    assert reader.headline(missed.path).failure.code == "gone"  # type: ignore[union-attr]
    before = mark(reader, victim.path)
    count = len(reader.headlines())
    reader.later(hours=2)
    site.faults[victim.path] = moved(target, code)
    done = reader.sync()
    assert "gone" in {failed.reason.code for failed in done.failures}
    found = reader.headline(victim.path)
    assert (found.id, found.read, found.saved, found.cached) == (before.id, True, True, True)
    article = reader.library.articles.load(found.id)
    assert article is not None
    assert article.blocks == victim.blocks
    assert len(reader.headlines()) == count


def _asked_on(reader: Reader, site: Site, path: str, hours: int, days: int) -> list[int]:
    """Sync at an interval of hours for some days; return the days on which a page was requested."""
    asked = []
    for turn in range(days * 24 // hours):
        site.log.forget()
        reader.sync()
        if path in site.log.arrived:
            asked.append(turn * hours // 24)
        reader.later(hours=hours)
    return asked


@_FEW
def test_what_is_gone_for_good_is_never_asked_for_again(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3].path
    site.faults[victim] = status(410)
    assert _asked_on(reader, site, victim, 24, 40) == [0]
    site.log.forget()
    reader.sync(Plan(everything=True))
    assert victim not in site.log.arrived
    assert reader.headline(victim).failure is not None
    # There is nothing left to read of it.
    assert reader.headline(victim).read


@_FEW
def test_what_is_not_found_is_asked_for_after_a_day_a_week_and_a_month(
    reader: Reader, site: Site
) -> None:
    victim = site.edition.items[3].path
    site.faults[victim] = status(404)
    assert _asked_on(reader, site, victim, 24, 25) == [0, 1, 7]
    assert not reader.headline(victim).read
    assert _asked_on(reader, site, victim, 24, 40) == [5]
    assert reader.headline(victim).read


def test_what_is_gone_and_comes_back_is_there_again(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3].path
    site.faults[victim] = moved("/", 302)
    reader.sync()
    del site.faults[victim]
    reader.later(hours=13)
    reader.sync()
    assert not reader.headline(victim).cached
    reader.later(hours=12)
    reader.sync()
    assert reader.headline(victim).cached
    # Gone a second time, it is so since then.
    assert reader.headline(victim).failure is None


def test_what_is_not_found_is_asked_for_where_everything_is(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3].path
    site.faults[victim] = status(404).once()
    reader.sync()
    reader.sync(Plan(everything=True))
    assert reader.headline(victim).cached
