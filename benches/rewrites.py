"""Ways to say a sentence of a contract otherwise: `same` keeps its meaning, `other` changes it. benches/paraphrase.py uses both.

A substitution is left out wherever it could change the meaning: what fails must be the reader, not the sentence.
"""
import datetime
import random
import re
import textwrap
from typing import Iterator

MONTHS = "January February March April May June July August September October November December".split()
ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(n: int) -> str:
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{ONES[n % 10]}" if n % 10 else "")
    return f"{ONES[n // 100]} hundred" + (f" {spelled(n % 100)}" if n % 100 else "")


NUMBERS = {form: n for n in range(1, 1000) for form in {spelled(n), spelled(n).replace("-", " "), spelled(n).replace("hundred ", "hundred and ")}}
NINE, UNDER_20 = "|".join(ONES[1:10]), "|".join(reversed(ONES[1:]))
UNDER = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{NINE}))?|{UNDER_20})"
WORDS = rf"(?:{NINE}) hundred(?: (?:and )?{UNDER})?|{UNDER}"
# "30 days", "thirty (30) days", "thirty-day"; the unit of a business day is "business day".
QUANTITY = re.compile(rf"(?<![\w$£€.,/(\[-])(?:(?P<word>{WORDS})(?: ?[(\[](?P<inner>\d+)[)\]])?|(?P<figure>\d{{1,3}}))(?P<gap>[ -])"
                      r"(?P<unit>(?:business |working |calendar )?(?:day|week|month|year))(?P<plural>s?)\b(?!-to-)", re.I)
# What a length stands before as an adjective: "a one year term", "twelve month terms".
ADJECTIVE = re.compile(r" (?:\w+ )?(?:terms?|periods?|renewals?|extensions?|anniversary|basis|increments?|intervals?)\b")
DATE = re.compile(rf"\b(?:(?:the |this )?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)? (?P<m1>{'|'.join(MONTHS)}),? (?P<y1>\d{{4}})|"
                  rf"(?P<m2>{'|'.join(MONTHS)}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?, (?P<y2>\d{{4}})|(?P<iso>\d{{4}}-\d\d-\d\d))\b")

# Verbs of which a main clause has one.
AUX = re.compile(r"\b(?:shall|will|may|must|is|are|renews|ends|expires|continues)\b")

# What a party is called, one of them; what the contract is called; verbs of parties.
ONE = r"(?:[Ee]ither [Pp]arty|[Ee]ach [Pp]arty|[Aa]ny [Pp]arty|[Tt]he other [Pp]arty|(?<!and )(?<!and the )[A-Z][A-Za-z]+(?<!s))"
DEAL = r"(?:[Tt]his|[Tt]he) (?:Agreement|agreement|Contract|contract|Lease|lease)"
TERM = r"(?:the|such|its|each|any|this) (?:(?:then[- ])?current |initial |renewal |applicable |Initial |Renewal )?(?:[Tt]erm|[Ll]ease|[Aa]greement|[Cc]ontract)\b"
CLOSE = "(?:end|expiry|expiration)"
SPAN = r"(?<=day )|(?<=days )|(?<=week )|(?<=weeks )|(?<=month )|(?<=months )|(?<=year )|(?<=years )"
BRITISH = {"license": "licence", "authorized": "authorised", "authorization": "authorisation", "organization": "organisation", "recognized": "recognised",
           "canceled": "cancelled", "fulfill": "fulfil", "honor": "honour", "favor": "favour", "labor": "labour", "program": "programme",
           "center": "centre", "judgment": "judgement", "utilize": "utilise", "utilized": "utilised", "realize": "realise", "enroll": "enrol",
           "canceling": "cancelling", "defense": "defence", "behavior": "behaviour", "catalog": "catalogue", "License": "Licence"}
ENDED = {"terminate": "terminated", "cancel": "cancelled", "end": "ended", "renew": "renewed", "extend": "extended"}

