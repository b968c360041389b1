//! The forms of renewal, in the order of C1: the first that a sentence has decides.
//!
//! `@` marks the verb: how long it renews for stands mostly behind it.

use std::sync::LazyLock;

use crate::lexicon::Class;
use crate::phrase::{Form, forms};
use crate::record::value::RenewalKind::{
    self, Automatic, Evergreen, MonthToMonth, MutualAgreement, None as Never, Option as Choice,
};

/// Classes of which a sentence about renewal has one.
pub(super) const GATE: [Class; 8] = [
    Class::Renew,
    Class::Renewal,
    Class::AutoRenew,
    Class::NewTerm,
    Class::Continue,
    Class::Monthly,
    Class::Yearly,
    Class::Then,
];

/// What a form says, and how strongly.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    pub(super) kind: RenewalKind,
    pub(super) score: i32,
}

const fn says(kind: RenewalKind, score: i32) -> Meaning {
    Meaning { kind, score }
}

forms!(pub(super) static KINDS: Meaning = [
    // Negatives are tried before everything else.
    says(Never, 6) => "contract|renewal ..4 not ..2-if|unless @renew|autorenew|continue",
        "The initial term does not renew automatically.", not "Either party may stop the automatic renewal of this Agreement.";
    says(Never, 6) => "not auto? @renewal", "There is no automatic renewal.";
    says(Never, 6) => "contract ..2 be not ..3 @renewal", "It is not subject to renewal.";
    says(Never, 6) => "contract ..2 be ..4-may|option|notice not ..1 @renew|renewal", "This Agreement is not renewable.";
    says(Never, 6) => "not ..2 option|may ..2 @renew|renewal", "The Tenant has no right to renew this lease.";
    // By itself, until somebody ends it.
    says(Evergreen, 9) => "auto ..4 @renew|continue ..6 indefinite", "This Agreement will automatically renew indefinitely.";
    says(MonthToMonth, 9) => "auto ..3-expire|end|unless @renew|continue ..10-again|newterm|unless|period @monthly",
        "The contract will automatically continue on a month-to-month basis.";
    says(Automatic, 9) => "@autorenew", "The subscription will auto-renew each year.";
    says(Automatic, 9) => "auto ..6-expire|end|unless|if|notice|breach @renew|renewal|continue|newterm",
        "This Agreement shall automatically be renewed.", not "This Agreement shall expire automatically unless extended.";
    says(Automatic, 9) => "@renew|renewal|continue ..9-expire|end|unless|notice|breach|if auto",
        "The term is extended for one year automatically.";
    says(Automatic, 9) => "deemed ..4 @renew", "The Agreement is deemed to have been renewed.";
    says(Automatic, 9) => "contract ..1 @renew yearly", "The maintenance plan renews annually.";
    says(MonthToMonth, 7) => "@monthly", "Thereafter the tenancy runs from month to month.";
]);

// Renewal that happens by itself though nobody says "automatically". A right or an agreement in the sentence speaks against it.
forms!(pub(super) static BY_ITSELF: Meaning = [
    says(Automatic, 7) => "must ..5-may|not|option|if|mutual @renew|continue ..25-may|mutual again|newterm|same|yearly",
        "The contract shall then be renewed for consecutive periods.";
    says(Automatic, 7) => "must ..5-may|not|option|if|mutual @renew ..25-may|mutual unless",
        "The Agreement shall be extended by two years unless a party objects.";
    says(Automatic, 7) => "contract ..2-must|may|not|if|be|unless @renew ..25-may|mutual again|newterm|same|yearly|unless",
        "This Agreement renews for additional terms of one year.";
    says(Automatic, 7) => "contract ..1-must|may|not|if|be|unless @renew ..2-may|mutual|until period",
        "This Agreement rolls over for 12 months if neither party gives notice.";
    says(Automatic, 7) => "be @renew ..12 period|yearly|again ..12-may|mutual unless",
        "The lease is renewed for one year unless the Tenant vacates.";
    says(Automatic, 7) => "@continue ..12-unless|until yearly", "It remains in force from year to year.";
    says(Automatic, 7) => "@continue ..6-unless|until again|newterm ..4 period", "It shall continue for successive two-year terms.";
    says(Automatic, 7) => "then ..8-may|mutual @renew|continue ..4-unless|until again|newterm|yearly",
        "Thereafter the term is extended for successive years.";
    says(Automatic, 7) => "yearly ..3 @then", "The contract goes on from year to year thereafter.";
]);

forms!(pub(super) static AGREED: Meaning = [
    says(MutualAgreement, 2) => "mutual ..10 @renew|renewal|newterm", "The parties may by mutual agreement renew this Agreement.";
    says(MutualAgreement, 2) => "@renew|renewal|newterm ..16 mutual", "The term may be renewed by mutual written consent.";
    says(MutualAgreement, 2) => "^ ..2 party may ..2 @renew", "The parties may renew this Agreement.",
        not "The Tenant may have to pay if it wants to renew.";
]);

