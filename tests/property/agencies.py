"""A random agency of a project: phones, an adoption, a post, local instructions; some of it above a clearance.

Used by noninterference.py (what is above changes) and laws.py (adoption), with tests/oracle on the path.
Invariant: the folder `agency` of the project holds all of it; the project's own files are not touched.
"""

import copy
import os
import xml.etree.ElementTree as ET

from axes import AXES, V, role_axis
from handbooks import Handbook
from masters import ID

FOLDER = "agency"
NS = "urn:vademecum:agency:1"
ANCHORS = {"step", "section", "chapter", "listitem", "tasksummary"}


class Agency:
    """What an agency.xml and a local.xml say."""

    def __init__(self, masters):
        self.masters = masters
        self.phones = []  # [label, number, rank]
        self.instructions = []  # [id, anchor, rank, words]
        self.adopts = None  # (axis id, values)
        self.post = None  # Handbook

    def copy(self):
        made = copy.copy(self)
        made.phones = [list(phone) for phone in self.phones]
        made.instructions = [list(each) for each in self.instructions]
        return made

    def handbooks(self):
        return [self.post] if self.post else []

    def languages(self):
        return list(self.masters.books)

    def security(self, rank):
        axis = self.masters.axis
        return f' security="{axis.values[rank]}"' if axis is not None and rank else ""

    def files(self):
        """{path in the project: text}."""
        text = f'<agency xmlns="{NS}" id="demo"><name>Demo</name>\n'
        for label, number, rank in self.phones:
            text += f'<phone number="{number}" source="S-1" date="2026-11-01"{self.security(rank)}><label>{label}</label></phone>\n'
        if self.adopts:
            text += f'<adopt axis="{self.adopts[0]}" values="{" ".join(self.adopts[1])}"/>\n'
        if self.post:
            titles = "".join(f'<title xml:lang="{lang}">The post</title>' for lang in self.languages())
            text += (f'<post id="{self.post.id}" shelf="{self.post.shelf}"{self.security(self.post.clearance)}>{titles}'
                     f'<values axis="role">{self.post.tokens}</values></post>\n')
        local = "".join(
            f'<instruction id="{ident}" after="{anchor}"{self.security(rank)}>'
            + "".join(f'<text xml:lang="{lang}"><db:para>{words} {lang}</db:para></text>' for lang in self.languages())
            + "</instruction>\n" for ident, anchor, rank, words in self.instructions)
        return {os.path.join(FOLDER, "agency.xml"): text + '<local href="local.xml"/></agency>\n',
                os.path.join(FOLDER, "local.xml"):
                    f'<local xmlns="{NS}" xmlns:db="http://docbook.org/ns/docbook">{local}</local>\n'}


def write_files(files, folder):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(text)


# Random ones


def words(rng, most=12):
    return " ".join("zq" + "".join(rng.choice("abcdefghijklmnoprstuvwxy") for _ in range(rng.randint(2, 9)))
                    for _ in range(rng.randint(3, most)))


def number(rng):
    return "+34 900 " + " ".join(str(rng.randint(100, 999)) for _ in range(2))


def anchors(masters):
    book = next(iter(masters.books.values()))
    return [node.attributes[ID] for node in book.walk() if node.name in ANCHORS and ID in node.attributes]


def random_post(rng, masters):
    """Two roles in one handbook, of a class that both read; None where that cannot be."""
    role = role_axis(masters.axes)
    values = role.values if role else []
    shelves = sorted({h.shelf for h in masters.handbooks})
    if len(values) < 2:
        return None
    chosen = rng.sample(values, 2)
    rank = 0
    if masters.axis is not None:
        rank = min(masters.axis.read(role.security[v]) if role.security.get(v) else 0 for v in chosen)
    shelf = rng.choice(shelves)
    rank = min(rank, max(h.clearance for h in masters.handbooks if h.shelf == shelf))
    post = Handbook("the-post", shelf, rank)
    post.tokens = " ".join("=" + value for value in chosen)
    post.values[role.id] = role.read(post.tokens)
    return post


