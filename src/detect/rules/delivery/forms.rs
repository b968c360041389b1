//! The forms of deemed receipt (R14). `@` marks where a case begins, the length of a delay, or a way of sending.

use crate::phrase::forms;

// Words by which a notice counts as given: with `@` they begin, behind them the cases do.
forms!(pub(super) static DEEMED: () = [
    () => "@deemed ..6-pause|period given|effective|arrive|send", "It is deemed to have been duly given.";
    () => "@deemed pause ..6-pause|period pause ..3-pause|period given|effective|arrive", "It is presumed, until the contrary is proved, to have reached the addressee.";
    () => "@deemed atonce", "A letter that is handed over in person counts at once.";
    () => "@deemed when|upon|if", "Notices by mail count when they are received.";
    () => "when|if send|arrive|hand ..5-pause thing @effective", "When sent by post it takes effect on the second day.";
    () => "if ..10-pause pause thing @effective", "If a notice is sent by courier, it takes effect on the next day.";
    () => "arrive ..10 @deemed", "The date of receipt of a letter shall be deemed to be three days after it is posted.";
    () => "by ..1 courier|mail|registered|email|fax|hand ..2 must? be @deemed act", "Service by courier shall be deemed complete three days after dispatch.";
    () => "must ..4-pause @effective", "The notice shall be effective on the next day.";
    () => "@be given ..1 when|upon", "Notices shall be given when they are handed over.";
    () => "notice|email|mail|fax|hand|courier|posting ..8-must|pause|deemed|to @be given|effective|arrive", "A notice is received on delivery.",
        not "Notices shall be given by certified mail.";
    () => "notice ..8-must|pause|deemed|be|to @effective", "A notice sent by email takes effect when sent.";
]);

// A case begins with its moment: "or when sent", "and three days after".
forms!(pub(super) static CASES: () = [
    () => "@and pause? upon|when|if", "By hand on delivery, or if by email when sent.";
    () => "@and ..4-pause|and period ..3 after|from|then", "On delivery and three days after posting.";
]);

// A case may begin here. What names no way of its own belongs to the case before it: "if by courier, one day after".
forms!(pub(super) static SOFT_CASES: () = [
    () => "@pause upon|when", "If by fax, when sent.";
    () => "@pause ..1 period", "If by courier, one day after deposit.";
]);

// A length of time that is a delay.
forms!(pub(super) static DELAYS: () = [
    () => "@period ..3-pause|stop after|from|then", "Two business days after posting.";
    () => "@period if", "Three days if posted.";
    () => "@period of ..2 send|posting|mail", "Within three days of the posting.";
]);

// Handed to somebody who carries it: sending, though it says "delivered".
forms!(pub(super) static HANDED_OVER: () = [
    () => "@arrive ..4-and to ..4-and courier|mail", "One day after it is delivered to a courier.";
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::{Phrases, wrong_as};

    #[test]
    fn every_form_has_its_example() {
        for forms in [&*DEEMED, &CASES, &SOFT_CASES, &DELAYS, &HANDED_OVER] {
            assert_eq!(wrong_as(forms, Phrases::of_dealings), [""; 0]);
        }
    }
}
