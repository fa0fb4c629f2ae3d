"""Projection: how much of a procedure each handbook shows (DESIGN.md section 6), stated as plainly as possible.

Used by tests/property and by selftest.py, after selection: a step that the handbook may not read is in nothing here.
Invariant: roles decide how much of a step is shown, never whether it may be read.
"""

from axes import V, tokens

LISTS = ("substeps", "stepalternatives", "procedure")

# A line has no notes, and no entry of the index leads to it.
ASIDES = ("footnote", "footnoteref", "indexterm")

MINE, STANDIN, RECEIVED, LINE, ABSENT, FULL = "mine", "standin", "received", "brief", "absent", "full"


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


def standins_of(step):
    """Who does it when its actor cannot be reached: as v:actor, of the step or of one around it, but an own v:actor without
    v:standin clears it, and a task has none."""
    for node in [step] + list(step.ancestors()):
        if node.name == "task":
            return []
        if V + "standin" in node.attributes or V + "actor" in node.attributes:
            return tokens(node.attributes.get(V + "standin", ""))
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
    """MINE, STANDIN, RECEIVED or None, by the roles that the step itself names."""
    if names_reader(project, handbook, actors_of(step)):
        return MINE
    if names_reader(project, handbook, standins_of(step)):
        return STANDIN
    if names_reader(project, handbook, tokens(step.attributes.get(V + "to", ""))):
        return RECEIVED
    return None


def inside(node, warnings_too=True):
    """All nodes below a node, in its warnings too or not."""
    for child in node.children():
        if warnings_too or child.name != "warning":
            yield child
            yield from inside(child, warnings_too)


def must_show(project, handbook, node):
    """A step of one's own or handed to one; of others' steps, in brief, every decision."""
    if not project.passes(node, handbook):
        return False
    if node.name == "step":
        return own_share(project, handbook, node) is not None
    return handbook.projection == "brief" and is_decision(node)


def share(project, handbook, step):
    """How much of a readable step a handbook shows."""
    if not tells_apart(project, handbook, step):
        return FULL
    own = own_share(project, handbook, step)
    if is_decision(step.parent):  # a branch goes with a decision that is not cut; of another's each is a line
        around = share(project, handbook, step.parent.parent)
        return around if around != LINE else own or LINE
    if own:
        return own
    if handbook.projection == "brief":
        return LINE
    return LINE if any(must_show(project, handbook, node) for node in inside(step)) else ABSENT


def mode_of(project, handbook, step):
    """What stands on the step: how much of it this is. A branch that goes with the step around it has none of its own."""
    mode = share(project, handbook, step)
    if step.parent.name == "stepalternatives" and mode != LINE and mode == share(project, handbook, step.parent.parent):
        return FULL
    return mode


def shown_children(project, handbook, node):
    """What stands directly under a node that is shown: its readable children, or the parts of a line."""
    if is_cut(project, handbook, node):
        return heads_of(project, handbook, node) + parts_of(project, handbook, node, node.name in LISTS)
    return [child for child in node.children() if project.passes_alone(child, handbook)
            and not (child.name == "step" and share(project, handbook, child) == ABSENT)
            and not is_beside_a_line(project, handbook, child)]


def is_cut(project, handbook, node):
    """Is it a line, or a list of steps that stands in one?"""
    if node is not None and node.name in LISTS:
        node = next((n for n in node.ancestors() if n.name in ("step", "warning")), None)
    return node is not None and node.name == "step" and share(project, handbook, node) == LINE


def is_beside_a_line(project, handbook, node):
    """Of the title of a line stay the words; of an info around it only the title."""
    if node.parent.name == "info":
        return node.name != "title" and is_cut(project, handbook, node.parent.parent)
    title = next((n for n in node.ancestors() if n.name == "title"), None)
    if title is None or node.name not in ASIDES:
        return False
    return is_cut(project, handbook, title.parent.parent if title.parent.name == "info" else title.parent)


def heads_of(project, handbook, node):
    return [child for child in node.children() if node.name == "step" and child.name in ("title", "info")
            and project.passes_alone(child, handbook)]


def parts_of(project, handbook, node, is_list):
    """What stays of a line behind its title: warnings, and lists of steps on the way to what must show, with all their steps.
    Of a list that leads to nothing the warnings stay."""
    found = []
    for child in node.children():
        if not project.passes_alone(child, handbook) or child.name == "remark":
            continue
        if child.name == "warning" or is_list and child.name == "step":
            found += [] if child.name == "step" and share(project, handbook, child) == ABSENT else [child]
        elif child.name in LISTS and leads_on(project, handbook, child):
            found.append(child)
        else:
            found += parts_of(project, handbook, child, False)
    return found


def leads_on(project, handbook, steps):
    return any(must_show(project, handbook, node) for node in [steps] + list(inside(steps, False)))


def use_when(project, handbook, task):
    """What the first page says of when a procedure is used: what names the reader's roles; else what names nobody; else,
    for a handbook of no roles, what there is."""
    found = [node for summary in task.children() if summary.name == "tasksummary" for node in summary.children()
             if node.name == "formalpara" and node.attributes.get("role") == "use-when" and project.passes(node, handbook)]
    named = [node for node in found if project.role and project.role.attribute in node.attributes]
    has_roles = project.role is not None and project.role.id in handbook.values
    return (named if has_roles else []) or [node for node in found if node not in named] or found


def actor_is_printed(project, handbook, step):
    """True, False, or None where the design leaves it open: unless the handbook is exactly that role. Of branches only at
    the decision, but for those that another decides on and the reader acts in, or receives."""
    words = actors_of(step)
    if not words or step.parent.name == "stepalternatives" and mode_of(project, handbook, step) in (FULL, LINE):
        return False
    if project.role is None or project.role.id not in handbook.values:
        return True
    mine = handbook.values[project.role.id]
    if len(words) == 1 and mine == frozenset([words[0].lstrip("=")]):
        return False
    return True if not leaves_of(project, words) & mine or len(words) > 1 else None
