//! The kind of contract that a title names.

/// Kinds of contract by the words of their titles. What changes another document comes first; then, of the particular
/// kinds, the one named first; the general ones last.
const CHANGES: &[(&str, &[&str])] = &[
    (
        "amendment",
        &[
            "amendment",
            "amending",
            "amendatory",
            "modification",
            "variation",
            "change order",
            "change notice",
            "change control",
            "contract change",
            "deed of change",
            "allonge",
            "avenant",
        ],
    ),
    ("addendum", &["addendum", "supplemental agreement", "supplementary agreement", "supplement to", "rider"]),
    ("sow", &["statement of work", "statement of services", "sow"]),
    ("work_order", &["work order", "task order", "service order", "order form"]),
];
const PARTICULAR: &[(&str, &[&str])] = &[
    ("msa", &["master service", "master professional service", "master consulting", "general services agreement"]),
    ("sla", &["service level", "service-level"]),
    ("dpa", &["data processing", "data protection", "data privacy"]),
    ("nda", &["non-disclosure", "nondisclosure", "non‑disclosure", "confidentiality", "secrecy"]),
    ("employment", &["employment", "executive agreement", "severance"]),
    ("consulting", &["consult", "independent contractor", "advisory"]),
    ("lease", &["lease", "tenancy", "rental"]),
    ("license", &["license", "licence", "licensing"]),
    ("maintenance", &["maintenance"]),
    ("hosting", &["hosting"]),
    ("outsourcing", &["outsourc"]),
    ("reseller", &["reseller", "resale"]),
    ("distributor", &["distribut"]),
    ("supply", &["supply", "supplier"]),
    ("purchase", &["purchase", "sale agreement", "sales agreement", "procurement"]),
    ("franchise", &["franchise"]),
    ("joint_venture", &["joint venture"]),
    ("endorsement", &["endorsement"]),
    ("sponsorship", &["sponsorship"]),
    ("manufacturing", &["manufactur"]),
    ("transportation", &["transportation", "carrier", "freight"]),
    ("collaboration", &["collaboration", "cooperation", "co-operation"]),
    ("development", &["development"]),
    ("strategic_alliance", &["alliance"]),
    ("co_branding", &["co-branding", "cobranding"]),
    ("promotion", &["promotion"]),
    ("marketing", &["marketing"]),
    ("affiliate", &["affiliate"]),
    ("agency", &["agency", "remarketing", "underwriting", "placement"]),
    ("non_compete", &["non-compet", "noncompet", "not to compete", "non-solicit"]),
    ("intellectual_property", &["intellectual property", "patent", "trademark"]),
    ("partnership", &["partnership"]),
    ("joint_filing", &["joint filing"]),
    ("loan", &["loan", "credit agreement", "promissory"]),
    ("guaranty", &["guaranty", "guarantee"]),
    ("settlement", &["settlement", "release"]),
];
const GENERAL: &[(&str, &[&str])] = &[("services", &["service", "servicing", "administration", "support"])];

/// The kind of contract that a title names.
pub(super) fn kind_of(title: &str) -> Option<&'static str> {
    let lower = title.to_lowercase();
    let named = |list: &[(&'static str, &[&str])]| {
        list.iter()
            .filter_map(|(kind, words)| words.iter().filter_map(|w| lower.find(w)).min().map(|at| (at, *kind)))
            .min_by_key(|(at, _)| *at)
    };
    if ends_another(title) || extends_another(title) || begins_another(title) || moves_another(title) {
        return Some("amendment");
    }
    // "Change Agreement No. 3", and not "Exchange Agreement" or "Climate Change Agreement".
    if lower.starts_with("change agreement") || lower.starts_with("agreement on change") {
        return Some("amendment");
    }
    let changes = CHANGES.iter().find(|(_, words)| words.iter().any(|w| lower.contains(w)));
    // "Master Services and Lease Agreement" is a master agreement first.
    let other = || named(PARTICULAR).or_else(|| named(GENERAL)).map(|(_, kind)| kind);
    changes.map(|(kind, _)| *kind).or_else(other)
}

/// What documents are called that do one thing to another agreement: "Deed of ...", "... Letter".
const FORMS: &str = "deed letter notice memorandum confirmation certificate instrument";

/// Whether a title says that a document does one of `acts` to another agreement: "Deed of Surrender", "Renewal Confirmation".
fn does(lower: &str, acts: &[&str]) -> bool {
    let named = |act: &&str| {
        FORMS.split(' ').any(|form| {
            [" of ", " for "].iter().any(|of| lower.contains(&format!("{form}{of}{act}")))
                || lower.contains(&format!("{act} {form}"))
        })
    };
    acts.iter().any(named)
}

