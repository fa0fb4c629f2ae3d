"""Random axes, tokens and handbooks, for random projects. Nothing here is faulty.

Invariant: every handbook is at most as high as its shelf.
"""

from axes import V, Axis, Fault, clearance_axis

SYLLABLES = "ba be bo da de do fa ga go ha ka ko la le lo ma mo na ne no pa po ra ro sa so ta to va vo za".split()
PLAIN_ATTRIBUTES = "condition userlevel conformance os arch vendor revision wordsize v:territory v:zone v:ring".split()


def new_word(rng, taken, prefix="", upper=False):
    while True:
        word = prefix + "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3)))
        if upper:
            word = rng.choice("CMTX") + str(rng.randint(0, 29))
        if word not in taken:
            taken.add(word)
            return word


def make_axes(rng):
    axes = []
    attributes = PLAIN_ATTRIBUTES[:]
    rng.shuffle(attributes)
    wanted = rng.randint(1, 5)
    if rng.random() < 0.8:
        axes.append(make_clearance(rng, "security" if rng.random() < 0.8 else attributes.pop()))
    if rng.random() < 0.6 and len(axes) < wanted:
        axes.append(make_axis(rng, "role", "audience", "tree", axes))
    else:
        attributes.append("audience")
        rng.shuffle(attributes)
    while len(axes) < wanted:
        kind = "tree" if rng.random() < 0.4 else "set"
        axes.append(make_axis(rng, f"axis{len(axes)}", attributes.pop(), kind, axes))
    rng.shuffle(axes)
    return axes


def bare_axis(ident, attribute, kind, clearance=False):
    axis = Axis(ident, V + attribute[2:] if attribute.startswith("v:") else attribute, kind, clearance)
    axis.written = attribute
    axis.requires = {}
    return axis


def make_clearance(rng, attribute):
    axis = bare_axis("class", attribute, "ordered", True)
    names = ["pub", "int", "res", "cas"] if rng.random() < 0.6 else ["open", "opened", "closed", "s-1", "s-10"]
    axis.values = names[: rng.randint(2, len(names))]
    for rank, value in enumerate(axis.values):
        axis.parent[value] = None
        if rank:
            axis.mark[value] = "XIRCS"[rank]
    return axis


def make_axis(rng, ident, attribute, kind, others):
    axis = bare_axis(ident, attribute, kind)
    taken = set()
    upper = kind == "set" and rng.random() < 0.3
    for _ in range(rng.randint(3, 13) if kind == "tree" else rng.randint(2, 6)):
        above = None
        if kind == "tree" and axis.values and rng.random() < 0.75:
            above = rng.choice([v for v in axis.values if len(axis.line_up(v)) < 4])
        prefix = ""
        if axis.values and rng.random() < 0.5:
            prefix = (above or rng.choice(axis.values)) + rng.choice(["-", ""])
        value = new_word(rng, taken, prefix, upper)
        place = len(axis.values) if above is None else 1 + max(axis.values.index(v) for v in axis.subtree(above))
        axis.values.insert(place, value)
        axis.parent[value] = above
    if others and rng.random() < 0.2:
        borrowed = rng.choice(rng.choice(others).values)
        if borrowed not in taken:
            axis.values.append(borrowed)
            axis.parent[borrowed] = None
            taken.add(borrowed)
    give_clearances(rng, axis, clearance_axis(others))
    for _ in range(rng.choice([0, 0, 1, 2])):
        group = new_word(rng, taken, "all-")
        axis.groups[group] = rng.sample(axis.values, rng.randint(1, min(4, len(axis.values))))
    if ident == "role" and rng.random() < 0.6:
        axis.parties.append(new_word(rng, taken))
    if upper and rng.random() < 0.5:
        axis.requires[axis.values[-1]] = axis.values[0]
    return axis


def give_clearances(rng, axis, clearance):
    if clearance is None or axis.kind != "tree":
        return
    low = rng.random() < 0.4
    for value in axis.values:
        if rng.random() < 0.95:
            axis.security[value] = rng.choice(clearance.values) if low else clearance.values[-1]


# Tokens


def separator(rng):
    return rng.choice([" ", " ", " ", ";", "; ", " ; ", "  ", "\n  ", ";;"])


