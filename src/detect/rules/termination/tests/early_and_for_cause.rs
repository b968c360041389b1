//! Rights to end before the day that is set, for a wrong of the other party, and what an ending waits for.

use super::{convenience, cures, facts, rights};
use crate::record::Fact;

#[test]
fn before_the_day_that_is_set() {
    convenience(&[
        (
            "This Agreement runs until 31 December 2024 unless terminated sooner by either party on sixty days' written notice.",
            "either notice 60 days",
        ),
        (
            "The appointment lasts two years, unless ended earlier by either side giving the other three months' notice.",
            "either notice 3 months",
        ),
        (
            "This Agreement shall expire on 1 May 2023 unless previously terminated by the Customer upon not less than 45 days' prior written notice.",
            "Customer notice 45 days",
        ),
        (
            "Unless earlier terminated by either Party upon thirty (30) days' written notice, this Agreement will remain in effect until 30 June 2022.",
            "either notice 30 days",
        ),
        (
            "The licence ends on 30 June 2025, save that either party may bring it to an end earlier by two months' notice.",
            "either notice 2 months",
        ),
        (
            "This Agreement will end on 30 June 2025 unless it is cancelled before that date by either party with 30 days' notice.",
            "either notice 30 days",
        ),
        (
            "This Agreement shall terminate upon the earlier of 31 December 2023 or thirty days after written notice by either party.",
            "either notice 30 days",
        ),
        (
            "The Consultant's engagement shall end on 31 March 2022 or, if earlier, on the expiry of one month's notice given by either party.",
            "either notice 1 month",
        ),
        (
            "Unless earlier terminated, the Term is five years; provided that after the second anniversary of the Effective Date, the Customer may terminate this Agreement on six months' notice.",
            "Customer notice 6 months",
        ),
        (
            "This Agreement will terminate 12 months from its date, unless earlier terminated by either Party at any time upon 30 days' notice.",
            "either notice 30 days",
        ),
    ]);
    // It runs on, or renews, unless somebody ends it: no right to end it at any time.
    assert!(rights("The Term renews each year unless cancelled by the Customer on 30 days' notice.").is_empty());
}

#[test]
fn for_a_wrong_of_the_other() {
    for (text, want) in [
        (
            "Either party may end this Agreement on 30 days' written notice for cause.",
            "Breach either notice 30 days cure -",
        ),
        (
            "The Company may, on ten days' notice, terminate this Agreement for cause.",
            "Breach Company notice 10 days cure -",
        ),
        (
            "This Agreement may be terminated for cause by either party upon thirty (30) days written notice to the other.",
            "Breach either notice 30 days cure -",
        ),
        (
            "The Client may terminate this Agreement by fourteen days' notice in the event of a breach by the Contractor.",
            "Breach Client notice 14 days cure -",
        ),
        (
            "If the Supplier is in material breach, the Customer may terminate this Agreement on seven days' notice.",
            "Breach Customer notice 7 days cure -",
        ),
        (
            "Upon breach by one party, the other party may terminate this Agreement upon twenty days' notice.",
            "Breach either notice 20 days cure -",
        ),
        (
            "Either party may terminate this Agreement upon not less than sixty days' notice to the other of any breach by it.",
            "Breach either notice 60 days cure -",
        ),
        (
            "Either party may terminate this Agreement on ten days' notice if the other becomes insolvent.",
            "Insolvency either notice 10 days cure -",
        ),
        (
            "If the Licensee is declared bankrupt the Licensor may terminate this Licence by seven days' notice.",
            "Insolvency Licensor notice 7 days cure -",
        ),
        (
            "The Provider may, on five days' notice, suspend the Services if an invoice remains unpaid thirty days after it fell due.",
            "Nonpayment Provider notice 5 days cure 30 days suspend",
        ),
        (
            "If the breach is not put right within fourteen (14) days, the Landlord may end the tenancy on 28 days' notice.",
            "Breach Landlord notice 28 days cure 14 days",
        ),
        (
            "The Vendor may, upon thirty days' notice, terminate this Agreement if the Client fails to pay a sum and fails to cure this within ten days of notice.",
            "Nonpayment Vendor notice 30 days cure 10 days",
        ),
    ] {
        assert_eq!(rights(text), [want], "{text}");
    }
}

