"""Property N2: text that only other roles read appears nowhere in a handbook's folder but as brief lines, fallback titles, and
gaps in numbers (DESIGN.md section 10).

usage: python3 tests/property/others.py [--seed N] [--cases N] [--handbooks N] [--part frame|random|books|manual] [--keep]
A case takes a project (of the generator, manual/, or the books of books.py), puts a canary word into many of its texts, adds
readable references to what others read, builds it in every format, and looks into every byte and name of every handbook,
packed or not: a word that tests/oracle does not select and project for its reader may only be in a title that something
readable names. `vade audit` must be silent on what was built, and so must a release be; then a text of others is put into a
file, and it must not be. --handbooks: of a large project, so many at random. Case i is that of seed N + i.
The binary is $VADE, or build/vade. Last line: N passed, N failed.
"""

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ.setdefault("VADE_TYPST", "")  # tests/pdf.py tests the PDFs
ROOT = os.path.join(HERE, "..", "..")
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(HERE, "..", "oracle")]

import books  # noqa: E402
import projects  # noqa: E402
import selection as oracle  # noqa: E402
from axes import V  # noqa: E402
from faults import FAULTY  # noqa: E402
from masters import ID, Masters, all_text, new_node  # noqa: E402
from noninterference import formats, vade  # noqa: E402
from random_book import canary_word  # noqa: E402

CANARY = re.compile(rb"qxv[a-z]{9}")
NAMES = ["linkend", "linkends", "endterm", V + "go", V + "calls", V + "follows", V + "summary-of"]
TITLES = {"title", "subtitle", "titleabbrev", "glossterm", "abbrev", "bibliomixed", "term"}
SILENT = {"info", "imagedata", "colspec", "spanspec", "remark", "abbrev"}


class Failure(Exception):
    pass


# A project with canary words


def plant(rng, masters, part):
    """Puts a word of its own into many texts: of each language another."""
    for row in masters.lines():
        if rng.random() > part or row[0].name in SILENT:
            continue
        for node in row:
            spots = [i for i, piece in enumerate(node.pieces) if isinstance(piece, str) and piece.strip()]
            if spots:
                node.pieces[spots[-1]] = node.pieces[spots[-1]].rstrip() + f" {canary_word(rng)} "


def refer(rng, masters, count):
    """Readable references to procedures, sections and figures, whoever reads those."""
    rows = masters.lines()
    paras = [row for row in rows if row[0].name in ("para", "simpara")
             and not any(up.name in ("footnote", "warning", "title") for up in row[0].ancestors())]
    targets = [row for row in rows if row[0].name in ("task", "section", "chapter", "table", "figure", "step", "example")
               and any(child.name in ("title", "info") for child in row[0].children())]
    for _ in range(count if paras and targets else 0):
        para, target = rng.choice(paras), rng.choice(targets)
        ident = target[0].attributes.get(ID) or f"ref-{rng.randrange(10 ** 9)}"
        for here, there in zip(para, target):
            there.attributes[ID] = ident
            here.pieces += [" ", new_node("xref", here, [], {"linkend": ident, V + "else": "elsewhere"})]


