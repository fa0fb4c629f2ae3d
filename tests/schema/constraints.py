"""Breaks every constraint of every settings schema once, and reads the message.

usage: python3 tests/schema/constraints.py [--list] [--keep DIR] [--only WORD]
The constraints are read from schemas/*.rng: an element or attribute that must stand there, or may stand there once; a value,
a data type and each of its facets; an order; a choice; and of every element that no other attribute, element or text stands in
it, under no other name and in no other namespace. Each is loosened in a copy of the schema, alone. The project in
tests/schema/settings, which uses all that the schemas have, is changed in every way at every place; of what the schema refuses
and the loosened one takes, one change breaks that constraint and no other. A constraint that no change breaks fails the test.
Then `vade check` must refuse the changed project with status 1 and one message: at the element concerned, by its name.
--list prints each constraint with its message; --keep DIR keeps the changed files; --only takes what has WORD in its name.
Last line: N passed, N failed. Needs the program and build/release/tests/schema/validate.
"""

import argparse
import collections
import concurrent.futures
import copy
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import xml.dom.minidom as dom
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
VADE = os.path.abspath(os.environ.get("VADE", os.path.join(ROOT, "build/vade")))
VALIDATE = os.path.join(ROOT, "build/release/tests/schema/validate")
RNG = "{http://relaxng.org/ns/structure/1.0}"
OTHER = "urn:other"
# A settings file, its schema, and how it is read.
FILES = [("vade.xml", "project", []), ("axes.xml", "axes", []), ("handbooks.xml", "handbooks", []),
         ("agency/agency.xml", "agency", ["--agency", "agency"]), ("agency/local.xml", "agency", ["--agency", "agency"])]
# What may be wrong about a value: whichever facet a schema has, one of these breaks it alone.
VALUES = ["", "unknown", "UPPER", "-", "?", "a b", "a b c", "a; b", "é", "a" * 40, "a" * 60, "a" * 101, "a" * 400, "a.html", "2026-02-30", "2026-01-02Z",
          "31/12/2026", "0", "100", "-1", "1.5", "/a", "a:b", "\\a", "ftp://a/", "https://a/b c", "https://a/" + "b" * 300, "a%zz", "en_GB", "1a", "@", "a@b@c",
          "html html-unknown", "x:y", "en" + "-abcdefgh" * 12, "v:a:b", "V1 ;", "http://[", "html", "yes", "no", "set", "tree", "ordered", "%"]


def tag(node):
    return node.tag[len(RNG):] if isinstance(node.tag, str) else ""


# --- the schema ---

