//! The forms of notice (C2). `@` marks a length of time, or the number that shares the unit of the one behind it.

use crate::phrase::forms;

// A length of time that is the notice period.
forms!(pub(super) static NOTICES: () = [
    () => "@period ..4-period|after|date|within|unless|until|contract|newterm|must|may|by|mutual|party|thing before", "It ends if cancelled sixty days or more before its expiry.",
        not "The Buyer may extend it for a period of one year after the delivery and before the end.";
    () => "@period ..3-period|after|before|if|number|pause|unless|until|contract|newterm|renewal|must|by|mutual|thing notice", "Either party gives three months' written notice.";
    () => "@period pause ..2 party ..6-period before", "By notice of six months, by the Seller, before the end.";
    () => "@period by word? party pause? word @period by word? party ..6-period before",
        "Six months by the Seller or three months by the Buyer before the end.";
    () => "@period by word? party pause? ..2-atleast|notice|period before", "Six months by the Seller before the end.";
    () => "notice ..4-within|after|period|if|before|until|take|continue|renew @period", "Either party may end it by giving a notice period of 30 days.";
    () => "notice ..6-within|after|period|if|before|until|pay|price|stop atleast @period", "It may end it by written notice to the Landlord of at least three months.";
    () => "notice ..8-within|after|before|period|if|until|stop|pause|breach|unpaid be ..1-continue|renew|take @period", "Notice from you to end your employment is four weeks.",
        not "The notice period to end for non-payment is 30 working days.";
    () => "notice pause ..8-within|after|period|if|before|until atleast @period", "It must give written notice: for the first term at least 90 days.";
    () => "notice must be ..5-not|after|before|within|period @period", "Such notice shall be for a period of one month.";
    () => "end|unless ..10-period|after|renew|continue @period ..2 close", "Unless terminated with 3 months to the end of the year.";
    () => "within ..1 @period ..2-after|before close", "By notice within ninety days of the end of the term.";
    () => "by word? party pause? atleast @period", "It is given before the end: by the Supplier, at least 120 days.";
    () => "pause atleast @period word|sooner pause", "Unless the Tenant, at least six months earlier, has served notice.";
    () => "atleast @period ..3 before", "At least 30 days in advance.";
    () => "atleast @period ..8-period close|contract|date", "No later than 30 days from the end of the term.";
]);

// A length of time that is no notice period though it stands near words of notice: the time to answer.
forms!(pub(super) static REPLIES: () = [
    () => "@period word? after|from ..3 notice", "Within 30 days of receiving such notice.";
    () => "within ..1 @period ..3-before|close after", "It must answer within 30 days after the letter.";
    () => "remind ..6 @period", "We send a reminder 45 days before renewal.";
    () => "@period ..10-period|notice|after remind", "You will have 45 days' courtesy reminder.";
    () => "^ ..30-option|renew|newterm|renewal price ..12-end|renew|nonrenewal|party @period ..6 notice|before",
        "The fees may rise after 30 days' notice.";
    () => "stop ..30-option|renew|newterm|renewal price ..12-end|renew|nonrenewal|party @period ..6 notice|before",
        "It renews yearly; the fees may rise after 30 days' notice.";
]);

// A length of time that runs on from a day, and is not counted back from it.
forms!(pub(super) static COUNTED_ON: () = [
    () => "@period after", "Not later than 30 days after the end of the year.";
    () => "@period then", "Not less than six months after that date.";
]);

// The length of a renewal beside a word of notice.
forms!(pub(super) static RENEWALS: () = [
    () => "renew ..4 notice word word? party word @period", "It is renewed at the request of the Licensee for 24 months.";
    () => "renew ..3-notice|atleast|period by @period stop|pause|if", "By notice the Client may extend the term by one year.",
        not "The Client may extend the term by sixty days' notice.";
    () => "unless ..1 party require word? @period", "It is not extended unless the Hirer asks for three further months in writing.";
    () => "renew|take|continue ..6-period|notice again @period", "It may take the office for a further two years on written notice.";
    () => "pause @period must? be word word contract|thing", "Save where the Operator has objected in writing, two years are added to it.";
    () => "@period pause? notice pause? period", "Renewal automatic, 12 months Notice 90 days.";
]);

