//! The forms of renewal, in the order of C1: the first that a sentence has decides.
//!
//! `@` marks the verb: how long it renews for stands mostly behind it.

use crate::lexicon::Class;
use crate::phrase::forms;
use crate::record::value::RenewalKind::{
    self, Automatic, Evergreen, MonthToMonth, MutualAgreement, None as Never, Option as Choice,
};

/// Classes of which a sentence about renewal has one.
pub(super) const GATE: [Class; 12] = [
    Class::Again,
    Class::Renew,
    Class::Renewal,
    Class::AutoRenew,
    Class::NewTerm,
    Class::Continue,
    Class::Monthly,
    Class::Yearly,
    Class::ByMonth,
    Class::Renewable,
    Class::Then,
    Class::Auto,
];

/// What a form says, and how strongly.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    pub(super) kind: RenewalKind,
    pub(super) score: i32,
}

pub(super) const fn says(kind: RenewalKind, score: i32) -> Meaning {
    Meaning { kind, score }
}

forms!(pub(super) static KINDS: Meaning = [
    // Negatives are tried before everything else.
    says(Never, 6) => "may|must|word not auto? ..1-if|unless auto? @renew|autorenew",
        "The initial term does not renew automatically.", not "Either party may stop the automatic renewal of this Agreement.";
    says(Never, 6) => "must|may|be not ..2-if|unless @continue ..6-if|unless|again|period monthly", "It shall not continue on a month-to-month basis.";
    says(Never, 6) => "not word must ..4-if|unless @renew|continue ..4-if|unless|again|period monthly", "In no event shall this lease continue month to month.";
    says(Never, 6) => "not auto? @renewal", "There is no automatic renewal.";
    says(Never, 6) => "contract|thing ..1 be not ..2 @renewal", "It is not subject to renewal.";
    says(Never, 6) => "^ ..2 auto? @renewal|autorenew ..4-may|unless|if be ..2 off", "Automatic renewal has been switched off.";
    says(Never, 6) => "^ ..2 not ..20-if|unless|stop|party|breach @renew|renewal word? contract|thing|stop", "Nothing done after that day operates to renew it.";
    says(Never, 6) => "not thing word @monthly", "Work after that day neither renews this Agreement nor makes it a month-to-month engagement.";
    says(Never, 6) => "^ ..6-if|unless|may|breach not ..5-if|unless|until|stop|may|within option pause? ..4-if|unless|stop|may|end @renewal ..6-unless|if stop",
        "It does not create any expectation, right or option of renewal for a later season.", not "If it has not paid, its option of renewal is lost.";
    says(Never, 6) => "not @monthly ..3-if|unless|until|may expire|word|thing|contract|be|deemed", "No month-to-month tenancy arises from it.",
        not "If it is not periodic.";
    says(Never, 6) => "not bymonth pause? yearly? word @monthly", "No monthly, yearly or month-to-month tenancy comes about.";
    says(Never, 6) => "not contract from? @monthly word? from? yearly? must? be ..1-if|unless|until stop", "No tenancy from month to month or from year to year is created.";
    says(Never, 6) => "^ ..1 @monthly contract? must not", "A month-to-month tenancy shall not arise.";
    says(Never, 6) => "not ..3-if|unless|may|pause grant ..6-if|unless|notice|not|price @newterm|renewal", "The Landlord is not bound to grant a new lease.";
    says(Never, 6) => "not ..1 @renewable", "This Agreement is not renewable.";
    says(Never, 6) => "not ..2-breach|unpaid option|may ..4-unless|if|notice @renew|renewal", "The Tenant has no right to renew this lease.",
        not "A Tenant that is not in default may renew this lease.";
    says(Never, 6) => "not ..8-if|unless|until|pause|stop|may option ..2-end @renew|renewal|newterm ..6-unless|if pause|stop",
        "Nothing in this agreement gives the Distributor any right to renew it.";
    says(Never, 6) => "not ..2-breach|unpaid option|may ..3-unless|if|notice|within @newterm ..6-unless|if pause|stop", "There is no right to a further season.";
    says(Never, 6) => "contract|thing ..12-if|unless|may|must|party|expire be not @renew stop", "It ends on that day and is not renewed.";
    says(Never, 6) => "@autorenew ..1-may|unless|if not ..4-unless|if word", "Tacit relocation shall not operate.";
    says(Never, 6) => "@autorenew ..4-may|unless|if|notice be ..2 off", "The parties agree that tacit relocation is excluded.";
    // It ends unless somebody asks for more.
    says(Choice, 9) => "expire|end ..10-not|renew|renewal|unless unless ..34-not|mutual wish ..3-not @renew|newterm|yearly|again",
        "The licence will lapse at the end of that year unless the Customer confirms that it wishes to renew for a further year.",
        not "The licence will not lapse at the end of that year unless the Customer confirms that it does not wish to renew it.";
    says(Choice, 9) => "^ if|by ..3 party|name ..2-not|must|may|end exercise|wish ..16-not|unless|end|nonrenewal|mutual option|renew|renewal|period|yearly|newterm|again ..44-not|unless|nonrenewal|mutual contract|thing ..3-not deemed|auto ..6-not|end|expire @renew",
        "If the Tenant wishes to have it for two more years it shall give notice, whereupon this Lease is deemed extended for them.",
        not "If the Tenant does not wish to have it for two more years it shall say so, else this Lease is deemed extended for them.";
    // By itself, until somebody ends it.
    says(Evergreen, 9) => "auto ..4 @renew|renewal|continue ..6 indefinite", "This Agreement will automatically renew indefinitely.";
    says(MonthToMonth, 9) => "auto ..3-expire|end|unless @renew|continue ..10-again|newterm|unless|period @monthly",
        "The contract will automatically continue on a month-to-month basis.";
    says(Automatic, 9) => "@autorenew", "The subscription will auto-renew each year.";
    says(Automatic, 9) => "auto ..6-expire|end|unless|if|notice|breach @renew|renewal|continue|newterm",
        "This Agreement shall automatically be renewed.", not "This Agreement shall expire automatically unless extended.";
    says(Automatic, 9) => "@renew|renewal ..9-expire|end|unless|notice|breach|if|not auto",
        "The term is extended for one year automatically.";
    says(Automatic, 9) => "@continue ..9-expire|end|unless|notice|breach|if|not|renew auto",
        "The term continues for one year automatically.";
    says(Automatic, 9) => "@continue ..2 period pause? then again ..8-not|may auto", "It keeps going for one year, then another and then one more, automatically.";
    says(Automatic, 9) => "@newterm ..12-expire|end|unless|notice|option|not auto", "A further term of one year begins automatically.";
    says(Automatic, 9) => "auto ..4-expire|end|unless|if|notice|breach|price|not|may @again period contract", "It will automatically reset for additional 12-month terms.";
    says(Automatic, 9) => "@again period? contract ..6-expire|end|unless|notice|option|not|price|may auto", "A fresh two-year licence starts by default.";
    says(Automatic, 9) => "^ ..12-price|may|if|option|notice|foreign|not @period|yearly|newterm|again ..5-price|may|if|not|unless|notice|option|foreign|period|pause auto pause|stop|unless",
        "One more year is added to it automatically, unless the Hirer writes.", not "The rent for another year is adjusted automatically.";
    says(Automatic, 9) => "auto pause word? @yearly|newterm ..3-price|may|option|pause word", "At its close, and without more, a further season follows.";
    says(Automatic, 9) => "auto word @yearly", "It then passes automatically into further years.";
    says(Automatic, 9) => "@auto yearly renewal", "With automatic annual renewals thereafter.";
    says(Automatic, 9) => "deemed ..6-not @newterm|yearly", "If nobody writes, they are taken to have agreed to a further year.";
    says(Automatic, 9) => "deemed ..4-not again @period", "Your silence will be treated as agreement to a further twelve months.";
    says(Automatic, 9) => "^ @renewal pause ..8-may period ..16-may unless", "Renewal: yes, for one-year terms, unless the Client opts out.";
    says(Automatic, 9) => "deemed ..4-not @renew", "The Agreement is deemed to have been renewed.";
    says(Automatic, 12) => "unless ..24 deemed ..8-not|end|expire @renewal",
        "Unless I write I shall be deemed to have chosen the one year renewal.";
    says(Automatic, 7) => "^ ..3-may|price @period again contract", "Term: 6 months rolling contract.", not "It sends a rolling forecast for 12 months.";
    says(Automatic, 9) => "contract|thing ..1 @renew ..1 yearly", "The maintenance plan renews annually.";
    says(MonthToMonth, 7) => "continue|renew|then|contract|thing|be|word ..8-not|price @monthly", "Thereafter the tenancy runs from month to month.";
    says(MonthToMonth, 7) => "then ..1-not|may party price ..1 @monthly", "From then on you rent from month to month.";
    says(MonthToMonth, 7) => "be ..2-not|price|party contract|thing @bymonth", "This is a rental by the month.";
    says(MonthToMonth, 7) => "be ..2-not|price|party @bymonth contract|thing stop|pause|until|unless", "This is a monthly membership.";
    says(MonthToMonth, 7) => "continue|renew ..4-again|unless|until|price @bymonth", "It then continues on a monthly basis.";
]);

