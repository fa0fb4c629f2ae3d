#!/usr/bin/env python3
"""PDFs: two role handbooks of manual/, bulletins, and a book of hostile text, in both languages.

Every PDF is tagged, has an outline, its fonts and its language in it, a title, no text outside
tags, headings that skip no level, and class, edition, code and copy condition on each page; a book
holds every paragraph and drawing of its site; a bulletin has two pages at most; nothing on a card is
below six points; two builds are the same bytes; a sign that no font has is refused. Needs the PDF
engine (make deps-pdf), qpdf and poppler-utils; without the engine it says so and tests nothing.

--all: every PDF of a finished build of manual/, all handbooks in both languages; some minutes on 2 processors.

usage: tests/pdf.py [--keep DIR | --all DIR]
"""
import concurrent.futures
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VADE = os.environ.get("VADE", str(ROOT / "build/vade"))
passed = failed = 0


def check(name, fine, detail=""):
    global passed, failed
    if fine:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {name} {detail}")


def run(*args, **options):
    return subprocess.run(args, capture_output=True, text=True, errors="replace", **options)


def vade(*args):
    return run(VADE, *args)


def text_of(pdf):
    """The words of each page, white space folded, invisible breaks taken out."""
    out = run("pdftotext", "-raw", str(pdf), "-").stdout.replace("\u200b", "").replace("\u00ad", "")
    return [" ".join(page.split()) for page in out.split("\f")[:-1]]


class Document:
    """The objects of a PDF, as qpdf tells them."""

    def __init__(self, pdf):
        out = run("qpdf", "--json", "--json-key=qpdf", str(pdf)).stdout
        self.objects = json.loads(out)["qpdf"][1]
        self.root = self.get(self.objects["trailer"]["value"]["/Root"])

    def get(self, ref):
        if isinstance(ref, str) and re.fullmatch(r"\d+ \d+ R", ref):
            entry = self.objects["obj:" + ref]
            return entry.get("value", entry.get("stream", {}).get("dict"))
        return ref

    def bookmarks(self, node=None, pages=None):
        """The outline: title, number of the page, and the entries inside."""
        if pages is None:
            pages = {}
            waiting = [self.root["/Pages"]]
            while waiting:
                ref = waiting.pop()
                kids = self.get(ref).get("/Kids")
                if kids is None:
                    pages[ref] = len(pages) + 1
                waiting.extend(reversed(kids or []))
            node = self.get(self.root.get("/Outlines", {}))
        found = []
        ref = node.get("/First")
        while ref:
            entry = self.get(ref)
            place = self.get(entry["/Dest"])
            found.append((entry["/Title"].removeprefix("u:"), pages.get(place[0]), self.bookmarks(entry, pages)))
            ref = entry.get("/Next")
        return found

    def tags(self):
        """The structure elements in reading order: name and dictionary."""
        found = []
        waiting = [self.root.get("/StructTreeRoot")]
        while waiting:
            node = self.get(waiting.pop())
            if not isinstance(node, dict):
                continue
            if "/S" in node:
                found.append((node["/S"], node))
            kids = self.get(node.get("/K", []))
            waiting.extend(reversed(kids if isinstance(kids, list) else [kids]))
        return found


def streams_of(pdf, work):
    """The streams that show text, uncompressed."""
    flat = work / "flat.pdf"
    run("qpdf", "--qdf", "--object-streams=disable", str(pdf), str(flat))
    return [stream for stream in re.findall(rb"stream\n(.*?)\nendstream", flat.read_bytes(), re.S) if b"BT" in stream]


def sizes_of(pdf, work):
    """How many texts are shown in each size of letters, in points. Exact as long as what holds a text is not scaled."""
    return Counter(float(size) for stream in streams_of(pdf, work) for size in re.findall(rb"^/f\d+ ([\d.]+) Tf$", stream, re.M))


def untagged(pdf, work):
    """How many texts are shown outside marked content."""
    count = 0
    for stream in streams_of(pdf, work):
        depth = 0
        for word in re.findall(rb"\b(BDC|BMC|EMC|TJ|Tj)\b", stream):
            if word in (b"BDC", b"BMC"):
                depth += 1
            elif word == b"EMC":
                depth -= 1
            elif depth <= 0:
                count += 1
    return count


def words_of(pdf):
    """Every word with its page, top and bottom in points, in reading order."""
    found = []
    page = 0
    for line in run("pdftotext", "-raw", "-bbox", str(pdf), "-").stdout.splitlines():
        word = re.search(r'<word xMin="[-\d.]+" yMin="([-\d.]+)" xMax="[-\d.]+" yMax="([-\d.]+)">(.*?)</word>', line)
        if "<page " in line:
            page += 1
        elif word:
            text = html.unescape(word.group(3)).replace("\u200b", "").replace("\u00ad", "")
            found.append((text, page, float(word.group(1)), float(word.group(2))))
    return found


def find_words(words, text, start):
    """The number of the first word of a text at or after start, and of the one after its last; None."""
    wanted = "".join(text.split()).casefold()
    for i in range(start, len(words)):
        so_far = ""
        for j in range(i, len(words)):
            so_far += words[j][0].casefold()
            if not wanted.startswith(so_far):
                break
            if so_far == wanted:
                return i, j + 1
    return None


