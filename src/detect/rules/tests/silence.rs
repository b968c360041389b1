//! Renewals that silence brings, choices that silence ends, and words that bring neither.

use super::renewals::check;

#[test]
fn silence_brings_another_term() {
    check(&[
        (
            "The deal repeats itself for another twelve months if we do not get a letter from either side by 1 March 2028.",
            "Automatic, for 12 months",
        ),
        (
            "Your silence will be treated as agreement to a further twelve months of this contract.",
            "Automatic, for 12 months",
        ),
        ("If you do nothing, your plan renews for one year.", "Automatic, for 1 year"),
        (
            "The agreement does not end on that date unless one of the parties has given the other three months' notice; \
             without it, it runs for another year.",
            "Automatic, for 1 year, notice 3 months",
        ),
        (
            "The contract ends on 1 May 2028. If we haven't heard otherwise from you in writing at least 10 days before \
             your paid year runs out, we will charge your card and you will have it for one more year.",
            "Automatic, for 1 year, notice 10 days",
        ),
        (
            "Should the Board not wish this Contract to go on, it shall so inform the Superintendent in writing at least six \
             months before its end. Failure of the Board to give that notice shall extend this Contract for one additional year.",
            "Automatic, for 1 year, notice 6 months",
        ),
        (
            "No further period shall come into being if, ninety days or more before the last day of the period then running, \
             a party has told the other in writing that it wants none. Failing that, a further period of one year follows.",
            "Automatic, for 1 year, notice 90 days",
        ),
        (
            "Notice of termination of this lease shall be given in writing at least 9 months before the expiry of the agreed \
             period. Otherwise the lease is prolonged by 3 years on each occasion.",
            "Automatic, for 3 years, notice 9 months",
        ),
        (
            "The plan is in force until 14 December 2028. Thereafter it perpetuates itself in steps of two years. A party who \
             wants to be out at the end of a step shall so notify the other not less than three months ahead of that end.",
            "Automatic, for 2 years, notice 3 months",
        ),
        (
            "Should either party wish this Agreement to cease on that date it shall so inform the other in writing not less \
             than two months beforehand. Failing such notice the Agreement shall on each occasion run for a further year.",
            "Automatic, for 1 year, notice 2 months",
        ),
        (
            "The agreement runs until 29 February 2028. Unless either of them has told the other by email that it does not \
             wish to go on, no later than two months before that day, the agreement goes on for a further six months, and after that it \
             is at an end in any case.",
            "Automatic, for 6 months, notice 2 months, times 1",
        ),
    ]);
}

#[test]
fn silence_ends_it() {
    check(&[
        (
            "The permission ends on 31 August 2027, unless the Caretaker has asked, in a letter received at least two months \
             before that date, to stay for one more year.",
            "Option, for 1 year, notice 2 months",
        ),
        (
            "If by 30 September 2027 nothing has come in writing from the Tenant to say that it is staying for three years, \
             the lease finishes on 14 January 2028.",
            "Option, for 3 years",
        ),
        (
            "A successor franchise for five more years may be acquired by the Franchisee if it tells us in writing no fewer \
             than 180 days, and no more than 270 days, before the Initial Term expires.",
            "Option, for 5 years, notice 180 days, from 270 days",
        ),
        (
            "The Tenant can ask for two more years by a letter received three months before the term ends.",
            "Option, for 2 years, notice 3 months",
        ),
    ]);
}

#[test]
fn only_both_together() {
    check(&[
        (
            "The agreement terminates on 30 June 2029. It can go on after that for another three years if, before it terminates, \
             the City Council as well as the Board of Supervisors has each passed a resolution to that effect.",
            "MutualAgreement, for 3 years",
        ),
        (
            "Where either party hopes to extend the contract, it shall say so 30 days before its expiry, and upon both parties \
             reaching consensus a supplementary agreement shall be signed.",
            "MutualAgreement",
        ),
    ]);
}

#[test]
fn nothing_follows() {
    check(&[
        ("Option to renew: None", "None"),
        ("The permit is for one season only and there is no right to a further season.", "None"),
        ("Nothing in this agreement gives the Distributor any right to renew or extend it.", "None"),
        ("No later dealings between the parties shall be taken to prolong this Agreement.", "None"),
        ("This Agreement shall continue for a term of three years, unless terminated earlier.", "nothing"),
        ("Unless terminated earlier, the term ends on that date, together with any renewal period.", "nothing"),
        (
            "In the absence of a specific payment schedule, all payment terms are 30 days net from the invoice.",
            "nothing",
        ),
        ("Unless otherwise provided, the following terms shall have the following meanings.", "nothing"),
    ]);
}
