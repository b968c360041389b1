//! The forms of rights to end a contract without a reason.

use crate::phrase::{Phrases, forms};

// A party may end the contract.
forms!(pub(super) static RIGHTS: () = [
    () => "may|option ..14-not|price|unless end", "Either party may, at any time, by notice terminate this Agreement.",
        not "The Supplier may not terminate this Agreement.";
    () => "may be ..3-not end", "This Agreement may be terminated on 30 days' notice.";
    () => "contract|thing ..2 be ..2-not end ..14 notice", "The Agreement is cancellable upon three months' notice.";
    () => "end ..2 free ..12-within period ..4 notice", "The termination for convenience rights stay (ninety days' notice).";
    () => "period ..6 notice ..16-not|if|before end ..2 contract|thing", "A month's written notice suffices to end this Agreement.";
    () => "notice ..2 end ..2 free pause? ..2 period", "Notice to end without cause: 30 days";
    () => "if ..4 wish ..3 end ..16 must", "If you wish to leave, you must give us four weeks' notice.";
    () => "may ..4-not|price end ..2 contract|thing ..20 notice ..6 free", "Either party may end this agreement by notice without giving reasons.";
    () => "if ..2 wish ..2-not end pause ..8-if|must period ..2 notice|before", "If you want to stop, send us an email 14 days before the day on which you leave.";
    () => "party ..1 wish ..5-not end ..6 must ..8 notice", "A party wishing to end this Agreement shall give sixty days' notice.";
    () => "party must|may ..6-not period ..3 notice ..2 end", "Customer must provide 60 days' notice of cancellation.";
    () => "period ..3 notice be require ..8 end", "Sixty days' notice is required from either party to terminate.";
    () => "^ ..6-not|if|breach|unpaid|within period ..2 notice must ..1 end", "One month's written notice is required to withdraw your child.";
    () => "contract ..2 must ..2 end ..4 party ..3 period ..3 notice", "Where the tenancy is to be determined by either party, six months' notice is given.";
    () => "notice ..6 be ..4 period ..10 end ..2 free", "The notice period for the Buyer is 30 days for ending without cause.";
    () => "^ end free ..2 notice thing ..6-if|breach|not be ..3 period", "Ending without cause: the notice period for the Buyer is a maximum of 30 days.";
    () => "notice ..24 period ..2 end ..1 free", "The notice period is 90 days for unpaid sums or 30 days for ending without cause.";
    () => "^ end ..4-not|breach|if|foreign pause|stop ..4-within|before|not|cure anytime? ..2 period ..2-period|cure notice ..3 party",
        "Termination: one month's written notice on either side.";
    () => "^ ..1 end pause ..2-not|if party pause? ..2-not|if|within period ..3 notice stop?", "Early ending: either party, on 10 working days' written notice.";
    () => "^ end by word? party pause anytime ..2 period ..3 notice", "Termination by the Customer: at any time on 30 days' notice.";
    () => "party ..2 wish ..5-not end ..4-not must|grant ..8 notice", "A party that wishes to leave this agreement gives six months' notice.";
    () => "^ ..6-breach|if|not|unpaid notice ..9-not|if|stop|breach|period end ..3 contract ..1 be ..2 period",
        "Notice from you to end your employment is four weeks.", not "The notice period to end this lease for non-payment is 30 days.";
    () => "party must|require ..3-not period ..2 notice ..2 if ..2 wish ..2-not end", "You must give eight weeks' notice if you wish to leave.";
    () => "^ if ..2 wish ..2-not end ..4-not pause ..3 period ..3 notice", "If you would like to leave, please give us 30 days' notice.",
        not "If you want to stop the service, call us. We give 30 days' notice.";
    () => "^ ..5-not|if notice ..2 party must ..5-not|if end be ..2 period", "The least notice that you must give to leave is 28 days.";
    () => "^ word? end ..6-if|before|close|breach|within|not|stop party must ..6-not notice", "To leave you must give one month's notice.",
        not "To terminate for breach the Client must give notice.";
    () => "contract be ..2-not|if|unless|end period ..2 notice ..1 end", "Your employment is subject to three months' notice of termination.";
    () => "end ..6 free ..8-within require|by|must ..8-within notice", "Termination for convenience requires 60 days' notice.",
        not "Upon termination for convenience it must return the data within ten days of notice.";
    () => "^ end ..14-not|if|breach|foreign|within|stop require ..6-not|if period ..4 notice", "Cancellation requires one month's notice in writing.";
    () => "^ end pause ..2 period ..2 notice be require", "Cancellation: 30 days' written notice is required.";
    () => "^ end ..2 pause word? party may ..8-not|if period ..4 notice", "Walking away: the Client may do so on two months' notice.";
    () => "contract ..1 be ..2-not period ..3 notice ..2 end ..3 party", "Your employment is subject to three months' notice of termination on either side.";
    () => "period ..3 notice must ..3 by ..2 wish ..2 end", "Thirty days' written notice shall be given by the party desiring to terminate.";
    () => "period ..3 notice ..1 by ..1 party ..1-not end", "Three months' notice by either party brings this Agreement to an end.";
    () => "^ notice ..1 end may ..1-not be ..3-not by ..1 party ..8-if|within period", "Notice of termination may be given by either party and shall be of 30 days.";
    () => "be ..1-not end by ..3 party ..5-if|breach|not|close period ..3 notice",
        "It is brought to an end by whichever party first gives the other ten weeks' notice.";
    () => "party must ..4-not|if notice ..4-if period before end", "The Broker shall give written notice at least 180 days prior to cancellation.";
    () => "end ..6-if|not|breach|within may ..3 free ..8-within period ..4 notice",
        "It goes on unless one party ends it, which either may do for any reason by ninety days' notice.";
    () => "end ..2-not|if|free contract must be ..8-not|if|breach|free period ..2 notice ..1 by|from|party",
        "Termination of employment shall be by one month's notice by either the employee or the employer.";
    () => "if ..2 party ..1 end pause ..3-not|breach|within period ..2 notice must ..1 be", "If an employee resigns, a minimum of ten working days' notice will be given.";
    () => "^ ..2-not|if|breach|within atleast ..1 period ..2 notice ..1 end", "Give at least two weeks' notice of termination to avoid the charge for the last month.";
    () => "option pause anytime ..16-not|price|unless pause ..1 end", "The Landlord has the right, at any time after the 78th month of the Term or any renewal of it, to terminate this Lease.";
    () => "if ..2 party ..1 grant ..4-not|breach|within period ..5-breach|not notice ..14-not|breach|cure contract|thing ..10-not|breach must ..1 end|expire",
        "If the Tenant gives the Landlord nine months' notice expiring on the Break Date this Lease shall come to an end on it.",
        not "If the Tenant gives thirty days' notice of a breach this Lease shall end.";
    () => "if ..2 party ..3 wish ..2 end ..16-breach|if grant ..6-breach|not period ..5 notice ..14-breach contract|thing ..2 must ..1 end|expire",
        "If the Tenant wishes to determine this Lease after the first year and gives three months' notice, this Lease shall cease.";
    () => "contract|monthly ..2-if|not|breach require ..1 period ..2 notice ..1 end", "Month to month memberships require 30 days' notice of cancellation.";
    () => "until ..5-not party ..2-not end ..1 contract|thing by ..8-breach|if notice ..3 period before",
        "It goes on until either of us ends it by telling the other in writing at least four weeks beforehand.";
    () => "must be ..2-not end anytime ..10-not|if|breach period ..2 notice", "It begins on 1 May, and shall be subject to termination at any time on two weeks' notice.";
]);

