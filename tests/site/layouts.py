"""Layouts: the markup of the parts of a page, with slots for the news.

The parts are filled by `pages`; a slot that a layout leaves out is not shown. Lists are `rows`.
"""

from msgspec import Struct
from msgspec.structs import replace

_WEBMAIL = (
    "Omdat ZeelandNet ook DELTA webmail aanbiedt, vragen we je eenmalig je voorkeur op te geven."
)


class Layout(Struct, frozen=True):
    """The markup of one design of the site; `linked` puts JSON-LD into the head of articles."""

    name: str
    page: str
    link: str
    article: str
    lead: str
    paragraph: str
    heading: str
    related: str
    teaser: str
    listing: str
    row: str
    brief: str
    ticker: str
    ticker_line: str
    newer: str
    older: str
    linked: bool = False


SEMANTIC = Layout(
    name="semantic",
    page=f"""<!DOCTYPE html>
<html lang="nl">
<head><meta charset="utf-8"><title>{{title}} | ZeelandNet</title>{{head}}{{padding}}</head>
<body>
<header role="banner"><a href="/"><img src="/img/logo.svg" alt="ZeelandNet"></a>
<section role="dialog" aria-label="Webmail"><h2>Webmail</h2><h3>Kies je webmail</h3>
<p>{_WEBMAIL}</p></section>
<nav aria-label="Nieuws"><ul>{{sections}}</ul><ul>{{regions}}</ul></nav>
<p>{{date}}</p><p>Editie: <a href="/editie/nl">NL &amp; Wereld</a> | <a href="/editie/zeeland"
>Zeeland</a></p></header>
<main>
{{content}}
</main>
<footer><p>© ZeelandNet</p><nav><a href="/contact">Contact</a> <a href="/privacy">Privacy</a></nav>
</footer>
</body></html>
""",
    link='<li><a href="{path}">{name}</a></li>',
    article="<article><header><h1>{title}</h1></header>\n{lead}{body}</article>\n{related}",
    lead="<p>{dateline} - {text}</p>\n",
    paragraph="<p>{text}</p>\n",
    heading="<h2>{text}</h2>\n",
    related="<section><h2>Meer uit {section}</h2>\n{rows}</section>",
    teaser="""<article><h3><a href="{path}">{title}</a></h3><p>{dateline} - {lead}</p>
<footer><time datetime="{moment}">{age}</time></footer></article>
""",
    listing='{ticker}<h1>{section}</h1>\n<div class="items">{rows}</div>\n<p>{newer} {older}</p>',
    row="""<article><h2><a href="{path}">ANP {title}</a></h2><p>{dateline} - {lead}</p>
<time datetime="{moment}">{age}</time></article>
""",
    brief="""<article><a href="{path}"><p>{dateline} - {lead}</p></a>
<footer><time datetime="{moment}">{age}</time></footer></article>
""",
    ticker="<aside><h2>Net binnen</h2><ul>{rows}</ul></aside>\n",
    ticker_line="""<li><span>{section}</span> <time>{clock}</time> <a href="{path}">{title}</a></li>
""",
    newer='<a rel="prev" href="{path}">Vorige</a>',
    older='<a rel="next" href="{path}">Volgende</a>',
)

BEM = Layout(
    name="bem",
    page=f"""<!doctype html>
<html><head><meta charset="utf-8"><title>{{title}} - ZeelandNet</title>{{padding}}{{head}}</head>
<body class="page page--news">
<div class="page__top"><div class="webmail"><div class="webmail__label">Webmail</div>
<div class="webmail__choice">Kies je webmail</div><div class="webmail__text">{_WEBMAIL}</div></div>
<div class="menu"><div class="menu__row">{{sections}}</div>
<div class="menu__row">{{regions}}</div></div></div>
<div class="page__date">{{date}}</div>
<div class="page__edition"><span class="edition__label">Editie:</span>
<span class="edition__item edition__item--active">NL &amp; Wereld</span> |
<span class="edition__item">Zeeland</span></div>
<div class="page__main">
{{content}}
</div>
<div class="page__bottom"><div class="bottom__copy">© ZeelandNet</div></div>
</body></html>
""",
    link='<div class="menu__item"><a class="menu__link" href="{path}">{name}</a></div>',
    article="""<div class="news news--detail"><div class="news__title">{title}</div>
<div class="news__title news__title--print">{title}</div>
<div class="news__text">
{lead}{body}</div></div>
{related}""",
    lead='<div class="news__paragraph news__paragraph--intro">{dateline} - {text}</div>\n',
    paragraph='<div class="news__paragraph">{text}</div>\n',
    heading='<div class="news__subtitle">{text}</div>\n',
    related="""<div class="nws nws--related"><div class="nws__head">Meer uit {section}</div>
<div class="nws__list">{rows}</div></div>
""",
    teaser="""<div class="nws__item">
<div class="nws__image" style="background-image:url(/img/0.jpg)"></div>
<div class="nws__title"><a class="nws__link" href="{base}{path}">{title}</a></div>
<div class="nws__summary">{dateline} - {lead}</div>
<div class="nws__datetime">{age}</div></div>
""",
    listing="""{ticker}<div class="nws"><div class="nws__section">{section}</div>
<div class="nws__list">{rows}</div>
<div class="pager">{newer}{older}</div></div>
""",
    row="""<div class="nws__item">
<div class="nws__title"><a class="nws__link" href="{base}{path}">ANP {title}</a></div>
<div class="nws__summary">{dateline} - {lead}</div>
<div class="nws__datetime">{age}</div></div>
""",
    brief="""<div class="nws__item">
<a class="nws__link" href="{base}{path}"><span class="nws__summary">{dateline} - {lead}</span></a>
<div class="nws__datetime">{age}</div></div>
""",
    ticker="""<div class="ticker"><div class="ticker__head">Net binnen</div>
<div class="ticker__list">{rows}</div></div>
""",
    ticker_line="""<div class="ticker__item"><a class="ticker__link" href="{base}{path}"
>{section} {clock} {title}</a></div>
""",
    newer='<a class="pager__link" href="{path}">Vorige</a>',
    older='<a class="pager__link" rel="next" href="{path}">Volgende</a>',
)