def join(rng, words):
    """Words as one attribute, with the separators the design allows."""
    text = words[0]
    for word in words[1:]:
        text += separator(rng) + word
    if rng.random() < 0.1:
        text = separator(rng) + text + separator(rng)
    return text


def one_token(rng, axis):
    if axis.kind == "tree" and rng.random() < 0.2:
        return "=" + rng.choice(axis.values)
    if axis.groups and rng.random() < 0.15:
        return rng.choice(sorted(axis.groups))
    return rng.choice(axis.values)


def random_tokens(rng, axis, generous=False):
    """The text of an attribute on an axis, never faulty."""
    if axis.kind == "ordered":
        lower = min(rng.randrange(len(axis.values)), rng.randrange(len(axis.values)))
        value = axis.values[lower]
        return rng.choice([value, value, value, f" {value}", f"{value};", f"\n{value} "])
    while True:
        words = [one_token(rng, axis) for _ in range(rng.choice([0, 1, 1, 2, 3]) + 2 * generous)]
        words += ["!" + one_token(rng, axis) for _ in range(rng.choice([0, 0, 0, 1, 1, 2]))]
        if not words:
            continue
        rng.shuffle(words)
        text = join(rng, words)
        try:
            axis.read(text)
            return text
        except Fault:
            continue


# Handbooks


def make_shelves(rng, axes):
    shelves = []
    used = set()
    clearance = clearance_axis(axes)
    count = 0
    for number in range(rng.choice([1, 1, 2, 3])):
        cap = None
        if clearance and rng.random() < 0.9:
            cap = clearance.values[-1] if rng.random() < 0.6 else rng.choice(clearance.values)
        shelf = {"id": f"shelf{number}", "security": cap, "entries": []}
        for _ in range(rng.randint(1, 3)):
            entry = make_each(rng, axes, cap, used) if rng.random() < 0.4 else None
            entry = entry or make_handbook(rng, axes, cap, used)
            if count + entry["count"] <= 12:
                count += entry["count"]
                shelf["entries"].append(entry)
        if shelf["entries"]:
            shelves.append(shelf)
    return shelves


def rank_of(clearance, value):
    return clearance.values.index(value) if value else 0


def make_handbook(rng, axes, cap, used):
    ident = new_word(rng, used, rng.choice(["", "h-", "0", "a.b_"]))
    clearance = clearance_axis(axes)
    security = None
    if clearance and rng.random() < 0.85:
        security = rng.choice(clearance.values[: rank_of(clearance, cap) + 1])
    values = {}
    for axis in axes:
        if axis.kind != "ordered" and rng.random() < 0.55:
            values[axis.id] = random_tokens(rng, axis, rng.random() < 0.5)
    return {"id": ident, "security": security, "values": values, "count": 1, "projection": random_projection(rng)}


def random_projection(rng):
    """As written; None is what a handbook has that does not say."""
    return rng.choice(["full", "brief", None, "own"])


def make_each(rng, axes, cap, used):
    """An `each`, or None if this shelf can have none."""
    clearance = clearance_axis(axes)
    axis = rng.choice(axes)
    if axis.kind == "ordered" or any(v != v.lower() for v in axis.values):
        return None
    entry = {"axis": axis.id, "subtree": rng.choice([None, None, "yes"]), "security": None, "only": None,
             "except": None, "id": rng.choice(["@", "r-@", "@.x"]), "projection": random_projection(rng)}
    chosen = list(axis.values)
    if clearance and axis.kind == "tree" and rng.random() < 0.7:
        entry["security"] = "@"
        chosen = [v for v in chosen if rank_of(clearance, axis.security.get(v)) <= rank_of(clearance, cap)]
    elif clearance and rng.random() < 0.5:
        entry["security"] = rng.choice(clearance.values[: rank_of(clearance, cap) + 1])
    chosen = rng.sample(chosen, min(len(chosen), rng.randint(1, 6)))
    if not chosen:
        return None
    rest = [v for v in axis.values if v not in chosen]
    if rest and rng.random() < 0.5:
        entry["except"] = join(rng, rest)
    else:
        entry["only"] = join(rng, chosen)
    ids = {entry["id"].replace("@", v) for v in chosen}
    if ids & used:
        return None
    used |= ids
    entry["count"] = len(chosen)
    return entry