// The right under a heading that speaks of ending: "Early end. Without cause: …".
forms!(pub(super) static HEADED: () = [
    () => "^ ..2-not|if free pause ..8-if|not|breach|stop period ..3 notice", "Without cause: at any time, by either party, on ninety days' written notice.";
    () => "^ ..2-not|if anytime pause? ..8-if|not|breach|stop|close period ..3 notice", "At any time, by either party, on ninety days' notice.";
    () => "^ by word? party ..8-if|not|breach|stop|close period ..3 notice ..6 free|anytime", "By either party on sixty days' notice for any reason.";
]);

// An item under words such as "This Agreement may be terminated:".
forms!(pub(super) static LED: () = [
    () => "^ by|word? word? party ..8-if|not|breach|cure|unpaid|stop period ..3-stop notice", "(a) by either party on 60 days' written notice;",
        not "(b) by the Supplier if the Customer does not pay within 30 days of a notice;";
    () => "^ by|word? word? atleast? period ..3-stop notice ..6-if|breach|cure|unpaid|stop by|from", "(b) upon 30 days' notice by either party to the other;",
        not "(b) after 30 days' notice of a breach by the other party;";
    () => "^ party grant|act ..3-if|not|breach period ..3-stop notice", "(a) either party gives the other ninety days' written notice;";
    () => "^ after foreign pause? ..2-if|breach period ..2-stop notice", "(b) after probation, on one month's notice.";
]);

// The words that lead such items in.
forms!(pub(super) static LEADS: () = [
    () => "contract|thing ..3-not may|must|be ..2-not be? ..2-not end|expire", "Your employment may be terminated by either you or the Company:";
    () => "contract|thing ..2-not end|expire", "The Agreement terminates upon the occurrence of any of the following:";
]);

// Another party that may end it on a notice of its own: "and the Customer on three months' notice".
forms!(pub(super) static SHARES: () = [
    () => "may|must ..4-not end ..8 period ..2 notice pause? word word? @party word? period ..2 notice",
        "The Supplier may end it on six months' notice and the Customer on three months' notice.";
    () => "may|must ..4-not end ..10 period ..2 notice pause? word @by word? party|name name? by|word? atleast? period ..2 notice",
        "It may be ended by the Borough on six months' notice and by the Law Centre on not less than three months' notice.";
]);

