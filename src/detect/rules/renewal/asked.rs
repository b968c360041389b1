//! The forms of an option that one side uses by asking in time: the other is bound to make a new contract, whatever that is called.

use super::forms::{Meaning, says};
use crate::phrase::forms;
use crate::record::value::RenewalKind::Option as Choice;

forms!(pub(super) static ASKED: Meaning = [
    says(Choice, 5) => "must ..10-not|if|unless|notice|price|breach|mutual|end|expire|may @newterm ..12-not|unless|mutual|within|notice|if period ..24-not|unless|mutual|breach|within if ..3-not party|name|thing ..16-not|nonrenewal|breach|unless|mutual before ..16-not|nonrenewal|breach|unless|mutual notice|require|wish",
        "The Port shall issue the Licensee a new licence, good for two years, so long as it has, 90 days ahead of the expiry, handed in a signed request.",
        not "The Port shall issue the Licensee a new licence for two years, unless it has not paid.";
    says(Choice, 5) => "must ..10-not|if|unless|notice|price|breach|mutual|end|expire|may @newterm ..12-not|unless|mutual|within|notice|if period ..24-not|unless|mutual|breach|within if ..3-not party|name|thing ..16-not|nonrenewal|breach|unless|mutual notice|require|wish ..16-not|nonrenewal|breach before",
        "The Landlord agrees to execute a new lease for three years where the Tenant has asked for it in writing four months before the expiry.";
    says(Choice, 5) => "if ..2 party|name|thing ..20-not|unless|mutual|breach|nonrenewal before ..20-not|unless|mutual|breach|nonrenewal require|notice|wish ..24-not|unless|mutual|breach|nonrenewal pause ..2 party|name must ..10-not|if|unless|notice|breach|mutual|end @newterm ..10-not|unless|mutual|within|notice period",
        "Where the Franchisee has, nine months before that day, informed the Franchisor of its wish, the Franchisor is bound to enter into a fresh agreement for five years.",
        not "Where the Tenant has given notice before that, the Landlord shall not be bound to enter into a new lease for five years.";
    says(Choice, 5) => "if ..2 party|name|thing ..20-not|unless|mutual|breach|nonrenewal require|notice|wish ..20-not|unless|mutual|breach|nonrenewal before ..24-not|unless|mutual|breach|nonrenewal pause ..2 party|name must ..10-not|if|unless|notice|breach|mutual|end @newterm ..10-not|unless|mutual|within|notice period",
        "If the Licensee applies in writing 60 days before the licence ends, the Licensor must issue it with a new licence for one year.",
        not "If the Client tells it of a defect, the Supplier shall enter into a new contract with a repairer for three months.";
    says(Choice, 5) => "must pause if ..3 party ..8-not require|notice|wish ..10-not before ..8 close|expire|contract ..4 pause ..8-not|if|unless|notice|breach|mutual|end @newterm|again ..10-not|unless|mutual|within|notice period",
        "The Franchisor shall, provided that the Franchisee has so requested nine months before the expiry date, enter into a further franchise agreement for five years.";
    says(Choice, 5) => "if ..2 party|name|thing ..14-not|unless|mutual|breach|nonrenewal require|notice|wish ..14-not|breach before ..6 close|expire|contract ..8 pause ..2 party|name must ..12-not|if|unless|notice|breach|mutual|end|within|price @again ..2 period",
        "Where the Tenant has asked for it in writing four months before the expiry of the term, the Landlord shall let the shop to it anew for a further seven years.";
    says(Choice, 5) => "must pause by ..3 require|notice ..6 party ..16-not before ..8 close|expire|contract ..4 pause ..12-not|if|unless|notice|breach|mutual|end|within|price @again ..2 period",
        "The Owner shall, upon a demand in writing by the Lessee received three months before the term expires, demise the land to it for a further ten years.";
    says(Choice, 5) => "@newterm ..4-not|unless|mutual|if period ..2 must ..1 be ..8-not|unless|mutual if ..3-not party|thing|name ..8-not|nonrenewal|mutual notice|require|wish",
        "A new licence for two years will be issued to the Licensee if it has asked for one.";
    says(Choice, 5) => "^ ..2-not|if|mutual @renewal ..1 upto? period pause ..3-not|mutual|unless party may|must? ..1 require|exercise|take|notice|by",
        "One extension of up to 12 months, which the Buyer may call for by notice.";
    says(Choice, 5) => "^ ..1-not|if number @newterm pause? ..1 period ..1 pause? be ..1-not party ..2-not|if stop|pause",
        "Two further terms, of 30 months each, are the Lessee's to take up.";
    says(Choice, 5) => "if ..4-not party|name ..10-not|unless|mutual|breach|nonrenewal notice|require ..6-not renew|renewal|newterm ..20-not|unless|mutual|breach|nonrenewal pause ..2 party|name must ..10-not|if|unless|notice|breach|mutual|end @newterm|renewal ..6-not|unless|mutual|within|notice|breach period",
        "Provided that the Tenant's written request for a renewal lease is in the Owner's hands before that day, the Owner shall deliver to it a renewal lease of five years.",
        not "If the Client notifies a defect, the Supplier shall enter into a new contract with a repairer for three months.";
    says(Choice, 5) => "if ..5-not|parties wish ..3-not @renewal|newterm ..34-not|mutual|nonrenewal notice|require ..34-not|mutual|nonrenewal must ..2-not grant",
        "If the Lessee shall desire a renewal and shall have applied for it in writing, the Lessor shall grant the same.",
        not "If the Lessee shall desire a renewal and has applied for it in writing, the Lessor shall not grant the same.";
    says(Choice, 5) => "option ..2 party|name pause ..10-may|if|unless|mutual pause ..6-not|if contract|thing may be @renew",
        "At the option of the Buyer, which the Seller cannot revoke, the contract may be extended by a year.";
    says(Choice, 5) => "may be @continue ..6-until|unless|end upto? period if ..2 party notice",
        "The hire can be carried on past that day for up to six months if the Hirer tells the Owner so.";
    says(Choice, 5) => "may ..2-not require ..2 party ..5-not|end|if|unless @newterm ..3 period",
        "The Lessee may require the Lessor to enter into a new lease for three years.";
    says(Choice, 5) => "may ..8-not|mutual|end take ..5-not|within|before|after|end|pause|if @newterm ..3 period",
        "The Hirer may by notice elect to keep the equipment for a secondary period of 12 months.";
    says(Choice, 5) => "party ..4-not|if pause if ..3-not require ..24-not|mutual|unless|nonrenewal|breach pause word ..8-not|end|pause @again|newterm ..4 period",
        "The Lessor undertakes, if so required by the Lessee by a notice lodged before the term expires, to let it for another two years.";
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::wrong;

    #[test]
    fn every_form_has_its_example() {
        assert_eq!(wrong(&ASKED), [""; 0]);
    }
}