// Two ends of a window: the longer opens it, the shorter is the last moment.
forms!(pub(super) static WINDOWS: () = [
    () => "between word? @period|number ..2 @period", "Between the 150th and the 90th day before the end of the term.";
    () => "not ..4-period @period ..4-period must ..3 atleast @period", "It may not be given more than six months, and must be given at least two months, before it ends.";
    () => "atleast ..1 @period|number ..4-period atmost @period", "At least 60 but not more than 120 days before it ends.";
    () => "atmost ..1 @period|number ..12-period|by atleast ..1 @period", "No more than 150 and no fewer than 90 days before.";
    () => "atmost ..2 @period before ..10 atleast ..2 @period before", "Opening 90 days before the end and closing 30 days before it.";
    () => "atmost ..1 @period ..2 end|expire|atleast ..1 @period before", "The period beginning 120 days and ending 60 days before it.";
    () => "@period|number word @period before", "From 90 to 60 days before the end of the term.";
    () => "notice ..4-period before|atmost @period before ..6-period @period before ..5-period not",
        "A notice that arrives sooner than nine months before the expiry, or later than three months before it, is of no effect.";
    () => "notice ..3 @period|number word @period ..2 close", "Written notice is given 90 to 21 days from the end date.";
]);

// The sentence speaks of the end of the term, of renewal, or of using an option.
forms!(pub(super) static ABOUT_END: () = [
    () => "renew|renewal|autorenew|nonrenewal|newterm", "To stop the renewal you tell us.";
    () => "before ..8 close|expire|then|end", "Notice is given 60 days before the end of the term.";
    () => "may ..2 end ..4-before|if|breach name|word number ..8 notice", "Either party may end it as of 31 December by notice in October.";
    () => "^ word notice ..4 if ..3 atmost date", "Such a letter counts only if sent no earlier than 1 June 2028.";
    () => "^ ..1 close ..2 notice ..1 be date", "The last day for notice is 13 February 2029.";
    () => "option", "To exercise the option the Tenant gives notice.";
    () => "end ..2 close ..14-breach if ..6-not|breach notice", "It stops at the end of a year if a party has given notice by 30 September.";
    () => "wish ..4-not end ..2 close ..12-breach|if|period notice|period", "If it intends to vacate at the end of the term it gives two months' notice.";
    () => "if ..2 wish ..4-not end ..5-breach|notice expire ..8-breach notice", "If you wish to stop this service when the term is over, you must write to us.";
    () => "notice ..6 not ..1 continue", "It may give notice that it will not go on.";
    () => "^ ..2 notice ..12-breach|pay|unpaid if ..10 date", "Its notice, however, is good only if it arrives before 1 October 2027.";
    () => "^ ..2 notice ..12-breach|pay|unpaid if ..8 from|between|within|atmost|atleast|before|by word? name|number name|number",
        "Its notice is good only if it arrives from October 1 to November 15 of a year.";
    () => "^ ..1 end ..4-breach|pay|unpaid if ..4-breach notice ..8-breach|pay|unpaid|stop from|between|within|atmost|atleast|before|by word? name|number name|number",
        "A resignation counts only if it is in writing and arrives between 1 September and 30 September.";
    () => "^ ..1 notice ..2 end must ..12-breach|if|stop|period name", "Notice to stop must land with the other side in the month of January.";
    () => "^ ..6-breach|pay|unpaid notice ..8-breach|pay|unpaid if ..4 within ..2 name", "It does so by notice, which is only good if it is given during March.";
    () => "^ ..2 end ..6-breach|if|may|not|stop|period notice ..3 close", "Termination of this lease takes place by giving notice towards the end of a period.";
    () => "^ ..1 notice end? must ..1 be ..8-breach|if|after|within|stop|period|pay close ..10-breach|if|stop|after|period notice",
        "Notice must be given by letter towards the end of the period, observing a notice period of a year.";
    () => "^ ..2 end ..2 close ..12-breach|if notice", "Termination against the end of a period takes place by registered letter.";
    () => "if ..3 wish ..4 not|end|expire ..24-stop|breach notice", "If you would rather it did not, please let us hear from you by 15 January.";
    () => "if ..3 not wish ..8-stop notice", "If you do not want this you must tell us by 31 July.";
    () => "wish ..3 end ..12-breach|if notice ..3-period", "A party that wants it to end must say so in writing by 1 June.";
    () => "wish ..3-not end ..12-breach|if before", "If the Tenant wants to move out on that day it must tell us one month before.";
    () => "wish ..4-not end ..2 close ..10-breach before", "If you wish to leave at the end of the first term, tell us one month before.";
    () => "may ..8-not|if|breach|before end ..6-if|breach|before close ..24-breach notice",
        "Either party may terminate it at the end of the fixed term by six months' notice.";
]);

