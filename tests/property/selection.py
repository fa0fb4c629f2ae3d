"""Property: a handbook holds exactly the words, and of procedures the steps, that the oracle selects and projects for it
(DESIGN.md sections 5, 6 and 10).

usage: python3 tests/property/selection.py [--seed N] [--cases N] [--keep DIR] [--dry] [--validate N]
Case i is the case of seed N + i, so a failing case is seen again with `--seed ITS-SEED --cases 1`. The binary is $VADE,
or build/vade. --dry generates and asks the oracle only; --validate has jing look at the books of the first N cases.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMA = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"
CANARY = re.compile(rb"qxv[a-z]{9}")
TIMEOUT_S = 600

# The oracle's folder goes first: its selection.py and this file have one name.
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(HERE, "..", "oracle")]

import procedures  # noqa: E402
import projection  # noqa: E402
import projects  # noqa: E402
import selection as oracle  # noqa: E402
import steps  # noqa: E402
from axes import V, Fault  # noqa: E402
from book import Node  # noqa: E402


class Failure(Exception):
    pass


def words_in(folder):
    """All canary words in the bytes and names of all files of a folder: {word: a file}."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                data = file.read()
            for word in CANARY.findall(data + b" " + os.path.relpath(path, folder).encode()):
                found.setdefault(word.decode(), path)
    return found


def run_vade(vade, project, out):
    done = subprocess.run([vade, "build", project, "-o", out, "-j", "1"], stdin=subprocess.DEVNULL, text=True,
                          errors="replace", stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT_S)
    return done.returncode, done.stdout + done.stderr


def check_refused(case, code, said, out):
    """A planted fault: status 1, no output, and a message that names the file of the fault."""
    if code != 1:
        raise Failure(f"planted {case.fault} in {case.places}: exit {code}, not 1\n{said}")
    if os.path.exists(out):
        raise Failure(f"planted {case.fault} in {case.places}: {out} was made\n{said}")
    if not any(os.path.basename(place) in said for place in case.places):
        raise Failure(f"planted {case.fault}: no message names any of {case.places}\n{said}")


def check_built(model, code, said, out):
    if code != 0:
        raise Failure(f"exit {code}, not 0\n{said}")
    per_shelf = {}
    for handbook in model.handbooks:
        for lang in model.books:
            folder = os.path.join(out, handbook.shelf, handbook.id, lang)
            if not os.path.isfile(os.path.join(folder, "html", "index.html")):
                raise Failure(f"{handbook.shelf}/{handbook.id}/{lang} has no html/index.html\n{said}")
            must, may = model.canaries(handbook, lang)
            compare(model, handbook, lang, words_in(folder), must, may)
            compare_steps(model, handbook, lang, steps.of_pages(os.path.join(folder, "html")))
            check_first_page(model, handbook, lang, os.path.join(folder, "html", "index.html"))
            check_search(model, lang, os.path.join(folder, "html"))
            per_shelf.setdefault(handbook.shelf, set()).update(must | may)
    for shelf, allowed in per_shelf.items():
        strange = set(words_in(os.path.join(out, shelf))) - allowed
        if strange:
            raise Failure(f"{shelf}: words of none of its handbooks: {' '.join(sorted(strange))}")


def check_first_page(model, handbook, lang, file):
    """Of when a procedure is used the first page says the reader's own words, and all of these."""
    with open(file, encoding="utf-8") as page:
        said = re.findall(r'<p class="v-when">(.*?)</p>', page.read(), re.S)
    for words in (set(oracle.CANARY.findall(text)) for text in said):
        homes = {node for word in words for node in ancestry(model.home(word, lang)) if node.attributes.get("role") == "use-when"}
        tasks = {projection.task_of(node) for node in homes}
        wanted = {node for task in tasks for node in projection.use_when(model, handbook, task)}
        if len(tasks) != 1 or homes != wanted:
            raise Failure(f"{handbook.shelf}/{handbook.id}/{lang}: the first page says when by {[n.where() for n in homes]}, "
                          f"not by {[n.where() for n in wanted]}")


def ancestry(node):
    return [node] + list(node.ancestors())


def check_search(model, lang, folder):
    """What the search finds a page shows, but for the words that authors give it to be found by."""
    shown = set()
    for name in os.listdir(folder):
        if name.endswith(".html"):
            with open(os.path.join(folder, name), "rb") as file:
                page = file.read()
            shown.update(CANARY.findall(re.sub(rb"<[^>]*>", b" ", page)))
            shown.update(word for place in re.findall(rb' id="[^"]*"', page) for word in CANARY.findall(place))
    with open(os.path.join(folder, "search.js"), "rb") as file:
        hidden = sorted(word.decode() for word in set(CANARY.findall(file.read())) - shown)
    hidden = [word for word in hidden if not is_keyword(model.home(word, lang))]
    if hidden:
        raise Failure(f"the search of {folder} has words that no page shows: {' '.join(hidden)}")


def is_keyword(node):
    return node is not None and any(each.name == "keyword" for each in [node] + list(node.ancestors()))


def compare(model, handbook, lang, found, must, may):
    """LEAK: not for this reader; SHELL: for the reader, but what holds it is empty and goes; LOST: must be there."""
    lines = []
    for word in sorted(set(found) - must - may):
        homes = [model.home(word, each) for each in [lang] + list(model.books)]
        node = next((home for home in homes if home is not None), None)
        fault = "SHELL" if node is not None and lang_of(model, node) == lang and model.passes(node, handbook) else "LEAK"
        lines.append(f"{fault} {word} in {found[word]}" + explain(model, node, handbook))
    for word in sorted(must - set(found)):
        lines.append(f"LOST {word}" + explain(model, model.home(word, lang), handbook))
    if lines:
        more = [f"… {len(lines) - 12} more"] if len(lines) > 12 else []
        values = {axis: oracle.show(leaves) for axis, leaves in handbook.values.items()}
        head = f"{handbook.shelf}/{handbook.id}/{lang} (clearance {handbook.clearance}, values {values}):"
        raise Failure("\n".join([head] + lines[:12] + more))


