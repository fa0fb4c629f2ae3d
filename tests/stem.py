#!/usr/bin/env python3
"""The stemmers of the search (compiler/format/js/stem-*.js) against libstemmer.

Every word of manual/, and its beginnings with every ending that the
algorithms know, is stemmed by both. Without node or libstemmer it says so and
skips. Last line: N passed, N failed.
"""
import ctypes
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANGUAGES = {"en": "english", "es": "spanish"}
# Ends of words that no text has to hold for a rule to be tried.
ODD = {
    "en": ["'s", "s'", "'", "eedly", "ingly", "edly", "ying", "ational", "biliti", "lessli", "fulli", "ogi", "logi",
           "alize", "icate", "iciti", "ative", "ement", "sion", "tion", "ll", "ell", "bled", "ized", "hopping", "ies",
           "ied", "yed", "y", "ay", "ful", "ness", "ousli"],
    "es": ["selas", "ándoselas", "iéndolo", "árnosla", "érsele", "írnoslo", "uyendolo", "yendo", "logías", "uciones",
           "encias", "ativamente", "osamente", "icamente", "adamente", "ablemente", "iblemente", "antemente",
           "abilidad", "icidades", "ividad", "ativas", "icación", "güe", "gue", "guen", "gués", "guemos", "uyó",
           "iéramos", "iríais", "ásemos", "ís", "áis", "amientos"],
}


def words(lang):
    text = " ".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "manual" / lang).rglob("*.xml")))
    text = unicodedata.normalize("NFC", re.sub(r"<[^>]*>", " ", text)).lower()
    found = sorted(set(re.findall(r"[^\W\d_]+", text)))
    ends = sorted(set(w[k:] for w in found for k in (-2, -3, -4, -5)) & set(ODD[lang]) | set(ODD[lang]))
    starts = sorted(set(w[:n] for w in found for n in (2, 3, 4, 5, 6, 7)))
    joined = [start + end for start in starts[::7] for end in ends]
    tails = sorted(set(w[-n:] for w in found for n in (3, 4, 5, 6, 7)))
    return found + joined + [start + tail for start in starts[::97] for tail in tails[::3]] + tails


def main():
    node = shutil.which("node")
    try:
        lib = ctypes.CDLL("libstemmer.so.0d")
    except OSError:
        lib = None
    if not node or not lib:
        print("skipped: there is no " + ("node" if not node else "libstemmer (libstemmer0d)"))
        print("0 passed, 0 failed")
        return 0
    lib.sb_stemmer_new.restype = ctypes.c_void_p
    lib.sb_stemmer_stem.restype = ctypes.c_void_p
    failed = passed = 0
    for lang, name in LANGUAGES.items():
        stemmer = ctypes.c_void_p(lib.sb_stemmer_new(name.encode(), None))
        every = words(lang)
        script = (ROOT / "compiler/format/js" / f"stem-{lang}.js").read_text(encoding="utf-8")
        script += "process.stdout.write(require('fs').readFileSync(0,'utf8').split('\\n').map(vadeStem).join('\\n'));"
        got = subprocess.run([node, "-e", script], input="\n".join(every), capture_output=True, text=True, check=True)
        ours = got.stdout.split("\n")
        wrong = 0
        for word, our in zip(every, ours, strict=True):
            raw = word.encode()
            at = lib.sb_stemmer_stem(stemmer, raw, len(raw))
            theirs = ctypes.string_at(at, lib.sb_stemmer_length(stemmer)).decode()
            if our != theirs:
                wrong += 1
                if wrong <= 20:
                    print(f"FAILED {lang}: {word}: {our}, and libstemmer says {theirs}")
        print(f"{lang}: {len(every)} words, {wrong} differ")
        failed += wrong > 0
        passed += wrong == 0
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
