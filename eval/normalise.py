"""One form for names, dates, durations and places, so that equal things compare equal."""
from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Optional

# --------------------------------------------------------------------- text

_PUNCT = {"“": '"', "”": '"', "„": '"', "″": '"', "‘": "'", "’": "'", "`": "'", "´": "'",
          "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00ad": "", "\u200b": "", "\ufeff": ""}


def fold(s: str) -> str:
    """NFKC, straight quotes and dashes, single spaces."""
    s = unicodedata.normalize("NFKC", s)
    s = "".join(_PUNCT.get(c, c) for c in s)
    return re.sub(r"\s+", " ", s).strip()


def ascii_fold(s: str) -> str:
    s = unicodedata.normalize("NFKD", fold(s))
    return "".join(c for c in s if not unicodedata.combining(c))


# ------------------------------------------------------------------ numbers

_UNITS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen".split())}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
         "seventy": 70, "eighty": 80, "ninety": 90}


def word_number(s: str) -> Optional[int]:
    """'ninety' -> 90, 'one hundred and eighty' -> 180, 'twenty-four' -> 24, '12' -> 12."""
    s = s.strip().lower().replace("-", " ")
    if re.fullmatch(r"\d+", s):
        return int(s)
    total, cur, seen = 0, 0, False
    for w in s.split():
        if w == "and":
            continue
        if w in ("a", "an") and not seen:
            cur, seen = 1, True
        elif w in _UNITS:
            cur, seen = cur + _UNITS[w], True
        elif w in _TENS:
            cur, seen = cur + _TENS[w], True
        elif w == "hundred":
            cur, seen = (cur or 1) * 100, True
        elif w == "thousand":
            total, cur, seen = total + (cur or 1) * 1000, 0, True
        else:
            return None
    return total + cur if seen else None


# ---------------------------------------------------------------- durations

_DUR_ISO = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$", re.I)
_UNIT = {"y": "Y", "m": "M", "w": "W", "d": "D", "q": "Q", "a": "Y"}
_DUR_TXT = re.compile(
    r"(\d+(?:\.\d+)?|[a-z]+(?:[ -][a-z]+)*?)?\s*(?:\(\s*(\d+(?:\.\d+)?)\s*\))?\s*\)?\s*[-]?\s*"
    r"\(?(?:(?:calendar|business|consecutive|full)\s+)?(year|month|week|day|quarter|anniversar|annual)(?:s|y|ies|ly)?\b", re.I)


def canon_duration(iso: Optional[str]) -> Optional[str]:
    """Canonical form for comparing: whole years for months divisible by 12, days for weeks.
    P12M == P1Y, P6W == P42D; P30D and P1M stay different."""
    if not iso:
        return None
    m = _DUR_ISO.match(iso.strip())
    if not m or not any(m.groups()):
        return None
    y, mo, w, d = (int(g or 0) for g in m.groups())
    mo += 12 * y
    d += 7 * w
    out = "P"
    if mo:
        out += f"{mo // 12}Y" if mo % 12 == 0 else f"{mo}M"
    if d:
        out += f"{d}D"
    return out if out != "P" else "P0D"


def parse_duration(s: str) -> Optional[str]:
    """One duration in free text or ISO 8601 -> ISO 8601 (not canonicalised), else None."""
    if not s:
        return None
    t = fold(str(s)).strip(" .;,")
    if canon_duration(t):
        return t.upper()
    t = t.lower()
    best, last_end = None, 0
    for m in _DUR_TXT.finditer(t):
        word, paren, unit = m.group(1), m.group(2), _UNIT[m.group(3)[0].lower()]
        n = None
        if paren:
            n = float(paren)
        elif word:
            if re.fullmatch(r"\d+(?:\.\d+)?", word):
                n = float(word)
            else:
                # take the longest tail of the words that reads as a number
                ws = re.split(r"[ -]", word)
                for k in range(len(ws)):
                    v = word_number(" ".join(ws[k:]))
                    if v is not None:
                        n = float(v)
                        break
        if n is None:
            continue
        if n != int(n):
            if unit == "Y":
                n, unit = n * 12, "M"
            if n != int(n):
                continue
        if unit == "Q":
            n, unit = n * 3, "M"
        part = (int(n), unit)
        if best is None:
            best = [part]
        else:
            # '4 years, 6 months' is one duration only when units go down
            order = "YMWD"
            between = t[last_end:m.start()]
            if re.fullmatch(r"[,\s]*(?:and)?\s*", between) and order.index(unit) > order.index(best[-1][1]):
                best.append(part)
            else:
                break
        last_end = m.end()
    if best is None:
        return None
    return "P" + "".join(f"{n}{u}" for n, u in sorted(best, key=lambda p: "YMWD".index(p[1])))


# -------------------------------------------------------------------- dates

