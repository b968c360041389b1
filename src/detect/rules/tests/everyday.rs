//! Leases, memberships, forms and public contracts: what real ones say and filings do not.

use super::renewals::check as renewals;
use super::spans::check as spans;

#[test]
fn a_contract_goes_on_after_its_first_term() {
    renewals(&[
        (
            "Once the minimum term has run its course the line will carry on, at the same rental, until it is ended by either \
             side on 45 days' written notice.",
            "Evergreen, notice 45 days",
        ),
        (
            "After the minimum period\nThe hire simply goes on. Either of us may end it by two months' written notice.",
            "Evergreen, notice 2 months",
        ),
        (
            "The hire shall continue automatically following the end of the minimum hire term unless either of us has served \
             40 days' written notice on the other ending it on the last day of that term.",
            "Automatic, notice 40 days",
        ),
        (
            "Further blocks of four months each are charged at that fee, unless you have told us by email at least 20 days \
             before the end of the block then running that you are leaving.",
            "Automatic, for 4 months, notice 20 days",
        ),
        (
            "Automatic Renewal: If the member pays by direct debit from a credit card account, the agreement shall \
             automatically renew for one month terms, provided that the member may end it by written notice at least 12 days \
             before the end of the term then running.",
            "Automatic, for 1 month, notice 12 days",
        ),
        ("Term: 24 months, and thereafter successive terms of 6 months.", "Automatic, for 6 months"),
        (
            "The contract is extended by one year after the end of the current period, provided that neither party declares \
             its end at least 40 days before that period expires. It is renewable for up to three consecutive terms.",
            "Automatic, for 1 year, notice 40 days, times 3",
        ),
        (
            "The framework contract is renewed automatically 2 times for 12 months each, unless one of the parties receives \
             notice to the contrary at least four months before the end.",
            "Automatic, for 12 months, notice 4 months, times 2",
        ),
    ]);
}

#[test]
fn more_time_if_somebody_asks_for_it() {
    renewals(&[
        (
            "B. One (1) more term of two (2) years is available if the Hauler tells the Town in writing, at least 90 days \
             before the term ends, that it wishes to have it.",
            "nothing",
        ),
        (
            "A. The term of this agreement starts 1 May 2026 and ends on 30 April 2028.\nB. One (1) additional term of two (2) \
             years is available if the Hauler tells the Town in writing that it intends to renew.",
            "Option, for 2 years, times 1",
        ),
        (
            "The Tenant shall have the right to renew this lease for two (2) four (4) year periods by notice at least five \
             months before the end of the term.",
            "Option, for 4 years, notice 5 months, times 2",
        ),
        (
            "The Landlord grants an option to extend the lease, except for the minimum monthly rent, for one four (4) year \
             period by notice at least 100 days before the end of the term.",
            "Option, for 4 years, notice 100 days, times 1",
        ),
        (
            "This licence may be renewed for two years by the agreement of both parties. The Franchisee must notify the \
             Franchisor of its wish to renew at least 100 days before the end of the term.",
            "MutualAgreement, for 2 years, notice 100 days",
        ),
    ]);
}

#[test]
fn a_month_is_no_permission_and_a_later_term_not_the_first() {
    spans(&[
        (
            "The term of this Agreement shall be for 3 years and commence on May 1, 2026 and end April 30, 2029.",
            Some("2026-05-01"),
            Some("2029-04-30"),
        ),
        (
            "begins on: 1 May 2026\nand\nends on: 30 April 2029\nunless ended early under the clauses for tenancies of two years \
             or longer.",
            Some("2026-05-01"),
            Some("2029-04-30"),
        ),
        (
            "The term is set out in the order. One additional term of three years is available if the Vendor asks for it.",
            None,
            None,
        ),
        (
            "The parties agree to renew the lease for a further term of five years commencing 1 October 2026.",
            Some("2026-10-01"),
            Some("2031-10-01"),
        ),
        (
            "3.1 The FWC enters into force on 1 June 2026.\n3.2 The FWC is concluded for a period of 12 months with effect from \
             the date of its entry into force.",
            Some("2026-06-01"),
            Some("2027-06-01"),
        ),
        ("The prize draw runs from 1 October 2025 - 30 November 2025.", None, None),
    ]);
}

#[test]
fn labels_of_forms() {
    let (start, end) = (Some("2026-03-02"), Some("2028-03-02"));
    spans(&[
        ("Installation date: 2 March 2026\nMinimum rental period: 24 months from the installation date", start, end),
        ("Data room opens: 2 March 2026\nIncluded period: 24 months", start, end),
        ("Connection date: 2 March 2026\nContract term: 24 months", start, end),
        ("Flight Dates: 2 March 2026 – 2 March 2028", start, end),
        ("Start date: 2 March 2026\nFixed price end date: 2 March 2028", start, end),
        ("Commencement Date: 2 March 2026\nNumber of months: 24", start, end),
    ]);
}

