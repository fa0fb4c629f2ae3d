#!/usr/bin/env python3
"""Classes of pages: those that carry the name of a DocBook element stand on that element alone.

    tests/classes.py

A class is either the name of a DocBook element, printed for this element, or one of ours: it holds
a hyphen ("v-tip", "step-title", "m-brief", "r-ROLE"), as no name of DocBook does. So no rule for a
part of the frame, or for what the script adds, can meet an element of a book. Read from the
sources: stylesheets, CSS, script, and what C writes.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as tree

root = pathlib.Path(__file__).resolve().parent.parent
XSL, RNG = "{http://www.w3.org/1999/XSL/Transform}", "{http://relaxng.org/ns/structure/1.0}"
# Rules that take an element out of the flow, or out of sight.
OUT_OF_FLOW = re.compile(r"position:\s*(?:absolute|fixed)|visibility:|clip|opacity:")
faults = []


def element_names():
    found = set()
    for path in (root / "schemas").glob("*.rng"):
        for element in tree.parse(path).iter(RNG + "element"):
            found.add((element.get("name") or "").split(":")[-1])
    return found - {""}


def check_css(path, names):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        for selector in selectors.split(","):
            for name in re.findall(r"\.([A-Za-z][\w-]*)", selector):
                if "-" not in name and name not in names:
                    faults.append(f"{path.name}: .{name} is neither a DocBook element nor holds a hyphen")
            last = re.split(r"[\s>+~]+", re.sub(r"::.*", "", selector.strip()))[-1]
            styled = set(re.findall(r"\.([A-Za-z][\w-]*)", last)) & names
            if OUT_OF_FLOW.search(body) and "::" not in selector and styled:
                faults.append(f"{path.name}: {selector.strip()} takes a DocBook element out of the flow")


def check_script(path):
    text = path.read_text()
    made = re.findall(r'"class":\s*"([^"]*)"', text) + re.findall(r'classList\.\w+\("([^"]*)"', text)
    for name in " ".join(made).split():
        if "-" not in name:
            faults.append(f"{path.name}: the script gives the class {name}, which holds no hyphen")


def check_c(path, names):
    for given in re.findall(r'class=\\"([^"\\%]*)\\"', path.read_text()):
        for name in given.split():
            if "-" not in name:
                faults.append(f"{path.name}: class {name} holds no hyphen")


def check_sheet(path, names):
    """A literal class without a hyphen stands where its element was matched or asked for."""
    def walk(element, asked):
        if element.tag.startswith(XSL):
            asked = asked + " " + " ".join(element.get(key, "") for key in ("match", "select", "test", "name"))
            given = "".join(element.itertext()) if element.tag == XSL + "attribute" and element.get("name") == "class" else ""
        else:
            given = re.sub(r"\{[^}]*\}", "", element.get("class", ""))
        for name in given.split():
            if "-" in name:
                continue
            if name not in names:
                faults.append(f"{path.name}: class {name} is neither a DocBook element nor holds a hyphen")
            elif not re.search(rf"\bdb:{name}\b", asked) and name not in TITLES:
                faults.append(f"{path.name}: class {name} is given to what is no {name}: {asked.strip()[:80]}")
        for child in element:
            walk(child, asked)
    walk(tree.parse(path).getroot(), "")


# Lines that stand as the title of something, whoever wrote them.
TITLES = {"title", "subtitle"}

names = element_names()
if len(names) < 350:
    sys.exit("the schemas name too few elements")
rooms = root / "compiler"
sheets = rooms / "format"
for path in sorted(sheets.glob("css/*.css")):
    check_css(path, names)
for path in sorted(sheets.glob("js/*.js")):
    check_script(path)
for path in sorted([*rooms.glob("compose/*.c"), *rooms.glob("format/*.c"), *rooms.glob("style/*.c")]):
    check_c(path, names)
for path in sorted(sheets.glob("xsl/*.xsl")):
    check_sheet(path, names)
for fault in faults:
    print(fault, file=sys.stderr)
print(f"classes: {len(faults)} faults")
sys.exit(1 if faults else 0)
