//! The words of [`super::words`], as lists. Written without regard to case and accents.

use super::words::{Classes as C, Region};

/// Words by class; a word may stand in several.
pub(super) const WORDS: &[(C, &str)] = &[
    (
        C::FR_WAY,
        "rue avenue boulevard impasse allée allées chemin ruelle sentier sente venelle \
        esplanade promenade faubourg boulevards bld blvd bvd bd boul chaussée rocade \
        drève clos carrefour montée corniche lieudit ave av \
        rte fbg sentiers",
    ),
    (
        C::FR_WAY_WEAK,
        "place square route cité passage parvis traverse cour cours villa voie \
        hameau résidence lotissement quartier rampe degrés galerie jardin parc pont port quai \
        mail rang montée côte descente terrasse levée digue rond sq pass placette",
    ),
    (
        C::FR_WAY_ABBR,
        "r all chem imp pl ch che chm crs fg res lot ham qu za zi qrt prom esp sen trav rpt vla ld",
    ),
    (
        C::FR_PLACE,
        "urb urbanización hameau résidence res lotissement lot lieudit domaine mas château ferme \
        moulin quartier clos villa cité za zi zac zae zup zone parc immeuble tour bastide \
        manoir logis prieuré abbaye chalet pavillon bâtiment bat hlm centre espace technopole \
        bourg village lieu ld bergerie métairie closerie grange relais résidences \
        pôle campus habitation plage morne anse pointe ravine plaine îlot étang",
    ),
    (
        C::PARTICLE,
        "de du des d la le les l à au aux en sur sous et lès lez près von van der den dem \
        zum zur am im an of the and del della di da dos das do y i op ten ter degli dei delle dell della upon under by bei \
        st ste saint sainte e t na",
    ),
    (
        C::EN_STREET,
        "street road avenue lane boulevard terrace crescent mews st rd ave av ln blvd \
        terr cres drive dr parkway pkwy highway hwy expressway expy turnpike tpke cir circle \
        court ct trl trail alley aly causeway cswy freeway fwy thruway wynd vennel esplanade \
        esp grove gardens gdns close boul blv strand avenida driveway",
    ),
    (
        C::EN_STREET_WEAK,
        "place pl square sq way park pk row walk hill gate green rise view yard loop \
        path pass plaza plz ridge rdg run terrace ter trace bend branch bridge brook bypass \
        bluff camp canyon cape centre center common commons corner corners course cove cv creek \
        crest cross crossing xing dale dell drove end estate field fields ford forest garden \
        glen grange harbor harbour haven heath heights hts hills hollow holw island isle junction \
        knoll lake landing link links lea lodge meadow meadows mdws mill mount mt oval overlook mall grade rvr \
        parade pde parkside paddock pike pine pines point pt port prairie quay quadrant ranch \
        reach rest road route rte shore shores side spring springs spur station stravenue \
        summit tce terr vale valley via viaduct village vista wharf wood woods well wells arcade \
        approach av avenue bank beach chase circus cloisters copse croft orchard orchards \
        precinct promenade backs fold garth ginnel loan loke market nook parklands riggs rise \
        cottages buildings villas court chambers broadway embankment esplanade byway circ crse \
        ave",
    ),
    (
        C::EN_WHOLE,
        "broadway embankment cloisters parade strand piccadilly bowery cheapside \
        haymarket whitehall holborn esplanade kingsway minories poultry promenade",
    ),
    (
        C::DIRECTION,
        "n s e w ne nw se sw north south east west northeast northwest southeast \
        southwest upper lower old new no so",
    ),
    (
        C::DE_STREET,
        "straße str strasse weg gasse platz allee ring ufer damm chaussee steig pfad \
        stieg steg twiete kamp promenade graben markt hof berg wall zeile anger bogen park tor \
        brücke garten gärten wiese wiesen winkel stiege hang heide kai quai feld rain plan \
        gässli gässle gässchen passage siedlung strang deich kehre leite tunnel hain blick höhe \
        strassl gassl marktplatz mühle",
    ),
    (
        C::DE_OPENER,
        "gut schloss kloster forsthaus am an auf im in unter zum zur hinter vor bei beim ob große großer großes kleine \
        kleiner kleines alte alter altes neue neuer neues lange langer obere oberer oberes untere \
        unterer unteres hohe hoher hohes kurze kurzer innere innerer äußere äußerer mittlere \
        mittlerer breite breiter hintere hinterer vordere vorderer aller kreuz über zwischen \
        gr kl obern niedere niederer schöne krumme enge weiße rote grüne heilige",
    ),
    (
        C::DE_COMMON,
        "parkplatz stellplatz sitzplatz arbeitsplatz tabellenplatz startplatz ausweg \
        umweg heimweg rückweg hinweg unterwegs hering spring string during bring monitoring \
        engineering offering ordering filtering clustering gathering hearing bearing steering \
        catering marketing sponsoring controlling scoring restructuring manufacturing \
        listing wiring hiring firing mentoring tutoring rendering lettering filtering studienplatz \
        listenplatz spielplatz campingplatz flugplatz schlafplatz ausbildungsplatz liegeplatz \
        golfplatz sportplatz bauplatz podestplatz stehplatz standplatz landeplatz speicherplatz \
        fensterplatz verweg keineswegs deswegen weswegen seitwärts rechtsweg dienstweg seeweg \
        luftweg fluchtweg postweg lösungsweg mittelweg schulweg arbeitsweg fußweg radweg \
        transportweg verkehrsweg hochhaus bahnhof flughafen friedhof hauptbahnhof gasthof \
        gerichtshof zauberhof erfolg betrag vertrag antrag auftrag beitrag eintrag nachtrag \
        kammergericht verdamm madamm autobahn nürnberg heidelberg bamberg wittenberg \
        rosenberg goldberg greenberg spielberg eisenberg bloomberg supermarkt arbeitsmarkt \
        europastrasse bundesstrasse landesstrasse kreisstrasse staatsstrasse gemeindestrasse weihnachtsmarkt wochenmarkt aktienmarkt flohmarkt finanzmarkt stadtpark fuhrpark \
        umfeld vorfeld spielfeld sportfeld textfeld mittelfeld bielefeld krefeld tatort support \
        direktor faktor motor monitor sektor investor transport export import passport \
        report airport rapport doktor autor editor vektor reaktor kontor notar \
        kindergarten biergarten zahlungsweg kleingarten scheidung spring bistum holstein",
    ),
    (
        C::UNIT,
        "flat unit apt apartment suite ste room rm bldg building block fl flr lot trailer trlr \
        space spc dept studio tower hangar slip pier maisonette condo pmb lockbox drawer level wing bay plot \
        no nr floor lane house \
        bâtiment bat bât bt immeuble imm entrée ent escalier esc appartement appart appt app apt \
        porte pte code digicode interphone pk hall bloc tour chambre ch logement logt log bureau bur \
        box cage villa aile niveau étage etg et boîte bte local lots studio pavillon maison case \
        casier unité \
        wohnung whg zimmer zi top stiege stg tür haus gebäude aufgang eingang eing block \
        apartment app etage stock büro raum halle hs wohneinheit we parzelle hausnummer \
        bus bte boîte piso interior int puerta",
    ),
    (
        C::UNIT_ALONE,
        "hinterhaus hh vorderhaus vh seitenflügel seitenfl sf hinterhof quergebäude gartenhaus \
        eg dg ug hp souterrain dachgeschoss erdgeschoss hochparterre parterre rdc \
        penthouse ph basement bsmt rear frnt front lowr uppr lobby lbby mezzanine entresol remise \
        hinterhs vorderhs untergeschoss",
    ),
    (
        C::STOREY,
        "étage etage ét etg floor fl flr og stock stockwerk obergeschoss geschoss ug storey \
        story level etages",
    ),
    (
        C::SIDE,
        "gauche droite droit face fond links rechts mitte li re mi left right rear front lks \
        rts gche dte hinten vorne cour jardin milieu fd",
    ),
    (
        C::EN_HOUSE,
        "house cottage cottages farm farmhouse lodge hall manor barn mill mills villa \
        villas rectory vicarage grange chambers mansions buildings building court towers tower \
        heights wharf forge cedars oaks elms beeches firs limes laurels hollies \
        willows poplars orchard bungalow priory gatehouse schoolhouse oast croft \
        homestead steading granary stables bothy gables bakery brewery dairy smithy parsonage malthouse maltings boathouse tannery oasthouse",
    ),
    (C::BOX, "postfach pob pobox postbox apartado postbus casella freepost"),
    (C::BOX_ABBR, "bp cs tsa pf cp"),
    (
        C::BOX_OPENER,
        "p po b c post boîte case private locked rural rr hc hcr star psc cmr unit bfpo box",
    ),
    (C::REPEAT, "bis ter quater quinquies a b c d e f g h"),
    (
        C::STOP,
        "je tu il elle on nous vous ils elles est sont était suis sommes êtes ai as a avons \
        avez ont avait sera serai seras serons serez seront qui que quoi dont où mais donc car ni \
        si comme quand lorsque puisque parce pour avec sans chez par pas plus moins très trop bien \
        aussi encore déjà toujours jamais demain hier soir matin midi aujourd ce cet cette ces mon \
        ma mes ton ta tes son sa ses notre nos votre vos leur leurs merci bonjour bonsoir salut \
        cordialement voir viens vient venir aller vais va faire fait dit dire peut peux pouvez \
        dès vers avant après pendant depuis entre voilà alors puis ensuite stp svp apporte \
        prends passe passez rappelle appelle sonne sonner sonnez ouvert fermé seulement dernier \
        dernière arrive arriver \
        i you he she it we they is are was were be been am has have had will would can could shall \
        should may might must do does did not no yes but or if then than that this these those \
        which who whom whose what when where why how with from for at about into out over again \
        very just also please thanks thank hello hi dear regards best my your his her our their \
        its me him us them there here today tomorrow tonight yesterday because while until after \
        before between during since so call see come go get let tell said say says meet \
        ich du er sie es wir ihr ist sind war waren bin bist hat habe haben hatte wird werden \
        wurde kann können soll sollen muss müssen will wollen nicht kein keine und oder aber wenn \
        dass weil denn als wie wo wer was wann warum mit ohne für gegen nach seit aus heute morgen \
        gestern abends nachmittags mein meine dein deine sein seine unser unsere euer eure danke \
        hallo liebe lieber gruß grüße sehr geehrte bitte auch noch schon nur mehr da hier dort \
        dann jetzt immer sich mich dich uns euch ihnen ihm ihn",
    ),
    (
        C::DATE,
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre \
        january february march april may june july august september october november december jan \
        feb mar apr jun jul aug sep sept oct nov dec januar februar märz juni juli oktober \
        dezember montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag monday \
        tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun lundi mardi \
        mercredi jeudi vendredi samedi dimanche",
    ),
    (
        C::COUNTED,
        "euro euros eur uhr km m cm mm kg g mg l cl ml ha mn min minute minutes minuten h \
        heure heures hour hours stunde stunden day days jour jours tag tage tagen week weeks \
        semaine semaines woche wochen month months mois monat monate monaten year years an ans \
        année années jahr jahre jahren percent prozent pourcent pct dollars dollar pounds usd gbp \
        chf francs people personnes personen points places pages page seiten seite million \
        millions milliard milliards billion mio mrd mill tsd thousand hundred mille fois mal times \
        kwh mwh gwh mw gw kw mb gb tb kb mbps am pm st nd rd th er ère eme ème e \
        degrees grad ft feet inch inches miles mile yards meter metres metern mètres meters sec secondes \
        seconds sekunden items copies exemplaires voix votes sièges stimmen députés",
    ),
    (
        C::STATE,
        "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne \
        nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy pr vi gu as mp aa ae \
        ap vic nsw qld tas act ab bc mb nb nl ns nt nu on pe qc sk yt",
    ),
    (C::CEDEX, "cedex cédex"),
    (
        C::CONTEXT,
        "adresse adresses address addresses anschrift habite habitent habitons habitez \
        habitait habitant réside résident résidant demeurant demeure domicile domicilié domiciliée \
        domiciliés loge logeons logent rdv rendezvous retrouve retrouvons emménage \
        emménagé emménageons déménage déménagé livrer livraison livré sonner sonnez siège \
        domiciliation \
        live lives living lived reside resides residing residence moved moving meet meeting \
        located residing deliver delivery shipped ship mailing venue \
        wohne wohnt wohnen wohnst wohnhaft wohnte wohnung treffpunkt treffen sitz lieferadresse \
        rechnungsadresse umgezogen ansässig wohnanschrift postanschrift besuchsadresse \
        firmensitz zuhause daheim",
    ),
    (
        C::HONOUR,
        "général gal maréchal mal docteur dr doct colonel col capitaine cap cne commandant \
        cdt lieutenant lt président pdt abbé saint sainte st ste pasteur professeur pr amiral \
        sergent père frère frères mère sœur jean jacques pierre paul louis marie charles \
        henri victor georges émile albert françois antoine joseph andré marcel jules léon \
        notre dame vieux vieille vieilles petit petite grand grande haut haute hauts bas basse \
        nouvelle neuf neuve quatre deux trois cinq dix onze huit ancien ancienne croix pont \
        moulin clos bois champ champs mont val premier cardinal comte duc prince princesse \
        roi reine baron marquis vicomte évêque chanoine caporal adjudant major",
    ),
    (
        C::NAMESAKE,
        "métro métropolitain lycée collège école stade hôpital gare station ligne arrêt \
        bataille battle affaire loi law traité maternelle médiathèque bibliothèque \
        théâtre cinéma salle hotel hôtel café restaurant brasserie bar banque prison caserne \
        schlacht haltestelle schule gymnasium grundschule krankenhaus station \
        subway tube stop journal film movie série series album song chanson roman novel",
    ),
    (C::POST_PREFIX, "f d a b l ch fr de at be lu fl mc nl i n dk"),
    (
        C::ROMANCE_WAY,
        "calle avenida avda plaza paseo carrera rua travessa praça via viale piazza \
        corso largo vicolo carretera camino calçada estrada",
    ),
    (C::IE_WAY, "bóthar sráid tigh teach ascaill ffordd heol stryd lôn"),
    (
        C::HIGHWAY,
        "highway hwy route rte rt fm rm cr sr us interstate rd rr county loop spur business bypass expressway",
    ),
    (C::LOCATIVE, "dans au à at on in near opposite behind beside chez sur in an am auf bei nähe"),
    (
        C::TITLE,
        "m mme mr mrs ms mlle monsieur madame mademoiselle herr frau dr prof me maître miss \
        sir family famille familie",
    ),
];

