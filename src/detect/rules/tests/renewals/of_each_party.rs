//! Renewals that each party stops with a notice of its own.

use super::super::renewal;
use crate::record::value::NoticeTerm;

#[test]
fn both_times_hold_for_every_term() {
    for text in [
        "Following the initial term it is renewed automatically for terms of two years unless the Supplier gives the Buyer notice of \
         non-renewal not less than 180 days before the end of the then current term, or the Buyer gives the Supplier notice of \
         non-renewal not less than 60 days before the end of the then current term.",
        "It renews for terms of one year unless terminated by the Supplier on at least 180 days' notice, or by the Buyer on at least \
         60 days' notice, expiring at the end of the term.",
        "It shall automatically renew for one year periods unless notice of non-renewal is given at least 180 days (in the case of \
         notice by the Supplier) or 60 days (in the case of notice by the Buyer) before the end of the term.",
        "It shall automatically renew for one year periods unless notice of non-renewal is given at least 180 days before the end of \
         the term by the Supplier or at least 60 days before the end of the term by the Buyer.",
    ] {
        let notices = renewal(text).map(|r| r.notices).unwrap_or_default();
        let of = |by: &str| notices.iter().find(|n| n.by.as_deref() == Some(by) && n.term == NoticeTerm::Any);
        let of = |by: &str| of(by).and_then(|n| n.period).map(|p| p.to_string());
        let both = (of("Supplier"), of("Buyer"));
        assert_eq!(both, (Some("180 days".to_owned()), Some("60 days".to_owned())), "{text}\n{notices:?}");
    }
}