// The words of such a party.
forms!(pub(super) static SHARED: () = [
    () => "^ by? word? party ..3-not|if|period|end period ..2 notice", "Customer on three months' notice.";
    () => "^ by word? name name? by|word? atleast? period ..2 notice", "by the Law Centre on not less than three months' notice.";
    () => "^ then ..3-not|if|end period ..2 notice ..2 party", "After that, one month's notice from either side is required.";
]);

// One of several parties that may each end the contract.
forms!(pub(super) static EACH: () = [
    () => "party ..1 may ..4-not end ..8 period", "The Tenant may end it by 21 days' notice and the Landlord may end it by 90 days' notice.";
]);

// A contract that runs until somebody ends it.
forms!(pub(super) static ROLLING: () = [
    () => "continue ..8 until ..6-renew end ..18-breach|if @period ..4 notice", "It continues until ended by either party on three months' notice.";
    () => "continue ..20-again|renew until ..6-renew party ..8-end @period ..3 notice",
        "It shall continue until either party gives three months' notice to terminate.";
    () => "^ ..14-again|renew|renewal|newterm until ..3 party ..1 end ..6-if|before @period ..3 notice",
        "It runs until either of us stops it by giving eight weeks' notice.",
        not "It runs for successive terms until either party ends it by sixty days' notice.";
    () => "until ..3 party ..8-end|before @period ..3 notice", "It runs until you or we give the other one month's notice.";
    () => "continue ..1 indefinite? pause? ..1 must? ..1 end|expire ..1 if ..1 party ..4-not|breach @period ..3 notice",
        "It goes on indefinitely, and will stop only when one of the parties has given the other ninety days' notice.";
    () => "contract ..1 expire|end if ..3-not|breach grant ..3 @period ..2 notice", "Employment comes to an end where the one gives the other four weeks' notice.";
]);

// A period of notice for ending without a cause, beside those for other endings.
forms!(pub(super) static FREE_NOTICES: () = [
    () => "@period from ..3-period notice ..2 end ..1 free", "90 days for sums that are unpaid or 30 days from the date of written notice for ending without cause.";
    () => "^ notice ..1 end may ..1-not be ..3-not by ..1 party ..8-if|within @period",
        "Notice of termination may be given by either party at any time, and shall be not less than 30 days.";
    () => "^ ..6-breach|if|not|unpaid notice ..9-not|if|stop|breach|period end ..3 contract ..1 be ..2 @period",
        "The notice which the Company must give you to end your employment is five weeks.";
    () => "sooner ..6-if|breach|may @period after ..2 notice ..2 party", "It ends upon the earlier of 3 May 2027 or thirty days after written notice by either party.";
    () => "^ end free ..2 notice thing ..6-if|breach|not be ..3 @period", "Ending without cause: the notice period for the Buyer is a maximum of 30 days.";
    () => "@period ..2 end ..1 free", "90 days for sums that are unpaid or 30 days for ending without cause.";
    () => "may|option ..6 end ..10-if|cure|breach|within @period after ..6-if|cure|breach notice", "It may be ended at will, effective 30 days after written notice.";
    () => "notice ..6 be ..4 @period ..10-period end ..2 free", "The notice period is 30 days from the date of notice for ending without cause.";
]);

// The notice for a right that the sentence before gives.
forms!(pub(super) static NOTICE_BEHIND: () = [
    () => "^ ..8-if|breach|end|not|renewal|within @period ..3 notice ..2 must|be|require|by|stop", "The only thing is that three months' notice must be given.";
    () => "^ ..6-if|breach|end|not|renewal|within notice ..2 must|be|require ..4-not|within|after @period", "The notice must be at least 30 days.";
    () => "^ ..3 notice ..3-within|after|if|before @period ..1 be require", "Notice of at least 30 days is required.";
    () => "^ ..8-if|breach party must ..4-if|breach|within notice ..5-within|after|period|stop @period ..2 before", "To use it, the Tenant must give written notice 300 days before that date.";
    () => "^ ..2 party must exercise ..1 option ..14-breach|within|after|period|stop notice ..5-within|after|period @period ..2 before",
        "The Tenant shall exercise the right, if at all, by written notice to the Landlord not less than nine months before it.";
    () => "^ ..3 must|require|grant ..6-if|breach|end|not|renewal|within @period ..3 notice", "It must give the other three months' notice.";
    () => "^ ..8-if|breach|end|not|renewal|within wish ..4-if|not|end notice pause @period", "We would like just a fair warning: three weeks, in writing.";
    () => "contract|thing ..2 must ..2 end ..1-within @period after ..4-breach|cure notice",
        "The Agreement will be terminated thirty working days upon reception of the notice by the other Party.";
    () => "^ ..2 notice ..8-if|breach|not|renewal contract ..2 end ..1 @period after", "Put it in writing and your membership stops 28 days after we get it.";
]);

