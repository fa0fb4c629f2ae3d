"""Measures vade against docbook-xsl and an identity transform. Run it as bench.sh.

Every command is timed by the wall, from start to exit, in a folder of its own that
is emptied before each run and outside the timed part. The fast ones take turns, so
that a busy moment of the machine hits them alike. Memory is the largest process of
a command, children included; it can not read less than this script has itself.
"""

import argparse
import mmap
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROFILE_CHUNK = ("/usr/share/xml/docbook/stylesheet/docbook-xsl-ns/xhtml/"
                 "profile-chunk.xsl")
BOOK_SIZE = 1700000
GROWTH_MB = (1, 2, 4, 8, 16)
# What handbook h001 of book.py reads, as docbook-xsl says it: a role and those above.
PROFILE = {"audience": "sector-1;sector-1-r01", "condition": "oper", "security": "pub;int;res"}


class Failed(Exception):
    pass


class Result:
    """Wall and processor times in seconds, the largest peak in bytes, the last stderr."""

    def __init__(self, name):
        self.name = name
        self.seconds = []
        self.cpu = []
        self.user = []
        self.peak = 0
        self.log = ""

    def wall(self):
        """The least: whatever else the machine does only adds."""
        return min(self.seconds)

    def processor(self):
        return min(self.cpu)


class Bench:
    def __init__(self, folder, vade):
        self.folder = folder
        self.vade = vade
        self.cache = self.path("cache")
        self.failures = 0

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def book(self, name, size, handbooks):
        """Makes a project in its own process, so that this one stays small."""
        subprocess.run([sys.executable, os.path.join(HERE, "book.py"), "--size", str(size),
                        "--handbooks", str(handbooks), self.path(name)],
                       check=True, stderr=subprocess.DEVNULL)
        return self.path(name)

    def run(self, result, command, out, fresh_cache=False):
        """Times one run of command, which writes below out, into result; returns result."""
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        cache = self.path("cache-fresh") if fresh_cache else self.cache
        if fresh_cache:
            shutil.rmtree(cache, ignore_errors=True)
        os.makedirs(cache, exist_ok=True)
        environment = dict(os.environ, XDG_CACHE_HOME=cache, LC_ALL="C.UTF-8")
        with open(self.path("log"), "w+", errors="replace") as log:
            start = time.perf_counter()
            child = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                     stdout=subprocess.DEVNULL, stderr=log)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            log.seek(0)
            result.log = log.read()
        if child.returncode != 0:
            raise Failed("%s: exit %d: %s\n%s" % (
                result.name, child.returncode, " ".join(command),
                "".join(result.log.splitlines(True)[-12:])))
        result.seconds.append(seconds)
        result.cpu.append(usage.ru_utime + usage.ru_stime)
        result.user.append(usage.ru_utime)
        result.peak = max(result.peak, usage.ru_maxrss * 1024)
        return result

    def vade_build(self, project, out, *options):
        return [self.vade or "vade", "build", project, "-o", out, *options]

    def attempt(self, action, *arguments):
        """Runs one part of the bench; its failure is told and the others go on."""
        try:
            return action(*arguments)
        except (Failed, OSError, subprocess.CalledProcessError) as error:
            self.failures += 1
            print("FAILED %s" % error)
            return None


def show(result):
    print("  %-46s %9s  cpu %9s  %4.0f MB  (%s)" % (
        result.name, duration(result.wall()), duration(result.processor()), result.peak / 1e6,
        ", ".join(duration(value) for value in result.seconds)), flush=True)


def duration(seconds):
    return "%.2f s" % seconds if seconds >= 1 else "%.1f ms" % (seconds * 1000)


