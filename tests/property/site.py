#!/usr/bin/env python3
"""What must hold of every page of every handbook of the manual.

Builds manual/ twice under different jobs, time zone, locale, umask, path and
cache, compares all bytes, then reads every page: links and ids resolve inside
the shelf, the edition, class mark, code, language and notice line stand on it,
ids are unique, headings do not skip, digests of the manifest are right.
Prints one line per property; last line: N passed, N failed.
"""
import hashlib
import html.parser
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

os.environ.setdefault("VADE_TYPST", "")  # tests/pdf.py tests the PDFs
ROOT = pathlib.Path(__file__).resolve().parents[2]
VADE = os.environ.get("VADE", str(ROOT / "build/vade"))
PROJECT = "{urn:vademecum:project:1}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ALONE = "edu-teacher"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(html.parser.HTMLParser):
    """Ids, links, text and tag balance of one page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.open, self.wrong = [], [], [], []
        self.straight = []  # to the same page of another handbook, where it is there
        self.headings, self.words, self.lang = [], [], None
        self.drawn, self.drawings = [], 0
        self.feed(text)
        if self.open:
            self.wrong.append("left open: %s" % self.open)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "html":
            self.lang = values.get("lang")
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("href", "src"):
            if name in values:
                self.links.append(values[name])
        if "data-page" in values:
            self.straight.append("../../../" + values["data-page"])
        if values.get("http-equiv") == "refresh":
            self.links.append(values["content"].partition("url=")[2])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "svg":
            self.drawings += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append("</%s> closes nothing" % tag)

    def handle_data(self, data):
        (self.drawn if "svg" in self.open else self.words).append(data)


def build(out, jobs, environment, umask):
    env = dict(os.environ, XDG_CACHE_HOME=str(out) + ".cache", **environment)
    subprocess.run([VADE, "build", "-q", str(ROOT / "manual"), "-o", str(out), "-j", str(jobs), "--to", "html"],
                   check=True, env=env, preexec_fn=lambda: os.umask(umask))


def build_alone(out, handbook):
    env = dict(os.environ, XDG_CACHE_HOME=str(out) + ".cache")
    subprocess.run([VADE, "build", "-q", str(ROOT / "manual"), "-o", str(out), "--to", "html", "--handbook", handbook], check=True, env=env)
    return files_of(out)


def check_alone(alone, together, handbook):
    """A handbook built into a folder of its own is the same bytes, and none of its links leads to one that is not there."""
    files = {n: d for n, d in alone.items() if "/%s/" % handbook in n}
    wrong = ["differs from the whole build: " + n for n, d in files.items() if together.get(n) != d]
    pages = pages_of(alone)
    if not any(page.straight for page in pages.values()):
        wrong.append(handbook + " names no other handbook")
    sites = json.loads(alone["services/shelf.js"].decode().removeprefix("vadeShelf(").removesuffix(");\n"))
    if sites != {handbook: ["en", "es"]}:
        wrong.append("shelf.js says %s" % sites)
    return wrong + check_links(pages)


def files_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def check_same(first, second):
    wrong = [name for name in sorted(set(first) | set(second)) if first.get(name) != second.get(name)]
    return ["differs between builds: " + name for name in wrong]


def check_manifest(out, files):
    wrong = []
    for shelf in sorted(p.name for p in out.iterdir() if p.is_dir()):
        manifest = json.loads(files[shelf + "/manifest.json"])
        listed = {shelf + "/" + f["path"]: f for f in manifest["files"]}
        there = {n for n in files if n.startswith(shelf + "/")} - {shelf + "/manifest.json", shelf + "/SHA256SUMS"}
        wrong += ["not in the manifest: " + n for n in sorted(there - set(listed))]
        for name, entry in listed.items():
            data = files.get(name, b"")
            if hashlib.sha256(data).hexdigest() != entry["sha256"] or len(data) != entry["size"]:
                wrong.append("manifest is wrong about " + name)
        sums = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=out / shelf, capture_output=True)
        if sums.returncode:
            wrong.append("SHA256SUMS of " + shelf)
    return wrong


def check_links(pages, straight=False):
    """Every relative link leads to a page and an id that exist, and stays on its shelf; with `straight`, those too that a script
    makes of the links to other handbooks."""
    wrong = []
    for name, page in pages.items():
        for link in page.links + (page.straight if straight else []):
            if link.startswith(("http:", "https:", "mailto:", "tel:")):
                continue
            path, _, fragment = link.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
            if "/" in name and target.split("/")[0] != name.split("/")[0]:  # the page above the shelves leads to them
                wrong.append("%s leaves its shelf: %s" % (name, link))
            elif target not in pages and target not in pages.others:
                wrong.append("%s: no such file: %s" % (name, link))
            elif fragment and fragment not in pages[target].ids:
                wrong.append("%s: no such id: %s" % (name, link))
    return wrong


def check_marks(pages, project):
    """Edition, date, language and the notice's line stand on every page; the code is one per handbook."""
    lines = {n.get(LANG): n.find(PROJECT + "line").text for n in project.findall(PROJECT + "notice")}
    edition = project.find(PROJECT + "edition")
    classes = {"en": "Class", "es": "Clase"}
    wrong = []
    for name, page in pages.items():
        text = " ".join(" ".join(page.words).split())
        wanted = [lines[page.lang], edition.get("version"), edition.get("date"), classes[page.lang]]
        wrong += ["%s lacks %s" % (name, w) for w in wanted if w not in text]
        if "0000000000" in text:
            wrong.append(name + " has no edition code")
    return wrong


