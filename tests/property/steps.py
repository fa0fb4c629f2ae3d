"""The steps of procedures as they stand on the pages of a handbook.

Used by selection.py. Invariant: it reads what a reader sees: label, marks and words, by the class names of the pages.
"""

import html.parser
import os
import re

CANARY = re.compile(r"qxv[a-z]{9}")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Step:
    """label; mode: mine, standin, received, brief or "" for all of it; marked: with a class of its own; actors: text, "" or
    False if none are named, None if it does not matter; absence: is it said who does it when they cannot be reached?"""

    def __init__(self, label, mode, marked, actors, absence=False):
        self.label, self.mode, self.marked, self.actors, self.absence = label, mode, marked, actors, absence
        self.words = set()
        self.ident = None

    def __str__(self):
        return f"step {self.label!r} mode {self.mode!r} marked {self.marked} actors {self.actors!r} absence {self.absence}"

    def is_met_by(self, other):
        actors = self.actors is None or (self.actors or "") == (other.actors or "")
        return actors and (self.label, self.mode, self.marked, self.absence) == (other.label, other.mode, other.marked, other.absence)


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.steps, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        classes = (dict(attributes).get("class") or "").split()
        step = None
        if tag == "li" and ("step" in classes or "v-branch" in classes):
            step = Step("", next((c[2:] for c in classes if c.startswith("m-")), ""), False, "")
            step.ident = dict(attributes).get("id")
            self.steps.append(step)
        if tag not in VOID:
            self.open.append((tag, classes, step))
            if "v-mark" in classes and "v-text" in self.open[-2][1] and "step-title" in self.classes_in_step():
                self.steps[-1].marked = True

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def classes_in_step(self):
        """The classes from the innermost open step inwards."""
        found = []
        for _, classes, step in reversed(self.open):
            if step is not None:
                return found
            found += classes
        return []

    def step(self):
        return next((step for _, _, step in reversed(self.open) if step is not None), None)

    def handle_data(self, data):
        classes, step = self.classes_in_step(), self.step()
        if step is None or "v-vh" in classes:
            return
        if "step-title" in classes and "v-number" in classes:
            step.label += data.strip()
        elif "step-title" in classes:
            step.words.update(CANARY.findall(data))
        elif "v-standin" in classes:
            step.absence = True
        elif "v-who" in classes and "v-to" not in classes and "v-key" not in classes:
            step.actors += data.strip()


def of_pages(folder):
    """All steps of all pages of a folder."""
    found = []
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith(".html"):
                with open(os.path.join(place, name), encoding="utf-8") as file:
                    found += Page(file.read()).steps
    return found
