//! The words that names of people and organizations are put together from.

// Lists of words are read across, not one word a line.
#![cfg_attr(rustfmt, rustfmt_skip)]

/// The words of one language.
pub struct Words {
    /// Given names.
    pub given: &'static [&'static str],
    /// Family names.
    pub family: &'static [&'static str],
    /// Towns.
    pub towns: &'static [&'static str],
    /// What pharmacies are called after.
    pub signs: &'static [&'static str],
    /// What stands before the sign.
    pub pharmacy: &'static [&'static str],
    /// What stands before a laboratory's made-up name.
    pub laboratory: &'static [&'static str],
    /// What stands before a wholesaler's made-up name.
    pub wholesaler: &'static [&'static str],
    /// What stands before a hospital's sign.
    pub hospital: &'static [&'static str],
    /// What stands before an agency's made-up name.
    pub agency: &'static [&'static str],
    /// What stands before an association's town.
    pub association: &'static [&'static str],
    /// Legal forms, of which the empty one is the most common.
    pub forms: &'static [&'static str],
}

/// Dutch, as in Flanders.
pub const DUTCH: Words = Words {
    given: &[
        "Lotte", "Emma", "Noor", "Fien", "Elise", "Marie", "Katrien", "Griet", "Hilde", "Leen",
        "An", "Sofie", "Joke", "Liesbeth", "Tine", "Zoë", "Noëlle", "Renée", "Aurélie", "Heleen",
        "Annelies", "Veerle", "Kaat", "Roos", "Amber", "Jan", "Piet", "Joris", "Wout", "Seppe",
        "Jef", "Bram", "Thijs", "Daan", "Arne", "Matthias", "Wim", "Koen", "Dirk", "Luc",
        "Stijn", "Pieter-Jan", "Karel", "Jonas", "Ruben", "Lowie", "Michiel", "Gert", "Bavo",
        "Raphaël", "Mattéo", "Anaïs", "Loïc", "Inés", "Jean-Pierre", "Anne-Marie", "Ward", "Sien",
    ],
    family: &[
        "Peeters", "Janssens", "Maes", "Jacobs", "Willems", "Claes", "Goossens", "Wouters",
        "De Smet", "De Clercq", "Van den Broeck", "Van de Velde", "Vandenberghe", "Verhaeghe",
        "D'Hondt", "D'Haene", "D'Hulster", "T'Jampens", "'t Kint", "\u{2019}t Serstevens",
        "Vercauteren", "Vermeulen", "Desmet", "De Bruyne-Aerts", "Van Hoorebeke", "Coppieters",
        "Lambrecht", "Moerman", "Segers", "Thys", "Uytterhoeven", "Van Cauwenberghe", "Wauters",
        "Ysebaert", "Zwaenepoel", "Baeten", "Ceulemans", "De Vuyst", "Eeckhout", "Foubert",
        "Geeraerts", "Haesevoets", "Ingelbrecht", "Joossens", "Kerckhove", "Leemans", "Mertens",
        "Nuyts", "Ooms", "Pauwels", "Quintelier", "Roelandt", "Stevens", "Tavernier", "Van Eyck",
        "Van der Straeten", "Verstraete", "Vanneste", "De Jonghe", "Boeykens", "Böhm", "Van Ël",
    ],
    towns: &[
        "Gent", "Brugge", "Leuven", "Mechelen", "Aalst", "Hasselt", "Genk", "Kortrijk", "Oostende",
        "Turnhout", "Lier", "Dendermonde", "Ieper", "Veurne", "Diest", "Tienen", "Halle", "Eeklo",
        "Lokeren", "Geel", "Mol", "Tongeren", "Bilzen", "Ronse", "Deinze", "Zottegem", "Tielt",
        "Sint-Niklaas", "Sint-Truiden", "Heist-op-den-Berg", "Knokke-Heist", "Oud-Heverlee",
    ],
    signs: &[
        "De Linde", "De Gouden Slang", "Het Zilveren Vijzeltje", "'t Gaapertje", "De Drie Eiken",
        "Ter Beke", "De Vlinder", "Het Kruidenhof", "De Kastanje", "'t Hoekje", "De Windmolen",
        "Sint-Rochus", "De Salie", "De Zwaluw", "Het Witte Paard", "De Wilgen", "'s Hertogen",
        "Ten Bos", "De Kamille", "Onze-Lieve-Vrouw", "De Pelikaan", "De Oude Markt", "De Leie",
        "Het Anker", "De Meidoorn", "Sint-Elooi", "De Reiger", "De Vijver", "De Zonnebloem",
    ],
    pharmacy: &["Apotheek", "Apotheek", "Apotheek", "Apotheekhuis"],
    laboratory: &["Laboratoria", "Farma", "Biofarma"],
    wholesaler: &["Groothandel", "Farmagroothandel"],
    hospital: &["Ziekenhuis", "AZ", "Kliniek", "Woonzorgcentrum"],
    agency: &["Reclamebureau", "Studio", "Marketingbureau"],
    association: &["Apothekersvereniging", "Dienst Zorg", "Softwarehuis"],
    forms: &["", "", "", "BV", "NV", "VZW"],
};