_MONTHS = {m: i + 1 for i, m in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split())}


def _mk(y: int, m: int, d: int) -> Optional[str]:
    try:
        return date(y, m, d).isoformat()
    except ValueError:
        return None


def parse_date(s: Optional[str]) -> Optional[str]:
    """A prediction's date (ISO, m/d/yyyy, 'May 8, 2014', '8th day of May 2014') -> ISO; 'perpetual' stays."""
    if s is None:
        return None
    t = ascii_fold(str(s)).lower().strip(" .,;")
    if not t:
        return None
    if t in ("perpetual", "indefinite", "perpetuity", "evergreen"):
        return "perpetual"
    m = re.match(r"^(\d{4})-(\d{1,2})-(\d{1,2})", t)
    if m:
        return _mk(*map(int, m.groups()))
    m = re.search(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", t)
    if m:
        a, b, y = map(int, m.groups())
        return _mk(y, a, b) or _mk(y, b, a)
    m = re.search(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(\d{4})\b", t)
    if m and m.group(1)[:3] in _MONTHS:
        return _mk(int(m.group(3)), _MONTHS[m.group(1)[:3]], int(m.group(2)))
    m = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\s*(?:day\s+of\s+)?([a-z]{3,9})\.?\s*,?\s*(\d{4})\b", t)
    if m and m.group(2)[:3] in _MONTHS:
        return _mk(int(m.group(3)), _MONTHS[m.group(2)[:3]], int(m.group(1)))
    return None


# ------------------------------------------------------------------ parties

_SUFFIX = set("""inc incorporated corp corporation co company companies llc lc ltd limited lp llp lllp plc
gmbh ag sa sarl nv bv pty pte kk srl spa sas oy oyj ab as aps kg na pc pllc cv sab spzoo ltda bhd sdn
the and of""".split())
_JOIN = [(r"\bl\s*\.?\s*l\s*\.?\s*c\b\.?", "llc"), (r"\bl\s*\.?\s*l\s*\.?\s*p\b\.?", "llp"), (r"\bl\.\s*p\b\.?", "lp"),
         (r"\bs\.\s*a\.\s*r\.\s*l\b\.?", "sarl"), (r"\bs\.\s*r\.\s*l\b\.?", "srl"), (r"\bs\.\s*p\.\s*a\b\.?", "spa"),
         (r"\bs\s*[./]\s*a\b\.?", "sa"), (r"\bn\s*\.\s*v\b\.?", "nv"), (r"\bb\s*\.\s*v\b\.?", "bv"), (r"\bn\s*\.\s*a\b\.?", "na"),
         (r"\bp\s*\.\s*l\s*\.\s*c\b\.?", "plc"), (r"\ba\s*\.\s*g\b\.?", "ag"), (r"\bk\s*\.\s*k\b\.?", "kk"), (r"\bp\s*\.\s*c\b\.?", "pc")]
_AKA = re.compile(r"\(?\b(?:d\s*/?\s*b\s*/?\s*a|f\s*/\s*k\s*/\s*a|a\s*/\s*k\s*/\s*a|doing business as|formerly(?: known as)?|f\s*/\s*s\s*/\s*o)\b", re.I)


def party_key(name: str) -> str:
    """Case-, punctuation- and company-suffix-insensitive key. Empty when nothing is left."""
    s = ascii_fold(name).lower()
    # a parenthesis is part of the name ('(International)', '(Tianjin)') unless it defines an alias or describes
    s = re.sub(r"\((?=[^)]*[\"'])[^)]*\)?|\(\s*(?:the|a|an|collectively|each|together|hereinafter|nasdaq|nyse)\b[^)]*\)?", " ", s)
    s = s.replace("&", " and ")
    for pat, rep in _JOIN:
        s = re.sub(pat, rep, s)
    s = re.sub(r"'s\b", "s", s)
    s = re.sub(r"['.]", "", s)
    words = re.findall(r"[a-z0-9]+", s)
    core = list(words)
    while core and core[-1] in _SUFFIX:
        core.pop()
    while core and core[0] == "the":
        core.pop(0)
    core = [w for w in core if w not in ("and", "of", "the")] or core or words
    return "".join(core)


def party_keys(name: str) -> set:
    """All keys a name may be matched by (before and after d/b/a, f/k/a, a/k/a)."""
    parts = [p for p in _AKA.split(name) if p and p.strip(" ,;()")]
    return {k for k in (party_key(p) for p in parts + [name]) if k}


def match_parties(found: list, gold: list) -> tuple:
    """Names by their sets of keys, one to one, the first that fits: whether each found one is right, and which gold ones are left."""
    left, right = list(range(len(gold))), []
    for keys in found:
        hit = next((i for i in left if gold[i] & keys), None)
        if hit is not None:
            left.remove(hit)
        right.append(hit is not None)
    return right, left


# ------------------------------------------------------------ jurisdictions

_US = {"alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
       "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID",
       "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
       "maine": "ME", "maryland": "MD", "massachusetts": "MA", "massachussets": "MA", "michigan": "MI",
       "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
       "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC",
       "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA",
       "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX",
       "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA", "west virginia": "WV",
       "wisconsin": "WI", "wyoming": "WY", "district of columbia": "DC", "puerto rico": "PR"}
_CA = {"ontario": "ON", "quebec": "QC", "british columbia": "BC", "alberta": "AB", "manitoba": "MB",
       "saskatchewan": "SK", "nova scotia": "NS", "new brunswick": "NB", "newfoundland": "NL"}
_AU = {"victoria": "VIC", "new south wales": "NSW", "queensland": "QLD", "western australia": "WA",
       "south australia": "SA", "tasmania": "TAS"}
_COUNTRY = {"england": "GB-ENG", "england and wales": "GB-ENG", "wales": "GB-ENG", "great britain": "GB-ENG",
            "united kingdom": "GB-ENG", "scotland": "GB-SCT", "northern ireland": "GB-NIR", "ireland": "IE", "peoples republic of china": "CN",
            "china": "CN", "beijing": "CN", "prc": "CN", "hong kong": "HK", "taiwan": "TW", "republic of china": "TW",
            "macau": "MO", "israel": "IL", "japan": "JP", "germany": "DE", "france": "FR", "netherlands": "NL", "switzerland": "CH",
            "india": "IN", "spain": "ES", "italy": "IT", "singapore": "SG", "belgium": "BE", "luxembourg": "LU",
            "papua new guinea": "PG", "colombia": "CO", "kazakhstan": "KZ", "south africa": "ZA", "australia": "AU",
            "canada": "CA", "mexico": "MX", "brazil": "BR", "korea": "KR", "south korea": "KR", "republic of korea": "KR",
            "denmark": "DK", "sweden": "SE", "norway": "NO", "finland": "FI", "austria": "AT", "russia": "RU", "russian federation": "RU",
            "bermuda": "BM", "cayman islands": "KY", "british virgin islands": "VG", "jersey": "JE", "guernsey": "GG", "argentina": "AR", "chile": "CL",
            "greece": "GR", "cyprus": "CY", "malaysia": "MY", "thailand": "TH", "indonesia": "ID", "philippines": "PH", "new zealand": "NZ",
            "united states": "US", "united states of america": "US", "usa": "US", "european union": "EU", "portugal": "PT", "turkey": "TR",
            "poland": "PL", "czech republic": "CZ", "hungary": "HU", "malta": "MT", "marshall islands": "MH", "peru": "PE", "panama": "PA", "liberia": "LR"}
_JUR = {**{k: "US-" + v for k, v in _US.items()}, **{k: "CA-" + v for k, v in _CA.items()},
        **{k: "AU-" + v for k, v in _AU.items()}, **_COUNTRY}
_JUR_RE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _JUR), key=len, reverse=True)) + r")\b")
_CODES = set(_JUR.values())


