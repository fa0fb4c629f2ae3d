"""Property N1: what is above a handbook's clearance cannot change one byte of it (DESIGN.md section 10).

usage: python3 tests/property/noninterference.py [--seed N] [--mutations N] [--part random|manual] [--handbooks N] [--keep]
A case takes a project (of the generator, or manual/), often with an agency, chooses a clearance, changes at random only content
above it (the agency's too), builds both in every format, then both languages side by side, and compares every handbook and shelf that is not above it. A change is dropped if `vade check` then has
an error, or if it turns out to have changed what is readable. The audit of what was built must be silent, too. Cases go on
until so many mutations were made, an eighth of them in manual/ (there, N random handbooks are built). Case i is that of seed
N + i: `--seed ITS-SEED --mutations 1 --part PART` runs it again. The binary is $VADE, or build/vade.
Last line: N passed, N failed.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ.setdefault("VADE_TYPST", "")  # tests/pdf.py tests the PDFs
ROOT = os.path.join(HERE, "..", "..")
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(HERE, "..", "oracle")]

import agencies  # noqa: E402
import projects  # noqa: E402
from axes import V  # noqa: E402
from book import Node  # noqa: E402
from faults import FAULTY  # noqa: E402
from masters import ID, Masters, copy_node, move_to_file, new_node  # noqa: E402

VADE = os.path.abspath(os.environ.get("VADE", os.path.join(ROOT, "build/vade")))
REFERENCES = ["linkend", "endterm"] + [V + name for name in ("go", "calls", "follows", "summary-of")]
BLOCKS = {"para", "simpara", "note", "warning", "itemizedlist", "orderedlist", "section", "figure", "table", "procedure"}
HOLDERS = {"chapter", "section", "appendix", "preface", "listitem", "note", "step", "tasksummary", "taskprerequisites",
           "blockquote", "glossdef", "legalnotice", "entry"}
INLINE_HOLDERS = {"para", "simpara", "title", "term", "member", "glossterm", "bibliomixed", "emphasis", "quote"}
REPEATED = {"section", "chapter", "appendix", "listitem", "step", "varlistentry", "row", "para", "glossentry", "bibliomixed",
            "member", "note", "warning", "task", "formalpara", "simpara", "phrase", "keyword", "indexterm", "footnote"}
FACING = "html,single"  # the formats that show two languages side by side
ENGINE = {"pdf", "pdfa", "card", "cardsheet"}
SIZE = re.compile(rb"\([0-9.,]+ [kMG]?B\)")
DIGEST = re.compile(rb"\b[0-9a-f]{10,64}\b")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="9"><text>{1}</text></svg>\n'


def vade(*words):
    done = subprocess.run([VADE, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", timeout=600)
    return done.returncode, done.stdout


def formats():
    """The formats that this vade makes, and of these the ones that take an engine of their own and its time."""
    listed = vade("build", "--help")[1].rpartition("\nFormats:")[2]
    names = [n for n in re.findall(r"^  ([a-z0-9-]+) ", listed, re.M) if n != "bulletin"]  # --only asks for that one
    slow = ENGINE if os.environ["VADE_TYPST"] else set()
    return [name for name in names if name not in ENGINE], [name for name in names if name in slow]


def readable_part(node, ranks, clearance):
    """All of a tree that is not above a clearance, as one value: elements, attributes, text without seams."""
    pieces = []
    for piece in node.pieces:
        if isinstance(piece, Node):
            if ranks[piece] <= clearance:
                pieces.append(readable_part(piece, ranks, clearance))
        elif pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return node.tag, tuple(sorted(node.attributes.items())), tuple(pieces)


def readable(masters, clearance):
    ranks = masters.ranks()
    return [readable_part(book, ranks, clearance) for book in masters.books.values() if ranks[book] <= clearance]


# Mutations. Each gets a Mutant and changes all languages alike; it returns a few words on what it did, or None.


class Mutant:
    """The books while they are changed. rows: the same node in all languages; secret: those above the clearance."""

    def __init__(self, rng, masters, clearance):
        self.rng = rng
        self.masters = masters
        self.clearance = clearance
        self.files = {}  # new or changed images: path in the project -> text
        self.agency = None
        self.refresh()

    def refresh(self):
        self.rows = self.masters.lines()
        ranks = self.masters.ranks()
        self.rank = {row: ranks[row[0]] for row in self.rows}
        self.secret = [row for row in self.rows if self.rank[row] > self.clearance]
        self.cited = {}  # id: is it named by something readable
        for row in self.rows:
            for name in REFERENCES:
                if name in row[0].attributes:
                    ident = row[0].attributes[name]
                    self.cited[ident] = self.cited.get(ident, False) or self.rank[row] <= self.clearance

    def class_above(self):
        return self.rng.choice(self.masters.axis.values[self.clearance + 1:])

    def word(self):
        return "zq" + "".join(self.rng.choice("abcdefghijklmnoprstuvwxy") for _ in range(self.rng.randint(2, 9)))

    def words(self, most=9):
        return " ".join(self.word() for _ in range(self.rng.randint(1, most)))

    def some(self, names=None, tops=False):
        """A random row above the clearance; tops: whose parent is not."""
        rows = [row for row in self.secret if row[0].parent is not None and (names is None or row[0].name in names)]
        if tops:
            above = {row[0] for row in self.secret}
            rows = [row for row in rows if row[0].parent not in above]
        return self.rng.choice(rows) if rows else None

    def readable(self, names):
        rows = [row for row in self.rows if self.rank[row] <= self.clearance and row[0].name in names]
        return self.rng.choice(rows) if rows else None


def change_text(mutant):
    row = mutant.some()
    if row is None:
        return None
    for node in row:
        spots = [i for i, piece in enumerate(node.pieces) if isinstance(piece, str) and piece.strip()]
        for spot in spots:
            node.pieces[spot] = mutant.words(40) + " "
    return f"text of {row[0].name}"


def change_title(mutant):
    row = mutant.some({"title", "glossterm", "term", "subtitle"})
    if row is None:
        return None
    for node in row:
        node.pieces = [mutant.words()]
    return f"{row[0].name} of {row[0].parent.name}"


def change_id(mutant):
    rows = [row for row in mutant.secret if ID in row[0].attributes and not mutant.cited.get(row[0].attributes[ID])]
    if not rows:
        return None
    row = mutant.rng.choice(rows)
    old, new = row[0].attributes[ID], mutant.word()
    for book in mutant.masters.books.values():
        for node in book.walk():
            for name in REFERENCES + [ID]:
                if node.attributes.get(name) == old:
                    node.attributes[name] = new
    return f"id {old}"


def drop_id(mutant):
    rows = [row for row in mutant.secret if ID in row[0].attributes and row[0].attributes[ID] not in mutant.cited]
    if not rows:
        return None
    row = mutant.rng.choice(rows)
    for node in row:
        del node.attributes[ID]
    return f"id of {row[0].name} dropped"


def delete(mutant):
    row = mutant.some(tops=mutant.rng.random() < 0.5)
    if row is None:
        return None
    for node in row:
        node.parent.pieces.remove(node)
    return f"{row[0].name} deleted from {row[0].parent.name}"


def with_new_ids(mutant, copies):
    """Gives the ids in copies of one row new names, alike in all languages."""
    names = {}
    for copied in copies:
        for node in copied.walk():
            for name in REFERENCES + [ID]:
                ident = node.attributes.get(name)
                if name == ID and ident is not None:
                    names.setdefault(ident, mutant.word())
        for node in copied.walk():
            for name in REFERENCES + [ID]:
                if node.attributes.get(name) in names:
                    node.attributes[name] = names[node.attributes[name]]


def clone(mutant):
    row = mutant.some(REPEATED)
    if row is None:
        return None
    copies = [copy_node(node, node.parent) for node in row]
    with_new_ids(mutant, copies)
    after = mutant.rng.random() < 0.5
    for node, copied in zip(row, copies):
        # A copy keeps its class wherever it stands.
        copied.attributes.setdefault(mutant.masters.axis.attribute,
                                     mutant.masters.axis.values[mutant.rank[row]])
        node.parent.pieces.insert(node.parent.pieces.index(node) + after, copied)
        for each in copied.walk():
            if each.path != node.parent.path:
                each.path = node.parent.path
    return f"{row[0].name} twice in {row[0].parent.name}"


def reorder(mutant):
    row = mutant.some(REPEATED)
    if row is None:
        return None
    places = [i for i, piece in enumerate(row[0].parent.pieces) if isinstance(piece, Node) and piece.name == row[0].name]
    to = mutant.rng.randrange(len(places))
    for node in row:
        siblings = [p for p in node.parent.pieces if isinstance(p, Node) and p.name == node.name]
        target = siblings[min(to, len(siblings) - 1)]
        if target is node:
            return None
        node.parent.pieces.remove(node)
        node.parent.pieces.insert(node.parent.pieces.index(target) + mutant.rng.randint(0, 0), node)
    return f"{row[0].name} moved in {row[0].parent.name}"


def insert_block(mutant):
    holder = mutant.readable(HOLDERS) or mutant.some(HOLDERS)
    if holder is None:
        return None
    above = mutant.class_above()
    spots = [i for i, p in enumerate(holder[0].children()) if p.name in BLOCKS]
    if not spots:
        return None
    spot, after, ident = mutant.rng.choice(spots), mutant.rng.random() < 0.5, mutant.word()
    kind = mutant.rng.choice(["para", "para", "note", "list", "formal", "figure", "section"])
    for node in holder:
        made = block(mutant, kind, node, ident)
        made.attributes[mutant.masters.axis.attribute] = above
        made.attributes[ID] = ident
        if spot >= len(node.children()):
            return None
        node.pieces.insert(node.pieces.index(node.children()[spot]) + after, made)
    return f"new {kind} in {holder[0].name}"


def block(mutant, kind, parent, ident):
    para = new_node("para", parent, [mutant.words(30)])
    if kind == "para":
        return para
    if kind == "list":
        return new_node("itemizedlist", parent, [new_node("listitem", parent, [para])])
    if kind == "formal":
        return new_node("formalpara", parent, [new_node("title", parent, [mutant.words()]), para])
    if kind == "section":
        return new_node("section", parent, [new_node("title", parent, [mutant.words()]), para])
    if kind == "figure":
        return figure(mutant, parent, ident)
    return new_node("note", parent, [para])


def figure(mutant, parent, ident):
    """A figure with a new image, the same in all languages."""
    path = os.path.join(os.path.dirname(parent.path), ident + ".svg")
    mutant.files.setdefault(os.path.relpath(path, mutant.masters.folder), SVG.format(mutant.rng.randint(9, 99), ident))
    data = new_node("imagedata", parent, [], {"fileref": ident + ".svg"})
    media = new_node("mediaobject", parent, [
        new_node("alt", parent, [mutant.words()]), new_node("imageobject", parent, [data])])
    return new_node("figure", parent, [new_node("title", parent, [mutant.words()]), media])


def insert_inline(mutant):
    holder = mutant.readable(INLINE_HOLDERS)
    if holder is None:
        return None
    above, kind = mutant.class_above(), mutant.rng.choice(["phrase", "phrase", "emphasis", "footnote", "indexterm"])
    spots = [i for i, piece in enumerate(holder[0].pieces) if isinstance(piece, str) and piece.strip()]
    if not spots:
        return None
    part = mutant.rng.random()
    for node in holder:
        spots = [i for i, piece in enumerate(node.pieces) if isinstance(piece, str) and piece.strip()]
        spot = spots[0]
        made = new_node(kind, node, [mutant.words(8)])
        if kind == "footnote":
            made.pieces = [new_node("para", made, made.pieces)]
        if kind == "indexterm":
            made.pieces = [new_node("primary", made, made.pieces)]
        made.attributes[mutant.masters.axis.attribute] = above
        text = node.pieces[spot]
        at = int(part * (len(text) + 1))
        node.pieces[spot:spot + 1] = [text[:at], made, text[at:]]
    return f"new {kind} in {holder[0].name}"


def insert_step(mutant):
    """A step above the clearance among readable ones: nobody's number may move."""
    row = mutant.readable({"step"})
    if row is None or row[0].parent.name == "stepalternatives":
        return None
    above, ident, after = mutant.class_above(), mutant.word(), mutant.rng.random() < 0.5
    for node in row:
        made = new_node("step", node.parent, [
            new_node("title", node.parent, [mutant.words()]), new_node("para", node.parent, [mutant.words()])])
        made.attributes = {ID: ident, mutant.masters.axis.attribute: above}
        node.parent.pieces.insert(node.parent.pieces.index(node) + after, made)
    return "new step"


