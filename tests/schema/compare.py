"""Compares what our RELAX NG validator says of changed DocBook with what jing says.

usage: python3 tests/schema/compare.py [--seed N] [--mutations N] [--libxml2] [--keep DIR] [--show N]
Takes valid documents: those of tests/schema/documents, files of manual/, and an instance of every element of DocBook 5.0's
schema (../property/instances.py); changes each at random (delete, insert, rename, swap, move, double, unwrap, text, a bad
attribute, a bad value; one in five in three places); has jing read all in one JVM and tests/schema/validate.c in one process; and compares the verdict, the
line and the name of the first error, and how many there are. --libxml2 sets libxml2's validator beside jing, for its figures.
--keep DIR keeps the documents. --show N prints N differences. Change i has the seed N + i. Last line: N passed, N failed; it
fails if a verdict differs, if fewer first lines than 99 in 100 or fewer names than 98 in 100 agree, or if ours says more
often than jing in any document. Needs jing; libxml2 is as the program is built.
"""

import argparse
import collections
import glob
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.dom.minidom as dom
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(HERE, "..", "property"))
from complete import RNG_FILE, make_chunks  # noqa: E402
from instances import Schema  # noqa: E402

RNG = os.path.join(ROOT, "schemas/manual.rng")
VALIDATE = os.path.join(ROOT, "build/release/tests/schema/validate")
HEAD = ('<book xmlns="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" xmlns:xlink="http://www.w3.org/1999/xlink"\n'
        '  version="5.0" xml:lang="en">\n<title>Book</title>\n')
DB = "http://docbook.org/ns/docbook"
V = "urn:vademecum:1"
# What people write who know other languages, and what only looks like DocBook.
FOREIGN = ["b", "strong", "p", "ul", "ol", "li", "a", "img", "h1", "div", "span", "topic", "paragraph", "Para", "sectoin", "v:step"]
ATTRIBUTES = ["href", "class", "id", "actor", "style", "title", "xml:idd", "v:acter", "xlink:hreff", "role", "audience", "security",
              "v:actor", "v:to", "linkend", "xlink:href", "colname", "performance", "numeration", "revisionflag"]
VALUES = ["", "a b", "1", "-1", "yes", "31/12/2026", "2026-02-30", "res int", "ñ", "x&y", "http://a b/", "optional", "-", "5.0", "#x"]


# --- documents ---

def instances():
    """Books of one chunk each, in which every element of the schema stands."""
    schema = Schema(RNG_FILE)
    for seed in range(48):
        rng = random.Random(seed)
        for name, chunk in make_chunks(schema, rng, seed, set()):
            text = ET.tostring(chunk, encoding="unicode").strip()
            if len(text) < 20000:
                yield f"instance-{seed}-{name}", HEAD + text + "\n</book>\n"


def documents():
    found = []
    for path in sorted(glob.glob(os.path.join(HERE, "documents/*.xml"))):
        found += [(os.path.basename(path)[:-4], path)] * 12
    manual = sorted(glob.glob(os.path.join(ROOT, "manual/en/**/*.xml"), recursive=True))
    found += [(os.path.basename(p)[:-4], p) for p in manual if os.path.getsize(p) < 30000 and "notices" not in p]
    texts = [(name, open(path, encoding="utf-8").read()) for name, path in found]
    # jing follows an XInclude, from where the document was copied to.
    return [(name, text) for name, text in texts if "xi:include" not in text] + list(instances())


# --- changes ---