class Schema:
    def __init__(self, name):
        self.name = name
        self.root = ET.parse(os.path.join(ROOT, "schemas", name + ".rng")).getroot()
        for node in self.root.iter():  # prefixes are lost when it is written anew
            if node.get("name", "").startswith("v:"):
                node.attrib.update(name=node.get("name")[2:], ns="urn:vademecum:1")
        self.defines = {d.get("name"): d for d in self.root.iter(RNG + "define")}
        self.nodes = list(self.root.iter())
        self.parents = {c: p for p in self.nodes for c in p}

    def has(self, node, wanted, stop=("element", "attribute"), seen=()):
        """Has the pattern one of these tags, not inside an element or attribute of its own?"""
        if tag(node) in wanted:
            return True
        if tag(node) == "ref":
            define = self.defines[node.get("name")]
            return node.get("name") not in seen and self.has(define, wanted, stop, (*seen, node.get("name")))
        return tag(node) not in stop and any(self.has(c, wanted, stop, seen) for c in node)

    def inside(self, element, wanted):
        return any(self.has(child, wanted) for child in element)

    def is_free(self, element):
        """Takes attributes of any name."""
        return self.inside(element, ("anyAttribute",)) or any(
            a.find(RNG + "anyName") is not None for a in self.attributes(element))

    def attributes(self, node, seen=()):
        for child in node:
            if tag(child) == "attribute":
                yield child
            elif tag(child) == "ref" and child.get("name") not in seen:
                yield from self.attributes(self.defines[child.get("name")], (*seen, child.get("name")))
            elif tag(child) != "element":
                yield from self.attributes(child, seen)

    def is_optional(self, node):
        return tag(self.parents[node]) in ("optional", "zeroOrMore", "choice")

    def is_repeated(self, node):
        """May it stand again, here or as a part of what follows?"""
        siblings = [n for n in self.parents[node] if n is not node]
        if any(n.get("name") == node.get("name") for s in siblings if tag(s) != "attribute" for n in s.iter(node.tag)):
            return True
        while tag(node) not in ("define", "start"):
            node = self.parents[node]
            if tag(node) in ("zeroOrMore", "oneOrMore"):
                return True
            if tag(node) == "element":
                return False
        return tag(node) == "start"

    def is_group(self, node):
        """A name for several attributes or elements, each a particle of its own."""
        define = self.defines.get(node.get("name")) if tag(node) == "ref" else None
        return define is not None and (len(define) > 1 or tag(define[0]) not in ("element", "attribute", "choice"))

    def where(self, node):
        """The names around it: project/edition/@date."""
        names = []
        while node in self.parents:
            name = node.get("name") or ("*" if tag(node) in ("element", "attribute") else "")
            if tag(node) in ("element", "attribute", "define"):
                names.insert(0, {"element": "", "attribute": "@", "define": "="}[tag(node)] + name)
            node = self.parents[node]
        return "/".join(names)

    def constraints(self):
        """(kind, name, index of the node) of each."""
        for at, node in enumerate(self.nodes):
            for kind, what in self.of_node(node):
                yield kind, f"{self.where(node)}{what}", at

    def of_node(self, node):
        kind, parent = tag(node), self.parents.get(node)
        if kind == "element" and node.get("name"):
            yield "name", ""
            yield "namespace", ""
            if not self.is_free(node):
                yield "no attribute", ""
            yield "no element", ""
            if not self.inside(node, ("text",)):
                yield "no text", ""
        if kind in ("element", "attribute", "ref", "choice", "oneOrMore") and tag(parent) not in ("start", "list"):
            yield from self.of_particle(node, parent)
        if kind in ("element", "group", "define") and sum(self.has(c, ("element",)) for c in node) > 1 \
                and not any(self.has(c, ("element",)) and self.has(c, ("attribute",)) for c in node):
            yield "order", ""
        if kind == "choice" and self.inside(node, ("attribute",)) and not self.has(node, ("element",)) \
                and all(self.has(c, ("attribute",)) for c in node):
            yield "not both", ""
        if kind == "data":
            yield from self.of_data(node)
        if kind == "list":
            yield "list", ""
        if kind == "choice" and all(tag(c) == "value" for c in node):
            yield "values", ""
        if kind == "value" and tag(parent) == "attribute":
            yield "values", ""

    def of_particle(self, node, parent):
        name = " " + (node.get("name") or self.names_in(node))
        has_element, has_attribute = self.has(node, ("element",)), self.has(node, ("attribute",))
        is_definition = tag(parent) == "define" and len(parent) == 1 or tag(parent) == "attribute"
        if is_definition or self.is_group(node) or not (has_element or has_attribute):
            return
        if not self.is_optional(node) and tag(node) != "oneOrMore" and tag(parent) != "oneOrMore":
            yield "required", name
        if tag(node) == "oneOrMore":
            yield "at least one", name
        if has_element and not has_attribute and not self.is_repeated(node) and tag(node) in ("element", "ref"):
            yield "once", name

    def names_in(self, node):
        return "|".join(n.get("name") for n in node.iter() if n.get("name"))

    def of_data(self, node):
        for at, param in enumerate(node.findall(RNG + "param")):
            yield "facet", f" {param.get('name')} {at}"
        if node.get("type") not in ("token", "string"):
            yield "type", " " + node.get("type")
        if node.find(RNG + "except") is not None:
            yield "except", ""

    # --- loosened ---

    def loosened(self, kind, name, at):
        root = copy.deepcopy(self.root)
        nodes = list(root.iter())
        parents = {c: p for p in nodes for c in p}
        node = nodes[at]
        getattr(self, "loosen_" + kind.replace(" ", "_"))(node, parents.get(node), name)
        return root

    @staticmethod
    def wrap(node, parent, name):
        around = ET.Element(RNG + name)
        parent[list(parent).index(node)] = around
        around.append(node)
        return around

    @staticmethod
    def wrap_inside(node, name):
        around = ET.Element(RNG + name)
        around.extend(list(node))
        for child in list(node):
            node.remove(child)
        node.append(around)
        return around

    def loosen_name(self, node, _parent, _name, other="unknown", ns=None):
        names = ET.Element(RNG + "choice")
        for local, uri in ((node.attrib.pop("name"), self.root.get("ns")), (other, ns or self.root.get("ns"))):
            ET.SubElement(names, RNG + "name", {"ns": uri}).text = local
        node.insert(0, names)

    def loosen_namespace(self, node, parent, name):
        self.loosen_name(node, parent, name, node.get("name"), OTHER)

    def loosen_no_attribute(self, node, _parent, _name):
        optional = ET.SubElement(node, RNG + "optional")
        ET.SubElement(optional, RNG + "attribute", {"name": "unknown", "ns": ""})

    def loosen_no_element(self, node, _parent, _name):
        inner = self.wrap_inside(node, "group")
        node.remove(inner)
        both = ET.SubElement(node, RNG + "interleave")
        both.append(inner)
        many = ET.SubElement(both, RNG + "zeroOrMore")
        ET.SubElement(ET.SubElement(many, RNG + "element", {"name": "unknown", "ns": self.root.get("ns")}), RNG + "empty")
        if len(inner) == 0:
            inner.append(ET.Element(RNG + "empty"))

    def loosen_no_text(self, node, _parent, _name):
        self.wrap_inside(node, "mixed")

    def loosen_required(self, node, parent, _name):
        self.wrap(node, parent, "optional")

    def loosen_at_least_one(self, node, _parent, _name):
        node.tag = RNG + "zeroOrMore"

    def loosen_once(self, node, parent, _name):
        self.wrap(node, parent, "oneOrMore")

    def loosen_order(self, node, _parent, _name):
        """Any of them, as often as it likes: a change of order keeps the numbers. Interleaving allows no name in two of its parts."""
        many = ET.Element(RNG + "zeroOrMore")
        any_of = ET.SubElement(many, RNG + "choice")
        for child in list(node):
            if self.has(child, ("element",)):
                node.remove(child)
                any_of.append(child)
        node.append(many)

    def loosen_not_both(self, node, _parent, _name):
        node.tag = RNG + "group"
        for child in list(node):
            self.wrap(child, node, "optional")

    def loosen_facet(self, node, _parent, name):
        node.remove(node.findall(RNG + "param")[int(name.split()[-1])])

    def loosen_type(self, node, _parent, _name):
        for param in node.findall(RNG + "param"):
            if param.get("name") != "pattern":
                node.remove(param)
        node.set("type", "string")

    def loosen_except(self, node, _parent, _name):
        node.remove(node.find(RNG + "except"))

    def loosen_list(self, node, parent, _name):
        parent[list(parent).index(node)] = ET.Element(RNG + "data", {"type": "token"})

    loosen_values = loosen_list