/// French, as in Wallonia and Brussels.
pub const FRENCH: Words = Words {
    given: &[
        "Élodie", "Chloé", "Léa", "Manon", "Camille", "Aurore", "Céline", "Noémie", "Hélène",
        "Françoise", "Geneviève", "Anne-Sophie", "Marie-Thérèse", "Zoé", "Inès", "Maëlle",
        "Bérénice", "Solène", "Margaux", "Clémence", "Sarah", "Louise", "Mathilde", "Jeanne",
        "Benoît", "Jérôme", "François", "Frédéric", "Grégory", "Cédric", "Loïc", "Raphaël",
        "Théo", "Noé", "Hugo", "Lucas", "Gaëtan", "Joël", "Michaël", "Jean-François", "Étienne",
        "Sébastien", "Stéphane", "Xavier", "Quentin", "Olivier", "Philippe", "Régis", "Aimé",
        "Nicolas", "Baptiste", "Célestin", "Désiré", "Édouard", "Timothée", "Anaïs", "Océane",
    ],
    family: &[
        "Dubois", "Lambert", "Dupont", "Martin", "Leroy", "Simon", "Laurent", "Renard", "Lefèvre",
        "Lemaître", "Noël", "Gérard", "Étienne", "Bertrand", "Collignon", "Delvaux", "Dehousse",
        "D'Ansembourg", "D'Harveng", "de l'Escaille", "de la Fontaine", "du Bois d'Aische",
        "L'Hoir", "L'Hermite", "Fagnart", "Goffin", "Hennuyer", "Jacquemin", "Kinet", "Lejeune",
        "Marchal", "Nihoul", "Olivier", "Piérard", "Quertinmont", "Remacle", "Sépulchre",
        "Thiry", "Urbain", "Vandenbosch", "Wéry", "Xhonneux", "Ysaÿe", "Zimmer", "Boël", "Crèvecœur",
        "Delfosse-Mahieu", "Évrard", "François", "Grégoire", "Havelange", "Closset", "Lecocq",
        "Mathieu", "Nélis", "Pirotte", "Rêve", "Thonet", "Vanhamme", "Warnotte", "Œuvrard",
    ],
    towns: &[
        "Namur", "Liège", "Mons", "Tournai", "Dinant", "Huy", "Verviers", "Arlon", "Bastogne",
        "Marche-en-Famenne", "Ciney", "Wavre", "Nivelles", "Ath", "Soignies", "Thuin", "Chimay",
        "Durbuy", "Spa", "Malmedy", "Gembloux", "Braine-l'Alleud", "La Louvière", "Châtelet",
        "Ottignies", "Rochefort", "Virton", "Neufchâteau", "Ixelles", "Etterbeek", "Waremme",
    ],
    signs: &[
        "Saint-Éloi", "du Tilleul", "des Trois Fontaines", "de l'Abbaye", "du Vieux Marché",
        "de la Citadelle", "Sainte-Barbe", "du Serpent d'Or", "de l'Étoile", "des Érables",
        "Notre-Dame", "du Pont", "de la Gare", "des Ardennes", "du Chêne", "de l'Hirondelle",
        "Saint-Hubert", "du Bon Air", "des Prés", "de la Forêt", "du Moulin", "de la Sauge",
        "du Cœur", "des Acacias", "Sainte-Thérèse", "du Perron", "de l'Écluse", "des Glycines",
    ],
    pharmacy: &["Pharmacie", "Pharmacie", "Pharmacie", "Officine"],
    laboratory: &["Laboratoires", "Laboratoire", "Biopharma"],
    wholesaler: &["Grossiste-répartiteur", "Dépôt pharmaceutique"],
    hospital: &["Hôpital", "Clinique", "Centre hospitalier", "Maison de repos"],
    agency: &["Agence", "Studio", "Atelier de communication"],
    association: &["Association des pharmaciens", "Service de santé", "Logiciels santé"],
    forms: &["", "", "", "SRL", "SA", "ASBL"],
};

