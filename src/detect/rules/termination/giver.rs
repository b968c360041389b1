//! Who gives a notice of which only the receiver is named: "To give to the landlord one month's notice".

use crate::detect::Findings;
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::record::Fact;

/// Roles that face each other.
const PAIRS: [(&str, &str); 10] = [
    ("landlord", "tenant"),
    ("lessor", "lessee"),
    ("licensor", "licensee"),
    ("employer", "employee"),
    ("owner", "hirer"),
    ("seller", "buyer"),
    ("supplier", "customer"),
    ("contractor", "client"),
    ("insurer", "insured"),
    ("lender", "borrower"),
];

/// The party that the words over the list bind, or the one that faces the receiver.
pub(super) fn of(part: &str, lead: &str, findings: &Findings) -> Option<String> {
    pattern!(TO, r"^\W*(?:[a-z0-9]{1,3}[.)]\s+)?(?:to\s+)?giv(?:e|ing)\s+(?:to\s+)?(?:the\s+)?([a-z]+)\s");
    let receiver = TO.captures(part)?.get(1)?.as_str();
    let is_receiver = |role: &str| role.eq_ignore_ascii_case(receiver);
    let roles = || findings.facts.parties.iter().filter_map(Fact::value).filter_map(|p| p.role.as_deref());
    let faces = PAIRS.iter().find_map(|(a, b)| match (is_receiver(a), is_receiver(b)) {
        (true, _) => Some(*b),
        (_, true) => Some(*a),
        _ => None,
    });
    if faces.is_none() && !roles().any(is_receiver) {
        return None;
    }
    let bound = roles().find(|role| !is_receiver(role) && contains_fold(lead, role));
    let mut others = roles().filter(|role| !is_receiver(role));
    let other = others.next().filter(|first| roles().any(is_receiver) && others.all(|role| role == *first));
    bound.or(other).or(faces).map(str::to_owned)
}

/// The party whose notice ends the contract on a day: "If the Lessee has served on the Lessor a break notice, this Lease ends on …".
pub(super) fn noticing(part: &str) -> Option<String> {
    pattern!(
        GIVES,
        exact,
        r"^\W*(?:[0-9.()a-z]{1,5}\s+)?(?i:if|where|should|provided(?:\s+that)?)\s+(?i:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)\s*,?\s+(?:has|have|gives?|serves?|wish(?:es)?|shall\s+have)\b"
    );
    Some(GIVES.captures(part)?.get(1)?.as_str().to_owned())
}
