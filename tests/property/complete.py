"""Property: what `vade check` calls clean, `vade build` builds in every format, and no format loses a word of it.

usage: python3 tests/property/complete.py [--seed N] [--cases N] [--pdf] [--keep]
A case is a book of chunks, each an instance of an element of DocBook 5.0's schema and its attributes (instances.py), one after
another: 24 cases in a row have all of them. Chunks that `check` refuses are taken out, and it may not end otherwise than by 0
or 1. Then the build must end well, for the handbook of a role and that of everybody. Every word stands once in the source; as
often as the plain DocBook of a handbook has it, every other format must have it, and in that order, but for the rows of
compiler/model/format.def, LEFT_OUT and MOVED. --pdf: PDFs too, with the engine. Case i is that of seed N + i: `--seed ITS-SEED
--cases 1` runs it again. The binary is $VADE, or build/vade. Last line: N passed, N failed.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from instances import DB, XLINK, XML, Grower, Schema  # noqa: E402

ROOT = os.path.join(HERE, "..", "..")
VADE = os.path.abspath(os.environ.get("VADE", os.path.join(ROOT, "build/vade")))
RNG_FILE = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"
V = "{urn:vademecum:1}"
CASES = 24
FORMATS = ["html", "single", "epub", "text", "json"]
for prefix, name in (("", DB), ("v", V), ("xlink", XLINK)):
    ET.register_namespace(prefix, name[1:-1])

PROJECT = {
    "axes.xml": """<axes xmlns="urn:vademecum:axes:1">
<axis id="role" attribute="audience" kind="tree"><value id="a" security="pub"/><value id="b" security="pub"/></axis>
<axis id="class" attribute="security" kind="ordered" clearance="yes"><value id="pub"/></axis></axes>""",
    "handbooks.xml": """<handbooks xmlns="urn:vademecum:handbooks:1"><shelf id="s" security="pub">
<handbook id="all"><title xml:lang="en">All</title></handbook>
<handbook id="one"><title xml:lang="en">One</title><values axis="role">=b</values></handbook></shelf></handbooks>""",
    "vade.xml": """<project xmlns="urn:vademecum:project:1" id="p"><title xml:lang="en">P</title>
<edition version="1" date="2026-01-01"/><source xml:lang="en" href="book.xml"/><axes href="axes.xml"/><handbooks href="handbooks.xml"/></project>""",
    "x.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
    "x.txt": "lines of a file\n",
}

# Elements where others stand already, or that no chunk can be.
TOPS = ("chapter", "appendix", "preface")


class Failure(Exception):
    pass


# --- values of attributes ---

FIXED = {"xml:base": None, "xml:space": "preserve", "xml:lang": "en", "version": None, "audience": "b", "security": "pub",
         "xlink:href": "https://example.org/", "fileref": "x.svg", "cols": "2", "entityref": None}
TYPES = {"ID": "id", "IDREF": "ref", "IDREFS": "ref", "anyURI": "https://example.org/", "integer": "1", "positiveInteger": "1",
         "nonNegativeInteger": "1", "decimal": "1", "NMTOKEN": "n", "NMTOKENS": "n", "date": "2026-01-01", "dateTime":
         "2026-01-01T00:00:00", "language": "en", "NCName": "n", "token": "n", "string": "n", "short": "1"}


class Values:
    """Gives attributes values: ids are new, references are to one of a chunk's own ids."""

    def __init__(self, rng):
        self.rng, self.ids, self.waiting = rng, [], []

    def __call__(self, element, name, values, types):
        if name in FIXED and (FIXED[name] is None or not values):
            return FIXED[name]
        if values:
            return self.rng.choice(values)
        kind = next((TYPES[t] for t in types if t in TYPES), "n")
        if kind == "id":
            self.ids.append(f"i{self.rng.randrange(10 ** 9)}")
            return self.ids[-1]
        if kind == "ref":
            self.waiting.append((element, name))
            return "?"
        return kind

    def settle(self, chunk):
        """References get a target: an id of the chunk, given to its top if it has none."""
        if self.waiting and not self.ids:
            self.ids.append(f"i{self.rng.randrange(10 ** 9)}")
            chunk.set(XML + "id", self.ids[0])
        for element, name in self.waiting:
            element.set(name, self.rng.choice(self.ids))
        self.ids, self.waiting = [], []


# --- books ---

def tidy(rng, chunk):
    """What the program wants besides the schema: a procedure has a lead and an id, a picture is there."""
    for element in chunk.iter():
        name = element.tag.removeprefix(DB)
        if name == "task":
            element.set(V + "lead", "b")
            element.set(XML + "id", element.get(XML + "id") or f"T-{rng.randrange(10 ** 9)}")
        if name == "indexterm" and len(element) and element.find(DB + "primary") is None:
            element.insert(0, ET.Element(DB + "primary"))
            element[0].text = "headword"
        if name == "textdata":
            element.set("fileref", "x.txt")
        if name == "imagedata":
            element.set("fileref", "x.svg")


