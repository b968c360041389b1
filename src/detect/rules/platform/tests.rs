//! Certificates as platforms word them, and pages that only sound like one.

use super::*;
use crate::record::DocumentId;

const CONTRACT: &str = "SERVICES AGREEMENT\nThis Agreement is made as of March 1, 2024 between Acme Tools, Inc. and Harbor LLC.\n\
     By: ____________\nName: Alice Reed\nBy: ____________\nName: Harold Stone";

/// Pages, whether all have signed, and each signer with the day.
fn found(certificate: &str) -> Option<(Vec<u32>, Option<bool>, Vec<String>)> {
    let plain = format!("{CONTRACT}\u{c}{certificate}");
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), &plain);
    let Certificate { pages, certified, .. } = find(&text)?;
    let people = certified.signatures.iter().map(|fact| {
        let s = fact.value().unwrap();
        assert_eq!(s.kind, SignatureKind::Platform);
        for evidence in fact.evidence() {
            assert_eq!(evidence.quote(), text.slice(evidence.span()));
            assert_eq!(evidence.page(), 2);
        }
        let signed = s.signed.map_or("unknown", |s| if s { "signed" } else { "open" });
        let day = s.signed_on.map_or_else(String::new, |d| format!(" {d}"));
        format!("{}: {signed}{day}", s.signer.as_deref().unwrap_or_default())
    });
    Some((pages, certified.complete, people.collect()))
}

fn two(one: &str, other: &str) -> Vec<String> {
    vec![format!("Alice Reed: {one}"), format!("Harold Stone: {other}")]
}

const ENVELOPE: &str = "Certificate Of Completion\nEnvelope Id: 3F2A9C1D7B5E4A60A1C2D3E4F5061728\tStatus: STATUS\n\
    Certificate Pages: 2\tInitials: 0\tSam Clerk\nsclerk@acme.example\nRecord Tracking\nStatus: Original\tHolder: Sam Clerk\n\
    Signer Events\tSignature\tTimestamp\nAlice Reed\tSent: 3/4/2024 9:05:40 AM\nareed@acme.example\tViewed: 3/5/2024 8:12:01 AM\n\
    President\tSigned: 3/5/2024 8:15:33 AM\nAcme Tools, Inc.\nSecurity Level: Email, Account Authentication (None)\n\
    Harold Stone\tSent: 3/5/2024 8:15:36 AM\nhstone@harbor.example\tLAST\nIn Person Signer Events\tSignature\tTimestamp\n\
    Carbon Copy Events\tStatus\tTimestamp\nNora Ledger\tSent: 3/6/2024 4:45:03 PM\nnledger@acme.example";

#[test]
fn cards() {
    let last = |status: &str, last: &str| found(&ENVELOPE.replace("STATUS", status).replace("LAST", last)).unwrap();
    let signed = last("Completed", "Signed: 3/6/2024 4:44:59 PM");
    assert_eq!(signed, (vec![2], Some(true), two("signed 2024-03-05", "signed 2024-03-06")));
    let sent = last("Sent", "Viewed: 3/6/2024 4:40:07 PM");
    assert_eq!(sent, (vec![2], Some(false), two("signed 2024-03-05", "open")));
    let declined = last("Declined", "Declined: 3/6/2024 4:40:07 PM");
    assert_eq!(declined, (vec![2], Some(false), two("signed 2024-03-05", "open")));
    // It says that all have signed, and this event is missing.
    assert_eq!(last("Completed", "").2, two("signed 2024-03-05", "unknown"));

    let reference = "Signature Certificate\nReference number: ABCDE-FGHIJ-KLMNO-PQRST\nSigner\tTimestamp\tSignature\n\
        Alice Reed\nEmail: areed@acme.example\nSent:\t04 Mar 2024 17:05:40 UTC\nSigned:\t05 Mar 2024 16:15:33 UTC\n\
        Recipient Verification:\tIP address: 192.0.2.21\nEmail verified\t05 Mar 2024 16:12:01 UTC\n\
        Harold Stone\nEmail: hstone@harbor.example\nSent: 04 Mar 2024 17:05:40 UTC\nSigned: 06 Mar 2024 16:15:33 UTC\n\
        Document completed by all parties on:\n06 Mar 2024 16:15:33 UTC";
    assert_eq!(found(reference).unwrap(), (vec![2], Some(true), two("signed 2024-03-05", "signed 2024-03-06")));
}

