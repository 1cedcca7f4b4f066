"""Levels of fields to the cells of a table, by a model's encoding. docs/model-file.md explains every step.

Left out: made-up values (columns of kind generated stay empty), signs and thousands marks of numbers, durations;
identifiers are drawn at random and may repeat.
"""
import datetime, math, re
import numpy as np

DAY = 86_400_000
EPOCH = datetime.datetime(1970, 1, 1)
TOKENS = "YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|S+|A|a"
STRFTIME = {"YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "DD": "%d", "HH": "%H", "hh": "%I"}
STRFTIME |= {"mm": "%M", "ss": "%S", "A": "%p", "a": "%p"}


def grid(e):
    """The distance of neighbouring numbers of a column."""
    return e["lattice"]["step"] / e["lattice"]["divisor"] if e["lattice"] else 1


def draw_number(e, level, rng):
    """A number of a level of kind quantile-bins; nan where the level is the missing one."""
    if level >= len(e["levels"]):
        return math.nan
    place = e["levels"][level]
    if isinstance(place, list):
        place = draw_place(place, e["lattice"] is not None, e.get("roundness"), level, rng)
    return place * grid(e)


def draw_place(knots, on_lattice, roundness, level, rng):
    """A place within a bin: how round it is by the shares, where it is by a quantile curve, then onto the lattice."""
    low, high, step, coarser = knots[0], knots[-1], 1, None
    shares = roundness["shares"][level] if roundness else []
    at = np.searchsorted(np.cumsum(shares), rng.random(), side="right")
    if at < len(shares):
        step, knots = roundness["steps"][at], roundness["knots"][level][at]
    place = np.interp(rng.random(), np.linspace(0, 1, len(knots)), knots)
    if not on_lattice:
        return place
    for other, share in zip(roundness["steps"] if shares else [], shares):
        if other > step and share > 0 and coarser is None:
            coarser = other
    nearest = math.floor(place / step + 0.5) * step
    multiples = [m for m in (nearest, nearest - step, nearest + step) if low < m < high]
    fits = [m for m in multiples if coarser is None or m % coarser != 0]
    return min(fits, key=lambda m: abs(m - place), default=math.floor(place + 0.5))


def place_numbers(encoding, field, codes, numbers, rng):
    """Codes without copies, and the numbers behind them where the field is a number's. numbers: those drawn before."""
    e = next((e for e in encoding["columns"] if e["kind"] == "quantile-bins" and e["name"] == field["name"]), None)
    if e is None:
        return codes, None
    relations = [r for r in encoding.get("relations", []) if r["column"] == e["name"]]
    copies = field.get("copies", [])
    plain, missing = field["levels"] - len(copies), len(e["levels"]) if e["missing"] else e["fallback"]
    values = np.empty(len(codes))
    for i, code in enumerate(codes):
        source = numbers[copies[code - plain]["source"]][i] if code >= plain else math.nan
        if math.isnan(source):
            values[i] = draw_number(e, missing if code >= plain else code, rng)
        else:
            relation = relations[code - plain]
            values[i] = within(e, source * rng.uniform(relation.get("low", 1), relation.get("high", 1)))
    walls = [(edges(a)[1] + edges(b)[0]) / 2 for a, b in zip(e["levels"], e["levels"][1:])]
    return np.where(np.isnan(values), missing, np.searchsorted(walls, values / grid(e), side="right")), values


def edges(level):
    return (level[0], level[-1]) if isinstance(level, list) else (level, level)


def within(e, value):
    """The nearest number that the column can spell."""
    least, most = edges(e["levels"][0])[0], edges(e["levels"][-1])[1]
    place = value / grid(e)
    if e["lattice"]:
        place, least, most = round(place), math.ceil(least), math.floor(most)
    return min(max(place, least), most) * grid(e)


def decode(encoding, codes, numbers, rows, rng):
    """The table: column names to cells. Columns take their fields in turn. rows: their numbers from 0 on."""
    table, left = {}, list(zip(codes, numbers))
    for e in encoding["columns"]:
        count = field_count(e)
        own, left = left[:count], left[count:]
        if e["kind"] != "omitted":
            table[e["name"]] = decode_column(e, [field for field, _ in own], own[0][1] if own else None, rows, rng)
    return table


def field_count(e):
    if e["kind"] == "calendar":
        return 1 + (e["unit"] != "day") + ("time" in e)
    if e["kind"] in ("generated", "identifier"):
        return int(e.get("missing", False))
    return {"grouped-categories": 2, "mode-specific": 2, "constant": 0, "omitted": 0}.get(e["kind"], 1)


def decode_column(e, fields, numbers, rows, rng):
    out, kind = e["output"], e["kind"]
    missing = out["missingText"]
    if kind == "one-hot":
        names = e["categories"] + ["_RARE_"] * e["rare"] + [missing]
        return [names[code] for code in fields[0]]
    if kind == "grouped-categories":
        groups = [e["grouped"][i : i + e["groupSize"]] for i in range(0, len(e["grouped"]), e["groupSize"])]
        names = [[name] for name in e["direct"]] + groups + [["_RARE_"]] * e["rare"] + [[missing]]
        return [names[code][place % len(names[code])] for code, place in zip(*fields)]
    if kind == "constant":
        value = missing if e["value"] is None else e["value"]
        return [value if isinstance(value, str) else written(out, value)] * len(rows)
    if kind in ("generated", "identifier"):
        cells = [""] * len(rows) if kind == "generated" else identifiers(e, rows, rng)
        return [missing if fields and fields[0][i] == 1 else cell for i, cell in enumerate(cells)]
    if kind == "mode-specific":
        modes = e["modes"] + [{"mean": math.nan, "deviation": 0}]
        values = [modes[code]["mean"] + 4 * modes[code]["deviation"] * scalar for code, scalar in zip(*fields)]
        values = np.clip(values, e["low"], e["high"])
        values = np.round(values / grid(e)) * grid(e) if e["lattice"] else values
    elif kind == "calendar":
        values = calendar(e, fields, rng)
    else:
        values = numbers if numbers is not None else [draw_number(e, code, rng) for code in fields[0]]
    return [missing if math.isnan(value) else written(out, value) for value in values]


def calendar(e, fields, rng):
    """Milliseconds since 1970 (UTC) of a count of days, weeks or months, a day within, a time; all of them local."""
    fields = list(fields)
    counts = [draw_number(e["count"], code, rng) for code in fields.pop(0)]
    days = fields.pop(0) if e["unit"] != "day" else [0] * len(counts)
    times = [draw_number(e["time"], code, rng) for code in fields[0]] if fields else [0] * len(counts)
    length = {"day": 1, "week": 7, "month": 31}[e["unit"]]
    values = []
    for count, day, time in zip(counts, days, times):
        if not math.isnan(count):
            day = day if day < length else rng.integers(length)  # a part that is missing alone is drawn
            count = first_day(int(count), e["unit"]) + min(day, days_in(int(count), e["unit"]) - 1)
            count = count * DAY + (0 if math.isnan(time) else time) - offset_ms(e["output"]["format"])
            count += 7 * DAY * (int(count < e["low"]) - int(count > e["high"]))
            count = min(max(count, e["low"]), e["high"])
        values.append(count)
    return values


def first_day(count, unit):
    """Days since 1970 of the first day of a unit; weeks begin on Monday, and 1970 began on a Thursday."""
    if unit == "month":
        return (datetime.date(1970 + count // 12, count % 12 + 1, 1) - EPOCH.date()).days
    return count if unit == "day" else 7 * count - 3


def days_in(count, unit):
    return first_day(count + 1, unit) - first_day(count, unit)


def offset_ms(date_format):
    """What a date's format adds to UTC: +02:00 at its end."""
    found = re.search(r"([+-])(\d\d):?(\d\d)$", date_format)
    return int(found[1] + "1") * 60_000 * (60 * int(found[2]) + int(found[3])) if found else 0


def written(out, value):
    """A number or a date (milliseconds since 1970) as the column writes it."""
    if out["kind"] == "date":
        time = EPOCH + datetime.timedelta(milliseconds=float(value) + offset_ms(out["format"]))
        return re.sub(TOKENS, lambda token: date_part(time, token[0]), out["format"])
    whole, _, rest = f"{value:.{min(out['decimals'], 17)}f}".partition(".")
    rest = rest.rstrip("0").ljust(out.get("minDecimals", 0), "0")
    return whole + ("." + rest if rest else "")


def date_part(time, token):
    if token[0] == "S":
        return f"{time.microsecond:06}"[: len(token)]
    if token in ("M", "D", "H", "h"):
        return time.strftime(STRFTIME[2 * token]).lstrip("0") or "0"
    text = time.strftime(STRFTIME[token])
    return text.lower() if token == "a" else text


def identifiers(e, rows, rng):
    """Numbers from the first one on, or texts of the templates in turn."""
    if not e["templates"]:
        return [str(e.get("start", 1) + row) for row in rows]
    turns = [e["templates"][row % len(e["templates"])]["alphabets"] for row in rows]
    return ["".join(rng.choice(list(alphabet)) for alphabet in alphabets) for alphabets in turns]