/// German, as in the east of Belgium.
pub const GERMAN: Words = Words {
    given: &[
        "Anke", "Birgit", "Christa", "Doris", "Elke", "Franziska", "Greta", "Heike", "Ingrid",
        "Jutta", "Käthe", "Lena", "Mareike", "Nadja", "Petra", "Ruth", "Sabine", "Ulrike",
        "Bjoern", "Dieter", "Ernst", "Frank", "Günther", "Hans-Peter", "Jörg", "Jürgen", "Klaus",
        "Lukas", "Manfred", "Norbert", "Otto", "Rainer", "Sönke", "Torsten", "Uwe", "Wolfgang",
    ],
    family: &[
        "Müller", "Schröder", "Weiß", "Größer", "Schäfer", "Köhler", "Jäger", "Böttcher", "Lüders",
        "Heinen", "Keutgen", "Lentz", "Mießen", "Niessen", "Pauquet", "Reuter", "Schoonbroodt",
        "Thelen", "von der Heydt", "zur Mühlen", "Wintgens", "Zimmermann", "Ahn", "Brüll",
        "Cremer", "Dahmen", "Emonts", "Faymonville", "Genten", "Hilgers", "Jost", "Kessel",
    ],
    towns: &[
        "Eupen", "Sankt Vith", "Kelmis", "Raeren", "Büllingen", "Bütgenbach", "Amel", "Lontzen",
        "Burg-Reuland", "Manderfeld", "Walhorn", "Hergenrath",
    ],
    signs: &[
        "Adler", "Löwen", "Hirsch", "Einhorn", "Rosen", "Marien", "Engel", "Bären", "Schwanen",
        "Sonnen", "Linden", "Kloster", "Markt", "Brücken", "Mühlen", "Vennblick",
    ],
    pharmacy: &["Apotheke"],
    laboratory: &["Labor", "Arzneimittelwerk", "Biopharma"],
    wholesaler: &["Arzneimittelgroßhandel", "Pharmagroßhandel"],
    hospital: &["Krankenhaus", "Klinik", "Seniorenheim"],
    agency: &["Werbeagentur", "Studio", "Medienbüro"],
    association: &["Apothekerverein", "Gesundheitsdienst", "Softwarehaus"],
    forms: &["", "", "", "GmbH", "AG", "VoG"],
};

