//! Labels of forms and key terms, and the fields that they name: "Subscription start date", "(d) Name of landlord".
//!
//! A label is read as a set of words. All of them must be in the vocabulary, so that "Passport expiry date" and "Payment
//! term" name nothing; the first row of the table whose words are all there says the field.

use super::among;
use crate::record::Part as _;

/// What the value beside a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    /// The date that the document bears: `Date of agreement`.
    AgreementDate,
    /// The date of an order; the start where nothing else is: `Order date`.
    OrderDate,
    /// The first day of the contract or of its term: `Start date`.
    Start,
    /// The last day of the term: `Expiry date`, `New termination date`.
    End,
    /// The end that an amendment replaces: `Original termination date`.
    FormerEnd,
    /// The length of the first term: `Initial term`, `Length of hire`.
    Length,
    /// By how long the term can be extended, or how often: `Extension period`, `Option to extend`.
    Extension,
    /// How long before the end notice must be given to extend or not to renew: `Minimum notice period for extension`.
    RenewalNotice,
    /// The length of a renewal term: `Renewal term`.
    RenewalTerm,
    /// Whether and how the contract renews: `Auto-renewal`.
    Renewal,
    /// A period of notice of which the label says no more: `Notice period`.
    Notice,
    /// The notice for ending without a reason: `Notice period for termination for convenience`.
    EndNotice,
    /// The law of the contract: `Governing law`.
    Law,
    /// The day of a signature: `Date signed`.
    Signed,
    /// A date of another name, from which a term can count: `Delivery date`.
    OtherDate,
}

/// Words of the thing that a label speaks of: they add nothing to the field.
const THINGS: &str = "a account agreement an and appointment assignment call commitment concession contract engagement \
    employment fixed for form franchise hire in initial lease licence license maintenance membership \
    minimum of off on or order our performance plan primary programme project rental saas service \
    services sow subscription support tenancy the this type your first committed base purchase placement \
    internship which can be may scheduled loan deed grant funding award job work works retainer supply contractual go included \
    flight campaign event season booking io number completion stipulated sign signup hosting storage advertising media \
    exhibition occupancy parking broadcast distribution agency consultancy consulting residency charter equipment vehicle \
    cloud software managed cleaning security catering energy waste monitoring enrollment enrolment enrolled cover must party placed";

const ENDS: &str = "end ends ending expiry expiration expires termination terminates terminating until finish finishes finishing \
    closes closing lapse lapses lapsing";
const STARTS: &str = "start starts starting commencement commences commencing begin begins beginning effective join \
    joining joined inception entry opens opening";
const DATES: &str = "date day dated dates";
const LENGTHS: &str = "term period duration length months years validity tenure";
const FORMER: &str = "original current existing previous prior old before former";
const NEW: &str = "new revised amended extended varied after";
const EXTENDS: &str = "extension extensions extend option options optional possible further";
const RENEWS: &str = "renewal renewals renew renews auto automatic automatically autorenewal autorenew rollover rolls \
    prolongation evergreen";
const NOTICES: &str = "notice notification notify cancel cancellation decline stop prevent avoid exit required opt out non nonrenewal \
    deadline";
const LEAVES: &str = "convenience reason cause";
const USES: &str = "exercise exercising exercised without give giving given serve";
/// Words beside "notice" alone: "Period of notice by either party".
const NOTICED: &str = "by either party parties side break afterwards after probation thereafter";
const LAWS: &str = "law governing applicable";
const ALONE: &str = "earliest latest valid from force execution executed conclusion made to up through last final signed accepted signature signing year over";

/// A row of the table: the word sets of each of which one word must be there, and the field.
type Row = (&'static [&'static str], Field);

