"""Selection: which words of which source reach which handbook (DESIGN.md sections 5 and 6), stated as plainly as possible.

Used by tests/property and by selftest.py. Speed is no concern, independence from the compiler is.
Invariant: a project with errors() selects nothing; nothing else here may be asked of it.
"""

import os
import re
import xml.etree.ElementTree as ET

import projection
from axes import V, Fault, clearance_axis, read_axes, role_axis, tokens
from book import XML, read_book
from handbooks import read_handbooks

PROJECT = "{urn:vademecum:project:1}"
CANARY = re.compile(r"qxv[a-z]{9}")

# Not content of their parent: a container left with nothing but these is an emptied shell.
HEADS = {"title", "subtitle", "titleabbrev", "info", "indexterm", "colspec", "spanspec"}
# Never an emptied shell, for what they hold is words.
WORDS = {"info", "para", "simpara", "title", "subtitle", "titleabbrev", "term", "phrase", "emphasis", "literal", "foreignphrase",
         "quote", "member", "programlisting", "literallayout", "remark", "bridgehead", "indexterm", "primary",
         "secondary", "keyword", "releaseinfo", "personname"}
# A cell left with nothing stays, for its place in the row; a row is told by its cells.
ROWS = {"row", "tr"}
CELLS = {"entry", "entrytbl", "td", "th"}
# Of info, only these are sure to be printed.
PRINTED_INFO = {"title", "subtitle", "abstract"}
PROCEDURE_ROLES = ("lead", "with", "informed")
OTHER_ROLES = ("partner", "actor", "standin", "to", "consult", "accountable")


class Error:
    """A finding; node is None if the fault is not in a book."""

    def __init__(self, kind, text, node=None):
        self.kind = kind
        self.text = text
        self.node = node

    def __str__(self):
        return f"{self.kind}: {self.text}" + (f" at {self.node.where()}" if self.node else "")


