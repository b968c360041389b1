//! Reading `tickler.toml`.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Hook, OwnerRule, Settings, WebhookFormat, is_address};
use crate::calendar::holidays;
use tickler_pdf::cite::Part as _;

/// Name of a table of rules on who answers for which contracts, beside the settings file; its rules stand behind `[[owner]]`.
const OWNERS: &str = "owners.csv";

/// Settings that do not change what is read, so that stored records stay valid.
const NOT_READING: [&str; 16] = [
    "us",
    "me",
    "owner",
    "person",
    "remind",
    "send",
    "webhook",
    "hook",
    "reminders",
    "review_after_days",
    "high_value_above",
    "presume_ended_after_years",
    "min_confidence",
    "review_below",
    "calendar",
    "max_file_mib",
];

/// Settings that change no date: those of reading are part of the records, and reminders are counted when they are asked for.
const NOT_COMPUTING: [&str; 15] = [
    "me",
    "owner",
    "reminders",
    "person",
    "remind",
    "send",
    "webhook",
    "hook",
    "min_confidence",
    "review_below",
    "model",
    "ocr",
    "ocr_language",
    "trust",
    "max_file_mib",
];

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings file {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not TOML, has an unknown key, or a value of the wrong kind; the message names line and key.
    #[error("the settings file {} is not valid\n{message}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Line, key and what is expected.
        message: String,
    },
    /// A calendar that does not exist.
    #[error("the settings file {} is not valid: `calendar` names {id:?}; the calendars are {known}", path.display())]
    Calendar {
        /// The file.
        path: PathBuf,
        /// What it names.
        id: String,
        /// The known IDs, separated by commas.
        known: String,
    },
    /// A value that makes no sense.
    #[error("the settings file {} is not valid: `{key}` {problem}", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The key.
        key: &'static str,
        /// What is wrong with its value.
        problem: &'static str,
    },
}

/// A file whose settings are in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingsFile {
    /// The file.
    pub path: PathBuf,
    /// Whether it lies in the working folder, so that only harmless settings count.
    pub working_folder: bool,
    /// The settings that it makes.
    pub in_force: Vec<String>,
    /// The settings that it tries to make, and may not.
    pub ignored: Vec<String>,
    /// Why none of it counts, if it is not valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl SettingsFile {
    fn new(path: &Path, in_force: Vec<String>) -> Self {
        Self { path: path.to_owned(), working_folder: false, in_force, ignored: Vec::new(), problem: None }
    }
}

/// An error without the lines of the file that it quotes.
fn in_one_line(error: &ConfigError) -> String {
    let text = error.to_string();
    text.lines().filter(|line| !line.contains('|')).collect::<Vec<_>>().join(": ")
}

impl Settings {
    /// These settings with the harmless ones of `path`, a file of the working folder; and what the file does. One that is not
    /// valid stops nobody from working in a folder that came from elsewhere.
    #[must_use]
    pub fn with_harmless(mut self, path: &Path) -> (Self, SettingsFile) {
        let (mut theirs, mut file) = match Self::load(path) {
            Ok(loaded) => loaded,
            Err(error) => {
                let mut file = SettingsFile::new(path, Vec::new());
                (file.working_folder, file.problem) = (true, Some(in_one_line(&error)));
                return (self, file);
            }
        };
        let keys = std::mem::take(&mut file.in_force);
        (file.in_force, file.ignored) = keys.into_iter().partition(|key| self.take_harmless(key, &mut theirs));
        file.working_folder = true;
        (self, file)
    }

    /// Takes the setting `key` of a file of the working folder, if it hides nothing and trusts nobody: such a file may
    /// have come with the contracts.
    fn take_harmless(&mut self, key: &str, theirs: &mut Self) -> bool {
        match key {
            "us" => self.us = std::mem::take(&mut theirs.us),
            // Without reminders the calendar would be silent.
            "reminders" if !theirs.reminders.is_empty() => self.reminders = std::mem::take(&mut theirs.reminders),
            "high_value_above" => self.high_value_above = std::mem::take(&mut theirs.high_value_above),
            "review_after_days" => self.review_after_days = theirs.review_after_days,
            "calendar" => self.calendar = std::mem::take(&mut theirs.calendar),
            "ocr_language" => self.ocr_language = std::mem::take(&mut theirs.ocr_language),
            _ => return false,
        }
        true
    }