/// The rows, tried in order.
const ROWS: &[Row] = &[
    (&["signed signature signing accepted", DATES], Field::Signed),
    (&["signed accepted", "on"], Field::Signed),
    (&["last latest final", "exercise exercising exercised", DATES], Field::RenewalNotice),
    (&["first earliest", "exercise exercising exercised", DATES], Field::OtherDate),
    (&["notice notification notify deadline", EXTENDS], Field::RenewalNotice),
    (&["notice notification notify deadline nonrenewal", RENEWS], Field::RenewalNotice),
    (&["nonrenewal non", NOTICES], Field::RenewalNotice),
    (&["opt", "out", "notice deadline"], Field::RenewalNotice),
    (&["last final latest deadline", "cancel cancellation decline stop prevent"], Field::RenewalNotice),
    (&["cancel cancellation decline stop prevent cancelling stopping", RENEWS], Field::RenewalNotice),
    (&["exercise exercising exercised", EXTENDS, DATES], Field::RenewalNotice),
    (&["notice", "termination terminate break ending end", LEAVES], Field::EndNotice),
    (&["notice"], Field::Notice),
    (&[EXTENDS, ENDS, DATES], Field::End),
    (&[EXTENDS, RENEWS], Field::Extension),
    (&[RENEWS, LENGTHS], Field::RenewalTerm),
    (&[RENEWS], Field::Renewal),
    (&[EXTENDS], Field::Extension),
    (&[FORMER, ENDS], Field::FormerEnd),
    (&["valid", "until to through"], Field::End),
    (&["termination terminates terminating", DATES], Field::End),
    (&["terminating"], Field::End),
    (&["end ends ending expiry expiration expires finish finishes finishing closes until lapse lapses"], Field::End),
    (&["off", "hire rental"], Field::End),
    (&["on", "hire rental"], Field::Start),
    (&["last final", "day date"], Field::End),
    (&["first", "day"], Field::Start),
    (&[STARTS], Field::Start),
    (&["valid force", "from"], Field::Start),
    (&["service services subscription hire rental support cover licence license", "from"], Field::Start),
    (&["service services subscription hire rental support cover licence license", "to"], Field::End),
    (&["order purchase io", "date placed"], Field::OrderDate),
    (&["sign signup", "date", "up signup"], Field::OrderDate),
    (&["completion", "date", "work works service services project"], Field::End),
    (&["completion", "date"], Field::OtherDate),
    (&[LAWS], Field::Law),
    (&["execution conclusion", "date"], Field::AgreementDate),
    (&["agreement contract lease tenancy deed licence license", "date dated"], Field::AgreementDate),
    (&["term duration length period validity tenure"], Field::Length),
    (&["base membership", "year"], Field::Length),
    (&["minimum", "membership hire rental subscription contract support service services"], Field::Length),
    (&["number", "months years weeks"], Field::Length),
    (&["commitment"], Field::Length),
    (&["dates"], Field::Length),
];

/// Vocabularies besides [`THINGS`].
const VOCABULARY: [&str; 13] =
    [ENDS, STARTS, DATES, LENGTHS, FORMER, NEW, EXTENDS, RENEWS, NOTICES, LAWS, ALONE, LEAVES, USES];

/// Last words of a label of a date that is not known otherwise: "Handover date", "Data room opens".
const DATING: &str = "date opens begins starts commences live";

/// Longest label in words.
const MOST: usize = 13;

/// The field that a label names; `None` for the label of something else.
///
/// Numbering before it, quotes and what stands in brackets do not count.
#[must_use]
pub(crate) fn field(label: &str) -> Option<Field> {
    // "Length of contract, counted from delivery".
    let plain = unbracketed(label.part(item_len(label)..));
    let plain = plain.split(", counted").next().unwrap_or(&plain);
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|w| !w.is_empty())
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s").to_ascii_lowercase())
        .collect();
    let words = &words[..];
    // A price that is fixed for the term: "Fixed price end date".
    let fixed =
        words.first().is_some_and(|w| w == "fixed") && words.get(1).is_some_and(|w| w == "price" || w == "rate");
    let words = if fixed { &words[2..] } else { words };
    let noticed = words.iter().any(|w| w == "notice");
    // "Base Year" is the first of several; any other year is no term.
    let based = words.iter().any(|w| w == "base" || w == "membership");
    // "Period of insurance": of an insurance only its period is that of the contract.
    let insured = words.iter().any(|w| w == "period");
    let other = |w: &str| noticed && among(NOTICED, w) || insured && among("insurance policy cover", w);
    let known = |w: &String| if w == "year" { based } else { opens(w) || other(w) };
    // "Definitions. Handover Date": the label of something stands behind a heading.
    // "Start and finish: from 1 May 2026 until 30 April 2027".
    let both = words.len() <= 4 && words.iter().any(|w| among(STARTS, w)) && words.iter().any(|w| among(ENDS, w));
    if both && words.iter().any(|w| w == "and") && words.iter().all(known) {
        return Some(Field::Length);
    }
    // "After the minimum term: monthly" speaks of a later time.
    let later = words.first().is_some_and(|w| w == "after" || w == "before");
    if words.is_empty() || later || words.len() > MOST || plain.trim().contains(". ") {
        return None;
    }
    if !words.iter().all(known) {
        let figures = words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        let capital = plain.trim_start().starts_with(char::is_uppercase);
        let dated = words.last().is_some_and(|w| among(DATING, w))
            || words.len() == 3 && words[0] == "date" && words[1] == "of";
        return (words.len() <= 5 && !figures && capital && dated).then_some(Field::OtherDate);
    }
    // Of a bare "Date" only its place tells whose it is.
    if words.len() == 1 && (words[0] == "date" || words[0] == "dated") {
        return Some(Field::AgreementDate);
    }
    let has = |set: &&str| words.iter().any(|w| among(set, w));
    let (_, field) = ROWS.iter().find(|(sets, _)| sets.iter().all(&has))?;
    // "Effective" or "Term" alone is a word of a sentence or a heading, but a label where a value follows it.
    (*field != Field::Length || !has(&DATES)).then_some(*field)
}

