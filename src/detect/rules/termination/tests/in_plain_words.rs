//! Rights to leave and times to cure as people who are no lawyers say them.

use super::{breaks_of, convenience, cures, rights};

#[test]
fn no_reason_is_needed() {
    convenience(&[
        (
            "Neither of us needs a reason to call this off. We would each just want a fair warning: three weeks, in writing.",
            "? notice 3 weeks",
        ),
        (
            "The County may at any time, with no showing of fault, bring the contract to its end, the firm to have ten (10) days' written notice of it.",
            "County notice 10 days",
        ),
        (
            "This agreement goes on for as long as the system stands, unless one of the parties ends it, which either may do for any reason by ninety days' notice in writing.",
            "either notice 90 days",
        ),
        (
            "The loan is made for an indeterminate period and may be rescinded by either side by means of a communication sent 30 (thirty) days in advance.",
            "either notice 30 days",
        ),
        (
            "The Tenant shall be at liberty at any time after the first eighteen months to terminate this Agreement by three months' notice or paying three months' rent in lieu.",
            "Tenant notice 3 months",
        ),
    ]);
    assert_eq!(
        rights(
            "This agreement can be brought to an end by the Borough on six months' notice and by the Law Centre on not less than three months' notice, in either case without giving any ground."
        ),
        ["Convenience Borough notice 6 months cure -", "Convenience ? notice 3 months cure -"]
    );
}

#[test]
fn under_a_heading() {
    convenience(&[
        (
            "8. Early end\n8.1 Without cause: at any time, by either party, on ninety (90) days' written notice.",
            "either notice 90 days",
        ),
        ("5. Notice\n5.1 After probation you must give one month's notice in writing.", "? notice 1 month"),
    ]);
    assert_eq!(
        rights(
            "The period of notice is two months for the Client and four months for the Accounting Firm, and is counted from the last day of the month in which it was given."
        ),
        ["Convenience Client notice 2 months cure -", "Convenience Accounting Firm notice 4 months cure -"]
    );
}

#[test]
fn what_was_talked_about_is_no_right() {
    for text in [
        "The parties talked about a clause by which either could leave without cause on ninety days' notice, and decided against it.",
        "A right to terminate for convenience on 30 days' notice was discussed and rejected.",
    ] {
        assert_eq!(rights(text), [""; 0], "{text}");
    }
}

#[test]
fn cures_in_two_steps() {
    cures(&[
        (
            "4. Default. From the day that the letter arrives the Company has fifteen (15) days to put the matter right. Only when the fifteen days have gone by may the Owner cancel.",
            &["15 days"],
        ),
        (
            "6. Getting out. Where a draft comes back unpaid, the Supplier may end this agreement once seven (7) days have passed since it told the Dealer of it. Where the Dealer breaks any other promise, thirty (30) days must have passed without a remedy.",
            &["7 days", "30 days"],
        ),
        (
            "2. Duration. Each party may terminate this contract for an important reason. If that is the violation of a duty, this is permitted only after a period of 30 days set for a remedy has gone by.",
            &["30 days"],
        ),
    ]);
    assert_eq!(breaks_of("Either of us can end this contract on the last day of any month by two months' notice."), 0);
}

#[test]
fn who_gives_a_notice_to_the_other() {
    convenience(&[
        (
            "The Insurer may cancel this policy by 30 days' notice in writing, and will return the premium for the time left.",
            "Insurer notice 30 days",
        ),
        (
            "The Insured may cancel at any time on 14 days' notice, but no premium is returned if a claim was made.",
            "Insured notice 14 days",
        ),
        (
            "To give to the landlord one calendar month's notice in writing of intention to terminate this tenancy.",
            "tenant notice 1 month",
        ),
        (
            "The Tenant may exercise the \"Diplomatic Clause\" by serving two months' notice at any time.",
            "Tenant notice 2 months",
        ),
    ]);
    assert_eq!(
        rights(
            "8. Termination\n8.1 Either party may terminate this contract on written notice of not less than:\n\
             (a) one week, if the Employee has been employed for six months or less;\n\
             (b) four weeks, if the Employee has been employed for one year or more."
        ),
        ["Convenience either notice 1 week cure -", "Convenience either notice 4 weeks cure -"]
    );
}