def check_form(pages):
    wrong = []
    for name, page in pages.items():
        wrong += ["%s: %s" % (name, w) for w in page.wrong]
        wrong += ["%s: id twice: %s" % (name, i) for i in sorted(set(page.ids)) if page.ids.count(i) > 1]
        if page.headings.count(1) != 1:
            wrong.append(name + ": not exactly one h1")
        for above, below in zip(page.headings, page.headings[1:]):
            if below > above + 1:
                wrong.append("%s: h%d after h%d" % (name, below, above))
    return wrong


def check_drawings(pages):
    """A swimlane says nothing that the page does not say in words, and procedures of several actors have one."""
    wrong = []
    for name, page in pages.items():
        text = " ".join(" ".join(page.words).split())
        wrong += ["%s: only drawn: %s" % (name, w) for line in page.drawn for w in line.split() if w.strip(",.;:") not in text]
    shared = [p for n, p in pages.items() if n.endswith("/edu-o-01.html")]
    if not shared or any(p.drawings != 1 for p in shared):
        wrong.append("EDU-O-01, a procedure of several actors, is not drawn in every handbook")
    return wrong


class Pages(dict):
    others = frozenset()


def pages_of(files):
    pages = Pages((n, Page(d.decode())) for n, d in files.items() if n.endswith(".html"))
    pages.others = frozenset(files)
    return pages


def main():
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="site-"))
    passed = failed = 0
    try:
        build(scratch / "a", 1, {"TZ": "UTC", "LC_ALL": "C"}, 0o022)
        build(scratch / "deep" / "er" / "b", 2, {"TZ": "Asia/Tokyo", "LC_ALL": "es_ES.UTF-8"}, 0o077)
        first, second = files_of(scratch / "a"), files_of(scratch / "deep" / "er" / "b")
        pages = pages_of(first)
        project = ET.parse(ROOT / "manual/vade.xml").getroot()
        results = [
            ("same bytes under other jobs, time zone, locale, umask, path", check_same(first, second)),
            ("manifests and digests", check_manifest(scratch / "a", first)),
            ("links and ids of %d pages" % len(pages), check_links(pages, straight=True)),
            ("a handbook built alone: same bytes, no dead link", check_alone(build_alone(scratch / "one", ALONE), first, ALONE)),
            ("edition, class, code and notice on every page", check_marks(pages, project)),
            ("what is drawn is said in words too", check_drawings(pages)),
            ("well-formed, unique ids, headings in order", check_form(pages)),
        ]
        for name, wrong in results:
            if wrong:
                failed += 1
                print("FAILED site: %s (%d)" % (name, len(wrong)))
                for line in wrong[:20]:
                    print("    " + line)
            else:
                passed += 1
                print("ok site: " + name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
