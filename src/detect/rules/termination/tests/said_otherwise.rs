//! The same right in other words, and the right denied.

use super::*;

#[test]
fn either_of_two_has_the_right() {
    convenience(&[
        ("The Baker or the Grocer is entitled to end this Agreement on six weeks' notice.", "either notice 6 weeks"),
        (
            "You or the Company shall have the right to end this contract by two months' notice.",
            "either notice 2 months",
        ),
        ("Landlord or Tenant has the right to terminate this Lease on 90 days' notice.", "either notice 90 days"),
    ]);
}

#[test]
fn notice_is_provided_as_well_as_given() {
    convenience(&[
        (
            "A party that wishes to leave this Agreement provides the other three months' notice.",
            "either notice 3 months",
        ),
        ("A party that wants to end this Agreement delivers the other 60 days' notice.", "either notice 60 days"),
    ]);
}

#[test]
fn a_right_at_will_whatever_it_is_called() {
    convenience(&[
        (
            "The Licensee has the right to terminate this Agreement at will, effective 45 days after notice to the Licensor.",
            "Licensee notice 45 days",
        ),
        (
            "The Licensee may terminate this Agreement at will, effective 45 days after notice to the Licensor.",
            "Licensee notice 45 days",
        ),
    ]);
}

#[test]
fn a_break_in_the_passive() {
    for text in [
        "This Lease may be ended by the Tenant on the fourth anniversary of the Term Commencement Date by giving six months' notice.",
        "This Lease may be determined by the Landlord on the tenth anniversary of that date by six months' prior notice.",
        "The Tenant may end this Lease on the fourth anniversary of the Term Commencement Date by giving six months' notice.",
    ] {
        assert_eq!(breaks_of(text), 1, "{text}");
    }
}

#[test]
fn the_wrong_before_the_right() {
    for text in [
        "If the fee is not paid within 14 days of its due date, the Supplier may terminate this Agreement on 7 days' notice.",
        "The Supplier may terminate this Agreement on 7 days' notice if the fee is not paid within 14 days of its due date.",
        "The Supplier has the right to terminate this Agreement on 7 days' notice if the fee is not paid within 14 days of its due date.",
    ] {
        assert_eq!(rights(text), ["Nonpayment Supplier notice 7 days cure 14 days"], "{text}");
    }
}

#[test]
fn who_has_done_something_has_no_right() {
    for text in [
        "If the Contractor has not corrected a default within 21 days of notice, the Authority may terminate this Agreement.",
        "Where the Contractor has failed to cure a breach within 21 days of notice, the Authority may terminate this Agreement.",
    ] {
        assert_eq!(rights(text), ["Breach Authority notice - cure 21 days"], "{text}");
    }
}

#[test]
fn a_right_denied_over_a_list() {
    for text in [
        "Neither party may terminate this Agreement in the event that:\n\n(a) the other party becomes insolvent or bankrupt;\n\n(b) the other party does not cure a breach within 30 days of notice.",
        "The Supplier may not terminate this Agreement by notice if:\n\n(a) the Customer makes an assignment for the benefit of its creditors;\n\n(b) a receiver is appointed.",
    ] {
        assert!(rights(text).is_empty(), "{:?} for {text}", rights(text));
    }
}
