//! Words that say what their neighbours are. The lists are part of what the model was trained with:
//! whoever changes one trains anew, and a test reminds of it.

use std::sync::LazyLock;

use crate::lexicon::Key;

/// Lists on which a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups(pub u16);

impl Groups {
    /// No list.
    pub const NONE: Self = Self(0);
    /// Forms of address and degrees.
    pub const TITLE: Self = Self(1);
    /// Words that begin a greeting.
    pub const GREETING: Self = Self(1 << 1);
    /// Words that begin a closing.
    pub const CLOSING: Self = Self(1 << 2);
    /// Names of fields that hold people.
    pub const PEOPLE_FIELD: Self = Self(1 << 3);
    /// Names of other fields.
    pub const OTHER_FIELD: Self = Self(1 << 4);
    /// Relatives, friends and other words for one person.
    pub const RELATION: Self = Self(1 << 5);
    /// Offices and occupations.
    pub const OFFICE: Self = Self(1 << 6);
    /// What people do in words: write, say, call.
    pub const SPEECH: Self = Self(1 << 7);
    /// What stands before the name of a street, a place or a building.
    pub const PLACE_BEFORE: Self = Self(1 << 8);
    /// What stands behind it.
    pub const PLACE_BEHIND: Self = Self(1 << 9);
    /// Institutions, prizes, works and laws that bear names.
    pub const INSTITUTION: Self = Self(1 << 10);
    /// Kinds and forms of firms.
    pub const FIRM: Self = Self(1 << 11);
    /// Months and days of the week.
    pub const TIME: Self = Self(1 << 12);
    /// Particles of names.
    pub const PARTICLE: Self = Self(1 << 13);
    /// Prepositions that stand before people.
    pub const WITH: Self = Self(1 << 14);
    /// Countries, regions and those who live there.
    pub const COUNTRY: Self = Self(1 << 15);