# kind, what is replaced, what may stand for it: the same meaning
SAME = [
    ("may", rf"({ONE}) may (?=(?:also |then |only |immediately |at any time )?(?:terminate|cancel|end|renew|extend|suspend|elect|give)\b)",
     [r"\1 can ", r"\1 is entitled to ", r"\1 has the right to ", r"\1 shall have the right to "]),
    ("may", r"\bmay be (?=(?:automatically |further )?(?:terminated|cancelled|canceled|ended|renewed|extended|suspended)\b)", ["can be "]),
    ("may", r"\b(?:is entitled|(?:shall |will )?have the (?:right|option)|has the (?:right|option)) to (?=(?:terminate|cancel|end|renew|extend|suspend)\b)",
     ["may ", "can "]),
    ("shall", r"\bshall\b", ["will"]),
    ("shall", r"(?<!at )(?<!At )(?<!at-)(?<!good )\bwill\b(?! and)", ["shall"]),
    ("shall", rf"({ONE}) (?:shall|will) (?=(?:pay|give|provide|notify|deliver|remit)\b)", [r"\1 must ", r"\1 is to "]),
    ("renew", r"\b(shall|will) (?:automatically renew|renew automatically)\b(?! (?:this|the|such|its|your))",
     [r"\1 automatically renew", r"\1 renew automatically", r"\1 auto-renew", r"\1 automatically roll over",
      r"\1 roll over automatically", r"\1 be automatically renewed"]),
    ("renew", r"\b(shall|will) (?:be automatically|automatically be) (?:renewed|extended)\b",
     [r"\1 be renewed automatically", r"\1 automatically be renewed",
     r"\1 automatically renew", r"\1 auto-renew", r"\1 be automatically extended", r"\1 automatically roll over", r"\1 renew automatically"]),
    ("renew", r"\b(shall|will) be (?:renewed|extended) automatically\b",
     [r"\1 be automatically renewed", r"\1 automatically renew", r"\1 auto-renew", r"\1 roll over automatically"]),
    ("renew", r"\b(?:renews automatically|automatically renews)\b",
     ["auto-renews", "automatically renews", "renews automatically", "automatically rolls over", "shall automatically renew"]),
    ("before", rf"({SPAN})(?:prior to|before|in advance of) (?=(?:the|such|its|any|each|expiration|expiry|termination|that)\b(?! \w+ (?:ends|expires)))",
     [r"prior to ", "before ", "in advance of ", "ahead of "]),
    ("after", rf"({SPAN})(?:after|following) (?=(?:the|receipt|such|delivery|its|written)\b)", ["after ", "following "]),
    ("after", r"(within [^,;]{1,24}(?:days|months)) (?:of|after|from|following) (?=(?:receipt|the date of|invoice|the invoice)\b)",
     [r"\1 after ", r"\1 of ", r"\1 from ", r"\1 following "]),
    ("at least", r"\b(?:at least|not less than|no less than|no fewer than|not fewer than) (?=[\w(\[ -]{1,30}(?:days?|months?|weeks?|years?)\b)",
     ["at least ", "not less than ", "no less than ", "no fewer than ", "a minimum of "]),
    ("end", rf"(?<!or )\b{CLOSE} of (?={TERM})", ["end of ", "expiry of ", "expiration of "]),
    ("end", rf"({DEAL}|[Tt]he (?:\w+ )?[Tt]erm)((?: of this \w+)? (?:shall|will)) (?:expire|end|terminate) (?=(?:on|at) )",
     [r"\1\2 expire ", r"\1\2 end ", r"\1\2 come to an end ", r"\1\2 terminate "]),
    ("end", rf"({DEAL}|[Tt]he (?:\w+ )?[Tt]erm) (?:expires|ends|terminates) (?=(?:on|at) )",
     [r"\1 expires ", r"\1 ends ", r"\1 terminates ", r"\1 comes to an end "]),
    ("end", r"\b(?:terminate|cancel|end) ((?:this|the) (?:[Aa]greement|[Cc]ontract|[Ll]ease))\b",
     [r"terminate \1", r"end \1", r"cancel \1", r"bring \1 to an end"]),
    ("end", r"\b(?:terminated|cancelled|ended) (?=by (?:either|any|[A-Z]))", ["terminated ", "ended ", "cancelled ", "brought to an end "]),
    ("contract", r"\b([Tt]his|[Tt]he) Agreement\b(?! (?:[A-Z]|of|between|by|to|in writing|date))",
     [r"\1 Contract", r"\1 agreement", r"\1 contract"]),
    ("contract", r"\b([Tt]his|[Tt]he) (?:agreement|[Cc]ontract)\b(?! (?:[A-Z]|of|between|by|to|in writing|date))", [r"\1 Agreement"]),
    *[("notify", rf"\b(?:{verbs}) (?:prior )?(?:written )?notice to (the other(?: [Pp]arty)?) (?=(?:at least|not less|no less|within|of its|that)\b)",
       [rf"{one} \1 in writing "]) for verbs, one in [("giving|providing|delivering|serving", "notifying"), ("gives|provides|delivers|serves", "notifies"),
                                                      ("give|provide|deliver|serve", "notify")]],
    ("notify", r"\bgives (?=(?:the other |prior |written |notice))", ["provides ", "delivers "]),
    ("notify", r"\b(shall|will|may|must) (?:provide|give|deliver) (the other [Pp]arty|[A-Z]\w+) (?:with )?(?:written )?notice(?= (?:of|that)\b)",
     [r"\1 notify \2 in writing", r"\1 give notice in writing to \2"]),
    ("notify", r"\bnotifies (the other(?: [Pp]arty)?|[A-Z]\w+) in writing\b",
     [r"gives written notice to \1", r"gives \1 notice in writing"]),
    ("voice", r"^(The [A-Z]\w+|[A-Z]\w+) shall pay ((?:all|each|any|the) (?:\w+ ){0,2}(?:invoices?|amounts?|fees?|sums?|balance)) (?=within|no later|not later|on or|in)",
     [r"\2 shall be paid by \1 "]),
    ("plural", r"\beach (undisputed |valid |such )?invoice\b(?! is| shall| will| has)", [r"all \1invoices"]),
    ("plural", r"\ball (undisputed |valid |such )?invoices\b(?! are| shall| will| have)", [r"each \1invoice"]),
    ("plural", r"(?<=[\d)yenx]) (day|month|week|year)s' (?=(?:prior |written |advance )*notice\b)", [r" \1s ", r" \1's ", r" \1 "]),
    ("plural", r"(?<=[\d)yenx]) (day|month|week|year)s (?=(?:prior |written |advance )*notice\b)", [r" \1s' ", r" \1 "]),
    ("plural", r"\bperiods of (one|two|three|five) (?:\(\d\) )?(year|month)s?(?: each)?\b", [r"\1-\2 periods", r"terms of \1 \2s each"]),
    ("parties", r"\b[Ee]ither [Pp]arty\b", ["either of the parties", "any party", "either party hereto"]),
]

