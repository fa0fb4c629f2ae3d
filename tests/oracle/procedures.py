"""Procedures: stable step labels, and who can read what they must do (DESIGN.md sections 4 and 6).

Invariant: a label depends only on classes and order, never on a handbook.
"""

import projection
from axes import V
from selection import Error

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def step_labels(project, book):
    """{step node: label} for every step of a book."""
    labels = {}
    for node in book.walk():
        if node.name == "procedure":
            label_series(project, steps_of(node), rank_of(project, node), "", str, labels)
    return labels


def steps_of(node):
    return [child for child in node.children() if child.name == "step"]


def rank_of(project, node):
    return project.effective[node][project.clearance.id] if project.clearance else 0


def label_series(project, steps, base, prefix, count, labels):
    """Labels siblings: base steps 1, 2 … (or a, b …); higher ones per class after the last base step: 1-R1, 1-C1, 1-C2."""
    number = 0
    series = {}  # rank: how many since the last base step
    for step in steps:
        rank = rank_of(project, step)
        if rank <= base:
            number += 1
            series = {}
            label = prefix + count(number)
        else:
            series[rank] = series.get(rank, 0) + 1
            label = f"{prefix}{count(number)}-{mark_of(project, rank)}{series[rank]}"
        labels[step] = label
        for child in step.children():
            if child.name == "substeps":
                label_series(project, steps_of(child), rank, label + ".", str, labels)
            if child.name == "stepalternatives":
                label_series(project, steps_of(child), rank, *branches_of(label), labels)


def branches_of(step):
    """(prefix, how they are counted) of the branches of a step: 5a … 5z, 5aa; before the first 5.0, for 5-R1 is a step; of a
    branch 5a.a, for 5aa is the twenty-seventh branch of step 5."""
    dot = "." if step[-1] in LETTERS else ""
    return step, lambda number: dot + letters(number) if number else ".0"


def letters(number):
    """a … z, aa, ab … for 1, 2 …"""
    before, last = divmod(number - 1, len(LETTERS))
    return (letters(before) if before else "") + LETTERS[last]


def mark_of(project, rank):
    value = project.clearance.values[rank]
    return project.clearance.mark.get(value, value)


def reading_faults(project):
    """What section 6 calls an error: a procedure nobody reads, and a named role that cannot read its task or step.

    Strict on purpose: it also tells a role of which only a part can read. A project without any of these is surely fine;
    one with them may be. Generators use it to stay on the sure side.
    """
    faults = []
    for book in project.books.values():
        for node in book.walk():
            if node.name == "task":
                if not any(project.passes(node, h) for h in project.handbooks):
                    faults.append(Error("nobody-reads", "task", node))
                if project.role:
                    faults += roles_that_cannot_read(project, node, ("lead", "with", "informed"), node)
            if node.name == "step" and project.role:
                faults += roles_that_cannot_read(project, node, ("actor", "standin", "to"), node)
                if V + "actor" not in node.attributes:
                    faults += default_actor_that_cannot_read(project, node)
                    faults += default_standin_that_cannot_read(project, node)
    return faults


def default_actor_that_cannot_read(project, step):
    """Where a step says nobody, those of the step around it act, or the lead."""
    for node in step.ancestors():
        if node.name == "step" and V + "actor" in node.attributes:
            return roles_that_cannot_read(project, node, ("actor",), step)
        if node.name == "task":
            return roles_that_cannot_read(project, node, ("lead",), step)
    return []


def default_standin_that_cannot_read(project, step):
    """The stand-ins of the step around it, which it does not name."""
    around = projection.standins_of(step)
    if V + "standin" in step.attributes or not around:
        return []
    holder = next(node for node in step.ancestors() if V + "standin" in node.attributes)
    return roles_that_cannot_read(project, holder, ("standin",), step)


def roles_that_cannot_read(project, holder, keys, node):
    """Errors for the roles named in holder's attributes that cannot read node."""
    faults = []
    for key in keys:
        for token, leaves in project.named_tokens(holder, key):
            if not can_read(project, leaves, node):
                faults.append(Error("cannot-read", f"v:{key} {token}", node))
    return faults


def can_read(project, leaves, node):
    """All leaves are in the audience and cleared, and a handbook that serves one of them shows the node."""
    if not leaves <= project.effective[node][project.role.id]:
        return False
    if project.clearance:
        for leaf in leaves:
            clearance = project.role.security.get(leaf, project.clearance.values[0])
            if project.clearance.read_rank(clearance) < rank_of(project, node):
                return False
    return any(
        leaves & handbook.values.get(project.role.id, leaves) and project.passes(node, handbook)
        for handbook in project.handbooks
    )