/// Endings of German street names that are seldom anything else; also written apart.
pub(super) const DE_ENDINGS: &[&str] = &[
    "strasse",
    "str",
    "weg",
    "gasse",
    "platz",
    "allee",
    "ring",
    "ufer",
    "damm",
    "chaussee",
    "steig",
    "pfad",
    "twiete",
    "kamp",
    "stieg",
    "gaessle",
    "gassli",
    "gass",
    "gaessli",
    "stiege",
    "promenade",
    "graben",
];

/// Endings of German street names that end other words and towns too.
pub(super) const DE_ENDINGS_WEAK: &[&str] = &[
    "hof", "hofe", "berg", "feld", "felde", "wiese", "wiesen", "weide", "anger", "markt", "brucke",
    "tor", "park", "plan", "winkel", "garten", "deich", "zeile", "rain", "bogen", "hang", "halde",
    "acker", "heide", "tal", "siedlung", "kai", "wall", "mauer", "anlage", "anlagen", "grund",
    "hohe", "blick", "matt", "matte", "bach", "busch", "horst", "kehre", "leite", "rampe",
    "terrasse", "passage", "steg", "gang", "ort", "eck", "ecke", "hain", "wald", "holz", "insel",
    "aue", "strand", "haus", "muhle", "werder", "brink", "reihe", "stein", "hofstatt", "kreuz",
    "see", "redder", "hugel", "quai", "zentrum", "stadt", "dorf", "grunde", "egg", "rank", "acher",
];

