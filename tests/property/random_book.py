"""Random books: one tree for all languages, canary words as places.

Invariant: valid DocBook 5.0 once v: attributes are taken away.
"""

import os
import string

from axes import role_axis
from random_axes import join, one_token, random_tokens


class Element:
    """An element in all languages at once. kids: Element, str (words in any language), Canary, Entity."""

    def __init__(self, name, kids=(), plain=(), axes=(), path=None, block=True):
        self.name = name
        self.kids = list(kids)
        self.plain = dict(plain)  # attributes as they are
        self.axes = dict(axes)  # attribute as written in axes.xml (v:x or x): text
        self.path = path  # the file it stands in, if it is the root of one
        self.block = block

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


class Canary:
    """A place for a canary word, another one in every language; way is how it is written down."""

    def __init__(self, way="text"):
        self.way = way  # text, cdata, entity, comment, instruction


# The tree


def with_paths(element, path):
    path = element.path or path
    yield element, path
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from with_paths(kid, path)


def line_to(element, target):
    """The elements from element down to target, or nothing."""
    if element is target:
        return [element]
    for kid in element.kids:
        if isinstance(kid, Element):
            line = line_to(kid, target)
            if line:
                return [element] + line
    return []


def path_of(book, target):
    return next(path for element, path in with_paths(book, None) if element is target)


def canary_word(rng):
    """`qxv`, eight letters, and a k that no stemmer takes off; q occurs nowhere else in it."""
    letters = string.ascii_lowercase.replace("q", "")
    return "qxv" + "".join(rng.choice(letters) for _ in range(8)) + "k"


# The author


