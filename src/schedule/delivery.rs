//! From the deadline back to the last day to send (R13, R14).

use jiff::civil::Date;

use super::SendBy;
use crate::calendar::{DerivationBuilder, Period, Rule, Unit};
use crate::record::value::{Delivery, DeliveryMethod, Effective};
use crate::record::{Contract, FactId, capital};

/// The last days to send notice that must count as given on `deadline`, the safest first; none where the contract does not
/// say when notices count, which `builder` then notes.
pub(super) fn send_by(
    contract: &Contract,
    deadline: Date,
    builder: &mut DerivationBuilder,
    facts: &mut Vec<FactId>,
) -> Vec<SendBy> {
    let Some((fact, notices)) = contract.notices.as_ref().and_then(|f| Some((f, f.value()?))) else {
        builder.assume("Notice must arrive by the end of that day; time for delivery is not counted (R14).");
        return Vec::new();
    };
    facts.push(fact.id().clone());
    if let Some(hour) = &notices.cut_off {
        let hour = if hour.starts_with(|c: char| c.is_ascii_digit()) {
            format!("by {hour}")
        } else {
            format!("within {hour}")
        };
        let note = format!(
            "Notice must arrive {hour} on {deadline} at the place of the one who gets it; later it counts on the next \
             business day (R13)"
        );
        builder.remark(deadline.to_string(), Rule::R13, note);
    }
    let mut out: Vec<SendBy> = Vec::new();
    for delivery in &notices.methods {
        if let Some(date) = last_day(delivery, deadline, builder) {
            out.push(SendBy { method: Some(delivery.method), date });
        }
    }
    if notices.methods.iter().any(|d| d.after == Effective::Receipt && carriage(d.method).count > 0) {
        builder.assume(
            "Where notice counts on arrival, a courier is given 3, certified mail 5 and ordinary mail 7 business days on \
             the way (R14).",
        );
    }
    if let Some(date) = out.iter().map(|s| s.date).min() {
        out.insert(0, SendBy { method: None, date });
        let note = format!("Sent by {date}, notice is in time by each way that the contract names (R14)");
        builder.remark(date.to_string(), Rule::R14, note);
        builder.assume("Reminders count back from the last day to send notice, not from its arrival (R14).");
    }
    out
}

/// The last day to act on a deadline: to send so that it is met by any way, where the contract tells.
pub(super) fn act_by(ways: &[SendBy], deadline: Date) -> Date {
    ways.first().map_or(deadline, |safest| safest.date)
}

/// The last day to send by `method` what must count as given on `deadline`; and whether the contract names that way, `None`
/// where it names none. A way that it does not name takes the time that a careful sender allows.
pub(super) fn last_to_send(
    contract: &Contract,
    method: DeliveryMethod,
    deadline: Date,
    builder: &mut DerivationBuilder,
) -> Option<(Date, Option<bool>)> {
    let notices = contract.notices.as_ref().and_then(|f| f.value()).filter(|n| !n.methods.is_empty());
    let named = notices.map(|n| n.methods.iter().find(|d| d.method == method));
    let on_arrival = Delivery { method, after: Effective::Receipt, delay: None };
    let day = last_day(named.flatten().unwrap_or(&on_arrival), deadline, builder)?;
    Some((day, named.map(|named| named.is_some())))
}

/// The last day to send by one way.
fn last_day(delivery: &Delivery, deadline: Date, builder: &mut DerivationBuilder) -> Option<Date> {
    let name = capital(delivery.method.in_words());
    let none = Period::new(0, Unit::Day);
    match (delivery.after, delivery.delay) {
        (Effective::Dispatch, delay) => {
            let delay = delay.unwrap_or(none);
            let when =
                if delay.count == 0 { "when it is sent".to_owned() } else { format!("{delay} after it is sent") };
            builder.send_by(deadline, delay, &format!("{name} (counts {when})"))
        }
        (Effective::Receipt, delay) => {
            let arrive = match delay {
                Some(delay) => {
                    builder.send_by(deadline, delay, &format!("{name} (counts {delay} after it arrives)"))?
                }
                None => deadline,
            };
            let way = carriage(delivery.method);
            let said = if way.count == 0 { String::new() } else { format!("; {way} on the way are assumed") };
            builder.send_by(arrive, way, &format!("{name} (counts when it arrives{said})"))
        }
    }
}

/// Time on the way that a careful sender allows where the contract counts from arrival: the upper ends of R14.
fn carriage(method: DeliveryMethod) -> Period {
    let days = match method {
        DeliveryMethod::Personal | DeliveryMethod::Fax | DeliveryMethod::Email => 0,
        DeliveryMethod::Courier => 3,
        DeliveryMethod::CertifiedMail => 5,
        DeliveryMethod::Mail => 7,
    };
    Period::new(days, Unit::BusinessDay)
}
