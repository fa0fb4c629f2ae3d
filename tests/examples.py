#!/usr/bin/env python3
"""Brings every example of compiler/base/examples about: the wrong side shows its message, the right side does not.

examples.py [CODE...]: those codes alone. Last line: N passed, N failed. tests/examples/README.md says how one is written.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
HERE = TOP / "tests/examples"
EXAMPLES = TOP / "compiler/base/examples"
VADE = Path(os.environ.get("VADE", TOP / "build/vade")).absolute()
KINDS = ("wrong", "right", "run", "with", "setup", "also", "stays", "status", "needs")
NEEDS = {"engine": TOP / "build/typst/.installed"}
SPEECH = ("en", "es")  # a caption in a language of messages
ROW = re.compile(r'^DIAG\([A-Z_0-9]+, "(V\d{4})", (ERROR|WARNING|NOTE),', re.M)


def codes():
    return dict(ROW.findall((TOP / "compiler/base/diag.def").read_text()))


def without():
    """The codes that no author brings about, with the reason of each."""
    rows = [line.split(None, 1) for line in (HERE / "without").read_text().splitlines() if not line.startswith("#")]
    return {code: reason for code, reason in rows}


def read_example(path):
    """The parts of an example: [kind, words after it, lines]."""
    parts = []
    for line in path.read_text().splitlines():
        if line.startswith("\t"):
            parts[-1][2].append(line[1:])
        else:
            kind, _, words = line.partition(" ")
            if kind not in KINDS:
                raise ValueError(f"{kind} is no kind of part")
            parts.append([kind, words, []])
    return parts


def named(parts, kind):
    return {word for part in parts if part[0] == kind for word in part[1].split()}


def fill(folder, place, lines):
    """Puts the lines into a file, or into the slot of it that is named."""
    name, _, slot = place.partition(" ")
    path = folder / name
    if not slot:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines))
        return
    old = path.read_text().splitlines()
    begin = [at for at, line in enumerate(old) if re.search(r"\{\{ " + re.escape(slot) + r"\b", line)]
    if len(begin) != 1:
        raise ValueError(f"{name} has {len(begin)} slots {slot}")
    end = next(at for at in range(begin[0], len(old)) if "}}" in old[at])
    path.write_text("\n".join(old[:begin[0]] + lines + old[end + 1:]) + "\n")


def clean_slots(folder):
    """Takes the marks of the slots that were left as they are."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in (".xml", ".lua", ".css", ".xsl"):
            text = path.read_bytes()
            kept = [line for line in text.splitlines(True) if b"{{ " not in line and b"}} " not in line]
            path.write_bytes(b"".join(kept))


def play(parts, side):
    """Builds one side in a folder of its own; returns its codes, its status and what was said."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch) / "fair", Path(scratch) / "home"
        home.mkdir()
        for name in ["project"] + [word for part in parts if part[0] == "with" for word in part[1].split()]:
            shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
        environment = {"PATH": f"{scratch}/bin:{os.environ['PATH']}", "HOME": str(home), "XDG_CACHE_HOME": str(home),
                       "TMPDIR": str(home), "LC_ALL": "C", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1780272000"}
        (Path(scratch) / "bin").mkdir()
        (Path(scratch) / "bin/vade").symlink_to(VADE)
        commands = ["vade check"]
        for kind, words, lines in parts:
            if kind == "run" or (kind == side and words == "$"):
                commands = lines
            elif kind == side and words not in SPEECH:
                fill(folder, words, lines)
        clean_slots(folder)
        setup = [line for part in parts if part[0] == "setup" and part[1] in ("", side) for line in part[2]]
        if setup:
            subprocess.run(["sh", "-ec", "\n".join(setup)], cwd=folder, env=environment, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
        done = subprocess.run(["sh", "-c", " &&\n".join(commands)], cwd=folder, env=environment, timeout=600,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        said = done.stdout.decode("utf-8", "replace")
        return set(re.findall(r"\[(V\d{4})\]", said)), done.returncode, said


def judge(code, severity):
    """What is wrong with the example of a code: a list of sentences."""
    path = EXAMPLES / code
    try:
        parts = read_example(path)
    except (ValueError, IndexError) as error:
        return [f"the file cannot be read: {error}"]
    faults = []
    for side in ("wrong", "right"):
        lines = [line for part in parts if part[0] == side for line in part[2]]
        if not 1 <= len(lines) <= 16:
            faults.append(f"the {side} side has {len(lines)} lines")
    if faults:
        return faults
    try:
        found, status, said = play(parts, "wrong")
        wanted = {code} | named(parts, "also")
        if found != wanted:
            faults.append(f"wrong: {sorted(found)} instead of {sorted(wanted)}\n{said}")
        elif severity == "ERROR" and status == 0:
            faults.append(f"wrong: exit status {status}\n{said}")
        found, status, said = play(parts, "right")
        wanted = named(parts, "stays")
        if found != wanted:
            faults.append(f"right: {sorted(found)} instead of {sorted(wanted)}\n{said}")
        if status != int("".join(named(parts, "status")) or 0):
            faults.append(f"right: exit status {status}\n{said}")
    except (ValueError, OSError, subprocess.SubprocessError, StopIteration) as error:
        faults.append(f"cannot be run: {error}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("codes", nargs="*")
    parser.add_argument("-j", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    rows, reasons = codes(), without()
    files = {path.name for path in EXAMPLES.glob("V*")}
    faults = [f"{name}: no code of diag.def" for name in sorted((files | set(reasons)) - set(rows))]
    faults += [f"{name}: an example, and a reason for none" for name in sorted(files & set(reasons))]
    faults += [f"{name}: no example, and no reason for none" for name in sorted(set(rows) - files - set(reasons))]
    if arguments.codes:
        faults = []
    skipped = {name: needs for name in files for needs in named(read_example(EXAMPLES / name), "needs") if not NEEDS[needs].exists()}
    for name, needs in sorted(skipped.items()):
        print(f"skipped examples/{name}: there is no {needs}")
    files -= set(skipped)
    asked = [code for code in sorted(files & set(rows)) if not arguments.codes or code in arguments.codes]
    failed = len(faults)
    for fault in faults:
        print(f"FAILED examples/{fault}")
    with ThreadPoolExecutor(arguments.j) as pool:
        for code, found in zip(asked, pool.map(lambda code: judge(code, rows[code]), asked)):
            failed += bool(found)
            print(f"ok examples/{code}" if not found else f"FAILED examples/{code}: " + "\n".join(found))
    print(f"{len(asked) - failed + len(faults)} passed, {failed} failed")
    return failed > 0 or not asked


if __name__ == "__main__":
    sys.exit(main())