BEFORE = re.compile(r" (?:prior to|before|in advance of) ")
# "May not … unless the breach is cured" gives the right that it denies.
SAVED = re.compile(r"\b(?:unless|except|until|failing which)\b", re.I)
# Words that say once more what a "not" would deny.
TWICE = re.compile(r"\b(?:right|option)s? to (?:renew|extend)|deemed|[Ee]ffective [Dd]ate\b|provided|until the last", re.I)
# Money that is said to be due a second time.
DUE_TWICE = re.compile(r"[Tt]erms\b|\.\s|\bthat\b|\band (?:all |the )?(?:\w+ )?(?:(?:shall|will|must) pay|(?:is|are) (?:due|payable))", re.I)
# "Unless it declines, it does not renew" makes no sense.
DECLINED = re.compile(r"^(?:Unless|Absent)\b")
AGREED = re.compile(r"unless (?:renewed|extended)|mutual|agreement (?:of|by|between)")
VERB = r"(?:be )?(?:automatically )?(?:renew|extend|roll over|auto-renew)(?:ed)?\b(?: automatically)?"
FOR = r"(?: on an? [\w-]+(?: to [\w-]+)? basis| (?:for|by) (?:(?!unless|until|provided)[^,.;]|, (?=successive|consecutive))*\b(?:terms?|periods?|years?|months?)\b(?: each| thereafter)?)?"
# kind, family, what is replaced, what stands for it: another meaning
OTHER = [
    ("not", "renewal", rf"\b(shall|will|may|can) (?={VERB})", r"\1 not "),
    ("not", "renewal", r"\b(?:renews automatically|automatically renews|auto-renews)\b", "does not renew automatically"),
    ("not", "renewal", r"\b(has|have) (?:the|an) (?:right|option) to (?=renew|extend)", r"\1 no right to "),
    ("may not", "termination", r"(?<![Nn]either [Pp]arty )\b(?:may|can) (?=(?:\w+ly )?(?:be )?(?:terminate|cancel|end)(?:d|ed|led)?\b)", "may not "),
    ("may not", "termination", r"\b(has|have) the right to (?=(?:\w+ly )?(?:terminate|cancel|end)\b)", r"\1 no right to "),
    ("shall not", "payment", r"^([^,;]*?) (?:shall|will|must) pay\b", r"\1 is not obliged to pay"),
    ("shall not", "payment", r"^([^,;]*?(?:[Ii]nvoices?|[Ff]ees?|[Aa]mounts?|[Pp]ayments?)) (?:are|is|shall be|will be) (due|payable)\b", r"\1 shall not be \2"),
    ("shall not", "term", rf"({DEAL}|[Tt]he (?:\w+ )?[Tt]erm) (?:shall|will) (expire|end|terminate)\b(?= on)", r"\1 shall not \2"),
    ("shall not", "start", r"\b(?:shall|will) (commence|begin|start|take effect|become effective|be effective)\b", r"shall not \1"),
    ("except", "termination", r"^(?:Either|Each) [Pp]arty may\b", "Neither party except the {b} may"),
    ("shall expire", "renewal", rf"\b(?:shall|will) {VERB}(?! it\b){FOR}", "shall expire"),
    ("shall expire", "renewal", rf"\b(?:renews automatically|automatically renews|auto-renews)\b{FOR}", "expires"),
    ("unless renewed", "renewal", rf"\b(?:shall|will) {VERB}.*", "shall expire unless renewed by agreement of the parties."),
    ("unless renewed", "renewal", r"\b(?:renews automatically|automatically renews|auto-renews)\b.*", "expires unless renewed by agreement of the parties."),
]

