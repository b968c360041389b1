use crate::detect::detect;
use crate::record::DocumentId;
use crate::segment::segment;
use crate::text::DocumentText;

fn starts(clause: &str) -> Option<String> {
    let plain = format!(
        "This Agreement is made on 2 May 2026 between Acme Tools, Inc. (\"Acme\") and Harbor LLC (\"Buyer\").\n{clause}\nIrish law applies."
    );
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), &plain);
    detect(&text, &segment(&text)).facts.effective_date.and_then(|d| d.value().map(ToString::to_string))
}

/// Each clause gives this start, or none.
fn all_start(want: Option<&str>, clauses: &[&str]) {
    for clause in clauses {
        assert_eq!(starts(clause).as_deref(), want, "{clause}");
    }
}

#[test]
fn a_day_that_is_not_the_start() {
    all_start(
        None,
        &[
            "The Supplier's insurance commences on 1 June 2026.",
            "The price list is effective from 1 June 2026.",
            "Works on the roof will start on 1 June 2026.",
            "The Employee's review begins on 1 June 2026.",
            "Services will be provided from 1 June 2026 in Cork and services will be provided from 1 July 2026 in Galway.",
            "The termination of your employment is effective 1 June 2026.",
            "The new website of the Customer goes live on 1 June 2026.",
            "The Supplier shall start to provide training on 1 June 2026.",
            "The Customer appointed a receiver with effect from 1 June 2026.",
            "Valid from 1 June 2026 the list price is EUR 10.",
        ],
    );
}

#[test]
fn the_date_of_the_contract_where_none_is_defined() {
    all_start(
        Some("2026-05-02"),
        &[
            "This DPA enters into force on the Effective Date.",
            "This Agreement shall take effect on the Effective Date and continue until either party ends it.",
        ],
    );
    all_start(
        None,
        &[
            "Upon the effective date of termination, this Agreement shall have no force.",
            "Each of the Exclusive Supply Agreement and the Warrant is effective as of the date hereof in accordance with the terms of such document.",
            "For purposes of this Agreement, \"Standstill Period\" shall mean the period commencing on the date of this Agreement and ending on 3 May 2027.",
            "Except as this Agreement provides, at all times during the period commencing on the date hereof and ending on 3 May 2027, the Buyer shall not buy shares.",
            "The Buyer may inspect the books during the inspection period of this Agreement, commencing on the date hereof.",
            "This Agreement takes effect on the Effective Date. \"Effective Date\" means the day of the last approval.",
        ],
    );
}

