"""Random projects: axes, handbooks and books in one or two languages, with a canary word in every place of text.

Used by selection.py; any property test may use it, with tests/oracle on its path. A seed gives one project, byte for byte.
Invariant: what is written is valid DocBook 5.0 once v: attributes are taken away, and, unless a fault is planted, has
nothing that a build may refuse.
"""

import random

import procedures
import selection
from axes import clearance_axis
from faults import FAULTY, plant_fault
from project_writer import Writer
from random_axes import make_axes, make_shelves, random_tokens
from random_book import Author, Canary, line_to


class Project:
    """What generate() made. fault is None or a short word; places are files of which one must be named by the error."""

    def __init__(self):
        self.axes = []
        self.shelves = []
        self.book = None
        self.languages = ["en"]
        self.fault = None
        self.places = []
        self.other = {}  # (element, attribute): text in the second language, where it differs


def generate(seed, folder):
    """Writes the project of a seed into folder (made anew each try) and returns it."""
    rng = random.Random(seed)
    project = Project()
    project.axes = make_axes(rng)
    while not project.shelves:
        project.shelves = make_shelves(rng, project.axes)
    project.languages = rng.choice([["en"], ["es"], ["en", "es"], ["en", "es"], ["es", "en"]])
    project.book = Author(rng, project.axes).book()
    mend(rng, project, folder, seed)
    if seed % 20 in FAULTY:
        plant_fault(rng, project, seed)
        Writer(project, folder, seed).write()
    return project


def mend(rng, project, folder, seed):
    """Takes out what a build may refuse: procedures that somebody named in them cannot read, missing classes."""
    clearance = clearance_axis(project.axes)
    for attempt in range(20):
        Writer(project, folder, seed).write()
        model = selection.Project(folder)
        faults = model.errors() + procedures.reading_faults(model)
        if not faults:
            return
        lang = project.languages[0]
        elements = dict(zip(model.books[lang].walk(), project.book.walk()))
        for fault in faults:
            if fault.node in elements:
                mend_one(rng, project, clearance, fault, elements[fault.node], attempt)
            elif fault.node is None:
                raise ValueError(f"seed {seed}: {fault}")
    raise ValueError(f"seed {seed}: cannot be mended: {faults[0]}")


def mend_one(rng, project, clearance, fault, element, attempt):
    line = line_to(project.book, element)
    if not line:
        return  # its procedure is gone already
    if fault.kind == "class-missing":
        element.axes[clearance.written] = random_tokens(rng, clearance)
    elif fault.kind.startswith("standin"):
        element.plain.pop("v:standin")
    elif fault.kind == "cell-class":
        element.axes.pop(clearance.written)
    elif element.name == "step" and attempt < 3:
        element.axes = {}
        for name in ("v:actor", "v:standin", "v:to"):
            element.plain.pop(name, None)
    else:
        task = next((e for e in reversed(line) if e.name == "task"), None)
        if task is None:
            return  # it was taken out for another fault
        task.name, task.kids, task.plain, task.axes, task.path = "para", [Canary()], {}, {}, None