# By kind and family: where the change makes no sense, or the sentence says once more what it denies.
SENSELESS = {("not", "renewal"): [TWICE, DECLINED, AGREED], ("may not", "termination"): [SAVED], ("shall not", "payment"): [TWICE, DUE_TWICE],
             ("shall not", "term"): [TWICE], ("shall not", "start"): [TWICE], ("unless renewed", "renewal"): [AGREED]}


def cased(text: str) -> str:
    return text[:1].upper() + text[1:]


def voiced(text: str) -> Iterator[str]:
    """Active and passive of "may terminate this Agreement"."""
    verbs, ends = "|".join(ENDED), "|".join(ENDED.values())
    m = re.match(rf"({ONE}|The [A-Z]\w+(?<!s)) may ({verbs}) ({DEAL})\b(?! [Ii]n (?:whole|part)| [A-Z]|,? or\b|,? and\b)(.*)", text, re.S)
    if m:
        who = m[1][:1].lower() + m[1][1:] if m[1].split(" ")[0] in ("Either", "Each", "Any", "The") else m[1]
        yield f"{cased(m[3])} may be {ENDED[m[2]]} by {who}{m[4]}"
    m = re.match(rf"({DEAL}) may be ({ends}) by (either [Pp]arty|(?:the )?[A-Z]\w+(?<!s))(?= (?:at|upon|on|by|with|if|for)\b)(.*)", text, re.S)
    if m:
        yield f"{cased(m[3])} may {next(v for v, e in ENDED.items() if e == m[2])} {m[1][:1].lower() + m[1][1:]}{m[4]}"


def length(count: float, unit: str) -> tuple:
    """A length in one form: a year is 12 months, a week 7 days."""
    times, base = {"year": (12, "month"), "quarter": (3, "month"), "week": (7, "day"), "calendar day": (1, "day"), "calendar month": (1, "month"),
                   "business day": (1, "business_day"), "working day": (1, "business_day"), "calendar year": (12, "month")}.get(unit, (1, unit))
    return count * times, base


def value_of(m: re.Match) -> int:
    """The number of a quantity, 0 where word and figure differ."""
    named = NUMBERS[m["word"].lower()] if m["word"] else int(m["figure"])
    return 0 if m["inner"] and int(m["inner"]) != named else named