class Verdict:
    """The table at the end: a row for each promise, met or not, and what bounds the rest."""

    def __init__(self):
        self.rows = []

    def promise(self, text, limit, values, bound, at_least=False):
        """values are the ratio by the wall and by the processor; bound, called if the
        promise is not met, gives lines that say where the time goes."""
        self.rows.append((text, limit, values, bound, at_least))

    def show(self):
        print("Promises (DESIGN.md, section 10)")
        print("  %-50s %8s %9s %9s" % ("", "goal", "wall", "cpu"))
        unmet = []
        for text, limit, values, bound, at_least in self.rows:
            goal = "%s %g" % (">=" if at_least else "<=", limit)
            if values is None:
                print("  %-50s %8s %9s %9s  not measured" % (text, goal, "", ""))
                continue
            wall, cpu = values
            met = wall >= limit if at_least else wall <= limit
            print("  %-50s %8s %9.2f %9.2f  %s" % (
                text, goal, wall, cpu, "met" if met else "NOT MET"))
            if not met:
                unmet.append((text, bound))
        print("  %d of %d met" % (len(self.rows) - len(unmet) - sum(
            row[2] is None for row in self.rows), len(self.rows)))
        for text, bound in unmet:
            print("What bounds \"%s\":" % text)
            for line in bound():
                print("    " + line)


def ratio(above, below):
    """Wall and processor time of one over the other's; None without both."""
    if not above or not below:
        return None
    return above.wall() / below.wall(), above.processor() / below.processor()


def marks(folder):
    """The marks of conditional blocks that the pages below folder show, and the pages."""
    found, pages, size = set(), 0, 0
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".html", ".xhtml")):
                with open(os.path.join(place, name), encoding="utf-8", errors="replace") as file:
                    text = file.read()
                pages += 1
                size += len(text)
                found.update(re.findall(r"zq\d{6}", text))
    return found, pages, size


def stages(log):
    """The lines of `vade build -v` that end in milliseconds."""
    return [line for line in log.splitlines() if re.search(r"\d ms\b", line)]


def fault_microseconds():
    """What touching a fresh page of memory costs here: from 0.1 on bare metal to more than
    10 on a virtual machine inside another; a small process feels that most."""
    page, count = 4096, 4096
    memory = mmap.mmap(-1, page * count)
    times = []
    for _ in range(2):
        start = time.perf_counter()
        for at in range(0, page * count, page):
            memory[at] = 1
        times.append(time.perf_counter() - start)
    memory.close()
    return (times[0] - times[1]) / count * 1e6


def profile(bench, name, project, fresh_cache, runs):
    """Lines: the median of every stage of a build, and what is left of its wall time."""
    result = Result(name)
    found = {}
    out = bench.path("out-profile")
    for _ in range(runs):
        bench.run(result, bench.vade_build(project, out, "-v"), out, fresh_cache)
        for line in stages(result.log):
            stage = line.split(":")[0]
            found.setdefault(stage, []).append(float(line.split()[-2]))
    medians = {stage: statistics.median(times) for stage, times in found.items()}
    wall = result.wall() * 1000
    rest = max(0, wall - sum(medians.values()))
    lines = ["%-10s %8.1f ms  %3.0f %%" % (stage, value, 100 * value / wall)
             for stage, value in [*medians.items(), ("the rest", rest)]]
    return lines + ["the rest is start-up, linking, processes, and publication (writing, SHA-256)",
                    "%d MB at most; a fresh page of memory costs %.2f us on this machine"
                    % (result.peak / 1e6, fault_microseconds())]


def docbook_xsl(bench, project, result):
    out = bench.path("out-docbook-xsl")
    command = ["xsltproc", "--nonet", "--xinclude", "--param", "chunk.quietly", "1",
               "--stringparam", "base.dir", out + "/"]
    for name, value in PROFILE.items():
        command += ["--stringparam", "profile." + name, value]
    return bench.run(result, command + [PROFILE_CHUNK, project + "/book.xml"], out)


def identity(bench, project, result):
    out = bench.path("out-identity")
    return bench.run(result, ["xsltproc", "--nonet", "-o", out + "/book.xml",
                              os.path.join(HERE, "identity.xsl"), project + "/book.xml"], out)