// Renewal that happens by itself though nobody says "automatically". A right or an agreement in the sentence speaks against it.
forms!(pub(super) static BY_ITSELF: Meaning = [
    says(Automatic, 7) => "must ..3-may|not|option|if|mutual be ..2 @renew ..25-may|mutual again|newterm|same|yearly|unless",
        "The contract shall then be renewed for consecutive periods.";
    says(Automatic, 7) => "must ..2-may|not|option|if be ..1 @renew ..4-may|mutual period ..6 unless",
        "It shall be prolonged by twelve months each time if it is not terminated.";
    says(Automatic, 7) => "contract|thing ..10-party|may must|then ..2-not|wish @renew ..25-may|mutual again|newterm|same|yearly|unless",
        "The Agreement shall extend by two years unless a party objects.";
    says(Automatic, 7) => "contract|thing|then|first ..2-must|may|not|if|be|unless|wish @renew ..25-may|mutual again|newterm|same|yearly|unless",
        "This Agreement renews for additional terms of one year.";
    says(Automatic, 7) => "contract|thing|then ..1-must|may|not|if|be|unless|wish @renew ..2-may|mutual|until|atleast period",
        "This Agreement rolls over for 12 months if neither party gives notice.";
    says(Automatic, 7) => "contract|thing ..6-must|may|not|if|unless|wish|party|price|renewal @renew ..1 yearly",
        "Your plan starts on 10 June 2026 and renews every year.", not "The plan is paid if the Client renews every year.";
    says(Automatic, 7) => "contract|thing ..1 expire|end ..3-may|if|unless|notice @renew ..2-may|mutual period",
        "The term expires on 31 December 2027 and renews for one year at a time.",
        not "The term expires on 31 December 2027 unless the Buyer renews it for one year.";
    says(Automatic, 7) => "contract|first ..10-may|not|if|unless|stop date|period ..6-may|not|if|unless|stop then ..3-may|not|price @yearly",
        "This agreement runs from 1 April 2026 to 31 March 2027 and then from year to year.";
    says(Automatic, 7) => "be @renew ..12-date period|yearly|again ..12-may|mutual|date unless",
        "The lease is renewed for one year unless the Tenant vacates.";
    says(Automatic, 7) => "^ ..1 contract|thing word|renew from? @yearly stop|until|unless", "This agreement runs from season to season.";
    says(Automatic, 7) => "@continue ..20-unless|until yearly", "It remains in force from year to year.";
    says(Automatic, 7) => "@continue ..6-unless|until again ..2 period", "It shall continue for further one-year terms.";
    says(Automatic, 7) => "@continue ..5-unless|until|not|after period again", "The hire then continues for 12 months at a time.";
    says(Automatic, 7) => "@continue ..6-unless|until|not|date|by|contract|first newterm", "It shall continue for successive terms of two years.";
    says(Automatic, 7) => "^ ..8-foreign|price contract|thing ..24-foreign|price @continue ..2 first ..2 then ..2-may|option|price newterm|again|yearly",
        "It shall continue for the Initial Period and then for consecutive periods of a year.";
    says(Automatic, 7) => "^ ..3 contract|thing be @renew ..2-may|mutual period ..1 again stop|pause", "This Agreement is renewed by one year at a time.";
    says(Automatic, 7) => "^ ..8-may|if|option|mutual|grant|not|wish @newterm|renewal ..10-may|option|mutual unless ..10 notice|nonrenewal|end",
        "On that date a new term of one year starts unless notice was given.";
    says(Automatic, 7) => "if|party ..4 not wish ..6 @renew ..3 period|yearly|again|newterm",
        "If it does not wish the agreement to renew for a further year it must say so.";
    says(Automatic, 7) => "^ @renew ..3 period|yearly|again|newterm ..6-may|mutual unless", "Renews for 1 year unless cancelled.";
    says(Automatic, 7) => "party must? ..1-not|may|wish|if @renew ..14-may|mutual|option unless ..3 party|notice",
        "We will renew your plan each year unless you tell us not to.";
    says(Automatic, 7) => "unless must? be? @renew|continue ..3 period|yearly|again|newterm|same",
        "It ends then by notice; otherwise it goes on for one more year.";
    says(Automatic, 7) => "unless ..30 must ..1 @renew ..6 period|same|yearly", "Unless you tell us, we will renew your plan for 12 months.";
    says(Automatic, 7) => "unless ..34-may contract|thing ..6-may|if|unless @renew ..5 period|yearly|same", "If nobody gives notice, the contract renews for one more year.";
    says(Automatic, 7) => "unless ..34-may|sooner contract|thing ..6-may|if|unless @continue ..5 period|yearly|same",
        "If nobody gives notice, the contract goes on for one more year.", not "Unless sooner terminated, this Agreement shall continue for three years.";
    says(Automatic, 7) => "if ..12-may not ..16-may notice|end|nonrenewal ..6-may contract|thing|then ..1-not @renew|continue ..3 period|yearly|again|newterm|same",
        "If 60 days before a term ends no party has given notice, the Agreement renews for two years.";
    says(Automatic, 7) => "unless|not ..24-may|mutual|if pause @newterm|yearly|again ..3 word stop", "If neither party has written, another year begins.";
    says(Automatic, 7) => "unless ..30-may|mutual pause word? @newterm|yearly ..3 must ..1-not word",
        "Should the Buyer fail to notify the Seller, a further subscription of one year shall begin.";
    says(Automatic, 7) => "unless ..40-may|mutual pause @period|yearly must? be word word contract|thing",
        "Save where a party has objected in writing, two years are added to it.";
    says(Automatic, 7) => "contract|thing ..2-not|may|unless|price @renew|continue ..3 period|again|newterm|yearly ..16-mutual|may|if if ..14-may not ..8-may notice|nonrenewal",
        "It stays in force for one more year if by 1 October neither party has declared the contrary.";
    says(Automatic, 7) => "^ ..1 party must @renew ..4-if|unless|may again period ..8-if|may pause|stop|unless",
        "We will put you on a further one-year commitment at the end of each commitment.";
    says(Automatic, 7) => "contract|thing|date ..2-may|if|unless|must|not|end|expire @continue ..1 period ..1 date ..8-may|if|not then",
        "It runs to 31 March 2028 and goes on for twelve months on 1 April 2028 and on each 1 April after that.";
    says(Automatic, 7) => "contract|thing be @renew ..1 period ..1 then", "It is renewed for twelve months after that and after every renewal.";
    says(Automatic, 7) => "notice ..14-may|if|not|option nonrenewal ..3 @continue|renew ..3 period|yearly|again|newterm",
        "Only a letter from you keeps the contract from carrying on for another year.";
    says(Automatic, 7) => "unless ..30-may pause ..1 contract|thing must? ..2-not|may|end @yearly|again|newterm", "Unless the Client stops it, it will run for another year.";
    says(Automatic, 7) => "contract|thing ..16-may|if|unless|option|wish|not|must|mutual|price|foreign @renew ..8-may|mutual|option|unless period|yearly|again|newterm|same ..10-may|mutual unless ..14 notice|nonrenewal|end",
        "This contract covers one winter and renews for a year each time, unless a party cancels.";
    says(Automatic, 7) => "nonrenewal ..12-may @renew ..2 period", "It may elect not to renew the contract, which else renews for one year.";
    says(Automatic, 7) => "@renewable ..20-may|mutual unless", "The term is two years, extendable by one unless notice is given.";
    says(Automatic, 7) => "must be @renewable ..20-mutual again|newterm|yearly|period", "It shall be renewable for one-year terms.";
    says(Automatic, 7) => "^ breach ..12-may|if|pause notice|end ..20-may|mutual|unless must ..10-not|may @renew|continue ..14-may period|again|newterm|yearly",
        "Failure to give notice of termination 60 days before that date shall cause the Agreement to be renewed for a further year.";
    says(Automatic, 7) => "if ..4-may party ..1 not ..8-may notice|end ..3 pause word? ..2 contract|thing must @continue ..2 close ..6 newterm|thing",
        "Should the Member not give notice of termination, then the Membership shall continue to the end of the following period.";
    says(Automatic, 7) => "breach ..10-may|if|pause|mutual notice ..6-may|if|mutual|not must? @renew|continue ..4-may contract|period|yearly|again|newterm",
        "Failure of the Board to give that notice shall extend this Contract for one additional year.";
    says(Automatic, 7) => "^ unless ..4-may|mutual|option|end|if|exercise pause ..4-not|may|option|end|after|mutual|foreign|price|within @newterm|yearly ..10-not|may|option|mutual|price stop|pause",
        "Failing that, a further period of one year follows on the one that ends.", not "Unless terminated earlier, the term and any renewal period end with it.";
    says(Automatic, 7) => "unless ..24-may|mutual|option|exercise notice|nonrenewal ..24-may|mutual|option pause ..5-not|may|option|end|after|mutual|foreign|price|within @newterm|yearly ..10-not|may|option|mutual|price stop|pause",
        "Absent written notice sent at least 180 days before its end, there shall follow a second term of 36 months.";
    says(Automatic, 7) => "^ unless ..8-may|end|mutual contract|thing must? ..6-not|may|end|expire|mutual|deemed @yearly|newterm", "Failing such notice the Agreement shall on each occasion run for a further year.";
    says(Automatic, 7) => "stop unless ..8-may|end|mutual contract|thing must? ..6-not|may|end|expire|mutual|deemed @yearly|newterm", "It does not end unless a party has given notice; without it, it runs for another year.";
    says(Automatic, 7) => "^ ..1 @yearly|newterm|again ..2-price|may be ..24-may|mutual|option|price unless ..20-may notice|nonrenewal|end",
        "Another year is added on 1 July unless the District has told the Contractor that it does not want it.";
    says(Automatic, 7) => "not end ..6-may|not be party|contract ..2 @yearly|newterm", "Members who have not resigned by 31 October are members for the next year.";
    says(Automatic, 7) => "^ ..16-may|not|option|mutual|party|until end|expire|close ..8-may|not|option|mutual|party|until pause word? @newterm ..16-may|mutual|option|not unless ..14 notice|nonrenewal|end",
        "When the first term, or any renewal term, ends, a new term of one year begins, unless a party has served a notice.";
    says(Automatic, 7) => "if ..12-may not ..14-may|mutual|option notice ..20-may|mutual|option pause ..3-not|may|option|end|after|mutual|foreign|price|within @newterm|yearly ..10-not|may|option|mutual|price stop|pause",
        "If we have not heard from you by 1 May, another season of the same length begins.";
    says(Automatic, 6) => "^ ..2 not @newterm|renewal|yearly ..8-unless|mutual|option if ..24-not|breach|pay notice ..12 not|nonrenewal|end",
        "No further period shall come into being if ninety days before the end a party has told the other that it wants none.",
        not "No further term shall begin if the Buyer has not paid.";
    says(Automatic, 7) => "^ ..8-may|if|option|mutual|grant|not|wish|price|foreign|party @newterm ..16-may|option|mutual|price unless ..10 notice|nonrenewal|end",
        "Further grazing years come after it, on the present terms, so long as neither of the two has cried off.";
    says(Automatic, 7) => "^ ..3-may|if @contract ..1 period ..6-may|not|option|mutual|be again ..14-may|mutual unless ..14 notice|nonrenewal|end",
        "Contract periods of two years follow upon it one after another, except where the Client has cancelled.";
    says(Automatic, 7) => "then|after ..6-may|not|date contract|thing|parties|party ..2-not|may must? be? @continue ..4-unless|until|not|date|by|may|from period ..8-may|mutual|until unless ..24-end notice|nonrenewal",
        "After that term the subscription is continued for terms of twelve months, unless the Vendor gives notice that it ends.";
    says(Automatic, 7) => "contract|thing ..4-not|may|price|party @continue|word ..1 period ..3 then ..2 period ..8 until|unless|again",
        "Your plan lasts for one month and then for one more month, time after time.";
    says(Automatic, 7) => "@continue ..3 period pause? then again|newterm|yearly", "It keeps going for one year, then another and then one more.";
    says(Automatic, 7) => "^ ..8-may|mutual|option|price|if|until|end @again ..2 period ..2 be ..12-may|mutual|option|not unless ..4 party ..3 notice",
        "Further quarters of three months each are charged at that fee, unless you have told us that you are leaving.";
    says(Automatic, 7) => "^ ..1 then|after ..4-may|price|foreign|mutual|option|stop|not contract|thing ..4-may|price|foreign|not|party @yearly|newterm ..30-may unless|until|stop|pause",
        "After that it is taken year by year, unless either side stops it.", not "After that it may run year by year, unless either side stops it.";
    says(Automatic, 7) => "^ ..1 then|after|once|close ..4-may|price|foreign|mutual|option|stop|not contract|thing ..3-may|price|foreign|not|party @period ..1 again",
        "After that it runs for one school year at a time.", not "After that it may run for a year at a time.";
    says(Automatic, 7) => "^ ..1 then|after|once|close ..8-may|price|foreign|mutual|option|unless|not|party contract|thing ..3-may|price|foreign|not|party @newterm|again ..2 period",
        "Once that term is over it runs in further periods of twelve months.", not "After that term it may run in further periods of twelve months.";
    says(Automatic, 7) => "^ ..1 then|after|close ..8-may|price|foreign|mutual|option|unless|not|party contract|thing must? @continue ..1 period ..20-may|mutual|option|price unless ..14 notice|nonrenewal|end",
        "At the end of the term it carries on for one more year, unless a party has opted out.", not "The Agreement carries on for three years unless a party has opted out.";
    says(Automatic, 7) => "^ ..2 then ..3-may|price|foreign|mutual|option|not @yearly ..8-may|price|option|mutual notice", "Thereafter on a yearly basis, subject to 90 days' written notice by either party.";
    says(Automatic, 7) => "then ..8-may|mutual @renew|continue ..4-unless|until again|newterm|yearly",
        "Thereafter the term is extended for successive years.";
    says(Automatic, 7) => "^ ..2 contract pause ..1 period pause? ..1 then ..2-may|mutual|option|if|not @newterm|again ..2 period",
        "Term: 36 months, and thereafter successive terms of 12 months.";
    says(Automatic, 7) => "then ..2-may|not|if @period again ..3 until|unless", "Until 31 March 2028 and afterwards for one year at a time until ended.";
    says(Automatic, 7) => "foreign must? be? @renew ..2-may period ..2-may pause? unless ..14-may|mutual notice|nonrenewal|end",
        "The policy renews for 12 months, unless the Policyholder gives notice.";
    says(Automatic, 7) => "then ..3-may|not|if @yearly|newterm ..6 until|unless", "For three years and thereafter from year to year until ended.";
]);