def insert_row(mutant):
    """An item, a row, an entry above the clearance among readable ones."""
    row = mutant.readable({"listitem", "row", "varlistentry", "glossentry", "member", "keyword", "bibliomixed", "section",
                           "chapter", "task"})
    if row is None:
        return None
    above, after = mutant.class_above(), mutant.rng.random() < 0.5
    copies = [copy_node(node, node.parent) for node in row]
    with_new_ids(mutant, copies)
    for node, copied in zip(row, copies):
        copied.attributes[mutant.masters.axis.attribute] = above
        for each in copied.walk():
            each.path = node.parent.path
            each.pieces = [mutant.words() + " " if isinstance(p, str) and p.strip() else p for p in each.pieces]
        node.parent.pieces.insert(node.parent.pieces.index(node) + after, copied)
    return f"new {row[0].name} in {row[0].parent.name}"


def change_class(mutant):
    row = mutant.some()
    if row is None:
        return None
    above = mutant.class_above()
    for node in row:
        node.attributes[mutant.masters.axis.attribute] = above
    return f"{row[0].name} of another class"


def change_attribute(mutant):
    row = mutant.some()
    if row is None:
        return None
    changes = [("role", mutant.word()), ("xreflabel", mutant.words()), ("annotations", None), ("remap", mutant.word()),
               ("revision", mutant.word()), (V + "was", mutant.word())]
    # Never the class: that would be other content, for other readers.
    dropped = [name for name in row[0].attributes if name != mutant.masters.axis.attribute
               and (name.startswith(V) or name in ("audience", "condition", "role"))]
    changes += [(name, None) for name in dropped]
    name, text = mutant.rng.choice(changes)
    for node in row:
        if text is None:
            node.attributes.pop(name, None)
        else:
            node.attributes[name] = text
    return f"{name.rpartition('}')[2]} of {row[0].name}"


