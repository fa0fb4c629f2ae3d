"""Runs the property tests on many seeds: the fixed ones of tests/seeds, or random ones as long as there is time.

usage: python3 tests/property/campaign.py fixed NAME [--jobs N]
       python3 tests/property/campaign.py random [--time 30m] [--jobs N] [--only NAME]... [--again]

A row of tests/seeds/NAME is `SEED COUNT [OPTION…]  # why`: the script NAME.py runs COUNT cases from SEED on. `random` runs
slices of new seeds, those that lack most of what CAMPAIGNS wants first, until all is done or the time is over; what is done
stands in build/campaign/NAME.tsv, so that the next run goes on where this one ended (--again: from nothing). A slice that
failed leaves its log there; its seed belongs into tests/seeds once the fault is mended. Last line: N passed, N failed.
"""

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SEEDS = os.path.join(HERE, "..", "seeds")
STATE = os.path.join("build", "campaign")
LAST_LINE = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)
UNITS = {"s": 1, "m": 60, "h": 3600}


class Campaign:
    """A property: its script, the option that says how many cases, how many a slice has and how many are wanted in all."""

    def __init__(self, script, counted, slice_size, wanted, *options):
        self.script, self.counted, self.slice_size, self.wanted, self.options = script, counted, slice_size, wanted, options


CAMPAIGNS = {
    "selection": Campaign("selection.py", "--cases", 50, 3000),
    "noninterference": Campaign("noninterference.py", "--mutations", 48, 3000, "--part", "random"),
    "laws": Campaign("laws.py", "--cases", 5, 300),
    "complete": Campaign("complete.py", "--cases", 24, 480),
    "shapes": Campaign("shapes.py", "--cases", 10, 300),
    "differences": Campaign("differences.py", "--cases", 50, 1000),
    "others": Campaign("others.py", "--cases", 10, 300, "--part", "random"),
    "leaks": Campaign("leaks.py", "--cases", 20, 300),
    "pdf_readers": Campaign("pdf_readers.py", "--cases", 60, 3000),
}


def run(script, words):
    """Runs one script. Returns (passed, failed, what it said)."""
    done = subprocess.run([sys.executable, os.path.join(HERE, script), *words], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    sums = LAST_LINE.findall(done.stdout)
    passed, failed = map(int, sums[-1]) if sums else (0, 0)
    if done.returncode and not failed:
        failed = 1  # it ended before it could count
    return passed, failed, done.stdout


def rows_of(name):
    """The rows of tests/seeds/NAME: (seed, count, options)."""
    with open(os.path.join(SEEDS, name), encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if words:
                yield int(words[0]), int(words[1]), words[2:]


def fixed(options):
    campaign = CAMPAIGNS[options.name]
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = [pool.submit(run, campaign.script, ["--seed", str(seed), campaign.counted, str(count), *more])
                for seed, count, more in rows_of(options.name)]
        for each in runs:
            good, bad, said = each.result()
            passed, failed = passed + good, failed + bad
            print(said, end="", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


class Progress:
    """What was done of one campaign: the rows of its file (seed, cases, passed, failed, seconds)."""

    def __init__(self, name):
        self.name, self.campaign = name, CAMPAIGNS[name]
        self.path = os.path.join(STATE, name + ".tsv")
        self.rows = []
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as file:
                self.rows = [tuple(map(int, line.split("\t"))) for line in file]
        self.next_seed = self.rows[-1][0] + 1000 if self.rows else int.from_bytes(os.urandom(3), "big") * 1000
        self.running = 0

    def done(self):
        return sum(row[1] for row in self.rows) + self.running * self.campaign.slice_size

    def lacking(self):
        return 1 - self.done() / self.campaign.wanted

    def take(self):
        seed, self.next_seed, self.running = self.next_seed, self.next_seed + 1000, self.running + 1
        return seed

    def run(self, seed):
        campaign, start = self.campaign, time.monotonic()
        passed, failed, said = run(campaign.script, ["--seed", str(seed), campaign.counted, str(campaign.slice_size),
                                                     *campaign.options])
        return seed, passed, failed, int(time.monotonic() - start), said

    def note(self, seed, passed, failed, seconds, said):
        self.running -= 1
        self.rows.append((seed, self.campaign.slice_size, passed, failed, seconds))
        with open(self.path, "a", encoding="utf-8") as file:
            file.write("\t".join(map(str, self.rows[-1])) + "\n")
        print(f"{'FAILED' if failed else 'ok'} {self.name}: {self.campaign.slice_size} cases, seed {seed} ({seconds} s)", flush=True)
        if failed:
            log = os.path.join(STATE, f"{self.name}-{seed}.log")
            with open(log, "w", encoding="utf-8") as file:
                file.write(said)
            print(f"    {log}\n    " + "\n    ".join(said.splitlines()[-12:]), flush=True)


def random(options):
    if options.again:
        shutil.rmtree(STATE, ignore_errors=True)
    os.makedirs(STATE, exist_ok=True)
    progress = [Progress(name) for name in options.only or CAMPAIGNS]
    end = time.monotonic() + int(options.time[:-1]) * UNITS[options.time[-1]]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        running = {}
        while True:
            lacking = [each for each in progress if each.lacking() > 0]
            while lacking and len(running) < options.jobs and time.monotonic() < end:
                chosen = max(lacking, key=Progress.lacking)
                running[pool.submit(chosen.run, chosen.take())] = chosen
                lacking = [each for each in progress if each.lacking() > 0]
            if not running:
                break
            for each in concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED).done:
                running.pop(each).note(*each.result())
    for each in progress:
        print(f"{each.name}: {each.done()} of {each.campaign.wanted} cases")
    failed = sum(row[3] for each in progress for row in each.rows)
    print(f"{sum(row[2] for each in progress for row in each.rows)} passed, {failed} failed")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    one = kinds.add_parser("fixed")
    one.add_argument("name", choices=list(CAMPAIGNS))
    many = kinds.add_parser("random")
    many.add_argument("--time", default="30m", type=a_time, help="30s, 20m, 3h")
    many.add_argument("--only", action="append", choices=list(CAMPAIGNS))
    many.add_argument("--again", action="store_true", help="forget what was done")
    for each in (one, many):
        each.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    return fixed(options) if options.kind == "fixed" else random(options)


def a_time(text):
    if not re.fullmatch(r"[0-9]+[smh]", text):
        raise argparse.ArgumentTypeError(f"{text}: a number and s, m or h, as 20m")
    return text


if __name__ == "__main__":
    sys.exit(main())