// Silence costs the customer one more term: the contract itself is not named, so that the length must be one more.
forms!(pub(super) static CHARGED: Meaning = [
    says(Automatic, 7) => "if ..10-may not ..14-may|mutual notice ..20-may|mutual|option pause ..12-not|may|end|option take|continue|renew|price|be ..8-not|may|before|after|within|notice @period|yearly",
        "If we haven't heard from you before your year runs out, we will charge your card and you will have it for one more year.";
    says(Automatic, 7) => "unless ..30-may|mutual|option pause ..12-not|may|end|option take|continue|renew|price|be ..8-not|may|before|after|within|notice @period|yearly",
        "Unless you tell us by 1 May, your card is charged for another year.";
    says(Automatic, 7) => "party must ..1-not|may take|price ..8-not|may|before|after|within|notice @period|yearly ..6-may|option unless ..8 notice|nonrenewal",
        "We will charge your card for another year unless you tell us.";
]);

forms!(pub(super) static AGREED: Meaning = [
    says(MutualAgreement, 2) => "mutual ..10 @renew|renewal|newterm", "The parties may by mutual agreement renew this Agreement.";
    says(MutualAgreement, 2) => "mutual ..4-may|option period before ..14-option @renew|renewal|newterm",
        "Upon mutual agreement at least six months before the end of the term, this Agreement may be renewed.";
    says(MutualAgreement, 2) => "@renew|newterm ..16 mutual", "The term may be renewed by mutual written consent.";
    says(MutualAgreement, 2) => "@renewal ..12-party|may mutual", "Any extension needs mutual written consent.";
    says(MutualAgreement, 2) => "@renew|renewal ..6-may|unless|party by ..3-notice by ..1 party ..2 party", "An extension is possible by a deed executed by the Seller and the Buyer.";
    says(MutualAgreement, 2) => "may be @continue ..16-until|unless|end|expire mutual", "It can be continued for a year if both so agree.",
        not "It may be continued until ended by agreement.";
    says(MutualAgreement, 2) => "parties|party ..2 may ..30-not|notice mutual @period|again|newterm|yearly",
        "The City and the Carrier may, by an addendum signed before the end, agree upon additional one-year periods.";
    says(MutualAgreement, 2) => "may be? ..2 @renew|continue ..40-unless|until|notice|option|nonrenewal mutual",
        "It can go on for three years if, before it ends, each of the two boards has passed a resolution and both have signed.",
        not "It may be extended by a year unless the parties have both signed a new one.";
    says(MutualAgreement, 2) => "parties ..14-may|not|option @renew|continue ..40-unless|notice|option mutual",
        "It is open to the parties to prolong it by a year, provided that this has been recorded in a document which both have signed.";
    says(MutualAgreement, 2) => "if ..2 party ..2-not wish ..3 @renew ..60-unless|option mutual",
        "Where either party hopes to extend the contract, it shall say so and upon both parties reaching consensus a new one is signed.";
    says(MutualAgreement, 2) => "may ..1 be @renew ..16-unless|notice|option mutual", "It may be renewed for one year on terms that are mutually agreed.";
    says(MutualAgreement, 2) => "@renewable ..10-unless|notice|option mutual", "The term is two years, renewable upon mutual written consent.";
    says(MutualAgreement, 2) => "parties may|must ..3 @renew", "The parties may renew this Agreement.",
        not "The Tenant may renew.";
]);

