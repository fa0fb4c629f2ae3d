"""Property: whatever selection takes out of a book, what each handbook shows is valid DocBook (DESIGN.md section 6).

usage: python3 tests/property/shapes.py [--seed N] [--cases N] [--keep]
shapes.xml holds every kind of element that can be emptied. Each case gives some of its elements a condition or a class,
but no title that only an author could replace, and wants `vade check` to find every handbook valid (libxml2, by
schemas/manual.rng) and jing the plain DocBook of each (by DocBook 5.0's own schema). Case i is that of seed N + i:
`--seed ITS-SEED --cases 1` runs it again. The binary is $VADE, or build/vade. Last line: N passed, N failed.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
VADE = os.path.abspath(os.environ.get("VADE", os.path.join(HERE, "..", "..", "build/vade")))
SCHEMA = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"
DB = "{http://docbook.org/ns/docbook}"
ET.register_namespace("", DB[1:-1])
ET.register_namespace("v", "urn:vademecum:1")
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")

PROJECT = {
    "axes.xml": """<axes xmlns="urn:vademecum:axes:1">
<axis id="role" attribute="audience" kind="tree"><value id="a" security="int"/><value id="b" security="pub"/><value id="c" security="res"/></axis>
<axis id="stage" attribute="condition" kind="set"><value id="p"/><value id="q"/></axis>
<axis id="class" attribute="security" kind="ordered" clearance="yes"><value id="pub"/><value id="int"/><value id="res"/></axis>
</axes>""",
    "handbooks.xml": """<handbooks xmlns="urn:vademecum:handbooks:1"><shelf id="all" security="res">
<each axis="role" security="@"><title xml:lang="en">@</title></each>
<handbook id="own" security="int" projection="own"><title xml:lang="en">Own</title><values axis="role">=a</values><values axis="stage">p</values></handbook>
<handbook id="p" security="int"><title xml:lang="en">P</title><values axis="role">=b</values><values axis="stage">p</values></handbook>
<handbook id="q" projection="full"><title xml:lang="en">Q</title><values axis="stage">q</values></handbook>
</shelf></handbooks>""",
    "vade.xml": """<project xmlns="urn:vademecum:project:1" id="shapes"><title xml:lang="en">Shapes</title>
<edition version="1" date="2026-01-01"/><source xml:lang="en" href="book.xml"/><axes href="axes.xml"/><handbooks href="handbooks.xml"/></project>""",
    "x.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
}

# Elements that must have a title, and that nobody but an author could name.
NAMED = {"appendix", "article", "bibliodiv", "book", "chapter", "colophon", "dedication", "glossdiv", "part", "preface", "reference", "refsect1",
         "refsect2", "refsection", "sect1", "sect2", "sect3", "sect4", "sect5", "section", "sidebar", "simplesect", "task"}


# Synopses and messages are taken whole: nobody gives half a command.
WHOLE = {"cmdsynopsis", "funcsynopsis", "msgset"}


class Failure(Exception):
    pass


def local(element):
    return element.tag.removeprefix(DB)


def may_have(element, parent, in_task):
    """The attributes that an element may get, so that the project stays one that can be built."""
    name = local(element)
    if name == "book" or name in ("title", "info") and (local(parent) in NAMED or local(parent) == "info"):
        return []
    if name in ("title", "titleabbrev") and local(parent) in ("biblioentry", "bibliomixed"):
        return []
    if any(local(inner) == "task" for inner in element.iter()) or in_task and name in ("procedure", "step", "substeps", "stepalternatives", "note", "section"):
        return ["condition"]
    if is_counted(element, parent):
        return ["audience", "condition"]
    return ["audience", "audience", "condition", "security"]


def is_counted(element, parent):
    """Would what stands beside or below it move, if it had never been written? Cells of which all name their columns would not."""
    if local(element) in ("td", "th", "seg", "segtitle", "colspec"):
        return True
    if local(element) in ("entry", "entrytbl"):
        return any(cell.get("colname") is None or cell.get("morerows") for cell in parent)
    rows = [each for each in parent if local(each) in ("row", "tr")]
    return element in rows and any(cell.get("morerows") or cell.get("rowspan") for row in rows for cell in row)


def spoil(rng, source, only=None):
    """Gives elements conditions. Returns the tree and what was given."""
    tree = ET.parse(source)
    density = rng.choice([0.01, 0.03, 0.08, 0.2])
    given = []

    def visit(element, parent, in_task):
        if element.get("role") == "handoff":
            return  # both sides read all of it, or the project is refused
        names = may_have(element, parent, in_task) if parent is not None else []
        # A chapter that is gone has nothing in it to go wrong.
        large = local(element) in ("part", "chapter", "reference", "preface", "appendix")
        if names and rng.random() < (density / 4 if large else density):
            name = rng.choice(names)
            value = {"audience": ["a", "b", "c", "a b", "!a"], "condition": ["p", "q"], "security": ["int", "res"]}[name]
            element.set(name, rng.choice(value))
            given.append(f"{local(parent)}/{local(element)} {name}={element.get(name)}")
        for child in element if local(element) not in WHOLE else ():
            visit(child, element, in_task or local(element) == "task")

    visit(tree.getroot(), None, False)
    return tree, given


def run(*words):
    return subprocess.run([VADE, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)


def check(rng, folder):
    for name, text in PROJECT.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    tree, given = spoil(rng, os.path.join(HERE, "shapes.xml"))
    tree.write(os.path.join(folder, "book.xml"), encoding="utf-8", xml_declaration=True)
    done = run("check", folder, "--message-format", "json")
    errors = [record for record in map(json.loads, done.stderr.splitlines()) if record["severity"] == "error"]
    if errors or done.returncode:
        raise Failure("\n    ".join([f"check: exit {done.returncode}"] + [f"{e['line']}: {e['text']}" for e in errors[:6]] or [done.stderr]))
    done = run("build", folder, "-o", folder + "/out", "-q", "--to", "docbook,json,text,single")
    if done.returncode:
        raise Failure(f"build: exit {done.returncode}\n{done.stderr[:2000]}")
    made = sorted(os.path.join(place, name) for place, _, names in os.walk(folder + "/out") for name in names if name.endswith(".xml"))
    said = subprocess.run(["jing", SCHEMA, *made], capture_output=True, text=True)
    if said.returncode or not made:
        raise Failure("jing: " + "\n    ".join(line[:300] for line in said.stdout.splitlines()[:6]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--keep", action="store_true", help="keep the folders")
    options = parser.parse_args()
    print(f"shapes: seed {options.seed}", flush=True)
    failed = 0
    for seed in range(options.seed, options.seed + options.cases):
        folder = tempfile.mkdtemp(prefix=f"shapes-{seed}-")
        try:
            check(random.Random(seed), folder)
        except (Failure, subprocess.TimeoutExpired) as failure:
            failed += 1
            print(f"FAILED shapes/{seed}: {failure}", flush=True)
        if options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder)
    print(f"{options.cases - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
