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

#[test]
fn rights_of_leases_forms_and_jobs() {
    convenience(&[
        ("Early ending: either party, on 12 working days' written notice.", "either notice 12 business days"),
        (
            "Notice Period: 75 days.\n\nEither party may terminate this Agreement by serving the Notice Period upon the other in writing.",
            "either notice 75 days",
        ),
        (
            "Termination of employment shall be by five weeks' notice by either the employee or the employer.",
            "either notice 5 weeks",
        ),
        (
            "Except as provided in clause 9, termination of employment shall be by five weeks' notice by either the employee or the employer, to the other party.",
            "either notice 5 weeks",
        ),
        (
            "Termination of this agreement will be on the date specified or with 5 weeks notice from either party.",
            "? notice 5 weeks",
        ),
        (
            "A non-fixed term Agreement may be terminated for convenience by either party with four months' notice.",
            "either notice 4 months",
        ),
        (
            "The Landlord will have the right, at any time after the 60th month of the Term including any renewal thereof, to terminate this Lease on 14 months' written notice, for any reason.",
            "Landlord notice 14 months",
        ),
        (
            "Early termination of the lease. 1. If the Lessor wishes to terminate the lease, the Lessor should give written notice to the Lessee two months before the termination.",
            "Lessor notice 2 months",
        ),
    ]);
}

#[test]
fn breaks_behind_the_first_part_of_the_term() {
    for text in [
        "The Landlord may terminate the tenancy at the end of the first six month period by two months' notice in writing.",
        "If the Company wishes to determine the demise at the expiration of the first six (6) months of the said term it shall give not less than two months' written notice.",
    ] {
        let found = facts(text);
        let after = found.iter().filter_map(Fact::value).flat_map(|t| &t.breaks).find_map(|day| day.after);
        assert_eq!(after, Some(Period::new(6, crate::calendar::Unit::Month)), "{text}");
    }
    breaks(&[
        (
            "\"Break Date\" means 24 March 2028.\n\nIf the Tenant gives to the Landlord not less than 12 months' prior written notice before a Break Date then this Lease shall come to an end on the next relevant Break Date.",
            "2028-03-24",
        ),
        (
            "Break Date: 24 March 2028\n\nSubject to clause 6.2, if the Tenant gives the Landlord not less than nine months' written notice expiring on the Break Date then this Lease shall come to an end on the Break Date.",
            "2028-03-24",
        ),
    ]);
}

#[test]
fn the_notice_is_the_time_to_cure() {
    cures(&[(
        "Either party may terminate this Agreement by giving the other 5 weeks' notice in the event of a breach that remains unremedied at the end of such notice period.",
        &["5 weeks"],
    )]);
    let reasons = "This Contract may be terminated by mutual consent or by either party for reasons of cause with at least 30 days notice.";
    assert!(!rights(reasons).iter().any(|right| right.starts_with("Convenience")), "{:?}", rights(reasons));
}

#[test]
fn the_right_to_do_so() {
    convenience(&[
        (
            "Our appointment goes on until one of us brings it to an end. Either you or we may do so by not less than two months' notice in writing.",
            "either notice 2 months",
        ),
        (
            "The contract runs until it is ended by one of the parties. Each of them is free to do this at any time on four weeks' notice.",
            "either notice 4 weeks",
        ),
    ]);
    for text in [
        "The Supplier may suspend deliveries until it is paid. It can do so on two days' notice.",
        "The Buyer may ask for a tour. It may do so by one week's notice.",
    ] {
        assert_eq!(rights(text), [""; 0], "{text}");
    }
}

#[test]
fn rights_that_wait_or_hang_on_an_intention() {
    for (text, event) in [
        (
            "Either party may end this agreement by giving the other three months' written notice, as long as the notice does not run out before 1 April 2028.",
            "the notice does not run out before 1 April 2028",
        ),
        (
            "The Owner may end this Agreement only if it intends to redevelop the Site and cannot do so unless the Agreement ends, by giving not less than three months' notice.",
            "if it intends to redevelop the Site and cannot do so unless the Agreement ends",
        ),
    ] {
        let found = facts(text);
        let right = found[0].value().unwrap();
        assert_eq!(
            (right.event.as_deref(), right.notice),
            (Some(event), Some(Period::new(3, crate::calendar::Unit::Month)))
        );
    }
    assert_eq!(rights("The Guard may move the break by giving the Employer two days' notice."), [""; 0]);
}

#[test]
fn denounced_as_in_civil_law() {
    convenience(&[
        (
            "Any of the parties may denounce this instrument, without cause and without any burden, upon prior communication in writing with 30 (thirty) days in advance.",
            "either notice 30 days",
        ),
        (
            "This contract is for an unspecified period and either party may denounce it by letter observing three months' notice.",
            "either notice 3 months",
        ),
        (
            "The lease may be terminated by either party at any time, with due observance of a period of six months.",
            "either notice 6 months",
        ),
        (
            "The relationship goes on indefinitely, and will stop only when one of the parties has given the other ninety days' written notice.",
            "either notice 90 days",
        ),
    ]);
}

#[test]
fn the_notice_for_ending_without_cause() {
    convenience(&[
        (
            "Ending without cause: The notice period for the Buyer is a maximum of 30 days from the date of written notice.",
            "Buyer notice 30 days",
        ),
        (
            "The notice period for the Supplier needed for ending this contract is at least 90 days from the date of written notice for undisputed sums or 30 days from the date of written notice for ending without cause.",
            "Supplier notice 30 days",
        ),
    ]);
}

#[test]
fn probation_that_is_over_is_no_reason() {
    convenience(&[
        (
            "When you have completed your probationary period your employment may be ended by either party on two months' written notice.",
            "either notice 2 months",
        ),
        (
            "Where the employee has passed the probationary period, either party may terminate this Agreement on two months' notice.",
            "either notice 2 months",
        ),
    ]);
}

#[test]
fn stepping_down_and_stopping() {
    convenience(&[
        (
            "The Adviser may step down from the appointment at any time by giving the Board 42 days' notice in writing.",
            "Adviser notice 42 days",
        ),
        ("The Adviser may stand down by giving six weeks' written notice to the Board.", "Adviser notice 6 weeks"),
        (
            "The Buyer is free to stop this contract at whatever moment it likes, giving no reason, as long as the Supplier has had 90 days' written notice.",
            "Buyer notice 90 days",
        ),
        (
            "Either party may retire from this Agreement on giving three months' notice in writing.",
            "either notice 3 months",
        ),
        (
            "Each party is free to leave this agreement, without saying why, provided that the other has had thirty days' notice in writing.",
            "either notice 30 days",
        ),
        (
            "Either of us can stop this arrangement at any time by giving the other six weeks' notice in writing.",
            "either notice 6 weeks",
        ),
    ]);
}

#[test]
fn you_or_we_and_from_office() {
    convenience(&[
        (
            "You or we can bring this arrangement to a close at any moment, for any reason or none, by telling the other in writing six weeks ahead.",
            "either notice 6 weeks",
        ),
        (
            "The Adviser is free to step down from office at any time by two months' notice in writing to the Company.",
            "Adviser notice 2 months",
        ),
    ]);
}
