"""The body of an article and its headline are the right lines of a page."""

from tests.parse.small_pages import BODY, TEXTS, TITLE, article_of

_FIRST, _SECOND, _THIRD = TEXTS


def _texts(body: str) -> list[str]:
    return [block.text for block in article_of(f"<h1>{TITLE}</h1>{body}").blocks]


def test_a_list_of_lines_at_the_end_of_a_body_is_part_of_it() -> None:
    dates = [f"Haven {day}: {day} mei van zeven tot elf" for day in range(1, 7)]
    last = "<p><strong><u>Op deze dagen is de brug weer dicht:</u></strong></p>"
    lines = "".join(f"<p>{date}</p>" for date in dates)
    texts = _texts(f"<article>{BODY}{last}{lines}</article><p>Zomaar een regel</p>")
    assert texts[-6:] == dates


def test_addresses_among_such_lines_are_part_of_it_too() -> None:
    lines = [f"{n}) Kaart {n}" for n in range(1, 5)]
    links = [f"https://kaart.test/{n}" for n in range(1, 5)]
    pairs = "".join(
        f"<p>{line}</p><p><a href='{link}'>{link}</a></p>"
        for line, link in zip(lines, links, strict=True)
    )
    texts = _texts(f"<article>{BODY}{pairs}</article>")
    assert [text for text in texts if text in links] == links


def test_a_copy_of_the_body_for_machines_is_left_out() -> None:
    whole = " ".join((_FIRST, _SECOND, _THIRD)) * 2
    copy = f"<p>https://kust.test/brug.jpg</p><p>{_SECOND}</p><p>{whole}</p><p>{_FIRST}</p>"
    assert _texts(f"<article>{BODY}{copy}</article>") == [_FIRST, _SECOND, _THIRD]


def test_a_quote_that_stands_in_a_long_paragraph_as_well_costs_neither() -> None:
    long = f"{_FIRST} {'Dat zei de woordvoerder in de haven. ' * 15}"
    assert len(_texts(f"<article>{BODY}<p>{long}</p><p>Zo eindigt het.</p></article>")) == 5


def test_a_line_that_is_a_whole_title_is_the_headline_rather_than_a_part_of_one() -> None:
    head = (
        f"<meta property='og:title' content='Verkeer | {TITLE}'>"
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"}}'
        "</script>"
    )
    assert article_of(f"<p>Verkeer</p><h2>{TITLE}</h2>{BODY}", head).teaser.title == TITLE


def test_the_name_of_its_language_above_code_is_left_out() -> None:
    code = "<pre><code>als open:\n    rijd()</code></pre>"
    bar = f"<div><div><span>python</span><button>Kopieer</button></div>{code}</div>"
    assert _texts(f"<div>{_paragraphs(_FIRST)}{bar}{_paragraphs(_SECOND)}</div>") == [
        _FIRST, "als open:\n    rijd()", _SECOND,
    ]  # fmt: skip


def test_a_short_line_before_code_is_part_of_the_body() -> None:
    code = "<pre><code>als open:\n    rijd()</code></pre>"
    body = f"<div>{_paragraphs(_FIRST, 'Zo gaat het dan:')}{code}{_paragraphs(_SECOND)}</div>"
    assert "Zo gaat het dan:" in _texts(body)


def test_a_caption_in_a_table_for_an_image_is_left_out() -> None:
    image = (
        "<table align='right'><tr><td><img src='brug.jpg'></td></tr>"
        "<tr><td><font size='1'>De brug, met de bus ervoor.</font></td></tr></table>"
    )
    assert _texts(f"<table><tr><td>{image}{BODY}</td></tr></table>") == [*TEXTS]


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_paragraph_that_is_a_link_as_a_whole_is_part_of_the_body() -> None:
    linked = f"<p><a href='https://haven.test/plan'>{_SECOND}</a></p>"
    body = f"<article><p>{_FIRST}</p>{linked}<p>{_THIRD}</p></article>"
    article = article_of(f"<h1>{TITLE}</h1>{body}")
    assert [block.text for block in article.blocks] == list(TEXTS)
    assert [link.url for link in article.blocks[1].links] == ["https://haven.test/plan"]


def test_comments_with_dates_make_an_article_no_listing() -> None:
    comment = (
        "<li><b>Kees</b> <time>28 november 2026 om 09:10</time>"
        "<p>Ik ben er vanochtend meteen overheen gereden, en het ging weer even vlot.</p>"
        "<p>2 uur geleden</p></li>"
    )
    comments = f"<section><h2>3 reacties</h2><ul>{comment * 3}</ul></section>"
    assert _texts(f"<article>{BODY}</article>{comments}") == list(TEXTS)


def test_a_fact_box_of_the_article_is_part_of_it_and_a_box_to_subscribe_is_not() -> None:
    facts = "<div class='feitenkader'><h3>De brug</h3><ul><li>Gebouwd in 1961</li></ul></div>"
    box = (
        "<div class='inschrijven'><h3>Nieuwsbrief</h3><p>Ontvang elke ochtend het nieuws uit de "
        "streek in je mailbox.</p><form><input type='email'><button>Aanmelden</button></form></div>"
    )
    body = f"<p>{_FIRST}</p>{facts}<p>{_SECOND}</p>{box}<p>{_THIRD}</p>"
    assert _texts(f"<article>{body}</article>") == [
        _FIRST, "De brug", "Gebouwd in 1961", _SECOND, _THIRD,
    ]  # fmt: skip


def test_a_name_runs_on_from_the_word_before_it_in_another_element() -> None:
    byline = (
        "<div><span>Door </span><a href='/auteur/loes'>Loes Verhage</a><span> en </span>"
        "<a href='/auteur/pim'>Pim Dekker</a></div>"
    )
    assert article_of(f"<h1>{TITLE}</h1>{byline}{BODY}").authors == ("Loes Verhage", "Pim Dekker")


def test_an_archive_of_links_and_a_form_beside_a_short_article_do_not_take_it_along() -> None:
    links = "".join(f"<li><a href='/{i}'>Week {i}</a></li>" for i in range(60))
    beside = f"<div class='col'><form><input name='zoek'></form><ul>{links}</ul></div>"
    text = f"<div class='col'><p class='titel'>{TITLE}</p>{' '.join(TEXTS)}</div>"
    address = (
        "Kustnieuws, Kaai 1, 0000 AA Dijkdorp. Bereikbaar op werkdagen van negen tot vijf, en op "
        "zaterdag tot twaalf uur, maar niet in de weken van Pasen en Kerstmis of met de kermis."
    )
    body = f"<div class='row'>{beside}{text}</div><div><div>{address}</div></div>"
    assert [block.text for block in article_of(body).blocks] == [" ".join(TEXTS)]


def test_other_articles_that_stand_whole_below_a_label_are_not_part_of_one() -> None:
    other = "".join(
        f"<article><p>De haven van Veere krijgt dit jaar steiger nummer {i}, en er komt een kraan."
        f"</p></article>"
        for i in range(20)
    )
    body = f"<article><h1>{TITLE}</h1>{BODY}</article><article><h3>Lees ook</h3>{other}</article>"
    assert [block.text for block in article_of(body).blocks] == list(TEXTS)