def compare_steps(model, handbook, lang, found):
    """Every step of the oracle stands once, with its label, how much of it this is, its class and its actors."""
    book = model.books[lang]
    kept = [model.kept(book, handbook, heads_count) for heads_count in (False, True)]
    labels = procedures.step_labels(model, book)
    wrong = []
    for step in (node for node in book.walk() if node.name == "step" and node in kept[0] and node in kept[1]):
        words = title_words(step, kept[0])
        if not words:
            continue
        shown = [each for each in found if words & each.words]
        wanted = wanted_step(model, handbook, lang, step, labels[step])
        if len(shown) != 1:
            wrong.append(f"{len(shown)} times instead of once: {wanted}\n     {step.where()}")
        elif not wanted.is_met_by(shown[0]):
            wrong.append(f"{shown[0]} instead of {wanted}\n     {step.where()}")
    if wrong:
        raise Failure("\n".join([f"{handbook.shelf}/{handbook.id}/{lang} ({handbook.projection}): steps"] + wrong[:8]))


def title_words(step, kept):
    """The canary words that stand directly in a shown title of a step."""
    return {word for child in kept[step] if child.name == "title" for word in oracle.CANARY.findall(child.own_text())}


def wanted_step(model, handbook, lang, step, label):
    mode = projection.mode_of(model, handbook, step)
    own, around = procedures.rank_of(model, step), procedures.rank_of(model, step.parent)
    printed = projection.actor_is_printed(model, handbook, step)
    actors = printed and "; ".join(f"{token.lstrip('=')} {lang}" for token in projection.actors_of(step))
    absence = V + "standin" in step.attributes and projection.share(model, handbook, step) != projection.LINE
    return steps.Step(label, "" if mode == projection.FULL else mode, own > around, actors, absence)


def lang_of(model, node):
    root = ([node] + list(node.ancestors()))[-1]
    return next(lang for lang, book in model.books.items() if book is root)


def explain(model, node, handbook):
    if node is None:
        return ": in no element: a comment or an instruction"
    return f"\n     {node.where()}\n     {model.why(node, handbook)}"


def run_case(seed, folder, vade, dry):
    """Generates, asks the oracle, builds and compares. Returns the fault planted, or None."""
    source = os.path.join(folder, "project")
    case = projects.generate(seed, source)
    try:
        model = oracle.Project(source)
        errors = model.errors()
    except Fault as fault:
        errors = [fault]
    if bool(errors) != bool(case.fault):
        raise Failure(f"the generator and the oracle differ: planted {case.fault}, found {[str(e) for e in errors]}")
    if dry:
        if not errors:
            for handbook in model.handbooks:
                for lang in model.books:
                    model.canaries(handbook, lang)
        return case.fault
    out = os.path.join(folder, "out")
    try:
        code, said = run_vade(vade, source, out)
    except subprocess.TimeoutExpired:
        raise Failure(f"vade took more than {TIMEOUT_S} s")
    if case.fault:
        check_refused(case, code, said, out)
    else:
        check_built(model, code, said, out)
    return case.fault


# Validity of what is generated


def plain_docbook(node):
    """A book as one element tree without v: attributes."""
    attributes = {name: text for name, text in node.attributes.items() if not name.startswith(V)}
    made = ET.Element(node.tag, attributes)
    last = None
    for piece in node.pieces:
        if isinstance(piece, Node):
            last = plain_docbook(piece)
            made.append(last)
        elif last is None:
            made.text = (made.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece
    return made


def validate(first, count):
    """Has jing read the books of some seeds. Returns its status."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for seed in range(first, first + count):
            source = os.path.join(folder, str(seed))
            projects.generate(seed, source)
            for lang in os.listdir(source):
                if os.path.isdir(os.path.join(source, lang)):
                    book = oracle.read_book(os.path.join(source, lang, "book.xml"))
                    files.append(os.path.join(folder, f"{seed}-{lang}.xml"))
                    ET.ElementTree(plain_docbook(book)).write(files[-1], encoding="utf-8")
        status = subprocess.run(["jing", SCHEMA] + files).returncode
    print(f"selection: {len(files)} books, seed {first}: {'valid' if status == 0 else 'NOT VALID'}")
    return status


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--keep", help="write the first case here and stop")
    parser.add_argument("--dry", action="store_true")
    parser.add_argument("--validate", type=int, default=0)
    options = parser.parse_args()
    if options.keep:
        projects.generate(options.seed, options.keep)
        return 0
    if options.validate:
        return validate(options.seed, options.validate)
    vade = os.path.abspath(os.environ.get("VADE", "build/vade"))
    if not options.dry and not os.access(vade, os.X_OK):
        print(f"selection: no program {vade}")
        return 1
    return run(options, vade)


def run(options, vade):
    print(f"selection: seed {options.seed}", flush=True)
    faults = 0
    for seed in range(options.seed, options.seed + options.cases):
        folder = tempfile.mkdtemp(prefix=f"selection-{seed}-")
        try:
            faults += run_case(seed, folder, vade, options.dry) is not None
        except Failure as failure:
            print(f"selection: case of seed {seed} failed, kept in {folder}\n{failure}")
            print(f"FAILED selection: again with --seed {seed} --cases 1\n{seed - options.seed} passed, 1 failed")
            return 1
        shutil.rmtree(folder)
    print(f"selection: {faults} of {options.cases} cases had a planted fault")
    print(f"{options.cases} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
