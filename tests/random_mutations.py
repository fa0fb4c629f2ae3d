"""Chooses random mutations of the C sources: a row each for mutate.sh (name, file, @LINE@new text).

usage: python3 tests/random_mutations.py SEED COUNT

A mutation changes one place of one line: an operator, a constant, a condition, or what is returned. Every line of code that
can be changed is as likely as any other. Whether a mutation means the same as the original is for the reader of the result.
"""

import glob
import random
import re
import sys

# What can stand for what, inside a line of code.
OPERATORS = [
    (r"(?<![-<>=!])<(?![<=])", ["<=", ">="]), (r"<=", ["<", ">"]), (r"(?<![->])>(?![>=])", [">=", "<="]), (r"(?<!>)>=", [">", "<"]),
    (r"==", ["!="]), (r"!=", ["=="]), (r"&&", ["||"]), (r"\|\|", ["&&"]),
    (r"(?<= )\+(?= )", ["-"]), (r"(?<= )-(?= )", ["+"]), (r"\+\+", ["--"]), (r"\+=", ["-="]), (r"(?<= )&(?= )", ["|"]),
    (r"\btrue\b", ["false"]), (r"\bfalse\b", ["true"]), (r"(?<![\w'.])\d+(?![\w'.])", [None]),
]
CONDITION = re.compile(r"^(\s*(?:else )?(?:if|while) \()(.*)(\)(?: \{)?)$")
RETURN = re.compile(r"^(\s*return )([^;\"]+)(;)$")
SKIPPED = re.compile(r"^\s*(/?\*|#|//|assert|DIAG|static const|struct \w+ \w+;|const |extern |[\w ]+\(void\))|^\S")


def outside_strings(line, start):
    return line[:start].count('"') % 2 == 0 and line[:start].count("'") % 2 == 0


def changed(line):
    """Every line that this one can become."""
    made = []
    for pattern, others in OPERATORS:
        for found in re.finditer(pattern, line):
            if outside_strings(line, found.start()):
                for other in others:
                    other = str(int(found.group()) + 1) if other is None else other
                    made.append(line[:found.start()] + other + line[found.end():])
    condition = CONDITION.match(line)
    if condition and condition[2].count("(") == condition[2].count(")"):
        made += [f"{condition[1]}!({condition[2]}){condition[3]}"]
    returned = RETURN.match(line)
    if returned and not returned[2].strip("-").isdigit():
        made += [f"{returned[1]}0{returned[3]}", f"{returned[1]}!({returned[2]}){returned[3]}"]
    return made


def places():
    for path in sorted(glob.glob("compiler/**/*.c", recursive=True)):
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                line = line.rstrip("\n")
                if not SKIPPED.match(line) and changed(line):
                    yield path, number, line


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    for path, number, line in rng.sample(list(places()), count):
        print(f"{path.removeprefix('compiler/')}:{number}\t{path}\t@{number}@{rng.choice(changed(line)).strip()}")


if __name__ == "__main__":
    main()