class Changer:
    """Changes one document once; every method says whether it could."""

    def __init__(self, rng, document, names):
        self.rng, self.document, self.names = rng, document, names
        self.elements = [e for e in document.getElementsByTagName("*")]
        self.inner = self.elements[1:] or self.elements

    def make(self):
        name = self.rng.choice(FOREIGN) if self.rng.random() < 0.3 else self.rng.choice(self.names)
        made = self.document.createElementNS(V if name.startswith("v:") else DB, name)
        if self.rng.random() < 0.6:
            made.appendChild(self.document.createTextNode("new words"))
        return made

    def put(self, made):
        """Somewhere among the children of somewhere."""
        into = self.rng.choice(self.elements)
        into.insertBefore(made, self.rng.choice(list(into.childNodes) + [None]))

    def delete(self):
        element = self.rng.choice(self.inner)
        element.parentNode.removeChild(element)

    def insert(self):
        self.put(self.make())

    def rename(self):
        element = self.rng.choice(self.inner)
        near = self.rng.random() < 0.3
        name = element.tagName + "s" if near else self.make().tagName
        element.tagName = element.nodeName = name

    def swap(self):
        parents = [e for e in self.elements if len([c for c in e.childNodes if c.nodeType == 1]) > 1]
        if not parents:
            return False
        parent = self.rng.choice(parents)
        one, other = self.rng.sample([c for c in parent.childNodes if c.nodeType == 1], 2)
        mark = self.document.createTextNode("")
        parent.replaceChild(mark, one)
        parent.replaceChild(one, other)
        parent.replaceChild(other, mark)

    def move(self):
        element = self.rng.choice(self.inner)
        element.parentNode.removeChild(element)
        inside = set(map(id, element.getElementsByTagName("*"))) | {id(element)}
        self.elements = [e for e in self.elements if id(e) not in inside]
        if not self.elements:
            return False
        self.put(element)

    def double(self):
        element = self.rng.choice(self.inner)
        if element is self.document.documentElement:
            return False
        element.parentNode.insertBefore(element.cloneNode(True), element)

    def unwrap(self):
        element = self.rng.choice(self.inner)
        if element is self.document.documentElement:
            return False
        for child in list(element.childNodes):
            element.parentNode.insertBefore(child, element)
        element.parentNode.removeChild(element)

    def text(self):
        self.put(self.document.createTextNode(" loose words "))

    def bad_attribute(self):
        name = self.rng.choice(ATTRIBUTES)
        if name.startswith("xml:"):
            self.rng.choice(self.elements).setAttribute(name, "x")
            return
        self.rng.choice(self.elements).setAttribute(name, self.rng.choice(["x", "one two", "1"]))

    def bad_value(self):
        able = [(e, a) for e in self.elements for a in e.attributes.keys() if not a.startswith("xmlns")]
        if not able:
            return False
        element, name = self.rng.choice(able)
        if self.rng.random() < 0.25:
            element.removeAttribute(name)
        else:
            element.setAttribute(name, self.rng.choice(VALUES))


KINDS = ["delete", "insert", "rename", "swap", "move", "double", "unwrap", "text", "bad_attribute", "bad_value"]


def change(seed, texts, names):
    """(kind, name, text) of a changed document."""
    rng = random.Random(seed)
    while True:
        name, text = rng.choice(texts)
        kind = KINDS[seed % len(KINDS)]
        document = dom.parseString(text.encode())
        root = document.documentElement
        for prefix, uri in (("v", V), ("xlink", "http://www.w3.org/1999/xlink")):
            if not root.hasAttribute("xmlns:" + prefix):
                root.setAttribute("xmlns:" + prefix, uri)
        kinds = [kind] + [rng.choice(KINDS) for _ in range(2 if seed % 50 < 10 else 0)]
        if any(getattr(Changer(rng, document, names), k)() is False or document.documentElement is None for k in kinds):
            continue
        return kind, name, "\n".join(node.toxml() for node in document.childNodes) + "\n"


# --- what is said ---

MESSAGES = [  # of jing, and what we call them
    (re.compile(r'element "([^"]*)" incomplete'), "incomplete"),
    (re.compile(r'element "([^"]*)" missing (?:required attribute|one or more)'), "missing"),
    (re.compile(r'element "([^"]*)"(?: from namespace "[^"]*")? not allowed'), "element"),
    (re.compile(r'attribute "([^"]*)"(?: from namespace "[^"]*")? not allowed'), "attribute"),
    (re.compile(r'value of attribute "([^"]*)"(?: from namespace "[^"]*")? is invalid'), "value"),
    (re.compile(r'character content of element "([^"]*)" invalid'), "content"),
    (re.compile(r"(text) not allowed"), "text"),
]