def write_clean(rng, masters, folder, part, references):
    """The project with words and references; with fewer references, if a check refuses some."""
    for count in (references, references // 3, 0):
        changed = masters.copy()
        choice = random.Random(rng.random())
        refer(choice, changed, count)
        plant(choice, changed, part)
        shutil.rmtree(folder, ignore_errors=True)
        changed.write(folder)
        code, said = vade("build", folder, "--stop-after", "select")
        if code == 0:
            return
    errors = [line for line in said.splitlines() if ": error: " in line or ": internal error: " in line]
    raise Failure(f"check: exit {code}\n    " + "\n    ".join(errors[:6]))


# What is in a handbook, and what may be


def parts_of(path):
    """(name, bytes) of a file, and of what it packs."""
    with open(path, "rb") as file:
        yield path, file.read()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield f"{path}: {name}", packed.read(name)


def words_in(folder):
    """{canary word: where it was found first}."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            for where, data in parts_of(os.path.join(place, name)):
                for word in CANARY.findall(data + b" " + where[len(folder):].encode()):
                    found.setdefault(word.decode(), where)
    return found


def named_titles(model, book, kept):
    """The canary words in ids and titles of what something readable names by its id."""
    cited = {ident for node in kept for name in NAMES for ident in node.attributes.get(name, "").split()}
    words = set()
    for node in book.walk():
        if node.attributes.get(ID) not in cited:
            continue
        heads = [node] if node.name in TITLES else []
        for child in node.children():
            heads += [child] if child.name in TITLES else [c for c in child.children() if child.name == "info" and c.name in TITLES]
        # "EDU-O-01, step 4": a step is cited by its procedure.
        for one in [node, *node.ancestors()]:
            if one is node or one.name == "task":
                words.update(oracle.CANARY.findall(one.attributes.get(ID, "")))
        for head in heads:
            words.update(oracle.CANARY.findall(all_text(head)))
    return words


class Reader:
    """What one handbook may hold in a language, by the oracle."""

    def __init__(self, model, handbook, lang):
        self.model, self.handbook, self.lang, self.book = model, handbook, lang, model.books[lang]
        must, may = model.canaries(handbook, lang)
        kept = model.kept(self.book, handbook, True)
        self.shown = set(kept)
        self.allowed = must | may
        self.titles = named_titles(model, self.book, kept)

    def check(self, folder):
        found = words_in(folder)
        for word in sorted(set(found) - self.allowed):
            node = next((home for home in (self.model.home(word, each) for each in self.model.books) if home), None)
            if word in self.titles and node is not None and self.class_allows(node):
                continue
            raise Failure(f"{self.handbook.id}/{self.lang} ({self.handbook.projection}): {word} in {found[word]}"
                          + (f"\n    {node.where()}: {self.model.why(node, self.handbook)}" if node else ""))
        return len(found)

    def class_allows(self, node):
        axis = self.model.clearance
        return axis is None or self.model.effective[node][axis.id] <= self.handbook.clearance

    def is_emptied(self, node):
        return self.model.passes(node, self.handbook) and not any(up.name == "step" for up in node.ancestors())

    def secrets(self):
        """What only others read: of paragraphs that are not selected, the words around a canary word. What is selected and
        still not shown, for nothing is left of its section, is no secret; nor is what is included in two places and shown
        in one."""
        found, shown = [], {all_text(node) for node in self.shown if node.name == "para" and not node.children()}
        for node in self.book.walk():
            words = all_text(node).split()
            at = next((i for i, word in enumerate(words) if oracle.CANARY.search(word)), None)
            if (at is not None and node.name == "para" and node not in self.shown and not node.children()
                    and all_text(node) not in shown and self.class_allows(node) and not self.is_emptied(node)
                    and not any(up.name in ("remark", "warning") for up in node.ancestors())):
                found.append(" ".join(words[max(0, at - 4):at + 5]))
        return found


# Cases


def build(source, out, *words):
    shutil.rmtree(out, ignore_errors=True)
    code, said = vade("build", source, "-o", out, "-q", *words)
    if code != 0:
        raise Failure(f"build {' '.join(words)}: exit {code}\n{said[:1500]}")


def agree(source):
    """A release is of languages that were agreed; what differs, with a reason."""
    vade("i18n", "stamp", source)
    left = re.findall(r'"unit": "([^"]*)"', vade("i18n", "stale", "--json", source)[1])
    if left:
        vade("i18n", "stamp", "--reason", "so it is", source, *left)


def check_audit(out, source):
    code, said = vade("audit", out, source)
    if code != 0 or ": error: " in said:  # warnings are of the sources
        raise Failure(f"audit: exit {code} where nothing is wrong\n{said[:1500]}")


def check_planted(rng, readers, source, out):
    """One paragraph of others in one file: found, with the file and status 4."""
    with_secrets = [(reader, reader.secrets()) for reader in readers]
    with_secrets = [(reader, secrets) for reader, secrets in with_secrets if secrets]
    if not with_secrets:
        return 0
    reader, secrets = rng.choice(with_secrets)
    text = rng.choice(secrets)
    below = os.path.join(out, reader.handbook.shelf, reader.handbook.id, reader.lang)
    files = sorted(os.path.join(place, name) for place, _, names in os.walk(below) for name in names
                   if name.endswith((".html", ".txt", ".xml", ".json", ".js")))
    path = rng.choice(files)
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    code, said = vade("audit", out, source)
    if code != 4 or "V0803" not in said or os.path.basename(path) not in said:
        raise Failure(f"planted {text!r} in {path}, for {reader.handbook.id}: exit {code}\n{said[:900]}")
    return 1


def run_case(rng, source, folder, part, references, handbooks):
    """Returns how many words were looked at and how many leaks were planted."""
    changed, out = os.path.join(folder, "changed"), os.path.join(folder, "out")
    write_clean(rng, Masters(source), changed, part, references)
    model = oracle.Project(changed)
    chosen = model.handbooks
    options = ["--to", ",".join(formats()[0])]
    if handbooks and handbooks < len(chosen):
        chosen = rng.sample(chosen, handbooks)
        options += [word for h in chosen for word in ("--handbook", h.id)]
    build(changed, out, *options)
    readers = [Reader(model, handbook, lang) for handbook in chosen for lang in model.books]
    words = sum(reader.check(os.path.join(out, reader.handbook.shelf, reader.handbook.id, reader.lang)) for reader in readers)
    check_audit(out, changed)
    return words, check_planted(rng, readers, changed, out)


def random_case(seed, folder, options):
    source = os.path.join(folder, "generated")
    if seed % 20 in FAULTY:
        return 0, 0
    projects.generate(seed, source)
    return run_case(random.Random(f"{seed} others"), source, folder, 0.1, 6, 0)


def manual_case(seed, folder, options):
    return run_case(random.Random(f"{seed} others"), os.path.join(ROOT, "manual"), folder, 0.5, 40, options.handbooks)


def book_case(seed, folder, options):
    """Books of another nature: also whole, as they are, with a release."""
    name = sorted(books.BOOKS)[seed % len(books.BOOKS)]
    source = os.path.join(folder, name)
    books.BOOKS[name](source)
    agree(source)
    build(source, os.path.join(folder, "release"), "--release", "--to", ",".join(formats()[0]))
    check_audit(os.path.join(folder, "release"), source)
    return run_case(random.Random(f"{seed} others"), source, folder, 0.5, 20, 0)


def frame_case(seed, folder, options):
    """A word of the frame of pages, packages and data is no leak because others have a text of that one word."""
    source = os.path.join(folder, "clinic")
    books.BOOKS["clinic"](source)
    build(source, os.path.join(folder, "first"), "--to", ",".join(formats()[0]))
    words = set()
    for place, _, names in os.walk(os.path.join(folder, "first")):
        for name in names:
            for where, data in parts_of(os.path.join(place, name)):
                if not where.endswith(".epub"):  # what is packed spells words by chance
                    words.update(re.findall(r"[A-Za-z]{5,30}", data.decode("utf-8", "replace")))
    for lang in ("en", "es"):
        path = os.path.join(source, lang + ".xml")
        with open(path, encoding="utf-8") as file:
            book = file.read()
        list_of = "".join(f"<para>{word}</para>" for word in sorted(words))
        with open(path, "w", encoding="utf-8") as file:
            file.write(book.replace("</book>", f'<chapter xml:id="w" audience="physician"><title>W</title>{list_of}</chapter></book>'))
    build(source, os.path.join(folder, "second"), "--to", ",".join(formats()[0]))
    check_audit(os.path.join(folder, "second"), source)
    return len(words), 0


PARTS = {"frame": frame_case, "random": random_case, "books": book_case, "manual": manual_case}


def run_part(name, count, options):
    """Cases of one part. Returns (passed, failed)."""
    passed = failed = words = planted = 0
    for seed in range(options.seed, options.seed + count):
        folder = tempfile.mkdtemp(prefix=f"others-{name}-")
        try:
            seen, found = PARTS[name](seed, folder, options)
            words, planted = words + seen, planted + found
            passed += 1
        except Failure as failure:
            failed += 1
            print(f"FAILED others/{name}-{seed}: {failure}", flush=True)
        if not options.keep:
            shutil.rmtree(folder)
    print(f"{'FAILED' if failed else 'ok'} others/{name}: {count} cases, {words} words seen, {planted} planted", flush=True)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=40, help="random projects; the manual in a twentieth of them")
    parser.add_argument("--handbooks", type=int, default=12, help="of the manual: how many, at random (0: all)")
    parser.add_argument("--part", choices=list(PARTS), help="only this")
    parser.add_argument("--keep", action="store_true", help="keep the folders")
    options = parser.parse_args()
    print(f"others: seed {options.seed}", flush=True)
    counts = {"frame": 1, "random": options.cases, "books": len(books.BOOKS), "manual": max(1, options.cases // 20)}
    passed = failed = 0
    for name in PARTS:
        if options.part in (None, name):
            good, bad = run_part(name, counts[name], options)
            passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