// The time before the end at which both must have agreed.
forms!(pub(super) static AGREED_BEFORE: () = [
    () => "mutual ..12-period|if @period ..1 before ..8 close|expire|end|newterm|date", "They may, by an agreement in writing signed at least ninety days before the Expiration Date, renew it.";
    () => "@period ..1 before ..6 close|expire|newterm pause ..3 mutual", "The parties may, no later than ninety days before the Expiration Date, mutually agree to renew it.";
    () => "mutual ..8-period|if @period before stop", "It ends on 3 May 2027 unless both parties agree on an extension four weeks beforehand.";
    () => "parties may ..3 renew ..12-period @period ..1 before ..6 close|expire|end", "The parties may extend it by a letter signed thirty days before its expiry.";
    () => "unless ..8-period nonrenewal ..10-period @period ..1 before ..8 close|expire|end|newterm|date", "Unless a party gives notice of non-renewal at least ninety days before the end, it may be renewed on agreed terms.";
    () => "unless ..2 mutual ..8-period @period ..1 before ..8 close|expire|end|newterm|date", "There is no extension unless both parties agree at least ninety days before the end.";
]);

// A right of one side.
forms!(pub(super) static CHOICES: Meaning = [
    says(Choice, 5) => "option ..24-end|price|breach|must|nonrenewal|not @renew|newterm",
        "The Tenant shall have two options to extend the term.";
    says(Choice, 5) => "option pause ..20-price|breach|nonrenewal pause ..2-not @renew",
        "The Tenant has the right, to be used by notice before the Term ends, to extend it for five years.";
    says(Choice, 5) => "option pause? word not word word? pause? ..3-not|end|price|breach|nonrenewal @renew|newterm",
        "The Franchisee has the right, but not the obligation, to acquire one successor franchise.";
    says(Choice, 5) => "option ..3-end|price|breach|must @renewal", "The Buyer has two rights of renewal.";
    says(Choice, 5) => "may ..5-be|mutual|not|end|must|nonrenewal @renew", "The Buyer can extend this Agreement.",
        not "The term may be extended by amendment.";
    says(Choice, 5) => "may be ..2 @renew ..16-mutual notice|option|grant|wish", "The term may be extended by the Customer by notice.";
    says(Choice, 5) => "party|name ..3 may ..24-mutual|not|end|nonrenewal|must @renew", "The Buyer may by notice elect that the term be extended.";
    says(Choice, 5) => "if ..4 notice|require ..24 party must ..1 @renew", "If the Buyer so requests, the Supplier shall extend the term.";
    says(Choice, 5) => "may|option ..1-end|not @continue ..1 contract ..1 period", "The Client has the privilege of continuing this Agreement for two more years.";
    says(Choice, 5) => "may|option ..2-end|not @continue ..6 yearly|again|newterm", "You can keep the service for another year.",
        not "The Buyer has the option to end it or it continues for another year.";
    says(Choice, 5) => "@renewable ..4-unless option|party", "The lease is renewable at the option of the Tenant.";
    says(Choice, 4) => "@renewal ..1 period may? be ..4-not|mutual|price notice|require ..3 party", "An extension of 12 months can be made upon request from the Customer.";
    says(Choice, 5) => "may be ..2 @renew ..3-mutual party", "This Agreement may be renewed by the Buyer once.",
        not "The term may be extended by agreement.";
    says(Choice, 5) => "@renew|renewal ..20 option", "The term may be renewed at the option of the Buyer.";
    says(Choice, 5) => "if ..14-not|unless party ..14-not|must|may wish|notice|require|exercise|option ..24-not|unless|mutual|nonrenewal|foreign contract|thing ..3-not @renew|continue ..4 period|again|newterm|yearly",
        "If the Client says in writing that it wishes to extend, the contract is extended by a further year.";
    says(Choice, 5) => "^ ..3 option|talk ..24-price|breach|not contract|thing ..3-not @renew ..3 period|newterm|again|yearly",
        "At the Client's election, told 45 days before the term ends, the term is extended for one year.";
    says(Choice, 5) => "contract|thing ..2-not @renew|continue ..3 period|again|newterm|yearly ..6-mutual if ..1-not party ..3-not wish|notice|require",
        "It goes on for five further years only if the Tenant has asked for that.", not "It goes on for a year if the Client does not give notice.";
    says(Choice, 5) => "unless ..1 party ..1 require|wish ..2 @period|yearly|newterm", "It is over on that day, unless the Owner asks for one more year.";
    says(Choice, 5) => "party may ..4-be|not|end|notice|grant|party @newterm ..12 if|notice|by", "The Tenant is entitled to one renewal term of four years, if it gives notice.";
    says(Choice, 5) => "^ ..2 by ..1 party ..3 notice|require ..24-not|unless|mutual pause ..2 must ..1-not @renew|continue ..6 period|yearly|again",
        "Upon the Client's written request, the Supplier shall continue the service for one further year.";
    says(Choice, 5) => "party must ..10-not|unless|if|price @again period ..6 if|once ..1 party ..3-not notice|require|wish",
        "The Landlord is bound to let it for a further five years once the Tenant has asked for it.";
    says(Choice, 5) => "may|option ..2-not|be take ..6-not|after @again period", "The Lessee may take the crane for a further 12 months.";
    says(Choice, 5) => "may word? pause ..14-not|mutual|end|if pause ..1 @take|continue ..2 contract|thing ..1 again? period",
        "The Lessee may, on three months' notice, have the lease for two more years.";
    says(Choice, 5) => "may require word? @again period ..1 by|before|if", "The Tenant may call for a further three years by written notice.";
    says(Choice, 5) => "may require upto? @period pause? ..1 again", "The Customer can call for up to two extra years, one at a time.";
    says(Choice, 5) => "if ..3 party|name ..1-not require|notice|wish ..34-unless pause ..1 party must ..1 @grant ..5 period|again|yearly|newterm",
        "If the Tenant asks for it in a letter, the Landlord shall let the premises to the Tenant for two years more.";
    says(Choice, 5) => "if ..3 party ..1-not wish ..2 @newterm", "Should the Tenant desire a further term of four years, it must say so.";
    says(Choice, 5) => "^ ..3 party ..2-not|mutual talk contract|thing must? be @renew ..3 period", "The Client alone decides whether it is extended by six months.",
        not "The Board tells the Client whether its licence is extended by one year.";
    says(Choice, 5) => "^ ..4-if|not|end|breach continue|renew ..5-if|not|before|after @period|yearly|again|newterm ..6 must ..2-not notice",
        "To stay for another year the Tenant must tell us in writing.";
    says(Choice, 5) => "may ..1-be @continue word? period ..3-after|end|notice by|upon|if|notice|before", "The Licensee may stay for one year by serving notice.";
    says(Choice, 5) => "party must @renew ..8-unless|mutual|notice by|if ..1 party ..2 notice",
        "The Landlord shall extend the term by five years upon the Tenant's written request.";
    says(Choice, 5) => "if ..6 wish ..1 take ..10-before|end|within @newterm", "If the Tenant is desirous of taking a tenancy for a further term.";
    says(Choice, 5) => "@newterm|yearly ..6-not|unless|mutual may ..1 be ..2-not|end word|take by ..1 party", "A successor franchise may be acquired by the Franchisee.";
    says(Choice, 5) => "party|thing|name must? be? may ..1-not|end number? @newterm ..26-unless|mutual|cure by|if|notice",
        "It shall be entitled to one further term of three years upon delivery of a written notice.";
    says(Choice, 5) => "contract|thing ..2-not|may be? @renew ..1 if ..3-not party|name ..3-not notice|require|wish",
        "The Term is lengthened if the City Manager so notifies the Contractor.";
    says(Choice, 5) => "if ..34-not|unless|mutual|nonrenewal require ..3 party ..2 @continue|renew ..3 period|yearly|again|newterm",
        "Only if the Client asks the Operator to stay for another year does it outlive that day.";
    says(Choice, 5) => "end|expire|until ..4 pause? unless ..10-not party|name ..8-not|end require|wish|notice ..24-not|end|expire|nonrenewal @continue|renew|take ..4-atleast|before|after|notice|from period|yearly|again|newterm",
        "It ends on 1 May, unless the Tenant has asked, in a letter, to stay for one more year.";
    says(Choice, 5) => "if|unless ..12 not ..14-not|nonrenewal notice|require ..16-not|nonrenewal|end @continue|renew|newterm|exercise|option|take ..12-not pause ..4-not contract|thing|option ..3-not expire|end",
        "If by 1 May nothing has come in writing from the Tenant to say that it is staying for three years, the lease finishes.";
    says(Choice, 5) => "^ ..3-not|if party may @period ..6-before|after|by same|again", "The Tenant is welcome to three more years on the same terms.";
    says(Choice, 5) => "take ..5-not|end @newterm ..10-not exercise", "The Licensee has first call on a second term of three years, which it takes up by writing.";
    says(Choice, 5) => "if ..3 party ..1-not wish again? @period|yearly ..12-not notice", "If the Buyer wants another two years, it has to say so.";
    says(Choice, 5) => "may exercise upto? number? period @renewal", "The City may exercise up to three one-year extensions.";
    says(Choice, 5) => "may require ..1 @period by|before|if|within|pause", "The Tenant can ask for two more years by a letter.";
    says(Choice, 5) => "number @option word period", "It has two options of five years each.";
    says(Choice, 5) => "@option word word? again period", "With an option for an additional five years.";
    says(Choice, 5) => "if ..5-not wish ..3-not @renew", "If the Tenant wishes to renew the lease, it must say so.";
    says(Choice, 5) => "notice ..4 @renew ..30 grant", "If written notice to renew is given, the Landlord will grant a lease.";
    says(Choice, 5) => "^ ..3 party take ..2 @newterm", "The Franchisee gets a successor term of ten years.";
    says(Choice, 5) => "may ..3-not require|take|notice ..2 @renewal", "The Company may request an extension.";
    says(Choice, 5) => "may ..1 require ..3 party word @continue|renew ..3 period|again|newterm|yearly|contract",
        "The Buyer may require the Seller to continue for one more year.";
    says(Choice, 5) => "contract may pause ..14-mutual|not notice|option ..4 be @renew",
        "The term may, on 60 days' notice by the Buyer, be extended.";
    says(Choice, 5) => "must ..24-not grant ..2-notice|not @renewal", "The Landlord will grant a renewal of the tenancy.";
    says(Choice, 5) => "party ..2-if wish ..3-not|end @newterm ..10 must ..4 notice",
        "A Tenant who wishes for a further term must ask for it in writing.";
    says(Choice, 5) => "^ ..4-not|if @newterm|renewal ..4-not|mutual be ..2-not if ..2-not party ..16-not|mutual wish|require",
        "One additional term of three years is available if the Contractor writes that it intends to have it.";
    says(Choice, 5) => "@newterm|yearly ..3-not must be grant", "A further year will be granted if the Client asks for it.";
    says(Choice, 5) => "grant ..12-not @newterm", "The Landlord will grant a new lease for three years.";
    says(Choice, 5) => "contract|newterm ..3-must|may @number option ..3 period", "Further terms: two options of 2 years each.";
    says(Choice, 5) => "may ..16-not|mutual require|take|exercise ..3-within|before|after @newterm", "The Lessee may take a further term of 3 years.";
]);

