"""Properties of selection and projection that need no model, on random projects (DESIGN.md sections 5, 6 and 10).

usage: python3 tests/property/laws.py [--seed N] [--cases N] [--law NAME] [--keep]
narrower    an attribute, a `!` token or a higher class more never adds a word to any handbook
wider       a higher clearance of a handbook, or more values of one that shows all in full, never takes a word away
order       the order of axes, handbooks and tokens changes no word of any handbook
alone       a handbook built alone is the same bytes as built with all others
twice       the DocBook of a handbook is a book with the same words, and the DocBook of that one is the same again
adoption    an agency adopts what it names, all that this requires in turn, and what everything requires; no more
labels      a step has the same label in every handbook and language of manual/
Case i is that of seed N + i: `--seed ITS-SEED --cases 1 --law NAME` runs it again. The binary is $VADE, or build/vade.
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
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(HERE, "..", "oracle")]

import agencies  # noqa: E402
import projects  # noqa: E402
import selection as oracle  # noqa: E402
from axes import AXES, tokens  # noqa: E402
from faults import FAULTY  # noqa: E402
from handbooks import HANDBOOKS  # noqa: E402
from masters import Masters  # noqa: E402
from random_axes import random_tokens  # noqa: E402
from steps import Page  # noqa: E402

VADE = os.path.abspath(os.environ.get("VADE", os.path.join(ROOT, "build/vade")))
CANARY = re.compile(rb"qxv[a-z]{9}")
ET.register_namespace("", HANDBOOKS[1:-1])


class Failure(Exception):
    pass


class Nothing(Exception):
    """The project has nothing to test, or the change is one that a build refuses."""


def vade(*words):
    done = subprocess.run([VADE, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", timeout=600)
    return done.returncode, done.stdout


def build(source, out, *words):
    code, said = vade("build", source, "-o", out, "-q", *words)
    if code != 0:
        raise Failure(f"build: exit {code}\n{said[:900]}")
    return out


def build_changed(source, out):
    """A change may make something that a build refuses: then there is nothing to compare."""
    code, said = vade("build", source, "-o", out, "-q")
    if code == 1:
        raise Nothing()
    if code != 0:
        raise Failure(f"build: exit {code}\n{said[:900]}")
    return out


def contents(folder):
    return {os.path.relpath(os.path.join(place, name), folder): open(os.path.join(place, name), "rb").read()
            for place, _, names in os.walk(folder) for name in names}


def words_of(out, masters):
    """{(handbook, language): its canary words}."""
    return {(h.id, lang): {word for path, data in contents(os.path.join(out, h.shelf, h.id, lang)).items()
                           for word in CANARY.findall(data + b" " + path.encode())}
            for h in masters.handbooks for lang in masters.books}


def show(words):
    return b" ".join(sorted(words)[:5]).decode()


# Laws: each takes a random project, a random generator and a folder to work in


def narrower(rng, source, folder):
    masters = Masters(source)
    before = words_of(build(source, folder + "/before"), masters)
    changed = []
    for _ in range(rng.randint(1, 4)):
        axis = rng.choice(masters.axes)
        row = rng.choice(masters.lines())
        # An audience replaces the one that a procedure has of its roles.
        if axis.id == "role" and row[0].name == "task":
            continue
        old = row[0].attributes.get(axis.attribute)
        if old is None:
            new = random_tokens(rng, axis)
        elif axis.kind == "ordered":
            new = axis.values[rng.randint(axis.read(old), len(axis.values) - 1)]
        else:
            new = old + " !" + rng.choice(axis.values)
        for node in row:
            node.attributes[axis.attribute] = new
        changed.append(f"{axis.id} of {row[0].where()}: {old!r} to {new!r}")
    masters.write(folder + "/changed")
    after = words_of(build_changed(folder + "/changed", folder + "/after"), masters)
    for key, words in after.items():
        if words - before[key]:
            raise Failure(f"{key} got {show(words - before[key])} by\n    " + "\n    ".join(changed))


def edit_handbooks(source, edit):
    path = os.path.join(source, "handbooks.xml")
    tree = ET.parse(path)
    edit(tree.getroot())
    tree.write(path, encoding="utf-8", xml_declaration=True)


def wider(rng, source, folder):
    masters = Masters(source)
    clearance = masters.axis
    said = []

    def widen(root):
        for entry in root.iter(HANDBOOKS + "handbook"):
            values = entry.findall(HANDBOOKS + "values")
            if clearance and rng.random() < 0.5:
                rank = clearance.read(entry.get("security")) if entry.get("security") else 0
                entry.set("security", rng.choice(clearance.values[rank:]))
            elif values and entry.get("projection") == "full":
                chosen = rng.choice(values)
                if rng.random() < 0.3:
                    entry.remove(chosen)
                elif "!" not in chosen.text:  # more positives widen only where there are some
                    chosen.text += " " + rng.choice(next(a for a in masters.axes if a.id == chosen.get("axis")).values)
            said.append(ET.tostring(entry, encoding="unicode")[:300])
        for shelf in root.iter(HANDBOOKS + "shelf"):
            if clearance:
                shelf.set("security", clearance.values[-1])

    before = words_of(build(source, folder + "/before"), masters)
    shutil.copytree(source, folder + "/changed")
    edit_handbooks(folder + "/changed", widen)
    if not said:
        raise Nothing()
    after = words_of(build_changed(folder + "/changed", folder + "/after"), masters)
    for key, words in before.items():
        if words - after[key]:
            raise Failure(f"{key} lost {show(words - after[key])} by\n    " + "\n    ".join(said))


def order(rng, source, folder):
    masters = Masters(source)
    before = words_of(build(source, folder + "/before"), masters)
    for row in masters.lines():  # token for token the same in every language
        for axis in masters.axes:
            if axis.attribute in row[0].attributes:
                words = tokens(row[0].attributes[axis.attribute])
                rng.shuffle(words)
                for node in row:
                    node.attributes[axis.attribute] = " ".join(words)
    masters.write(folder + "/changed")
    for name, tag in (("axes.xml", AXES + "axis"), ("handbooks.xml", None)):
        path = os.path.join(folder, "changed", name)
        ET.register_namespace("", AXES[1:-1] if tag else HANDBOOKS[1:-1])
        tree = ET.parse(path)
        for parent in [tree.getroot()] if tag else tree.getroot().iter(HANDBOOKS + "shelf"):
            # Titles go first.
            entries = [e for e in parent if tag or e.tag in (HANDBOOKS + "handbook", HANDBOOKS + "each")]
            for each in entries:
                parent.remove(each)
            rng.shuffle(entries)
            parent.extend(entries)
        tree.write(path, encoding="utf-8", xml_declaration=True)
    after = words_of(build(folder + "/changed", folder + "/after"), masters)
    for key, words in before.items():
        if words != after[key]:
            raise Failure(f"{key}: {show(words ^ after[key])} in one order only")


def alone(rng, source, folder):
    masters = Masters(source)
    build(source, folder + "/all")
    for h in rng.sample(masters.handbooks, min(3, len(masters.handbooks))):
        build(source, folder + "/one-" + h.id, "--handbook", h.id, "-j", "1")
        one, among = (contents(os.path.join(folder, out, h.shelf, h.id)) for out in ("one-" + h.id, "all"))
        wrong = sorted(path for path in set(one) | set(among) if one.get(path) != among.get(path))
        if wrong:
            raise Failure(f"{h.id} alone differs in {' '.join(wrong[:5])}")


def twice(rng, source, folder):
    if "docbook" not in vade("build", "--help")[1].rpartition("\nFormats:")[2].split():
        raise Nothing()
    if "V0362" in vade("check", source)[1]:
        raise Nothing()  # what a handbook shows is no valid book, and the author was told
    masters = Masters(source)
    h = rng.choice(masters.handbooks)
    lang = rng.choice(list(masters.books))
    build(source, folder + "/0", "--handbook", h.id, "--lang", lang, "--to", "docbook")
    path = f"{folder}/0/{h.shelf}/{h.id}/{lang}/{h.id}.{lang}.xml"
    texts = []
    for turn in ("1", "2"):
        with open(path, "rb") as file:
            texts.append(file.read())
        build(path, f"{folder}/{turn}", "--to", "docbook")
        made = [os.path.join(place, name) for place, _, names in os.walk(f"{folder}/{turn}") for name in names
                if name.endswith(".xml")]
        if len(made) != 1:
            raise Failure(f"the DocBook of {h.id} makes {made}")
        path = made[0]
    with open(path, "rb") as file:
        texts.append(file.read())
    words = [set(CANARY.findall(text)) for text in texts]
    for turn in (1, 2):
        if words[turn] != words[0]:
            raise Failure(f"{h.id}/{lang}, pass {turn}: {show(words[turn] ^ words[0])} is not in both")


def adoption(rng, source, folder):
    masters = Masters(source)
    sets = [axis for axis in masters.axes if axis.kind == "set" and len(axis.values) > 1]
    if not sets:
        raise Nothing()
    axis = rng.choice(sets)
    requires = agencies.add_requires(rng, source, axis)
    chosen = rng.sample(axis.values, rng.randint(1, len(axis.values)))
    adopted = agencies.closed(axis.values, requires, chosen)
    agency = agencies.Agency(masters)
    agency.adopts = (axis.id, chosen)
    agencies.write_files(agency.files(), source)
    model = oracle.Project(source)
    code, said = vade("build", source, "-o", folder + "/out", "-q", "--agency", os.path.join(source, agencies.FOLDER))
    left = {h: h.values.get(axis.id, axis.all_leaves()) & axis.read(" ".join(adopted)) for h in model.handbooks}
    if code == 1 and (not all(left.values()) or "V0185" in said):
        raise Nothing()  # a handbook of nothing, a procedure without its warning
    if code != 0 or not all(left.values()):
        raise Failure(f"build: exit {code}, {axis.id} adopts {chosen}, closed {sorted(adopted)}\n{said[:900]}")
    for handbook, values in left.items():
        handbook.values[axis.id] = values
        for lang in model.books:
            must, may = model.canaries(handbook, lang)
            out = os.path.join(folder, "out", "demo", handbook.shelf, handbook.id, lang)
            found = {word.decode() for path, data in contents(out).items() for word in CANARY.findall(data + path.encode())}
            if not must <= found <= must | may:
                raise Failure(f"{handbook.id}/{lang}: {sorted(must - found)[:4]} lost, {sorted(found - must - may)[:4]} too many; "
                              f"{axis.id} adopts {chosen}, requires {requires}")


LAWS = {law.__name__: law for law in (narrower, wider, order, alone, twice, adoption)}


# The manual


def labels(seed, folder, count):
    """Every step with an id has one label, in all of some handbooks, in both languages."""
    source = os.path.join(ROOT, "manual")
    masters = Masters(source)
    chosen = random.Random(f"{seed} labels").sample(masters.handbooks, min(count, len(masters.handbooks)))
    build(source, folder + "/out", *[word for h in chosen for word in ("--handbook", h.id)], "--to", "html")
    seen = {}
    for h in chosen:
        for lang in masters.books:
            for path, data in contents(os.path.join(folder, "out", h.shelf, h.id, lang, "html")).items():
                if path.endswith(".html"):
                    for step in Page(data.decode()).steps:
                        if step.ident:
                            seen.setdefault(step.ident, {}).setdefault(step.label, f"{h.id}/{lang}/{path}")
    wrong = [f"{ident}: {found}" for ident, found in sorted(seen.items()) if len(found) > 1]
    if wrong or not seen:
        raise Failure("\n    ".join(["steps with two labels:"] + wrong[:8]))
    return len(seen)


# Cases


def run_law(name, options):
    """Cases of one law. Returns (passed, failed)."""
    passed = failed = 0
    seed = options.seed
    while passed + failed < options.cases and seed < options.seed + 4 * options.cases + 20:
        folder = tempfile.mkdtemp(prefix=f"laws-{name}-")
        try:
            if seed % 20 in FAULTY:
                raise Nothing()
            source = os.path.join(folder, "project")
            projects.generate(seed, source)
            LAWS[name](random.Random(f"{seed} {name}"), source, folder)
            passed += 1
        except Nothing:
            pass
        except (Failure, subprocess.TimeoutExpired) as failure:
            failed += 1
            print(f"FAILED laws/{name}-{seed}: {failure}", flush=True)
        if not options.keep:
            shutil.rmtree(folder)
        seed += 1
    print(f"{'FAILED' if failed else 'ok'} laws/{name}: {passed + failed} cases, seeds {options.seed} to {seed - 1}",
          flush=True)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=20, help="of each law")
    parser.add_argument("--law", choices=[*LAWS, "labels"], help="only this")
    parser.add_argument("--keep", action="store_true", help="keep the folders")
    options = parser.parse_args()
    print(f"laws: seed {options.seed}", flush=True)
    passed = failed = 0
    for name in LAWS:
        if options.law in (None, name):
            good, bad = run_law(name, options)
            passed, failed = passed + good, failed + bad
    if options.law in (None, "labels"):
        folder = tempfile.mkdtemp(prefix="laws-labels-")
        try:
            count = labels(options.seed, folder, max(8, options.cases // 2))
            passed += 1
            print(f"ok laws/labels: {count} steps of the manual")
        except Failure as failure:
            failed += 1
            print(f"FAILED laws/labels: {failure}")
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