// A right to end the contract with its term.
forms!(pub(super) static AT_END: () = [
    () => "may ..8-not|if|breach|before end ..6-if|breach|before close ..2 first|contract ..24-breach notice",
        "Either party may terminate it at the end of the fixed term by six months' notice.";
    () => "may be ..1-not end ..16-if|breach|not period ..2 notice ..1 before ..6 newterm", "It may be ended by either party by 30 days' notice prior to the commencement of the second or a subsequent term.";
]);

// A length of time counted back from the end of a term.
forms!(pub(super) static BEFORE_END: () = [
    () => "@period ..8-period before ..10 close|expire|end|then|renewal|renew|newterm|date",
        "Notice is given sixty days before the end of the term.";
    () => "@period ..3 before word? number name", "By notice not less than forty days before the 31 March in question.";
    () => "may ..8-not|if|breach|before end ..6-if|breach|before close ..14-breach|period @period ..2 notice",
        "Either party may end it at the end of the first term or of a later year by four months' notice.";
    () => "wish ..4-not end ..2 close ..12-if|breach|period|stop @period ..2 notice", "If it intends to vacate at the end of the term it gives two months' notice.";
    () => "wish ..3-not end ..14-breach|if|period @period ..1 before", "If it wants to move out on that day it must say so at least one month before.";
    () => "close ..8-if|breach|after|period|stop atleast @period before", "If it leaves at the end of the term it says so at least one month before.";
    () => "@period ..4-period close", "By notice within ninety days of the end of the term.";
    () => "nonrenewal ..6-if|breach notice ..8-if|breach @period", "To prevent a renewal it must give written notice: for the first term at least 90 days.";
    () => "@period ..1 before word? stop|pause", "It must do so at least 75 days before.";
    () => "@period ..4 before ..6-after|price continue|yearly", "It objects ninety days before it would be carried on.";
    () => "^ ..2 end ..6-breach|if|may|not|stop|period notice ..3 close ..24-breach|if|stop|period|after @period",
        "Termination of this lease takes place by giving notice towards the end of a period, with a term of one year.";
    () => "^ ..1 notice end? must ..1 be ..8-breach|if|after|within|stop|period|pay close ..10-breach|if|stop|after|period notice ..3-within|after @period",
        "Notice must be given by letter towards the end of the period, observing a notice period of one year.";
    () => "^ ..2 end ..2 close ..24-breach|if|stop @period", "Termination against the end of a period takes place by letter, with a term of one year.";
    () => "nonrenewal|renewal ..6 @period", "The notice of non-renewal is given at least sixty days in advance.";
    () => "@period ..6 nonrenewal|renewal", "It gives at least 60 days' notice of non-renewal.";
    () => "option ..12 @period", "It uses the option by at least 60 days' notice.";
]);