// The notice period among the terms of a job or the like, where nothing else is said of ending.
forms!(pub(super) static NOTICE_PERIODS: () = [
    () => "^ ..6-if|not|breach|price notice thing must? be ..3 @period", "Your notice period is one month.";
    () => "^ ..3-if|not notice thing ..2 by word? party be ..3 @period", "The notice period on termination by the Company is one month.";
    () => "^ ..2-if|not thing word notice ..4-if|not|breach|price be ..3 @period", "The period of notice is two months for the Client.";
    () => "notice ..6-if|not|breach|price be ..2 period word word? party|name name? pause? word ..2-period|if|breach @period word word? party|name",
        "The period of notice is two months for the Client and four months for the Accounting Firm.";
]);

// The same under a heading of notice or of ending.
forms!(pub(super) static NOTICES_UNDER: () = [
    () => "^ ..5-if|not|breach|price|before party must ..3-if|not|before|within @period ..2 notice", "After probation you must give one month's notice in writing.";
    () => "^ @period ..2 notice ..3-if|not|before|within by|from ..1 party", "One month's notice from either side.";
    () => "^ number? stop? @period ..2 notice ..2 within|after ..2 foreign", "2. One month's notice after your probationary period is completed.";
    () => "^ within|after ..2 foreign pause @period stop?", "During your probationary period: one week.";
    () => "^ within ..3-not|if period|yearly pause @period stop?", "During the first two years: one month.";
]);

// A day on which the contract can be ended.
forms!(pub(super) static BREAKS: () = [
    () => "may|option ..6-not end ..7-before|within|period|notice|after date", "The Tenant may determine this Lease on 31 March 2029.";
    () => "may pause ..12-not|breach|if pause end ..3-before|within|period|notice|after date", "The Licensee may, by a notice of three months, leave on 31 October 2028.";
    () => "^ ..3-atmost|atleast date ..12 may ..4-not end", "On 1 April 2027 the Customer may terminate if it has given notice.";
    () => "may|option ..6-not end ..2-breach pause ..1 end ..4-before|within|period|notice|after date",
        "The Tenant has a right to terminate this Lease, such termination to be effective on 31 August 2029.";
    () => "contract ..3 be ..2-not end ..5-before|within|period|notice|after date", "This Lease shall be determinable on 31 March 2029.";
    () => "contract ..2 must ..1 end|expire ..3-before|within|period|notice|after date ..1 if ..12 notice",
        "This Lease shall come to an end on 31 March 2029 if the Tenant serves six months' notice.";
    () => "if ..2 notice ..14-not contract ..2 must ..1 end ..3-before|within|period|notice|after date",
        "If notice of six months is given by the Tenant, this Lease shall end on 31 March 2029.";
    () => "if ..2 party|name ..26-not|breach|unpaid|cure notice ..10-not|breach|unpaid contract|thing must|then? ..1-not end|expire ..4-before|within|period|notice|after date",
        "If the Lessee has, nine months before that day, served a break notice in writing, this Lease shall come to an end on 31 March 2029.",
        not "If the Lessee fails to pay after a notice, this Lease shall come to an end on 31 March 2029.";
    () => "^ ..6-if|not|breach|unpaid period ..2 notice ..8-not|if|breach|unpaid contract|thing must ..1-not end|expire ..4-before|within|period|notice|after date",
        "Upon the Tenant giving six months' notice the tenancy shall end on 31 March 2029.";
    () => "wish word word word? word? end ..4-before|within|period|notice|after date", "If the Tenant wishes to bring this underlease to an end on 24 June 2027.";
    () => "wish ..2 end ..6-before|within|period|notice|after date|close", "If the Tenant wishes to determine this Lease on 24 June 2027.";
    () => "if ..2 party ..1 wish ..3-not contract|thing ..1 end|expire ..4-before|within|period|notice|after date", "Should the Lessee wish this Lease to come to an end on 24 August 2029.";
    () => "may|option ..6-not end ..5-before|within|period|notice|after close", "The Tenant may end it on the third anniversary of the term.";
    () => "may|option ..6-not end ..4-before|within|period|notice|after from ..2-before|within|period|notice close",
        "The Tenant may end it with effect from the third anniversary of the term.";
    () => "may be ..2-not end by ..3 party ..6-before|within|period|notice|after close", "It may be ended by the Tenant on the third anniversary of the term.";
]);