def give_audience(mutant):
    row = mutant.some()
    handbooks = [h for h in mutant.masters.handbooks if h.values]
    if row is None or not handbooks:
        return None
    shown = next((n for n in ("audience",) if any(n in r[0].attributes for r in mutant.rows)), None)
    if shown is None:
        return None
    tokens = mutant.rng.choice([r[0].attributes[shown] for r in mutant.rows if shown in r[0].attributes])
    for node in row:
        node.attributes[shown] = tokens
    return f"audience of {row[0].name}"


def own_file(mutant):
    """An included file that holds only such content; or, if it has one, another name for it."""
    row = mutant.some(tops=True)
    if row is None or row[0].name in ("info", "title"):
        return None
    name = mutant.word() + ".xml"
    for node in row:
        if not isinstance(node.parent, Node):
            return None
        move_to_file(node, os.path.join(os.path.dirname(node.path), name))
    return f"{row[0].name} in a file of its own"


def add_link(mutant):
    """Content above the clearance may point at anything."""
    row = mutant.some({"para", "simpara"})
    idents = [r[0].attributes[ID] for r in mutant.rows if ID in r[0].attributes and r[0].name in ("section", "chapter", "task")]
    if row is None or not idents:
        return None
    ident = mutant.rng.choice(idents)
    for node in row:
        node.pieces.append(new_node("xref", node, [], {"linkend": ident}))
    return f"link to {ident}"


