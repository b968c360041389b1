mod breaks;
mod early_and_for_cause;
mod in_plain_words;
mod listed;
mod said_otherwise;

use super::*;
use crate::calendar::Period;
use crate::record::DocumentId;
use crate::segment::segment;
use crate::text::DocumentText;

fn facts(plain: &str) -> Vec<Fact<Termination>> {
    let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
    crate::detect::detect(&text, &segment(&text)).facts.terminations
}

fn rights(plain: &str) -> Vec<String> {
    let period = |p: Option<Period>| p.map_or_else(|| "-".to_owned(), |p| p.to_string());
    let line = |t: &Termination| {
        let by = t.by.as_deref().unwrap_or("?");
        format!(
            "{:?} {by} notice {} cure {}{}",
            t.kind,
            period(t.notice),
            period(t.cure),
            if t.effect == Effect::Suspend { " suspend" } else { "" }
        )
    };
    facts(plain).iter().filter_map(Fact::value).map(line).collect()
}

/// Each text gives one right, for convenience, to this party with this notice.
fn convenience(table: &[(&str, &str)]) {
    let differs = |&(text, want): &(&str, &str)| {
        let got = rights(text);
        (got != [format!("Convenience {want} cure -")]).then(|| format!("{got:?} not {want} for {text}"))
    };
    let wrong: Vec<String> = table.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each text gives these times to cure, and no others.
fn cures(table: &[(&str, &[&str])]) {
    let differs = |&(text, want): &(&str, &[&str])| {
        let got = rights(text);
        let cures: Vec<&str> = got.iter().filter_map(|r| r.split("cure ").nth(1)).filter(|c| *c != "-").collect();
        (cures != want).then(|| format!("{got:?} not {want:?} for {text}"))
    };
    let wrong: Vec<String> = table.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// How many days on which it can be ended a text gives.
fn breaks_of(text: &str) -> usize {
    facts(text).iter().filter_map(Fact::value).map(|right| right.breaks.len()).sum()
}

/// The first break of each text that has a day falls on this one.
fn breaks(table: &[(&str, &str)]) {
    for &(text, day) in table {
        let found = facts(text);
        let on = found.iter().filter_map(Fact::value).flat_map(|t| &t.breaks).find_map(|b| b.on);
        assert_eq!(on.map(|d| d.to_string()).as_deref(), Some(day), "{text}");
    }
}

#[test]
fn the_notice_stands_in_the_next_sentence() {
    convenience(&[
        (
            "Each Party will have the right to terminate this Agreement by sending a written notice to the other Party. The Agreement will be terminated thirty (30) working days upon reception of the written notice by the other Party.",
            "either notice 30 business days",
        ),
        (
            "Either party may end this contract by written notice. It will terminate sixty days after receipt of the notice.",
            "either notice 60 days",
        ),
        ("One (1) calendar month written notice is required to withdraw your child.", "? notice 1 month"),
    ]);
}

#[test]
fn convenience_in_every_dress() {
    for (text, want) in [
        (
            "Either Party may terminate this Agreement for convenience upon not less than thirty (30) days' prior written notice to the other Party.",
            "Convenience either notice 30 days cure -",
        ),
        (
            "Client may terminate this Agreement on sixty (60) days written notice without cause.",
            "Convenience Client notice 60 days cure -",
        ),
        (
            "The Agreement is cancellable at any time by any of the parties upon three months prior written notice.",
            "Convenience either notice 3 months cure -",
        ),
        (
            "The Buyer may cancel this Contract at any time by giving the Seller 90 days notice.",
            "Convenience Buyer notice 90 days cure -",
        ),
    ] {
        assert_eq!(rights(text), [want], "{text}");
    }
    let two = "The Client may terminate for its convenience on 30 days' notice; and the Vendor may terminate for its convenience on 90 days' notice.";
    assert_eq!(rights(two), ["Convenience Client notice 30 days cure -", "Convenience Vendor notice 90 days cure -"]);
}

#[test]
fn convenience_at_a_price_or_by_wish() {
    convenience(&[
        (
            "You may terminate this Agreement without cause on sixty (60) days' notice if you pay a termination fee.",
            "You notice 60 days",
        ),
        (
            "The Buyer may terminate the hire at any time by giving 30 days' written notice and paying the early termination charge.",
            "Buyer notice 30 days",
        ),
        (
            "The Buyer may end this Agreement at any time after the first year by two months' notice or by paying two months' fees in lieu of such notice.",
            "Buyer notice 2 months",
        ),
        ("The Buyer may terminate this Agreement prior to its expiry by 60 days' notice.", "Buyer notice 60 days"),
        (
            "The term may be ended before its expiry date by the Supplier on 90 days' written notice.",
            "Supplier notice 90 days",
        ),
        (
            "If the Buyer commits a breach the Supplier may cancel this Agreement at once and the Buyer too will have the right to terminate this Agreement by giving a notice of one month.",
            "Buyer notice 1 month",
        ),
        (
            "Any party hereto wishing to terminate this Agreement shall serve upon the other written notice of its intention to do so and such notice shall be for a period of one (1) calendar month.",
            "either notice 1 month",
        ),
        (
            "In the event the Tenant shall be desirous of terminating this Tenancy before the expiry of the term hereby created, the Tenant shall give three months' notice, provided that such notice shall not be given in the first year.",
            "Tenant notice 3 months",
        ),
        ("Either party may give 90 days' notice of termination of this Agreement.", "either notice 90 days"),
        (
            "Either you or the Company may terminate your engagement before the end of the fixed term by giving one month's notice.",
            "either notice 1 month",
        ),
        ("Minimum period of notice for without reason termination: 30 days", "? notice 30 days"),
        (
            "The Buyer may end this Agreement at any time by 90 days' notice unless stated otherwise in the Order Form.\nNotice period for termination without cause: 30 days",
            "Buyer notice 30 days",
        ),
    ]);
}

#[test]
fn convenience_of_each_and_by_request() {
    convenience(&[
        (
            "The Tenant and the Landlord shall each be entitled to terminate this Agreement upon giving the other party one (1) calendar month's written notice and at the expiration of such notice this Agreement shall cease PROVIDED ALWAYS that the Landlord may terminate it at once if there is a breach by the Tenant.",
            "either notice 1 month",
        ),
        (
            "The Lessor and the Lessee may each end this lease by giving the other two months' notice.",
            "either notice 2 months",
        ),
        (
            "Each of the Principal and the Agent shall be entitled to terminate this agency upon giving three months' notice.",
            "either notice 3 months",
        ),
        (
            "This Agreement may be canceled at any time at the request of COUNTY with thirty (30) days prior written notice to BROKER stating when thereafter cancellation is to be effective.",
            "COUNTY notice 30 days",
        ),
        (
            "BROKER shall give written notice to COUNTY at least one hundred-eighty (180) days prior to cancellation, non-renewal, or restriction of its obligations.",
            "BROKER notice 180 days",
        ),
        ("To cancel, you need to give us one calendar month's notice.", "you notice 1 month"),
        ("If you would like to end your membership, please give us 30 days' notice.", "you notice 30 days"),
        ("It runs until either of us stops it by giving eight weeks' written notice.", "either notice 8 weeks"),
        ("The minimum notice that you must give to leave is 28 days.", "you notice 28 days"),
        (
            "The Contract may be terminated without cause by the Association with thirty (30) days' written notice.",
            "Association notice 30 days",
        ),
        ("Cancellation requires one calendar month's notice in writing.", "? notice 1 month"),
        ("This licence is revocable by the Licensor on 14 days' notice.", "Licensor notice 14 days"),
        (
            "Not less than thirty days' written notice shall be given by the party desiring to terminate.",
            "? notice 30 days",
        ),
        (
            "It shall be competent to either party to bring the lease to an end on six months' notice.",
            "either notice 6 months",
        ),
        ("This agreement may be discharged by three months' notice on either side.", "either notice 3 months"),
        ("Your employment is subject to three months' notice of termination on either side.", "either notice 3 months"),
        (
            "The State may, upon thirty (30) days' written notice, terminate this Contract when it is in the best interest of the State.",
            "State notice 30 days",
        ),
        (
            "The lender reserves the right to recall items before the loan end date with reasonable notice.",
            "lender notice -",
        ),
        (
            "The Purchaser, by notice sent to the Supplier not less than 28 days before, may terminate the Contract at any time for its convenience.",
            "Purchaser notice 28 days",
        ),
    ]);
    let shared = "It may be terminated sooner without cause: by the Principal on 20 days' written notice, and by the Consultant on 40 days' written notice.";
    assert_eq!(
        rights(shared),
        ["Convenience Principal notice 20 days cure -", "Convenience Consultant notice 40 days cure -"]
    );
    for text in [
        "The Employee may take leave at any time with two weeks' notice.",
        "Purchase orders may be cancelled by the Buyer on 10 days' notice before shipment.",
        "The Customer cannot cancel for convenience during the term, and 30 days' notice is needed to move a user.",
        "Upon termination for convenience the Supplier shall give the Buyer the data within 30 days of notice.",
        "The Licensor may, upon reasonable notice, inspect the premises and end any nuisance.",
    ] {
        assert_eq!(rights(text), [""; 0], "{text}");
    }
}

#[test]
fn notice_by_length_of_service() {
    let text = "Notice of termination to be given by the employer\n• Under one month's service - nil.\n• During probation - 1 week.\n• After that - 6 weeks.\n\
                Notice of termination to be given by the employee\n• At all times - 4 weeks.";
    let want = ["employer notice 1 week", "employer notice 6 weeks", "employee notice 4 weeks"];
    assert_eq!(rights(text), want.map(|line| format!("Convenience {line} cure -")));
    let other = "Notice of maintenance to be given by the supplier\n• Planned - 1 week.\n• Urgent - 1 day.";
    assert_eq!(rights(other), [""; 0]);
}

#[test]
fn times_to_cure_after_words_of_every_kind() {
    cures(&[
        (
            "The Licensor may terminate this agreement if the Licensee fails to pay any amount on the due date and remains in default not less than 7 (seven) days after being notified to pay.",
            &["7 days"],
        ),
        (
            "Either party may terminate if the other is in breach and still in breach 21 days after being told of it.",
            &["21 days"],
        ),
        (
            "The Owner may cancel this contract if the Manager breaches it and, a month after receiving a written notice of the breach, has still not remedied it.",
            &["1 month"],
        ),
        (
            "If the Tenant does not comply with a notice to repair within two months the Landlord may forfeit this lease.",
            &["2 months"],
        ),
        ("We can end the agreement if you owe us money for more than 28 days after its due date.", &["28 days"]),
        ("If you do not pay within 10 days of our letter we may cancel your membership.", &["10 days"]),
        ("If the rent shall be in arrears for the space of twenty-one days the Landlord may re-enter.", &["21 days"]),
        (
            "The Company shall have 30 days to cure any such condition, and if it does not the Executive may terminate this Agreement.",
            &["30 days"],
        ),
        (
            "Should either party be in default and remain in such default for a period of 10 days the other may cancel this lease.",
            &["10 days"],
        ),
        ("Default settings are restored within 7 days after notice.", &[]),
    ]);
}

#[test]
fn rights_beside_exceptions_and_reasons() {
    convenience(&[
        (
            "Other than for the reasons set out in Section 9, either party may end this Agreement during the Term, or any extensions of it, by two months' written notice.",
            "either notice 2 months",
        ),
        (
            "Except in the case of breach, dealt with in clause 8, the Buyer may end this Agreement on 45 days' written notice.",
            "Buyer notice 45 days",
        ),
        (
            "Unless clause 8 applies, either party may terminate this Agreement on 30 days' written notice.",
            "either notice 30 days",
        ),
        (
            "The Buyer has the right to terminate the Contract at any time without reason or liability by giving not less than 90 days' written notice, and if it is terminated clause 12 applies.",
            "Buyer notice 90 days",
        ),
        (
            "The Supplier may at any time give the Buyer sixty days' notice ending this Agreement, in which case clause 9 applies.",
            "Supplier notice 60 days",
        ),
        (
            "After the lock-in period the Tenant may terminate this lease by giving two months' notice in writing.",
            "Tenant notice 2 months",
        ),
        ("Either party can bring this Agreement to a close by giving 28 days' notice.", "either notice 28 days"),
        ("You may leave this Agreement at any time provided you give us one month's notice.", "You notice 1 month"),
        (
            "Either party wishing to bring this Agreement to an end must give three months' notice in writing.",
            "either notice 3 months",
        ),
        ("Period of notice for termination by either party: 13 weeks", "? notice 13 weeks"),
    ]);
    let guarded = "The non-breaching party may terminate this Agreement on 30 days' notice.";
    assert!(rights(guarded).iter().all(|r| !r.starts_with("Convenience")), "{guarded}");
}

#[test]
fn times_to_cure_behind_notice_and_reminder() {
    cures(&[
        (
            "If the rent is more than 14 days in arrears the Landlord may re-enter the premises and this lease shall determine.",
            &["14 days"],
        ),
        (
            "If the Tenant defaults in payment the Landlord may terminate this lease by giving thirty days' notice in writing, if the default is not made good within the said period.",
            &["30 days"],
        ),
        (
            "If the other party commits a breach, a party may give twenty days' notice to terminate, and this Agreement ends when the notice runs out unless the breach has been remedied within that period.",
            &["20 days"],
        ),
        (
            "In the event of a material breach, the non-breaching party may terminate this Agreement if the breach is not cured within ten (10) days after written notice.",
            &["10 days"],
        ),
        (
            "The Supplier can terminate the Contract if the Buyer does not pay within 30 days of the date of the reminder notice.",
            &["30 days"],
        ),
        ("You will be in default if you do not pay any amount within 10 days after its due date.", &["10 days"]),
        (
            "Each of these is an event of default: any sum is not received within 7 days of the date on which it was due.",
            &["7 days"],
        ),
        (
            "The Supplier may terminate service in the event that the Buyer becomes more than 15 days in arrears.",
            &["15 days"],
        ),
        (
            "Upon a breach the innocent party shall give notice and if, at the end of 30 days, the breach persists, may terminate this Agreement.",
            &["30 days"],
        ),
        (
            "The party not in default may end this Agreement if the default has not been put right within 21 days of notice.",
            &["21 days"],
        ),
    ]);
    let two = "You will be in default if (a) you do not pay any amount within 10 days after its due date, or (b) you breach any other term and do not cure within 15 days after notice.";
    assert_eq!(rights(two).len(), 2, "{two}");
}

#[test]
fn more_times_to_cure() {
    cures(&[
        (
            "If the rent shall be unpaid for twenty-one (21) days after becoming payable or if any covenant shall not be performed and the Tenant shall not have remedied the same within twenty-eight (28) days of notice it shall be lawful for the Landlord to re-enter.",
            &["21 days", "28 days"],
        ),
        (
            "We may terminate this Agreement by notice if you fail to pay any Rental within 7 days of its due date or commit any other breach which you fail to remedy within 14 days of our notice.",
            &["7 days", "14 days"],
        ),
        (
            "2. Default. The Landlord may re-enter if:\n(a) the Rent is not paid within 14 days of its due date; or\n(b) the Tenant fails to remedy a breach within 21 days of receiving a notice.",
            &["14 days", "21 days"],
        ),
        (
            "If the Supplier continues a specified default for seven days from receipt of the notice the Buyer may terminate the Supplier's employment.",
            &["7 days"],
        ),
        (
            "Where the fees are in arrears the Supplier shall serve a warning notice and if the arrears are not paid within 28 days may terminate this Agreement.",
            &["28 days"],
        ),
        (
            "Failure of the Buyer to pay any instalment within ten (10) days after receipt of written notice, or within twenty (20) days after receipt of written notice any other sum, is an event of default.",
            &["10 days", "20 days"],
        ),
        (
            "If the Buyer is more than 30 days late in paying, the Supplier may terminate this Agreement at once.",
            &["30 days"],
        ),
        (
            "If any part of the rent is outstanding for 21 days after becoming due the Landlord may recover possession of the premises.",
            &["21 days"],
        ),
    ]);
}

#[test]
fn what_the_next_sentence_adds() {
    convenience(&[
        (
            "Either party may call it a day at any time. Two months' notice must be given in writing.",
            "either notice 2 months",
        ),
        (
            "The Customer may terminate this Agreement at any time for its convenience. Notice of at least 45 days is required.",
            "Customer notice 45 days",
        ),
    ]);
    cures(&[(
        "If you break this contract in a serious way, we will give you 21 days to put things straight. If you have not done so by \
         then, we may end the contract.",
        &["21 days"],
    )]);
}

#[test]
fn what_is_no_right_to_go() {
    for text in [
        "The Provider may dismiss a support claim on 5 days' notice.",
        "Neither party may terminate this Agreement for convenience.",
        "If Client terminates this Agreement for convenience under Section 4, Client shall pay the fees for 30 days.",
        "The Agreement renews unless either party gives notice of termination 60 days before its end.",
        "Upon termination for any reason, the Supplier shall return the data within 30 days.",
    ] {
        assert_eq!(rights(text), [""; 0], "{text}");
    }
}

#[test]
fn times_to_cure() {
    for (text, want) in [
        (
            "Either Party may terminate if the other Party materially breaches this Agreement and fails to cure such breach within thirty (30) days after receiving written notice thereof.",
            "Breach either notice - cure 30 days",
        ),
        (
            "This Agreement may be terminated for a substantial breach which is not remedied within 20 business days of notice.",
            "Breach ? notice - cure 20 business days",
        ),
        (
            "If undisputed amounts remain unpaid for more than thirty (30) days after written notice of non-payment, Vendor may suspend the Services.",
            "Nonpayment Vendor notice - cure 30 days suspend",
        ),
        (
            "The Provider shall give notice of late payment and a fifteen (15)-day cure period before it may suspend Services for non-payment.",
            "Nonpayment ? notice - cure 15 days suspend",
        ),
    ] {
        assert_eq!(rights(text), [want], "{text}");
    }
    let both = "The Supplier may bring this agreement to an end on 7 days' notice if the Buyer does not pay within 14 days of the due date.";
    assert_eq!(rights(both), ["Nonpayment Supplier notice 7 days cure 14 days"]);
    assert_eq!(rights("The Supplier shall correct defects in the goods within ten (10) days."), [""; 0]);
}

#[test]
fn insolvency_and_events() {
    assert_eq!(
        rights("Either party may terminate this Agreement if the other becomes insolvent or files for bankruptcy."),
        ["Insolvency either notice - cure -"]
    );
    assert_eq!(
        rights(
            "If uptime is below 98% in three (3) consecutive months, Client may terminate upon 30 days' written notice."
        ),
        ["Other Client notice 30 days cure -"]
    );
}

#[test]
fn either_of_two_and_rights_that_only_are_mentioned_as_owned() {
    convenience(&[
        (
            "SUPPLIER OR CUSTOMER MAY CANCEL THIS CONTRACT WITH THIRTY (30) DAYS WRITTEN NOTICE.",
            "either notice 30 days",
        ),
        ("The Supplier or the Customer may end this Agreement by 30 days' notice.", "either notice 30 days"),
        (
            "This lease is subject to the Consumer Act, including the Tenant's right to cancel a fixed-term lease on twenty (20) days' written notice.",
            "Tenant notice 20 days",
        ),
        (
            "Either party may terminate this Agreement on the expiry of the fixed term, or thereafter, by giving the other party at least one (1) calendar month's written notice.",
            "either notice 1 month",
        ),
        ("Three months' notice by either party brings this Agreement to an end.", "either notice 3 months"),
        (
            "Notice of termination may be given by either party at any time, and shall be not less than 30 days.",
            "either notice 30 days",
        ),
        ("The notice period for termination by either party is 30 days.", "either notice 30 days"),
        (
            "This agreement will continue until one of the parties gives the other one month's written notice to end it.",
            "either notice 1 month",
        ),
    ]);
    let other = "The Supplier may terminate its lease of the warehouse on 30 days' notice.";
    assert!(rights(other).is_empty(), "{other}");
}
