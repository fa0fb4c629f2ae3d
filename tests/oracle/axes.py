"""Axes: the vocabulary of selection, and what a token stands for (DESIGN.md section 5).

Used by the oracle only. It is written for the eye, from the design alone, and shares nothing with the compiler.
Invariant: a set of leaves is a frozenset of value ids, for every value owns exactly one leaf, which bears its name.
"""

import re
import xml.etree.ElementTree as ET

AXES = "{urn:vademecum:axes:1}"
V = "{urn:vademecum:1}"


class Fault(Exception):
    """Something the author must correct; kind is a short fixed word, text is for people."""

    def __init__(self, kind, text):
        super().__init__(f"{kind}: {text}")
        self.kind = kind


def tokens(text):
    """Splits an attribute: tokens are separated by white space or `;`."""
    return [token for token in re.split(r"[ \t\r\n;]+", text) if token]


class Axis:
    """One axis: its values in document order, the parent of each, its groups and parties."""

    def __init__(self, ident, attribute, kind, clearance):
        self.id = ident
        self.attribute = attribute  # Clark name: {namespace}local or local
        self.kind = kind  # tree, set or ordered
        self.clearance = clearance  # True for the one ordered axis that is the clearance
        self.values = []  # ids in document order; on an ordered axis lowest first
        self.parent = {}  # value id: id of the value above it, or None
        self.security = {}  # value id: default clearance as written
        self.mark = {}  # value id: mark for labels
        self.labels = {}  # value id: {language: label}
        self.groups = {}  # group id: [value id]
        self.parties = []

    def all_leaves(self):
        return frozenset(self.values)

    def subtree(self, value):
        """The leaves a value stands for: its own and those of all values below it."""
        return frozenset(v for v in self.values if value in self.line_up(v))

    def line_up(self, value):
        """The value itself and every value above it."""
        line = []
        while value is not None:
            line.append(value)
            value = self.parent[value]
        return line

    def leaves(self, token):
        """The leaves of one token without `!`."""
        if token.startswith("="):
            if token[1:] not in self.values:
                raise Fault("undeclared", f"{token} on axis {self.id}")
            return frozenset([token[1:]])
        if token in self.values:
            return self.subtree(token)
        if token in self.groups:
            return frozenset().union(*(self.subtree(v) for v in self.groups[token]))
        raise Fault("undeclared", f"{token} on axis {self.id}")

    def read_set(self, text):
        """The leaves an attribute of a tree or set axis stands for, never empty."""
        words = tokens(text)
        if not words:
            raise Fault("empty-attribute", f"axis {self.id}")
        positive = [self.leaves(w) for w in words if not w.startswith("!")]
        negative = [self.leaves(w[1:]) for w in words if w.startswith("!")]
        result = frozenset().union(*positive) if positive else self.all_leaves()
        for taken in negative:
            result = result - taken
        if not result:
            raise Fault("empty-set", f"{text!r} on axis {self.id}")
        return result

    def read_rank(self, text):
        """The rank of the one token of an ordered axis; 0 is the lowest."""
        words = tokens(text)
        if not words:
            raise Fault("empty-attribute", f"axis {self.id}")
        if len(words) > 1:
            raise Fault("ordered", f"{text!r}: axis {self.id} takes one token")
        if words[0].startswith(("!", "=")):
            raise Fault("ordered", f"{text!r}: axis {self.id} takes no ! and no =")
        if words[0] not in self.values:
            raise Fault("undeclared", f"{words[0]} on axis {self.id}")
        return self.values.index(words[0])

    def read(self, text):
        return self.read_rank(text) if self.kind == "ordered" else self.read_set(text)

    def widest(self):
        """What the root's parent would have: everything, of the lowest class."""
        return 0 if self.kind == "ordered" else self.all_leaves()

    def narrow(self, parent, own):
        """A child's effective value from its parent's and its own."""
        return max(parent, own) if self.kind == "ordered" else parent & own


def attribute_name(written):
    """`v:x` in axes.xml means urn:vademecum:1; any other name has no namespace."""
    return V + written[2:] if written.startswith("v:") else written


def read_axes(path):
    """All axes of a project, in document order."""
    axes = [read_axis(element) for element in ET.parse(path).getroot().findall(AXES + "axis")]
    if sum(axis.clearance for axis in axes) > 1:
        raise Fault("axes", "two clearance axes")
    return axes


def read_axis(element):
    axis = Axis(
        element.get("id"),
        attribute_name(element.get("attribute")),
        element.get("kind"),
        element.get("clearance") == "yes",
    )
    if axis.kind == "ordered" and not axis.clearance:
        raise NotImplementedError("DESIGN.md does not say how an ordered axis that is no clearance selects")
    read_values(axis, element, None)
    for group in element.findall(AXES + "group"):
        axis.groups[group.get("id")] = tokens(group.get("values"))
    axis.parties = [party.get("id") for party in element.findall(AXES + "party")]
    for group in axis.groups.values():
        for value in group:
            if value not in axis.values:
                raise Fault("axes", f"group of undeclared value {value}")
    return axis


def read_values(axis, element, parent):
    for child in element.findall(AXES + "value"):
        value = child.get("id")
        axis.values.append(value)
        axis.parent[value] = parent
        axis.labels[value] = {
            label.get("{http://www.w3.org/XML/1998/namespace}lang"): label.text
            for label in child.findall(AXES + "label")
        }
        if child.get("security") is not None:
            axis.security[value] = child.get("security")
        if child.get("mark") is not None:
            axis.mark[value] = child.get("mark")
        read_values(axis, child, value)


def clearance_axis(axes):
    """The clearance axis, or None."""
    return next((axis for axis in axes if axis.clearance), None)


def role_axis(axes):
    """The tree axis named role, or None."""
    return next((axis for axis in axes if axis.id == "role" and axis.kind == "tree"), None)