#[test]
fn the_day_on_which_it_starts() {
    all_start(
        Some("2026-06-01"),
        &[
            "The Term begins on 1 June 2026 and runs for two years.",
            "Your employment will start on 1 June 2026.",
            "Commencement date: 1 June 2026",
            "Commencement Date\t1 June 2026",
            "This Lease is granted with effect from 1 June 2026.",
            "This Agreement shall come into force on 1 June 2026.",
            "The tenancy will begin on 1 June 2026 for a fixed term of 12 months.",
            "The Tenancy starts on and includes 1 June 2026.",
            "You will commence employment with the Company on 1 June 2026.",
            "The Landlord lets the Premises to the Tenant for a term of five years from and including 1 June 2026.",
            "The Term: 12 months commencing 1 June 2026 and ending 31 May 2027.",
            "TO HOLD the Premises unto the Tenant from 1 June 2026 for the term of ten years.",
            "The contract period is from 1 June 2026 to 31 May 2028.",
            "The appointment shall take effect from 1 June 2026.",
            "This Agreement is effective from 1 June 2026 (the \"Start Date\").",
            "The Subscription Term will commence on 1 June 2026.",
            "Your start date will be 1 June 2026.",
            "The start date of your employment is 1 June 2026.",
            "The hire period starts on 1 June 2026.",
            "Your employment under this contract begins on 1 June 2026. Your continuous employment began on 14 October 2019.",
            "Your continuous employment began on 14 October 2019 and your employment in this role begins on 1 June 2026.",
            "The commencement date shall be 1 June 2026, notwithstanding the date of signature.",
            "The starting date is 1 June 2026",
            "This Agreement is signed on 2 May 2026, comes into force on 1 June 2026 and is concluded for an indefinite period.",
            "The starting date is\t1 June 2026",
            "You start on 1 June 2026. Your probation ends on 1 December 2026.",
            "Your first day is 1 June 2026.",
            "You will join us on 1 June 2026.",
            "Contract start date Monday, 1 June 2026",
            "Start date 1 June 2026",
            "[ ] 6 months [X] 12 months\nstarting on 1 June 2026 and ending on 31 May 2027 [Cross out]",
            "Fixed term: The tenancy starts on 1 June 2026 and ends on 31 May 2027.",
            "The Company hereby engages Mr Emmanuel Tabe with effect from 1 June 2026.",
            "Your employment with us began on 1 June 2026.",
            "The Services will be provided from 1 June 2026 until further notice.",
            "The Supplier shall begin providing the Services on 1 June 2026.",
            "The Provider shall begin work under this Agreement starting June 1, 2026.",
            "Day one of the contract is 1 June 2026.",
            "You will take up your duties on 1 June 2026.",
            "The rights granted in this document begin to run on 1 June 2026.",
            "The loan begins on 1 June 2026 and is over on 31 May 2028.",
            "This Agreement takes effect 1 June 2026 and runs on until either party gives the other 60 days' notice.",
            "The press is let to Harbor LLC from 1 June 2026 with no fixed end.",
            "The Supplier lets the shop to the Buyer for two years, the first day of which is 1 June 2026.",
        ],
    );
}

#[test]
fn the_one_day_on_which_anything_begins() {
    all_start(
        Some("2026-06-01"),
        &[
            "The Operator shall deliver the papers in Blocks 201 to 230 from 1 June 2026.",
            "I started on your books on 1 June 2026, and I will keep them until one of us says stop.",
            "The rental began on 1 June 2026. It has no agreed end.",
            "The Firm keeps the books of the Client as of 1 June 2026.",
            "The Agency shall supply meals with effect from the reopening of schools on 1 June 2026.",
            "Service begins on the meter read of 1 June 2026. Your price is locked until 31 July 2026.",
            "The engineer begins on 1 June 2026.",
            "Access opens on Monday, 1 June 2026.",
            "Your first day will be Monday, 1 June 2026; please plan on half a day of orientation.",
            "1 June 2026 is the first day of this agreement.",
            "The Consultant is appointed from 1 June 2026. The works are expected to begin on 1 March 2027.",
            "The Council is happy to let you have this plot. You may dig from 1 June 2026.",
            "The licence dates from 1 June 2026 and lasts until the patent expires.",
            "The Company employs Ms Roy as Finance Director from 1 June 2026.",
            "The Supplier shall send staff with effect from 1 June 2026 and this Agreement shall remain valid till 14 June 2029.",
        ],
    );
    all_start(
        None,
        &[
            "The price steps up to EUR 210, with effect from 1 June 2026.",
            "The fee goes from 20% to 22% from 1 June 2026.",
            "If the permit is late, the Supplier begins on 1 June 2026.",
            "The Supplier was let into the site from 1 June 2026.",
            "The Supplier works in Cork from 1 June 2026. The Buyer works in Galway from 1 July 2026.",
        ],
    );
}

#[test]
fn a_start_that_is_denied() {
    all_start(
        None,
        &[
            "This Agreement shall not commence on 1 June 2026.",
            "This Agreement does not take effect from 1 June 2026.",
            "This Agreement will not become effective as of 1 June 2026.",
            "The term of this Agreement shall not begin on 1 June 2026 and is of two years.",
            "The services will not start on 1 June 2026.",
        ],
    );
    all_start(
        Some("2026-06-01"),
        &[
            "This Agreement shall not commence before 1 June 2026 and is in force from 1 June 2026.",
            "This Agreement shall commence on 1 June 2026.",
        ],
    );
}