class Project:
    """A project folder read whole: axes, handbooks, a book per language."""

    def __init__(self, folder):
        root = ET.parse(os.path.join(folder, "vade.xml")).getroot()
        self.handbooks = []
        self.effective = {}  # node: {axis id: leaves or rank}
        self.found = []  # errors
        self.axes = read_axes(os.path.join(folder, root.find(PROJECT + "axes").get("href")))
        self.clearance = clearance_axis(self.axes)
        self.role = role_axis(self.axes)
        self.books = {}
        for source in root.findall(PROJECT + "source"):
            self.books[source.get(XML + "lang")] = read_book(os.path.join(folder, source.get("href")))
        try:
            self.handbooks = read_handbooks(os.path.join(folder, root.find(PROJECT + "handbooks").get("href")), self.axes)
        except Fault as fault:
            self.found.append(Error(fault.kind, str(fault)))
        for book in self.books.values():
            self.spread(book, {axis.id: axis.widest() for axis in self.axes})
            self.check_classes(book)
            self.check_roles(book)
            self.check_titles(book)
            self.check_cells(book)
        self.check_languages()

    def errors(self):
        """Everything that must stop a build by section 5 (and the audience rule of section 4)."""
        return self.found

    # Effective values

    def own(self, node, axis):
        """What a node says itself on an axis, or None. Raises Fault."""
        if axis.attribute in node.attributes:
            return axis.read(node.attributes[axis.attribute])
        if axis is self.role and node.name == "task":
            return self.default_audience(node)
        return None

    def default_audience(self, task):
        """lead, with and informed together; None if the task names nobody."""
        named = [self.named(task, key) for key in PROCEDURE_ROLES]
        union = frozenset().union(*named)
        return union or None

    def named(self, node, key):
        """The leaves of v:lead, v:with … (subtree, `=`, groups, no `!`)."""
        return frozenset().union(*(leaves for _, leaves in self.named_tokens(node, key)))

    def named_tokens(self, node, key):
        """(token, its leaves) for a role attribute; parties stand in v:to only and have none."""
        result = []
        for token in tokens(node.attributes.get(V + key, "")):
            if key == "to" and token in self.role.parties:
                continue
            result.append((token, self.role.leaves(token)))
        return result

    def spread(self, node, parent):
        """Computes the effective values of a node and of all below it."""
        mine = {}
        for axis in self.axes:
            mine[axis.id] = parent[axis.id]
            try:
                own = self.own(node, axis)
                if own is not None:
                    mine[axis.id] = axis.narrow(parent[axis.id], own)
            except Fault as fault:
                self.found.append(Error(fault.kind, str(fault), node))
        self.effective[node] = mine
        for child in node.children():
            self.spread(child, mine)

    def check_readers(self, task):
        """No narrower ancestor may silently take the task from one who is named in it."""
        for key in PROCEDURE_ROLES:
            for token, leaves in self.named_tokens(task, key):
                if not leaves & self.effective[task][self.role.id]:
                    self.found.append(Error("reader-dropped", f"v:{key} {token}", task))

    def check_roles(self, book):
        """Every role named anywhere is declared; then nobody named in a task is dropped."""
        if self.role is None:
            return
        for node in book.walk():
            try:
                for key in PROCEDURE_ROLES + OTHER_ROLES:
                    self.named_tokens(node, key)
                if node.name == "task":
                    self.check_readers(node)
                if node.name == "step" and V + "standin" in node.attributes:
                    self.check_standins(node)
            except Fault as fault:
                self.found.append(Error(fault.kind, str(fault), node))

    def check_titles(self, book):
        """Where two or more roles act, every step has a title with words, whoever may read it."""
        for node in book.walk():
            task = projection.task_of(node)
            if node.name == "step" and self.role and task and self.several_act(task) and not any(map(has_words, titles_of(node))):
                self.found.append(Error("title-missing", "step", node))

    def several_act(self, task):
        named = [(task, "lead"), (task, "with")]
        named += [(node, "actor") for node in task.walk() if node.name == "step" and projection.task_of(node) is task]
        return len({token for node, key in named for token in tokens(node.attributes.get(V + key, ""))}) > 1

    def check_standins(self, step):
        """A stand-in takes part already, stands in for somebody, and is none of those who act; a handbook of it has the step."""
        task = projection.task_of(step)
        actors = frozenset() if task is None else projection.leaves_of(self, projection.actors_of(step))
        if not actors:
            self.found.append(Error("standin-for-nobody", "v:standin", step))
            return
        for token, leaves in self.named_tokens(step, "standin"):
            if not leaves <= self.named(task, "lead") | self.named(task, "with"):
                self.found.append(Error("standin-outside", token, step))
            elif leaves & actors:
                self.found.append(Error("standin-acts", token, step))
            elif not any(leaves & h.values.get(self.role.id, frozenset()) and self.passes(step, h) for h in self.handbooks):
                self.found.append(Error("standin-of-no-handbook", token, step))

    def check_cells(self, book):
        """A cell above its row counts as never written: unless all cells of the row name their columns, the rest would slide.
        (Cells that reach down into other rows are not looked at: tests/golden does.)"""
        if self.clearance is None:
            return
        for node in book.walk():
            if node.name in ("entry", "entrytbl", "td", "th", "seg") and self.rank(node) > self.rank(node.parent):
                if not (node.parent.name == "row" and all(map(is_named, node.parent.children()))):
                    self.found.append(Error("cell-class", node.name, node))

    def rank(self, node):
        return self.effective[node][self.clearance.id]

    def check_classes(self, book):
        """A task, form or guideline has a class, own or inherited."""
        if self.clearance is None:
            return
        for node in book.walk():
            if is_procedural(node) and not self.has_class(node):
                self.found.append(Error("class-missing", node.name, node))

    def has_class(self, node):
        return any(self.clearance.attribute in n.attributes for n in [node] + list(node.ancestors()))

    def check_languages(self):
        """Axis and v: attributes are equal, token for token, on the same unit of every language."""
        books = list(self.books.values())
        for other in books[1:]:
            for one, two in zip(books[0].walk(), other.walk()):
                if one.tag != two.tag:
                    raise ValueError(f"the books differ in shape at {one.where()}")
                if self.compared(one) != self.compared(two):
                    self.found.append(Error("language", f"{self.compared(one)} is not {self.compared(two)}", one))

    def compared(self, node):
        ours = {axis.attribute for axis in self.axes}
        return {
            name: tokens(text)
            for name, text in node.attributes.items()
            if name in ours or name.startswith(V)
        }

    # Selection

    def passes(self, node, handbook):
        """All axes pass, on the node and on everything above it."""
        return all(self.passes_alone(n, handbook) for n in [node] + list(node.ancestors()))

    def may_read(self, node, handbook):
        return self.clearance is None or handbook.passes(self.clearance, self.effective[node][self.clearance.id])

    def passes_alone(self, node, handbook):
        return all(handbook.passes(axis, self.effective[node][axis.id]) for axis in self.axes)

    def why(self, node, handbook):
        """The first axis that stops a node, for messages."""
        for n in reversed([node] + list(node.ancestors())):
            for axis in self.axes:
                if not handbook.passes(axis, self.effective[n][axis.id]):
                    return f"stopped at {n.where()} by axis {axis.id}: {show(self.effective[n][axis.id])}"
        return "selected (unless an emptied shell)"

    def kept(self, book, handbook, heads_count):
        """The nodes a handbook shows, with what it shows directly under each: selected, of procedures what projection
        leaves, and no emptied shells.

        heads_count says whether a table's head without a body, a term without its item, or a remark counts as
        content. The design leaves that open, so the caller tries both.
        """
        kept = {}
        if self.passes_alone(book, handbook):
            self.keep(book, handbook, heads_count, kept)
        return kept

    def keep(self, node, handbook, heads_count, kept):
        """Adds node and what it shows to kept, unless it is an emptied shell; a book, shown at all, has a first page."""
        left = {}
        children = [child for child in projection.shown_children(self, handbook, node)
                    if self.keep(child, handbook, heads_count, left)]
        line = node.name == "step" and projection.share(self, handbook, node) == projection.LINE
        if node.name in ROWS:
            shell = self.is_empty_row(node, handbook, {child: left[child] for child in children})
        else:
            shell = is_shell(node, children, heads_count)
        if node.parent is not None and not line and shell:
            return False
        kept.update(left)
        kept[node] = children
        return True

    def is_blank(self, cell, handbook):
        """Was a cell blank for everybody of this clearance? What is above it counts as never written."""
        return not cell.own_text().strip() and not any(self.may_read(child, handbook) for child in cell.children())

    def is_empty_row(self, row, handbook, left):
        """A row goes if its cells were emptied; cells that were blank before prove nothing, but keep a row of blanks."""
        had = [cell for cell in row.children() if self.may_read(cell, handbook) and not self.is_blank(cell, handbook)]
        if any(inside or cell.own_text().strip() for cell, inside in left.items()):
            return False
        return bool(had) or not any(self.is_blank(cell, handbook) for cell in left)

    def canaries(self, handbook, lang):
        """(must, may): the canary words that must be in the handbook, and those that also may."""
        book = self.books[lang]
        texts = []
        for heads_count in (False, True):
            kept = self.kept(book, handbook, heads_count)
            printed, possible = set(), set()
            collect(book, kept, "printed", printed, possible)
            texts.append((printed, possible))
        must = texts[0][0] & texts[1][0]
        may = texts[0][0] | texts[1][0] | texts[0][1] | texts[1][1]
        return must, may - must

    def home(self, canary, lang):
        """The node that holds a canary word, or None."""
        for node in self.books[lang].walk():
            if canary in node.own_text() or any(canary in text for text in node.attributes.values()):
                return node
        return None


