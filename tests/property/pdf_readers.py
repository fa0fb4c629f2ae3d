"""Property: what a PDF says is read by `vade audit`, or the PDF is refused; poppler says what it says.

usage: python3 tests/property/pdf_readers.py [--seed N] [--cases N]
Makes PDFs, each with a secret of its own: by a generator of its own in every way to draw or hide a text, by Chromium and by Typst if they are there, and
all of them again as qpdf rewrites them. They lie in the folder of a handbook that may not have the secrets. Every file must be named by the audit: as a leak
where the way is one that is read (READ), else as a leak or as unread. The same PDFs with other words are then no finding in the ways that are read.
The binary is $VADE, or build/vade. Last line: N passed, N failed.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
VADE = os.path.abspath(os.environ.get("VADE", os.path.join(ROOT, "build/vade")))
TYPST = os.path.join(ROOT, "build/typst/.installed")
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo ñu qué".split()

PROJECT = {
    "axes.xml": """<axes xmlns="urn:vademecum:axes:1">
  <axis id="role" attribute="audience" kind="tree"><value id="guard" security="res"/><value id="clerk" security="pub"/></axis>
  <axis id="class" attribute="security" kind="ordered" clearance="yes"><value id="pub"/><value id="res" mark="R"/></axis></axes>""",
    "handbooks.xml": """<handbooks xmlns="urn:vademecum:handbooks:1">
  <shelf id="all" security="res"><each axis="role" security="@"/></shelf></handbooks>""",
    "vade.xml": """<project xmlns="urn:vademecum:project:1" id="town"><title xml:lang="en">Town handbook</title>
  <edition version="1" date="2027-01-01"/><source xml:lang="en" href="book.xml"/>
  <axes href="axes.xml"/><handbooks href="handbooks.xml"/></project>""",
}


def run(*words, **options):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", timeout=600, **options)
    return done.returncode, done.stdout


def sentence(rng):
    """Words that nothing else has; some with letters that are not ASCII."""
    return " ".join("".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))) for _ in range(rng.randint(5, 9)))


# PDFs by hand


class Pdf:
    """Objects, and the table of them at the end."""

    def __init__(self):
        self.objects = [b""]

    def add(self, body):
        self.objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self.objects) - 1

    def stream(self, data, more="", packed=True):
        data = zlib.compress(data) if packed else data
        head = f"<< /Length {len(data)} {'/Filter /FlateDecode' if packed else ''} {more} >>\nstream\n".encode("latin-1")
        return self.add(head + data + b"\nendstream")

    def bytes(self, root, trailer=""):
        out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
        for number, body in enumerate(self.objects[1:], 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(self.objects)}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        return out + f"trailer\n<< /Size {len(self.objects)} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode("latin-1")


def literal(data):
    return b"(" + re.sub(rb"([()\\])", rb"\\\1", data).replace(b"\r", b"\\r") + b")"


def utf16(text):
    return "<FEFF" + text.encode("utf-16-be").hex() + ">"


def to_unicode(pdf, codes, width):
    rows = "\n".join(f"<{code:0{width}x}> <{c.encode('utf-16-be').hex()}>" for c, code in codes.items())
    return pdf.stream(f"/CIDInit /ProcSet findresource begin begincmap\n{len(codes)} beginbfchar\n{rows}\nendbfchar\nendcmap end".encode())


def numbered(text):
    return {c: i + 3 for i, c in enumerate(sorted(set(text + " ")))}


# Fonts: (object, how a text is written in it)


def composite(pdf, text, table=True):
    codes = numbered(text)
    said = f"/ToUnicode {to_unicode(pdf, codes, 4)} 0 R" if table else ""
    below = pdf.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 >>")
    font = pdf.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [{below} 0 R] {said} >>")
    return font, lambda words: b"<" + "".join(f"{codes[c]:04x}" for c in words).encode() + b">"


def simple(pdf, more, encode):
    widths = "/FirstChar 0 /LastChar 255 /Widths [" + "500 " * 256 + "]"
    return pdf.add(f"<< /Type /Font /Subtype /TrueType /BaseFont /A {widths} {more} >>"), lambda words: literal(encode(words))


def win_ansi(pdf, text):
    return simple(pdf, "/Encoding /WinAnsiEncoding", lambda words: words.encode("cp1252"))


def one_byte(pdf, text):
    codes = numbered(text)
    return simple(pdf, f"/ToUnicode {to_unicode(pdf, codes, 2)} 0 R", lambda words: bytes(codes[c] for c in words))


def differences(pdf, text):
    codes = numbered(text)
    names = {" ": "space", "-": "hyphen", "ñ": "ntilde", "é": "eacute"}
    said = " ".join(f"{code} /{names.get(c, c)}" for c, code in codes.items())
    return simple(pdf, f"/Encoding << /Differences [{said}] >>", lambda words: bytes(codes[c] for c in words))


def no_table(pdf, text):
    return composite(pdf, text, False)


def no_names(pdf, text):
    codes = numbered(text)
    return simple(pdf, "", lambda words: bytes(codes[c] for c in words))


def odd_names(pdf, text):
    codes = numbered(text)
    said = " ".join(f"{code} /g{code}" for code in codes.values())
    return simple(pdf, f"/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [{said}] >>", lambda words: bytes(codes[c] for c in words))


READ_FONTS = [composite, win_ansi, one_byte, differences]
FONTS = READ_FONTS + [no_table, no_names, odd_names]

# Ways to draw a text; every letter is half the size of the font wide


def whole(rng, text, write):
    return b"BT /F 9 Tf 50 700 Td " + write(text) + b" Tj ET"


def kerned(rng, text, write):
    return b"BT /F 9 Tf 50 700 Td [" + b" ".join(write(c) + b" %d" % rng.randint(-60, 60) for c in text) + b"] TJ ET"


def gaps(rng, text, write):
    """No blank is drawn."""
    return b"BT /F 9 Tf 50 700 Td [" + b" -400 ".join(write(word) for word in text.split()) + b"] TJ ET"


def in_lines(rng, text, write):
    return b"BT /F 9 Tf 50 700 Td " + b" 0 -12 Td ".join(write(word) + b" Tj" for word in text.split()) + b" ET"


def letters(rng, text, write):
    return b"BT /F 9 Tf " + b" ".join(b"1 0 0 1 %.1f 700 Tm " % (20 + 4.5 * i) + write(c) + b" Tj" for i, c in enumerate(text)) + b" ET"


def shuffled(rng, text, write):
    pieces = [(match.start(), match.group()) for match in re.finditer(r"\S+", text)]
    rng.shuffle(pieces)
    return b"BT /F 9 Tf " + b" ".join(b"1 0 0 1 %.1f 700 Tm " % (20 + 4.5 * at) + write(word) + b" Tj" for at, word in pieces) + b" ET"


def turned(rng, text, write):
    return b"q 0 1 -1 0 300 20 cm " + in_lines(rng, text, write) + b" Q"


def flipped(rng, text, write):
    """As Typst does: the page upside down, and the letters again."""
    words = text.split()
    return b"1 0 0 -1 0 800 cm " + b" ".join(b"q 1 0 0 -1 30 %d cm BT 0 Tr /F 9 Tf " % (100 + 13 * i) + write(word) + b" Tj ET Q"
                                               for i, word in enumerate(words))


def unseen(rng, text, write):
    return b"3 Tr 1 1 1 rg " + whole(rng, text, write)


def hyphened(rng, text, write):
    half = len(text) // 2
    while text[half] == " " or text[half - 1] == " ":
        half -= 1
    return b"BT /F 9 Tf 50 700 Td " + write(text[:half] + "-") + b" Tj 0 -11 Td " + write(text[half:]) + b" Tj ET"


DRAW = [whole, kerned, gaps, in_lines, letters, shuffled, turned, flipped, unseen, hyphened]


def drawn(rng, text, fonts=READ_FONTS):
    """A page that draws a text, maybe in a form or in two streams."""
    pdf, draw = Pdf(), rng.choice(DRAW)
    make = rng.choice(fonts)
    font, write = make(pdf, text + "-")
    content, where = draw(rng, text, write), rng.choice(["", "", "form", "streams"])
    resources = f"<< /Font << /F {font} 0 R >> >>"
    if where == "form":
        form = pdf.stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources {resources}")
        resources, content = f"<< /XObject << /X {form} 0 R >> >>", b"q /X Do Q"
    streams = [content]
    if where == "streams":
        cut = content.index(b" Tf ") + 4
        streams = [content[:cut], content[cut:]]
    contents = " ".join(f"{pdf.stream(part, packed=rng.random() < 0.8)} 0 R" for part in streams)
    return f"{make.__name__}, {draw.__name__} {where}", finish(pdf, f"/Contents [{contents}] /Resources {resources}")


def finish(pdf, page="", catalog="", trailer=""):
    number = len(pdf.objects)
    pdf.add(f"<< /Type /Page /Parent {number + 1} 0 R /MediaBox [0 0 600 800] {page} >>")
    pdf.add(f"<< /Type /Pages /Kids [{number} 0 R] /Count 1 >>")
    root = pdf.add(f"<< /Type /Catalog /Pages {number + 1} 0 R {catalog} >>")
    return pdf.bytes(root, trailer)


# Where a text stands that is not drawn


def in_note(rng, text):
    return "note", finish(Pdf(), f"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents {utf16(text)} >>]")


def in_field(rng, text):
    return "field", finish(Pdf(), catalog=f"/AcroForm << /Fields [<< /FT /Tx /T (a) /V {utf16(text)} >>] >>")


def in_outline(rng, text):
    pdf = Pdf()
    item = pdf.add(f"<< /Title {utf16(text)} /Parent 2 0 R >>")
    pdf.add(f"<< /Type /Outlines /First {item} 0 R /Last {item} 0 R /Count 1 >>")
    return "outline", finish(pdf, catalog="/Outlines 2 0 R")


def in_info(rng, text):
    pdf = Pdf()
    info = pdf.add(f"<< /Title {utf16(text)} >>")
    return "info", finish(pdf, trailer=f"/Info {info} 0 R")


def in_metadata(rng, text):
    pdf = Pdf()
    made = pdf.stream(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><t>{text}</t></x:xmpmeta>".encode(), "/Type /Metadata /Subtype /XML")
    return "metadata", finish(pdf, catalog=f"/Metadata {made} 0 R")


def in_attachment(rng, text):
    pdf = Pdf()
    made = pdf.stream(text.encode(), "/Type /EmbeddedFile")
    return "attachment", finish(pdf, catalog=f"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F {made} 0 R >> >>] >> >>")


def in_actual_text(rng, text):
    pdf = Pdf()
    font, write = win_ansi(pdf, text)
    content = pdf.stream(f"/Span << /ActualText {utf16(text)} >> BDC BT /F 9 Tf 9 9 Td (x) Tj ET EMC".encode("latin-1"))
    return "actual text", finish(pdf, f"/Contents {content} 0 R /Resources << /Font << /F {font} 0 R >> >>")


def in_orphan(rng, text):
    pdf = Pdf()
    pdf.add(f"[{utf16(text)}]")
    return "object of nobody", finish(pdf)


READ_PLACES = [in_note, in_field, in_outline, in_info, in_metadata, in_attachment, in_actual_text, in_orphan]


def in_script(rng, text):
    return "script", finish(Pdf(), catalog=f"/OpenAction << /S /JavaScript /JS {utf16(text[::-1])} >>")


def in_earlier(rng, text):
    """A page that a later revision replaces."""
    way, made = drawn(rng, text)
    number = re.findall(rb"(\d+) 0 obj\n<< /Type /Page ", made)[-1].decode()
    start = len(made)
    made += f"{number} 0 obj\n<< /Type /Page /Parent {int(number) + 1} 0 R /MediaBox [0 0 9 9] >>\nendobj\n".encode()
    table = len(made)
    before = re.findall(rb"startxref\n(\d+)", made)[-1].decode()
    return f"earlier revision, {way}", made + (f"xref\n{number} 1\n{start:010d} 00000 n \ntrailer\n<< /Size 99 /Root {int(number) + 2} 0 R "
                                               f"/Prev {before} >>\nstartxref\n{table}\n%%EOF\n").encode()


def in_hidden_stream(rng, text):
    pdf = Pdf()
    pdf.stream(text.encode("utf-16-le"))
    return "stream of nobody", finish(pdf)


def in_picture(rng, text):
    pdf = Pdf()
    dots = pdf.stream(bytes(64), "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray")
    return "picture", finish(pdf, f"/Resources << /XObject << /I {dots} 0 R >> >>")


def in_other_font(rng, text):
    return drawn(rng, text, [no_table, no_names, odd_names])


UNREAD = [in_script, in_earlier, in_hidden_stream, in_picture, in_other_font]

REWRITES = {"": None, "objects in streams": ["--object-streams=generate"], "qdf": ["--qdf"], "no streams": ["--object-streams=disable"],
            "unpacked": ["--stream-data=uncompress"], "linear": ["--linearize"], "encrypted": ["--encrypt", "", "", "256", "--"]}
READ_REWRITES = ["", "objects in streams", "qdf", "no streams", "unpacked"]


def rewrite(path, way):
    if REWRITES[way] is None or not shutil.which("qpdf"):
        return
    run("qpdf", "--deterministic-id" if way != "encrypted" else "--no-warn", *REWRITES[way], path, path + ".q")
    os.replace(path + ".q", path)


# The world


class World:
    def __init__(self, folder, secrets):
        self.source, self.out = os.path.join(folder, "town"), os.path.join(folder, "out")
        os.makedirs(self.source)
        for name, text in PROJECT.items():
            self.write(name, text)
        paras = "".join(f'<para security="res">{text}</para>\n' for text in secrets)
        self.write("book.xml", '<book xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="en"><title>Town</title><chapter xml:id="c">'
                   f"<title>All</title>\n<para>Hello.</para>\n{paras}</chapter></book>")
        code, said = run(VADE, "build", self.source, "-o", self.out, "-q", "--to", "html")
        if code != 0:
            raise SystemExit(f"pdf_readers: exit {code}\n{said}")
        self.place = os.path.join(self.out, "all", "clerk", "en")

    def write(self, name, text):
        with open(os.path.join(self.source, name), "w", encoding="utf-8") as file:
            file.write(text)

    def audit(self):
        """Lines of findings by the name of the file they tell of."""
        code, said = run(VADE, "audit", self.out, self.source, "--message-format", "short", "-q")
        found = {}
        for line in said.splitlines():
            for name in re.findall(r"(\w[\w-]*\.pdf)", line):
                found.setdefault(name, []).append(line)
        return code, found, said


def by_chromium(folder, texts):
    """A page of justified text in columns, with bold words, spread letters and ligatures."""
    page, made = os.path.join(folder, "page.html"), os.path.join(folder, "page.pdf")
    rows = "".join(f"<p><b>{text.split()[0]}</b> {' '.join(text.split()[1:])}</p>" for text in texts)
    with open(page, "w", encoding="utf-8") as file:
        file.write("<!DOCTYPE html><meta charset=utf-8><style>body{columns:2;text-align:justify;font:12px serif}p:nth-child(3n)"
                   f"{{letter-spacing:.05em}}p:nth-child(3n+1){{font-family:sans-serif}}</style><body>{rows}")
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer",
        f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", "file://" + page)
    return made if os.path.exists(made) else None


def by_typst(world, folder):
    """The handbook of who may read the secrets."""
    out = os.path.join(folder, "typst")
    environment = {k: v for k, v in os.environ.items() if k != "VADE_TYPST"}
    code, said = run(VADE, "build", world.source, "-o", out, "-q", "--handbook", "guard", "--to", "pdf", env=environment)
    if code != 0:
        raise SystemExit(f"pdf_readers: Typst: exit {code}\n{said}")
    made = os.path.join(out, "all", "guard", "en", "guard.en.pdf")
    return made if os.path.exists(made) else None


def poppler(path):
    return re.sub(r"\s+", " ", run("pdftotext", path, "-")[1].replace("\u00ad", "-"))


def make(rng, way, text, path, how):
    said, made = way(rng, text)
    with open(path, "wb") as file:
        file.write(made)
    rewrite(path, how)
    return f"{said}{', ' if how else ''}{how}"


def case_of(seed):
    """Way, rewrite, and whether both are read."""
    rng = random.Random(f"{seed} pdf")
    read = rng.random() < 0.75
    if read:
        return rng, rng.choice([drawn, drawn, drawn] + READ_PLACES), rng.choice(READ_REWRITES), True
    if rng.random() < 0.5:
        return rng, rng.choice([drawn] + READ_PLACES), rng.choice(["linear", "encrypted"]), False
    return rng, rng.choice(UNREAD), rng.choice(list(REWRITES)), False


def planted(world, secrets, seeds):
    """Every file with a secret is named; what is wrong, a line each."""
    said, wrong = {}, []
    for seed, text in zip(seeds, secrets):
        rng, way, how, read = case_of(seed)
        said[seed] = make(rng, way, text, os.path.join(world.place, f"p{seed}.pdf"), how), read
    code, found, _ = world.audit()
    for seed, (what, read) in said.items():
        lines = " ".join(found.get(f"p{seed}.pdf", []))
        # qpdf drops what a reader does not need.
        if not lines and "object of nobody" in what or "stream of nobody" in what or "earlier" in what:
            with open(os.path.join(world.place, f"p{seed}.pdf"), "rb") as file:
                if b"/Producer" in file.read() or what.count(",") > 0:
                    continue
        if code != 4 or not lines or (read and "V0801" not in lines):
            wrong.append(f"{seed}: {what}: exit {code}, {lines or 'silence'}")
        os.remove(os.path.join(world.place, f"p{seed}.pdf"))
    for name in os.listdir(world.place):
        if name.endswith(".pdf"):
            os.remove(os.path.join(world.place, name))
    return wrong


def harmless(world, seeds):
    """The same ways with words of nobody: no finding where they are read."""
    said = {}
    for seed in seeds:
        rng, way, how, read = case_of(seed)
        if read:
            said[f"p{seed}.pdf"] = make(rng, way, sentence(rng), os.path.join(world.place, f"p{seed}.pdf"), how)
    code, found, all_said = world.audit()
    for name in said:
        os.remove(os.path.join(world.place, name))
    return [f"{said[name]}: {lines[0]}" for name, lines in found.items()] + ([] if code in (0, 4) else [all_said])


def by_program(world, made, secrets, name):
    """What a program made, and qpdf of it: each secret that poppler reads is found."""
    wrong = []
    if made is None:
        return [f"{name} made nothing"]
    for how in REWRITES:
        path = os.path.join(world.place, "made.pdf")
        shutil.copyfile(made, path)
        rewrite(path, how)
        text = poppler(path)
        seen = [secret for secret in secrets if secret in text]
        code, found, said = world.audit()
        lines = found.get("made.pdf", [])
        if how in READ_REWRITES and (any("V0804" in line for line in lines) or len(lines) < len(seen) or len(seen) < len(secrets) // 2):
            wrong.append(f"{name} {how}: {len(lines)} of {len(seen)} found of {len(secrets)}\n{said[:600]}")
        if code != 4 or not lines:
            wrong.append(f"{name} {how}: exit {code}")
        os.remove(path)
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--cases", type=int, default=60)
    options = parser.parse_args()
    print(f"pdf_readers: seed {options.seed}", flush=True)
    folder = tempfile.mkdtemp(prefix="pdf-readers-")
    seeds = range(options.seed, options.seed + options.cases)
    rng = random.Random(f"{options.seed} secrets")
    secrets = [sentence(rng) for _ in seeds]
    passed = failed = 0
    try:
        world = World(folder, secrets)
        rows = []
        for at in range(0, options.cases, 20):  # twenty findings of a kind are told, no more
            rows.append(("planted", lambda at=at: planted(world, secrets[at:at + 20], seeds[at:at + 20])))
            rows.append(("harmless", lambda at=at: harmless(world, seeds[at:at + 20])))
        few = secrets[:20]
        if shutil.which("chromium"):
            rows.append(("Chromium", lambda: by_program(world, by_chromium(folder, few), few, "Chromium")))
        if os.path.exists(TYPST):
            rows.append(("Typst", lambda: by_program(world, by_typst(world, folder), few, "Typst")))
        for name, check in rows:
            wrong = check()
            passed, failed = passed + (not wrong), failed + bool(wrong)
            print(f"{'FAILED' if wrong else 'ok'} pdf_readers/{name}", *wrong, sep="\n  ", flush=True)
    finally:
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
