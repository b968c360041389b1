use super::*;
use crate::record::DocumentId;
use crate::segment::segment;
use crate::text::DocumentText;

fn changes(plain: &str) -> Vec<String> {
    let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
    let found = crate::detect::detect(&text, &segment(&text)).facts.price_changes;
    let line = |c: &PriceChange| {
        let part = |name: &str, v: Option<String>| v.map_or_else(String::new, |v| format!("; {name} {v}"));
        format!(
            "{:?} {c}{}{}{}{}",
            c.kind,
            part("every", c.every.map(|p| p.to_string())),
            part("on", c.on.map(|d| format!("{d:?}"))),
            part("first", c.first.clone()),
            part("notice", c.notice.map(|p| p.to_string())),
        )
    };
    found.iter().filter_map(Fact::value).map(line).collect()
}

#[test]
fn each_form() {
    for (text, want) in [
        (
            "On each anniversary of the Effective Date the Fees shall be increased by the lesser of the change in the CPI-U and three percent (3%).",
            "Index by CPI-U, at most 3 %; every 1 year; on Anniversary",
        ),
        (
            "The Rent shall be adjusted annually with the Retail Price Index, but in no event shall the Rent be decreased.",
            "Index by RPI, at least 0 %; every 1 year",
        ),
        (
            "The annual fee will increase by 4% on January 1 of each year.",
            "Percent by 4 %; every 1 year; on CalendarYear",
        ),
        (
            "Beginning on the second anniversary of the Commencement Date, the Base Rent shall increase by two percent (2%) per annum.",
            "Percent by 2 %; every 1 year; on Anniversary; first second anniversary of the Commencement Date",
        ),
        (
            "For each Renewal Term the Supplier may increase the prices by no more than 7% over the preceding term on 90 days' written notice.",
            "RenewalUplift at most 7 %; on Renewal; notice 90 days",
        ),
        (
            "Seller may change or adjust its prices upon sixty (60) days' prior written notice to Buyer.",
            "Other ; notice 60 days",
        ),
        (
            "Vendor may adjust its rates annually on 45 days' notice. Any such increase shall not exceed five percent (5%).",
            "Percent at most 5 %; every 1 year; notice 45 days",
        ),
    ] {
        assert_eq!(changes(text), [want], "{text}");
    }
}