MUTATIONS = [change_text, change_title, change_id, drop_id, delete, clone, reorder, insert_block, insert_block, insert_inline,
             insert_inline, insert_step, insert_row, insert_row, change_class, change_attribute, give_audience, own_file,
             add_link]


# Cases


class Failure(Exception):
    pass


def edition(agency, folder):
    """The words of a command that is about the edition of the agency in a project's folder."""
    return ["--agency", os.path.join(folder, agencies.FOLDER)] if agency else []


def refuses(agency, folder):
    """What a build of a project would stop at, before it has any handbook; '' if nothing."""
    code, said = vade("build", folder, "-o", folder + "-none", "--stop-after", "select", *edition(agency, folder))
    return "" if code == 0 else said


def write(mutant, folder):
    mutant.masters.write(folder)
    if mutant.agency:
        agencies.write_files(mutant.agency.files(), folder)
    for path, text in mutant.files.items():
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(text)


def mutate(rng, masters, agency, clearance, wanted, folder):
    """A project with up to `wanted` mutations that checks clean, and what each was: [(words, Mutant)]."""
    kept, mutant = [], Mutant(rng, masters.copy(), clearance)
    mutant.agency = agency
    before = readable(masters, clearance)
    for _ in range(wanted * 3):
        if len(kept) == wanted:
            break
        tried = Mutant(rng, mutant.masters.copy(), clearance)
        tried.files = dict(mutant.files)
        if agency:
            tried.agency = mutant.agency.copy()
        if agency and rng.random() < 0.25:
            said = rng.choice(agencies.MUTATIONS)(rng, tried.agency, clearance)
        else:
            said = rng.choice(MUTATIONS)(tried)
        if said is None or readable(tried.masters, clearance) != before:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        write(tried, folder)
        if not refuses(agency, folder):
            tried.refresh()
            mutant = tried
            kept.append((said, tried))
    return kept