# --- changes of a document ---

Change = collections.namedtuple("Change", "kind text lines names")
# The kinds of change that can break a kind of constraint.
BREAKS = {"name": ["rename"], "namespace": ["namespace"], "no attribute": ["attribute"], "no element": ["element"], "no text": ["text"],
          "required": ["remove", "remove attribute", "empty"], "at least one": ["remove", "empty"], "once": ["double"], "order": ["swap", "swap far"],
          "not both": ["both"], "facet": ["value"], "type": ["value"], "except": ["value"], "list": ["value"], "values": ["value"]}


class Writer:
    """Writes a document with every tag on a line of its own, and knows the lines."""

    def __init__(self, document):
        self.lines, self.of = [], {}
        self.write(document.documentElement)
        self.text = "\n".join(self.lines) + "\n"

    def write(self, element):
        attributes = "".join(f' {name}="{self.escape(value)}"' for name, value in element.attributes.items())
        end = ">" if element.childNodes else "/>"
        self.lines.append(f"<{element.tagName}{attributes}{end}")
        first = len(self.lines)
        for child in element.childNodes:
            if child.nodeType == 1:
                self.write(child)
            elif child.data.strip():
                self.lines.append(self.escape(child.data.strip()))
        if element.childNodes:
            self.lines.append(f"</{element.tagName}>")
        self.of[element] = (first, len(self.lines))

    @staticmethod
    def escape(text):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


