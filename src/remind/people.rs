//! Who is told of a contract.

use super::Channel;
use crate::config::Settings;

/// Somebody who can be told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recipient {
    /// How it reaches them.
    pub channel: Channel,
    /// Their name.
    pub name: String,
    /// Their address, or the name of the webhook.
    pub address: String,
}

impl Recipient {
    /// Somebody with an address for mail.
    #[must_use]
    pub fn mail(name: &str, address: &str) -> Self {
        Self { channel: Channel::Mail, name: name.to_owned(), address: address.to_owned() }
    }

    /// A webhook.
    pub(super) fn webhook(name: &str) -> Self {
        Self { channel: Channel::Webhook, name: name.to_owned(), address: name.to_owned() }
    }
}

/// Whom to tell of a contract, one after the other, and who has no address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chain {
    /// The first one is told, the next ones when nobody reacts.
    pub people: Vec<Recipient>,
    /// Those who should be told and whose address is not known.
    pub without_address: Vec<String>,
}

/// Who is told of a contract with this `owner` and `backup`: they, and at last `everybody`.
#[must_use]
pub fn chain(settings: &Settings, everybody: &Recipient, owner: Option<&str>, backup: Option<&str>) -> Chain {
    let mut out = Chain::default();
    for name in owner.into_iter().chain(backup) {
        let known = settings.person.iter().find(|p| p.name.trim().to_lowercase() == name.trim().to_lowercase());
        match known {
            Some(person) => out.people.push(Recipient::mail(&person.name, &person.email)),
            None => out.without_address.push(name.to_owned()),
        }
    }
    if out.people.iter().all(|one| one.address != everybody.address) {
        out.people.push(everybody.clone());
    }
    out.people.dedup_by(|a, b| a.address == b.address);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Person;

    #[test]
    fn the_owner_comes_first_then_who_stands_in_then_everybody() {
        let person =
            |name: &str| Person { name: name.to_owned(), email: format!("{}@example.com", name.to_lowercase()) };
        let settings = Settings { person: vec![person("Ann"), person("Bo")], ..Settings::default() };
        let everybody = Recipient::mail("Everybody", "all@example.com");
        let told = |owner, backup| {
            let chain = chain(&settings, &everybody, owner, backup);
            let people: Vec<String> = chain.people.into_iter().map(|one| one.address).collect();
            (people.join(" "), chain.without_address.join(" "))
        };
        let is = |people: &str, without: &str| (people.to_owned(), without.to_owned());
        assert_eq!(told(Some("Ann"), Some("Bo")), is("ann@example.com bo@example.com all@example.com", ""));
        assert_eq!(told(Some(" ann"), None), is("ann@example.com all@example.com", ""));
        assert_eq!(told(None, None), is("all@example.com", ""));
        assert_eq!(told(Some("Cy"), Some("Bo")), is("bo@example.com all@example.com", "Cy"));
        assert_eq!(told(Some("Cy"), None), is("all@example.com", "Cy"));
    }
}