HASHED = Layout(
    name="hashed",
    page=f"""<!DOCTYPE html><html lang="nl"><head><meta charset="UTF-8"><title>ZeelandNet</title>
{{head}}{{padding}}<style>.x1a9q{{{{color:red}}}}</style></head><body><div id="root">
<div class="x1a9q"><div class="xk20d"><span class="xq9">Webmail</span></div><div class="xk20d">
<span class="xq9">Kies je webmail</span></div><div class="xk20d"><span class="xq9">{_WEBMAIL}</span>
</div></div>
<nav class="xn4v"><div class="xn5">{{sections}}</div><div class="xn5">{{regions}}</div></nav>
<div class="xd0t"><span class="xq9">{{date}}</span></div>
<div class="xd0t"><span class="xq9">Editie: NL &amp; Wereld | Zeeland</span></div>
<div class="x44ab">
{{content}}
</div></div></body></html>
""",
    link='<a class="xlnk" href="{path}"><span class="xq9">{name}</span></a>',
    article="""<div class="xz01"><div class="xt8w"><span class="xq9 xb3">{title}</span></div></div>
<div class="xr5u">{lead}{body}</div>
{related}""",
    lead="""<div class="xpar"><span class="xd11">{dateline}</span><span class="xd12"> - </span
><span class="xq9">{text}</span></div>
""",
    paragraph='<div class="xpar"><span class="xq9">{text}</span></div>\n',
    heading='<div class="xpar"><span class="xq9">{text}</span></div>\n',
    related="""<div class="xw77"><div class="xh2m"><span class="xq9">Meer uit</span>
<span class="xq9">{section}</span></div>
{rows}</div>
""",
    teaser="""<div class="xc3e"><div class="xc3f"><a class="xlnk" href="{path}"><span class="xq9"
>{title}</span></a></div><div class="xc3g"><span class="xd11">{dateline}</span><span class="xd12"
> - </span><span class="xq9">{lead}</span></div><div class="xc3h"><span class="xq9">{age}</span>
</div></div>
""",
    listing="""{ticker}<div class="xw70"><div class="xh2m"><span class="xq9">{section}</span></div>
{rows}</div><div class="xpg">{newer}{older}</div>
""",
    row="""<div class="xc3e"><div class="xc3f"><a class="xlnk" href="{path}"><span class="xq9"
>ANP {title}</span></a></div><div class="xc3g"><span class="xd11">{dateline}</span
><span class="xd12"> - </span><span class="xq9">{lead}</span></div>
<div class="xc3h"><span class="xq9">{age}</span></div></div>
""",
    brief="""<div class="xc3e"><a class="xlnk" href="{path}"><div class="xc3g"><span class="xd11"
>{dateline}</span><span class="xd12"> - </span><span class="xq9">{lead}</span></div></a>
<div class="xc3h"><span class="xq9">{age}</span></div></div>
""",
    ticker="""<div class="xj1"><div class="xh2m"><span class="xq9">Net binnen</span></div>
{rows}</div>
""",
    ticker_line="""<div class="xj2"><span class="xq9">{section}</span>
<span class="xq8">{clock}</span>
<a class="xlnk" href="{path}"><span class="xq9">{title}</span></a></div>
""",
    newer='<a class="xlnk" href="{path}"><span class="xq9">‹</span></a>',
    older='<a class="xlnk" href="{path}"><span class="xq9">›</span></a>',
)

JSON_LD = replace(
    SEMANTIC,
    name="json-ld",
    link='<a href="{path}">{name}</a> ',
    article="""<div itemscope itemtype="https://schema.org/NewsArticle">
<h2 itemprop="headline">{title}</h2><div itemprop="articleBody">
{lead}{body}</div></div>
{related}""",
    heading="<h3>{text}</h3>\n",
    related='<div class="also"><p class="also-head">Meer uit {section}</p>\n<dl>{rows}</dl></div>',
    teaser="""<dt><a href="{base}{path}">{title}</a></dt><dd>{dateline} - {lead}</dd>
<dd class="when">{age}</dd>
""",
    listing="""{ticker}<h2>{section}</h2>
<table>{rows}</table>
<ul><li>{newer}</li><li>{older}</li></ul>""",
    row="""<tr><td><a href="{path}">ANP {title}</a><br>{dateline} - {lead}</td><td>{age}</td></tr>
""",
    brief="""<tr><td><a href="{path}">{dateline} - {lead}</a></td><td>{age}</td></tr>
""",
    linked=True,
)

# A redesign that no parser can read: a script would fetch all news.
BROKEN = replace(
    SEMANTIC,
    name="broken",
    page="""<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>ZeelandNet</title>
{padding}</head><body><div id="app"><div class="skeleton"><div></div><div></div></div></div>
<noscript>Zet JavaScript aan om ZeelandNet te lezen.</noscript>
<script src="/static/app.js" defer></script></body></html>
""",
)

LAYOUTS = {layout.name: layout for layout in (SEMANTIC, BEM, HASHED, JSON_LD, BROKEN)}
READABLE = tuple(name for name in LAYOUTS if name != "broken")
