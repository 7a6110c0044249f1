"""The texts of the invented news of the tests."""

# Title, section, places, agencies.
STORIES = (
    (
        "Doden en tientallen gewonden door tramontsporing Milaan",
        "Buitenland",
        ("MILAAN",),
        ("ANP", "AFP"),
    ),
    (
        "Kabinet trekt 40 miljoen uit voor vervanging van draaibruggen in Zeeland",
        "Politiek",
        ("DEN HAAG",),
        ("ANP",),
    ),
    ("Fietsers kunnen maandag weer over Welzingebrug", "Vlissingen", ("VLISSINGEN",), ()),
    ("Griekspoor heeft Dubai verlaten", "Sport", ("DUBAI",), ("ANP", "RTR")),
    ("Bibliotheekboek na 61 jaar terug in Middelburg", "Middelburg", ("MIDDELBURG",), ()),
    (
        "AEX sluit week lager af onder aanvoering van ASML en de banken",
        "Financieel",
        ("AMSTERDAM",),
        ("ANP",),
    ),
    ("Oogst zeekraal begint weken vroeger dan gewoonlijk", "Tholen", ("SINT PHILIPSLAND",), ()),
    ("NAC verspeelt voorsprong in slotfase tegen hekkensluiter", "Voetbal", ("BREDA",), ("ANP",)),
    (
        "Ministers uit drie landen spreken in Ankara over graanroute Zwarte Zee",
        "Buitenland",
        ("ANKARA", "BUENOS AIRES", "CAÏRO"),
        ("ANP", "RTR"),
    ),
    (
        "Lepelaars broeden weer op de Middelplaten, boswachter telt 214 nesten",
        "Beveland",
        ("WOLPHAARTSDIJK",),
        (),
    ),
    ("Storm houdt veerpont bij Breskens aan de kant", "Binnenland", ("BRESKENS",), ("ANP",)),
    (
        "東京で地震 🌊 Tsunamiwaarschuwing na zeebeving voor de kust van Japan",
        "Buitenland",
        ("TOKIO",),
        ("ANP", "DPA"),
    ),
)
LEAD = (
    "Bij de ontsporing zijn donderdagmiddag zeker twee mensen om het leven gekomen, meldt de "
    "burgemeester. Tientallen anderen raakten gewond, onder wie de bestuurder."
)
BODY = (
    "De tram reed kort na vier uur met hoge snelheid door een bocht bij het centraal station en "
    "kwam tegen een gevel tot stilstand. Volgens ooggetuigen probeerde de bestuurder nog te "
    "remmen. Het is niet duidelijk waarom dat niet lukte; de onderzoekers kijken naar de wissels."
)