    /// The settings in the file at `path`, and which ones it makes.
    ///
    /// # Errors
    /// [`ConfigError`] when it cannot be read or is not valid.
    pub fn load(path: &Path) -> Result<(Self, SettingsFile), ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.into(), source })?;
        Self::with_owners(&text, path)
    }

    /// The settings of the user, whose file at `path` may be missing; `None` where there is no table of owners either.
    ///
    /// # Errors
    /// [`ConfigError`] when they cannot be read or are not valid.
    pub fn load_own(path: &Path) -> Result<Option<(Self, SettingsFile)>, ConfigError> {
        if path.is_file() {
            return Self::load(path).map(Some);
        }
        path.with_file_name(OWNERS).is_file().then(|| Self::with_owners("", path)).transpose()
    }

    /// The settings in `text`, with the table of owners beside the file.
    fn with_owners(text: &str, path: &Path) -> Result<(Self, SettingsFile), ConfigError> {
        let mut settings = Self::parse(text, path)?;
        let mut in_force: Vec<String> =
            toml::from_str::<toml::Table>(text).unwrap_or_default().into_iter().map(|(key, _)| key).collect();
        let owners = path.with_file_name(OWNERS);
        if owners.is_file() {
            let table = std::fs::read(&owners).map_err(|source| ConfigError::Read { path: owners.clone(), source })?;
            settings.owner.extend(owner_rules(&table, &owners)?);
            in_force.push(OWNERS.to_owned());
        }
        Ok((settings, SettingsFile::new(path, in_force)))
    }

    /// The settings in `text`, the content of the file at `path`.
    ///
    /// # Errors
    /// [`ConfigError`] when they are not valid.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let settings: Self = toml::from_str(text)
            .map_err(|e| ConfigError::Parse { path: path.into(), message: e.to_string().trim_end().to_owned() })?;
        let bad = |key, problem| Err(ConfigError::Value { path: path.into(), key, problem });
        for (key, p) in [("min_confidence", settings.min_confidence), ("review_below", settings.review_below)] {
            if !(0.0..=1.0).contains(&p) {
                return bad(key, "must lie between 0 and 1");
            }
        }
        if settings.max_file_mib == 0 {
            return bad("max_file_mib", "must be at least 1");
        }
        if let Err(problem) = check_language(&settings.ocr_language) {
            return bad("ocr_language", problem);
        }
        if settings.us.iter().any(|name| name.trim().is_empty()) {
            return bad("us", "contains an empty name");
        }
        if settings.owner.iter().any(|rule| rule.owner.trim().is_empty()) {
            return bad("owner", "has a rule without an owner: add owner = \"NAME\"");
        }
        if settings.me.as_ref().is_some_and(|name| name.trim().is_empty()) {
            return bad("me", "is an empty name");
        }
        if let Err((key, problem)) = check_reminding(&settings) {
            return bad(key, problem);
        }
        if let Some(problem) = settings.hook.iter().find_map(Hook::problem) {
            return bad("hook", problem);
        }
        let names: BTreeSet<&str> = settings.hook.iter().map(|hook| hook.name.as_str()).collect();
        if names.len() < settings.hook.len() {
            return bad("hook", "needs a name of its own each");
        }
        if let Some(id) = settings.calendar.iter().find(|id| holidays::find(id).is_none()) {
            let known = holidays::all().iter().map(holidays::Holidays::id).collect::<Vec<_>>().join(", ");
            return Err(ConfigError::Calendar { path: path.into(), id: id.clone(), known });
        }
        Ok(settings)
    }

    /// Hash of the settings that change what is read. A document is read again when it changes.
    #[must_use]
    pub fn reading_hash(&self) -> String {
        self.hash_without(&NOT_READING)
    }

    /// Hash of the settings that change which dates follow from a record.
    #[must_use]
    pub fn schedule_hash(&self) -> String {
        self.hash_without(&NOT_COMPUTING)
    }

    /// A new setting changes the hash unless it is listed, which is the safe default.
    fn hash_without(&self, keys: &[&str]) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(map) = value.as_object_mut() {
            map.retain(|key, _| !keys.contains(&key.as_str()));
        }
        blake3::hash(value.to_string().as_bytes()).to_hex().part(..16).to_owned()
    }
}

/// The rules of a table with the columns folder, party, type, law, owner and backup, all but owner as they are needed.
fn owner_rules(table: &[u8], path: &Path) -> Result<Vec<OwnerRule>, ConfigError> {
    let parse = |message: String| ConfigError::Parse { path: path.into(), message };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(table);
    let mut rules = Vec::new();
    for (rule, line) in reader.deserialize::<OwnerRule>().zip(2..) {
        let rule = rule.map_err(|e| parse(e.to_string()))?;
        if rule.owner.is_empty() {
            return Err(parse(format!("line {line} names no owner")));
        }
        rules.push(rule);
    }
    Ok(rules)
}

