//! Wordings of deemed receipt, all invented.

use crate::calendar::Unit;
use crate::detect::{Findings, detect};
use crate::record::DocumentId;
use crate::record::value::{DeliveryMethod, Effective, Notices};
use crate::segment::segment;
use crate::text::DocumentText;

fn read(plain: &str) -> Findings {
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
    detect(&text, &segment(&text))
}

fn notices(plain: &str) -> Notices {
    read(plain).facts.notices.and_then(|f| f.value().cloned()).unwrap_or_else(|| panic!("{plain}"))
}

/// The table in short: `courier 1b` is one business day after dispatch, `personal r` on receipt.
fn table(plain: &str) -> String {
    let say = |n: &Notices| {
        let one = |d: &crate::record::value::Delivery| {
            let name = serde_json::to_value(d.method).unwrap().as_str().unwrap().to_owned();
            let delay = d.delay.map_or(String::new(), |p| {
                format!("{}{}", p.count, if p.unit == Unit::BusinessDay { "b" } else { "d" })
            });
            format!("{name} {}{delay}", if d.after == Effective::Receipt { "r" } else { "" })
        };
        n.methods.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    say(&notices(plain))
}

/// Each clause gives the table behind it.
fn check(clauses: &[(&str, &str)]) {
    let got = |text: &str| read(text).facts.notices.map_or(String::new(), |_| table(text));
    let told = clauses.iter().map(|(text, want)| (got(text), want, text));
    let wrong: Vec<_> =
        told.filter(|(got, want, _)| got != *want).map(|(got, _, text)| format!("{got} for {text}")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tables_of_delivery() {
    check(&[
        (
            "Notices shall be in writing and shall be deemed received (a) upon personal delivery, (b) one (1) business \
             day after deposit with an overnight courier, (c) three (3) days after mailing by certified mail, return \
             receipt requested, or (d) when sent by email with confirmation of transmission.",
            "personal r, courier 1b, certified_mail 3d, email 0d",
        ),
        (
            "All notices hereunder shall be deemed given: (i) when delivered by hand; (ii) on the fifth day after \
             mailing, if mailed; (iii) on the next business day after sending, if sent by overnight courier.",
            "personal r, courier 1b, mail 5d",
        ),
        (
            "Any notice is deemed to have been duly given on the second (2nd) Business Day after posting if sent by \
             first-class post, or on receipt if delivered by courier.",
            "courier r, mail 2b",
        ),
        (
            "Every notice shall be deemed effective three days after mailing if sent by registered mail, or when \
             received if sent by facsimile, courier or personal delivery.",
            "personal r, courier r, certified_mail 3d, fax r",
        ),
        (
            "Notices will be deemed given upon personal delivery, one (1) day after deposit with express courier, upon \
             confirmation of receipt of facsimile, or five (5) days after deposit in the mail.",
            "personal r, courier 1d, mail 5d, fax r",
        ),
        (
            "A notice is deemed received, if sent by courier, two days after dispatch; if by fax, when sent; if by \
             hand, on delivery, upon at least ten days' notice of a change of address.",
            "personal r, courier 2d, fax 0d",
        ),
        (
            "Notices are deemed given (i) when delivered by hand, or (ii) one day after delivery to a reputable overnight \
             carrier.",
            "personal r, courier 1d",
        ),
        (
            "Notices shall be effective upon receipt if delivered by hand or sent by overnight courier.",
            "personal r, courier r",
        ),
        (
            "Notices are deemed given when: (a) delivered personally; (b) sent by a recognised overnight courier; or \
             (c) sent by certified or registered mail, postage prepaid.",
            "personal r, courier 0d, certified_mail 0d",
        ),
        (
            "A notice shall be deemed given on the date of transmission when sent by facsimile, and 48 hours after \
             posting when sent by prepaid post.",
            "mail 2d, fax 0d",
        ),
        (
            "A notice is treated as received: (a) if left at the address by hand, when it is left there; (b) if sent by \
             pre-paid first-class post, at 9.00 am on the second Business Day after posting; or (c) if sent by email, \
             at 9.00 am on the next Business Day after transmission.",
            "personal r, mail 2b, email 1b",
        ),
        (
            "Notices are deemed given three (3) days after deposit in the U.S. mail, or one business day after being \
             sent by overnight courier.",
            "courier 1b, mail 3d",
        ),
        ("Any notice sent by post shall be deemed served 48 hours after posting.", "mail 2d"),
        (
            "Any notice is deemed received: (a) if sent by pre-paid first-class post or other next working day delivery \
             service, at 9.00 am on the second Business Day after posting; (b) if sent by email, when sent.",
            "mail 2b, email 0d",
        ),
        (
            "Notice by email is deemed received at 10.00 a.m. on the first Business Day following the day of sending.",
            "email 1b",
        ),
        (
            "A notice delivered by hand is received on delivery, and a notice sent by post on the second Working Day \
             after posting.",
            "personal r, mail 2b",
        ),
        (
            "Notices sent by recorded delivery are deemed received on the second Business Day after posting and notices \
             sent by email are deemed received when sent.",
            "certified_mail 2b, email 0d",
        ),
        (
            "Notices sent by first class post are deemed received on the third Business Day after posting. Notices sent by \
             email are deemed received one Business Day after they are sent.",
            "mail 3b, email 1b",
        ),
        (
            "Notices by hand are deemed received on delivery. Notices by post are deemed received two days after posting. \
             Notices by email are deemed received when sent.",
            "personal r, mail 2d, email 0d",
        ),
        (
            "A notice sent by post is presumed received on the seventh day after posting. An email is deemed received on \
             the next business day after it is sent.",
            "mail 7d, email 1b",
        ),
        (
            "Any letter sent by courier is deemed given two days after dispatch. Any communication by fax is deemed given \
             when transmitted.",
            "courier 2d, fax 0d",
        ),
        (
            "A notice sent by fax is presumed to have been received on the first business day after transmission; one \
             sent by courier, on the third business day after it is handed to the courier.",
            "courier 3b, fax 1b",
        ),
        (
            "A notice sent by email is deemed received one business day after sending; one sent by registered post, five \
             days after posting.",
            "certified_mail 5d, email 1b",
        ),
        (
            "Notices given by courier are deemed received two days after dispatch, and those by email, when sent.",
            "courier 2d, email 0d",
        ),
        (
            "Two business days after it is sent, an email is taken as received; four business days after it is posted, a \
             letter is.",
            "mail 4b, email 2b",
        ),
        ("Three days after posting, a letter is deemed to have been received.", "mail 3d"),
        (
            "One working day after dispatch by courier, a notice is treated as given; five days after mailing by \
             registered post, likewise.",
            "courier 1b, certified_mail 5d",
        ),
        ("On the second business day after transmission, a notice sent by fax is deemed received.", "fax 2b"),
        (
            "Notices handed over personally are deemed given when so delivered, and a notice sent by fax is deemed given on \
             the next Business Day after it is sent. A notice by telephone is deemed given to nobody.",
            "personal r, fax 1b",
        ),
        (
            "A notice is taken to be received: (a) if posted, three (or seven if posted to or from overseas) Business \
             Days after posting; (b) if emailed, when sent.",
            "mail 3b, email 0d",
        ),
    ]);
}

#[test]
fn tables_in_other_words() {
    check(&[
        (
            "3. Notices have to be in writing. One that is sent by first-class mail is treated as given on the fifth business day after it was posted. One that is sent by overnight courier is treated as given on the next business day after it was handed to the courier. One that is handed over in person counts at once.",
            "courier 1b, mail 5b",
        ),
        (
            "3. How to give notice. By certified mail: the notice then counts as received three (3) business days after mailing. By email to the address below: it then counts as received on the business day after it was sent.",
            "certified_mail 3b, email 1b",
        ),
        (
            "4. Notices are in writing. One is treated as given and received (a) if taken to the address by a person, on the day when it is left there; (b) if sent by ordinary post, on the fifth working day after it was posted; (c) if sent by email, on the first working day after it was sent.",
            "mail 5b, email 1b",
        ),
        (
            "14. NOTICES\nNotices are deemed received as follows:\nBy hand\tat the time of delivery\nFirst class post\t2nd \
             Business Day after posting, 9.00 am\nEmail\tat the time of transmission",
            "personal r, mail 2b, email 0d",
        ),
        (
            "14. NOTICES\nManner of delivery\tDeemed time of delivery\nEmail\t9.00 am on the first Working Day after sending\n\
             Personal delivery\ton delivery",
            "personal r, email 1b",
        ),
        ("A notice is deemed given, if by email, upon sending, or if after 5 pm the next Business Day.", "email 0d"),
        ("Notices are deemed given three days after deposit in the mail, postage prepaid.", "mail 3d"),
        (
            "Notices must be in writing and delivered personally, by overnight courier or by certified mail, return receipt \
             requested, and are given when delivered or refused: to the Tenant at the Premises.",
            "personal r, courier r, certified_mail r",
        ),
        (
            "Notices sent by courier are deemed delivered one day after delivery to the courier, mailed notices shall be deemed \
             delivered five days after mailing.",
            "courier 1d, mail 5d",
        ),
        (
            "Notices shall be sent by hand, courier or registered post. A notice is effective when received.",
            "personal r, courier r, certified_mail r",
        ),
        (
            "Notices may be given by email or by first-class post. Notices must actually be received to take effect.",
            "mail r, email r",
        ),
        (
            "Notices shall be deemed to have been received: (a) if delivered by courier, at the time recorded by the delivery \
             service; (b) if sent by pre-paid first-class post, at 9.00 am on the third Business Day after posting.",
            "courier r, mail 3b",
        ),
        (
            "A notice will be deemed served: by hand: when left at the address; by post: 48 hours after posting.",
            "personal r, mail 2d",
        ),
        (
            "A notice sent by email takes effect at the time of transmission, and one sent by post on the fifth Business Day \
             after it is posted.",
            "mail 5b, email 0d",
        ),
        (
            "Notices are deemed received one business day after delivery to an overnight courier, with a copy by email.",
            "courier 1b",
        ),
        (
            "Any notice shall be considered received on the date of delivery if by personal delivery, or four days after the \
             date of mailing if by United States mail.",
            "personal r, mail 4d",
        ),
    ]);
}

#[test]
fn ways_that_are_permitted_before_they_are_timed() {
    check(&[
        (
            "17.1 A notice must be in writing and be delivered by hand or by registered post to the registered office of \
             the recipient. It is deemed received on delivery or, if posted, on the second Business Day after posting.",
            "personal r, certified_mail 2b",
        ),
        (
            "A notice must be in writing, addressed as stated at the beginning of this Agreement (the Contractor: attention \
             Works Manager; the Principal: attention Site Manager), and delivered by hand or by registered post. It is taken \
             to be received on delivery or on the fifth business day after posting.",
            "personal r, certified_mail 5b",
        ),
        (
            "Notices must be given in writing by hand or by registered post and are taken to be received on delivery or on \
             the fourth business day after posting.",
            "personal r, certified_mail 4b",
        ),
        (
            "Any notice shall be in writing and shall be sent by courier, by recorded delivery or by email. A notice is \
             deemed given on receipt, save that an email is deemed given one business day after it is sent.",
            "courier r, certified_mail r, email 1b",
        ),
        (
            "Notices may be served personally or by post. A notice sent by post is deemed served 48 hours after posting.",
            "personal r, mail 2d",
        ),
        (
            "A notice has to be handed over in person or sent by registered letter. A registered letter is deemed received \
             three days after it is posted.",
            "personal r, certified_mail 3d",
        ),
        (
            "Notices are to be sent by special delivery or by first class post. Notices are deemed received two business \
             days after posting by first class post.",
            "certified_mail r, mail 2b",
        ),
        (
            "Notices shall be delivered by hand, sent by post or transmitted by email. Notices are deemed received, if \
             delivered by hand, on delivery and, if emailed, when sent.",
            "personal r, mail r, email 0d",
        ),
    ]);
}

#[test]
fn a_list_below_its_lead() {
    let text = "14. NOTICES\nAll notices shall be in writing and shall be deemed to have been given:\n(a) when delivered \
                by hand;\n(b) when received if sent by courier;\n(c) on the third Business Day after mailing by \
                certified mail.\n15. GENERAL\nThis is the whole agreement.";
    assert_eq!(table(text), "personal r, courier r, certified_mail 3b");
}

#[test]
fn hours_are_a_cut_off() {
    let n = notices(
        "Notices shall be deemed received on the date sent by email if sent during normal business hours of the \
         recipient, and on the next Business Day if sent after normal business hours.",
    );
    assert_eq!(n.methods.len(), 1);
    assert_eq!((n.methods[0].method, n.methods[0].delay.map(|p| p.count)), (DeliveryMethod::Email, Some(0)));
    assert_eq!(n.cut_off.as_deref(), Some("normal business hours"));
    let n = notices(
        "Notices shall be deemed given on the day of sending if sent by fax before 5:00 p.m., or on the next business \
         day if sent by fax after 5:00 p.m.",
    );
    assert_eq!((n.methods[0].delay.map(|p| p.count), n.cut_off.as_deref()), (Some(0), Some("5:00 p.m.")));
}

#[test]
fn what_is_no_notices_clause() {
    for text in [
        "Payment shall be deemed received when the bank has credited the account by electronic transmission.",
        "All notices shall be in writing and sent by certified mail to the addresses below.",
        "Notices shall be given in writing by certified mail or by a courier that obtains a receipt.",
        "The Products shall be deemed delivered when given to the courier.",
        "Orders sent by email are deemed received when the Supplier confirms them by email.",
    ] {
        assert!(read(text).facts.notices.is_none(), "{text}");
    }
}

#[test]
fn when_sent_so_it_takes_effect() {
    check(&[
        (
            "A notice is sent by post or by email. When sent by first class post it takes effect on the second Business Day after posting, and when sent by email on the next Business Day after sending.",
            "mail 2b, email 1b",
        ),
        (
            "Any notice must be in writing. When delivered by hand it takes effect on delivery; when sent by courier it takes effect on the second Business Day after dispatch; when sent by email it takes effect when sent.",
            "personal r, courier 2b, email 0d",
        ),
        (
            "3. Notices must be sent to the address on the order. We both agree that:\n\n(a) a letter sent by first class post counts as given on the third Business Day after the day it was posted;\n\n(b) an e-mail counts as given on the Business Day after the day it was sent;\n\n(c) a letter put through the door counts as given then and there.",
            "mail 3b, email 1b",
        ),
    ]);
}