// Goes on after its first term until somebody ends it.
forms!(pub(super) static RUNS_ON: Meaning = [
    says(Evergreen, 4) => "@then ..14 until|unless ..10 end|notice", "Thereafter it continues until either party ends it.";
    says(Evergreen, 4) => "after ..1 first contract|thing|period ..8 @continue ..12 until|unless|indefinite",
        "After the initial term it continues until either party ends it.";
    says(Evergreen, 4) => "@renew|continue ..8 indefinite", "After two years it continues indefinitely.";
    says(Evergreen, 4) => "after ..3 first ..4-not contract|thing ..2 @indefinite", "After the first year this contract has no end date.";
    says(Evergreen, 4) => "once ..1 first ..2-party|may expire|end ..6-may @continue ..10-period|date until ..4-date|period end|notice",
        "Once the minimum term has run its course the service will carry on until it is ended by either party.";
    says(Evergreen, 4) => "indefinite ..3 @then", "It goes on indefinitely thereafter.";
    says(Evergreen, 4) => "first ..10 then ..4 @continue", "For the initial term, and then continues until ended.";
]);

// What follows the first term, of which the heading speaks: "After the minimum period".
forms!(pub(super) static GOES_ON: Meaning = [
    says(Evergreen, 4) => "^ ..4-not|if|price|may|party|unless @continue ..2-period|date|again|yearly stop", "The rental simply continues.",
        not "The rental continues for one year.";
    says(Evergreen, 4) => "^ ..4-not|if|price|may|party|unless @continue ..8-period|date|again|yearly|newterm until ..6-date|period end|notice|party",
        "The service goes on at the same price until one of us ends it.";
]);