/// Whether a title is that of a document that ends another contract: "Deed of Termination", "Notice of Non-Renewal".
pub(in super::super) fn ends_another(title: &str) -> bool {
    let lower = title.to_lowercase();
    let ends = ["termination", "surrender", "rescission", "cancellation", "non-renewal", "nonrenewal"];
    let forms = ["agreement of ", "agreement on ", "mutual "];
    let led = ends.iter().any(|end| forms.iter().any(|form| lower.contains(&format!("{form}{end}"))));
    let quits = ["notice to quit", "notice to terminate", "notice to vacate"];
    // "Termination and Release Agreement", "Surrender of Lease".
    let leads = ends.iter().any(|end| [" of ", " and "].iter().any(|join| lower.starts_with(&format!("{end}{join}"))));
    led || leads
        || does(&lower, &ends)
        || quits.iter().any(|quit| lower.contains(quit))
        || lower.starts_with("termination agreement")
        || lower.ends_with("termination agreement")
}

/// Whether a title is that of a document that lets another contract run on: "Extension Letter", "Memorandum of Renewal".
pub(in super::super) fn extends_another(title: &str) -> bool {
    let lower = title.to_lowercase();
    let own = ["extension of ", "extension agreement", "side letter", "exercise of option", "exercise of the option"];
    does(&lower, &["extension", "renewal", "prolongation"]) || own.iter().any(|words| lower.contains(words))
}

/// Whether a title is that of a document that says when another contract began: "Commencement Date Memorandum".
pub(in super::super) fn begins_another(title: &str) -> bool {
    does(&title.to_lowercase(), &["commencement", "commencement date", "lease commencement", "lease term"])
}

/// Whether a title is that of a document that moves another contract to another party: "Deed of Novation". Rights that are
/// sold are assigned too, and are no contract.
pub(in super::super) fn moves_another(title: &str) -> bool {
    let lower = title.to_lowercase();
    let rights =
        ["patent", "trademark", "trade mark", "intellectual", "copyright", "domain", "invention", "claim", "royalt"];
    let moved = ["lease", "tenancy", "contract", "agreement", "licence", "license", "the lease"];
    let of = |noun: &&str| lower.contains(&format!("assignment of {noun}"));
    let names =
        ["novation", "deed of assignment", "assignment and assumption", "assignment and novation", "lease assignment"];
    !rights.iter().any(|right| lower.contains(right))
        && (names.iter().any(|n| lower.contains(n)) || moved.iter().any(of))
}

/// Whether a kind of contract changes or fills in another one.
pub(crate) fn changes_another(kind: &str) -> bool {
    CHANGES.iter().any(|(k, _)| *k == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_does_to_another() {
        for title in [
            "DEED OF SURRENDER",
            "Notice of non-renewal, Software Maintenance Agreement",
            "NOTICE OF TERMINATION",
            "Termination Letter",
            "TERMINATION AND RELEASE AGREEMENT",
            "Surrender of Lease",
            "Mutual Termination Agreement",
            "Cancellation Notice",
            "NOTICE TO QUIT",
            "Letter of Termination",
        ] {
            assert!(ends_another(title), "{title}");
            assert_eq!(kind_of(title), Some("amendment"), "{title}");
        }
        for title in [
            "MEMORANDUM OF EXTENSION",
            "Extension Letter",
            "RENEWAL NOTICE AND CONFIRMATION",
            "Side Letter",
            "Confirmation of Renewal",
        ] {
            assert!(extends_another(title), "{title}");
        }
        for title in [
            "COMMENCEMENT DATE MEMORANDUM",
            "Memorandum of Commencement",
            "Commencement Letter",
            "Confirmation of Lease Term",
        ] {
            assert!(begins_another(title), "{title}");
        }
        for title in [
            "DEED OF NOVATION",
            "Novation Agreement",
            "Deed of Assignment",
            "ASSIGNMENT AND ASSUMPTION AGREEMENT",
            "Assignment of Lease",
        ] {
            assert!(moves_another(title), "{title}");
        }
        for title in [
            "PATENT ASSIGNMENT AGREEMENT",
            "Employment Agreement",
            "Termination Protection Agreement",
            "Assignment of Trademarks",
        ] {
            let all = [ends_another, extends_another, begins_another, moves_another];
            assert!(!all.iter().any(|does| does(title)), "{title}");
        }
    }
}
