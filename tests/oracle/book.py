"""A DocBook source as a tree of nodes, XInclude resolved.

Invariant: a node's pieces are its text and its children in document order; comments and processing instructions are gone.
"""

import os
import xml.etree.ElementTree as ET

DB = "{http://docbook.org/ns/docbook}"
XI = "{http://www.w3.org/2001/XInclude}"
XML = "{http://www.w3.org/XML/1998/namespace}"


class Node:
    """One element. name is the local name; attributes have Clark names."""

    def __init__(self, element, parent, path):
        self.tag = element.tag
        self.name = element.tag.rpartition("}")[2]
        self.attributes = dict(element.attrib)
        self.parent = parent
        self.path = path  # the file it was written in
        self.pieces = []

    def children(self):
        return [piece for piece in self.pieces if isinstance(piece, Node)]

    def own_text(self):
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    def walk(self):
        """The node and all nodes below it, in document order."""
        yield self
        for child in self.children():
            yield from child.walk()

    def ancestors(self):
        """The parent, its parent, and so on."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def where(self):
        """A place for people: file, names from the root, id."""
        line = [self] + list(self.ancestors())
        names = "/".join(node.name for node in reversed(line))
        ident = self.attributes.get(XML + "id")
        return f"{self.path}: {names}" + (f" #{ident}" if ident else "")


def read_book(path):
    """The root node of a book."""
    return read_file(path, None)


def read_file(path, parent):
    return read_element(ET.parse(path).getroot(), parent, path)


def read_element(element, parent, path):
    node = Node(element, parent, path)
    if element.text:
        node.pieces.append(element.text)
    for child in element:
        if child.tag == XI + "include":
            target = os.path.normpath(os.path.join(os.path.dirname(path), child.get("href")))
            node.pieces.append(read_file(target, node))
        else:
            node.pieces.append(read_element(child, node, path))
        if child.tail:
            node.pieces.append(child.tail)
    return node
