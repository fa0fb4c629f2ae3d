"""Random instances of a RELAX NG schema: what DocBook 5.0 allows, element by element. Used by complete.py.

Schema reads the .rng; grow() makes one element on the way to another, with as little as the schema wants around it, and some
of what it allows. Every text is words that stand nowhere else (w1a, w2a, …), so that whoever reads an output can count them.
"""

import collections
import xml.etree.ElementTree as ET

RNG = "{http://relaxng.org/ns/structure/1.0}"
DB = "{http://docbook.org/ns/docbook}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XLINK = "{http://www.w3.org/1999/xlink}"
MANY = 10 ** 6
NAMESPACES = {"xml": XML, "xlink": XLINK}


class Schema:
    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.defines = collections.defaultdict(list)
        for define in root.iter(RNG + "define"):
            self.defines[define.get("name")].append(define)
        self.start = next(root.iter(RNG + "start"))
        self.inside = {}  # pattern -> the element patterns that it can begin with
        self.costs = {}   # define -> the least number of elements
        self.elements = [e for e in root.iter(RNG + "element") if e.get("name")]
        self._count()

    def parts(self, pattern):
        """What a pattern is made of; of a reference its definitions."""
        if pattern.tag == RNG + "ref":
            return self.defines[pattern.get("name")]
        return [p for p in pattern if p.tag.startswith(RNG) and p.tag not in (RNG + "name", RNG + "anyName", RNG + "nsName")]

    def cost(self, pattern):
        """The least number of elements that an instance has."""
        kind = pattern.tag.removeprefix(RNG)
        if kind in ("optional", "zeroOrMore", "attribute", "text", "empty", "data", "value", "list"):
            return 0
        if kind == "notAllowed":
            return MANY
        if kind == "ref":
            return self.costs.get(pattern.get("name"), MANY)
        costs = [self.cost(part) for part in self.parts(pattern)]
        if kind == "choice":
            return min(costs, default=MANY)
        return min(MANY, sum(costs) + (kind == "element"))

    def _count(self):
        changed = True
        while changed:
            changed = False
            for name, defines in self.defines.items():
                least = min(MANY, sum(self.cost(part) for define in defines for part in self.parts(define)))
                if least < self.costs.get(name, MANY):
                    self.costs[name] = least
                    changed = True

    def children(self, pattern, seen=None):
        """The element patterns that can stand in an instance of a pattern, not those inside them."""
        if id(pattern) in self.inside:
            return self.inside[id(pattern)]
        seen = seen if seen is not None else set()
        found = {}
        if id(pattern) in seen or pattern.tag == RNG + "attribute":
            return found
        seen.add(id(pattern))
        for part in self.parts(pattern):
            if part.tag == RNG + "element":
                if part.get("name"):
                    found[id(part)] = part
            else:
                found.update(self.children(part, seen))
        if len(seen) == 1 or pattern.tag == RNG + "element":
            self.inside[id(pattern)] = found
        return found

    def paths(self, top, avoid=()):
        """The shortest way from an element pattern to every other: {id: [patterns]}."""
        ways = {id(top): []}
        queue = collections.deque([top])
        while queue:
            at = queue.popleft()
            for key, child in self.children(at).items():
                if key not in ways and not (at is top and child.get("name") in avoid):
                    ways[key] = ways[id(at)] + [child]
                    queue.append(child)
        return ways


class Grower:
    """Makes elements. seen: (element, attribute) pairs that have been made; attributes not seen yet come first."""

    def __init__(self, schema, rng, value, seen, richness=0.25):
        self.schema, self.rng, self.value, self.seen, self.richness = schema, rng, value, seen, richness
        self.words = 0

    def word(self):
        self.words += 1
        return f"w{self.words}{'abcdefgh'[self.words % 8]}"

    def leads_to(self, pattern, goal):
        return pattern is goal or (pattern.tag != RNG + "element" and id(goal) in self.schema.children(pattern))

    def element(self, pattern, way=(), extra=2):
        """An instance of an element pattern in which the patterns of way stand in one another."""
        made = ET.Element(DB + pattern.get("name"))
        made.tail = "\n"
        goal = way[0] if way else None
        parts = self.schema.parts(pattern)
        holder = next((p for p in parts if goal is not None and self.leads_to(p, goal)), None)
        for part in parts:
            self.fill(made, part, way if part is holder else (), extra if not way or len(way) == 1 else 0, not way)
        return made

    def add_text(self, made):
        words = f" {self.word()} {self.word()} "
        if len(made):
            made[-1].tail = (made[-1].tail or "").rstrip("\n") + words
        else:
            made.text = (made.text or "") + words

    def fill(self, made, pattern, way, extra, is_goal):
        kind = pattern.tag.removeprefix(RNG)
        if kind == "element":
            if pattern.get("name"):
                made.append(self.element(pattern, way[1:] if way and pattern is way[0] else (), extra - 1))
            return
        if kind == "attribute":
            self.attribute(made, pattern)
            return
        if kind == "text":
            self.add_text(made)
            return
        if kind in ("data", "value", "list"):
            self.add_text(made)
            return
        if kind in ("optional", "zeroOrMore", "oneOrMore"):
            self.repeat(made, pattern, way, extra, is_goal, kind)
            return
        parts = self.schema.parts(pattern)
        if kind == "choice":
            self.fill(made, self.choose(parts, way, extra, made), way, extra, is_goal)
            return
        holder = next((p for p in parts if way and self.leads_to(p, way[0])), None)
        for part in parts:
            self.fill(made, part, way if part is holder else (), extra, is_goal)

    def may_be_text(self, pattern, deep=12):
        if pattern.tag in (RNG + "element", RNG + "attribute"):
            return False
        return pattern.tag == RNG + "text" or deep > 0 and any(self.may_be_text(p, deep - 1) for p in self.schema.parts(pattern))

    def repeat(self, made, pattern, way, extra, is_goal, kind):
        if self.may_be_text(pattern):
            self.add_text(made)
            if kind == "oneOrMore" and not way and extra <= 0:
                return
        wanted = kind == "oneOrMore" or (way and self.leads_to(pattern, way[0]))
        parts = self.schema.parts(pattern)
        if not wanted and self.is_attribute(pattern):
            names = {a.get("name") for a in pattern.iter(RNG + "attribute")} or {pattern.get("name")}
            new = any((made.tag, name) not in self.seen for name in names)
            wanted = self.rng.random() < (0.5 if is_goal and new else 0.06)
        elif not wanted and extra > 0:
            wanted = self.rng.random() < self.richness
        if not wanted:
            return
        for part in parts:
            self.fill(made, part, way if way and self.leads_to(part, way[0]) else (), extra - (not way), is_goal)

    def is_attribute(self, pattern, deep=8):
        if pattern.tag == RNG + "attribute":
            return True
        return deep > 0 and pattern.tag != RNG + "element" and any(self.is_attribute(p, deep - 1) for p in self.schema.parts(pattern))

    def choose(self, parts, way, extra, made):
        if way:
            leading = [p for p in parts if self.leads_to(p, way[0])]
            if leading:
                return self.rng.choice(leading)
        possible = [p for p in parts if self.schema.cost(p) < MANY]
        if extra > 0:
            light = [p for p in possible if self.schema.cost(p) <= 4]
            return self.rng.choice(light or possible)
        plain = [p for p in possible if any(e.get("name") == "para" for e in self.schema.children(p).values())]
        possible = [p for p in possible if self.may_be_text(p)] or plain or possible
        least = min(self.schema.cost(p) for p in possible)
        return self.rng.choice([p for p in possible if self.schema.cost(p) == least])

    def leaves(self, pattern, deep=8):
        """The values and types that a pattern of an attribute names."""
        if pattern.tag in (RNG + "value", RNG + "data") or deep == 0:
            return [pattern]
        return [leaf for part in self.schema.parts(pattern) for leaf in self.leaves(part, deep - 1)]

    def attribute(self, made, pattern):
        name = pattern.get("name")
        if name is None:
            return
        prefix, _, local = name.rpartition(":")
        qualified = NAMESPACES.get(prefix, "") + local
        leaves = self.leaves(pattern)
        values = [v.text or "" for v in leaves if v.tag == RNG + "value"]
        types = [d.get("type") for d in leaves if d.tag == RNG + "data"]
        value = self.value(made, name, values, types)
        if value is not None:
            self.seen.add((made.tag, name))
            made.set(qualified, value)