def of_jing(files):
    said = collections.defaultdict(list)
    run = subprocess.run(["jing", "-i", RNG] + files, stdout=subprocess.PIPE, text=True, check=False)
    for line in run.stdout.splitlines():
        match = re.match(r"(.*?):(\d+):(\d+): (fatal|error): (.*)", line)
        if not match:
            raise SystemExit(f"jing: {line}")
        path, number, _, _, text = match.groups()
        for form, kind in MESSAGES:
            found = form.search(text)
            if found:
                name = "" if kind == "text" else found[1].rpartition(":")[2]
                said[path].append((int(number), kind, name, text))
                break
        else:
            raise SystemExit(f"jing says what is not known: {line}")
    return said


def of_ours(files, options):
    said = collections.defaultdict(list)
    run = subprocess.run([VALIDATE, *options, RNG], input="\n".join(files) + "\n", stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"validate ended by {run.returncode}")
    for line in run.stdout.splitlines():
        path, number, kind, name = line.split("\t")
        said[path].append((int(number), kind, name, ""))
    return said


class Figures:
    """What agrees, of how many, with the least that is wanted in 100; and the differences in words."""

    def __init__(self):
        self.agree, self.all, self.differences = collections.Counter(), collections.Counter(), []

    def count(self, what, same, path, label, jing, ours):
        self.all[what] += 1
        self.agree[what] += same
        if not same:
            one = f"{jing[0][0]} {jing[0][3][:120]}" if jing else "valid"
            other = " ".join(map(str, ours[0][:3])) if ours else "valid"
            self.differences.append(f"{what}: {path} ({label}, {len(jing)} of jing, {len(ours)} of ours)\n  jing: {one}\n  ours: {other}")

    def add(self, path, label, jing, ours):
        self.count("verdict", bool(jing) == bool(ours), path, label, jing, ours)
        if jing and ours:
            self.count("line", jing[0][0] == ours[0][0], path, label, jing, ours)
            self.count("name", jing[0][2] == ours[0][2], path, label, jing, ours)
        self.count("not more", len(ours) <= len(jing), path, label, jing, ours)

    def print(self):
        failed = 0
        for what, least in (("verdict", 100), ("line", 99), ("name", 98), ("not more", 100)):
            share = 100 * self.agree[what] / max(1, self.all[what])
            good = share >= least
            failed += not good
            print(f"{'ok' if good else 'FAILED'} {what}: {self.agree[what]} of {self.all[what]} ({share:.1f} %, at least {least})")
        return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutations", type=int, default=300)
    parser.add_argument("--libxml2", action="store_true")
    parser.add_argument("--keep")
    parser.add_argument("--show", type=int, default=10)
    arguments = parser.parse_args()
    texts = documents()
    names = sorted(set(re.findall(r'<(?:rng:)?element name="([^":]+)"', open(RNG_FILE, encoding="utf-8").read())))
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.abspath(arguments.keep or scratch)
        os.makedirs(folder, exist_ok=True)
        files, labels = [], {}
        for name, text in texts:  # as they are, too
            path = os.path.join(folder, f"{len(files)}-{name}.xml")
            open(path, "w", encoding="utf-8").write(text)
            files.append(path)
            labels[path] = "as it is"
        for seed in range(arguments.seed, arguments.seed + arguments.mutations):
            kind, name, text = change(seed, texts, names)
            path = os.path.join(folder, f"m{seed}-{kind}.xml")
            open(path, "w", encoding="utf-8").write(text)
            files.append(path)
            labels[path] = f"{kind} in {name}"
        jing, ours = of_jing(files), of_ours(files, ["--libxml2"] if arguments.libxml2 else [])
        figures, plain = Figures(), Figures()
        for path in files:
            (plain if labels[path] == "as it is" else figures).add(path, labels[path], jing[path], ours[path])
    good = sum(not jing[path] for path in files if labels[path] == "as it is")
    print(f"documents: {len(texts)}, {good} of them valid; verdicts on them agree in {plain.agree['verdict']}")
    refused = sum(bool(jing[path]) for path in files if labels[path] != "as it is")
    print(f"mutations: {arguments.mutations}, seeds from {arguments.seed}, {refused} refused by jing")
    for difference in (plain.differences + figures.differences)[:arguments.show]:
        print(difference)
    failed = figures.print() + (plain.agree["verdict"] < len(texts)) + (good * 10 < len(texts) * 9)
    print(f"{6 - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
