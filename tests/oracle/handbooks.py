"""Handbooks: who the readers are, `each` unrolled (DESIGN.md section 5, end).

Invariant: a handbook names only declared values and is not above its shelf.
"""

import re
import xml.etree.ElementTree as ET

from axes import Fault, clearance_axis, tokens

HANDBOOKS = "{urn:vademecum:handbooks:1}"


class Handbook:
    """A reader: on each axis a set of leaves (none given = no entry), and one clearance."""

    def __init__(self, ident, shelf, clearance):
        self.id = ident
        self.shelf = shelf
        self.clearance = clearance  # rank; 0 if the project has no clearance axis
        self.values = {}  # axis id: frozenset of leaves
        self.projection = "brief"  # or own, full

    def passes(self, axis, effective):
        """Does a node with this effective value on this axis reach the handbook?"""
        if axis.clearance:
            return effective <= self.clearance
        if axis.id in self.values:
            return bool(effective & self.values[axis.id])
        return bool(effective)


def read_handbooks(path, axes):
    """All handbooks of all shelves, in document order. Raises Fault."""
    handbooks = []
    for shelf in ET.parse(path).getroot().findall(HANDBOOKS + "shelf"):
        cap = read_clearance(shelf.get("security"), axes)
        for element in shelf:
            if element.tag == HANDBOOKS + "handbook":
                made = [read_handbook(element, shelf.get("id"), axes)]
            elif element.tag == HANDBOOKS + "each":
                made = read_each(element, shelf.get("id"), axes)
            else:
                made = []
            for handbook in made:
                if handbook.clearance > cap:
                    raise Fault("above-shelf", f"{handbook.id} on {handbook.shelf}")
            handbooks += made
    check_ids(handbooks)
    return handbooks


def read_clearance(text, axes):
    """The rank of a class by name; the lowest if there is none."""
    axis = clearance_axis(axes)
    if axis is None or text is None:
        return 0
    return axis.read_rank(text)


def axis_named(axes, ident):
    for axis in axes:
        if axis.id == ident:
            return axis
    raise Fault("undeclared", f"axis {ident}")


def read_handbook(element, shelf, axes):
    handbook = Handbook(element.get("id"), shelf, read_clearance(element.get("security"), axes))
    for values in element.findall(HANDBOOKS + "values"):
        axis = axis_named(axes, values.get("axis"))
        handbook.values[axis.id] = axis.read_set(values.text or "")
    handbook.projection = element.get("projection", "brief")
    return handbook


def read_each(element, shelf, axes):
    axis = axis_named(axes, element.get("axis"))
    chosen = list(axis.values)
    for name in ("only", "except"):
        named = tokens(element.get(name) or "")
        for value in named:
            if value not in axis.values:
                raise Fault("undeclared", f"{name} {value} on axis {axis.id}")
        if element.get(name) is not None:
            chosen = [v for v in chosen if (v in named) == (name == "only")]
    return [one_of_each(element, shelf, axes, axis, value) for value in chosen]


def one_of_each(element, shelf, axes, axis, value):
    security = element.get("security")
    if security == "@":
        security = axis.security.get(value)
    handbook = Handbook(element.get("id", "@").replace("@", value), shelf, read_clearance(security, axes))
    handbook.projection = element.get("projection", "brief")
    below = element.get("subtree") == "yes"
    handbook.values[axis.id] = axis.leaves(value) if below else axis.leaves("=" + value)
    return handbook


def check_ids(handbooks):
    seen = set()
    for handbook in handbooks:
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", handbook.id):
            raise Fault("handbook-id", handbook.id)
        if handbook.id in seen:
            raise Fault("handbook-id", f"{handbook.id} twice")
        seen.add(handbook.id)
