"""A project's books as trees that a test may change and write back: all languages at once, included files and all.

Used by noninterference.py and leaks.py, with tests/oracle on the path.
Invariant: what is written without a change means what was read; only the spelling of the XML differs.
"""

import os
import shutil
import xml.etree.ElementTree as ET

import selection as oracle
from book import DB, XI, XML, Node
from axes import V, Fault

ET.register_namespace("", DB[1:-1])
ET.register_namespace("v", V[1:-1])
ET.register_namespace("xi", XI[1:-1])
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
ID = XML + "id"


class Masters:
    """The books of a project: languages, and for each the root node. Node.path is the file it stands in."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        model = oracle.Project(self.folder)
        if model.errors():
            raise Fault("project", str(model.errors()[0]))
        self.axes = model.axes
        self.axis = model.clearance
        self.handbooks = model.handbooks
        self.books = model.books

    def copy(self):
        """The same with trees of its own."""
        made = Masters.__new__(Masters)
        made.__dict__.update(self.__dict__)
        made.books = {lang: copy_node(book, None) for lang, book in self.books.items()}
        return made

    def lines(self):
        """The nodes that stand in the same place in all languages, as tuples in document order."""
        walks = [list(book.walk()) for book in self.books.values()]
        if len({tuple(node.tag for node in walk) for walk in walks}) != 1:
            raise ValueError("the languages differ in shape")
        return list(zip(*walks))

    def rank(self, node):
        """The effective rank: the highest of the node's own and its ancestors' classes."""
        ranks = [0]
        for each in [node] + list(node.ancestors()):
            if self.axis.attribute in each.attributes:
                ranks.append(self.axis.read(each.attributes[self.axis.attribute]))
        return max(ranks)

    def ranks(self):
        """{node: effective rank} of all nodes."""
        found = {}
        for book in self.books.values():
            for node in book.walk():
                own = node.attributes.get(self.axis.attribute)
                rank = self.axis.read(own) if own is not None else 0
                found[node] = max(rank, found.get(node.parent, 0))
        return found

    def write(self, folder):
        """Writes the whole project into a new folder: what is no part of a book is copied."""
        sources = {node.path for book in self.books.values() for node in book.walk()}
        shutil.copytree(self.folder, folder, ignore=lambda place, names: [
            name for name in names if os.path.join(place, name) in sources])
        for book in self.books.values():
            self.write_file(book, folder)

    def write_file(self, node, folder):
        path = os.path.join(folder, os.path.relpath(node.path, self.folder))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        ET.ElementTree(self.element(node, folder)).write(path, encoding="utf-8", xml_declaration=True)

    def element(self, node, folder):
        made = ET.Element(node.tag, node.attributes)
        last = None
        for piece in node.pieces:
            if isinstance(piece, str):
                if last is None:
                    made.text = (made.text or "") + piece
                else:
                    last.tail = (last.tail or "") + piece
                continue
            if piece.path == node.path:
                last = self.element(piece, folder)
            else:
                self.write_file(piece, folder)
                href = os.path.relpath(piece.path, os.path.dirname(node.path))
                last = ET.Element(XI + "include", {"href": href})
            made.append(last)
        return made


def copy_node(node, parent):
    made = Node.__new__(Node)
    made.tag, made.name, made.path = node.tag, node.name, node.path
    made.attributes = dict(node.attributes)
    made.parent = parent
    made.pieces = [copy_node(p, made) if isinstance(p, Node) else p for p in node.pieces]
    return made


def new_node(name, parent, pieces=(), attributes=None):
    made = Node.__new__(Node)
    made.tag, made.name, made.path = DB + name, name, parent.path
    made.attributes = dict(attributes or {})
    made.parent = parent
    made.pieces = list(pieces)
    for piece in made.pieces:
        if isinstance(piece, Node):
            piece.parent = made
    return made


def move_to_file(node, path):
    """Puts a node into a file of its own; what stood in the same file goes with it."""
    old = node.path
    for each in node.walk():
        if each.path == old:
            each.path = path


def all_text(node):
    """The words of a node and what is in it."""
    return "".join(all_text(p) if isinstance(p, Node) else p for p in node.pieces)