#[test]
fn in_other_words() {
    let mut wrong = Vec::new();
    for (text, want) in [
        ("The Supplier may increase the Fees by no more than 5% per year.", "Percent at most 5 %; every 1 year"),
        (
            "Any annual increase in the Fees may not exceed the lesser of 3% and the change in CPI.",
            "Index by CPI, at most 3 %; every 1 year",
        ),
        ("Annual fee increases are capped at 4%.", "Percent at most 4 %; every 1 year"),
        (
            "The Fees shall increase by 3% each year, beginning January 1, 2028.",
            "Percent by 3 %; every 1 year; first January 1, 2028",
        ),
        ("Starting on 1 April 2027 the annual fee rises by 2%.", "Percent by 2 %; every 1 year; first 1 April 2027"),
        (
            "On each anniversary, commencing 1 May 2028, the Fees go up by 2%.",
            "Percent by 2 %; every 1 year; on Anniversary; first 1 May 2028",
        ),
        ("The Fees may be raised each year, subject to a cap of 4%.", "Percent at most 4 %; every 1 year"),
        ("The charges may rise annually by up to 4 %.", "Percent at most 4 %; every 1 year"),
        (
            "The Fees shall not increase by more than five percent (5%) in any 12-month period.",
            "Percent at most 5 %; every 12 months",
        ),
        (
            "The Supplier shall not raise the prices by more than 3% in any calendar year.",
            "Percent at most 3 %; every 1 year",
        ),
        (
            "The Fees are fixed for the first two years, and may then go up by up to 4 % a year.",
            "Percent at most 4 %; every 1 year; first first two years",
        ),
        (
            "The Fees are fixed for the first two years, then up to 4 % a year.",
            "Percent at most 4 %; every 1 year; first first two years",
        ),
        ("The Fees will go up each year in line with CPI.", "Index by CPI; every 1 year"),
        (
            "The rent will be reviewed every year on 1 April in line with RPI.",
            "Index by RPI; every 1 year; on OfYear { month: 4, day: 1 }",
        ),
        (
            "The fee goes up by 4% upon each anniversary of 1 April 2026.",
            "Percent by 4 %; every 1 year; on OfYear { month: 4, day: 1 }",
        ),
        ("The charges rise annually by the change in the index published on 1 March each year.", ""),
        ("The monthly charges will increase every April by the rate of CPI plus 3.9%.", "Index by CPI; every 1 year"),
        ("The Fees shall be uplifted annually by reference to the Retail Prices Index.", "Index by RPI; every 1 year"),
        ("The salary is linked to the Consumer Price Index and adjusted annually.", "Index by CPI; every 1 year"),
        ("The rent increases to $2,100 on 1 March 2027.", "Other ; first 1 March 2027"),
        (
            "The rent is $2,000 until 28 February 2027, and rises to $2,100 on 1 March 2027.",
            "Other ; first 1 March 2027",
        ),
        ("The hire charge increases by 3% on 1 April 2027.", "Percent by 3 %; first 1 April 2027"),
        ("From 1 March 2027 the rent will be £1,500 per month instead of £1,400 per month.", ""),
        (
            "The Supplier may increase its charges on 60 days' notice before the renewal.",
            "RenewalUplift ; on Renewal; notice 60 days",
        ),
        (
            "The Supplier must give the Client 90 days' written notice of any increase in the Fees.",
            "Other ; notice 90 days",
        ),
        ("Prices may be changed by the Supplier with three months' notice.", "Other ; notice 3 months"),
        (
            "We may change our prices at renewal by giving you at least 30 days' notice.",
            "RenewalUplift ; on Renewal; notice 30 days",
        ),
        ("Upon renewal, the Fees will not increase by more than 7%.", "RenewalUplift at most 7 %; on Renewal"),
        (
            "Renewal pricing shall not exceed a 5% increase over the prior term.",
            "RenewalUplift at most 5 %; on Renewal",
        ),
        ("At each renewal the subscription fee increases by 3%.", "RenewalUplift by 3 %; on Renewal"),
        (
            "The Fees for any renewal term may not exceed the Fees of the prior term by more than 6%.",
            "RenewalUplift at most 6 %; on Renewal",
        ),
        ("The Base Rent shall escalate at a rate of 3% annually.", "Percent by 3 %; every 1 year"),
        ("There will be a 3% annual rent increase.", "Percent by 3 %; every 1 year"),
        (
            "The Fees will increase by the greater of 2% and the change in the CPI each year.",
            "Index by CPI, at least 2 %; every 1 year",
        ),
        (
            "The Fees will increase each year by 3% or the increase in CPI, whichever is lower.",
            "Index by CPI, at most 3 %; every 1 year",
        ),
        (
            "The yearly adjustment of the price shall be between 2% and 5%.",
            "Percent at most 5 %, at least 2 %; every 1 year",
        ),
        ("The Fees may be increased annually, but never by more than 4%.", "Percent at most 4 %; every 1 year"),
        ("Increases in the Fees are limited to 3% per year.", "Percent at most 3 %; every 1 year"),
        (
            "The annual uplift in the charges is capped at the lower of RPI and 5%.",
            "Index by RPI, at most 5 %; every 1 year",
        ),
        ("The rent is subject to an upward only review every five years.", ""),
        ("The parties shall meet on 30 days' notice to review the fees.", ""),
        (
            "The rent shall rise with inflation on each anniversary of the Commencement Date.",
            "Index by inflation; every 1 year; on Anniversary",
        ),
        ("Orders that exceed the forecast for the year by more than 25% bear the same price.", ""),
        ("If an increase in the rates of more than 10% per year is needed, either party may terminate.", ""),
        (
            "The rates shall increase by a minimum of 2% and a maximum of 5% per annum.",
            "Percent at most 5 %, at least 2 %; every 1 year",
        ),
    ] {
        let got = changes(text);
        if got.join("/") != want {
            wrong.push(format!("{got:?} not {want:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn other_rates() {
    for text in [
        "Late payments bear interest at a rate of 1.5% per month, increased annually by 2%.",
        "The royalty rate shall increase by 1% each year.",
        "The fee shall be increased by 25% for each additional processor.",
        "During a holdover the rent is increased to 150% of the last annual rent.",
        "The service credit shall increase by 5% each year of the fees.",
    ] {
        assert_eq!(changes(text), [""; 0], "{text}");
    }
}

#[test]
fn prices_of_the_sentence_before() {
    for (text, want) in [
        (
            "3. The two rates stay where they are until June 30, 2028. On July 1, 2028 they rise to $0.95 and $6.60.",
            &["Other ; first July 1, 2028"][..],
        ),
        (
            "2. These prices are good for the first year. With effect from the first anniversary of the start, and again from the second, they go up by three percent (3%).",
            &[
                "Percent by 3 %; on Anniversary; first first anniversary",
                "Percent by 3 %; on Anniversary; first second anniversary",
            ],
        ),
        (
            "1. Up to 30 June 2027 the base rent is AED 210,000. It steps up to AED 222,000 with effect from 1 July 2027 and steps up once more, to AED 235,000, with effect from 1 July 2028.",
            &["Other ; first 1 July 2027", "Other ; first 1 July 2028"],
        ),
        (
            "On 1 April of each year, beginning with 1 April 2027, we put your monthly charge up by the figure for the Consumer Prices Index.",
            &["Index by CPI; every 1 year; on OfYear { month: 4, day: 1 }; first 1 April 2027"],
        ),
        (
            "The fee stays the same: it does not go up with the Consumer Price Index, nor by the yearly 3% increase of 1 May.",
            &[],
        ),
    ] {
        assert_eq!(changes(text), want, "{text}");
    }
}

#[test]
fn limits_notice_and_later_days_of_a_change() {
    for (text, want) in [
        (
            "On 1 April in each year the charges change by the percentage by which the Consumer Prices Index differs from that of the year before. They shall not go up by more than 5% in a year and shall not go down.",
            vec!["Index by CPI, at most 5 %, at least 0 %; every 1 year; on OfYear { month: 4, day: 1 }"],
        ),
        (
            "The Supplier may raise the fee once a year by not more than 6%. The Supplier must send written notice of the new fee at least ninety (90) days before that day.",
            vec!["Percent at most 6 %; every 1 year; notice 90 days"],
        ),
        (
            "The Supplier may raise the fee once a year by at most 6%. If the Client does not accept the new fee it may tell the Supplier so 30 days before that day.",
            vec!["Percent at most 6 %; every 1 year"],
        ),
        (
            "The monthly price goes up by 3% on 1 March 2028 and again on 1 March 2029.",
            vec!["Percent by 3 %; first 1 March 2028", "Percent by 3 %; first 1 March 2029"],
        ),
        (
            "The fee goes up each 1 July by the rise in the Retail Prices Index, subject to a collar of 2% and a cap of 5%.",
            vec!["Index by RPI, at most 5 %, at least 2 %; on OfYear { month: 7, day: 1 }"],
        ),
        (
            "The fee is indexed on 1 March each year by the change in the CPI. No change may be more than 6%, up or down.",
            vec!["Index by CPI, at most 6 %; every 1 year; on OfYear { month: 3, day: 1 }"],
        ),
        ("The Supplier may vary its prices by giving the Client two months' notice.", vec!["Other ; notice 2 months"]),
        (
            "Escalation: 7% per annum on the anniversary of the commencement date.",
            vec!["Percent by 7 %; every 1 year; on Anniversary"],
        ),
        (
            "The rent increases by 3% on 1 June 2027 and by a further 4% on 1 June 2028.",
            vec!["Percent by 3 %; first 1 June 2027", "Percent by 4 %; first 1 June 2028"],
        ),
        (
            "On 1 July 2027 the price will increase to $1.68 per litre and on 1 January 2028 to $1.74 per litre.",
            vec!["Other ; first 1 July 2027", "Other ; first 1 January 2028"],
        ),
    ] {
        assert_eq!(changes(text), want, "{text}");
    }
}

#[test]
fn notice_in_a_sentence_of_its_own() {
    let wanted = |notice: &str| [format!("Other ; notice {notice}")];
    for (text, notice) in [
        (
            "We may change your unit rate if levies change. We will write to you at least 30 days before a new rate starts.",
            "30 days",
        ),
        (
            "We do not raise your fee in the minimum term. After that we may, if we give you 30 days' written notice.",
            "30 days",
        ),
        ("Our charges can go up. We will let you know at least 28 days before they do.", "28 days"),
        (
            "The Supplier may revise the charges at any time. No increase takes effect until 45 days after the Customer was told of it.",
            "45 days",
        ),
        (
            "The fees stay the same in the first year. After that the Supplier may raise them on 90 days' notice.",
            "90 days",
        ),
        (
            "The price is fixed until 31 December 2026. From then on the Supplier can change it, provided it gives the Customer 30 days' notice.",
            "30 days",
        ),
        ("We may put up our prices once a year. You will hear from us at least 40 days before the change.", "40 days"),
        (
            "We may change the membership fee once the minimum term has ended. We will give you at least 30 days' notice in writing.",
            "30 days",
        ),
        ("We can alter and raise the price after a year. You will have at least six weeks' notice of it.", "6 weeks"),
        (
            "Rates may be adjusted by the Supplier to reflect its costs. Customers will be given two months' notice of any such adjustment.",
            "2 months",
        ),
    ] {
        assert_eq!(changes(text), wanted(notice), "{text}");
    }
    for text in [
        "The fees stay the same in the first year. After that the Supplier may move its office on 90 days' notice.",
        "We may change the membership fee. You must give us 30 days' notice to end your membership.",
        "The Supplier may change the charges. The Customer shall give 30 days' notice in writing.",
        "We may change your unit rate. If you do not like the new rate you may leave by 30 days' notice.",
    ] {
        assert_eq!(changes(text), [""; 0], "{text}");
    }
}

#[test]
fn caps_over_the_period_before() {
    for text in [
        "Fees for a renewal period will not exceed the fees for the period before by more than 4%.",
        "The fee for a renewal term shall not be higher than that for the term before by more than 4 per cent.",
    ] {
        assert_eq!(changes(text), ["RenewalUplift at most 4 %; on Renewal"], "{text}");
    }
}

#[test]
fn days_counted_from_the_start_or_told_by_a_label() {
    for (text, want) in [
        (
            "The rent shall escalate at the rate of 7.5% after every 24 months from the Term Commencement Date.",
            "Percent by 7.5 %; every 24 months; on Anniversary",
        ),
        (
            "Annual escalation: 7%\nFirst escalation date: 1 February 2027",
            "Percent by 7 %; every 1 year; first 1 February 2027",
        ),
        (
            "Escalation: 8% per annum\nEscalation date: 1 June",
            "Percent by 8 %; every 1 year; on OfYear { month: 6, day: 1 }",
        ),
    ] {
        assert_eq!(changes(text), [want], "{text}");
    }
}
