//! Ways to write a signature block, and what only looks like one.

use super::*;
use crate::record::DocumentId;

/// Status, signer and title of each block.
fn found(plain: &str) -> Vec<(Option<bool>, String, String)> {
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
    let words = |w: Option<String>| w.unwrap_or_default();
    blocks(&text).into_iter().map(|b| (b.signed, words(b.signer), words(b.title))).collect()
}

fn one(signed: Option<bool>, name: &str, title: &str) -> (Option<bool>, String, String) {
    (signed, name.to_owned(), title.to_owned())
}

const WITNESSED: &str = "IN WITNESS WHEREOF, the parties have signed this Agreement.\n";

#[test]
fn ways_to_write_a_block() {
    let (reed, stone) = (one(Some(true), "Alice Reed", "President"), one(Some(true), "Harold Stone", "Secretary"));
    for block in [
        // Two columns, labels and values in one cell or in two, the signature on the line or under it.
        "ACME TOOLS, INC.\tHARBOR LLC\nBy: /s/ Alice Reed\tBy: /s/ Harold Stone\nTitle: President\tTitle: Secretary",
        "ACME TOOLS, INC.\tHARBOR LLC\nBy:\t/s/ Alice Reed\tBy:\t/s/ Harold Stone\nName:\tAlice Reed\tName:\tHarold Stone\nTitle:\tPresident\tTitle:\tSecretary",
        "ACME TOOLS, INC.\nBy:\t/s/ Alice Reed\nName:\tAlice Reed\nTitle:\tPresident\nHARBOR LLC\nBy:\t/s/ Harold Stone\nName:\tHarold Stone\nTitle:\tSecretary",
        "ACME TOOLS, INC.\nBy:\n/s/ Alice Reed\nAlice Reed\nPresident\nHARBOR LLC\nBy:\n/s/ Harold Stone\nHarold Stone\nSecretary",
        "ACME TOOLS, INC.\n/s/ Alice Reed\nBy: ____________\nPresident\nHARBOR LLC\n/s/ Harold Stone\nBy: ____________\nSecretary",
        "By: /s/ Alice Reed Name: Alice Reed Title: President\nBy: /s/ Harold Stone Name: Harold Stone Title: Secretary",
        "ACME TOOLS, INC.\nSignature: /s/ Alice Reed\nPrint Name: Alice Reed\nIts: President\nHARBOR LLC\nAuthorized Signature: /s/ Harold Stone\nName (print): Harold Stone\nTitle: Secretary",
        "By: [signed]\nName: Alice Reed\nTitle: President\nBy: DocuSigned by: Harold Stone\nName: Harold Stone\nTitle: Secretary",
    ] {
        assert_eq!(found(&format!("{WITNESSED}{block}")), [reed.clone(), stone.clone()], "{block}");
    }
}

#[test]
fn empty_lines_and_lines_that_cannot_be_told() {
    let (reed, stone) = (one(Some(false), "Alice Reed", "President"), one(Some(false), "Harold Stone", ""));
    for block in [
        "By: ____________\tBy: ____________\nName: Alice Reed\tName: Harold Stone\nTitle: President\tTitle: ________",
        "By:\tBy:\n------------\t------------\nName:\tAlice Reed\tName:\tHarold Stone\nTitle: President\tTitle:",
        "By: ________ Alice Reed\nPresident\nSignature: ________\nName: Harold Stone",
        "____________\nName: Alice Reed\nTitle: President\n____________\nName: Harold Stone",
    ] {
        assert_eq!(found(&format!("{WITNESSED}{block}")), [reed.clone(), stone.clone()], "{block}");
    }
    // A name typed on the line is one that signed, or one that shall.
    assert_eq!(found(&format!("{WITNESSED}By: Alice Reed\nTitle: President")), [one(None, "Alice Reed", "President")]);
    // Two columns that ran together: whose the names are cannot be told.
    let both = found(&format!("{WITNESSED}By: /s/ Alice Reed By: ____________\nPresident Secretary"));
    assert_eq!(both, [one(Some(true), "Alice Reed", ""), one(Some(false), "", "")]);
}