// A right of one side.
forms!(pub(super) static CHOICES: Meaning = [
    says(Choice, 5) => "option ..10-end|price|breach|must @renew|renewal|continue|newterm",
        "The Tenant shall have two options to extend the term.";
    says(Choice, 5) => "may ..5-be|mutual|not|end|must @renew", "The Buyer can extend this Agreement.",
        not "The term may be extended by amendment.";
    says(Choice, 5) => "may be ..2 @renew ..16-mutual notice|option|grant|wish", "The term may be extended by the Customer by notice.";
    says(Choice, 5) => "may be ..2 @renew ..3-mutual party", "This Agreement may be renewed by the Buyer once.",
        not "The term may be extended by agreement.";
    says(Choice, 5) => "@renew|renewal ..20 option", "The term may be renewed at the option of the Buyer.";
    says(Choice, 5) => "if ..5 wish ..3 @renew", "If the Tenant wishes to renew the lease, it must say so.";
    says(Choice, 5) => "notice ..4 @renew ..30 grant", "If written notice to renew is given, the Landlord will grant a lease.";
    says(Choice, 5) => "grant ..8 @newterm", "The Landlord will grant a new lease for three years.";
    says(Choice, 5) => "option ..6 @period ..3 contract ..20 notice", "Tenant has two options of five years each, each for a term by notice.";
]);

// Goes on after its first term until somebody ends it.
forms!(pub(super) static RUNS_ON: Meaning = [
    says(Evergreen, 4) => "@then ..14 until|unless ..10 end|notice", "Thereafter it continues until either party ends it.";
    says(Evergreen, 4) => "@renew|continue ..8 indefinite", "After two years it continues indefinitely.";
    says(Evergreen, 4) => "indefinite ..3 @then", "It goes on indefinitely thereafter.";
    says(Evergreen, 4) => "first ..10 then ..4 @continue", "For the initial term, and then continues until ended.";
]);

// Something beside the contract renews.
forms!(pub(super) static FOREIGN: () = [
    () => "renew|renewal ..4-contract|period|must|may foreign", "The Supplier shall renew its insurance policies each year.",
        not "The term may be renewed for one year by notice of payment.";
    () => "foreign ..2-contract|if|may|must must|be|may|not ..3-contract renew", "The deadline shall be extended by ten days.";
]);

// The number of renewals.
forms!(pub(super) static LIMIT: () = [
    () => "@number ..2 again|newterm|renewal|option ..3-then|until", "The term may be renewed for two additional terms.";
    () => "@number period contract|newterm|renewal", "The Buyer may extend it by two one-year terms.";
    () => "renew ..6-period|number @number contract", "The Buyer can extend it for one period of up to 12 months.";
    () => "renew ..10 @once", "The lease may be renewed once.";
    () => "@once ..3 renew", "The lease may once be renewed.";
]);

/// It is the contract, or its term, that renews.
pub(super) static OWN: LazyLock<Form<()>> = LazyLock::new(|| {
    Form::new((), "contract ..8-contract|foreign renew|renewal|autorenew|continue", "The term is extended.", "")
});

// What keeps a renewal from happening: it happens by itself.
forms!(pub(super) static STOPPABLE: () = [
    () => "unless ..14 notice|nonrenewal", "It is extended unless either party gives notice.";
    () => "unless ..8 party ..2 end", "It goes on unless the Client cancels.";
]);

forms!(pub(super) static PASSING: () = [
    () => "unless ..4-notice|party renew", "It ends on 1 May 2027 unless sooner terminated or extended.";
]);

// Lengths of something else: the first term, a time to answer, the longest time in all.
forms!(pub(super) static OTHER_LENGTH: () = [
    () => "first ..2 @period", "After the initial term of two years it is renewed.";
    () => "cap ..4 @period", "It is renewed yearly, but the total term shall not exceed five years.";
    () => "@period ..2 cap", "It may be extended up to five years in total.";
    () => "within ..2 @period", "It is renewed within thirty days.";
]);

// The length of a renewal term that stands before the verb.
forms!(pub(super) static LENGTH_BEFORE: () = [
    () => "again|newterm ..3 @period", "Successive terms of one year follow by automatic renewal.";
    () => "@period ..1 again|newterm|renew|renewal", "With automatic two-year term extensions.";
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::check;

    #[test]
    fn every_form_has_its_example() {
        for forms in [&*KINDS, &BY_ITSELF, &AGREED, &CHOICES, &RUNS_ON] {
            check(forms);
        }
        for forms in [&*FOREIGN, &LIMIT, &STOPPABLE, &PASSING, &OTHER_LENGTH, &LENGTH_BEFORE] {
            check(forms);
        }
        check(std::slice::from_ref(&*OWN));
    }
}
