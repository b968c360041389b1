//! Ways to say what happens at the end of the term.

mod by_agreement;
mod by_the_year;
mod of_each_party;
mod of_other_countries;

use super::renewal;
use crate::phrase::Phrases;
use crate::record::value::Renewal;

/// Kind, length, notice, opening of its window and number of renewals, in short.
fn short(renewal: Option<Renewal>) -> String {
    let Some(r) = renewal else { return "nothing".to_owned() };
    let mut out = format!("{:?}", r.kind);
    let mut add = |what: &str, value: Option<String>| out.extend(value.map(|v| format!(", {what} {v}")));
    add("for", r.period.map(|p| p.to_string()));
    add("notice", r.notice_period.map(|p| p.to_string()));
    add("from", r.window_opens.map(|p| p.to_string()));
    add("times", r.max_renewals.map(|n| n.to_string()));
    out
}

pub(super) fn check(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, want)| (text, want, short(renewal(text))))
        .filter(|(_, want, got)| *want != got)
        .map(|(text, want, got)| format!("{text}\n  want {want}\n  got  {got}\n  {}", Phrases::of(text).shape()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn by_itself() {
    check(&[
        (
            "Thereafter this Agreement is kept in force from year to year, unless either side sends written notice of \
             non-renewal 180 days before the end of the year then running.",
            "Automatic, for 1 year, notice 180 days",
        ),
        (
            "The contract re-ups for another year each May 1 unless one of us writes to the other at least 15 days before the \
             year is out.",
            "Automatic, for 1 year, notice 15 days",
        ),
        (
            "The Agreement is for two years. Unless one Party objects in writing at least 30 days before it ends, it carries \
             on for the same period again.",
            "Automatic, for 2 years, notice 30 days",
        ),
        (
            "It is valid for five years, with automatic renewal of one year thereafter until terminated by either party with six \
             months' written notice prior to the expiration of any period.",
            "Automatic, for 1 year, notice 6 months",
        ),
        (
            "Unless one side objects at least 45 days before it ends, the agreement is carried on for a further six months.",
            "Automatic, for 6 months, notice 45 days",
        ),
        (
            "Renews automatically once only, for one year, unless the Buyer objects in writing 30 days before the term ends.",
            "Automatic, for 1 year, notice 30 days, times 1",
        ),
        (
            "After that date the agreement keeps running from year to year unless either of us writes to the other 90 days \
             before the year ends.",
            "Automatic, for 1 year, notice 90 days",
        ),
        (
            "The hire is kept going for further periods of six months unless one of the parties tells the other at least 30 \
             days before a period ends.",
            "Automatic, for 6 months, notice 30 days",
        ),
        (
            "The tenancy is for three years from 1 May 2022 and thereafter from year to year until ended by notice.",
            "Automatic, for 1 year",
        ),
        (
            "Unless I tell you in writing which option I choose 60 days before the end of the lease, I shall be deemed to have \
             chosen option 3 (one year renewal).",
            "Automatic, for 1 year, notice 60 days",
        ),
    ]);
}

#[test]
fn at_the_choice_of_one() {
    check(&[
        (
            "The Purchaser is entitled to lengthen this Agreement by one year on giving the Supplier at least 30 days' notice \
             in writing before it ends.",
            "Option, for 1 year, notice 30 days",
        ),
        (
            "If, at least 30 days before that date, the Buyer notifies the Supplier in writing that it wishes to extend, the \
             contract is extended by 12 months.",
            "Option, for 12 months, notice 30 days",
        ),
        (
            "If the Buyer so wishes, and says so in writing at least 60 days before the term ends, the term is extended by one \
             year.",
            "Option, for 1 year, notice 60 days",
        ),
        (
            "The Buyer may exercise up to four one-year option periods, each by written notice at least thirty (30) days \
             before the period then running ends.",
            "Option, for 1 year, notice 30 days, times 4",
        ),
        (
            "At the Buyer's election, communicated in writing not fewer than 45 days before the term ends, the term is \
             extended for one additional year.",
            "Option, for 1 year, notice 45 days",
        ),
        (
            "The Buyer, and it alone, can call for a second period of one year. It must do so in writing at least 60 days \
             before the supply period ends.",
            "Option, for 1 year, notice 60 days",
        ),
        (
            "The Tenant may renew for five years by notice in writing given not more than twelve months nor less than six \
             months before the term ends.",
            "Option, for 5 years, notice 6 months, from 12 months",
        ),
        (
            "The Buyer may extend it, at its sole discretion, by any period or periods of up to 24 months in total, on at \
             least one month's prior written notice.",
            "Option, notice 1 month",
        ),
        (
            "The Buyer has an option, exercisable by eight weeks' prior written notice before that date, to run the agreement \
             on for six months.",
            "Option, for 6 months, notice 8 weeks",
        ),
        (
            "The Lessor must give 60 days' notice of a rent review. The Lessee may renew for 3 years by giving the Lessor \
             written notice at least 120 days before the term ends.",
            "Option, for 3 years, notice 120 days",
        ),
        (
            "The Tenant may extend the term for a maximum of three consecutive periods of five years each, by notice at least \
             12 months before the term then in effect ends.",
            "Option, for 5 years, notice 12 months, times 3",
        ),
        (
            "The Buyer can keep the agreement running for another 12 months if it tells the Seller so in writing at least 30 \
             days before the end of the term.",
            "Option, for 12 months, notice 30 days",
        ),
        (
            "1.3 Renewal: The Lessee shall have the option to renew the lease for a further period of 60 (Sixty) months by \
             giving the Lessor 6 (six) months' prior written notice before the expiry of the lease.",
            "Option, for 60 months, notice 6 months",
        ),
        (
            "The lease ends on 31 March 2031 with an option for an additional five years at the same rent, provided that the \
             Tenant has given the Landlord written notice six (6) months prior to the expiration of the lease.",
            "Option, for 5 years, notice 6 months",
        ),
        (
            "The Franchisee may renew this Agreement for seven years if it gives the Franchisor written notice not more than \
             12 months and not less than 6 months before the end of the Term. The Franchisor must notify the Franchisee, at \
             least 6 months before the end of the Term, whether it intends to extend this Agreement.",
            "Option, for 7 years, notice 6 months, from 12 months",
        ),
    ]);
}

#[test]
fn tenancies() {
    check(&[
        (
            "If the Tenant shall be desirous of taking a tenancy of the Premises for a further term of two years from the \
             expiration of the Term and shall not more than eight months and not less than six months before the expiration \
             of the Term give to the Landlord notice in writing of such desire, the Landlord will let the Premises to the \
             Tenant for the said further term.",
            "Option, for 2 years, notice 6 months, from 8 months",
        ),
        (
            "If the Tenant is desirous of renewing the tenancy for a further term of one year the Tenant shall give the \
             Landlord three months' notice in writing before the expiration of the term, and the Landlord shall grant same \
             at a rent to be mutually agreed upon.",
            "Option, for 1 year, notice 3 months",
        ),
        (
            "The Landlord shall at the written request of the Tenant made not less than two months before the expiry of the \
             term hereby created grant to the Tenant a further term of two years at a rental to be mutually agreed.",
            "Option, for 2 years, notice 2 months",
        ),
        (
            "If the Tenant wishes to take a further lease of five years from the end of the Term, he must serve notice in \
             writing on the Landlord not more than 12 and not less than 6 months before the end of the Term.",
            "Option, for 5 years, notice 6 months, from 12 months",
        ),
        (
            "The Lessee may extend this lease by an option of three years under clause 27.\n\
             The Lessor must grant to the Lessee a lease for the further term if the Lessee gives the Lessor a notice \
             exercising the option not earlier than 9 months and not later than 6 months before the Terminating Date.",
            "Option, for 3 years, notice 6 months, from 9 months",
        ),
        (
            "The Tenant may extend this Lease by five years by six months' notice before the end of the term.\n\
             If the Tenant holds over after the end of the term, it is a tenant from month to month.",
            "Option, for 5 years, notice 6 months",
        ),
        (
            "If the Tenant holds possession after the term, it is a tenant from month to month at 125% of the rent.",
            "nothing",
        ),
        (
            "If the Tenant holds over with consent, the tenancy is from month to month, and either party may end it on thirty \
             days' written notice.",
            "MonthToMonth, for 1 month, notice 30 days",
        ),
        (
            "If the Tenant remains in the Premises after the term with consent, the tenancy is from month to month, and either \
             party may end it on thirty days' written notice.\n\
             The Tenant may extend the lease by three years by notice before the end of the term.\n\
             The option of Section 4 was not exercised.",
            "MonthToMonth, for 1 month, notice 30 days",
        ),
    ]);
}

#[test]
fn no_renewal_by_itself() {
    check(&[
        (
            "This Agreement may be renewed only by a written instrument that both parties sign before the term ends.",
            "MutualAgreement",
        ),
        ("This Agreement may only be extended in a document signed by both parties.", "MutualAgreement"),
        (
            "The Franchisor must notify the Franchisee, at least 6 months before the end of the Term, whether it intends to \
             extend this Agreement or enter into a new agreement.",
            "nothing",
        ),
    ]);
}

#[test]
fn windows() {
    check(&[
        (
            "The agreement renews automatically for one year. The Owner may cancel at the end of a term by notice given within \
             the period that begins 120 days, and closes 90 days, before that end.",
            "Automatic, for 1 year, notice 90 days, from 120 days",
        ),
        (
            "The agreement renews automatically for one year. Cancellation notice: minimum 30 days, maximum 90 days before the \
             end of the term.",
            "Automatic, for 1 year, notice 30 days, from 90 days",
        ),
        (
            "The agreement renews automatically for successive one-year terms, unless a party gives at least ninety (90), but \
             no more than one hundred eighty (180), days' notice of non-renewal before the current term ends.",
            "Automatic, for 1 year, notice 90 days, from 180 days",
        ),
        (
            "The tenancy runs for three years and thereafter from year to year until terminated under clause 8.\n\
             Either party may terminate this tenancy at the end of the fixed term by giving not less than twelve months' nor \
             more than twenty four months' notice.",
            "Automatic, for 1 year, notice 12 months, from 24 months",
        ),
    ]);
}

#[test]
fn labels() {
    check(&[
        (
            "Options: 1 x 5 years\nOption notice: 6 months before the Expiry Date",
            "Option, for 5 years, notice 6 months, times 1",
        ),
        ("Auto-renewal: 12 months\nNotice: 90 days", "Automatic, for 12 months, notice 90 days"),
        (
            "Renewal Term: One further term of seven years\nThe Franchisee may renew this Agreement for the Renewal Term by six \
             months' notice before the end of the Term.",
            "Option, for 7 years, notice 6 months",
        ),
    ]);
}

#[test]
fn more_ways() {
    check(&[
        (
            "The Supplier shall send an invoice 60 days before each renewal. The agreement renews automatically for one year. \
             Either party may stop renewal by 30 days' notice before the end of the term.",
            "Automatic, for 1 year, notice 30 days",
        ),
        (
            "If the Buyer does not wish the agreement to renew for a further year it must say so in writing 60 days before the end.",
            "Automatic, for 1 year, notice 60 days",
        ),
        (
            "The agreement renews automatically for one-year terms, to a maximum of three, unless 60 days' notice is given.",
            "Automatic, for 1 year, notice 60 days, times 3",
        ),
        (
            "The licence may be renewed at the request of the Licensee for 24 months by notice two months before its end.",
            "Option, for 24 months, notice 2 months",
        ),
        (
            "The Landlord shall notify the Tenant 60 days before the end of the term whether it will offer a new lease.",
            "nothing",
        ),
        (
            "The Buyer alone decides whether the agreement goes on for a further year and tells the Seller 60 days before the end.",
            "nothing",
        ),
        (
            "Either party can let the contract end by written notice at least 90 days before; otherwise it goes on for one more \
             year.",
            "Automatic, for 1 year, notice 90 days",
        ),
        (
            "The agreement renews automatically for up to three further years, one year at a time, unless 60 days' notice is given.",
            "Automatic, for 1 year, notice 60 days",
        ),
        (
            "The Landlord will on the written request of the Tenant made three months before the end of the term grant a renewal \
             of the tenancy for one year.",
            "Option, for 1 year, notice 3 months",
        ),
        (
            "After the first three years the agreement runs on until either gives the other six months' notice.",
            "Evergreen, notice 6 months",
        ),
        ("The contract ends on that date without notice being needed and is not renewed.", "None"),
        ("Renewal automatic, 12 months\nNotice 90 days", "Automatic, for 12 months, notice 90 days"),
        (
            "The Landlord shall extend the term by five years upon the Tenant's written request received at least 9 months before \
             it ends.",
            "Option, for 5 years, notice 9 months",
        ),
        (
            "The Tenant may renew this lease for five years on six months' notice. The rent rises after 60 days' notice.",
            "Option, for 5 years, notice 6 months",
        ),
    ]);
}

#[test]
fn by_agreement_by_name_and_not_by_the_month() {
    check(&[
        (
            "Should neither party terminate it on 3 months' notice to the end of the term, the contract is prolonged by one year.",
            "Automatic, for 1 year, notice 3 months",
        ),
        (
            "The term is three years, and thereafter it will be renewed automatically for additional one-year terms, unless a party gives notice 30 days before the end of a term.",
            "Automatic, for 1 year, notice 30 days",
        ),
        (
            "The membership will be extended by one month each time. To stop the extension you must give us a month's notice.",
            "Automatic, for 1 month, notice 1 month",
        ),
        (
            "Subscription Period: 1 year(s)\nStart date: 1 April 2026\nThis Order will automatically renew for additional Subscription Periods unless a party gives 30 days' notice before the end of one.",
            "Automatic, for 1 year, notice 30 days",
        ),
        ("This Agreement will not be automatically renewed on a month to month basis.", "None"),
        ("Upon expiry this Agreement shall not continue on a month-to-month basis.", "None"),
        ("In no event shall this lease be renewed or continue month to month.", "None"),
        ("Upon written agreement, the Buyer and the Supplier may renew this Agreement.", "MutualAgreement"),
        (
            "The Supplier and the Buyer may jointly agree to prolong the term by twelve months.",
            "MutualAgreement, for 12 months",
        ),
        (
            "3. Term. The Manager may amend this Agreement to extend it for two additional periods of six months. Any extension will require a written amendment executed by both parties.",
            "MutualAgreement, for 6 months, times 2",
        ),
        (
            "The Landlord shall on the request of the Tenant made not less than two months before the expiry of the term grant to the Tenant a tenancy of the said premises for a further term of twelve months.",
            "Option, for 12 months, notice 2 months",
        ),
        (
            "If the Tenant is desirous of renewing this Lease for a further term of five years and three months after the expiry of the Term it shall give notice not later than three months before the expiry of the Term.",
            "Option, for 63 months, notice 3 months",
        ),
        (
            "The Buyer reserves the right to extend this Agreement for a period of up to 12 months with a maximum of 2 such extensions, by 30 days' notice.",
            "Option, for 12 months, notice 30 days, times 2",
        ),
        (
            "This Agreement renews for one year. The Supplier will give 90 days' notice before the renewal of any increase in fees.",
            "Automatic, for 1 year",
        ),
    ]);
}

#[test]
fn a_new_term_that_follows_or_is_added() {
    check(&[
        (
            "The hire ends on 30 June 2028. One more year is added to it automatically, unless the Hirer writes 30 days before it ends.",
            "Automatic, for 1 year, notice 30 days",
        ),
        (
            "The arrangement ends on 30 June 2029. Save where a party has objected in writing at least 120 days before then, two years \
             are added to it.",
            "Automatic, for 2 years, notice 120 days",
        ),
        (
            "The subscription ends on 31 July 2028. Should the Customer fail to notify the Supplier in writing 60 days before then, a \
             further subscription of one year shall begin.",
            "Automatic, for 1 year, notice 60 days",
        ),
        (
            "The agreement expires on 31 August 2029. Only a notice of either party, given at least 45 days before that day, keeps the \
             agreement from continuing for another year.",
            "Automatic, for 1 year, notice 45 days",
        ),
    ]);
}

#[test]
fn rights_to_more_time() {
    check(&[
        (
            "The lease ends on 31 December 2029. The Lessee is at liberty, on giving written notice three months before that day, to \
             have the lease for two more years.",
            "Option, for 2 years, notice 3 months",
        ),
        (
            "The lease ends on 31 December 2029. The Tenant may call for a further three years by written notice given at least 90 days \
             before then.",
            "Option, for 3 years, notice 90 days",
        ),
        (
            "The tenancy ends on 28 February 2029. If the Tenant asks for it by letter at least one month before then, the Landlord shall \
             let the house to the Tenant for one further year.",
            "Option, for 1 year, notice 1 month",
        ),
        (
            "This Agreement ends on 1 May 2028. It is renewed if, and only if, the parties have both signed a renewal by then.",
            "MutualAgreement",
        ),
        (
            "This Agreement ends on 1 May 2028 and renews automatically for one year unless a party gives 60 days' notice before it ends. \
             There can be four such renewals and no fifth.",
            "Automatic, for 1 year, notice 60 days, times 4",
        ),
    ]);
}

#[test]
fn numbers_of_clauses_count_nothing() {
    check(&[
        (
            "9 OPTION TO EXTEND. The Buyer may extend this Agreement by one year by 30 days' notice.",
            "Option, for 1 year, notice 30 days",
        ),
        ("Section 4.2 Renewal. The Tenant may renew this lease for 2 years.", "Option, for 2 years"),
    ]);
}

#[test]
fn a_time_that_runs_on_from_the_end_is_no_notice() {
    check(&[
        (
            "It renews automatically for one year unless a party gives notice not later than 60 days after the end of the term.",
            "Automatic, for 1 year",
        ),
        (
            "It renews automatically for one year unless a party gives notice between 90 and 60 days after it ends.",
            "Automatic, for 1 year",
        ),
        (
            "It renews automatically for one year unless a party gives notice between 90 and 60 days before it ends.",
            "Automatic, for 1 year, notice 60 days, from 90 days",
        ),
    ]);
}

#[test]
fn auto_renews_in_one_word() {
    check(&[
        ("The agreement ends on 31 July 2027 and auto-renews for a year.", "Automatic, for 1 year"),
        ("It auto-renews for terms of six months, three (3) times at most.", "Automatic, for 6 months, times 3"),
        (
            "It shall auto-renew for additional terms of one year each, but no more than two (2) times.",
            "Automatic, for 1 year, times 2",
        ),
    ]);
}

#[test]
fn an_option_in_the_passive() {
    for text in [
        "This Contract may be extended by the Borough for twelve months by written notice not less than four months before it ends.",
        "The Borough may extend this Contract for twelve months by written notice not less than four months before it ends.",
    ] {
        let by = renewal(text).and_then(|r| r.notice_by);
        assert_eq!(by.as_deref(), Some("Borough"), "{text}");
    }
}