/// Whether reminders can be sent with these settings; the key and what is wrong with it where not.
fn check_reminding(settings: &Settings) -> Result<(), (&'static str, &'static str)> {
    let Settings { person, remind, send, webhook, .. } = settings;
    if person.iter().any(|p| p.name.trim().is_empty() || !is_address(&p.email)) {
        return Err(("person", "needs a name and an address, such as email = \"ann@example.com\""));
    }
    if remind.to.iter().chain(&send.from).any(|address| !is_address(address)) {
        return Err(("remind.to, send.from", "must be addresses, such as \"contracts@example.com\""));
    }
    if remind.overdue_every_days == 0 {
        return Err(("remind.overdue_every_days", "must be at least 1"));
    }
    if [send.folder.is_some(), send.maildir.is_some(), send.smtp.is_some()].iter().filter(|there| **there).count() > 1 {
        return Err(("send", "must name one way for mail: folder, maildir or smtp"));
    }
    if send.smtp.as_ref().is_some_and(|smtp| smtp.user.is_some() != smtp.password.is_some()) {
        return Err(("send.smtp", "needs both user and password, or neither"));
    }
    if send.smtp.is_some() && (send.from.is_none() || remind.to.is_none()) {
        return Err(("send.smtp", "needs send.from and remind.to: the address that mail comes from, and everybody's"));
    }
    let names: BTreeSet<&str> = webhook.iter().map(|hook| hook.name.as_str()).collect();
    if names.len() < webhook.len() || names.iter().any(|name| name.trim().is_empty()) {
        return Err(("webhook", "needs a name of its own each"));
    }
    if webhook.iter().any(|hook| hook.format == WebhookFormat::Standard && hook.secret.is_none()) {
        return Err(("webhook", "needs a secret that signs, as whsec_..., or the format slack or teams"));
    }
    Ok(())
}

/// Whether this can be a language of tesseract, such as `eng`, `chi_sim` or `eng+deu`.
///
/// # Errors
/// What is wrong with it.
pub fn check_language(language: &str) -> Result<(), &'static str> {
    let name = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let good = language.len() <= 100 && language.split('+').all(name);
    if good { Ok(()) } else { Err("must name languages as tesseract does: eng, or eng+deu") }
}

