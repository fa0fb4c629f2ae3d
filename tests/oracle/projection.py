"""Projection: how much of a procedure each handbook shows (DESIGN.md section 6), stated as plainly as possible.

Used by tests/property and by selftest.py, after selection: a step that the handbook may not read is in nothing here.
Invariant: roles decide how much of a step is shown, never whether it may be read.
"""

from axes import V, tokens

LISTS = ("substeps", "stepalternatives", "procedure")

MINE, RECEIVED, OTHERS, LINE, ABSENT, FULL = "mine", "received", "others", "brief", "absent", "full"


def task_of(node):
    """The task a node is in, or None."""
    return next((n for n in [node] + list(node.ancestors()) if n.name == "task"), None)


def actors_of(step):
    """Who acts: the tokens of v:actor on the step, or on a step around it, or else of the task's v:lead."""
    for node in [step] + list(step.ancestors()):
        if node.name == "task":
            return tokens(node.attributes.get(V + "lead", ""))
        if V + "actor" in node.attributes:
            return tokens(node.attributes[V + "actor"])
    return []


def leaves_of(project, words):
    """The leaves of role tokens; parties have none."""
    return frozenset().union(*(project.role.leaves(w) for w in words if w not in project.role.parties))


def names_reader(project, handbook, words):
    return bool(leaves_of(project, words) & handbook.values[project.role.id])


def tells_apart(project, handbook, step):
    """Does the handbook show some steps in full and others not? Who only reads, and who is nobody, sees all in full."""
    task = task_of(step)
    if task is None or project.role is None or handbook.projection == "full" or project.role.id not in handbook.values:
        return False
    return any(names_reader(project, handbook, tokens(task.attributes.get(V + key, ""))) for key in ("lead", "with"))


def is_decision(node):
    return node.name == "stepalternatives" and node.attributes.get(V + "decision") == "yes"


def own_share(project, handbook, step):
    """MINE, RECEIVED or None, by the roles that the step itself names."""
    if names_reader(project, handbook, actors_of(step)):
        return MINE
    if names_reader(project, handbook, tokens(step.attributes.get(V + "to", ""))):
        return RECEIVED
    return None


def has_own_inside(project, handbook, step):
    return any(node.name == "step" and node is not step and project.passes(node, handbook)
               and own_share(project, handbook, node) for node in step.walk())


def share(project, handbook, step):
    """How much of a readable step a handbook shows."""
    if not tells_apart(project, handbook, step):
        return FULL
    if is_decision(step.parent):  # a decision is never cut: its branches go with it
        return share(project, handbook, step.parent.parent)
    own = own_share(project, handbook, step)
    if own:
        return own
    if handbook.projection == "brief":
        return OTHERS if any(is_decision(child) for child in step.children()) else LINE
    return LINE if has_own_inside(project, handbook, step) else ABSENT


def mode_of(project, handbook, step):
    """What stands on the step: how much of it this is. A branch has none of its own."""
    if step.parent.name == "stepalternatives":
        return FULL
    return share(project, handbook, step)


def shown_children(project, handbook, node):
    """What stands directly under a node that is shown: its readable children, or the parts of a line."""
    if node.name == "step" and share(project, handbook, node) == LINE:
        return line_of(project, handbook, node)
    return [child for child in node.children() if project.passes_alone(child, handbook)
            and not (child.name == "step" and share(project, handbook, child) == ABSENT)]


def line_of(project, handbook, step):
    """Another's step: its title, the warnings in it, and on the way to one's own steps the lists they are in."""
    heads = [child for child in step.children() if child.name in ("title", "info") and project.passes_alone(child, handbook)]
    inside = has_own_inside(project, handbook, step)
    return heads + warnings_in(project, handbook, step, inside) + (lists_in(project, handbook, step) if inside else [])


def warnings_in(project, handbook, node, steps_are_shown):
    """The warnings below a node, also of its steps unless these are shown themselves."""
    found = []
    for child in node.children():
        if not project.passes_alone(child, handbook) or child.name == "remark":
            continue
        if child.name == "warning":
            found.append(child)
        elif not (steps_are_shown and child.name == "step"):
            found += warnings_in(project, handbook, child, steps_are_shown)
    return found


def lists_in(project, handbook, node):
    """The outermost lists of steps below a node."""
    found = []
    for child in node.children():
        if not project.passes_alone(child, handbook) or child.name in ("remark", "warning"):
            continue
        found += [child] if child.name in LISTS else lists_in(project, handbook, child)
    return found


def actor_is_printed(project, handbook, step):
    """True, False, or None where the design leaves it open: unless the handbook is exactly that role."""
    words = actors_of(step)
    if not words or step.parent.name == "stepalternatives":
        return False
    if project.role is None or project.role.id not in handbook.values:
        return True
    mine = handbook.values[project.role.id]
    if len(words) == 1 and mine == frozenset([words[0].lstrip("=")]):
        return False
    return True if not leaves_of(project, words) & mine or len(words) > 1 else None