/// Length of the number of an item that a label begins with: "Item 5 Last day for exercise of option", "Item 2. Licensee".
pub(crate) fn item_len(label: &str) -> usize {
    let mut parts = label.splitn(3, ' ');
    let (word, number, rest) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next());
    let counts = number.trim_end_matches([':', '.', ')']).parse::<u8>().is_ok();
    rest.filter(|_| word.eq_ignore_ascii_case("item") && counts).map_or(0, |rest| label.len() - rest.len())
}

/// Whether the first word of `words` can begin a label that names a field.
pub(crate) fn opens(words: &str) -> bool {
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let first = first.to_ascii_lowercase();
    among(THINGS, &first) || VOCABULARY.iter().any(|v| among(v, &first))
}

/// Words for a party in a label.
const ROLES: &str = "customer client supplier owners charterers vendor provider company licensor licensee seller buyer purchaser contractor \
    consultant landlord lessor tenant lessee owner distributor reseller manufacturer sender shipper \
    carrier franchisor franchisee party employee employer executive borrower lender publisher recipient \
    disclosing receiving subscriber merchant agent principal counterparty operator member host sponsor \
    processor controller producer service services hirer renter applicant resident residents sublandlord subtenant sublessor sublessee exporter importer authority council grantor grantee subcontractor \
    guarantor guarantors tenants landlords licensees licensors lessees lessors borrowers lenders buyers sellers purchasers occupiers hirers contracting contracted funder charterer worker club gym assignor assignee broker institution venue artist organiser school hotel \
    householder homeowner lodger occupier occupant student trainee performer photographer insured insurer \
    concessionaire stallholder exhibitor advertiser developer user rentor rentee bailor bailee apprentice parent parents \
    guardian guardians carer carers nursery promoter caterer cleaner cardholder depositor trustee agency sublicensor sublicensee keeper \
    pledgor pledgee mortgagor mortgagee freelancer collector haulier consignor consignee warehouser warehouseman \
    warehousekeeper transferor transferee vendee donor donee wholesaler retailer stockist \
    dealer participant patient intern investor investee awardee subawardee subrecipient fundraiser grazier sharefarmer";
/// Words beside them: "Name of the landlord", "From the Buyer", "Full legal name of Customer".
const OF_ROLES: &str = "name of the full legal from to between and a b 1 2 3 4 s is details registered rental hire \
    description address estate letting managing data first second third item business company legal entity trading names house \
    property premises building land vehicle all joint adult";