def show(effective):
    return effective if isinstance(effective, int) else "{" + " ".join(sorted(effective)) + "}"


def is_named(cell):
    """Does a cell name a column that there is?"""
    group = next(n for n in cell.ancestors() if n.name in ("tgroup", "entrytbl"))
    specs = {(child.name, child.attributes.get("colname") or child.attributes.get("spanname")) for child in group.children()
             if child.name in ("colspec", "spanspec")}
    names = [("colspec", "colname"), ("colspec", "namest"), ("spanspec", "spanname")]
    return any(key in cell.attributes and (kind, cell.attributes[key]) in specs for kind, key in names)


def titles_of(node):
    """Its title, or that in its info."""
    heads = node.children() + [each for child in node.children() if child.name == "info" for each in child.children()]
    return [each for each in heads if each.name == "title"]


def has_words(node):
    """Any words but those of notes, index terms and remarks?"""
    return bool(node.own_text().strip()) or any(
        has_words(child) for child in node.children() if child.name not in ("footnote", "indexterm", "remark"))


def is_procedural(node):
    return node.name == "task" or node.name == "section" and node.attributes.get("role") in ("form", "guideline")


def is_shell(node, left_children, heads_count):
    """Had content children, has none left. A cell, a paragraph, an inline and what has words of its own never is."""
    if node.name in WORDS | CELLS or node.own_text().strip():
        return False
    heads = set(HEADS)
    if not heads_count:
        heads.add("remark")
        if node.name == "tgroup":
            heads |= {"thead", "tfoot"}
        if node.name == "varlistentry":
            heads.add("term")
    if node.name == "step":  # must not vanish while its reader has its title
        heads -= {"title", "info"}
        if any(child.name in ("title", "info") for child in left_children):
            return False
    had = [child for child in node.children() if child.name not in HEADS]
    left = [child for child in left_children if child.name not in heads]
    return bool(had) and not left


def collect(node, kept, state, printed, possible):
    """Adds the canary words of what is kept; state is printed, possible or never."""
    if node not in kept:
        return
    state = text_state(node, state)
    if state == "never":
        return
    words = set(CANARY.findall(" ".join(p for p in node.pieces if isinstance(p, str))))
    (printed if state == "printed" else possible).update(words)
    for text in node.attributes.values():
        possible.update(CANARY.findall(text))
    for child in kept[node]:
        collect(child, kept, state, printed, possible)


def text_state(node, state):
    if node.name == "remark":
        return "never"
    if node.name in ("indexterm", "titleabbrev"):
        return "possible"
    if node.parent is not None and node.parent.name == "info" and node.name not in PRINTED_INFO:
        return "possible"
    return state
