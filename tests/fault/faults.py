"""Memory that is refused, kill -9, files that may not grow, a full disk: what was published stays whole, the exit status is right.

usage: python3 tests/fault/faults.py [--cases N] [--only KIND]...

A small project is built once in an older form (what was published) and once in a newer one (what is right). Then the newer
one is built over the older N times with a fault each time, evenly over all its requests for memory (half of them fail once,
half from then on) and over all changes of files that the supervisor makes (it is killed there). After each run the output is
the older or the newer tree, every byte; the status is 0 with the newer, 3 and a message with the older (or killed, and the
next build puts all right); nothing is left behind. KIND: malloc, own, check, kill, size, disk. Last line: N passed, M failed.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
VADE = os.path.abspath(os.environ.get("VADE", os.path.join(HERE, "..", "..", "build", "vade")))
PROJECT = os.path.join(HERE, "..", "golden", "base", "duo")
BUILD = ["build", "-q", "-j1", "--to", "html,text", "project", "-o", "out"]
PATIENCE = 600  # seconds of the clock: only what hangs needs them


class Work:
    """A scratch folder: the project, its older and newer output, the shim."""

    def __init__(self, folder):
        self.folder = folder
        self.passed = self.failed = 0
        self.shim = os.path.join(folder, "shim.so")
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-shared", "-fPIC", "-o", self.shim, os.path.join(HERE, "shim.c"),
                        "-ldl"], check=True)
        shutil.copytree(PROJECT, self.path("project"))
        self.must("build")
        self.older = read_tree(self.path("out"))
        os.rename(self.path("out"), self.path("older"))
        book = self.path("project/en/book.xml")
        text = open(book, encoding="utf-8").read()
        open(book, "w", encoding="utf-8").write(text.replace("For everybody.", "For everybody, as it is now."))
        self.must("build")
        self.newer = read_tree(self.path("out"))
        shutil.rmtree(self.path("out"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, words, limit=None, at=None, **faults):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": self.folder, "XDG_CACHE_HOME": self.path("cache"),
               "SOURCE_DATE_EPOCH": "1780272000", "VADE_TYPST": ""}
        if faults:
            env["LD_PRELOAD"] = self.shim
            env.update((f"FAULT_{name.upper()}", str(value)) for name, value in faults.items())
        return subprocess.run([VADE, *words], cwd=at or self.folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=PATIENCE, text=True, errors="replace",
                              preexec_fn=limit)

    def must(self, what):
        done = self.run(BUILD if what == "build" else ["check", "-q", "project"])
        if done.returncode != 0:
            sys.exit(f"{what} without a fault: {done.returncode}\n{done.stderr}")

    def start_over(self, at=None):
        at = at or self.folder
        out = os.path.join(at, "out")
        for name in ["out", *left_behind(at)]:
            shutil.rmtree(os.path.join(at, name), ignore_errors=True)
        shutil.copytree(self.path("older"), out)

    def counts(self, words, **faults):
        self.start_over()
        self.run(words, count=self.path("counts"), **faults)
        return [int(word) for word in open(self.path("counts")).read().split()]

    def tell(self, name, fault):
        if fault:
            self.failed += 1
            print(f"FAILED fault/{name}: {fault}", flush=True)
        else:
            self.passed += 1
            print(f"ok fault/{name}", flush=True)


def read_tree(folder):
    found = {}
    for place, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def left_behind(folder):
    return sorted(name for name in os.listdir(folder) if name.startswith(".out."))


def what_is_wrong(work, done, at=None):
    """Of a run that was not killed."""
    at = at or work.folder
    tree = read_tree(os.path.join(at, "out"))
    last = done.stderr.strip().splitlines()[-1:] or ["no message"]
    if left_behind(at):
        return f"left behind: {left_behind(at)}"
    if done.returncode == 0:
        return None if tree == work.newer else f"status 0, but {difference(tree, work.newer)}"
    if done.returncode != 3:
        return f"status {done.returncode}: {last[0][:200]}"
    if not done.stderr.strip():
        return "status 3 without a message"
    return None if tree == work.older else f"status 3, but {difference(tree, work.older)}"


def difference(got, wanted):
    names = sorted(name for name in got.keys() | wanted.keys() if got.get(name) != wanted.get(name))
    return f"{len(names)} files differ: {', '.join(names[:3])}"


def spread(count, total):
    """count numbers from 1 to total, evenly."""
    count = min(count, total)
    return sorted({1 + i * (total - 1) // max(count - 1, 1) for i in range(count)})


def refuse_memory(work, cases, own=0):
    total = work.counts(BUILD, own=own)[0]
    for forever in (0, 1):
        for at in spread(cases // 4, total):
            work.start_over()
            done = work.run(BUILD, malloc=at, forever=forever, own=own)
            work.tell(f"{'own' if own else 'malloc'}-{at}-of-{total}{'-and-all-later' if forever else ''}",
                      what_is_wrong(work, done))


def refuse_memory_of_supervisor(work, cases):
    refuse_memory(work, cases, own=1)


def refuse_memory_of_check(work, cases):
    words = ["check", "project"]
    total = work.counts(words)[0]
    right = work.run(words)
    for at in spread(cases // 3, total):
        done = work.run(words, malloc=at, forever=at % 2)
        fine = done.returncode == 3 and done.stderr.strip() or (done.returncode, done.stderr) == (0, right.stderr)
        work.tell(f"check-malloc-{at}-of-{total}", None if fine else f"status {done.returncode}: {done.stderr[:200]}")


def kill(work, cases):
    total = work.counts(BUILD)[1]
    for at in spread(cases, total):
        work.start_over()
        done = work.run(BUILD, kill=at)
        tree = read_tree(work.path("out"))
        fault = None
        if done.returncode != -9:
            fault = what_is_wrong(work, done) or done.returncode and f"status {done.returncode}"
        elif tree not in (work.older, work.newer):
            fault = f"a mixed tree: {difference(tree, work.older)}"
        elif len(left_behind(work.folder)) > 1:
            fault = f"left behind: {left_behind(work.folder)}"
        else:
            again = work.run(BUILD)
            fault = what_is_wrong(work, again) or again.returncode and f"the next build: {again.returncode}"
        work.tell(f"kill-{at}-of-{total}", fault)


def limit_size(work, cases):
    largest = max(len(content) for content in work.newer.values())
    for size in spread(max(4, cases // 10), largest):
        work.start_over()
        done = work.run(BUILD, limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        work.tell(f"size-{size}-of-{largest}", what_is_wrong(work, done) or
                  (size < largest and done.returncode != 3 and f"status {done.returncode}"))


def fill_disk(work, cases):
    need = sum(len(content) // 4096 + 2 for content in work.newer.values()) * 4
    place = work.path("disk")
    os.mkdir(place)
    for part in spread(max(4, cases // 15), 8):
        size = need + need * part // 4
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "vade-fault", place],
                          stderr=subprocess.DEVNULL).returncode != 0:
            print("no full disk: mounting a tmpfs is not allowed here")
            return
        try:
            work.start_over(place)
            os.symlink(work.path("project"), os.path.join(place, "project"))
            done = work.run(BUILD, at=place)
            work.tell(f"disk-{size}-KB", what_is_wrong(work, done, place))
        finally:
            subprocess.run(["umount", place], check=True)


def lose_the_new_folder(work, cases):
    """Two first builds of one folder: the other takes ours for a leftover before we hold it."""
    work.start_over()
    done = work.run(BUILD, stolen=1)
    fault = what_is_wrong(work, done)
    if not fault and (done.returncode != 3 or "[V0909]" not in done.stderr):
        fault = f"it does not say that another build is writing: {done.returncode} {done.stderr.strip()[:200]}"
    work.tell("busy/new-folder-lost", fault)


KINDS = {"busy": lose_the_new_folder, "malloc": refuse_memory, "own": refuse_memory_of_supervisor, "check": refuse_memory_of_check, "kill": kill, "size": limit_size, "disk": fill_disk}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=60, help="of malloc and of kill; fewer of the others")
    parser.add_argument("--only", action="append", choices=sorted(KINDS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Work(folder)
        for kind, run in KINDS.items():
            if not options.only or kind in options.only:
                run(work, options.cases)
    print(f"{work.passed} passed, {work.failed} failed")
    return work.failed != 0


if __name__ == "__main__":
    sys.exit(main())