def quantity(m: re.Match, n: int, unit: str, style: str) -> str:
    """A quantity in another number, unit or style."""
    number = {"figure": str(n), "word": spelled(n), "both": f"{spelled(n)} ({n})", "bracket": f"[{n}]"}[style]
    gap = " " if style in ("both", "bracket") else m["gap"]
    adjective = m["gap"] == "-" or (value_of(m) != 1 and not m["plural"]) or ADJECTIVE.match(m.string, m.end())
    return f"{number}{gap}{unit}{'' if adjective or n == 1 else 's'}"


def style_of(m: re.Match) -> str:
    return "both" if m["inner"] else "word" if m["word"] else "figure"


def restyled(text: str, style: str) -> str:
    return QUANTITY.sub(lambda m: quantity(m, value_of(m), m["unit"], style) if value_of(m) and style != style_of(m) else m[0], text)


def exchanged(text: str) -> str:
    """Years as months and whole years of months as years."""
    def swap(m):
        n, unit = value_of(m), m["unit"].lower()
        fits = unit == "year" and n * 12 < 1000 or unit == "month" and n % 12 == 0
        # "two years' notice" and "9 to 12 months" stay.
        if not n or not fits or m.string.startswith("'", m.end()) or re.search(r"\b(?:to|or|and|between) $", m.string[:m.start()]):
            return m[0]
        return quantity(m, n * 12, "month", style_of(m)) if unit == "year" else quantity(m, n // 12, "year", style_of(m))
    return QUANTITY.sub(swap, text)


def day_of(m: re.Match):
    try:
        if m["iso"]:
            return datetime.date.fromisoformat(m["iso"])
        return datetime.date(int(m["y1"] or m["y2"]), MONTHS.index(m["m1"] or m["m2"]) + 1, int(m["d1"] or m["d2"]))
    except ValueError:
        return None


def ordinal(n: int) -> str:
    return f"{n}{'th' if 10 < n < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def dated(day: datetime.date, style: int) -> str:
    month = MONTHS[day.month - 1]
    return [f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{ordinal(day.day)} {month} {day.year}", day.isoformat(),
            f"the {ordinal(day.day)} day of {month}, {day.year}"][style]


def redated(text: str, style: int) -> str:
    return DATE.sub(lambda m: dated(day_of(m), style) if day_of(m) else m[0], text)


# A clause that leans on the one before it: "within that time", "if it has given", "if she decides".
LEANS = re.compile(r"\b(?:that|those|such|it|its|he|she|they|their|them|his|her|then|so)\b", re.I)
# How a sentence begins that loses its capital inside another.
SMALL = "This The Either Each Any It On In At By Upon After Before During Within For From".split()


def turned(text: str) -> Iterator[str]:
    """Main clause and condition in the other order, where the sentence has one of each and neither leans on the other."""
    m = re.match(r"(Unless|If) ([^,;:()]+), ([^;:]+)\.$", text)
    starts = m and re.match(r"(?:this|the|either|such|each|any) |[A-Z]", m[3])
    if starts and not LEANS.search(m[3]) and len(AUX.findall(m[3])) == 1 and not re.search(r"\b(?:unless|if|provided|then)\b", m[3]):
        yield f"{cased(m[3])}{',' if m[1] == 'Unless' else ''} {m[1].lower()} {m[2]}."
    m = re.match(r"((?:This|The|Either|Each|Any|[A-Z]\w+) [^;:]+?),? (unless|if) ([^,;:()]+)\.$", text)
    if m and not LEANS.search(m[3]) and len(AUX.findall(m[1])) == 1 and not re.search(r"\b(?:unless|if|provided|until|and|or)\b", m[1]):
        first, rest = m[1].split(" ", 1)
        first = first.lower() if first in SMALL else first
        yield f"{cased(m[2])} {m[3]}, {first} {rest}."


def broken(text: str, rng: random.Random) -> str:
    """Two line breaks: one inside a length of time or a date, where there is one, and one anywhere."""
    spaces = [m.start() for m in re.finditer(" ", text)]
    odd = [i for i in spaces if any(m.start() < i < m.end() for pattern in (QUANTITY, DATE) for m in pattern.finditer(text))]
    places = {rng.choice(odd or spaces), rng.choice(spaces)}
    return "".join("\n" if i in places else c for i, c in enumerate(text))


def hyphened(text: str, rng: random.Random) -> str:
    """A long word cut at the end of a line."""
    cuts = [m.end(1) for m in re.finditer(r"\b(automat|agree|termi|expira|writ|commence|noti|pay)(?=[a-z]{3,}\b)", text)]
    cut = rng.choice(cuts) if cuts else 0
    return f"{text[:cut]}-\n{text[cut:]}" if cut else text


def same(text: str, rng: random.Random) -> Iterator[tuple]:
    """(kind, rewritten sentence), each of another text than the original."""
    found = {}
    for kind, pattern, choices in SAME:
        for choice in choices:
            found.setdefault(cased(re.sub(pattern, choice, text)), kind)
    for style in ("figure", "word", "both", "bracket"):
        found.setdefault(cased(restyled(text, style)), "[30] days" if style == "bracket" else "number")
    found.setdefault(cased(exchanged(text)), "12 months")
    for style in range(5):
        found.setdefault(redated(text, style), "date")
    for kind, others in (("order", turned(text)), ("voice", voiced(text))):
        for other in others:
            found.setdefault(other, kind)
    found.setdefault(broken(text, rng), "lines")
    found.setdefault(textwrap.fill(text, rng.randint(30, 60), break_on_hyphens=False), "column")
    found.setdefault(hyphened(text, rng), "hyphen")
    found.setdefault(re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text).replace("'", "\u2019"), "quotes")
    for us, uk in BRITISH.items():
        for one, two in ((us, uk), (uk, us)):
            found.setdefault(re.sub(rf"\b{one}(s?)\b", rf"{two}\1", text), "spelling")
    single = [(t, k) for t, k in found.items() if t != text and k not in ("lines", "column", "hyphen", "quotes")]
    for other, _ in rng.sample(single, min(3, len(single))):
        _, pattern, choices = rng.choice(SAME)
        both = restyled(cased(re.sub(pattern, rng.choice(choices), other)), rng.choice(["figure", "word", "both"]))
        if both != other:
            found.setdefault(both, "several")
    for other, kind in found.items():
        if other not in (text, cased(text)):
            yield kind, other


