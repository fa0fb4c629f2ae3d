"""Plants one fault in a random project: something a build must refuse (DESIGN.md section 5).

Each function plants its kind and returns the files of which an error must name one, or nothing if it cannot.
"""

import re

from axes import clearance_axis, role_axis
from random_axes import join, one_token, random_tokens
from random_book import line_to, path_of, with_paths


FAULTY = (3, 10, 16)  # of twenty seeds in a row, so that a run of 300 has every kind several times


def plant_fault(rng, project, seed):
    """Plants one fault, the kinds in turn; project.fault says which."""
    faults = [undeclared_token, empty_attribute, empty_set, undeclared_handbook_value, class_missing,
              languages_differ, handbook_above_shelf, two_classes, empty_handbook_set, reader_dropped, party_in_audience, title_missing, cell_slides,
              standin_outside, standin_acts, standin_for_nobody]
    turn = (seed // 20 * len(FAULTY) + FAULTY.index(seed % 20)) % len(faults)
    for fault in faults[turn:] + faults[:turn]:
        places = fault(rng, project)
        if places:
            project.fault = fault.__name__
            project.places = places
            return


def any_element(rng, project):
    """A random element (element, path of its file): deep ones included, but no title."""
    found = [pair for pair in with_paths(project.book, None) if pair[0].name not in ("title", "info", "colspec", "tgroup")]
    return rng.choice(found)


def selecting(axes):
    return [axis for axis in axes if axis.kind != "ordered"]


def spoil(rng, axis, word):
    """A token that looks like word and is not declared."""
    known = set(axis.values) | set(axis.groups)
    tries = [word.upper(), word.capitalize(), word + "x", word[:-1], word + ",", word + "," + word, "! " + word, "==" + word,
             "-" + word, word + "*", "qwerty"]
    tries = [t for t in tries if t and not all(part in known for part in re.split(r"[ ;]+", t))]
    return rng.choice(tries)


def undeclared_token(rng, project):
    axis = rng.choice(project.axes)
    element, path = any_element(rng, project)
    bad = spoil(rng, axis, rng.choice(axis.values))
    if axis.kind != "ordered" and rng.random() < 0.5:
        bad = join(rng, [one_token(rng, axis), rng.choice(["", "!"]) + bad])
    element.axes[axis.written] = bad
    return [path]


def empty_attribute(rng, project):
    axis = rng.choice(project.axes)
    element, path = any_element(rng, project)
    element.axes[axis.written] = rng.choice(["", " ", ";", " ; ", "\n"])
    return [path]


def contradiction(rng, axis):
    value = rng.choice(axis.values)
    above = rng.choice(axis.line_up(value))
    words = rng.choice([[value, "!" + above], ["!" + above, value], ["=" + value, "!=" + value] if axis.kind == "tree" else
                        [value, "!" + value], ["!" + v for v in axis.values]])
    return join(rng, words)


def empty_set(rng, project):
    if not selecting(project.axes):
        return []
    axis = rng.choice(selecting(project.axes))
    element, path = any_element(rng, project)
    element.axes[axis.written] = contradiction(rng, axis)
    return [path]


def explicit_handbooks(project):
    return [entry for shelf in project.shelves for entry in shelf["entries"] if "values" in entry]


def undeclared_handbook_value(rng, project):
    axes = selecting(project.axes)
    entries = [entry for shelf in project.shelves for entry in shelf["entries"]]
    if not axes or not entries:
        return []
    entry = rng.choice(entries)
    if "values" in entry:
        axis = rng.choice(axes)
        clearance = clearance_axis(project.axes)
        if clearance and rng.random() < 0.25:
            entry["security"] = spoil(rng, clearance, rng.choice(clearance.values))
        elif rng.random() < 0.15:
            entry["values"][axis.id + "x"] = rng.choice(axis.values)
        else:
            entry["values"][axis.id] = spoil(rng, axis, rng.choice(axis.values))
    else:
        axis = next(axis for axis in axes if axis.id == entry["axis"])
        key = "only" if entry["only"] else "except"
        entry[key] += " " + spoil(rng, axis, rng.choice(axis.values))
    return ["handbooks.xml"]


def empty_handbook_set(rng, project):
    if not selecting(project.axes) or not explicit_handbooks(project):
        return []
    axis = rng.choice(selecting(project.axes))
    rng.choice(explicit_handbooks(project))["values"][axis.id] = contradiction(rng, axis)
    return ["handbooks.xml"]


def handbook_above_shelf(rng, project):
    clearance = clearance_axis(project.axes)
    if clearance is None or not explicit_handbooks(project):
        return []
    shelf = rng.choice([s for s in project.shelves if any("values" in e for e in s["entries"])])
    shelf["security"] = rng.choice([None, clearance.values[0], clearance.values[-2]])
    entry = rng.choice([e for e in shelf["entries"] if "values" in e])
    entry["security"] = clearance.values[-1]
    return ["handbooks.xml"]


def procedural(element):
    return element.name == "task" or element.plain.get("role") in ("form", "guideline")


def class_missing(rng, project):
    clearance = clearance_axis(project.axes)
    found = [e for e in project.book.walk() if procedural(e)]
    found = found or [e for e in project.book.walk() if e.name == "section"]
    if clearance is None or not found:
        return []
    chosen = rng.choice(found)
    if chosen.name == "section":
        chosen.plain.setdefault("role", "form")
        chosen.plain.setdefault("xml:id", "form-added")
    for element in line_to(project.book, chosen):
        element.axes.pop(clearance.written, None)
    return [path for element, path in with_paths(project.book, None) if procedural(element)]


def languages_differ(rng, project):
    if len(project.languages) < 2:
        return []
    axis = rng.choice(project.axes)
    element, path = any_element(rng, project)
    marked = [pair for pair in with_paths(project.book, None) if axis.written in pair[0].axes]
    if marked and rng.random() < 0.7:
        element, path = rng.choice(marked)
    before = element.axes.get(axis.written)
    after = None if before and rng.random() < 0.4 else random_tokens(rng, axis)
    if after is not None and before is not None and axis.read(before) == axis.read(after):
        return []
    if before is None and after is None:
        return []
    project.other[element, axis.written] = after
    return [path]


def two_classes(rng, project):
    clearance = clearance_axis(project.axes)
    if clearance is None:
        return []
    element, path = any_element(rng, project)
    low, high = clearance.values[0], clearance.values[-1]
    element.axes[clearance.written] = rng.choice([f"{low} {high}", f"{low};{high}", "=" + low, "!" + high])
    return [path]


def reader_dropped(rng, project):
    role = role_axis(project.axes)
    tasks = [e for e in project.book.walk() if e.name == "task"]
    if role is None or not tasks:
        return []
    task = rng.choice(tasks)
    named = role.leaves(task.plain["v:lead"])
    others = [v for v in role.values if v not in named]
    if not others:
        return []
    task.axes.pop(role.written, None)
    above = line_to(project.book, task)[-2]
    above.axes[role.written] = join(rng, ["=" + v for v in rng.sample(others, rng.randint(1, min(3, len(others))))])
    # Whatever else the ancestor now hides is hidden from others too, so any of the files may be named.
    return [path for element, path in with_paths(above, path_of(project.book, above)) if element.name == "task"]


def cell_slides(rng, project):
    """A cell is of a higher class than its row, in which not all cells name their columns."""
    clearance = clearance_axis(project.axes)
    rows = [element for element in project.book.walk() if element.name == "row"]
    if clearance is None or not rows:
        return []
    row = rng.choice(rows)
    rng.choice(row.kids).plain.pop("colname", None)
    for element in line_to(project.book, row):
        if element.axes.get(clearance.written) not in (None, clearance.values[0]):
            return []
    cell = rng.choice(row.kids)
    cell.axes[clearance.written] = clearance.values[-1]
    return [path_of(project.book, cell)]


def title_missing(rng, project):
    """A step of a procedure of two roles loses its title."""
    found = [(task, step) for task in project.book.walk() if task.name == "task" and "v:with" in task.plain
             for step in task.walk() if step.name == "step" and step.kids[0].name == "title"]
    found = [(task, step) for task, step in found if set(re.findall(r"[^;\s]+", task.plain["v:with"])) - {task.plain["v:lead"]}]
    if role_axis(project.axes) is None or not found:
        return []
    task, step = rng.choice(found)
    del step.kids[0]
    if step.plain.get("v:go"):
        step.plain.pop("v:go")  # or that is what is complained of
    return [path_of(project.book, step)]


def party_in_audience(rng, project):
    role = role_axis(project.axes)
    if role is None or not role.parties:
        return []
    element, path = any_element(rng, project)
    element.axes[role.written] = join(rng, [role.parties[0], rng.choice(role.values)])
    return [path]


def castings(project):
    """(task, step in it) wherever roles are named."""
    return [(task, step) for task in project.book.walk() if task.name == "task" and "v:lead" in task.plain
            for step in task.walk() if step.name == "step"]


def stand_in(rng, project, choose):
    """Names a stand-in in a random step, of those that choose (role, task, step) gives."""
    role = role_axis(project.axes)
    found = castings(project) if role is not None else []
    rng.shuffle(found)
    for task, step in found:
        able = choose(role, task, step)
        if able:
            step.plain["v:standin"] = rng.choice(able)
            return [path_of(project.book, step)]
    return []


def standin_outside(rng, project):
    """A stand-in is neither in v:lead nor in v:with: it would be a reader that the task does not name."""
    def choose(role, task, step):
        named = [role.leaves(t) for key in ("v:lead", "v:with") for t in re.split(r"[ ;\s]+", task.plain.get(key, "").strip()) if t]
        return [v for v in role.values if not any(role.leaves("=" + v) <= leaves for leaves in named)]
    return stand_in(rng, project, choose)


def standin_acts(rng, project):
    """A stand-in acts in the step itself."""
    def choose(role, task, step):
        step.plain["v:actor"] = task.plain["v:lead"]
        return [task.plain["v:lead"]]
    return stand_in(rng, project, choose)


def standin_for_nobody(rng, project):
    """A step of a procedure in no task has nobody to stand in for."""
    role = role_axis(project.axes)
    inside = {step for _, step in castings(project)}
    found = [step for step in project.book.walk() if step.name == "step" and step not in inside
             and not any(e.name == "task" for e in line_to(project.book, step))]
    if role is None or not found:
        return []
    step = rng.choice(found)
    step.plain["v:standin"] = rng.choice(role.values)
    return [path_of(project.book, step)]