// A right that is denied.
forms!(pub(super) static DENIED: () = [
    () => "^ ..1 not ..3 may ..4 end", "Neither party may terminate this Agreement for breach.";
    () => "contract not be ..2 end", "This Contract cannot be terminated but by agreement.";
    () => "^ ..1 not ..2 must ..3 option ..3 end", "Neither party shall have a right to terminate for convenience.";
    () => "not ..2 option ..3 end", "The Client has no right to terminate this Agreement.";
    () => "not ..1-pause|cure|word may ..3 end", "It ends on 31 March and neither party may terminate it before.",
        not "If it does not the Client may terminate this Agreement.";
    () => "may not ..4 end", "The Supplier may not terminate this Agreement.";
    () => "party not end", "The Customer cannot cancel for convenience.";
]);

// The condition ends where the main clause begins: the party that may end the contract.
forms!(pub(super) static MAIN: () = [
    () => "@party ..4-end|party may|option ..8 end", "If the delay lasts longer than sixty days the other party may terminate it.";
    () => "@name ..2-end may|option ..8 end", "If the delay lasts longer than sixty days Ridgeline may terminate it.";
]);

// Words that only speak of an ending.
forms!(static MENTIONS: () = [
    () => "must not ..4 end", "The Supplier shall not terminate this Agreement.";
    () => "if ..5-may|wish end ..3 contract ..8 must", "If the Client terminates this Agreement for convenience it shall pay.";
    () => "foreign may be end", "Purchase orders may be cancelled on ten days' notice.";
    () => "end ..2-not|before foreign", "The Client may cancel an insurance policy on 30 days' notice.",
        not "It may be terminated without the payment of a penalty on 30 days' notice.";
]);

// The last day for notice to use a break.
forms!(pub(super) static NOTICE_DAYS: () = [
    () => "notice ..5-period atleast|before|by|until|within ..1 @date", "It may end on 31 March by notice given on or before 30 September 2026.";
    () => "if ..6 notice ..5-period by|before|atleast|until ..1 @date", "If it has given notice by 1 October 2026 it may end it.";
    () => "atleast|before|by|until ..1 @date ..8 notice", "By 1 October 2026 it must have given notice.";
]);

// The right is there in the first term and in every later one.
forms!(pub(super) static THROUGHOUT: () = [
    () => "may ..4 end ..4-not expire|close ..5-not pause? word? then ..24 notice",
        "Either party may terminate it on the expiry of the fixed term, or thereafter, by giving a month's notice.";
    () => "period before end pause? nonrenewal", "It gives notice at least 180 days prior to cancellation, non-renewal or restriction.";
    () => "may ..4 end ..6 within ..2 contract pause? word ..3 newterm|renewal|renew",
        "Either party may end it during the Term, or any extension of it, by two months' notice.";
]);

// The right is there while the contract runs on after its first term, at any time of it.
forms!(pub(super) static IN_RENEWALS: () = [
    () => "within ..4 newterm|renewal ..14 may ..4 end", "During any renewal term either party may terminate on 60 days' notice.";
    () => "may ..4 end ..4 within ..4 newterm|renewal", "Either party may end it during a renewal term on 60 days' notice.";
    () => "after ..2 first|close ..6 may ..4 end", "After the initial term either party may end it on 60 days' notice.";
]);

// Says by itself that no reason is needed.
forms!(pub(super) static PLAIN: () = [
    () => "may|option ..14 end ..20 free", "The Client may terminate for its convenience.";
    () => "free ..6 may ..6 end", "For its convenience the Client may terminate.";
    () => "^ free word end ..3-if|not|breach stop", "Neither of us needs a reason to call this off.";
    () => "option ..2 end ..20 anytime", "Either party has the right to terminate this Agreement at any time.";
    () => "may ..4 end ..20 anytime", "You can cancel your subscription at any time.";
    () => "may|option ..4 anytime ..8 end", "The Council may at any time terminate this Agreement.";
    () => "contract ..3-after|by end ..3 free", "This Agreement is terminable at will.",
        not "It is kept secret during my employment or after the termination of it for whatever reason.";
]);

// A condition before the ending: it stands against "for convenience", too.
forms!(pub(super) static CONDITIONAL: () = [
    () => "if ..40-wish ..1-wish end", "If the goods are late the Buyer may terminate on 10 days' notice.";
]);

