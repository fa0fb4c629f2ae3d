"""The laws of `vade diff`, on random books and edits whose truth is known.

usage: python3 tests/property/differences.py [--seed N] [--cases N] [--keep DIR]

Each case is a DocBook book and an edit of it. Held, with research/diff's names:
  P2  a book and itself, also wrapped and indented otherwise, with attributes in another order: no change
  P4  turned round, what came went and what went came; as many changes
  P7  words of the old book - words that went + words that came = words of the new one
  P9  the same bytes in every run; the ids of changes stay when another chapter changes too
  P10 the changes are those that were made, by kind and number
  P16 of a list of n items in another order, n - (longest rising part) moved
Last line: N passed, N failed.
"""

import argparse
import collections
import copy
import json
import os
import random
import re
import subprocess
import sys
import tempfile

VADE = os.path.abspath(os.environ.get("VADE", "build/vade"))
WORDS = """alert bridge camera doctor escort family guard harbour inform judge keeper ladder market night officer patrol
quiet report school teacher urgent victim witness yard archive bench council danger entry file garden health island journey
kitchen letter minute neighbour order police question record street train union valley window youth answer border city""".split()


class Node:
    """An element: its name, attributes, and words or children."""

    def __init__(self, name, children=(), words=None, **attributes):
        self.name, self.children, self.words, self.attributes = name, list(children), words, attributes

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


class Maker:
    """Makes random books and edits. Words are numbered, so that no two paragraphs are alike by chance."""

    def __init__(self, rng):
        self.rng, self.count = rng, 0

    def words(self, least=14, most=40):
        self.count += 1
        made = [self.rng.choice(WORDS) for _ in range(self.rng.randint(least, most))]
        for i in range(0, len(made), 4):  # what no other paragraph has
            made[i] += "".join(self.rng.choice("bcdfgklmnprst") + self.rng.choice("aeiou") for _ in range(3))
        return made

    def id(self, kind):
        self.count += 1
        return f"{kind}-{self.count}"

    def para(self):
        return Node("para", words=self.words())

    def title(self):
        return Node("title", words=self.words(3, 6))

    def items(self, count):
        return [Node("listitem", [self.para()]) for _ in range(count)]

    def procedure(self):
        steps = [Node("step", [self.title(), self.para()], id=self.id("step")) for _ in range(self.rng.randint(2, 6))]
        return Node("procedure", [self.title()] + steps)

    def block(self):
        kind = self.rng.randrange(6)
        if kind == 0:
            return Node("itemizedlist", self.items(self.rng.randint(2, 5)))
        if kind == 1:
            return Node("note", [self.para()])
        if kind == 2:
            return self.procedure()
        return self.para()

    def section(self, depth):
        blocks = [self.block() for _ in range(self.rng.randint(1, 5))]
        below = [self.section(depth - 1) for _ in range(self.rng.randint(0, 2))] if depth else []
        return Node("section", [self.title()] + blocks + below, id=self.id("section"))

    def book(self):
        chapters = [Node("chapter", [self.title(), self.para()] + [self.section(1) for _ in range(self.rng.randint(1, 3))],
                         id=self.id("chapter")) for _ in range(self.rng.randint(2, 4))]
        return Node("book", [self.title()] + chapters)


def write(node, rng=None, depth=0):
    """The book as XML. With rng: white space where it says nothing, and attributes in another order."""
    names = list(node.attributes)
    if rng:
        rng.shuffle(names)
    tag = "".join(f' {"xml:" if name == "id" else ""}{name}="{node.attributes[name]}"' for name in names)
    if depth == 0:
        tag += ' xmlns="http://docbook.org/ns/docbook" xmlns:xlink="http://www.w3.org/1999/xlink" version="5.0"'
    indent = "\n" + " " * (rng.randint(0, 9) if rng else depth)
    if node.words is not None:
        blanks = [rng.choice([" ", "\n", "\n\t"]) if rng else " " for _ in node.words]
        return f"{indent}<{node.name}{tag}>" + "".join(a + b for a, b in zip(node.words, blanks)).rstrip() + f"</{node.name}>"
    return f"{indent}<{node.name}{tag}>" + "".join(write(child, rng, depth + 1) for child in node.children) + f"{indent}</{node.name}>"