class Changes:
    """Every change of a kind at every place; the document is put right again after each."""

    def __init__(self, path):
        self.document = dom.parse(path)
        for node in list(self.walk(self.document)):
            if node.nodeType == 3 and not node.data.strip():
                node.parentNode.removeChild(node)
        self.elements = [n for n in self.walk(self.document) if n.nodeType == 1]
        self.root = self.document.documentElement

    def walk(self, node):
        for child in list(node.childNodes):
            yield child
            yield from self.walk(child)

    def make(self, kind, concerned, *names):
        """The change that the document has now: where a message may stand, and one of which names it must say."""
        writer = Writer(self.document)
        lines = {line for node in concerned for line in (writer.of.get(node) or ())}
        return Change(kind, writer.text, lines, names)

    def all(self):
        for element in self.elements:
            yield from self.of_attributes(element)
            yield from self.of_content(element)
            if element is not self.root:
                yield from self.of_place(element)
            yield from self.of_name(element)

    def of_attributes(self, element):
        element.setAttribute("unknown", "x")
        yield self.make("attribute", [element], "unknown")
        element.removeAttribute("unknown")
        for name, value in list(element.attributes.items()):
            if name.startswith("xmlns"):
                continue
            element.removeAttribute(name)
            yield self.make("remove attribute", [element], name)
            for other in VALUES:
                element.setAttribute(name, other)
                yield self.make("value", [element], name)
            element.setAttribute(name, value)
        has = {name: value for name, value in element.attributes.items() if not name.startswith("xmlns")}
        children = list(element.childNodes)
        for name in has:
            element.removeAttribute(name)
        for child in children:
            element.removeChild(child)
        yield self.make("empty", [element], *has, *(c.tagName for c in children if c.nodeType == 1))
        for child in children:
            element.appendChild(child)
        for name, value in has.items():
            element.setAttribute(name, value)
        for other in self.elements:
            for name, value in other.attributes.items() if other.tagName == element.tagName else ():
                if name not in has and not name.startswith("xmlns"):
                    element.setAttribute(name, value)
                    yield self.make("both", [element], *has, name)
                    element.removeAttribute(name)

    def of_content(self, element):
        for at in {0, len(element.childNodes)}:
            before = element.childNodes[at] if at < len(element.childNodes) else None
            made = self.document.createElementNS(element.namespaceURI, (element.prefix + ":" if element.prefix else "") + "unknown")
            element.insertBefore(made, before)
            yield self.make("element", [made], "unknown")
            element.removeChild(made)
            made = self.document.createTextNode("words")
            element.insertBefore(made, before)
            change = self.make("text", [element], element.tagName)
            # The words stand on a line of their own.
            lines = {i + 1 for i, line in enumerate(change.text.split("\n")) if line == "words"}
            yield change._replace(lines=lines)
            element.removeChild(made)

    def of_place(self, element):
        parent, after = element.parentNode, element.nextSibling
        parent.removeChild(element)
        yield self.make("remove", [parent, *parent.childNodes], element.tagName, *(["content"] if element.prefix else []))
        likes = [n for n in parent.childNodes if n.nodeType == 1 and n.tagName == element.tagName]
        if likes:  # all of one name
            places = [(n, n.nextSibling) for n in likes]
            for node in likes:
                parent.removeChild(node)
            yield self.make("remove", [parent, *parent.childNodes], element.tagName, *(["content"] if element.prefix else []))
            for node, place in reversed(places):
                parent.insertBefore(node, place)
        parent.insertBefore(element, after)
        twin = element.cloneNode(True)
        parent.insertBefore(twin, element)
        yield self.make("double", [element, twin], element.tagName)
        parent.removeChild(twin)
        for other in [n for n in parent.childNodes if n.nodeType == 1 and n is not element]:
            place = element.nextSibling
            if other is place or other is element.previousSibling:
                continue
            parent.insertBefore(element, other)
            yield self.make("swap far", parent.childNodes, *{n.tagName for n in parent.childNodes})
            parent.insertBefore(element, place)
        if after is not None and after.nodeType == 1:
            parent.insertBefore(after, element)
            yield self.make("swap", parent.childNodes, element.tagName, after.tagName)
            parent.insertBefore(element, after)

    def of_name(self, element):
        name = element.tagName
        element.tagName = name.replace(element.localName, "unknown")
        yield self.make("rename", [element], "unknown", *([name] if element is self.root else []))
        element.tagName = name
        children = [n for n in element.childNodes if n.nodeType == 1]
        attribute = "xmlns:" + element.prefix if element.prefix else "xmlns"
        was = {n: n.getAttribute(attribute) for n in [element, *children]}
        for child in children:
            child.setAttribute(attribute, was[child] or child.namespaceURI)
        element.setAttribute(attribute, OTHER)
        yield self.make("namespace", [element], name)
        for node, value in was.items():
            if value:
                node.setAttribute(attribute, value)
            else:
                node.removeAttribute(attribute)