// A condition that only says which contract is meant: one without a fixed term.
forms!(pub(super) static UNFIXED: () = [
    () => "if ..6 indefinite|monthly ..14 end", "If this agreement has no fixed term the Tenant may end it by 21 days' notice.";
    () => "anytime pause? if ..2 party|thing|word ..4-not period ..3 notice",
        "You may leave at any time provided you give us one month's notice.";
    () => "end ..14-if|breach if ..1 party ..3-not|breach|within period ..3 notice ..2 stop|pause", "The Trust is free to end it at any moment, as long as the Supplier has had 90 days' written notice.";
    () => "end ..8-if if thing ..3-not period ..3 notice", "The Tenant may end it provided it gives six months' notice.";
    () => "continue ..2 if ..10 unless ..4 end", "It goes on for as long as the system stands, unless one of the parties ends it.";
    () => "end ..16-breach if ..1 notice ..2 not ..2 expire|end", "It may be ended by three months' notice, as long as the notice does not run out before 1 April.";
    () => "if ..1 notice must not", "It may end it by notice, provided that such notice shall not be given in the first year.";
    () => "if ..3 contract ..1 must ..1 end ..2 by ..1 party", "Where the tenancy is to be determined by either party.";
    () => "if ..2 party ..1 end pause ..3-not|breach|within period ..2 notice must ..1 be", "If an employee resigns, a minimum of ten working days' notice will be given.";
    () => "end ..16-if|breach if ..6-not party|thing ..6-not|unpaid exitfee|price", "It may be ended on two months' notice provided that the Tenant pays a termination fee.";
    () => "if ..4 first|newterm ..3 expire|end ..10 end", "If the fixed term has expired either party may end it by 28 days' notice.";
]);

// A reason, or a condition, behind the ending.
forms!(pub(super) static REASONED: () = [
    () => "end ..20 if|unless", "The Buyer may terminate on 10 days' notice if the goods are late.";
]);

// The notice for an ending that hangs on a condition, in the same clause.
forms!(pub(super) static HANGS: () = [
    () => "if ..40 end ..18-within @period ..4-after notice", "If the goods are late the Buyer may terminate on 10 days' notice.";
    () => "if ..40 end ..10 notice ..6-within @period", "If the goods are late the Buyer may end it by notice of ten days.";
    () => "may ..3-not end ..3-not if ..40 @period ..3 notice", "The Owner may end it only if it intends to rebuild, by giving eighteen months' notice.";
    () => "@period ..4 notice ..24 if", "The Buyer may terminate on 10 days' notice if the goods are late.";
    () => "if ..30 @period ..4 notice ..12 end", "If the goods are late the Buyer may, on 10 days' notice, end it.";
]);

// Ending only with a term, or in place of renewal.
forms!(pub(super) static LIMITED: () = [
    () => "renew|renewal|autorenew|newterm|nonrenewal", "Either party may terminate by notice before any renewal.";
    () => "end ..6-anytime|notice|period|by|before|after close", "Either party may end it at the end of the term by 60 days' notice.";
    () => "if ..2 wish ..4-not end ..4-anytime|notice|period|by contract ..1 expire", "If you wish to stop it when the term is over, you must write to us.";
    () => "notice ..3 before ..8-wish close|renewal|expire", "Either party may end it by notice before the end of the term.";
    () => "period before word? contract|thing ..1 end|expire", "It may stop the service by telling the Client 90 days before the service ends.";
]);

// A contract that runs on, or renews, if nobody ends it.
forms!(pub(super) static UNLESS_ENDED: () = [
    () => "unless ..6 end", "It runs on unless cancelled by 30 days' notice.";
]);

// An end before the day on which the contract ends by itself.
forms!(pub(super) static EARLY: () = [
    () => "unless|until|may ..3 sooner ..2 end", "It ends on 3 May 2027 unless sooner terminated by either party.";
    () => "unless|until|may ..4 end ..5 sooner", "It ends on 3 May 2027 unless it is terminated by either party earlier.";
    () => "unless|until|may ..4 end ..4 before date|then|contract|close|word", "It ends on 3 May 2027 unless it is cancelled before that date.";
    () => "date pause? unless ..3-not end", "It ends on 3 May 2027, unless terminated by either party on sixty days' notice.";
    () => "continue pause? unless ..3-not end", "This Agreement shall continue unless terminated by either party on 30 days' notice.";
]);

// The right among the words on the end of the contract: "unless sooner ended by either party".
forms!(pub(super) static EARLY_RIGHTS: () = [
    () => "unless|until ..3 sooner ..2-not end by? ..3 party ..10-if|breach|within period ..3 notice",
        "It ends on 3 May 2027 unless sooner terminated by either party upon thirty days' notice.";
    () => "unless|until ..3-not end ..1 sooner by? ..3 party ..10-if|breach|within period ..3 notice",
        "It runs for a year unless terminated earlier by either party at its discretion upon thirty days' notice.";
    () => "unless|until ..3-not end by ..3 party sooner ..10-if|breach|within period ..3 notice",
        "It runs for a year unless terminated by either party earlier upon thirty days' notice.";
    () => "unless ..1-not end ..2 sooner by ..1 period ..2 notice", "It ends on 3 May 2027, save that either party may bring it to an end earlier by two months' notice.";
    () => "unless|until ..3-not end before ..2 by ..2 party ..6-if|breach|within period ..2 notice",
        "It ends on 3 May 2027 unless it is cancelled before that date by either party with 30 days' notice.";
    () => "date pause? unless ..3-not end ..1 by? ..3 party ..8-if|breach|within|before period ..4 notice",
        "It ends on 3 May 2027, unless terminated by either party on sixty days' notice.";
    () => "continue pause? unless ..3-not end ..6-if|breach|renew by ..3 party ..10-if|breach|before|within period ..3 notice",
        "This Agreement shall continue unless terminated by either party on 30 days' notice.";
    () => "end|expire ..6-if|breach|may sooner ..6-if|breach|may period after ..2 notice ..2 party", "It ends upon the earlier of 3 May 2027 or thirty days after written notice by either party.";
    () => "end|expire ..6-breach|may sooner ..4-breach|may close|expire ..2 period ..2 notice ..3 party",
        "It ends on 3 May 2027 or, if earlier, on the expiry of one month's notice given by either party.";
]);