def raise_some(rng, masters, clearance, folder):
    """The project with a few more things above the clearance (titles too), and readable references to them."""
    for change in (raise_one, raise_one, raise_one, cite_one, cite_one, cite_one, cite_one):
        tried = Mutant(rng, masters.copy(), clearance)
        if change(tried) is None:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        write(tried, folder)
        if not refuses(None, folder):
            masters = tried.masters
    return masters


def adopt(rng, masters, folder):
    """An agency of the project that a build accepts."""
    agency = agencies.random_agency(rng, masters)
    while agency is not None:
        shutil.rmtree(folder, ignore_errors=True)
        masters.write(folder)
        agencies.write_files(agency.files(), folder)
        if not refuses(agency, folder):
            return agency
        agency = agencies.simpler(agency)
    raise Failure(f"no agency is accepted\n{refuses(agencies.Agency(masters), folder)[:900]}")


def raise_one(mutant):
    names = mutant.rng.choice([{"title"}, {"title"}, {"info", "abbrev", "term", "thead", "colspec"}, None])
    rows = [row for row in mutant.rows if row[0].parent and mutant.rank[row] <= mutant.clearance
            and (names is None or row[0].name in names)]
    if not rows:
        return None
    row, above = mutant.rng.choice(rows), mutant.class_above()
    for node in row:
        node.attributes[mutant.masters.axis.attribute] = above
    return row[0].name


def cite_one(mutant):
    """A readable reference to something above the clearance, or to what has a part above it."""
    para = mutant.readable({"para", "simpara"})
    secret = {row[0] for row in mutant.secret}
    targets = [row for row in mutant.rows if row[0].name not in ("info", "phrase", "emphasis")
               and any(node in secret for node in row[0].walk())]
    if para is None or not targets:
        return None
    titled = [row for row in targets if row[0] not in secret and any(
        child in secret for child in row[0].children() if child.name in ("title", "info", "abbrev", "glossterm"))]
    target = mutant.rng.choice(titled if titled and mutant.rng.random() < 0.6 else targets)
    if ID not in target[0].attributes:
        ident = mutant.word()
        for node in target:
            node.attributes[ID] = ident
    attributes = {"linkend": target[0].attributes[ID], V + "else": "elsewhere"}
    titles = [row for row in mutant.rows if row[0].name == "title"]
    if titles and mutant.rng.random() < 0.3:
        title, ident = mutant.rng.choice(titles), mutant.word()
        for node in title:
            node.attributes.setdefault(ID, ident)
        attributes["endterm"] = title[0].attributes[ID]
    for node in para:
        node.pieces.append(new_node("xref", node, [], attributes))
    return "cited"


def files_of(folder):
    return {os.path.relpath(os.path.join(place, name), folder) for place, _, names in os.walk(folder) for name in names}