def take_turns(bench, one, hundred, runs, between):
    """Runs b to e by turns. Returns their results by name, None for one that failed."""
    out = bench.path("out-vade")
    select = ("-v", "--stop-after", "select")
    results = {
        "b": Result("b  xsltproc, identity transform"),
        "c": Result("c  vade build, 1 handbook, validation cached"),
        "d": Result("d  vade build, 1 handbook, cold"),
        "e1": Result("e  vade, start to masks, 1 handbook"),
        "e100": Result("e  vade, start to masks, 100 handbooks"),
    }
    jobs = {
        "c": (bench.vade_build(one, out), out, False),
        "d": (bench.vade_build(one, out + "-cold"), out + "-cold", True),
        "e1": (bench.vade_build(one, out + "-select", *select), out + "-select", False),
        "e100": (bench.vade_build(hundred, out + "-select", *select), out + "-select", False),
    }

    def turn(key, result):
        """One run; a command that failed once is not tried again."""
        if results[key] is None:
            return
        if key == "b":
            done = bench.attempt(identity, bench, one, result)
        else:
            done = bench.attempt(bench.run, result, *jobs[key])
        if done is None:
            results[key] = None

    if not bench.vade:
        results.update(dict.fromkeys(jobs))
    for key in ("c", "e1", "e100"):  # not counted: fills the cache, and the disk's
        turn(key, Result(key))
    for at in range(runs):
        if at == runs // 2:
            between()
        for key in results:
            turn(key, results[key])
    for result in filter(None, results.values()):
        show(result)
    return results


def growth(bench, sizes, runs):
    """Rows (bytes, Result) of a cold build of one handbook."""
    projects = [bench.book("grow-%d" % megabytes, megabytes * 1000000, 1) for megabytes in sizes]
    results = [Result("f  vade build, 1 handbook, cold, %d MB" % megabytes) for megabytes in sizes]
    out = bench.path("out-grow")
    for _ in range(runs):
        for project, result in zip(projects, results):
            bench.run(result, bench.vade_build(project, out), out, True)
    rows = [(os.path.getsize(project + "/book.xml"), result)
            for project, result in zip(projects, results)]
    for project, result in zip(projects, results):
        show(result)
        shutil.rmtree(project)
    return rows


def worst_doubling(rows, *values):
    """For each of values, its largest growth between neighbours, per exact doubling."""
    if not rows or len(rows) < 2:
        return None
    return [max(value(after) / value(before) / (size_after / size_before) * 2
                for (size_before, before), (size_after, after) in zip(rows, rows[1:]))
            for value in values]


VALIDATE = os.path.join(ROOT, "build/release/tests/schema/validate")
RNG = os.path.join(ROOT, "schemas/manual.rng")
LARGE_SIZE = 17000000
SIBLINGS = (500000, 1000000)


def siblings(bench, count):
    """An article of so many paragraphs: the path of its list."""
    path = bench.path("siblings-%d.xml" % count)
    with open(path, "w") as book:
        book.write('<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>All</title>\n')
        book.writelines("<para>Keep calm.</para>\n" for _ in range(count))
        book.write("</article>\n")
    return path


