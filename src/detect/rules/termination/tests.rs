use super::*;
use crate::calendar::Period;
use crate::record::DocumentId;
use crate::segment::segment;
use crate::text::DocumentText;

fn rights(plain: &str) -> Vec<String> {
    let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
    let found = crate::detect::detect(&text, &segment(&text)).facts.terminations;
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
    found.iter().filter_map(Fact::value).map(line).collect()
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
    let mut wrong = Vec::new();
    for (text, want) in [
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
    ] {
        let got = rights(text);
        if got != [format!("Convenience {want} cure -")] {
            wrong.push(format!("{got:?} not {want} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn more_times_to_cure() {
    let mut wrong = Vec::new();
    for (text, want) in [
        (
            "If the rent shall be unpaid for twenty-one (21) days after becoming payable or if any covenant shall not be performed and the Tenant shall not have remedied the same within twenty-eight (28) days of notice it shall be lawful for the Landlord to re-enter.",
            &["21 days", "28 days"][..],
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
    ] {
        let got = rights(text);
        let cures: Vec<&str> = got.iter().filter_map(|r| r.split("cure ").nth(1)).filter(|c| *c != "-").collect();
        if cures != want {
            wrong.push(format!("{got:?} not {want:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn breaks_in_the_passive() {
    for (text, day) in [
        (
            "The term shall be determinable by the Buyer on 31 March 2027 upon at least 90 days' notice in writing.",
            "2027-03-31",
        ),
        (
            "If notice of at least six months is given by the Tenant, this Lease shall end on 31 March 2027.",
            "2027-03-31",
        ),
        ("This Agreement may be terminated by the Buyer on 31 March 2027 by six months' written notice.", "2027-03-31"),
    ] {
        let plain = DocumentText::from_plain(DocumentId::of(b"t"), text);
        let found = crate::detect::detect(&plain, &segment(&plain)).facts.terminations;
        let on = found.iter().filter_map(Fact::value).flat_map(|t| &t.breaks).find_map(|b| b.on);
        assert_eq!(on.map(|d| d.to_string()).as_deref(), Some(day), "{text}");
    }
}

#[test]
fn what_is_no_right_to_go() {
    for text in [
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