#[test]
fn the_last_day_that_is_stated_and_the_one_that_is_counted_are_the_same() {
    let (start, end) = (Some("2026-02-01"), Some("2028-01-31"));
    spans(&[
        (
            "Term: The term of this Lease is twenty-four months, commencing on 1 February 2026 and ending on 31 January 2028.",
            start,
            end,
        ),
        (
            "2.1 Term: The initial term of this Lease shall be 24 full calendar months, beginning on February 1, 2026 and \
             expiring on January 31, 2028, unless it is ended sooner.",
            start,
            end,
        ),
        (
            "Performance begins on 1 February 2026 and ends on 31 January 2028.\nThis contract is for a period of two years.",
            start,
            end,
        ),
        (
            "Start date: 1 February 2026\nEngagement\nThe end date of the employment contract is 31 January 2028.\nProbationary \
             period\nYour employment is subject to a probationary period of 4 months from your start date.",
            start,
            end,
        ),
    ]);
}

#[test]
fn silence_that_renews() {
    let end = "The term ends on 31 May 2027. ";
    let with = |words: &str| format!("{end}{words}");
    for (words, want) in [
        (
            "Failure of either side to give written notice of cancellation 50 days before that day shall cause the contract to \
             be renewed for a further year.",
            "Automatic, for 1 year, notice 50 days",
        ),
        (
            "Failure to serve such notice seven weeks before the end of the term shall result in the contract being extended \
             for six months.",
            "Automatic, for 6 months, notice 7 weeks",
        ),
        (
            "Each Subscription Term shall automatically renew for the same period as the one before, unless either party gives \
             the other notice of termination at least 40 days before its end.",
            "Automatic, notice 40 days",
        ),
        (
            "Each plan shall renew automatically for further terms of one year unless either party gives the other notice at \
             least 40 days before the end of the term (e.g., a monthly plan will roll over month to month).",
            "Automatic, for 1 year, notice 40 days",
        ),
        ("A further extension of nine months is possible at the request of the Customer.", "Option, for 9 months"),
        ("The term is two years, renewable upon mutual written consent.", "MutualAgreement"),
        ("The contract has a base year and three option years.", "Option, for 1 year, times 3"),
        ("It has a base period of one year, with three (3) six-month option periods.", "Option, for 6 months, times 3"),
        (
            "Where force majeure occurs the obligations affected shall be extended automatically for a term equal to the delay.",
            "nothing",
        ),
    ] {
        renewals(&[(with(words).as_str(), want)]);
    }
}

#[test]
fn the_date_that_is_so_many_days_before() {
    renewals(&[
        (
            "The Term ends on 31 May 2030. The Lessee may renew it for four years by written notice no earlier than the date which \
             is 300 days before the end of the Term and no later than the date which is 150 days before the end of the Term.",
            "Option, for 4 years, notice 150 days, from 300 days",
        ),
        (
            "The Term ends on 31 May 2030. It renews for a year unless notice is given on or before the day that falls 75 days \
             before its end.",
            "Automatic, for 1 year, notice 75 days",
        ),
    ]);
}

#[test]
fn rights_to_one_more_term_in_a_clause_of_conditions() {
    renewals(&[
        (
            "The Term ends on 31 May 2030. A Tenant that is not in default may call for one further term of four years, by letter \
             that reaches the Landlord at least seven months before the Term runs out. If no such letter comes the Lease ends.",
            "Option, for 4 years, notice 7 months, times 1",
        ),
        (
            "The Term ends on 31 May 2030. If the Lessee shall desire a renewal for a further term of nine years, and shall have \
             made application in writing to the Lessor at least two years before the expiry of the term, the Lessor shall grant the same.",
            "Option, for 9 years, notice 2 years",
        ),
        (
            "The Term ends on 31 May 2030. Provided that Tenant's written request for a renewal lease is in Owner's hands no later \
             than eight months before its expiry, Owner shall execute and deliver to Tenant a renewal lease of four years.",
            "Option, for 4 years, notice 8 months",
        ),
        (
            "At the option of the Hirer, which the Owner cannot revoke, the period of this Agreement may be extended twice, each \
             time by one year. To make use of it the Hirer sends the Owner a written notice 40 days before its expiry.",
            "Option, for 1 year, notice 40 days, times 2",
        ),
        (
            "The Hirer may require the Owner to enter into a new agreement for three years by serving a request not earlier than \
             12 nor later than 6 months before the expiry date.",
            "Option, for 3 years, notice 6 months, from 12 months",
        ),
        (
            "Not later than three months before the end of this Agreement the Hirer may by notice elect to keep the crane for a \
             secondary period of 12 months.",
            "Option, for 12 months, notice 3 months",
        ),
    ]);
}

#[test]
fn what_a_season_and_the_sentence_beside_say() {
    renewals(&[
        (
            "This Agreement is set to auto-renew. On closing, it is carried forward for one more year each time, save where a \
             written cancellation reaches the Seller 50 days before the end of the year.",
            "Automatic, for 1 year, notice 50 days",
        ),
        (
            "This Agreement renews automatically for 12 months at a time. The Insurer will tell the Insured of the premium for the \
             next period at least 20 days before the current one ends. A party that does not wish this Agreement to be renewed must \
             inform the other in writing at least 50 days before the current period ends.",
            "Automatic, for 12 months, notice 50 days",
        ),
        ("This Agreement runs from season to season.", "Automatic, for 1 year"),
        (
            "If the Occupier stays on after the end of this Agreement, no tenancy from month to month or from year to year is created.",
            "None",
        ),
    ]);
}