# --- what our validator says of many ---

def refused(schema, paths, what=""):
    run = subprocess.run([VALIDATE, schema], input="\n".join(paths) + "\n", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"{schema}: {what}: validate ended by {run.returncode}: {run.stderr}")
    return {line.split("\t")[0] for line in run.stdout.splitlines()}


Broken = collections.namedtuple("Broken", "file options constraint path change")


def break_all(work, only):
    """A change for each constraint; and the names of those that none breaks."""
    constraints, found = {}, {}
    for file, name, options in FILES:
        schema = constraints.setdefault(name, (Schema(name), {}))[0]
        folder = os.path.join(work, os.path.basename(file))
        os.makedirs(folder)
        changes = {}
        for number, change in enumerate(Changes(os.path.join(HERE, "settings", file)).all()):
            path = os.path.join(folder, f"{number}.xml")
            with open(path, "w", encoding="utf-8") as out:
                out.write(change.text)
            changes[path] = change
        bad = refused(os.path.join(ROOT, "schemas", name + ".rng"), list(changes))
        for constraint in schema.constraints():
            key = (name, *constraint)
            if only and only not in " ".join(map(str, key)) or found.get(key):
                continue
            tried = [p for p in changes if p in bad and changes[p].kind in BREAKS[constraint[0]]]
            loose = os.path.join(work, "loosened.rng")
            ET.ElementTree(schema.loosened(*constraint)).write(loose)
            still = refused(loose, tried, key) if tried else set()
            taken = next((p for p in tried if p not in still), None)
            found[key] = Broken(file, options, key, taken, changes[taken]) if taken else None
    return found


# --- what is said ---

def run_vade(work, broken):
    folder = os.path.join(work, f"project-{threading.get_ident()}")
    if not os.path.exists(folder):
        shutil.copytree(os.path.join(HERE, "settings"), folder)
    shutil.copy(broken.path, os.path.join(folder, broken.file))
    run = subprocess.run([VADE, "-C", folder, "check", "--ui-lang", "en", "--color", "never", *broken.options], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, check=False, timeout=20)
    shutil.copy(os.path.join(HERE, "settings", broken.file), os.path.join(folder, broken.file))
    return run.returncode, run.stdout


def faults(broken, status, said):
    """What is wrong with the answer, in words."""
    errors = [line for line in said.splitlines() if ": error: " in line]
    if status != 1:
        yield f"exit status {status}"
    # What takes the place of another is told, and that the other lacks.
    if not errors or len(errors) > 2 and broken.change.kind != "empty" or any(not e.startswith(broken.file) for e in errors):
        yield f"{len(errors)} errors"
    # A cure is in words, not in the language of patterns.
    if re.search(r"help: it can be: .*[\[\\]", said):
        yield f"a pattern for a cure: {said.split('help: ')[1].splitlines()[0]}"
    for line in errors[:1]:
        place = re.match(r"(.*?):(\d+):(\d+): error: (.*)", line)
        if not place or not broken.file.endswith(os.path.basename(place[1])):
            yield "no place in the file"
        elif int(place[2]) not in broken.change.lines:
            yield f"line {place[2]}, not of {sorted(broken.change.lines)}"
        elif not any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", place[4]) for name in broken.change.names):
            yield f"names none of {' '.join(broken.change.names)}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--keep")
    parser.add_argument("--only")
    arguments = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        work = os.path.abspath(arguments.keep or scratch)
        found = break_all(work, arguments.only)
        answers, runs = {}, {b.path: b for b in found.values() if b}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = {p: pool.submit(run_vade, work, b) for p, b in runs.items()}
        answers = {p: job.result() for p, job in jobs.items()}
    counts = collections.Counter()
    for key, broken in found.items():
        name = " ".join(map(str, key[:3]))
        wrong = ["no change breaks it"] if broken is None else list(faults(broken, *answers[broken.path]))
        passed, failed = passed + (not wrong), failed + bool(wrong)
        counts[key[0]] += 1
        if wrong or arguments.list:
            said = answers[broken.path][1].splitlines()[:1] if broken else ""
            print(f"{'FAILED' if wrong else 'ok'} {name}: {', '.join(wrong)} {''.join(said)}")
    print("constraints: " + ", ".join(f"{n} of {name}.rng" for name, n in counts.items()) + f"; broken by {len(runs)} changes")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