    /// Whether the word is on a list.
    #[must_use]
    pub fn has(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// The lists, by the word that their letters are folded to.
pub(super) const LISTS: &[(Groups, &str)] = &[
    (
        Groups::TITLE,
        "m mm mme mmes mlle mlles monsieur madame mademoiselle messieurs mesdames me maitre dr docteur pr prof \
         professeur professeure professor mr mrs ms miss mx sir dame lord lady herr herrn frau fraulein hr fr \
         dipl ing med rer nat phil jur habil dott dottore dottoressa signor signora sig senor senora don dona \
         mgr monseigneur rev reverend pere abbe soeur frere capt captain lt lieutenant col colonel sgt major gen \
         ma mag doktor madam monsieurs ing phd judge justice maestro cdt adj commandant capitaine",
    ),
    (
        Groups::GREETING,
        "hi hello dear hey bonjour salut bonsoir cher chere chers cheres coucou hallo liebe lieber liebes guten sehr \
         geehrte geehrter werte werter moin servus good morning afternoon evening greetings ciao grussi gruezi tag \
         rebonjour hola holla howdy ahoi huhu tach abend morgen bonne yo welcome bienvenue willkommen congratulations \
         felicitations bravo gluckwunsch",
    ),
    (
        Groups::CLOSING,
        "regards sincerely cheers thanks thank thx best cordially yours love cordialement amicalement bises bisous bien \
         salutations merci biz amities sinceres grusse grussen gruss grusse gruesse lg vg mfg viele herzliche herzlichst \
         beste mit freundlichen freundliche hochachtungsvoll respectueusement kind warm sent cdt cdlt bav bat tschuss \
         danke schone faithfully respectfully warmly xoxo hugs signed signe gez unterzeichnet affectueusement \
         chaleureusement tendrement",
    ),
    (
        Groups::PEOPLE_FIELD,
        "from to cc bcc sender attendees participants present presents presentes absents absent excuses excuse de a von an \
         cci kopie teilnehmer anwesend anwesende entschuldigt abwesend expediteur destinataire destinataires absender \
         empfanger contact ansprechpartner ansprechpartnerin name nom prenom vorname nachname kontakt organizer organiser \
         organisateur organisator attendee invitees invites required optional author auteur autor bearbeiter referent \
         participant speaker speakers intervenants intervenant referenten chair moderator moderation client patient \
         patientin kunde customer employee salarie mitarbeiter passenger passager guest guests invite gast gaste \
         tenant locataire mieter bewerber candidate candidat candidats copie copy par by signature protokoll redacteur",
    ),
    (
        Groups::OTHER_FIELD,
        "subject date sent objet betreff gesendet envoye datum id received attachments attachment folder origin filename \
         version type encoding tel telephone telefon phone fax mobile portable mobil handy web url site adresse address \
         ort lieu place location heure time uhrzeit ref reference number numero nummer iban bic siret ust price prix \
         total montant amount betrag email mail courriel importance priority signature pj anlage anlagen",
    ),
    (
        Groups::RELATION,
        "fils fille mari femme epouse epoux frere soeur mere pere maman papa cousin cousine oncle tante neveu niece \
         grand parrain marraine ami amie amis copain copine collegue collegues voisin voisine belle beau son daughter \
         husband wife brother sister mother father mom mum dad uncle aunt nephew boyfriend girlfriend friend friends \
         buddy colleague colleagues neighbour neighbor kid kids baby bebe sohn tochter mann bruder schwester mutter \
         vater mama opa oma onkel neffe nichte freund freundin kollege kollegin nachbar nachbarin schwager \
         schwagerin enkel enkelin familie famille family eheleute partner partnerin granddad grandma grandpa nan granny \
         papy mamie tonton tata guy girl boy named called nommee nomme namens prenomme appelle heisst",
    ),
    (
        Groups::OFFICE,
        "directeur directrice president presidente manager director chief officer head vp ceo cfo coo cto leiter leiterin \
         geschaftsfuhrer geschaftsfuhrerin vorsitzende vorsitzender responsable chef cheffe assistant assistante \
         secretaire secretary assistentin avocat avocate lawyer attorney rechtsanwalt rechtsanwaltin notaire notar \
         ingenieur engineer analyst analyste consultant consultante berater beraterin teacher lehrer lehrerin \
         enseignant enseignante coach trainer doctor nurse arzt arztin medecin infirmiere ministre minister senator \
         senateur depute deputee maire mayor burgermeister kanzler chancellor king queen roi reine pape pope prince \
         princess coordinator coordinateur coordinatrice sachbearbeiter sachbearbeiterin referentin author auteur \
         writer ecrivain actor acteur actrice singer chanteur schauspieler regisseur journaliste journalist editor \
         redaktionsleiter sprecher sprecherin spokesman spokeswoman candidate gerant gerante comptable accountant \
         steward captain founder fondateur grunder inventor stagiaire intern praktikant technicien developer",
    ),
    (
        Groups::SPEECH,
        "wrote ecrit schrieb geschrieben said says dit sagte sagt told tells asked asks demande fragt fragte replied repond \
         antwortete called appelle ruft thinks pense meint meinte suggested propose schlagt confirmed confirme bestatigt \
         explained explique erklart mentioned added ajoute joined sends sent envoie schickt forwarded wants veut will \
         has is was arrive arrives kommt kam hat ist war bringt brings vient prend takes signed signe met agrees likes \
         aime works travaille arbeitet lives habite wohnt born ne nee geboren died mort gestorben married epouse",
    ),
    (
        Groups::PLACE_BEFORE,
        "rue avenue av bd boulevard place square quai chemin allee impasse route cours passage parking arret station gare \
         pont parc port tour residence zone aeroport metro quartier rond point faubourg villa cite hameau lotissement \
         ville commune village canton saint sainte san santa santo los las mount mont lake lac fort cape cap col rio \
         lieu dit ecluse plage via calle piazza am zum zur haltestelle bahnhof platz",
    ),
    (
        Groups::PLACE_BEHIND,
        "street st ave avenue parkway pkwy road rd drive dr blvd lane strasse str platz weg allee gasse ring ufer damm \
         brucke park bridge square court ct way highway hwy county city island islands hill hills valley beach \
         river creek lake airport station terminal building tower towers house hall plaza center centre",
    ),
    (
        Groups::INSTITUTION,
        "lycee ecole college hopital clinique prix fondation institut universite stade conservatoire monument salle espace \
         theatre musee cathedrale eglise gymnase bibliotheque mediatheque creche university school hospital church \
         gymnasium schule universitat stiftung klinik krankenhaus preis award prize medal institute museum theater \
         library academy chapel stadium schulhaus halle kirche law act loi gesetz arret affaire case theorem theoreme \
         syndrome disease krankheit effect effekt method methode methodik test scale index algorithm model modell plan \
         programme program projekt project operation ouragan hurricane bourse stipendium fellowship cup coupe pokal \
         tournament tournoi festival foundation fund fonds edition verlag editions orchestra quartet trophy",
    ),
    (
        Groups::FIRM,
        "inc llc llp lp corp ltd plc gmbh sa sarl sas sasu ag kg ohg ug se co company companies cie bank banque holdings \
         holding group groupe gruppe associates partners partner associes brothers sons fils freres sohne gebruder \
         bros energy oil gas motors airlines hotel hotels restaurant cafe bar pub records studios pictures pharma \
         consulting capital insurance assurances versicherung versicherungen apotheke pharmacie garage boulangerie \
         backerei maison brand marque marke firma firm societe unternehmen corporation industries technologies \
         services solutions systems software team club fc verein association union",
    ),
    (
        Groups::TIME,
        "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche \
         montag dienstag mittwoch donnerstag freitag samstag sonntag january february march april may june july august \
         september october november december janvier fevrier mars avril mai juin juillet aout septembre octobre novembre \
         decembre januar februar marz juni juli oktober dezember jan feb apr jun jul aug sep sept oct okt nov dec dez \
         easter paques ostern christmas noel weihnachten morning matin morgen spring printemps fruhling am pm uhr",
    ),
    (
        Groups::PARTICLE,
        "de la le les du des d l van von der den zu zum zur ten ter te di da dos das do del della dei delli el al ul bin \
         ben bint ibn abu abd ould y e vom und et of o mac mc st af av",
    ),
    (
        Groups::WITH,
        "with avec mit by par von to a an for pour fur from chez bei and et und or ou oder than que als selon laut per via \
         contre gegen about uber sur ohne sans without between entre zwischen sowie plus",
    ),
    (
        Groups::COUNTRY,
        "france french francais francaise francaises germany german germans allemagne allemand allemande deutschland deutsch \
         deutsche deutschen deutscher deutsches england english anglais anglaise englisch britain british britannique \
         britisch scotland scottish ecosse schottland wales ireland irish irlande irland america american americans \
         amerique americain americaine amerika amerikaner amerikanische usa us uk eu ue europe european europeen \
         europeenne europa europaische italy italian italie italien italienne italienisch spain spanish espagne \
         espagnol espagnole spanien spanisch portugal portuguese portugais switzerland swiss suisse schweiz austria \
         austrian autriche osterreich belgium belgian belgique belge belgien netherlands dutch holland pays bas \
         niederlande luxembourg luxemburg denmark danish danemark danemark sweden swedish suede schweden norway \
         norwegian norvege norwegen finland finlande finnland poland polish pologne polen russia russian russie russe \
         russland ukraine ukrainian turkey turkish turquie turkei greece greek grece griechenland hungary hongrie \
         ungarn romania roumanie rumanien bulgaria bulgarie croatia croatie kroatien serbia serbie serbien china \
         chinese chine chinois chinoise chinesisch japan japanese japon japonais japanisch korea coree india indian \
         inde indien pakistan bangladesh iran iraq irak israel israeli palestine syria syrie syrien lebanon liban \
         egypt egypte agypten morocco maroc marokko algeria algerie algerien tunisia tunisie tunesien africa african \
         afrique africain afrika asia asian asie asien australia australian australie australien canada canadian \
         canadien canadienne kanada mexico mexican mexique mexiko brazil bresil brasilien argentina argentine \
         argentinien chile chili colombia colombie peru venezuela cuba kuba haiti nigeria kenya senegal mali congo \
         cameroun cameroon ghana ethiopia ethiopie somalia sudan soudan libya libye saudi arabie emirates dubai qatar \
         afghanistan vietnam thailand thailande indonesia indonesie malaysia malaisie philippines singapore singapour \
         california texas florida ohio alaska iowa virginia georgia carolina dakota montana nevada oregon utah \
         arizona colorado michigan illinois indiana kansas kentucky louisiana louisiane maine maryland massachusetts \
         minnesota mississippi missouri nebraska hampshire jersey oklahoma pennsylvania tennessee vermont wisconsin \
         wyoming washington alabama arkansas connecticut delaware hawaii idaho bayern bavaria baviere hessen sachsen \
         thuringen brandenburg saarland westfalen franken bretagne normandie provence alsace lorraine corse bourgogne \
         aquitaine occitanie picardie catholic christian muslim jewish juif musulman chretien islam buddhist hindu \
         north south east west nord sud est ouest ost sudwest central atlantic pacific mediterranean caribbean \
         atlantique pacifique mediterranee caraibes alpes alps alpen pyrenees",
    ),
];

/// Open addressing over the 32-bit hashes of the words; a quarter full.
static TABLE: LazyLock<Vec<(u32, u16)>> = LazyLock::new(|| {
    let mut table = vec![(0_u32, 0_u16); SLOTS];
    for (groups, words) in LISTS {
        for word in words.split_ascii_whitespace() {
            let hash = hash_of(word);
            let mut at = hash as usize;
            while let Some(slot) = table.get_mut(at % SLOTS) {
                if slot.1 == 0 || slot.0 == hash {
                    *slot = (hash, slot.1 | groups.0);
                    break;
                }
                at += 1;
            }
        }
    }
    table
});

const SLOTS: usize = 8192;

/// The hash of folded letters.
fn hash_of(folded: &str) -> u32 {
    let mut key = Key::default();
    folded.bytes().for_each(|b| key.push(b));
    key.short()
}

/// The lists of a word, by the hash of its folded letters.
#[must_use]
pub fn groups(hash: u32) -> Groups {
    let table = &*TABLE;
    let mut at = hash as usize;
    while let Some((key, groups)) = table.get(at % SLOTS) {
        if *groups == 0 {
            return Groups::NONE;
        }
        if *key == hash {
            return Groups(*groups);
        }
        at += 1;
    }
    Groups::NONE
}

/// A number that changes with the lists.
#[must_use]
pub fn lists_digest() -> u32 {
    let mut key = Key::default();
    for (groups, words) in LISTS {
        groups.0.to_le_bytes().into_iter().chain(words.bytes()).for_each(|b| key.push(b));
    }
    key.short()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_on_their_lists() {
        assert!(groups(hash_of("herr")).has(Groups::TITLE));
        assert!(groups(hash_of("fils")).has(Groups::RELATION));
        assert!(groups(hash_of("fils")).has(Groups::FIRM));
        assert_eq!(groups(hash_of("xqzzyv")), Groups::NONE);
        let words = LISTS.iter().flat_map(|(_, words)| words.split_ascii_whitespace());
        let mut count = 0;
        for word in words {
            count += 1;
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word} is not folded");
        }
        assert!(count * 4 < SLOTS, "the table is too full for {count} words");
    }
}
