//! What a column means, guessed by what it is called: by the path of a field, or in the languages of
//! the window.

use muster_directory::{ActKind, Thing};

use super::Meaning;

/// What the fields of acts are called, by path, folded: without spaces, signs and accents.
const CALLED: &[(&str, &[&str])] = &[
    (
        "email",
        &[
            "mail",
            "emailaddress",
            "mailaddress",
            "emailadres",
            "mailadres",
            "adresseemail",
            "adressemail",
            "courriel",
            "emailadresse",
            "mailadresse",
        ],
    ),
    (
        PASSWORD,
        &[
            "wachtwoord",
            "motdepasse",
            "mdp",
            "passwort",
            "kennwort",
            "pass",
            "pwd",
        ],
    ),
    ("role", &["rol", "rolle", "roles"]),
    (
        "targetGroups",
        &[
            "targetgroup",
            "doelgroepen",
            "doelgroep",
            "groupescibles",
            "zielgruppen",
            "zielgruppe",
        ],
    ),
    (
        "organization",
        &[
            "organisation",
            "organizationid",
            "organisationid",
            "organisatie",
            "organisatieid",
            "org",
            "orgid",
            "idorganisation",
            "pharmacy",
            "apotheek",
            "pharmacie",
            "apotheke",
        ],
    ),
    (
        "isEnabled",
        &[
            "enabled",
            "active",
            "actief",
            "ingeschakeld",
            "actif",
            "aktiv",
            "aktiviert",
        ],
    ),
    ("profile.name", NAME),
    ("name", NAME),
    (
        "preferences.isPublic",
        &["public", "publiek", "openbaar", "publique", "offentlich"],
    ),
    (
        "preferences.language",
        &["lang", "taal", "langue", "sprache", "languagecode"],
    ),
    (
        "subscription.type",
        &[
            "subscription",
            "abonnement",
            "abonnementstype",
            "abonnementtype",
            "typeabonnement",
            "typedabonnement",
            "abonnementart",
        ],
    ),
    (
        "subscription.start",
        &[
            "startdate",
            "begin",
            "begindatum",
            "startdatum",
            "debut",
            "datededebut",
            "beginn",
            "from",
        ],
    ),
    (
        "subscription.end",
        &[
            "enddate",
            "einde",
            "einddatum",
            "fin",
            "datedefin",
            "ende",
            "enddatum",
            "until",
        ],
    ),
    ("type", &["kind", "soort", "typ", "art"]),
];

const NAME: &[&str] = &[
    "fullname",
    "displayname",
    "naam",
    "volledigenaam",
    "weergavenaam",
    "nom",
    "nomcomplet",
    "vollstandigername",
    "anzeigename",
];

/// What the ids of things are called, folded.
const fn ids(thing: Thing) -> &'static [&'static str] {
    match thing {
        Thing::Person => &[
            "id",
            "userid",
            "user",
            "personid",
            "person",
            "gebruikersid",
            "gebruiker",
            "persoonid",
            "persoon",
            "idutilisateur",
            "utilisateur",
            "personne",
            "benutzerid",
            "benutzer",
        ],
        Thing::Organization => &[
            "id",
            "organization",
            "organisation",
            "organizationid",
            "organisationid",
            "organisatie",
            "organisatieid",
            "org",
            "orgid",
            "idorganisation",
        ],
        Thing::ApiKey => &[
            "id",
            "key",
            "keyid",
            "apikey",
            "apikeyid",
            "sleutel",
            "sleutelid",
            "cle",
            "idcle",
            "schlussel",
            "schlusselid",
        ],
    }
}

/// A meaning for each column. No meaning is given twice: the first column that has a name of it
/// gets it, and one that is called exactly so before one that is called something like it.
pub(super) fn guess(kind: &ActKind, columns: &[String]) -> Vec<Meaning> {
    let folded: Vec<_> = columns.iter().map(|name| fold(name)).collect();
    let mut meanings = vec![Meaning::Ignored; columns.len()];
    for exactly in [true, false] {
        for (at, name) in folded.iter().enumerate() {
            if name.is_empty() || meanings[at] != Meaning::Ignored {
                continue;
            }
            let found = one(kind, name, exactly);
            if let Some(found) = found.filter(|found| !meanings.contains(found)) {
                meanings[at] = found;
            }
        }
    }
    meanings
}