/// The party that a label names, such as `Landlord` for "(d) Name of landlord"; an empty name where the label only says that a
/// party follows ("Between", "Legal name"). `None` for another label.
pub(crate) fn role(label: &str) -> Option<String> {
    let label = label.part(item_len(label)..);
    // "Managing agent (who is not a party)".
    // "Supplier (not the Lessor's agent)".
    if ["not a party", "no party", "(not ", "(who is not "].iter().any(|not| label.contains(not)) {
        return None;
    }
    // "Client / Customer", "Entrepreneur / Contractor": the label in two languages, or by two names of one role.
    if let Some(role) = in_two_languages(label) {
        return Some(role);
    }
    // "(Landlord)", "I / Me (Tenant)": the bracket says it.
    let inside = label.trim_end_matches([':', ' ']).strip_suffix(')').and_then(|l| l.rsplit_once('('));
    let outside = |left: &str| {
        left.split(|c: char| !c.is_alphanumeric()).all(|w| w.is_empty() || among("i me we us you your our", w))
    };
    let plain = match inside {
        Some((left, role)) if outside(left) => role.to_owned(),
        _ => unbracketed(label),
    };
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is = among;
    if words.is_empty() || words.len() > 6 || !words.iter().all(|w| is(ROLES, w) || is(OF_ROLES, w)) {
        return None;
    }
    let named = words.iter().any(|w| is("name names", w));
    let first = words.iter().position(|w| is(ROLES, w));
    let last = words.iter().rposition(|w| is(ROLES, w));
    let Some((first, last)) = first.zip(last) else {
        let pair = words.len() == 1 && is("from to between and", words[0]);
        return (pair || named && is("legal", words[words.len().saturating_sub(2)])).then(String::new);
    };
    let addressed = words.iter().any(|w| is("address description", w)) && !named;
    let counted = first > 0 && is("first second third", words[first - 1]);
    let first = first - usize::from(counted);
    let numbered = counted || words.get(last + 1).is_some_and(|w| is("a b 1 2 3 4", w));
    if addressed {
        return None;
    }
    // "Service" or "Company name" says which party as little as "Name" does.
    let lone = first == last && (is("service services", words[first]) || is("party", words[first]) && !numbered);
    if lone || named && is("company", words[first]) {
        return named.then(String::new);
    }
    let mut role = words[first..=last + usize::from(numbered && !counted)].join(" ");
    if let Some(letter) = role.get_mut(..1) {
        letter.make_ascii_uppercase();
    }
    Some(role)
}

/// The role of a label that is written in two languages, with a stroke between.
fn in_two_languages(label: &str) -> Option<String> {
    // What beside a role makes a label of another thing: "Customer / Contact".
    const THINGS: &str = "contact name names address date signature signed project site representative number email phone mobile \
        telephone title location description reference ref id order attention attn carer";
    let (one, other) = label.split_once('/').filter(|(_, other)| !other.contains('/'))?;
    let words = |s: &str| s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    let foreign = |s: &str| words(s) <= 3 && !s.split(' ').any(|w| among(THINGS, w.trim_matches([':', ' '])));
    let role = |s: &str, beside: &str| named_role(s).filter(|_| foreign(beside));
    role(other, one).or_else(|| role(one, other))
}

/// The party that a label names, where it says which.
pub(crate) fn named_role(label: &str) -> Option<String> {
    role(label).filter(|role| !role.is_empty())
}

/// Whether the words before a value only lead to it: "a fixed term of", "until midnight on".
pub(crate) fn leads(words: &str) -> bool {
    const LEADING: &str = "a an x the initial minimum fixed first period term of is for shall be will on until midnight at by to \
    up and including from ends day date starting commencing expires expiring ending duration this agreement contract \
    lease lasts continues with effect as mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday";
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.clone().count() <= 8 && words.into_iter().all(|w| among(LEADING, w))
}

