//! Renewals as leases, franchises and yearly contracts of several countries say them.

use super::check;

#[test]
fn notice_towards_the_end_of_a_period() {
    check(&[
        (
            "After that period this agreement is continued for a successive period of three years. Termination of this agreement takes place by giving notice towards the end of a rental period, by registered letter or writ, with due observance of a period of at least one year.",
            "Automatic, for 3 years, notice 1 year",
        ),
        (
            "This Agreement is renewed by one year at a time. Termination takes place by registered letter against the end of a contract year, observing a notice term of four months.",
            "Automatic, for 1 year, notice 4 months",
        ),
        (
            "This lease continues for consecutive periods of five years. Notice of termination must be served by bailiff towards the end of the current lease period, subject to a notice period of at least twelve months.",
            "Automatic, for 5 years, notice 12 months",
        ),
        (
            "If neither party gives notice, this agreement is extended for a period of one year. Notice must be given by letter towards the end of the then current period, observing a notice period of six months.",
            "Automatic, for 1 year, notice 6 months",
        ),
        (
            "This Agreement renews for one year at a time unless either party objects. Termination of this Agreement by notice at the end of the term does not affect the duty of confidence, which lasts three years.",
            "Automatic, for 1 year",
        ),
    ]);
}

#[test]
fn after_the_first_term_successive_ones() {
    check(&[
        (
            "This Agreement shall, unless terminated under clause 8, continue for the Initial Period and then for consecutive periods of twelve months. The Client may terminate this Agreement at the end of the Initial Period, or of any such period of twelve months, by notice received not more than six months and not less than three months before that end.",
            "Automatic, for 12 months, notice 3 months, from 6 months",
        ),
        (
            "This Agreement will remain in effect for the Initial Term and thereafter for additional one-year terms. Either party may elect not to renew by notice 60 days before the end of the then-current term.",
            "Automatic, for 1 year, notice 60 days",
        ),
        (
            "The AMC shall stand renewed for the subsequent year at enhanced charges, unless intimation in writing to discontinue the same is received by either side at least 30 days prior to completion of the AMC Period.",
            "Automatic, for 1 year, notice 30 days",
        ),
        (
            "This Agreement is renewed for each succeeding contract year unless either party gives 90 days' notice before the end.",
            "Automatic, for 1 year, notice 90 days",
        ),
        (
            "The insurance shall remain in force for the initial term and thereafter for a further period of two years.",
            "nothing",
        ),
    ]);
}

#[test]
fn a_right_and_no_duty() {
    check(&[
        (
            "Franchisee shall have the right, but not the obligation, to acquire one successor franchise for a term of ten years, if Franchisee has notified Franchisor of its election not less than 120 days prior to the expiration of the initial term.",
            "Option, for 10 years, notice 120 days, times 1",
        ),
        (
            "The Buyer shall have the right but no obligation to renew this Agreement for two additional terms of one year each, upon 90 days' written notice before the end of the term.",
            "Option, for 1 year, notice 90 days, times 2",
        ),
        ("The Buyer has a right, but no duty, to purchase the equipment on which the licence is used.", "nothing"),
    ]);
}

#[test]
fn what_one_wants_is_deemed_extended() {
    check(&[
        (
            "Should the Hirer wish to have the hall for another two years, it shall give the Trust six months' notice before the end of the term, whereupon this Agreement will be deemed extended for those two years.",
            "Option, for 2 years, notice 6 months",
        ),
        (
            "If the Tenant exercises the option by notice at least 90 days before expiry, the term shall be automatically extended for two years.",
            "Option, for 2 years, notice 90 days",
        ),
        (
            "If the Client wishes to go on after the first term it need do nothing: this Agreement is automatically renewed for twelve months unless it gives 30 days' notice before the end.",
            "Automatic, for 12 months, notice 30 days",
        ),
        (
            "If either party wishes to end this Agreement it shall give 60 days' notice before the end of the term; failing that the Agreement is automatically renewed for one year.",
            "Automatic, for 1 year, notice 60 days",
        ),
    ]);
}