#[test]
fn counterparts_are_one_set() {
    let page = |one: &str, other: &str| {
        format!("ACME TOOLS, INC.\nBy: {one}\nTitle: President\nHARBOR LLC\nBy: {other}\nTitle: Secretary\n")
    };
    let (reed, stone) = (one(Some(true), "Alice Reed", "President"), one(Some(true), "Harold Stone", "Secretary"));
    let both = format!("{WITNESSED}{}{}", page("/s/ Alice Reed", "______"), page("______", "/s/ Harold Stone"));
    assert_eq!(found(&both), [reed.clone(), stone]);
    let half = format!("{WITNESSED}{}", page("/s/ Alice Reed", "______"));
    assert_eq!(found(&half), [reed, one(Some(false), "", "Secretary")]);
}

#[test]
fn what_is_no_block_of_the_contract() {
    for plain in [
        "Signature Page\nSignature page to the Agreement",
        "By: Harbor GP LLC, its general partner",
        "by and between Acme Tools, Inc. and Harbor LLC",
        "WITNESS:\nBy: ____________\nName: Wanda Ness",
        "By:\nHarbor GP LLC, its general partner",
        "____________\nName:",
        "Date: ____________",
    ] {
        assert_eq!(found(plain), [], "{plain}");
    }
    let signed = "By: /s/ Alice Reed\nTitle: President\nBy: /s/ Harold Stone\nTitle: Secretary\n";
    let form = "EXHIBIT A\nFORM OF JOINDER\nBy: ____________\nName:\nTitle:";
    assert_eq!(found(&format!("{WITNESSED}{signed}{form}")).len(), 2);
}

#[test]
fn on_behalf_of_a_party() {
    let (reed, stone) = (one(Some(false), "Alice Reed", "Director"), one(Some(false), "Harold Stone", "Secretary"));
    for block in [
        "Signed for and on behalf of\tSigned for and on behalf of\nACME TOOLS LIMITED\tHARBOR LLP\n________\t________\nAlice Reed, Director\tHarold Stone, Secretary",
        "SIGNED by ALICE REED for and on behalf of ACME TOOLS LIMITED\t..............\nAlice Reed\nDirector\nSIGNED by HAROLD STONE for and on behalf of HARBOR LLP\t..............\nHarold Stone\nSecretary",
        "For and on behalf of Acme Tools Limited\n____________\nName: Alice Reed\nTitle: Director\nFor and on behalf of Harbor LLP\n____________\nName: Harold Stone\nTitle: Secretary",
        "Executed as a deed by ACME TOOLS LIMITED acting by a director in the presence of:\n____________\nAlice Reed, Director\nWitness: ____________\nExecuted as a deed by HARBOR LLP in the presence of:\n____________\nHarold Stone, Secretary\nWitness: ____________",
    ] {
        assert_eq!(found(block), [reed.clone(), stone.clone()], "{block}");
    }
    // Nothing says whether the name was typed in place of a signature, and a line for the day is none to sign on.
    let typed = "Signed for and on behalf of\tSigned for and on behalf of\nACME TOOLS LIMITED\tHARBOR LLP\nAlice Reed, Director\tHarold Stone, Secretary\nDate: ________\tDate: ________";
    assert_eq!(found(typed), [one(None, "Alice Reed", "Director"), one(None, "Harold Stone", "Secretary")]);
    // A line with "By:" is the block.
    let by = "For and on behalf of ACME TOOLS LIMITED\nBy: /s/ Alice Reed\nTitle: Director\nFor and on behalf of HARBOR LLP\nBy: ________\nName: Harold Stone";
    assert_eq!(found(by), [one(Some(true), "Alice Reed", "Director"), one(Some(false), "Harold Stone", "")]);
    for words in [
        "For and on behalf of the Customer the Supplier shall keep the records.",
        "Signed for and on behalf of the parties by their authorised representatives.",
        "On behalf of Acme Tools Limited, we thank you for the meeting.\nAlice Reed, Director",
        "For and on behalf of ACME TOOLS LIMITED",
        "Executed as a deed on the date stated at the beginning of it.\nAlice Reed",
    ] {
        assert_eq!(found(words), [], "{words}");
    }
}