#[test]
fn several_times_to_cure() {
    cures(&[
        (
            "Provider may terminate this Agreement if the Customer: (a) fails to pay any sum and does not pay it within ten days after notice; or (b) commits any other breach and fails to remedy it within thirty days after notice.",
            &["10 days", "30 days"],
        ),
        (
            "The Bank may terminate if (i) an instalment is not paid within five days after notice; (ii) a covenant is breached and the breach is not cured within 45 days after notice.",
            &["5 days", "45 days"],
        ),
        (
            "If (a) a failure to make any payment has not been cured within ten days following receipt by Carrier of a Default Notice, or (b) another default has not been cured within thirty days following receipt of such notice, the Shipper may terminate this Agreement.",
            &["10 days", "30 days"],
        ),
        (
            "If the Company fails to perform within 30 days upon notice from the Principal, the Principal may terminate this Contract.",
            &["30 days"],
        ),
        (
            "The cure period for non-payment is five days and for any other breach it is thirty days.",
            &["5 days", "30 days"],
        ),
        (
            "A breach that is not remedied within 45 days from notice shall be regarded as a fundamental breach.",
            &["45 days"],
        ),
        (
            "This Agreement ends by itself after ten days from a notice if the party told fails to cure its breach.",
            &["10 days"],
        ),
        (
            "Host may suspend Services for non-payment only after a second notice and a further period of fifteen (15) days.",
            &["15 days suspend"],
        ),
        ("4. Default. Fails to pay a sum and does not correct this within ten days after notice of it.", &["10 days"]),
        ("\"Repeatedly\" means three defaults, cured or not, within any twelve months.", &[]),
        ("If the breach is not likely to be remedied within ninety days the Buyer may terminate this Agreement.", &[]),
        ("Each month it sends within five days a correct statement; if it does not, it is in default.", &[]),
    ]);
}

#[test]
fn the_notice_of_another_contract_is_a_mention() {
    convenience(&[(
        "4.3.1 Notwithstanding the 180 day notice period in Section 4.3 of the Master Agreement, either Party may terminate this Amendment for convenience upon no less than sixty days' notice.",
        "either notice 60 days",
    )]);
    let paid = "The Seller may terminate the lease if the Buyer pays it $500 within five days of such notice.";
    assert!(rights(paid).iter().all(|right| !right.contains("5 days")), "{paid}");
    let secret = "I will not at any time during my employment or after the termination of my employment for whatever reason disclose it.";
    assert!(rights(secret).is_empty(), "{secret}");
}

#[test]
fn items_under_a_right() {
    let text = "8. Ending\nThe Customer may terminate this Agreement:\n(a) by three months' notice, if the reductions reached twelve per cent; or\n(b) by ten days' notice if the Supplier moves its works.";
    assert_eq!(rights(text), ["Other Customer notice 3 months cure -", "Other Customer notice 10 days cure -"]);
}

#[test]
fn what_an_ending_waits_for_is_told() {
    let text = "The Tenant may terminate this Lease on 180 days' notice, provided that such termination shall not become effective prior to March 31, 2028.";
    let found = facts(text);
    let right = found.iter().find_map(Fact::value).unwrap();
    assert_eq!(right.event.as_deref(), Some("not become effective prior to March 31, 2028"));
}

#[test]
fn by_length_of_service_in_a_list() {
    let text = "8. Termination\nThis Agreement may be terminated by either party giving written notice as follows:\n- One week's notice for employees employed for less than one year\n- Two weeks' notice for employees employed for one year or more\n";
    let want = ["Convenience either notice 1 week cure -", "Convenience either notice 2 weeks cure -"];
    assert_eq!(rights(text), want);
}

#[test]
fn where_little_more_is_said() {
    convenience(&[
        (
            "The end date of the contract is 14 May 2028, unless it is terminated by either party giving the other 70 days' written notice.",
            "either notice 70 days",
        ),
        (
            "This Agreement shall continue unless terminated by either party on 25 days' notice.",
            "either notice 25 days",
        ),
        (
            "The post begins on 1 May 2026, and shall be subject to termination at any time on three weeks notice given by either side.",
            "either notice 3 weeks",
        ),
        (
            "The Customer may terminate this Agreement by written notice at least 80 days before the desired termination date.",
            "Customer notice 80 days",
        ),
        (
            "While the tenancy is periodic either party may terminate by giving two months' written notice expiring on a rent payment date.",
            "either notice 2 months",
        ),
        (
            "The Tenant may, upon 55 days' written notice to the Landlord, terminate this lease provided that the Tenant pays a termination charge.",
            "Tenant notice 55 days",
        ),
        (
            "If the Tenant wishes to determine this Lease at any time after the first year and gives to the Landlord not less than four months' previous notice of that wish, this Lease shall cease at the expiry of the notice.",
            "Tenant notice 4 months",
        ),
    ]);
}

#[test]
fn what_was_asked_for_and_not_done() {
    cures(&[
        (
            "A party in serious breach of this contract may be required in writing to put the breach right. Unless it has done so within 28 days of being so required, the other may terminate the contract at once.",
            &["28 days"],
        ),
        (
            "Where a party commits a breach the other may call on it to remedy the breach. If it has not done so within 14 days of the notice, the other may terminate this Agreement.",
            &["14 days"],
        ),
        (
            "Where a sum is overdue the Supplier may require the default to be made good. Unless the Buyer complies within seven days of that notice, the Supplier may cancel this Agreement.",
            &["7 days"],
        ),
        (
            "The other may require the breach to be remedied. It may terminate this Agreement if that is not done within 45 days of its notice.",
            &["45 days"],
        ),
        (
            "The Supplier shall remedy any breach notified by the Buyer. If it has not delivered the goods within 30 days of the order, the Buyer may terminate the order.",
            &[],
        ),
    ]);
}