def jurisdictions(s: Optional[str]) -> list:
    """Codes named in a governing-law string, in order: 'Ontario, Canada' -> ['CA-ON']; 'US-DE' -> ['US-DE']."""
    if not s:
        return []
    raw = str(s).strip()
    up = raw.upper().replace("_", "-")
    if up in ("GB", "UK", "GB-EAW", "GB-WLS"):
        return ["GB-ENG"]
    if up in _CODES or re.fullmatch(r"(?:US|CA|AU|GB)-[A-Z]{2,3}", up):
        return [up]
    t = re.sub(r"[^a-z ]+", " ", ascii_fold(raw).lower().replace("'", ""))
    t = re.sub(r"\s+", " ", t)
    out = []
    for m in _JUR_RE.finditer(t):
        c = _JUR[m.group(1)]
        if c not in out:
            out.append(c)
    # a state or province makes its own country redundant
    subs = {c.split("-")[0] for c in out if "-" in c}
    return [c for c in out if "-" in c or c not in subs]


# ------------------------------------------------------------- date sums

def minus_duration(iso: str, dur: str) -> Optional[str]:
    """ISO date minus ISO duration; a day past the month's end is clamped to its last day."""
    m = _DUR_ISO.match(dur or "")
    if not m:
        return None
    y, mo, w, d = (int(g or 0) for g in m.groups())
    try:
        b = date.fromisoformat(iso)
    except ValueError:
        return None
    k = b.year * 12 + b.month - 1 - (12 * y + mo)
    yy, mm = divmod(k, 12)
    for day in range(b.day, 0, -1):
        r = _mk(yy, mm + 1, day)
        if r:
            return date.fromordinal(date.fromisoformat(r).toordinal() - 7 * w - d).isoformat()
    return None
