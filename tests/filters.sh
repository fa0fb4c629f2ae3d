#!/bin/sh
# Runs every example of filters/README.md on the project tests/golden/base/kit.
# Last line: N passed, N failed.
#
# An example is a block ```lua select or ```lua transform. A block after it,
# ```text HANDBOOK/PAGE, holds lines that the page has, in that order ("not: "
# a line that it has not); ```text error, the end of a line of the message.
# ```xml agency before it is an agency.xml: the edition of that agency is built.
# If it names example.lua, the filter is the agency's and not the project's.
# Needs python3. $VADE is the program, default build/vade.
set -u
LC_ALL=C.UTF-8
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd) || exit 3
VADE=${VADE:-$root/build/vade}
case $VADE in /*) ;; *) VADE=$PWD/$VADE ;; esac
[ -x "$VADE" ] || { echo "there is no $VADE: run make" >&2; exit 3; }
export VADE root
exec python3 - <<'END'
import html, os, re, shutil, subprocess, sys, tempfile

root, vade = os.environ["root"], os.environ["VADE"]
kit = os.path.join(root, "tests/golden/base/kit")
readme = open(os.path.join(root, "filters/README.md"), encoding="utf-8").read()
blocks = re.findall(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", readme, re.S | re.M)
counts = {True: 0, False: 0}


def tell(name, faults):
    counts[not faults] += 1
    print(("FAILED " if faults else "ok ") + "filters/" + name)
    for fault in faults:
        print("  " + fault)


def examples():
    """(kind, chunk, [(where, lines)]) of each example."""
    found, agency = [], ""
    for language, where, text in blocks:
        if language == "lua":
            found.append((where, text, [], agency))
            agency = ""
        elif language == "text" and found:
            found[-1][2].append((where, text.splitlines()))
        elif (language, where) == ("xml", "agency"):
            agency = text
    return found


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def build(folder, kind, chunk, agency):
    shutil.copytree(kit, folder)
    with open(folder + "/vade.xml", encoding="utf-8") as file:
        project = file.read()
    own = "example.lua" in agency
    named = "" if own else f'<filters><{kind} href="filters/example.lua"/></filters>'
    write(folder + "/vade.xml", re.sub("<filters>.*</filters>", named, project))
    write(folder + ("/agency/" if own else "/filters/") + "example.lua", chunk)
    options = []
    if agency:
        write(folder + "/agency/agency.xml", agency)
        options = ["--agency", "agency"]
    environment = dict(os.environ, XDG_CACHE_HOME=folder + "/cache", NO_COLOR="1")
    return subprocess.run([vade, "build", "-q", "--ui-lang", "en", *options], cwd=folder, env=environment,
        capture_output=True, text=True, timeout=600)


def page_lines(path):
    """The words of the main part of a page, a block a line."""
    page = open(path, encoding="utf-8").read()
    page = re.search(r"<main.*</main>", page, re.S).group()
    page = re.sub(r"<span class=\"v-(?:vh|mark|label)\">[^<]*</span>", "", page)
    page = re.sub(r"</?(?:p|h[1-6]|ol|ul|li|div|dl|dt|dd|td|th|section)\b[^>]*>", "\n", page)
    lines = html.unescape(re.sub(r"<[^>]*>", "", page)).split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


def missing(wanted, lines):
    """What is not there, or is and should not be."""
    faults, at = [], 0
    for line in wanted:
        if line.startswith("not: "):
            faults += [line for got in lines if line[5:] in got]
        elif line in lines[at:]:
            at += lines[at:].index(line) + 1
        else:
            faults.append("not there: " + line)
    return faults


def run(kind, chunk, shown, agency):
    with tempfile.TemporaryDirectory() as scratch:
        folder = scratch + "/kit"
        result = build(folder, kind, chunk, agency)
        faults = [] if shown else ["shows nothing"]
        edition = re.findall(r' id="([^"]*)"', agency)[0] + "/" if agency else ""
        if (result.returncode != 0) != any(where == "error" for where, _ in shown):
            return [f"exit status {result.returncode}"] + result.stderr.splitlines()[:1]
        for where, wanted in shown:
            if where == "error":
                faults += [f"not said: {line}" for line in wanted
                    if not any(said.endswith(line) for said in result.stderr.splitlines())]
                continue
            handbook, page = where.split("/")
            path = f"{folder}/out/{edition}all/{handbook}/en/html/{page}"
            if not os.path.exists(path):
                faults.append("no page " + where)
            else:
                faults += missing(wanted, page_lines(path))
        return faults


for number, (kind, chunk, shown, agency) in enumerate(examples(), 1):
    tell(f"{number}-{kind}", run(kind, chunk, shown, agency))
named = set(re.findall(r"^\| `(\w+)` \|", readme, re.M))
files = {name[:-4] for name in os.listdir(root + "/filters") if name.endswith(".lua")} - {"select"}
tell("those-that-ship", sorted(f"not both a file and a row: {name}" for name in named ^ files))
print(f"{counts[True]} passed, {counts[False]} failed")
sys.exit(counts[False] > 0 or counts[True] < 2)
END