fn one(kind: &ActKind, name: &str, exactly: bool) -> Option<Meaning> {
    let is_target = kind.target.is_some_and(|thing| ids(thing).contains(&name));
    if is_target || (kind.target.is_some() && name == "target") {
        return Some(Meaning::Target);
    }
    let mut fields = kind.fields.iter().filter(|field| !field.is_secret());
    let found = fields.find(|field| match exactly {
        true => fold(field.path) == name,
        false => is_called(field.path, name),
    });
    found.map(|field| Meaning::Field(field.path.to_owned()))
}

const PASSWORD: &str = "password";

/// Whoever calls a column like this keeps a secret in it, folded.
const SECRETS: &[&str] = &[
    PASSWORD,
    "wachtwoord",
    "motdepasse",
    "passwort",
    "kennwort",
    "secret",
    "geheim",
    "apikey",
    "apisleutel",
    "apischlussel",
    "apischluessel",
    "cleapi",
    "cledapi",
    "token",
];

/// Whether the values of a column are secrets, by what it is called.
pub(super) fn is_secret(column: &str) -> bool {
    let name = fold(column);
    is_called(PASSWORD, &name) || SECRETS.iter().any(|secret| name.contains(secret))
}

fn is_called(path: &str, name: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    let own = CALLED.iter().filter(|(own, _)| *own == path);
    let mut called = own.flat_map(|(_, names)| *names);
    // A public number is called by its path, with or without the vendor's ending.
    let without_ending = last.strip_suffix("Nr").map(fold);
    fold(last) == name || called.any(|own| *own == name) || without_ending.as_deref() == Some(name)
}

/// A name without spaces, signs, accents and capitals.
pub(super) fn fold(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase).filter_map(plain);
    letters.collect()
}

const fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' => letter,
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use muster_directory::Platform;
    use muster_vendor::medipim::acts::acts;

    use super::*;

    fn guessed(act: &str, columns: &[&str]) -> Vec<String> {
        let kinds = acts(Platform::Be);
        let kind = kinds.iter().find(|kind| kind.id == act).unwrap();
        let columns: Vec<_> = columns.iter().map(|name| (*name).to_owned()).collect();
        let name = |meaning| match meaning {
            Meaning::Ignored => "-".to_owned(),
            Meaning::Target => "target".to_owned(),
            Meaning::Field(path) => path,
        };
        guess(kind, &columns).into_iter().map(name).collect()
    }

    #[test]
    fn columns_are_known_by_path_and_in_four_languages() {
        let full = [
            "email",
            "role",
            "organization",
            "profile.name",
            "preferences.language",
            "subscription.type",
        ];
        for columns in [
            full,
            [
                "E-mail address",
                "Role",
                "Organization ID",
                "Full name",
                "Language",
                "Subscription",
            ],
            [
                "E-mailadres",
                "Rol",
                "Apotheek",
                "Naam",
                "Taal",
                "Abonnement",
            ],
            [
                "Courriel",
                "Rôle",
                "Pharmacie",
                "Nom",
                "Langue",
                "Type d’abonnement",
            ],
            [
                "E-Mail-Adresse",
                "Rolle",
                "Apotheke",
                "Name",
                "Sprache",
                "Abonnementart",
            ],
        ] {
            assert_eq!(guessed("user.create", &columns), full, "{columns:?}");
        }
    }

    #[test]
    fn a_meaning_is_given_once_and_to_the_one_that_is_called_exactly_so() {
        assert_eq!(
            guessed(
                "user.update",
                &["Naam", "id", "profile.name", "ID", "x", ""]
            ),
            ["-", "target", "profile.name", "-", "-", "-"]
        );
        assert_eq!(
            guessed("organization.create", &["Name", "vat", "APB", "type"])[0],
            "name"
        );
        assert_eq!(guessed("organization.link", &["Organisatie"]), ["target"]);
    }

    #[test]
    fn secrets_have_no_meaning() {
        assert_eq!(guessed("user.create", &["password"]), ["-"]);
        for column in [
            "Password",
            "mot de passe",
            "Initial password",
            "Secret",
            "API key",
            "api-sleutel",
            "Clé d’API",
            "Geheimnis",
            "access_token",
        ] {
            assert!(is_secret(column), "{column}");
        }
        for column in ["passport", "key account", "name"] {
            assert!(!is_secret(column), "{column}");
        }
    }
}
