//! Days on which the contract can be ended.

use super::breaks;

#[test]
fn breaks_on_a_day_with_a_name() {
    breaks(&[
        (
            "Break Date: 24 March 2028.\n\nThe Tenant may terminate this lease by serving a Break Notice on the Landlord at least six months before the Break Date.",
            "2028-03-24",
        ),
        (
            "\"Break Date\" means 24 March 2028.\n\nThe Tenant may determine this lease on the Break Date by six months' notice.",
            "2028-03-24",
        ),
        (
            "Tenant's Break Date: 24 March 2028\n\nIf the Tenant wishes to end this lease on the Tenant's Break Date it shall give at least six months' notice in writing.",
            "2028-03-24",
        ),
        (
            "Early Exit Date: 24 March 2028.\n\nThe Tenant may end this lease by six months' notice prior to the Early Exit Date.",
            "2028-03-24",
        ),
    ]);
}

#[test]
fn breaks_in_the_passive() {
    breaks(&[
        (
            "The term shall be determinable by the Buyer on 31 March 2027 upon at least 90 days' notice in writing.",
            "2027-03-31",
        ),
        (
            "If notice of at least six months is given by the Tenant, this Lease shall end on 31 March 2027.",
            "2027-03-31",
        ),
        ("This Agreement may be terminated by the Buyer on 31 March 2027 by six months' written notice.", "2027-03-31"),
    ]);
}