class Author:
    """Writes the book of a project. scope is {axis id: effective leaves} of where it writes."""

    def __init__(self, rng, axes):
        self.rng = rng
        self.axes = axes
        self.role = role_axis(axes)
        self.ids = set()
        self.files = 0
        self.titled = False  # in a procedure of several roles every step has a title
        self.density = rng.choice([0.05, 0.12, 0.25])
        self.no_role = [axis for axis in axes if axis is not self.role]

    def chance(self, part):
        return self.rng.random() < part

    def ident(self, prefix):
        if self.chance(0.1):
            ident = canary_word(self.rng)
        else:
            ident = f"{prefix}-{len(self.ids)}"
        self.ids.add(ident)
        return ident

    def axis_attributes(self, part, axes=None, generous=False):
        """Axis attributes for an element that has any with this chance."""
        result = {}
        if axes is None:
            axes = self.axes
        while axes and self.chance(part):
            axis = self.rng.choice(axes)
            result[axis.written] = random_tokens(self.rng, axis, generous)
            part /= 3
        return result

    def scope_with(self, scope, attributes):
        if self.role and self.role.written in attributes:
            return scope & self.role.read(attributes[self.role.written])
        return scope

    def element(self, name, kids=(), part=None, ident=None, **more):
        plain = dict(more)
        if ident:
            plain["xml:id"] = self.ident(ident)
        axes = self.axis_attributes(self.density if part is None else part)
        return Element(name, kids, plain, axes)

    # Words

    def canary(self):
        if self.chance(0.03):
            return Canary("cdata")
        if self.chance(0.02):
            return Canary("entity")
        return Canary()

    def words(self):
        kids = ["w ", self.canary(), " w"]
        if self.chance(0.04):
            kids.append(Canary("comment"))
        if self.chance(0.03):
            kids.append(Canary("instruction"))
        return kids

    def inline(self):
        kind = self.rng.choice(["phrase", "phrase", "emphasis", "quote", "foreignphrase", "remark", None, None])
        if kind is None:
            return self.aside()
        made = self.element(kind, [self.canary()] + ([" ", self.phrase()] if self.chance(0.15) else []), 0.5)
        if kind == "remark":
            made.kids = [Canary()]
        made.block = False
        return made

    def aside(self):
        """What stands beside the words it is written among."""
        kind = self.rng.choice(["indexterm", "footnote"])
        if kind == "indexterm":
            kids = [Element("primary", [self.canary()])]
            if self.chance(0.3):
                kids.append(Element("secondary", [self.canary()]))
            made = self.element(kind, kids, 0.4)
        else:
            made = self.element(kind, [Element("para", self.words())], 0.4)
        made.block = False
        return made

    def phrase(self):
        made = self.element("phrase", [self.canary()], 0.5)
        made.block = False
        return made

    def para(self, name="para", part=None):
        kids = self.words()
        while self.chance(0.3):
            kids += [" ", self.inline(), " w"]
        if self.chance(0.05):
            kids = [self.phrase()]
        return self.element(name, kids, part)

    def title(self, part=0.0):
        kids = self.words()
        if self.chance(0.15):
            kids += [" ", self.phrase()]
        if self.chance(0.06):
            kids += [" ", self.aside(), " w"]
        return self.element("title", kids, part)

    def info(self):
        """A title, alone or in an info with more."""
        if self.chance(0.5):
            return [self.title()]
        kids = [self.title()]
        if self.chance(0.4):
            kids.append(self.element("subtitle", self.words(), 0.2))
        if self.chance(0.3):
            kids.append(self.element("abstract", [self.para() for _ in range(self.rng.randint(1, 2))], 0.3))
        if self.chance(0.3):
            kids.append(self.element("keywordset", [self.element("keyword", [self.canary()], 0.3)], 0.2))
        if self.chance(0.2):
            kids.append(self.element("releaseinfo", [self.canary()], 0.3))
        if self.chance(0.2):
            kids.append(self.element("author", [self.element("personname", [self.canary()], 0)], 0.3))
        if self.chance(0.2):
            kids.append(self.element("legalnotice", [self.para()], 0.3))
        return [Element("info", kids)]

    # Blocks

    def optional_title(self):
        return [self.title(self.density)] if self.chance(0.5) else []

    def block(self, depth):
        kinds = [self.para] * 5 + [self.simple]
        if depth < 3:
            kinds += [self.list, self.list, self.variables, self.table, self.admonition, self.admonition, self.formal,
                      self.procedure_block, self.formalpara]
        make = self.rng.choice(kinds)
        return make() if make in (self.para, self.simple, self.formalpara) else make(depth + 1)

    def blocks(self, depth, most=3):
        return [self.block(depth) for _ in range(self.rng.randint(1, most))]

    def simple(self):
        name = self.rng.choice(["simpara", "literallayout", "programlisting", "simplelist"])
        if name == "simplelist":
            return self.element(name, [self.element("member", [self.canary()]) for _ in range(self.rng.randint(1, 3))])
        return self.para(name)

    def formalpara(self):
        return self.element("formalpara", [self.title(), Element("para", self.words())])

    def list(self, depth):
        items = [self.element("listitem", self.blocks(depth, 2), self.density * 2) for _ in range(self.rng.randint(1, 4))]
        return self.element(self.rng.choice(["itemizedlist", "orderedlist"]), self.optional_title() + items)

    def variables(self, depth):
        entries = []
        for _ in range(self.rng.randint(1, 3)):
            item = self.element("listitem", self.blocks(depth, 2))
            entries.append(self.element("varlistentry", [Element("term", self.words()), item], self.density * 2))
        return self.element("variablelist", self.optional_title() + entries)

    def table(self, depth):
        columns = self.rng.randint(1, 3)
        parts = []
        named = self.chance(0.5)
        if named:
            parts += [Element("colspec", (), {"colname": f"c{n}"}) for n in range(columns)]
        if self.chance(0.4):
            parts.append(self.element("thead", [self.row(columns, depth, named)], self.density / 2))
        rows = [self.row(columns, depth, named) for _ in range(self.rng.randint(1, 4))]
        parts.append(self.element("tbody", rows, self.density / 2))
        group = Element("tgroup", parts, {"cols": str(columns)})
        if self.chance(0.6):
            return self.element("table", [self.title(), group], ident="table")
        return self.element("informaltable", [group])

    def row(self, columns, depth, named):
        """named: there are columns that its cells may name, and mostly do."""
        entries = []
        named = named and self.chance(0.8)
        for number in range(columns):
            kids = self.words() if self.chance(0.6) else self.blocks(depth + 2, 2)
            entries.append(self.element("entry", kids, self.density * (2 if named else 0.5)))
            if named:
                entries[-1].plain["colname"] = f"c{number}"
        return self.element("row", entries, self.density * 2)

    def admonition(self, depth):
        name = self.rng.choice(["note", "warning", "caution", "tip", "important"])
        return self.element(name, self.optional_title() + self.blocks(depth, 2), ident="note" if self.chance(0.3) else None)

    def formal(self, depth):
        name = self.rng.choice(["example", "sidebar", "blockquote"])
        return self.element(name, (self.optional_title() if name != "example" else [self.title()]) + self.blocks(depth, 2))

    # Procedures

    def procedure_block(self, depth):
        return self.procedure(depth, None)

    def procedure(self, depth, cast):
        steps = [self.step(depth, cast) for _ in range(self.rng.randint(1, 5))]
        head = self.optional_title() if cast is None else []
        return self.element("procedure", head + steps, self.density / 2 if cast is None else 0)

    def step(self, depth, cast, branching=True):
        """cast is (scope, tokens that may act, lead) where roles are named, else None."""
        kids = [self.title()] if self.titled else self.optional_title()
        blocks = self.blocks(depth + 1, 2)
        if cast is not None and branching and self.chance(0.12):
            blocks.append(self.wrapped(self.procedure(depth + 1, cast)))
        if branching and self.chance(0.25):
            substeps = [self.step(depth + 1, cast, depth < 3) for _ in range(self.rng.randint(1, 3))]
            blocks.append(self.element("substeps", substeps, 0.05 if cast is None else 0))
        elif branching and self.chance(0.3):
            blocks.append(self.decision(depth, cast) if self.chance(0.8) else self.alternatives(depth, cast))
        made = self.element("step", kids + blocks, 0, ident="step" if self.chance(0.7) else None)
        made.axes = self.axis_attributes(self.density * 2, self.axes if cast is None else self.no_role)
        if cast is not None:
            self.cast_step(made, cast)
        return made

    def wrapped(self, block):
        """The block, sometimes inside of others."""
        if self.chance(0.4):
            return self.element("note", [block])
        if self.chance(0.3):
            return self.element("itemizedlist", [self.element("listitem", [block])])
        return block

    def cast_step(self, step, cast):
        actors, audience = cast
        acting = [actors[0]]
        if self.chance(0.4):
            acting = self.rng.sample(actors, self.rng.randint(1, min(2, len(actors))))
            step.plain["v:actor"] = join(self.rng, acting)
        taken = frozenset().union(*map(self.role.leaves, acting))
        able = [token for token in actors if not self.role.leaves(token) & taken]
        if able and "v:actor" in step.plain and self.chance(0.4):
            step.plain["v:standin"] = self.rng.choice(able)
        if self.chance(0.2):
            step.plain["v:to"] = self.rng.choice(actors + self.role.parties)
        elif self.chance(0.2):
            step.axes[self.role.written] = join(self.rng, acting + self.rng.sample(audience, 1))

    def decision(self, depth, cast):
        count = self.rng.randint(2, 3)
        default = self.rng.randrange(count)
        branches = []
        for number in range(count):
            branch = self.step(depth + 1, cast, depth < 3)
            branch.plain["v:go"] = self.rng.choice(["stop", "next"])  # any other place might be one the reader lacks
            branch.axes = {} if number == default else branch.axes
            if branch.kids[0].name != "title":
                branch.kids.insert(0, self.title())
            if number == default:
                branch.kids[0].axes = {}
                branch.plain["v:default"] = "yes"
                branch.plain.pop("v:to", None)
            branches.append(branch)
        return Element("stepalternatives", branches, {"v:decision": "yes"})

    def alternatives(self, depth, cast):
        """Steps of which one is done, without saying when."""
        return Element("stepalternatives", [self.step(depth + 1, cast, depth < 3) for _ in range(self.rng.randint(1, 3))])

    def task(self, depth, scope):
        """A task, or None where nobody could lead one."""
        plain = {"xml:id": self.ident("task")}
        axes = self.axis_attributes(self.density * 2, self.no_role)
        cast = None
        if self.role:
            able = [t for t in self.able() if self.role.leaves(t) <= scope]
            if not able:
                return None
            cast = self.cast_task(plain, axes, able)
        self.titled = cast is not None and len(set(cast[0])) > 1
        kids = self.info()
        if self.chance(0.5):
            blocks = [self.use_when(cast) for _ in range(self.rng.choice([0, 1, 2, 3]))]
            kids.append(self.element("tasksummary", blocks + self.blocks(depth + 1, 2)))
        if self.chance(0.3):
            kids.append(self.element("taskprerequisites", self.blocks(depth + 1, 2)))
        kids.append(self.procedure(depth + 1, cast))
        if self.chance(0.3):
            kids.append(self.element("taskrelated", self.blocks(depth + 1, 2)))
        self.titled = False
        return Element("task", kids, plain, axes)

    def use_when(self, cast):
        """When the procedure is used, sometimes written for some of those who take part."""
        made = Element("formalpara", [self.title(), Element("para", self.words())], {"role": "use-when"})
        if cast is not None and self.chance(0.5):
            made.axes[self.role.written] = join(self.rng, self.rng.sample(cast[1], 1))
        return made

    def able(self):
        return self.role.values + ["=" + v for v in self.role.values] + sorted(self.role.groups)

    def cast_task(self, plain, axes, able):
        actors = [self.rng.choice(able)]
        plain["v:lead"] = actors[0]
        if self.chance(0.6):
            actors += self.rng.sample(able, min(len(able), self.rng.randint(1, 3)))
            plain["v:with"] = join(self.rng, actors[1:])
        audience = list(actors)
        if self.chance(0.3):
            audience += self.rng.sample(able, 1)
            plain["v:informed"] = audience[-1]
        if self.chance(0.3):
            axes[self.role.written] = join(self.rng, audience + [one_token(self.rng, self.role)])
        return actors, audience

    # Parts of the book

    def file(self, element, folder):
        """Puts an element in a file of its own, sometimes."""
        if self.chance(0.5):
            self.files += 1
            element.path = os.path.join(folder, f"f{self.files}.xml")
        return element

    def section(self, depth, scope):
        made = self.element("section", (), self.density * 1.5, ident="section" if self.chance(0.6) else None)
        if self.chance(0.15):
            made.plain["role"] = self.rng.choice(["form", "guideline"])
            made.plain.setdefault("xml:id", self.ident("form"))
        self.fill(made, depth, self.scope_with(scope, made.axes))
        return self.file(made, "sections")

    def fill(self, made, depth, scope):
        """Gives a chapter or section its title and content."""
        made.kids = self.info()
        for _ in range(self.rng.choice([0, 1, 2, 3])):
            task = self.task(1, scope) if self.chance(0.3) else None
            made.kids.append(self.file(task, "procedures") if task else self.block(1))
        deeper = self.rng.choice([0, 1, 2]) if depth < 3 else 0
        if len(made.kids) == 1 and not deeper:
            made.kids.append(self.para())
        made.kids += [self.section(depth + 1, scope) for _ in range(deeper)]

    def chapter(self, name, scope):
        made = self.element(name, (), self.density * 1.5, ident=name)
        self.fill(made, 1, self.scope_with(scope, made.axes))
        return self.file(made, "chapters")

    def part(self, scope):
        made = self.element("part", (), self.density * 1.5, ident="part")
        scope = self.scope_with(scope, made.axes)
        made.kids = self.info()
        if self.chance(0.3):
            made.kids.append(self.element("partintro", self.blocks(1, 2)))
        made.kids += [self.chapter("chapter", scope) for _ in range(self.rng.randint(1, 2))]
        return self.file(made, "parts")

    def book(self):
        made = Element("book", (), {"version": "5.0"}, self.axis_attributes(0.15, generous=True), "book.xml")
        scope = self.scope_with(self.role.all_leaves() if self.role else frozenset(), made.axes)
        made.kids = self.info()
        if self.chance(0.2):
            made.kids.append(self.chapter("preface", scope))
        if self.chance(0.3):
            made.kids += [self.part(scope) for _ in range(self.rng.randint(1, 2))]
        else:
            made.kids += [self.chapter("chapter", scope) for _ in range(self.rng.randint(1, 3))]
        if self.chance(0.2):
            made.kids.append(self.chapter("appendix", scope))
        if self.chance(0.1):
            self.add_unclaimed(made)
        return made

    def add_unclaimed(self, book):
        """DocBook effectivity attributes that no axis claims select nothing."""
        free = [a for a in ("arch", "os", "vendor", "wordsize") if a not in [axis.written for axis in self.axes]]
        for element in book.walk():
            if free and element.name == "para" and self.chance(0.2):
                element.plain[self.rng.choice(free)] = "qwerty asdf"