// Any time before the end will do.
forms!(pub(super) static UNTIL_END: () = [
    () => "@notice ..6-period|date|number|breach|after|price before|atleast ..1 close|expire", "By written notice given on or before the last day of the Term.",
        not "By notice given sixty days before the end of the term.";
    () => "@notice ..6-period|date|number|breach|after|price before thing|contract ..1 expire|end", "By giving notice before it expires.";
    () => "@notice ..5-period|date|number|breach|after|price before word? then|first ..2 contract expire|end", "By notice before the then current term ends.";
    () => "may ..3-period|not before close ..8-period|number renew|exercise ..12-before|after|within @notice", "It may, at any time before the expiry of the Term, extend it for one year by notice.";
]);

// A right to end a contract that runs on: its notice is the one that counts.
forms!(pub(super) static ENDS: () = [
    () => "may ..8-not|breach|if|free end ..14-breach|if @period ..4 notice", "Either of us can stop with 15 days' notice.";
    () => "may be ..2-not end ..14-breach|if @period ..4 notice", "It may be ended by either party on one month's notice.";
    () => "may ..8-not|breach|if|free end ..18-breach|if|foreign notice ..3-within|after|period|if @period", "Either may stop it with effect from the end of a month by a notice of one month.";
    () => "^ ..8-if|breach notice ..1 end ..8-breach|if|cure|not @period ..1 before", "All we ask is that your written cancellation gets to us at least 30 days before the next draft.";
    () => "^ word? end ..16-breach|if|not notice ..4-within|after|period|if @period ..1 before", "To stop, bring it back, having let the store know 15 days before the next payment.";
    () => "until|unless ..6 end ..14-breach|if @period ..4 notice", "Until the Client cancels on thirty days' notice.";
    () => "@period ..2 notice ..1 if ..2-not wish ..2-not end", "Give us 20 days' notice when you want to leave.";
    () => "until|unless ..8-breach @period ..4 notice", "Until either party gives 30 days' notice.";
    () => "^ notice ..1 end pause? @period", "Notice to cancel: 1 month.";
]);

// What one who promises to use the options of another contract must do.
forms!(pub(super) static OTHER_OPTION: () = [
    () => "must ..4-may|if exercise", "The Assignor shall exercise all options to extend the lease.";
]);

// What one who wants to stay says ends nothing.
forms!(pub(super) static STAYS: () = [
    () => "wish ..2-not continue", "A tenant who wishes to stay on says so one month before.";
]);

// The notice is one of another matter.
forms!(pub(super) static OTHER_NOTICE: () = [
    () => "may|must ..3 price ..14-end|nonrenewal|unless|renew notice", "The Vendor may increase the fees by notice.";
    () => "^ ..3 price ..6 may|must ..10-end|nonrenewal|unless notice", "The fees may be raised on 30 days' notice.";
    () => "must ..3-not|may period ..2 notice ..8-end|nonrenewal|unless|not|close|pause price",
        "The Supplier will give 90 days' notice before the renewal of any increase in fees.";
    () => "must notice ..2 party ..5-talk|wish|nonrenewal|not renewal", "Supplier shall notify Customer of the coming renewal.";
    () => "^ ..2-if|not|unless party must notice ..2 party ..6-talk|wish|nonrenewal|not|end|if|take|exercise|option|require newterm",
        "The Insurer will tell the Insured of the premium for the next period 21 days before the current one ends.";
    () => "^ ..2-if|not|unless party must notice ..1 party ..8-nonrenewal|end|wish|talk|not|renew period ..2 before ..10-nonrenewal|end|wish|talk|not price|renewal|newterm",
        "We will write to you about 200 days before that date with a statement of renewal terms.";
    () => "must ..4 remind", "We will send you a reminder 45 days before renewal.";
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::wrong;

    #[test]
    fn every_form_has_its_example() {
        for forms in [
            &*NOTICES,
            &REPLIES,
            &COUNTED_ON,
            &RENEWALS,
            &WINDOWS,
            &ABOUT_END,
            &AT_END,
            &BEFORE_END,
            &ENDS,
            &UNTIL_END,
            &OTHER_NOTICE,
            &OTHER_OPTION,
            &STAYS,
        ] {
            assert_eq!(wrong(forms), [""; 0]);
        }
    }
}