#[test]
fn sentences_about_events() {
    let report = "Services Agreement\nFinal Audit Report\t2024-03-20\nCreated:\t2024-03-04\nBy:\tSam Clerk (sclerk@acme.example)\n\
        Status:\tOut for signature\nTransaction ID:\tCBJCHBCAABAAq7Zk2vXw0pT4sN8eLrYh1uMdGfJi5oKb\n\"Services Agreement\" History\n\
        Document created by Sam Clerk (sclerk@acme.example)\n2024-03-04 - 5:02:11 PM GMT- IP address: 192.0.2.10\n\
        Document emailed to areed@acme.example for signature\n2024-03-04 - 5:05:40 PM GMT\n\
        Signer areed@acme.example entered name at signing as Alice Reed\n2024-03-05 - 4:15:30 PM GMT\n\
        Document e-signed by Alice Reed (areed@acme.example)\nSignature Date: 2024-03-05 - 4:15:33 PM GMT - Time Source: server\n\
        Document emailed to Harold Stone (hstone@harbor.example) for signature\n2024-03-05 - 4:15:36 PM GMT\n\
        Email viewed by Harold Stone (hstone@harbor.example)\n2024-03-20 - 0:40:07 AM GMT";
    assert_eq!(found(report).unwrap(), (vec![2], Some(false), two("signed 2024-03-05", "open")));

    let trail = "HELLOSIGN\tAudit Trail\nTITLE\tServices Agreement\nDOCUMENT ID\t9f86d081884c7d659a2feaa0c55ad015a3bf4f1b\n\
        AUDIT TRAIL DATE FORMAT\tMM / DD / YYYY\nSTATUS\t\u{25cf} Signed\nDocument History\n\
        SENT\t03 / 04 / 2024\tSent for signature to Alice Reed (areed@acme.example) and Harold Stone (hstone@harbor.example) from sclerk@acme.example\n\
        17:05:40 UTC\tIP: 192.0.2.10\nVIEWED\t03 / 05 / 2024\tViewed by Alice Reed (areed@acme.example)\n16:12:01 UTC\tIP: 192.0.2.21\n\
        SIGNED\t03 / 05 / 2024\tSigned by Alice Reed (areed@acme.example)\n16:15:33 UTC\tIP: 192.0.2.21\n\
        SIGNED\t03 / 06 / 2024\tSigned by Harold Stone (hstone@harbor.example)\n16:15:33 UTC\tIP: 192.0.2.77\n\
        COMPLETED\t03 / 06 / 2024\tThe document has been completed.\n16:15:33 UTC";
    let both = (vec![2], Some(true), two("signed 2024-03-05", "signed 2024-03-06"));
    assert_eq!(found(trail).unwrap(), both);

    // Only addresses are known.
    let history = "Document History\nsignNow\nDocument ID: 3c5f00aa91b24c7f8e21\nEvent\tBy\tServer Time\tIP Address\n\
        Viewed the Document\tareed@acme.example\t03/15/2024 16:12:01 pm UTC\t192.0.2.21\n\
        Signed the Document, Signature ID: 77aa01\tareed@acme.example\t03/15/2024 16:15:33 pm UTC\t192.0.2.21";
    assert_eq!(found(history).unwrap().2, ["areed@acme.example: signed 2024-03-15"]);
}

#[test]
fn the_consent_to_electronic_records_belongs_to_it() {
    let consent = "ELECTRONIC RECORD AND SIGNATURE DISCLOSURE\nGetting paper copies\nYou shall pay $2.00 within thirty (30) days.\n\
        Withdrawing your consent\nYou shall notify us.";
    let whole = format!("{}\u{c}{consent}", ENVELOPE.replace("STATUS", "Sent"));
    assert_eq!(found(&whole).unwrap().0, [2, 3]);
    // Without a certificate before it nobody knows.
    assert_eq!(found(consent), None);
}

#[test]
fn what_is_no_certificate() {
    for page in [
        // A contract about such platforms.
        "AUDIT TRAIL\nThe Supplier shall keep an audit trail of each document. Each entry shall hold the document ID, the IP address\n\
         of the user and the time in the form 17:05:40 UTC. It shall be sent for signature to audit@acme.example, status: completed.",
        // A certificate of another kind.
        "Certificate of Completion\nThe works at the site were completed on March 5, 2024.\nReference number: 12345678",
        "Document History\nVersion\tDate\tAuthor\n1.0\t2024-03-04\tAlice Reed\n1.1\t2024-03-05\tHarold Stone",
        "Signed by Alice Reed (areed@acme.example)\nSigned: 3/5/2024 8:15:33 AM",
    ] {
        assert_eq!(found(page), None, "{page}");
    }
}

#[test]
fn the_remark_names_pages_and_platform() {
    let plain = format!("{CONTRACT}\u{c}{}", ENVELOPE.replace("STATUS", "Completed"));
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), &plain);
    let remark = find(&text).unwrap().remark;
    assert_eq!(
        remark.message,
        "page 2 is the certificate of a signing platform (DocuSign, 3F2A9C1D7B5E4A60A1C2D3E4F5061728), and not read as the contract"
    );
}