def compared(masters, agency, clearance, out):
    """The files that must not change: {path: bytes}."""
    ranks = {(h.shelf, h.id): h.clearance for h in masters.handbooks + (agency.handbooks() if agency else [])}
    highest = {}
    for (shelf, _), rank in ranks.items():
        highest[shelf] = max(rank, highest.get(shelf, 0))
    found = {}
    for path in files_of(out):
        parts = path.split(os.sep)
        if agency and len(parts) > 1:
            parts = parts[1:]  # the folder of the edition
        if len(parts) == 1:
            wanted = True  # the door above the shelves: the same bytes whatever they hold
        elif len(parts) > 2:
            wanted = ranks[parts[0], parts[1]] <= clearance
        elif parts[-1] in ("index.html", "manifest.json", "SHA256SUMS"):
            wanted = highest[parts[0]] <= clearance  # sizes and digests of other handbooks may change
        else:
            wanted = True
        if wanted:
            with open(os.path.join(out, path), "rb") as file:
                found[path] = file.read()
        if len(parts) == 2 and highest[parts[0]] > clearance and wanted:
            found[path] = without_digests(SIZE.sub(b"#", found[path]))  # so may the sizes of their files, and the code
    return found


def build(folder, out, words, languages):
    """Every handbook that the words choose; where there are two languages, also the edition with both side by side."""
    shutil.rmtree(out, ignore_errors=True)
    facing = [[*words, "--lang", "+".join(languages[:2]), "--to", FACING]] if len(languages) > 1 else []
    for chosen in [words, *facing]:
        code, said = vade("build", folder, "-o", out, "-q", *chosen)
        if code != 0:
            raise Failure(f"build {' '.join(chosen)}: exit {code}\n{errors_of(said)}")


def errors_of(said):
    return "\n".join([line for line in said.splitlines() if "error: " in line][:6]) or said[:900]


def without_digests(data):
    """What a digest says of other bytes tells less than those bytes."""
    return DIGEST.sub(lambda match: b"#" * len(match[0]), data)


def difference(before, after):
    """A file that is not the same, and where; '' if there is none. One that differs in more than digests comes first."""
    found = []
    for path in sorted(set(before) | set(after)):
        if path not in before or path not in after:
            found.append((0, f"{path} is {'new' if path in after else 'gone'}"))
        elif before[path] != after[path]:
            old, new = without_digests(before[path]), without_digests(after[path])
            rank = 1 if old == new else 0
            if rank:
                old, new = before[path], after[path]
            at = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
            found.append((rank, f"{path}: byte {at}: {old[max(0, at - 60):at + 60]!r} became {new[max(0, at - 60):at + 60]!r}"))
    return min(found)[1] + f" ({len(found)} files)" if found else ""


def guilty(history, masters, agency, clearance, before, folder, words):
    """The first mutation after which something differs."""
    for said, mutant in history:
        source, out = os.path.join(folder, "step"), os.path.join(folder, "step-out")
        shutil.rmtree(source, ignore_errors=True)
        write(mutant, source)
        build(source, out, words + edition(agency, source), list(masters.books))
        if difference(before, compared(masters, agency, clearance, out)):
            return said
    return "?"


def run_case(rng, source, folder, clearance, wanted, words):
    """Compares a project with a mutant of it. Returns how many mutations there were."""
    masters = Masters(source)
    plain, changed = os.path.join(folder, "plain"), os.path.join(folder, "changed")
    masters = raise_some(rng, masters, clearance, os.path.join(folder, "tried"))
    agency = adopt(rng, masters, os.path.join(folder, "tried")) if rng.random() < 0.5 else None
    masters.write(plain)
    if agency:
        agencies.write_files(agency.files(), plain)
    build(plain, plain + "-out", words + edition(agency, plain), list(masters.books))
    before = compared(masters, agency, clearance, plain + "-out")
    code, said = vade("audit", plain + "-out", plain, *edition(agency, plain))
    if code != 0:
        raise Failure(f"audit: exit {code}\n{errors_of(said)}")
    history = mutate(rng, masters, agency, clearance, wanted, os.path.join(folder, "tried"))
    if not history:
        return 0
    write(history[-1][1], changed)
    build(changed, changed + "-out", words + edition(agency, changed), list(masters.books))
    wrong = difference(before, compared(masters, agency, clearance, changed + "-out"))
    if wrong:
        raise Failure(f"clearance {clearance}: {wrong}\n    first with: "
                      f"{guilty(history, masters, agency, clearance, before, folder, words)}\n    all: "
                      + ", ".join(said for said, _ in history))
    return len(history)


