//! Rights among the items of a list, and rights that ask for a fee.

use super::*;

#[test]
fn items_under_words_that_end_the_contract() {
    convenience(&[
        (
            "This lease may be terminated: (a) by either party giving to the other not less than three calendar months' notice; \
             or (b) by agreement of both.",
            "either notice 3 months",
        ),
        (
            "This agreement may be terminated: (a) by either party on 60 days' written notice; (b) by the Supplier at once.",
            "either notice 60 days",
        ),
        (
            "This engagement shall come to an end: (a) upon completion of the works; (b) upon 30 days' notice by either \
             party to the other; or (c) forthwith upon a breach.",
            "either notice 30 days",
        ),
        (
            "The Agreement terminates upon the occurrence of any of the following: (a) either party gives the other ninety \
             days' written notice; (b) the Customer becomes insolvent.",
            "either notice 90 days",
        ),
    ]);
    let for_cause = "This agreement may be terminated: (a) by the Supplier if the Customer fails to pay within 30 days; (b) by agreement.";
    assert!(rights(for_cause).iter().all(|right| !right.contains("Convenience")), "{:?}", rights(for_cause));
}

#[test]
fn rights_that_ask_for_a_fee() {
    convenience(&[
        (
            "The Tenant may terminate this Lease by giving not less than six months' written notice to the Landlord, provided \
             that the Tenant pays to the Landlord a termination fee.",
            "Tenant notice 6 months",
        ),
        (
            "Lessee has the right to surrender the premises upon 120 days prior notice and payment of two months rent.",
            "Lessee notice 120 days",
        ),
    ]);
}