#[test]
fn renting_by_the_month() {
    check(&[
        ("There is no lease for any set time; you are renting by the month.", "MonthToMonth, for 1 month"),
        ("The equipment rented by the month is returned at the end of the term.", "nothing"),
    ]);
}

#[test]
fn a_new_contract_for_one_who_asks_in_time() {
    check(&[
        (
            "The Harbour Board shall issue the Licensee a new licence of the same berth, good for two years, so long as the Licensee has handed in, at least 120 days ahead of the expiration, a signed request for one.",
            "Option, for 2 years, notice 120 days",
        ),
        (
            "Where the Tenant shall have requested it in writing of the Landlord not less than four months before the expiry of the term hereby created, the Landlord shall let the Premises to the Tenant anew for a further seven years.",
            "Option, for 7 years, notice 4 months",
        ),
        (
            "Where the Franchisee has, no later than nine months before that date, informed the Franchisor in writing that it wishes to go on, the Franchisor is bound to enter into a fresh franchise agreement with it for five years.",
            "Option, for 5 years, notice 9 months",
        ),
        (
            "If the Licensee applies in writing at least 60 days before the licence ends, the Licensor must issue it with a new licence for one year.",
            "Option, for 1 year, notice 60 days",
        ),
        (
            "The Owner shall, upon a demand in writing by the Lessee received not later than three months before the term expires, demise the land to the Lessee afresh for a further ten years.",
            "Option, for 10 years, notice 3 months",
        ),
        (
            "A new licence for two years will be issued to the Licensee if it has asked the Licensor for one in writing at least two months before this licence expires.",
            "Option, for 2 years, notice 2 months",
        ),
        (
            "The Lessee may apply to the Lessor for a renewal of this Lease, such application to be made not later than twelve months before the expiration of the term.",
            "Option, notice 12 months",
        ),
        (
            "One extension of up to 12 months, which the Buyer may call for by written notice given 4 weeks or more before this Contract would otherwise expire.",
            "Option, for 12 months, notice 4 weeks, times 1",
        ),
        ("The Landlord shall not be bound to grant the Tenant a new lease, whether or not it asks for one.", "None"),
        (
            "If the Client notifies a defect, the Supplier shall enter into a new contract with a repairer for three months.",
            "nothing",
        ),
    ]);
}

#[test]
fn no_tenancy_by_the_month() {
    check(&[
        (
            "If the Licensee stays on it does so as a bare licensee only, and no monthly, yearly or month-to-month tenancy comes about.",
            "None",
        ),
        ("No month-to-month or other periodic tenancy arises from it, whatever the Owner may accept.", "None"),
        ("A month-to-month tenancy shall not arise if the Tenant stays.", "None"),
        ("When the term is over the licence ends without notice; it shall not be renewed.", "None"),
        ("If no new lease is signed the tenancy runs from month to month.", "MonthToMonth, for 1 month"),
    ]);
}

#[test]
fn letters_of_the_other_side_and_special_terms() {
    check(&[
        (
            "If you do not want this contract to continue, you must send us a notice at least 90 days before the end of the term. If we have none, this contract will renew automatically for 12 months. We will write to you between 120 and 100 days before the end of the term to tell you our renewal prices.",
            "Automatic, for 12 months, notice 90 days",
        ),
        (
            "This Agreement renews automatically for one year unless either party gives notice of non-renewal 60 days before the end of the term. Notwithstanding the clause above, the notice period for non-renewal is forty-five days, not sixty days.",
            "Automatic, for 1 year, notice 45 days",
        ),
        (
            "You must give us written notice, not more than 150 days and not less than 90 days before the end of the Term, that you will return the Equipment. If you do not, THIS LEASE WILL AUTOMATICALLY RENEW FOR TWELVE (12) MONTHS AT THE SAME PAYMENT, and for further periods of twelve (12) months after that.",
            "Automatic, for 12 months, notice 90 days, from 150 days",
        ),
    ]);
}