// A contract of years that follow each other from its start.
forms!(pub(super) static FROM_YEAR_TO_YEAR: () = [
    () => "date ..6-then|until continue ..6-then yearly", "It commences on 1 May 2024 and continues from year to year.";
    () => "date ..2-if|unless renew ..2-if|unless|price yearly", "Your plan starts on 10 June 2026 and renews every year.";
    () => "^ ..1 contract|thing word|renew|continue from? yearly stop|until|unless", "This agreement runs from season to season.";
    () => "^ contract|thing renew ..1 yearly unless", "It renews every year unless the Member cancels.";
    () => "date ..3 yearly ..4 unless|until", "From 1 May 2024 from year to year until ended by notice.";
]);

// The number of renewals.
forms!(pub(super) static LIMIT: () = [
    () => "option ..3 pause @number word|contract|newterm word? period", "Options to renew: two of 3 years each.";
    () => "renewal ..2 cap|upto|be ..2 @number pause|stop|unless", "The number of extensions being limited to four.";
    () => "renew|autorenew ..14 atmost @number ..1 pause|stop|unless", "It renews for one-year terms, to a maximum of three.";
    () => "may ..5-end|not|notice @once", "It may extend it by a year, and may do so on no more than five occasions.";
    () => "exercise @once", "At its election, exercisable once, it may call for a second term.";
    () => "may|must be @number ..1 renewal", "There can be four such renewals and no fifth.";
    () => "atmost|upto @number word? newterm|renewal", "For periods of a year with a maximum of 2 such extensions.";
    () => "@number auto again? newterm|renewal", "At most four automatic renewals.";
    () => "@number again? again? newterm|renewal|option|once", "The term may be renewed for two additional terms.";
    () => "@number again? again? period contract|newterm|renewal|thing|option", "The Buyer may extend it by two one-year terms.";
    () => "renew|autorenew ..14-number|period|notice @number period word|thing", "It may renew it for two (2) five (5) year periods.";
    () => "@number again period", "By up to two additional one year periods.";
    () => "renew|autorenew ..6 @number again word ..1 period", "It may extend the term for three additional seasons of five years.";
    () => "renew|autorenew ..8-number @number again? contract|thing", "The Buyer can extend it for one period of up to 12 months.";
    () => "^ atmost ..2 renewal pause @number", "Maximum number of renewals: 4";
    () => "renew|autorenew ..12 @number word atmost", "It renews for terms of six months, three (3) times at most.";
    () => "renew|autorenew ..4-number|period @number once|word by", "It may extend the Term on 2 occasions by up to 12 months each time.";
    () => "renew|autorenew ..10 @once", "The lease may be renewed once.";
    () => "@once ..3 renew", "The lease may once be renewed.";
    () => "@once pause ..6-not|notice|price contract|thing ..2 renew", "On two occasions, for one year each, the Term is lengthened.";
]);