def make_chunks(schema, rng, seed, seen):
    """The chunks of a case: every 24th element of the schema, from the seed's on."""
    book = next(e for e in schema.elements if e.get("name") == "book")
    tops = [e for e in schema.children(book).values() if e.get("name") in TOPS]
    values = Values(rng)
    grower = Grower(schema, rng, values, seen)
    book_ways = schema.paths(book, avoid=("info", "title", "subtitle", "titleabbrev"))
    task = next(e for e in schema.elements if e.get("name") == "task")
    task_ways = schema.paths(task)
    in_task = seed // CASES % 2 == 1  # every other round is of procedures, which JSON has too
    chunks = []
    for goal in schema.elements[seed % CASES::CASES]:
        ways = [[top] + schema.paths(top)[id(goal)] for top in tops if id(goal) in schema.paths(top)]
        if ways and in_task and id(goal) in task_ways:
            ways = [[top] + schema.paths(top)[id(task)] + task_ways[id(goal)] for top in tops]
        way = rng.choice(ways) if ways else book_ways.get(id(goal))
        if not way:
            continue
        chunk = grower.element(way[0], tuple(way[1:]))
        values.settle(chunk)
        tidy(rng, chunk)
        chunks.append((goal.get("name"), chunk))
    return chunks


def write_book(folder, chunks):
    """Writes the book; says which lines each chunk has."""
    lines = ['<book xmlns="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" xmlns:xlink="http://www.w3.org/1999/xlink"'
             ' version="5.0" xml:lang="en" security="pub"><title>Book</title>',
             "<preface><title>First</title><para>w0 w0</para></preface>"]
    spans = []
    for _, chunk in chunks:
        text = ET.tostring(chunk, encoding="unicode").strip().split("\n")
        spans.append((len(lines) + 1, len(lines) + len(text)))
        lines += text
    lines.append("</book>")
    with open(os.path.join(folder, "book.xml"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return spans


def run(*words):
    return subprocess.run([VADE, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)


def keep_clean(folder, chunks):
    """Takes chunks out until check is content. Returns those that stay, and why the others went."""
    refused = []
    while True:
        spans = write_book(folder, chunks)
        done = run("check", folder, "--message-format", "json", "--to", "html,single,epub,text,docbook,json")
        records = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
        errors = [r for r in records if r["severity"] == "error"]
        if done.returncode not in (0, 1) or any(r["code"] in ("V0601", "V0990") for r in errors):
            raise Failure(f"check: exit {done.returncode}: {done.stderr[-400:]}")
        if done.returncode == 0:
            return chunks, refused
        bad = {i for r in errors for i, (first, last) in enumerate(spans) if first <= (r.get("line") or 0) <= last}
        if not bad:
            raise Failure(f"check: {done.stderr[:600]}")
        refused += [(chunks[i][0], next(r["code"] + " " + r["text"] for r in errors if spans[i][0] <= r["line"] <= spans[i][1]))
                    for i in sorted(bad)]
        chunks = [c for i, c in enumerate(chunks) if i not in bad]


# --- words ---

WORD = re.compile(r"(?<![a-z])w\d+[a-h](?![a-z])")  # the number of a note may stand right beside


def plain(data):
    """The text of HTML without the frame around it."""
    data = re.sub(r"(?s)<(nav|header class=.v-top|footer|head)\b.*?</\1>", " ", data) if "<" in data else data
    data = re.sub(r'<[^>]* (?:alt|alttext|aria-label)="([^"]*)"[^>]*>', r" \1 ", data)
    return re.sub(r"<[^>]*>", " ", data)


def words_of(base, kind):
    """The words of a format, in its order."""
    if kind == "html":
        folder = os.path.join(base, "html")
        text = "\n".join(plain(open(os.path.join(folder, n), encoding="utf-8").read()) for n in sorted(os.listdir(folder)) if n.endswith(".html"))
    elif kind == "epub":
        with zipfile.ZipFile(name_in(base, ".epub")) as book:
            package = next(n for n in book.namelist() if n.endswith(".opf"))
            items = ET.fromstring(book.read(package)).iter()
            hrefs = {i.get("id"): i.get("href") for i in items if i.tag.endswith("}item")}
            spine = re.findall(r'<itemref[^>]* idref="([^"]*)"', book.read(package).decode())
            folder = package.rpartition("/")[0]
            text = "\n".join(plain(book.read(f"{folder}/{hrefs[i]}".lstrip("/")).decode()) for i in spine)
    elif kind == "pdf":
        text = subprocess.run(["pdftotext", "-raw", name_in(base, ".pdf"), "-"], capture_output=True, text=True).stdout.replace("\u200b", "")
    else:
        text = open(name_in(base, {"single": ".html", "text": ".txt", "json": ".json"}[kind]), encoding="utf-8").read()
        text = plain(text) if kind == "single" else text
    return WORD.findall(text)


def name_in(base, ending):
    return next(os.path.join(base, n) for n in os.listdir(base) if n.endswith(ending))


def rows(kind):
    """LEFT_OUT and MOVED rows of format.def: [(elements on the way down, formats)]."""
    text = open(os.path.join(ROOT, "compiler/model/format.def"), encoding="utf-8").read()
    return [(tuple(what.split("/")), formats.split()) for what, formats in re.findall(kind + r'\("([^"]*)",\s*"([^"]*)"', text)]


def is_under(way, what):
    """Do the elements of a row stand in one another, one right after another, on the way down to a word?"""
    if what[0].startswith("!"):
        return what[0][1:] not in way
    return any(all(w in (e, "*") for w, e in zip(what, way[i:i + len(what)])) for i in range(len(way) - len(what) + 1))


def words_with_ways(path):
    """Every word of the plain DocBook with the elements around it."""
    found = []

    def visit(element, way):
        way = way + [element.tag.rsplit("}", 1)[-1]]
        found.extend((w, way) for w in WORD.findall(element.text or ""))
        for child in element:
            visit(child, way)
            found.extend((w, way) for w in WORD.findall(child.tail or ""))

    visit(ET.parse(path).getroot(), [])
    return found


def compare(base, kind):
    """What a format lacks, and what stands in another order."""
    out, moved = ([what for what, formats in rows(name) if kind in formats] for name in ("LEFT_OUT", "MOVED"))
    view = [(w, way) for w, way in words_with_ways(name_in(base, ".xml")) if not any(is_under(way, what) for what in out)]
    there = words_of(base, kind)
    lost = [f"{w} in {'/'.join(way[-4:])}" for w, way in view if w not in there]
    order = [(w, way) for w, way in view if not any(is_under(way, what) for what in moved)]
    places, at, wrong = {}, -1, []
    for i, w in enumerate(there):
        places.setdefault(w, []).append(i)
    # What stands twice is a title that a reference repeats, or the contents.
    for w, way in order if kind != "html" else ():
        if len(places.get(w, ())) == 1:
            if places[w][0] < at:
                wrong.append(f"{w} in {'/'.join(way[-4:])}")
            at = max(at, places[w][0])
    return lost, wrong


def check(seed, schema, seen, folder, pdf, report):
    rng = random.Random(seed)
    for name, text in PROJECT.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    chunks, refused = keep_clean(folder, make_chunks(schema, rng, seed, seen))
    report["tried"].update(name for name, _ in chunks)
    report["refused"] += refused
    for _, chunk in chunks:
        for element in chunk.iter():
            report["elements"].add(element.tag.removeprefix(DB))
            report["attributes"].update((element.tag.removeprefix(DB), name) for name in element.attrib)
    formats = FORMATS + (["pdf"] if pdf else [])
    done = run("build", folder, "-o", folder + "/out", "-q", "--to", ",".join(formats + ["docbook"]))
    faults = [f"build: exit {done.returncode}: {done.stderr[:500]}"] if done.returncode else []
    for book in ("all", "one") if not faults else ():
        base = os.path.join(folder, "out/s", book, "en")
        for kind in formats:
            lost, wrong = compare(base, kind)
            faults += [f"{book} {kind} lost {what}" for what in lost] + [f"{book} {kind} order {what}" for what in wrong]
    if faults:
        raise Failure("\n    ".join(faults))


def has_engine():
    """Is Typst there, with node? Told by a build of a line."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "a.xml"), "w", encoding="utf-8") as file:
            file.write('<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>A</title><para>a</para></article>')
        return run("build", folder + "/a.xml", "-o", folder + "/out", "-q", "--to", "pdf").returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--pdf", action="store_true", help="PDFs too")
    parser.add_argument("--keep", action="store_true", help="keep the folders")
    options = parser.parse_args()
    print(f"complete: seed {options.seed}", flush=True)
    if options.pdf:
        os.environ.pop("VADE_TYPST", None)
        if not has_engine():
            print("skipped: there is no PDF engine (make deps-pdf)\n0 passed, 0 failed")
            return 0
    schema, seen, failed = Schema(RNG_FILE), set(), 0
    report = {"tried": set(), "refused": [], "elements": set(), "attributes": set()}
    for seed in range(options.seed, options.seed + options.cases):
        folder = tempfile.mkdtemp(prefix=f"complete-{seed}-")
        try:
            check(seed, schema, seen, folder, options.pdf, report)
        except (Failure, subprocess.TimeoutExpired) as failure:
            failed += 1
            print(f"FAILED complete/{seed}: {failure}", flush=True)
        if options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder)
    # A set is a book of books, and "book" is around every chunk.
    missing = {e.get("name") for e in schema.elements} - report["elements"] - {"book", "set", "setindex"}
    allowed = {name for name, _ in report["refused"]}
    if options.cases >= CASES and missing - allowed:
        failed += 1
        print(f"FAILED complete/elements: no chunk has {' '.join(sorted(missing - allowed))}")
    print(f"{len(report['elements'])} elements, {len(report['attributes'])} attributes of elements; {len(report['refused'])} chunks refused")
    if options.keep:
        for name, why in report["refused"]:
            print(f"refused {name}: {why[:150]}")
    print(f"{options.cases - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