def other(text: str, family: str, periods: set, days: set, rng: random.Random) -> Iterator[tuple]:
    """(kind, sentence of another meaning). Of numbers, units and dates only those change that stand in the values."""
    for kind, which, pattern, choice in OTHER:
        changed = cased(re.sub(pattern, choice, text, flags=re.S))
        again = any(said.search(text) for said in SENSELESS.get((kind, family), [])) and ("no right" not in changed or kind == "may not")
        if which == family and changed != text and not again:
            yield kind, changed

    def changed(make):
        def one(m):
            n, unit = value_of(m), m["unit"].lower()
            return make(m, n, unit) if n and length(n, unit) in periods else m[0]
        return cased(QUANTITY.sub(one, text))

    if family == "renewal" and any(length(value_of(m), m["unit"].lower()) in periods and BEFORE.match(text, m.end()) for m in QUANTITY.finditer(text)):
        yield "after", re.sub(rf"({SPAN}){BEFORE.pattern[1:]}", "after ", text)
    # A length that is said twice, once without a number, cannot be changed by its number.
    if re.search(r"\b(?:additional|further|another|successive) (?:year|month)|anniversary|or more years", text):
        periods = set()
    more = rng.choice([2, 3, 5, 7])
    results = [("number", changed(lambda m, n, unit: quantity(m, n + more, m["unit"], style_of(m)))),
               ("unit", changed(lambda m, n, unit: quantity(m, n, "day" if unit.endswith("month") else "month", style_of(m))))]
    if days:
        results.append(("date", DATE.sub(lambda m: dated(day_of(m).replace(day=rng.randint(2, 27), year=day_of(m).year + 1), 1 if m["m2"] else 0)
                                         if day_of(m) and day_of(m).isoformat() in days else m[0], text)))
    for kind, result in results:
        if result not in (text, cased(text)):
            yield kind, result