# --- edits: each returns what it made, as a list of (op, element, node), or None if there is nothing to do it on; a node
# that two edits change in one way is one change


def nodes(book, test):
    return [(parent, child) for parent in book.walk() for child in parent.children if test(parent, child)]


def pick(maker, book, test):
    found = nodes(book, test)
    return maker.rng.choice(found) if found else (None, None)


def change_word(maker, book):
    _, para = pick(maker, book, lambda p, c: c.name == "para")
    para.words[maker.rng.randrange(len(para.words))] = "zz" + maker.rng.choice(WORDS)
    return [("edit", "para", para)]


def add_para(maker, book):
    parent, before = pick(maker, book, lambda p, c: c.name == "para" and p.name in ("section", "chapter"))
    para = maker.para()
    parent.children.insert(parent.children.index(before) + 1, para)
    return [("insert", "para", para)]


def drop_para(maker, book):
    parent, para = pick(maker, book, lambda p, c: c.name == "para" and p.name == "section" and len(p.children) > 3)
    if para is None:
        return None
    parent.children.remove(para)
    return [("delete", "para", para)]


def add_step(maker, book):
    parent, step = pick(maker, book, lambda p, c: c.name == "step")
    if step is None:
        return None
    new = Node("step", [maker.title(), maker.para()], id=maker.id("step"))
    parent.children.insert(1, new)
    return [("insert", "step", new)]


def rename(maker, book):
    _, node = pick(maker, book, lambda p, c: "id" in c.attributes)
    node.attributes["id"] = maker.id("other")
    return [("rename", node.name, node)]


def warn(maker, book):
    _, note = pick(maker, book, lambda p, c: c.name == "note")
    if note is None:
        return None
    note.name = "warning"
    return [("retag", "warning", note)]


def move_section(maker, book):
    """Into another chapter, as its first section."""
    parent, section = pick(maker, book, lambda p, c: c.name == "section" and p.name == "chapter" and len(p.children) > 3)
    others = [chapter for chapter in book.children if chapter.name == "chapter" and chapter is not parent]
    if section is None:
        return None
    parent.children.remove(section)
    chapter = maker.rng.choice(others)
    chapter.children.insert(2, section)
    return [("move", "section", section)]


def shuffle_items(maker, book):
    _, items = pick(maker, book, lambda p, c: c.name == "itemizedlist")
    if items is None:
        return None
    before = list(items.children)
    maker.rng.shuffle(items.children)
    return [("move", "listitem", node) for node in before[:len(before) - heaviest(before, items.children)]]


def heaviest(before, after):
    """How many stay: of the rising parts that weigh most, any (weights are those of words)."""
    places = [before.index(node) for node in after]
    weights = [sum(len(n.words or []) for n in node.walk()) + 1 for node in after]
    best = []
    for i, place in enumerate(places):
        prior = max((best[j] for j in range(i) if places[j] < place), default=(0, 0))
        best.append((prior[0] + weights[i], prior[1] + 1))
    return max(best)[1]


def retell(maker, book):
    """A sentence written anew, in its place."""
    _, para = pick(maker, book, lambda p, c: c.name == "para" and p.name == "note")
    if para is None:
        return None
    para.words = maker.words()
    return [("edit", "para", para)]


EDITS = [change_word, add_para, drop_para, add_step, rename, warn, move_section, shuffle_items, retell]


# --- the program