// The notice on which a contract ends for a wrong of the other party, without a time to cure.
forms!(pub(super) static AT_BREACH: () = [
    () => "may ..4-not end ..8-if|cure|within @period ..3 notice ..8-stop|period|pause|cure|if breach", "Either party may terminate it on sixty days' notice of any breach by the other.",
        not "Either party may terminate it on sixty days' notice if the breach is not cured.";
    () => "may ..6-not end ..12-stop|free cause ..8-stop|end|period|free @period ..2 notice", "It may be ended by the Company for cause at any time upon ten days' notice.",
        not "It may be ended for cause, or for convenience upon ten days' notice.";
    () => "may pause? ..2 @period ..3 notice pause ..3 breach ..6-stop|cure end", "It may, by ninety days' notice, specifying the breach complained of, terminate it.";
    () => "may pause ..3 @period ..3 notice pause ..2 end ..4-free|stop cause", "The Company may, upon ten days' notice, end it for cause.";
    () => "^ by|after ..2 breach ..8-stop|cure may ..3 end ..6-if|cure|within @period ..2 notice", "Upon a breach by one party the other may terminate it upon ten days' notice.";
    () => "may ..6-not end ..8-stop|within @period ..3 notice ..4-stop|free cause", "The Company may end it upon ten days' notice for cause.";
]);

// How long money may be owed before the contract can be ended.
forms!(pub(super) static OVERDUE: () = [
    () => "unpaid ..4-within @period", "If the rent is unpaid for twenty-one days.";
    () => "notice ..14 unpaid within @period", "It serves a warning notice and if the arrears are not paid within 28 days it may terminate.";
    () => "@period ..2 unpaid", "Rent that is more than fourteen days in arrears.";
]);

// What follows where a wrong was not put right in the time that the sentence before gives.
forms!(pub(super) static HANGS_ON: () = [
    () => "^ if ..3 not ..8 may ..2 end", "If you have not done so by then, we may end the contract.";
    () => "^ if ..3 breach ..8 may ..2 end", "If it fails to do so the Buyer may terminate this Agreement.";
    () => "^ word? if|then|after ..1 period|thing ..10-end may ..3 end", "Only when the fifteen days have gone by may the Owner cancel.";
    () => "^ then ..8-end may ..3 end", "Thereafter the Buyer may terminate this Agreement.";
]);

// What follows where the wrong that the sentence before asks to put right was not put right in time.
forms!(pub(super) static LEFT_UNDONE: () = [
    () => "^ unless ..6-period|stop|breach within ..1 @period ..12-period|stop may ..2-not end", "Unless it has done so within 28 days of being asked, the other may terminate this contract.";
    () => "^ if ..4-stop|breach not|breach ..6-period|stop|breach within ..1 @period ..12-period|stop may ..2-not end",
        "If it has not done so within 14 days of the notice, the other may terminate this Agreement.";
    () => "^ ..3 may ..2-not end ..5-period|stop if|unless ..8-period|stop|breach within ..1 @period stop|pause|word|after|from",
        "The other may terminate this Agreement if that is not done within 14 days of the notice.";
]);