// What keeps a renewal from happening: it happens by itself.
forms!(pub(super) static STOPPABLE: () = [
    () => "unless ..14 notice|nonrenewal", "It is extended unless either party gives notice.";
    () => "unless ..8 party ..2 end", "It goes on unless the Client cancels.";
]);

// Any renewal needs the agreement of both.
forms!(pub(super) static NEEDS_BOTH: () = [
    () => "renewal ..4-may must|require|be ..12 mutual", "Any extension will require an amendment executed by both parties.";
]);

// The length that a new term is given, whatever follows it.
forms!(pub(super) static NEW_LENGTH: () = [
    () => "newterm word? @period", "For a further term of five years after the expiry of the Term.";
    () => "renew|renewal ..2-notice|before @period then", "It has automatic renewal of one year thereafter.";
    () => "continue|renew word? @period then", "It stays in force for one more year after that, and then for one more.";
    () => "renew by @period", "It is extended by one year after the end of the current period.";
    () => "again @period by|from|then|pause|stop|after|before|if", "It has the liberty to take it for a further 12 months upon a written request.";
]);

// As long as the first term, which has a name.
forms!(pub(super) static NEXT_LIKE_FIRST: () = [
    () => "renew|autorenew|renewal ..3 @again contract", "It renews for additional Subscription Terms.";
]);

