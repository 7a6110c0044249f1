"""Names that are written in several ways, and countries with what is said of them and theirs."""

_SPELLINGS = """
    kyiv kiev kiew kyjiv
    odesa odessa
    kharkiv charkiv charkov kharkov
    lviv lvov
    dnipro dnjepr dnipropetrovsk
    zaporizja zaporizjzja zaporozje zaporizhzhia
    beijing peking
    mumbai bombay
    myanmar birma
    rodos rhodos
    kreta crete
    chisinau kisjinev
    zelensky zelenski zelenskyy zelenskiy
"""
# A country, its adjectives and its people; adjectives that are other words as well are left out.
_COUNTRIES = """
    afghanistan afghaans afghaanse afghanen
    albanie albanees albanese albanezen
    algerije algerijns algerijnse algerijnen
    argentinie argentijns argentijnse argentijnen
    australie australisch australische australiers
    belgie belgisch belgische belgen
    brazilie braziliaans braziliaanse brazilianen
    bulgarije bulgaars bulgaarse bulgaren
    canada canadees canadese canadezen
    chili chileens chileense chilenen
    china chinees chinese chinezen
    colombia colombiaans colombiaanse colombianen
    cuba cubaans cubaanse cubanen
    denemarken deens deense denen
    duitsland duits duitse duitsers
    ecuador ecuadoraans ecuadoraanse ecuadoranen
    egypte egyptisch egyptische egyptenaren
    engeland engels engelse engelsen
    estland estse
    ethiopie ethiopisch ethiopische ethiopiers
    filipijnen filipijns filipijnse
    finland fins finse finnen
    frankrijk frans franse fransen
    georgie georgisch georgische georgiers
    griekenland grieks griekse grieken
    hongarije hongaars hongaarse hongaren
    ierland iers ierse ieren
    ijsland ijslands ijslandse ijslanders
    india indiaas indiase
    indonesie indonesisch indonesische indonesiers
    irak iraaks iraakse irakezen
    iran iraans iraanse iraniers
    israel israelisch israelische israeliers
    italie italiaans italiaanse italianen
    japan japans japanse japanners
    jemen jemenitisch jemenitische jemenieten
    kenia keniaans keniaanse kenianen
    kroatie kroatisch kroatische kroaten
    letland letse
    libanon libanees libanese libanezen
    libie libisch libische libiers
    litouwen litouws litouwse litouwers
    marokko marokkaans marokkaanse marokkanen
    mexico mexicaans mexicaanse mexicanen
    moldavie moldavisch moldavische moldaviers
    nigeria nigeriaans nigeriaanse nigerianen
    noorwegen noors noorse
    oekraine oekraiens oekraiense oekrainers
    oostenrijk oostenrijks oostenrijkse oostenrijkers
    pakistan pakistaans pakistaanse pakistanen
    peru peruaans peruaanse peruanen
    polen pools poolse
    portugal portugees portugese portugezen
    roemenie roemeens roemeense roemenen
    rusland russisch russische russen
    schotland schots schotse
    servie servisch servische serviers
    slovenie sloveens sloveense slovenen
    slowakije slowaaks slowaakse slowaken
    soedan soedanees soedanese soedanezen
    somalie somalisch somalische somaliers
    spanje spaans spaanse spanjaarden
    suriname surinaams surinaamse surinamers
    syrie syrisch syrische syriers
    thailand thais thaise thailanders
    tsjechie tsjechisch tsjechische tsjechen
    tunesie tunesisch tunesische tunesiers
    turkije turks turkse turken
    venezuela venezolaans venezolaanse venezolanen
    vietnam vietnamees vietnamese vietnamezen
    zweden zweeds zweedse
    zwitserland zwitsers zwitserse
"""
# The form that counts for all others, folded.
ONE_NAME = {
    other: name
    for line in (*_SPELLINGS.split("\n"), *_COUNTRIES.split("\n"))
    for name, *others in filter(None, [line.split()])
    for other in others
}