/// `label` without what stands in brackets: "Term (months)".
fn unbracketed(label: &str) -> String {
    let mut depth = 0_u32;
    let keep = |c: &char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    label.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        use Field::{
            AgreementDate, End, EndNotice, Extension, FormerEnd, Law, Length, Notice, OrderDate, Renewal,
            RenewalNotice, RenewalTerm, Signed, Start,
        };
        let table: &[(Field, &[&str])] = &[
            (
                RenewalNotice,
                &["Last day on which option for renewal can be exercised", "Period of notification of an extension"],
            ),
            (
                AgreementDate,
                &["Date", "Date of agreement", "Agreement date", "Contract Date", "Dated", "Date of this Lease"],
            ),
            (
                Start,
                &[
                    "Start date",
                    "Join Date",
                    "Commencement Date",
                    "Effective Date",
                    "Subscription Start Date",
                    "Service start",
                    "Term start",
                    "Membership starts",
                    "Date of commencement of the tenancy",
                    "Term begins",
                    "Hire starts on",
                    "Valid from",
                    "Employment start date",
                    "Call-Off Start Date",
                    "Effective Date of this Agreement",
                    "First day of the tenancy",
                    "First day of work",
                    "Grant start",
                ],
            ),
            (OrderDate, &["Order Date", "Date of order", "Purchase date"]),
            (Signed, &["Date signed", "DATE SIGNED", "Date of signature", "Signature date", "Signing date"]),
            (
                End,
                &[
                    "End date",
                    "Expiry date",
                    "Expiration Date",
                    "Term ends",
                    "Contract valid until",
                    "New Termination Date",
                    "Call-off expiry date",
                    "End of term",
                    "Subscription End Date",
                    "Lease expires on",
                    "Revised expiry date",
                    "Date of expiry",
                    "Last day of the tenancy",
                    "Final date of the term",
                    "Grant end",
                ],
            ),
            (FormerEnd, &["Original Termination Date", "Current end date", "Existing Expiry Date"]),
            (
                Length,
                &[
                    "Term",
                    "Initial Term",
                    "Subscription Term",
                    "Subscription Period",
                    "Minimum term",
                    "Contract period",
                    "Length of hire",
                    "Minimum hire period",
                    "Duration",
                    "Contract length",
                    "Term (months)",
                    "Lease Term",
                    "Commitment period",
                    "Term of Agreement",
                    "Fixed term",
                    "Period of performance",
                    "Validity",
                    "Validity period",
                    "Base Year",
                    "Term in months",
                ],
            ),
            (
                Extension,
                &["Extension period", "Option to extend", "Extension options", "Possible extension", "Renewal option"],
            ),
            (
                RenewalNotice,
                &[
                    "Minimum notice period for extension",
                    "Non-Renewal Notice Date",
                    "Renewal notice period",
                    "Notice of non-renewal",
                    "Extension notice period",
                    "Non-renewal deadline",
                ],
            ),
            (
                EndNotice,
                &[
                    "Minimum period of notice for without reason termination",
                    "Notice period for termination for convenience",
                    "Termination notice without cause",
                ],
            ),
            (RenewalNotice, &["Last date for exercising option for first Further Term", "Last day to exercise option"]),
            (RenewalTerm, &["Renewal term", "Renewal Period", "Auto-renewal term"]),
            (Renewal, &["Auto-renewal", "Automatic renewal", "Renewal", "Auto Renew"]),
            (Notice, &["Notice period", "Minimum notice period", "Notice"]),
            (Law, &["Governing law", "Applicable law", "Law of the contract"]),
        ];
        for (want, labels) in table {
            for label in *labels {
                assert_eq!(field(label), Some(*want), "{label}");
            }
        }
    }

    #[test]
    fn roles() {
        for (label, want) in [
            ("Customer", Some("Customer")),
            ("From the Buyer", Some("Buyer")),
            ("To the Supplier", Some("Supplier")),
            ("Name of landlord", Some("Landlord")),
            ("Party A", Some("Party A")),
            ("Tenant(s)", Some("Tenant")),
            ("Contracting Authority", Some("Contracting Authority")),
            ("Service Provider", Some("Service Provider")),
            ("Full legal name of Customer", Some("Customer")),
            ("Landlord's name", Some("Landlord")),
            ("Client / Customer", Some("Customer")),
            ("Bailleur / Landlord", Some("Landlord")),
            ("Tenant/Lessee", Some("Lessee")),
            ("Customer / Contact", None),
            ("Between", Some("")),
            ("Legal name", Some("")),
            ("Company name", Some("")),
            ("Service", None),
            ("Customer contact", None),
            ("Date", None),
        ] {
            assert_eq!(role(label).as_deref(), want, "{label}");
        }
    }

    #[test]
    fn labels_of_something_else() {
        for label in [
            "Quote valid until",
            "Passport expiry date",
            "Payment term",
            "Billing start date",
            "Date of birth",
            "Trial period",
            "Warranty period",
            "Insurance expiry date",
            "Form version date",
            "Delivery date",
            "Service",
            "Cure period",
            "Driving licence expiry date",
            "Invoice date",
            "The parties agree that the term",
            "Termination",
        ] {
            assert!(matches!(field(label), None | Some(Field::OtherDate)), "{label}");
        }
    }
}