// After the new term the contract ends in any case: it renews once.
forms!(pub(super) static LAST_TERM: () = [
    () => "renew|continue ..4-not period ..3 then ..3-if|unless contract|thing ..3-if|unless|notice expire|end",
        "They go on for a further six months, and after that the agreement is at an end in any case.";
]);

// Month-to-month papers of the past: "a month-to-month letter of March 20, 2026".
forms!(pub(super) static DATED: () = [
    () => "@monthly ..2-be|continue|if|until|pause|atmost word date", "By a month-to-month letter of March 20, 2026 it held the house.";
]);

forms!(pub(super) static PASSING: () = [
    () => "unless ..4-notice|party renew", "It ends on 1 May 2027 unless sooner terminated or extended.";
]);

// What a party will tell: whether it renews is open.
forms!(pub(super) static WHETHER: () = [
    () => "talk ..2 must|wish|may ..6 @newterm|renew|renewal", "It shall tell the Tenant whether it will offer a new lease.";
]);

// Lengths of something else: the first term, a time to answer, the longest time in all.
forms!(pub(super) static OTHER_LENGTH: () = [
    () => "first ..3-newterm|again|renew|continue @period", "The initial period of two years is followed by others.";
    () => "upto @period pause ..1 period", "It renews for up to three further years, one year at a time.";
    () => "cap ..4 @period", "It is renewed yearly, but the total term shall not exceed five years.";
    () => "@period ..2 cap", "It may be extended up to five years in total.";
    () => "within ..2 @period", "It is renewed within thirty days.";
]);

// The length of each of several options, beside what they make together.
forms!(pub(super) static EACH_OPTION: () = [
    () => "number again? @period option", "It has two successive ten year options to extend for up to twenty years.";
    () => "number again? option ..2 @period", "It has two options of ten years to extend for up to twenty years.";
]);

// The length of a renewal term that stands before the verb.
forms!(pub(super) static LENGTH_BEFORE: () = [
    () => "again|newterm ..3 @period", "Successive terms of one year follow by automatic renewal.";
    () => "@period ..1 again|newterm|renew|renewal|option", "With automatic two-year term extensions.";
    () => "@period ..1 pause ..1 contract|thing ..2-not|may renew", "On two occasions, for one year each, the Term is lengthened.";
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::wrong;

    #[test]
    fn every_form_has_its_example() {
        for forms in [&*KINDS, &BY_ITSELF, &CHARGED, &AGREED, &CHOICES, &RUNS_ON, &GOES_ON] {
            assert_eq!(wrong(forms), [""; 0]);
        }
        for forms in [&*EACH_OPTION, &NEEDS_BOTH, &NEW_LENGTH, &NEXT_LIKE_FIRST, &LAST_TERM, &DATED] {
            assert_eq!(wrong(forms), [""; 0]);
        }
        for forms in [&*FROM_YEAR_TO_YEAR, &LIMIT, &STOPPABLE, &PASSING, &OTHER_LENGTH, &LENGTH_BEFORE, &WHETHER] {
            assert_eq!(wrong(forms), [""; 0]);
        }
    }
}