/// Endings of Dutch street names.
pub(super) const NL_ENDINGS: &[&str] =
    &["straat", "laan", "plein", "steenweg", "dreef", "kaai", "gracht", "singel", "kade"];

/// Names of regions that end an address or stand before its postcode.
pub(super) const REGIONS: &[(Region, &str)] = &[
    (
        Region::Country,
        "France,Francia,Frankreich,Allemagne,Germany,Deutschland,Bundesrepublik \
Deutschland,Suisse,Schweiz,Switzerland,Svizzera,Autriche,Austria,Österreich,Belgique,Belgium,België,\
Belgien,Luxembourg,Luxemburg,Grand-Duché de Luxembourg,Monaco,Principauté de Monaco,Royaume-Uni,\
United Kingdom,UK,U.K.,GB,Great Britain,Grande-Bretagne,Angleterre,England,Scotland,Écosse,Wales,\
Northern Ireland,Ireland,Irlande,Éire,Republic of Ireland,Vereinigtes Königreich,Großbritannien,\
Irland,USA,U.S.A.,US,United States,United States of America,États-Unis,Vereinigte Staaten,Canada,\
Kanada,Pays-Bas,Netherlands,The Netherlands,Nederland,Niederlande,Espagne,Spain,España,Spanien,\
Portugal,Italie,Italy,Italia,Italien,Liechtenstein,Danemark,Denmark,Norvège,Norway,Norge,Suède,\
Sweden,Pologne,Poland,Polen,Inde,India,Chine,China,Japan,Japon,Maroc,Morocco,Algérie,Algeria,Tunisie,\
Tunisia,Sénégal,Senegal,Côte d'Ivoire,Ghana,Nigeria,Kenya,South Africa,Afrique du Sud,Mexico,México,\
Mexique,Brazil,Brasil,Brésil,Australia,Australie,New Zealand,Nouvelle-Calédonie,La Réunion,Réunion,\
Guadeloupe,Martinique,Guyane,Mayotte,Polynésie française,Cameroun,Mali,Bénin,Togo,Liban,Israel,\
Turquie,Turkey,Russia,Russie,Ukraine,Grèce,Greece,Finland,Czech Republic,Hungary,Singapore,Hong Kong",
    ),
    (
        Region::State,
        "Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,\
District of Columbia,Florida,Georgia,Hawaii,Idaho,Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,\
Maine,Maryland,Massachusetts,Michigan,Minnesota,Mississippi,Missouri,Montana,Nebraska,Nevada,New \
Hampshire,New Jersey,New Mexico,New York,North Carolina,North Dakota,Ohio,Oklahoma,Oregon,\
Pennsylvania,Rhode Island,South Carolina,South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,\
Washington,West Virginia,Wisconsin,Wyoming,Puerto Rico,Alberta,British Columbia,Manitoba,New \
Brunswick,Cal,Newfoundland,Newfoundland and Labrador,Nova Scotia,Northwest Territories,Nunavut,Ontario,\
Prince Edward Island,Quebec,Québec,Saskatchewan,Yukon,Calif,Mass,Penn,Tex,Fla,Ill,Mich,Wash,Conn,\
Colombie-Britannique,Nouveau-Brunswick,Nouvelle-Écosse",
    ),
    (
        Region::County,
        "Avon,Bedfordshire,Berkshire,Buckinghamshire,Bucks,Cambridgeshire,Cambs,\
Cheshire,Cleveland,Cornwall,Cumbria,Derbyshire,Devon,Dorset,County Durham,Co Durham,Co. Durham,East \
Sussex,Essex,Gloucestershire,Glos,Greater Manchester,Greater London,Hampshire,Hants,Herefordshire,\
Hertfordshire,Herts,Isle of Wight,Kent,Lancashire,Lancs,Leicestershire,Leics,Lincolnshire,Lincs,\
Merseyside,Middlesex,Middx,Norfolk,Northamptonshire,Northants,Northumberland,North Yorkshire,\
Nottinghamshire,Notts,Oxfordshire,Oxon,Rutland,Shropshire,Salop,Somerset,South Yorkshire,\
Staffordshire,Staffs,Suffolk,Surrey,Tyne and Wear,Tyne & Wear,Warwickshire,Warks,West Midlands,West \
Sussex,West Yorkshire,Wiltshire,Wilts,Worcestershire,Worcs,East Yorkshire,East Riding of Yorkshire,\
Clwyd,Dyfed,Gwent,Gwynedd,Powys,Mid Glamorgan,South Glamorgan,West Glamorgan,Anglesey,Isle of \
Anglesey,Ceredigion,Carmarthenshire,Pembrokeshire,Denbighshire,Flintshire,Monmouthshire,\
Aberdeenshire,Angus,Argyll,Ayrshire,Banffshire,Berwickshire,Caithness,Clackmannanshire,\
Dumfriesshire,Dunbartonshire,East Lothian,Fife,Inverness-shire,Kincardineshire,Kinross-shire,\
Lanarkshire,Midlothian,Morayshire,Moray,Orkney,Peeblesshire,Perthshire,Renfrewshire,Ross-shire,\
Roxburghshire,Selkirkshire,Shetland,Stirlingshire,Sutherland,West Lothian,Wigtownshire,County \
Antrim,Co Antrim,County Armagh,Co Armagh,County Down,Co Down,County Fermanagh,Co Fermanagh,County \
Londonderry,Co Londonderry,County Tyrone,Co Tyrone,County Carlow,Co Carlow,Co Cavan,County Cavan,Co \
Clare,County Clare,Co Cork,County Cork,Co Donegal,County Donegal,Co Dublin,County Dublin,Co Galway,\
County Galway,Co Kerry,County Kerry,Co Kildare,County Kildare,Co Kilkenny,County Kilkenny,Co Laois,\
County Laois,Co Leitrim,County Leitrim,Co Limerick,County Limerick,Co Longford,County Longford,Co \
Louth,County Louth,Co Mayo,County Mayo,Co Meath,County Meath,Co Monaghan,County Monaghan,Co Offaly,\
County Offaly,Co Roscommon,County Roscommon,Co Sligo,County Sligo,Co Tipperary,County Tipperary,Co \
Waterford,County Waterford,Co Westmeath,County Westmeath,Co Wexford,County Wexford,Co Wicklow,County \
Wicklow",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The lexer cuts at hyphens, apostrophes and dots, so that a word with one would never be met.
    #[test]
    fn every_word_can_be_met() {
        for (_, words) in WORDS {
            for word in words.split_ascii_whitespace() {
                assert!(word.chars().all(char::is_alphabetic), "{word}");
                assert_eq!(word.to_lowercase(), word);
            }
        }
    }

    #[test]
    fn endings_are_folded() {
        for ending in DE_ENDINGS.iter().chain(DE_ENDINGS_WEAK).chain(NL_ENDINGS) {
            assert!(ending.bytes().all(|b| b.is_ascii_lowercase()), "{ending}");
        }
    }
}