def squeezed(text):
    """Without what a line may break at."""
    return re.sub(r"[\s-]", "", text).casefold()


def bare(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def check_forms(name, pdf, doc, pages, folder, title):
    """Each form of the site to fill in is a sheet of the book: on paper of its own, with room for each answer."""
    wanted = {}
    for path in sorted(folder.glob("0-*.html")):
        page = path.read_text()
        if 'class="v-sheets"' not in page:
            continue
        cite = re.search(r'<p class="cite-id">(.*?)</p>', page)
        wanted[((cite.group(1) + " ") if cite else "") + bare(re.search(r"<h1>(.*?)</h1>", page, re.S).group(1))] = page
    entry = next((e for e in doc.bookmarks() if e[0] == title), None)
    sheets = entry[2] if entry else []
    check(f"{name}: forms", sorted(" ".join(s[0].split()) for s in sheets) == sorted(wanted), [s[0] for s in sheets])
    check(f"{name}: a form begins a page", len({s[1] for s in sheets}) == len(sheets))
    words = words_of(pdf)
    for heading, number, _ in sheets:
        page = wanted.get(" ".join(heading.split()), "")
        at = next((i for i, w in enumerate(words) if w[1] == number), 0)
        first = find_words(words, heading, at)
        check(f"{name}: {heading} heads its page", first and words[first[0]][1] == number)
        fields = re.findall(r"<label for=[^>]*>(.*?)</label>(.*?)(?:<textarea[^>]*?rows=\"(\d+)\"|</div>)", page, re.S)
        questions = re.findall(r"<legend>(.*?)</legend>", page, re.S)
        check(f"{name}: {heading} has fields", len(fields) + len(questions) > 0)
        said = "".join("".join(pages[number - 1:number + 2]).split()).casefold()
        for question in questions:
            check(f"{name}: {heading} asks {bare(question)[:30]}", "".join(bare(question).split()).casefold() in said)
        for label, hint, rows in fields:
            there = find_words(words, bare(label) + bare(hint), at)
            check(f"{name}: {heading} asks {bare(label)[:30]}", there)
            if there and rows:
                last, after = words[there[1] - 1], words[there[1]]
                room = after[2] - last[3] if after[1] == last[1] else 99999
                check(f"{name}: {heading} has room for {bare(label)[:30]}", room >= int(rows) * 18, room)
            at = there[1] if there and rows else at


def lines_of(pdf):
    """Of each page, its lines of text with the size of their letters in points (a third of one is lost)."""
    out = run("pdftohtml", "-xml", "-i", "-zoom", "3", "-stdout", str(pdf)).stdout
    pages = []
    sizes = {}
    for line in out.splitlines():
        font = re.search(r'<fontspec id="(\d+)" size="(\d+)"', line)
        text = re.search(r'<text .*?font="(\d+)">(.*)</text>', line)
        if "<page " in line:
            pages.append([])
        elif font:
            sizes[font.group(1)] = (int(font.group(2)) + 1) / 3
        elif text and pages:
            pages[-1].append((bare(text.group(2)), sizes[text.group(1)]))
    return pages


def check_drawn(name, lines, pages, tags, folder, title):
    """Each drawing of the site with this title is in the book, whole, in as many pieces as it takes to read it."""
    told = [node.get("/Alt", "").removeprefix("u:") for tag, node in tags if tag == "/Figure"]
    drawn = [page for page in lines if any(text.startswith(title) for text, _ in page)]
    said = {text for page in drawn for text, _ in page}
    # Lines that run upwards come in pieces there.
    upwards = squeezed("".join(page for page in pages if title in page))
    smallest = min((size for page in drawn for text, size in page if text), default=99)
    check(f"{name}: pictures can be read", smallest >= 6.5, smallest)
    for path in sorted(folder.glob("*.html")):
        for label, svg in re.findall(r'<svg role="img" aria-label="([^"]*)"(.*?)</svg>', path.read_text(), re.S):
            label = html.unescape(label)
            if not label.startswith(title):
                continue
            pieces = [t for t in told if re.fullmatch(re.escape(label) + r"( \(\d+ / \d+\))?", t)]
            whole = [label] if len(pieces) == 1 else [f"{label} ({i + 1} / {len(pieces)})" for i in range(len(pieces))]
            check(f"{name}: {path.name} is drawn", pieces and pieces == whole, pieces)
            lost = [t for t in map(bare, re.findall(r"<text[^>]*>(.*?)</text>", svg))
                    if t not in said and squeezed(t) not in upwards]
            check(f"{name}: {path.name} is drawn whole", not lost, lost[:5])


def check_figures(name, lines, folder):
    """Each drawn figure of the site is in the book, large enough to be read."""
    pages = "".join(path.read_text() for path in sorted(folder.glob("*.html")))
    for src in sorted(set(re.findall(r'<div class="v-media"><img src="(assets/[^"]+[.]svg)"', pages))):
        words = {bare(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", (folder / src).read_text(), re.S)}
        sizes = [size for page in lines for text, size in page if text in words]
        check(f"{name}: {src} can be read", min(sizes, default=0) >= 6, sizes)


def check_paper(name, pdf, lang, wanted):
    """What holds of every PDF, also of one that only scissors read."""
    info = run("pdfinfo", str(pdf)).stdout
    doc = Document(pdf)
    tags = doc.tags()
    check(f"{name}: tagged", re.search(r"^Tagged: +yes", info, re.M) and
          doc.root.get("/MarkInfo", {}).get("/Marked") is True)
    check(f"{name}: title", re.search(r"^Title: +\S", info, re.M), info[:80])
    check(f"{name}: language", doc.root.get("/Lang", "").startswith("u:" + lang), doc.root.get("/Lang"))
    fonts = [line.split() for line in run("pdffonts", str(pdf)).stdout.splitlines()[2:]]
    check(f"{name}: fonts", fonts and all(f[-5] == "yes" and f[-3] == "yes" for f in fonts), fonts)
    check(f"{name}: figures speak", all(node.get("/Alt") for tag, node in tags if tag == "/Figure"))
    pages = text_of(pdf)
    check(f"{name}: pages", len(pages) > 0)
    for number, page in enumerate(pages, 1):
        lost = [words for words in wanted if words not in page]
        check(f"{name}: page {number} says", not lost, lost)
    return doc, tags, pages


def check_pdf(name, pdf, lang, wanted, work):
    doc, tags, pages = check_paper(name, pdf, lang, wanted)
    shown = doc.root.get("/ViewerPreferences", {})
    check(f"{name}: title shown", doc.get(shown).get("/DisplayDocTitle") is True)
    check(f"{name}: text in tags", untagged(pdf, work) == 0)
    levels = [int(tag[2:]) for tag, _ in tags if re.fullmatch(r"/H[0-9]+", tag)]
    check(f"{name}: headings", levels and levels[0] == 1 and
          all(b <= a + 1 for a, b in zip(levels, levels[1:])), levels)
    return doc, tags, pages


# What each page of manual/ says, beside its class and the code of the edition.
MARKS = {"en": ("Edition 0.1", "In force from 2026-12-01", "Review by 2027-12-01", "English", "Uncontrolled copy",
                "check it against the law in force before use"),
         "es": ("Edición 0.1", "En vigor desde 2026-12-01", "Revisar antes de 2027-12-01", "Español",
                "Copia no controlada", "contrástela con la legislación vigente antes de usarla")}
TITLES = {"situations": {"en": "What is happening?", "es": "¿Qué ocurre?"},
          "forms": {"en": "Forms to fill in", "es": "Formularios para rellenar"},
          "drawn": {"en": ("The procedure at a glance", "From planning to action", "Who takes part in what"),
                    "es": ("El procedimiento de un vistazo", "De la planificación a la acción", "Quién participa en qué")}}


def check_book(name, pdf, lang, wanted, work):
    """A handbook, against its site."""
    site = pdf.parent / "html"
    doc, tags, pages = check_pdf(name, pdf, lang, wanted, work)
    outline = doc.get(doc.root.get("/Outlines", {}))
    check(f"{name}: outline", "/First" in outline)
    names = [tag for tag, _ in tags]
    check(f"{name}: contents", "/TOC" in names and "/TOCI" in names)
    check(f"{name}: table heads", names.count("/TH") > 0)
    check(f"{name}: no text leaves the page", narrow(pdf))
    apart = [m.group() for page in pages for m in re.finditer(r"\S* [:;,](?= )", page)]
    check(f"{name}: no space before a sign", not apart, apart[:5])
    check_forms(name, pdf, doc, pages, site, TITLES["forms"][lang])
    check_paragraphs(name, pages, site)
    check_situations(name, doc, pages, site, TITLES["situations"][lang])
    lines = lines_of(pdf)
    for title in TITLES["drawn"][lang]:
        check_drawn(name, lines, pages, tags, site, title)
    check_figures(name, lines, site)
    notice = re.search(r'<section class="v-notice[^>]*>(.*?)</section>', (site / "index.html").read_text(), re.S)
    # Words are broken at the ends of lines.
    check(f"{name}: notice", notice and pages and squeezed(bare(notice.group(1))) in squeezed(pages[0]))


def page_of(path):
    """What a page of the site says in its own words, without drawings, tables and lists that C makes."""
    main = re.search(r"<main.*?</main>", path.read_text(), re.S).group()
    return re.sub(r'<nav.*?</nav>|<section class="v-(?:raci|drawn).*?</section>|<dl class="v-facts.*?</dl>', "", main, flags=re.S)


def paragraphs(markup):
    return [bare(text) for text in re.findall(r'<p(?: id="[^"]*")?>(.*?)</p>', markup, re.S)]


def not_said(wanted, pages):
    """The paragraphs whose beginning is nowhere: further on a page may end. Numbers of pages do not count."""
    said = re.sub(r"\(p(?:ág)?\.\d+\)", "", squeezed("".join(pages)))
    return [text for text in wanted if squeezed(text)[:36] not in said]


def check_paragraphs(name, pages, site):
    """Every paragraph of the site is in the book."""
    wanted = [text for path in sorted(site.glob("*.html")) if not re.match("0-|index|v-index", path.name)
              for text in paragraphs(page_of(path))]
    lost = not_said(wanted, pages)
    check(f"{name}: holds what the site says", len(wanted) > 20 and not lost, lost[:3] or len(wanted))


def check_warnings(name, pages, site):
    """What holds for a whole procedure and must not be missed is on its card."""
    wanted = [text for path in sorted(site.glob("*-o-*.html"))
              for around in re.sub(r'<ol class="v-steps.*(?=<div id="v-before")', "", page_of(path), flags=re.S).split("<section")
              for box in re.findall(r'<div class="v-admonition (?:warning|caution|v-safeguard)"[^>]*>(.*?)</div>', around, re.S)
              for text in paragraphs(box)]
    lost = not_said(wanted, pages)
    check(f"{name}: holds the warnings of its procedures", not lost, lost[:3])
    return len(wanted)


def number_to_call(site):
    call = re.search(r'<section class="v-call">.*?<a href="tel:[^>]*>(.*?)</a>', (site / "index.html").read_text(), re.S)
    return bare(call.group(1)) if call else None


def check_situations(name, doc, pages, site, title):
    """What happens, and the page of what to do, as on the first page of the site; whom to call."""
    shown = re.search(r'<nav class="v-situations"(.*?)</nav>', (site / "index.html").read_text(), re.S)
    first = next((page for entry, page, _ in doc.bookmarks() if entry == title), 0)
    check(f"{name}: situations", bool(first) == bool(shown), first)
    if not shown:
        return
    said = squeezed("".join(pages[first - 1:first + 2]))
    listed = re.findall(r'<li>(?:<p class="v-when">(.*?)</p>)?<a href=[^>]*>(.*?)</a>', shown.group(1), re.S)
    check(f"{name}: situations are listed", len(listed) == shown.group(1).count("<li>") > 0)
    for when, cited in listed:
        cited = squeezed(bare(cited).removeprefix("→ "))
        place = re.search(re.escape(squeezed(bare(when)) + "→" + cited) + r"\(p(?:ág)?\.(\d+)\)", said)
        check(f"{name}: says what to do when {bare(when)[:30]}", place and cited in squeezed(pages[int(place.group(1)) - 1]), cited)
    check(f"{name}: whom to call", (number_to_call(site) or "") in said)


def check_cards(name, pdf, lang, wanted, work):
    pages = check_pdf(name, pdf, lang, wanted, work)[2]
    warnings = check_warnings(name, pages, pdf.parent / "html")
    if "edu-teacher" in pdf.name:
        check(f"{name}: there are warnings", warnings > 5, warnings)
    number = number_to_call(pdf.parent / "html")
    first = next((page for page in pages if re.match("Phone numbers|Teléfonos", page)), None)
    if number and first:
        check(f"{name}: the card of numbers says whom to call", number in first.split(), first[:80])
        check(f"{name}: it is the last", re.match("Phone numbers|Teléfonos", pages[-1]), pages[-1][:80])
    check(f"{name}: no text leaves the card", narrow(pdf))
    sizes = sizes_of(pdf, work)
    check(f"{name}: nothing is too small to read", min(sizes, default=0) >= 6, sizes)


def check_card_sheets(name, pdf, lang, wanted, work):
    """Four cards on each sheet, in their order, each with its marks; what they say is in the cards' own file."""
    cards = text_of(pdf.with_name(pdf.name.replace(".card-a4.", ".card.")))
    _, tags, pages = check_paper(name, pdf, lang, wanted)
    check(f"{name}: all cards in their order", "".join("".join(pages).split()) == "".join("".join(cards).split()))
    check(f"{name}: four on a sheet", len(pages) == -(-len(cards) // 4), (len(pages), len(cards)))
    told = [node.get("/Alt", "") for tag, node in tags if tag == "/Figure"]
    # A class is in capitals where it is set in a frame.
    check(f"{name}: each card tells its marks", len(told) == len(cards) and
          all(words.casefold() in one.casefold() for one in told for words in (wanted[0], *wanted[-2:])), told[:2])


# By the ends of their names, the longest first.
PRINTED = {".card-a4.pdf": check_card_sheets, ".card.pdf": check_cards, ".pdf": check_book}


def marks_of(pdf):
    """What each page of a handbook of manual/ says."""
    handbook, lang = pdf.name.split(".")[:2]
    front = (pdf.parent / "html/index.html").read_text()
    label = re.search(r'class="v-mark">.*?<strong>(.*?)</strong>', front, re.S).group(1).upper()
    formats = json.loads((pdf.parents[2] / "manifest.json").read_text())["handbooks"][handbook]["formats"]
    return (*MARKS[lang], label, formats[lang]["pdf"])


def check_printed(pdf, work):
    kind = next(end for end in PRINTED if pdf.name.endswith(end))
    PRINTED[kind](pdf.name, pdf, pdf.name.split(".")[1], marks_of(pdf), work)


def manual(work):
    """A role with cards, and one that reads only what is public."""
    code = {}
    for run_number, jobs in (("a", "1"), ("b", "2")):
        made = vade("build", str(ROOT / "manual"), "-o", str(work / run_number), "-q", "-j", jobs,
                    "--handbook", "edu-teacher", "--handbook", "comm-resident",
                    "--to", "html,pdf,card,cardsheet")
        check(f"manual builds with -j {jobs}", made.returncode == 0, made.stderr[:500])
    first = sorted(p.relative_to(work / "a") for p in (work / "a").rglob("*.pdf"))
    check("manual: all are there", len(first) == 12, first)
    for path in first:
        check(f"{path}: two builds", (work / "a" / path).read_bytes() == (work / "b" / path).read_bytes())
    classes = {"edu-teacher": {"en": "CASE-CONFIDENTIAL", "es": "CONFIDENCIAL DE CASO"},
               "comm-resident": {"en": "PUBLIC", "es": "PÚBLICO"}}
    for path in first:
        handbook, lang = path.name.split(".")[:2]
        check(f"{path}: mark", classes[handbook][lang] in marks_of(work / "a" / path), marks_of(work / "a" / path))
        check_printed(work / "a" / path, work)
    drawn = [path for path in (work / "a/services/edu-teacher").rglob("html/*.html") if '<svg role="img"' in path.read_text()]
    check("there are pictures to look at", len(drawn) >= 2, len(drawn))
    teacher = " ".join(text_of(work / "a/services/edu-teacher/en/edu-teacher.en.pdf"))
    check("a procedure says where its forms are", re.search(r"Forms to fill in: F-37 \(p\. \d+\), C-23 \(p\. \d+\)", teacher))
    check("a reference says its page", re.search(r"F-37 Notification form \(p\. \d+\)", teacher))
    cards = " ".join(text_of(work / "a/services/edu-teacher/en/edu-teacher.en.card.pdf"))
    check("a card has own steps", "Write down the child's words" in cards.replace("’", "'"))
    others = "Call emergency help and keep the child protected"
    check("a card has no steps of others", others in teacher and others not in cards)
    check("a card has no planning", "URB-P-01" not in re.sub(r"such as those of URB-P-01", "", cards))


def bulletin(work):
    """One procedure for two handbooks that hold it, and for one that does not."""
    made = vade("build", str(ROOT / "manual"), "-o", str(work / "b1"), "-q", "--only", "EDU-O-01", "--as", "bulletin",
                "--handbook", "edu-teacher", "--handbook", "edu-head", "--handbook", "comm-resident")
    check("bulletin builds", made.returncode == 0, made.stderr[:500])
    found = sorted(p.name for p in (work / "b1").rglob("*.pdf"))
    check("bulletin: who holds it", found == [f"{h}.{l}.bulletin.pdf" for h in ("edu-head", "edu-teacher")
                                              for l in ("en", "es")], found)
    for lang, words in (("en", ("BULLETIN", "CASE-CONFIDENTIAL", *MARKS["en"])),
                        ("es", ("BOLETÍN", "CONFIDENCIAL DE CASO", *MARKS["es"]))):
        pdf = work / f"b1/services/edu-teacher/{lang}/edu-teacher.{lang}.bulletin.pdf"
        _, _, pages = check_pdf(f"bulletin {lang}", pdf, lang, words, work)
        said = squeezed(" ".join(pages))
        place = work / f"a/services/edu-teacher/{lang}/html/edu-o-01.html"
        site = place.read_text()
        lost = not_said(paragraphs(page_of(place)), pages)
        check(f"bulletin {lang}: holds the procedure", not lost, lost[:3])
        fields = [bare(name) + ":" + bare(body) for given in re.findall(r'<div class="v-handoff"(.*?)</dl>', site, re.S)
                  for name, body in re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", given, re.S)]
        lost = [field for field in fields if squeezed(field) not in said]
        check(f"bulletin {lang}: what is handed over", len(fields) >= 6 and not lost, lost[:3] or len(fields))
        replaces = {"en": "This sheet replaces EDU-O-01 of edition 0.1", "es": "Esta hoja sustituye a EDU-O-01 de la edición 0.1"}
        check(f"bulletin {lang}: says what it replaces", replaces[lang] in pages[0], pages[0][:300])
    # The longest ones: of the most roles, with the most steps and hand-offs.
    for only in ("IAC-O-02", "POL-O-02", "POL-O-05"):
        made = vade("build", str(ROOT / "manual"), "-o", str(work / only), "-q", "--only", only, "--as", "bulletin",
                    "--handbook", "complete-edition")
        for lang in ("en", "es"):
            pdf = work / only / f"services/complete-edition/{lang}/complete-edition.{lang}.bulletin.pdf"
            pages = text_of(pdf)
            check(f"bulletin of {only} {lang}: at most two pages", 0 < len(pages) <= 2, made.stderr[:300] or len(pages))
            sizes = sizes_of(pdf, work)
            check(f"bulletin of {only} {lang}: can be read", min(sizes) >= 6 and max(sizes, key=sizes.get) >= 7.5, sizes)
    book = hostile_book(work / "long", [f"Paragraph {i} goes on to the next page." for i in range(300)])
    made = vade("build", str(book), "-o", str(work / "b3"), "-q", "--only", "c1", "--as", "bulletin")
    pages = text_of(next((work / "b3").rglob("*.pdf"), work))
    check("a bulletin that is too long goes on", len(pages) > 2 and all(f"Paragraph {i} goes" in " ".join(pages) for i in range(300)), made.stderr[:300] or len(pages))
    made = vade("build", str(ROOT / "manual"), "-o", str(work / "b2"), "-q", "--only", "NO-SUCH", "--as", "bulletin")
    check("bulletin of nothing is refused", made.returncode == 2 and not (work / "b2").exists(), made.stderr[:300])


HOSTILE = ["⚠ ☎ 112 ✔ ☐ ☑ ➜ ➔ ✗ ★ ♿ 🚨 🔥 😀 🚓 call",
           "#eval(\"1\") #import \"@preview/x\"", "$x^2$ and \\n \\u{41} *bold* _it_ `raw` @label <k1>",
           "\"quotes\" 'single' [brackets] {braces} // /* comment */ == heading", "שלום עולם", "مرحبا بالعالم",
           "Ωμέγα Привет ñandú €5 ½ – … “x”", "a" * 300, "https://example.org/" + "path/" * 40]


def hostile_book(folder, extra):
    folder.mkdir()
    def esc(text):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    paras = "".join(f"<para>{esc(text)}</para>" for text in HOSTILE + extra)
    cells = "".join(f"<row><entry>{esc(text)}</entry><entry>x</entry></row>" for text in HOSTILE)
    (folder / "book.xml").write_text(f"""<book xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en">
<title>{esc(HOSTILE[0])}</title><chapter xml:id="c1"><title>{esc(HOSTILE[1])}</title>{paras}
<itemizedlist>{''.join(f'<listitem><para>{esc(t)}</para></listitem>' for t in HOSTILE)}</itemizedlist>
<informaltable><tgroup cols="2"><thead><row><entry namest="a" nameend="z">{esc(HOSTILE[2])}</entry></row></thead>
<tbody><row><entry morerows="9">tall</entry></row>{cells}</tbody></tgroup></informaltable>
<programlisting>#let x = "1"
  $ two  spaces \\ </programlisting></chapter>
<chapter xml:id="c2"><title>Two<indexterm><primary>titled</primary></indexterm> <phrase xml:id="ph">named</phrase><footnote><para>under
it</para></footnote></title><para>See <xref linkend="c1"/><indexterm><primary>#odd $entry$</primary>
<secondary>two</secondary></indexterm>.</para><section xml:id="s"><title>Deep<anchor xml:id="an"/></title><para><link linkend="ph">there</link>
<link linkend="an">here</link></para><table><title>T<anchor xml:id="at"/></title><tgroup cols="1"><thead><row><entry>Head<anchor xml:id="ah"/>
<indexterm><primary>headed</primary></indexterm></entry></row></thead><tbody><row><entry><link linkend="ah">up</link></entry></row></tbody></tgroup></table>
</section></chapter></book>""")
    return folder / "book.xml"


def hostile(work):
    book = hostile_book(work / "hostile", [])
    made = vade("build", str(book), "-o", str(work / "h"), "-q", "--to", "pdf,pdfa")
    check("hostile text builds", made.returncode == 0, made.stderr[:500])
    for pdf in sorted((work / "h").rglob("*.pdf")):
        words = " ".join(text_of(pdf)).replace(" ", "")
        for text in HOSTILE:
            # Right to left text comes in pieces, in visual order: at least its letters are there.
            wanted = text.replace(" ", "")
            check(f"{pdf.name} holds {text[:20]}", wanted in words or
                  text[0] in "שم" and all(letter in words for letter in wanted))
        check(f"{pdf.name} has an index", "#odd$entry$" in words)
        check(f"{pdf.name}: no text leaves the page", narrow(pdf))
    book = hostile_book(work / "gap", ["A sign of no font: \u8a6a."])
    made = vade("build", str(book), "-o", str(work / "g"), "-q", "--to", "html,pdf")
    check("a sign without a glyph is refused at its line", made.returncode == 1 and "V0602" in made.stderr and
          re.search(r"book.xml:2:\d+: ", made.stderr), made.stderr[:300])
    check("the other formats are there", list((work / "g").rglob("*.html")) and not list((work / "g").rglob("*.pdf")))


# What stands in itself: how it begins and how it ends.
NESTED = [("<itemizedlist><listitem><para>x</para>", "</listitem></itemizedlist>"),
          ("<variablelist><varlistentry><term>t</term><listitem><para>x</para>",
           "</listitem></varlistentry></variablelist>"),
          ("<blockquote><para>x</para>", "</blockquote>"), ("<note><para>x</para>", "</note>"),
          ("<itemizedlist><listitem><informaltable><tgroup cols='1'><tbody><row><entry><para>x</para>",
           "</entry></row></tbody></tgroup></informaltable></listitem></itemizedlist>"),
          ("<procedure><step><para>x</para>", "</step></procedure>"),
          ("<qandaset><qandaentry><question><para>x</para></question><answer><para>x</para>",
           "</answer></qandaentry></qandaset>"),
          ("<section><title>x</title><para>x</para>", "</section>"),
          ("<informalfigure><para>x</para>", "</informalfigure>")]


def nested(work):
    """What the engine does not follow is told at its line."""
    for start, end in NESTED:
        lines = "\n".join([start] * 33)
        name = start[1:start.index(">")]
        (work / "nest.xml").write_text('<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>T</title>\n'
                                       f"{lines}<para>x</para>{end * 33}</article>")
        made = vade("check", "--to", "pdf", str(work / "nest.xml"))
        check(f"33 × {name} is laid out or told at its line", made.returncode == 0 if name == "section" else
              made.returncode == 1 and re.search(r"nest.xml:3[34]:\d+: .*V0660", made.stderr), made.stderr[:300])


# As people write them on a phone (the signs after the first only say how it looks), and letters that are drawn from
# several signs or join their neighbours.
DRESSED = ["\u26a0\ufe0f \u2764\ufe0f \U0001f46e\u200d\u2640\ufe0f \u270b\U0001f3fd stop", "\U0001f1ea\U0001f1f8", "1\ufe0f\u20e3",
           "\u0645\u0631\u062d\u0628\u0627", "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd", "\u0928\u092e\u0938\u094d\u0924\u0947", "x\u0301y"]


def drawn(work):
    """The titles of steps of two roles stand in a drawing, whose words the engine reads more strictly."""
    for i, title in enumerate(DRESSED):
        folder = work / f"relay{i}"
        shutil.copytree(ROOT / "tests/golden/base/relay", folder)
        plan = folder / "plan.xml"
        text = re.sub(r"(<step\b[^>]*>\s*(?:<info>)?<title>)", lambda m: m.group(1) + title + " ", plan.read_text())
        plan.write_text(text)
        made = vade("build", str(folder), "-o", str(work / f"r{i}"), "-q", "--to", "pdf,pdfa")
        check(f"{title} in the titles of steps builds", made.returncode == 0, made.stderr[:500])
        for pdf in sorted((work / f"r{i}").rglob("head.en*.pdf")):
            # Right to left words come in visual order, with marks beside them: their letters are there.
            page = next((page for page in text_of(pdf) if "The procedure at a glance" in page), "")
            check(f"{pdf.name}: {title} is in the drawing", all(letter in page for letter in title if letter.isalpha()))


def author_drawings(work):
    """Words of an author's SVG that the engine cannot set: refused at the element that shows it, at once."""
    for i, words in enumerate(("\u0928\u092e\u0938\u094d\u0924\u0947", "1\ufe0f\u20e3")):
        folder = work / f"svg{i}"
        folder.mkdir()
        (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" width="100" height="40">'
                                      f'<text x="5" y="20">{words}</text></svg>')
        (folder / "book.xml").write_text(
            '<article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>T</title>\n<para>P</para>\n'
            '<mediaobject><imageobject><imagedata fileref="a.svg"/></imageobject></mediaobject></article>')
        made = vade("build", str(folder / "book.xml"), "-o", str(folder / "out"), "-q", "--to", "html,pdf")
        check(f"{words} in a drawing is told at its line", "book.xml:3:" in made.stderr and made.returncode == 1, made.stderr[:400])
        check(f"{words} in a drawing: the other formats are there", list((folder / "out").rglob("index.html")) != [])


def published(work):
    """With the address where it will be published, each procedure has a code that a camera reads."""
    out = work / "qr"
    made = vade("build", str(ROOT / "manual"), "-o", str(out), "-q", "--handbook", "edu-teacher", "--lang", "es",
                "--to", "html,pdf,card", "--base-url", "https://manual.example.org/x")
    check("published builds", made.returncode == 0, made.stderr[:500])
    folder = out / "services/edu-teacher/es"
    base = "https://manual.example.org/x/services/edu-teacher/es/html/"
    procedures = {path.name for path in (folder / "html").glob("*.html") if '<ol class="v-steps' in path.read_text()}
    for kind, pdf in (("cards", folder / "edu-teacher.es.card.pdf"), ("book", folder / "edu-teacher.es.pdf")):
        doc, tags, pages = check_pdf(f"published {kind}", pdf, "es", (), work)
        wanted = {base + name for name in procedures if kind == "book" or name[:-5].upper() in pages[0]}
        told = {m.group() for tag, node in tags if tag == "/Figure"
                for m in [re.search(re.escape(base) + r"\S+", node.get("/Alt", ""))] if m}
        run("pdftoppm", "-r", "150", "-gray", "-png", str(pdf), str(work / kind))
        read = set()
        for page in sorted(work.glob(kind + "-*.png")):
            read |= set(run("zbarimg", "-q", "--raw", str(page)).stdout.split())
            page.unlink()
        check(f"published {kind}: each procedure has a code", len(wanted) >= 2 and read == wanted, sorted(read ^ wanted))
        check(f"published {kind}: codes speak", told == wanted, sorted(told ^ wanted))
    made = vade("build", str(ROOT / "manual"), "-o", str(out), "-q", "--to", "text", "--base-url", "ftp://x")
    check("an address that is none is refused", made.returncode == 2 and "ftp://x" in made.stderr, made.stderr[:300])
    made = vade("build", str(ROOT / "manual"), "-o", str(work / "qr2"), "-q", "--handbook", "edu-teacher", "--lang", "es",
                "--agency", str(ROOT / "manual/agencies/full"), "--to", "card,pdf", "--base-url", "https://manual.example.org/x/")
    agency = next((work / "qr2").rglob("*.card.pdf"), None)
    told = run("qpdf", "--json", str(agency)).stdout if agency else ""
    check("an agency's codes lead to its folder", "https://manual.example.org/x/full/services/" in told and
          "https://manual.example.org/x/services/" not in told, made.stderr[:300])
    last = " ".join(text_of(agency)[-2:]) if agency else ""  # so many roles that the numbers take two
    check("the last cards say whom to call", all(words in last for words in (
        "Teléfonos", "Número de ejemplo, no existe: guardia", "000 000 001", "Coordinador o coordinadora de bienestar")), last[:300])
    own = "Distrito de Demostración (ficticio): adopción completa"
    for pdf in sorted((work / "qr2").rglob("*.pdf")):
        silent = [i for i, page in enumerate(text_of(pdf), 1) if own not in page]
        check(f"{pdf.name}: every page names the agency", not silent, silent[:5])
    book = next((p for p in (work / "qr2").rglob("*.es.pdf")), None)
    check("an agency's book says whom to call", book and re.search(r"A quién llamar 112 .{,40} 000 000 001", " ".join(text_of(book))))


def doctor():
    said = vade("doctor")
    check("doctor: the engine works", said.returncode == 0 and
          re.search(r"^ok  PDF.*works\n    typst-ts-node-compiler \d[\d.]*, node v\d[\d.]*: /.*\n"
                    r"    fonts: Source Sans 3, .*Libertinus Serif", said.stdout, re.M), said.stdout + said.stderr)


def lost(work):
    """An engine that gets too little memory: one error that names the document, and what was there stays."""
    out = work / "lost"
    vade("build", str(ROOT / "manual"), "-o", str(out), "-q", "--handbook", "complete-edition", "--lang", "en", "--to", "text")
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    made = run(VADE, "build", str(ROOT / "manual"), "-o", str(out), "-q", "-j1", "--handbook", "complete-edition",
               "--to", "pdf,card", env=dict(os.environ, VADE_RENDER_MB="400"))
    check("an engine out of memory is told once", made.returncode == 3 and made.stderr.count("error") == 1 and
          "complete-edition/en/complete-edition.en.pdf" in made.stderr, made.stderr[:500])
    check("an engine out of memory costs nothing",
          before and before == {p: p.read_bytes() for p in out.rglob("*") if p.is_file()})


def narrow(pdf):
    """Is every word inside the paper?"""
    page = None
    for line in run("pdftotext", "-bbox", str(pdf), "-").stdout.splitlines():
        size = re.search(r'<page width="([\d.]+)"', line)
        word = re.search(r'<word xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)"', line)
        if size:
            page = float(size.group(1))
        elif word and (float(word.group(1)) < 0 or float(word.group(2)) > page):
            return False
    return True


def check_alone(pdf):
    """In a process of its own: how many have passed, how many failed."""
    global passed, failed
    passed = failed = 0
    with tempfile.TemporaryDirectory() as work:
        check_printed(pdf, Path(work))
    sys.stdout.flush()
    return passed, failed


def every(out):
    """The largest first, so that no processor waits for one at the end."""
    global passed, failed
    found = sorted(out.rglob("*.pdf"), key=lambda pdf: -pdf.stat().st_size)
    check(f"{out}: there are PDFs", found)
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for more_passed, more_failed in pool.map(check_alone, found):
            passed += more_passed
            failed += more_failed


def has_engine(work):
    book = hostile_book(work / "probe", [])
    return vade("build", str(book), "-o", str(work / "p"), "-q", "--to", "pdf").returncode != 3


def sample(work):
    manual(work)
    bulletin(work)
    hostile(work)
    nested(work)
    drawn(work)
    author_drawings(work)
    published(work)
    lost(work)
    doctor()


def main():
    option, folder = (sys.argv[1:3] + [None, None])[:2]
    keep = folder if option == "--keep" else None
    os.environ.pop("VADE_TYPST", None) if os.environ.get("VADE_TYPST") == "" else None
    work = Path(keep or tempfile.mkdtemp())
    work.mkdir(exist_ok=True)
    try:
        if not has_engine(work):
            print("skipped: there is no PDF engine (make deps-pdf)")
        elif option == "--all":
            every(Path(folder))
        else:
            sample(work)
    finally:
        if keep is None:
            shutil.rmtree(work)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