def clearances(masters):
    """Those of handbooks that something can be above."""
    if masters.axis is None:
        return []
    top = len(masters.axis.values) - 1
    return sorted({h.clearance for h in masters.handbooks if h.clearance < top})


def to_all(seed):
    """`--to` every format; those with an engine of their own in one case of twenty."""
    quick, slow = formats()
    return ["--to", ",".join(quick + (slow if seed % 20 == 0 else []))]


def random_case(seed, folder, options):
    """A case of the generator; 0 if its project has nothing to test."""
    if seed % 20 in FAULTY:
        return 0
    source = os.path.join(folder, "generated")
    projects.generate(seed, source)
    masters = Masters(source)
    choices = clearances(masters)
    if not choices:
        return 0
    rng = random.Random(f"{seed} noninterference")
    return run_case(rng, source, folder, rng.choice(choices), 8, to_all(seed))


def manual_case(seed, folder, options):
    source = os.path.join(folder, "manual")
    shutil.copytree(os.path.join(ROOT, "manual"), source)
    masters = Masters(source)
    choices = clearances(masters)
    rng = random.Random(f"{seed} manual")
    clearance = choices[seed % len(choices)]
    below = [h.id for h in masters.handbooks if h.clearance <= clearance]
    words = to_all(seed)
    for handbook in rng.sample(below, min(len(below), options.handbooks or len(below))):
        words += ["--handbook", handbook]
    return run_case(rng, source, folder, clearance, 12, words)


class Campaign:
    """Runs cases and counts."""

    def __init__(self, options):
        self.passed = self.failed = 0
        self.options = options

    def run(self, name, seed, case):
        """One case. Returns how many mutations were made in it."""
        folder = tempfile.mkdtemp(prefix="noninterference-")
        count = 0
        try:
            count = case(seed, folder, self.options)
            self.passed += count > 0
        except (Failure, subprocess.TimeoutExpired) as failure:
            self.failed += 1
            print(f"FAILED noninterference/{name}-{seed}: {failure}", flush=True)
            if self.options.keep:
                print(f"    kept in {folder}")
        if not self.options.keep:
            shutil.rmtree(folder)
        return count

    def run_until(self, name, wanted, case):
        """Cases of rising seeds, until so many mutations are made or it is plain that they never will."""
        seed, made, failed = self.options.seed, 0, self.failed
        while made < wanted and self.failed - failed < 10 and seed < self.options.seed + 20 + wanted:
            made += self.run(name, seed, case)
            seed += 1
        if made < wanted:
            self.failed += self.failed == failed
        print(f"{'FAILED' if self.failed > failed else 'ok'} noninterference/{name}: {made} mutations, "
              f"seeds {self.options.seed} to {seed - 1}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutations", type=int, default=64)
    parser.add_argument("--part", choices=["random", "manual"], help="only this")
    parser.add_argument("--handbooks", type=int, default=0, help="of manual/: how many, at random (default: all)")
    parser.add_argument("--keep", action="store_true", help="keep the folders")
    options = parser.parse_args()
    if not os.access(VADE, os.X_OK):
        print(f"noninterference: no program {VADE}")
        return 1
    quick, slow = formats()
    print(f"noninterference: seed {options.seed}, formats {' '.join(quick + slow)}", flush=True)
    campaign = Campaign(options)
    manual = max(1, options.mutations // 8)
    if options.part != "manual":
        campaign.run_until("random", max(1, options.mutations - manual), random_case)
    if options.part != "random":
        campaign.run_until("manual", manual, manual_case)
    print(f"{campaign.passed} passed, {campaign.failed} failed")
    return 1 if campaign.failed else 0


if __name__ == "__main__":
    sys.exit(main())