/// English, for the Australian platform.
pub const ENGLISH: Words = Words {
    given: &[
        "Olivia", "Charlotte", "Amelia", "Isla", "Matilda", "Ruby", "Evie", "Harper", "Siobhán",
        "Chloë", "Jack", "Noah", "Lachlan", "Angus", "Cooper", "Callum", "Declan", "Hamish",
        "Mei", "Priya", "Arjun", "Linh", "Thuy", "Nikos",
    ],
    family: &[
        "Smith", "Jones", "Williams", "Brown", "Wilson", "Taylor", "O'Brien", "O'Connor", "D'Arcy",
        "McAllister", "MacLeod", "Nguyễn", "Singh", "Papadopoulos", "Fitzgerald-Hughes", "Walsh",
        "Whitlock", "Ainsworth", "Birrell", "Cobb", "Drummond", "Ellery", "Fairweather", "Gow",
    ],
    towns: &[
        "Hobart", "Ballarat", "Bendigo", "Cairns", "Darwin", "Dubbo", "Geelong", "Mackay", "Orange",
        "Tamworth", "Toowoomba", "Wagga Wagga", "Albury", "Bunbury", "Katoomba", "Launceston",
    ],
    signs: &[
        "Banksia", "Wattle", "Kookaburra", "Bluegum", "Harbour", "Station Street", "Lighthouse",
        "Magpie", "Jacaranda", "St Columba", "Rosella", "Billabong", "Ironbark", "Saltbush",
    ],
    pharmacy: &["Pharmacy", "Chemist"],
    laboratory: &["Laboratories", "Pharma", "Biologics"],
    wholesaler: &["Pharmaceutical Wholesale", "Medical Supplies"],
    hospital: &["Hospital", "Clinic", "Aged Care"],
    agency: &["Studio", "Media", "Communications"],
    association: &["Pharmacists' Association", "Health Service", "Health Software"],
    forms: &["", "", "", "Pty Ltd", "Ltd"],
};

/// Syllables of made-up company names: first, middle, last.
pub const SYLLABLES: [&[&str]; 3] = [
    &[
        "Quiv", "Tarv", "Zelm", "Brux", "Norv", "Salph", "Fenn", "Ostr", "Drax", "Velm", "Hyst",
        "Jorv", "Kleph", "Lumb", "Morv", "Pryx", "Rhov", "Skel", "Thav", "Uldr", "Vyst", "Wexl",
        "Xanth", "Yverd", "Zorv", "Crell", "Gryph", "Éol", "Ærn", "Häll",
    ],
    &["o", "a", "e", "i", "u", "ara", "ovi", "ene", "ilo", "umba", "é", "ö"],
    &[
        "rel", "xa", "dine", "mund", "vira", "pharm", "lyse", "gène", "sanum", "cort", "blix",
        "trine", "vex", "quor", "zan", "lith",
    ],
];

/// Given and family names written from right to left: Arabic and Hebrew.
pub const RIGHT_TO_LEFT: [(&[&str], &[&str]); 2] = [
    (
        &["محمد", "فاطمة", "يوسف", "ليلى", "خالد", "مريم", "نور", "عائشة"],
        &["الحسن", "بن علي", "العمراني", "الطاهري", "المنصوري", "بلقاسم"],
    ),
    (
        &["דוד", "שרה", "יעקב", "רבקה", "מרים", "נעם", "תמר"],
        &["כהן", "לוי", "מזרחי", "בן־דוד", "פרידמן", "שפירא"],
    ),
];

/// Pictures that people put into their names: simple, joined, with a skin tone, a flag.
pub const PICTURES: &[&str] = &["🌻", "👩\u{200d}⚕\u{fe0f}", "👍🏽", "🇧🇪", "💊", "🧑\u{200d}🔬"];

/// What stands before a very long name.
pub const TITLES: &[&str] = &["Prof. dr. apr.", "Ere-apotheker-titularis", "Dr. h. c.", "Apr."];

/// What an organization of medical professionals can be specialized in.
pub const SPECIALIZATIONS: &[&str] = &[
    "dermatology",
    "diabetes",
    "homeopathy",
    "hospital_pharmacy",
    "medical_devices",
    "nutrition",
    "orthopedics",
    "pharmacy",
    "veterinary",
];