#[cfg(test)]
mod tests {
    use super::super::OcrChoice;
    use super::*;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(text, Path::new("tickler.toml")).map_err(|e| e.to_string())
    }

    #[test]
    fn empty_file_means_defaults() {
        assert_eq!(parse("").unwrap(), Settings::default());
        let settings = parse("us = [\"Acme Ltd\"]\nmin_confidence = 0.8\n").unwrap();
        assert_eq!(settings.us, ["Acme Ltd"]);
        assert_eq!(settings.reminders, Settings::default().reminders);
    }

    #[test]
    fn errors_name_file_line_and_key() {
        let unknown = parse("us = []\nremindr = 3\n").unwrap_err();
        for part in ["tickler.toml", "line 2", "remindr"] {
            assert!(unknown.contains(part), "{part}: {unknown}");
        }
        assert!(parse("reminders = [\"ten\"]").unwrap_err().contains("line 1"));
        assert!(parse("min_confidence = 1.5").unwrap_err().contains("between 0 and 1"));
        assert!(parse("review_below = -1.0").unwrap_err().contains("review_below"));
        assert!(parse("max_file_mib = 0").is_err());
        assert!(parse("high_value_above = [\"$100,000\"]").unwrap_err().contains("USD 100,000"));
        assert_eq!(parse("high_value_above = [\"EUR 90.000\"]").unwrap().high_value_above.len(), 1);
        assert!(parse("ocr = \"sometimes\"").unwrap_err().contains("auto"));
        for bad in ["", "eng+", "-l", "../eng", "eng deu"] {
            assert!(parse(&format!("ocr_language = {bad:?}")).unwrap_err().contains("eng+deu"), "{bad}");
        }
        assert_eq!(parse("ocr = \"never\"\nocr_language = \"eng+chi_sim\"").unwrap().ocr, OcrChoice::Never);
        assert_eq!(parse("calendar = [\"gb-eng\"]").unwrap().calendar, ["gb-eng"]);
        let unknown = parse("calendar = [\"us-federal\", \"atlantis\"]").unwrap_err();
        for part in ["atlantis", "us-federal, us-banks, gb-eng"] {
            assert!(unknown.contains(part), "{part}: {unknown}");
        }
    }

    #[test]
    fn a_table_of_owners_stands_behind_the_rules_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tickler.toml");
        std::fs::write(&path, "[[owner]]\nlaw = \"Ohio\"\nowner = \"Ida\"\n").unwrap();
        let table = |text: &str| std::fs::write(dir.path().join(OWNERS), text).unwrap();
        table("type,party,owner,backup\nlease,,Lee Moss,Bo\n,Acme,Pat,\n");
        let (settings, file) = Settings::load(&path).unwrap();
        let told: Vec<_> =
            settings.owner.iter().map(|r| (r.owner.as_str(), r.kind.as_deref(), r.party.as_deref())).collect();
        assert_eq!(told, [("Ida", None, None), ("Lee Moss", Some("lease"), None), ("Pat", None, Some("Acme"))]);
        assert_eq!(file.in_force, ["owner", OWNERS]);
        for bad in ["type,owner\nlease,\n", "kind,owner\nlease,Lee\n", "type\nlease\n"] {
            table(bad);
            assert!(Settings::load(&path).unwrap_err().to_string().contains(OWNERS), "{bad}");
        }
        // A table that came with the contracts names nobody.
        table("type,owner\nlease,Lee\n");
        let (settings, file) = Settings::default().with_harmless(&path);
        assert!(settings.owner.is_empty() && file.ignored.contains(&OWNERS.to_owned()));
    }

    #[test]
    fn of_a_file_in_the_working_folder_only_what_is_harmless_counts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tickler.toml");
        let text = "trust = \"x.pem\"\nmodel = \"none\"\nmin_confidence = 1.0\nreview_below = 0.0\nmax_file_mib = 1\n\
                    ocr = \"never\"\nreminders = []\nus = [\"Acme\"]\ncalendar = [\"gb-eng\"]\n\
                    [remind]\nto = \"x@example.com\"\n[send]\nfolder = \"/tmp\"\n\
                    [[webhook]]\nname = \"x\"\nurl = \"https://example.com\"\nformat = \"slack\"\n\
                    [[person]]\nname = \"Ann\"\nemail = \"x@example.com\"\n";
        std::fs::write(&path, text).unwrap();
        let own = Settings { review_below: 0.9, ..Settings::default() };
        let (settings, file) = own.clone().with_harmless(&path);
        let want = Settings { us: vec!["Acme".to_owned()], calendar: vec!["gb-eng".to_owned()], ..own };
        assert_eq!(settings, want);
        assert_eq!(file.in_force, ["calendar", "us"]);
        let ignored = [
            "max_file_mib",
            "min_confidence",
            "model",
            "ocr",
            "person",
            "remind",
            "reminders",
            "review_below",
            "send",
            "trust",
            "webhook",
        ];
        assert_eq!(file.ignored, ignored);
    }

    #[test]
    fn only_settings_of_reading_change_the_hash() {
        let plain = Settings::default();
        let shown = Settings { reminders: vec![3], min_confidence: 0.9, ..plain.clone() };
        let ours = Settings { us: vec!["Acme".to_owned()], ..plain.clone() };
        assert_eq!(plain.reading_hash(), shown.reading_hash());
        assert_eq!(plain.reading_hash(), ours.reading_hash(), "who is the user is told when a record is shown");
        assert_ne!(plain.schedule_hash(), ours.schedule_hash(), "whose right it is to end a contract hangs on it");
        let german = Settings { ocr_language: "eng+deu".to_owned(), ..plain.clone() };
        assert_ne!(plain.reading_hash(), german.reading_hash());
        let pictures = Settings { ocr: OcrChoice::Always, ..plain.clone() };
        assert_ne!(plain.reading_hash(), pictures.reading_hash());
    }

    #[test]
    fn who_somebody_is_and_who_answers_changes_no_date() {
        let plain = Settings::default();
        let rule = OwnerRule { owner: "Ann Field".to_owned(), ..OwnerRule::default() };
        let named = Settings { me: Some("Bo Lind".to_owned()), owner: vec![rule], ..plain.clone() };
        assert_eq!(plain.schedule_hash(), named.schedule_hash());
        let patient = Settings { presume_ended_after_years: 99, ..plain.clone() };
        assert_ne!(plain.schedule_hash(), patient.schedule_hash());
    }
}
