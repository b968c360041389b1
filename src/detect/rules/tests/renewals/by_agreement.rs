//! Renewals that both parties have to agree on.

use super::check;
use crate::detect::rules::tests::renewal;

#[test]
fn by_agreement_before_a_day() {
    check(&[
        (
            "The Parties may, by mutual written agreement executed no later than ninety (90) days prior to the Expiration Date, renew this Agreement.",
            "MutualAgreement",
        ),
        (
            "The parties may extend this Agreement by a written amendment signed at least thirty days before its expiry.",
            "MutualAgreement",
        ),
        (
            "Any renewal must be agreed in writing by both parties not later than three months before the Expiry Date.",
            "MutualAgreement",
        ),
        (
            "Upon the parties' mutual agreement in writing at least six months before the end of the term, this Agreement may be renewed for a further two years.",
            "MutualAgreement, for 2 years",
        ),
        (
            "If both parties agree in writing at least 60 days prior to the expiration of the Term, the Term shall be extended for one additional year.",
            "MutualAgreement, for 1 year",
        ),
        (
            "This Agreement can be renewed on terms mutually agreed no later than 30 days before it expires.",
            "MutualAgreement",
        ),
        (
            "This Agreement ends on 30 June 2023 unless the parties agree on an extension at least four weeks beforehand.",
            "MutualAgreement",
        ),
        (
            "No extension takes place unless both parties have signed an addendum 90 days before the Expiry Date.",
            "MutualAgreement",
        ),
        (
            "By written agreement concluded not less than 45 days before the Term ends, the parties may extend it for up to twelve months.",
            "MutualAgreement, for 12 months",
        ),
        (
            "Unless either Party gives notice of non-renewal at least ninety days before the Expiration Date, the Agreement may be renewed for one-year periods on mutually agreed terms.",
            "MutualAgreement, for 1 year",
        ),
        (
            "This Supplement may be extended for periods of three (3) months under mutually agreed to terms and conditions.",
            "MutualAgreement, for 3 months",
        ),
        (
            "The parties will begin to negotiate a renewal in good faith at least six months before the end of the Term.",
            "MutualAgreement",
        ),
        ("Unless sooner terminated as provided herein, this Agreement shall continue for three years.", "nothing"),
        (
            "The parties agree to extend the Term by a further two years, so that the Agreement will expire on 31 March 2029.",
            "nothing",
        ),
        ("Mediation shall not exceed sixty days, unless extended by mutual agreement.", "nothing"),
        ("This Agreement does not create any expectation, option, or right of renewal for any future Event.", "None"),
        (
            "The Council may, by giving the Supplier notice, extend the Term on 2 occasions by up to 12 months each time.",
            "Option, for 12 months, times 2",
        ),
    ]);
    let condition = |text: &str| renewal(text).and_then(|r| r.condition);
    for (text, want) in [
        (
            "The Parties may, by mutual written agreement executed no later than ninety (90) days prior to the Expiration Date, renew this Agreement.",
            Some("by mutual written agreement executed no later than ninety (90) days prior to the Expiration Date"),
        ),
        (
            "This Agreement can be renewed on terms mutually agreed no later than 30 days before it expires.",
            Some("mutually agreed no later than 30 days before it expires"),
        ),
        // To talk by a day secures nothing.
        (
            "The parties will begin to negotiate a renewal in good faith at least six months before the end of the Term.",
            None,
        ),
    ] {
        assert_eq!(condition(text).as_deref(), want, "{text}");
    }
}