// The time to cure a wrong.
forms!(pub(super) static CURES: () = [
    () => "cure ..10-period|must|by within|after|from ..4-before|period|pause @period", "It is not remedied within thirty days.",
        not "It has to cure the breach by a plan that lasts for thirty days.";
    () => "breach ..24-stop notice ..8-period|stop within ..1 @period ..1 unless ..3 may ..1 end",
        "In a default it may give notice to perform within seven days, failing which it may end it.";
    () => "breach ..2-if|pause notice ..4-period|after|stop within ..1 @period", "If it does not comply with a notice to repair within two months.";
    () => "continue ..4 breach ..3 @period", "If it continues a default for seven days after notice.";
    () => "@period ..4-period notice ..20-period cure ..4-period within ..2 thing",
        "It may end it by thirty days' notice if the default is not made good within the said period.";
    () => "@period ..4-period|must notice ..24-period cure ..2-period close ..3-period notice",
        "It may end it by giving 1 month's notice if a breach remains unremedied at the end of such notice period.";
    () => "notice ..8-period close ..1 @period ..4 breach ..2 continue",
        "It gives notice and if at the end of 30 days the breach persists it may end it.";
    () => "^ ..2 breach word word ..12-stop|period|cure|must within ..1 @period ..2 notice", "Fails to comply with any terms of this lease within five business days of a letter being sent.";
    () => "breach ..3-period|stop pause? within ..1 @period ..5 notice", "It fails, within five days of a notice, to overcome it.";
    () => "breach ..6 continue ..4-period @period", "Such failure continues for thirty days after notice.";
    () => "continue ..1 breach ..8-stop|period @period after ..2 notice",
        "A covenant is not kept and the Tenant has continued to neglect and refuse to perform and observe the same fourteen days after receiving a notice.";
    () => "breach ..24-stop|period continue|unpaid atleast? @period after", "It fails to pay and remains in default not less than 7 days after being told.";
    () => "breach ..4-stop be|take ..2-period @period ..1 after|from|of ..2 notice", "A party in default is allowed 21 days from notice to perform.";
    () => "breach|unpaid ..4-stop|period|within after ..3-stop|period notice ..5-stop|period|within @period", "It may suspend it for non-payment only after a notice and a further period of fifteen days.",
        not "It pays late fees for non-payment after a notice was served within ten days.";
    () => "cure ..8-period|stop|cure|pause must be ..1 @period", "The cure period for a default in payment shall be ten days.",
        not "A breach must be cured in writing; the fee shall be paid in ten days.";
    () => "cure ..6-stop|period be ..1 period ..6-period|stop breach ..2-stop be ..1 @period", "The cure period for a late payment is five days and for any other breach it is thirty days.";
    () => "end ..3-stop|notice|period after @period ..20-stop|period if ..6-stop cure", "It ends by itself after ten days from the notice if the party fails to cure the breach.";
    () => "may ..6-not|stop end after @period if ..6-stop|period unpaid", "The Supplier may suspend after 10 days and cancel after 30 days if an invoice remains unpaid.";
    () => "cure ..4-period|must @period", "The breach has gone uncured thirty days after notice.";
    () => "@period ..12-period|stop|end cure", "Within thirty days after notice it does not put it right.",
        not "It sends within five days of each month a correct statement.";
    () => "within ..1 @period ..16-period cure", "Within 30 days of receiving written notice of the breach it fails to cure.";
    () => "breach|unpaid ..10-stop may ..3-not end ..4-stop|if|cure @period ..4-stop|period word ..2 notice",
        "If a draft is unpaid it may end this agreement once seven days have passed since it told the Dealer of it.";
]);

// The notice on which a contract ends for a wrong, beside the time to put that right.
forms!(pub(super) static ENDS_ON: () = [
    () => "may pause? ..2-period|not @period ..4 notice ..6-stop|period pause ..16-period|stop if|unpaid|breach",
        "The Vendor may, upon thirty days' notice, end it if the Client fails to cure a breach within ten days.";
    () => "may|option ..4-not end ..6-within|if|cure|unless|period @period ..2 notice ..6-period|stop if ..30-stop cure ..10-stop|period within",
        "It may end it upon ten days' notice to the Talent in the event that the Talent commits a breach and fails to cure it within seven days.";
    () => "may|option ..4-not end ..10-within|if|cure|unless|period @period ..2 notice ..3-period if|cure", "It may end it on 7 days' notice if the fee is not paid.",
        not "It may end it if the breach is not cured within 30 days' notice.";
    () => "if ..30-stop pause ..4-stop|pause may|option ..4-not end ..8-within|if|cure|unless|period @period ..2 notice",
        "If the fee is not paid within 14 days, the Supplier may end it on 7 days' notice.";
]);

/// Whether a sentence only speaks of an ending, or denies the right to it.
pub(super) fn is_mention(phrases: &Phrases) -> bool {
    DENIED.matches(phrases) || MENTIONS.matches(phrases)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::wrong;

    #[test]
    fn every_form_has_its_example() {
        for forms in [
            &*RIGHTS,
            &ROLLING,
            &UNFIXED,
            &FREE_NOTICES,
            &HEADED,
            &LED,
            &LEADS,
            &NOTICE_PERIODS,
            &NOTICES_UNDER,
            &NOTICE_BEHIND,
            &EACH,
            &SHARES,
            &SHARED,
            &BREAKS,
            &MENTIONS,
            &MAIN,
            &DENIED,
            &OVERDUE,
            &HANGS,
            &AT_BREACH,
            &UNLESS_ENDED,
            &EARLY,
            &EARLY_RIGHTS,
            &ENDS_ON,
            &PLAIN,
            &CONDITIONAL,
            &REASONED,
            &LIMITED,
            &THROUGHOUT,
            &CURES,
            &LEFT_UNDONE,
            &HANGS_ON,
            &NOTICE_DAYS,
            &IN_RENEWALS,
        ] {
            assert_eq!(wrong(forms), [""; 0]);
        }
    }
}