def validate(path, *options):
    """The processor time of the validation alone of one file."""
    run = subprocess.run(["sh", "-c", 'echo "$0" | exec "$@"', path, VALIDATE, *options, RNG], check=True,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.stdout:
        raise Failed("%s: %s" % (path, run.stdout[:200]))
    return float(re.search(r"validated in ([0-9.]+) s", run.stderr).group(1))


def validation(bench, runs):
    """Ours against libxml2's and, where RNV names one, rnv, on a book of 17 MB; and many siblings in one element."""
    large = os.path.join(bench.book("large", LARGE_SIZE, 1), "book.xml")
    shell = ["sh", "-c", 'echo "$0" | exec "$@"', large, VALIDATE, RNG]
    whole = Result("i  schema room, 17 MB, with the parse")
    ours, theirs = [], []
    for i in range(runs):
        bench.run(whole, shell, bench.path("out-validate"))
        ours.append(float(re.search(r"validated in ([0-9.]+) s", whole.log).group(1)))
        theirs += [validate(large, "--libxml2")] if i < 2 else []
    show(whole)
    print("  validation alone: %s; of libxml2 %s" % (duration(min(ours)), duration(min(theirs))))
    found = {"libxml2": min(theirs) / min(ours)}
    if os.environ.get("RNV"):
        rnc = bench.path("manual.rnc")
        subprocess.run(["trang", RNG, rnc], check=True)
        peer = Result("i  rnv, 17 MB, with the parse")
        for _ in range(runs):
            bench.run(peer, [os.path.abspath(os.environ["RNV"]), "-q", rnc, large], bench.path("out-validate"))
        show(peer)
        found["rnv"] = whole.processor() / peer.processor()
    few, many = [min(validate(siblings(bench, count)) for _ in range(2)) for count in SIBLINGS]
    print("  siblings: %s" % ", ".join("%d %s" % pair for pair in zip(SIBLINGS, map(duration, (few, many)))))
    found["siblings"] = many / few
    return found


PAGES = (20, 200, 2000)


def book_of_pages(folder, count):
    """A plain book of as many chapters, all alike: each is a page, and has a link, a table and a term."""
    os.makedirs(folder, exist_ok=True)
    chapter = """<chapter xml:id="c%d"><title>Chapter %d</title><para>See <xref linkend="c%d"/>.
<indexterm><primary>term %d</primary></indexterm></para>%s<informaltable><tgroup cols="2"><tbody>%s</tbody></tgroup>
</informaltable></chapter>"""
    text = "<para>Keep calm, listen, and write down what was said, in the words in which it was said.</para>" * 12
    row = "<row><entry>Who</entry><entry>What is to be done</entry></row>" * 6
    with open(os.path.join(folder, "book.xml"), "w") as book:
        book.write('<book xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>Pages</title>')
        for i in range(count):
            book.write(chapter % (i, i, (i + 1) % count, i, text, row))
        book.write("<index/></book>")
    return os.path.join(folder, "book.xml")


def pages(bench, runs):
    """The time of a further page, from 200 to 2,000 pages against from 20 to 200: of the program's own
    code, twice. Many files come and go here, and ext4 passes over every inode that it freed just now."""
    out = bench.path("out-pages")
    results = [Result("h  a site of %d pages" % count) for count in PAGES]
    books = [book_of_pages(bench.path("pages-%d" % count), count) for count in PAGES]
    for _ in range(runs):
        for book, result in zip(books, results):
            bench.run(result, bench.vade_build(book, out, "--to", "html"), out)
    for result in results:
        show(result)
    few, some, many = [min(result.user) for result in results]
    print("  of its own code: %s" % ", ".join("%s for %d pages" % (duration(seconds), count)
                                              for seconds, count in zip((few, some, many), PAGES)))
    shutil.rmtree(out, ignore_errors=True)
    return [(many - some) / (PAGES[2] - PAGES[1]) / ((some - few) / (PAGES[1] - PAGES[0]))] * 2


VERSION_SIZES = (100000, 500000, 1200000, 4000000)
PEERS = (("xmldiff", ["xmldiff"]), ("xmldiff --fast-match", ["xmldiff", "--fast-match"]), ("wdiff", ["wdiff", "-s"]))


def peer_seconds(bench, name, command, pair):
    """What another program needs for two versions, None if it is not there; at most PEER_LIMIT, with a +."""
    if not shutil.which(command[0]):
        return None
    result = Result("k  %s" % name)
    try:
        # wdiff ends with 1 if there are differences.
        bench.run(result, ["timeout", str(PEER_LIMIT), "sh", "-c", '"$@" >/dev/null; [ $? -lt 2 ]', "sh", *command, *pair],
                  bench.path("out-versions"))
    except Failed:
        return PEER_LIMIT
    show(result)
    return result.processor()


PEER_LIMIT = 300


def versions(bench, sizes):
    """Two versions with 3 % of edits: vade diff, from the parse to JSON, and its peers. Rows: size, vade, peers by name."""
    rows = []
    for size in sizes:
        folder = bench.path("versions-%d" % size)
        subprocess.run([sys.executable, os.path.join(HERE, "versions.py"), "--size", str(size), folder], check=True)
        pair = [os.path.join(folder, name) for name in ("old.xml", "new.xml")]
        ours = Result("k  vade diff --json, %.1f MB" % (size / 1e6))
        for i in range(4):  # the first one validates
            result = ours if i > 0 else Result("")
            bench.run(result, [bench.vade, "diff", "--json", *pair], bench.path("out-versions"))
        show(ours)
        rows.append((size, ours, {name: peer_seconds(bench, name, command, pair) for name, command in PEERS}))
    return rows


def promise_versions(verdict, rows):
    whole = [row for row in rows if row[0] == 1200000]
    for _, ours, peers in whole:
        verdict.promise("two versions of 1.2 MB, in seconds", 0.2, (ours.wall(), ours.processor()), lambda: [])
        verdict.promise("two versions of 1.2 MB, in MB", 100, [ours.peak / 1e6] * 2, lambda: [])
        for name, goal in (("xmldiff", 300), ("xmldiff --fast-match", 1)):
            if peers[name]:
                verdict.promise("two versions of 1.2 MB: %s / vade" % name, goal, [peers[name] / ours.processor()] * 2,
                                lambda: [], at_least=True)
    verdict.promise("two versions: time per doubling, the worst", 2.3,
                    worst_doubling([(size, ours) for size, ours, _ in rows], Result.wall, Result.processor), lambda: [])


def same_selection(bench):
    ours, pages, size = marks(bench.path("out-vade"))
    theirs, their_pages, their_size = marks(bench.path("out-docbook-xsl"))
    if not ours or not theirs:
        return
    print("Pages: docbook-xsl %d (%.1f MB), vade %d (%.1f MB). Conditional blocks shown: %d and %d, %s"
          % (their_pages, their_size / 1e6, pages, size / 1e6, len(theirs), len(ours),
             "the same" if ours == theirs else "NOT THE SAME: " + " ".join(
                 sorted(ours ^ theirs)[:8])))


PRINTED = ("pdf", "pdfa", "card", "cardsheet")


def format_names(vade):
    """All that a whole handbook can be made in."""
    said = subprocess.run([vade, "build", "--help", "--ui-lang", "en"], capture_output=True, text=True).stdout
    names = re.findall(r"^  ([a-z]+) ", said.partition("Formats:")[2], re.M)
    names.remove("bulletin")  # of one procedure: --only
    return names


def formats(bench, runs):
    """Each format of one handbook of manual/; then all of them but the printed ones of every
    handbook, both languages, with -j1 and -j2."""
    manual, out = os.path.join(ROOT, "manual"), bench.path("formats")
    names = format_names(bench.vade)
    if not os.path.exists(os.path.join(ROOT, "build", "typst", ".installed")):
        print("No PDF is timed: there is no engine (make deps-pdf)")
        names = [name for name in names if name not in PRINTED]
    one = ["--handbook", "police-officer", "--lang", "es", "-j1"]
    for name in names:
        result = Result("g  one handbook, %s" % name)
        for _ in range(1 if name in PRINTED else runs):
            bench.run(result, bench.vade_build(manual, out, "-q", "--to", name, *one), out)
        show(result)
    names = [name for name in names if name not in PRINTED]
    for jobs in ("-j1", "-j2"):
        result = Result("g  all handbooks and formats, %s" % jobs)
        bench.run(result, bench.vade_build(manual, out, "-q", "--to", ",".join(names), jobs), out)
        show(result)
    shutil.rmtree(out, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(prog="bench.sh", description="Measures vade.")
    parser.add_argument("--quick", action="store_true", help="one run of each, two sizes")
    options = parser.parse_args()
    runs, slow_runs, sizes = (1, 1, GROWTH_MB[:2]) if options.quick else (8, 3, GROWTH_MB)

    folder = os.path.abspath(os.environ.get("BENCH_DIR") or os.path.join(ROOT, "build", "bench"))
    vade = os.path.abspath(os.environ.get("VADE") or os.path.join(ROOT, "build", "vade"))
    os.makedirs(folder, exist_ok=True)
    bench = Bench(folder, vade)
    if not os.access(vade, os.X_OK):
        print("FAILED %s is not there: only the others are measured" % vade)
        bench.failures += 1
        bench.vade = None
    shutil.rmtree(bench.cache, ignore_errors=True)
    one = bench.book("one", BOOK_SIZE, 1)
    hundred = bench.book("hundred", BOOK_SIZE, 100)

    print("Book: %d bytes. The least of the wall and the processor; peak of the largest\n"
          "process; each run. Where wall and cpu of one process differ, the machine was busy." %
          os.path.getsize(one + "/book.xml"), flush=True)
    # The slow one runs before, among and after the others: the machine may be
    # busier at one end.
    slow = Result("a  docbook-xsl-ns profile-chunk")
    tries = []

    def docbook():
        if len(tries) < slow_runs and None not in tries:
            tries.append(bench.attempt(docbook_xsl, bench, one, slow))

    docbook()
    row = take_turns(bench, one, hundred, runs, docbook)
    docbook()
    a = slow if None not in tries else None
    if a:
        show(a)
        if a.wall() > 1.1 * a.processor():
            print("The machine is BUSY: one process got %.0f %% of a processor. These ratios are "
                  "no verdict." % (100 * a.processor() / a.wall()))
    rows = bench.attempt(growth, bench, sizes, runs) if bench.vade else None
    further = bench.attempt(pages, bench, runs) if bench.vade else None
    schema = bench.attempt(validation, bench, runs) or {}
    changed = bench.attempt(versions, bench, VERSION_SIZES[:2] if options.quick else VERSION_SIZES) if bench.vade else None

    for key in ("e1", "e100"):
        if row[key]:
            print("%s, its stages:" % row[key].name[3:])
            for line in stages(row[key].log):
                print("    " + line)
    same_selection(bench)
    if bench.vade:
        bench.attempt(formats, bench, runs)

    def cached():
        return profile(bench, "profile", one, False, runs)

    def cold():
        return profile(bench, "profile, cold", one, True, runs)

    def selecting():
        return ["%s: %s" % (key, line) for key in ("e1", "e100") for line in stages(row[key].log)]

    def growing():
        return ["%5.1f MB  %9s  %5.0f MB" % (size / 1e6, duration(result.wall()),
                                            result.peak / 1e6) for size, result in rows]

    verdict = Verdict()
    verdict.promise("one handbook: docbook-xsl / vade", 150, ratio(a, row["c"]), cached,
                    at_least=True)
    verdict.promise("one handbook, validation cached: vade / identity", 2.5,
                    ratio(row["c"], row["b"]), cached)
    verdict.promise("one handbook: vade cold / vade cached", 1.5, ratio(row["d"], row["c"]), cold)
    verdict.promise("start to masks: 100 handbooks / 1", 1.3, ratio(row["e100"], row["e1"]),
                    selecting)
    verdict.promise("growth: time per doubling, the worst", 2.2,
                    worst_doubling(rows, Result.wall, Result.processor), growing)
    verdict.promise("growth: memory per doubling, the worst", 2.2,
                    worst_doubling(rows, *[lambda result: result.peak] * 2), growing)
    verdict.promise("a further page: of 2,000 / of 200", 1.2, further, lambda: [])
    for key, name, goal, at_least in (("libxml2", "validation of 17 MB: libxml2 / vade", 8, True),
                                      ("rnv", "validation of 17 MB with the parse: vade / rnv", 1, False),
                                      ("siblings", "validation: 1,000,000 siblings / 500,000", 2.2, False)):
        if key in schema:
            verdict.promise(name, goal, [schema[key]] * 2, lambda: [], at_least=at_least)
    if changed:
        promise_versions(verdict, changed)
    verdict.show()
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