def random_adoption(rng, masters):
    axes = [axis for axis in masters.axes if axis.kind == "set" and len(axis.values) > 1]
    if not axes:
        return None
    axis = rng.choice(axes)
    return axis.id, rng.sample(axis.values, rng.randint(1, len(axis.values)))


def random_agency(rng, masters, most_instructions=5):
    made = Agency(masters)
    ranks = range(len(masters.axis.values)) if masters.axis else [0]
    made.phones = [[words(rng, 4), number(rng), rng.choice(ranks)] for _ in range(rng.randint(0, 4))]
    places = anchors(masters)
    for n in range(rng.randint(1, most_instructions) if places else 0):
        made.instructions.append([f"local-{n}", rng.choice(places), rng.choice(ranks), words(rng)])
    if rng.random() < 0.6:
        made.post = random_post(rng, masters)
    if rng.random() < 0.5:
        made.adopts = random_adoption(rng, masters)
    return made


def simpler(agency):
    """The same with one thing less that a build may refuse; None when there is nothing left."""
    made = agency.copy()
    if made.adopts:
        made.adopts = None
    elif made.post:
        made.post = None
    elif made.instructions:
        made.instructions.pop()
    else:
        return None
    return made


# What is above a clearance changes


def change_phone(rng, agency, clearance):
    above = [phone for phone in agency.phones if phone[2] > clearance]
    way = rng.choice(["change", "drop", "add"])
    if way == "add":
        rank = rng.randint(clearance + 1, len(agency.masters.axis.values) - 1)
        agency.phones.insert(rng.randint(0, len(agency.phones)), [words(rng, 4), number(rng), rank])
    elif not above:
        return None
    elif way == "drop":
        agency.phones.remove(rng.choice(above))
    else:
        rng.choice(above)[:2] = [words(rng, 4), number(rng)]
    return f"{way} a phone of the agency"


def change_instruction(rng, agency, clearance):
    above = [each for each in agency.instructions if each[2] > clearance]
    way = rng.choice(["change", "move", "drop", "add"])
    places = anchors(agency.masters)
    if way == "add":
        rank = rng.randint(clearance + 1, len(agency.masters.axis.values) - 1)
        if not places:
            return None
        agency.instructions.insert(rng.randint(0, len(agency.instructions)),
                                   [f"local-{rng.randrange(10 ** 9)}", rng.choice(places), rank, words(rng)])
    elif not above:
        return None
    elif way == "drop":
        agency.instructions.remove(rng.choice(above))
    elif way == "move":
        rng.choice(above)[1] = rng.choice(places)
    else:
        rng.choice(above)[3] = words(rng)
    return f"{way} a local instruction"


MUTATIONS = [change_phone, change_instruction, change_instruction]


# Adoption


def closed(axis_values, requires, chosen):
    """All that is adopted with the chosen values: what they require in turn, and what every value requires."""
    def with_required(value):
        found, todo = set(), [value]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += requires.get(one, [])
        return found
    all_of = [with_required(value) for value in axis_values]
    core = set.intersection(*all_of) if len(axis_values) > 1 else set()
    return set().union(*(with_required(value) for value in set(chosen) | core))


def add_requires(rng, folder, axis):
    """Random requirements between the values of a set axis, circles too, written into axes.xml: {value: values}."""
    path = os.path.join(folder, "axes.xml")
    ET.register_namespace("", AXES[1:-1])
    ET.register_namespace("v", V[1:-1])
    tree = ET.parse(path)
    made = {}
    core = rng.choice(axis.values) if rng.random() < 0.5 else None
    for each in tree.getroot().iter(AXES + "axis"):
        if each.get("id") != axis.id:
            continue
        for value in each.iter(AXES + "value"):
            ident = value.get("id")
            wanted = {v for v in axis.values if v != ident and rng.random() < 0.25}
            if core not in (None, ident):
                wanted.add(core)
            made[ident] = sorted(wanted)
            value.attrib.pop("requires", None)
            if wanted:
                value.set("requires", " ".join(sorted(wanted)))
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return made