def diff(folder, old, new, *options):
    done = subprocess.run([VADE, "diff", "--json", *options, old, new], cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise AssertionError(f"vade diff ended with {done.returncode}: {done.stderr.decode()[:400]}")
    return done.stdout


def kinds(answer):
    """What was done to what; a change of words and place counts as both."""
    return collections.Counter((op, change["element"]) for change in answer["changes"] for op in change["ops"])


def bag(text):
    return collections.Counter(re.findall(r"\w+", text or ""))


def all_words(book):
    return bag(" ".join(" ".join(node.words) for node in book.walk() if node.words))


def check_words(answer, old, new):
    have = all_words(old)
    for change in answer["changes"]:
        if "delete" in change["ops"]:
            have.subtract(bag(change["old"]["text"]))
        if "insert" in change["ops"]:
            have.update(bag(change["new"]["text"]))
        for hunk in change["hunks"]:
            have.subtract(bag(hunk["was"]))
            have.update(bag(hunk["now"]))
    return +have == +all_words(new) and not -have


TURNED = {"insert": "delete", "delete": "insert"}


def check_turned(answer, back):
    def told(answer, turn):
        return collections.Counter(
            (tuple(sorted(TURNED.get(op, op) if turn else op for op in change["ops"])),
             tuple((hunk["now"], hunk["was"]) if turn else (hunk["was"], hunk["now"]) for hunk in change["hunks"]))
            for change in answer["changes"])
    return told(answer, False) == told(back, True)


class Case:
    def __init__(self, seed, folder):
        self.rng, self.folder = random.Random(seed), folder
        self.maker = Maker(self.rng)
        self.faults = []

    def put(self, name, book, rng=None):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write('<?xml version="1.0" encoding="utf-8"?>' + write(book, rng))

    def hold(self, law, holds, more=""):
        if not holds:
            self.faults.append(f"{law}: {more}")

    def run(self):
        old = self.maker.book()
        new = copy.deepcopy(old)
        wanted = []
        edits = self.rng.sample(EDITS, self.rng.choice([1, 1, 1, 2, 3]))
        if add_para in edits and drop_para in edits:  # at one place they are an edit
            edits.remove(drop_para)
        for edit in edits:
            wanted += edit(self.maker, new) or []
        wanted = [(op, element) for op, element, node in {(op, element, id(node)) for op, element, node in wanted}]
        self.put("old.xml", old)
        self.put("new.xml", new)
        self.put("otherwise.xml", new, self.rng)
        self.check_same(new)
        said = diff(self.folder, "old.xml", "new.xml")
        answer = json.loads(said)
        self.hold("P9", said == diff(self.folder, "old.xml", "new.xml"), "two runs differ")
        self.hold("P7", check_words(answer, old, new), "words are lost or told twice")
        self.hold("P4", check_turned(answer, json.loads(diff(self.folder, "new.xml", "old.xml"))), "turned round it differs")
        got = kinds(answer)
        self.hold("P10", got == collections.Counter(wanted), f"wanted {sorted(wanted)}, got {sorted(got.elements())}")
        self.check_ids(new, answer)

    def check_same(self, new):
        for other in "new.xml", "otherwise.xml":
            answer = json.loads(diff(self.folder, "new.xml", other))
            self.hold("P2", answer["changes"] == [], f"{other} of the same book: {sorted(kinds(answer).elements())}")

    def check_ids(self, new, answer):
        """Another chapter changes too: what was told before is told under the same ids."""
        new = copy.deepcopy(new)
        new.children.append(Node("chapter", [self.maker.title(), self.maker.para()], id="one-more"))
        self.put("more.xml", new)
        more = json.loads(diff(self.folder, "old.xml", "more.xml"))
        ids = {change["id"] for change in answer["changes"]}
        self.hold("P9", ids <= {change["id"] for change in more["changes"]}, "ids changed")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--keep")
    asked = parser.parse_args()
    failed = 0
    for seed in range(asked.seed, asked.seed + asked.cases):
        with tempfile.TemporaryDirectory() as folder:
            kept = os.path.join(asked.keep, str(seed)) if asked.keep else folder
            os.makedirs(kept, exist_ok=True)
            case = Case(seed, kept)
            try:
                case.run()
            except AssertionError as error:
                case.faults.append(str(error))
        for fault in case.faults:
            print(f"FAILED seed {seed}: {fault}")
        failed += bool(case.faults)
    print(f"{asked.cases - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
