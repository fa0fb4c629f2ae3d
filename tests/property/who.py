#!/usr/bin/env python3
"""Says `vade roles who` what is built? For a seeded sample of the xml:ids of
manual/, the handbooks it names are those whose pages hold the id, and `roles
why` agrees on one handbook of each. Last line: N passed, N failed."""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("VADE_TYPST", "")  # tests/pdf.py tests the PDFs
ROOT = Path(__file__).resolve().parents[2]
VADE = os.environ.get("VADE", str(ROOT / "build/vade"))
MANUAL = ROOT / "manual"


def ask(*words):
    run = subprocess.run([VADE, "roles", *words, str(MANUAL), "--json"], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"vade roles {' '.join(words)}: {run.stderr}")
    return json.loads(run.stdout)


def ids_of_sources():
    return sorted({name for path in MANUAL.glob("en/**/*.xml")
                   for name in re.findall(r'xml:id="([^"]+)"', path.read_text(encoding="utf-8"))})


def ids_of_pages(out):
    """The ids in the pages of each handbook; a page is called as its element."""
    shown = {}
    for folder in Path(out).glob("*/*/en/html"):
        ids = shown.setdefault(folder.parts[-3], set())
        for page in folder.glob("*.html"):
            ids.update(re.findall(r'\bid="([^"]+)"', page.read_text(encoding="utf-8")))
            ids.add(page.stem)
    return shown


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--ids", type=int, default=120)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    rng = random.Random(options.seed)
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([VADE, "build", "-q", "--to", "html", "--lang", "en", str(MANUAL), "-o", out + "/out"], check=True)
        shown = ids_of_pages(out + "/out")
    names = ids_of_sources()
    passed = failed = 0
    for name in rng.sample(names, min(options.ids, len(names))):
        said = {handbook["id"]: handbook["how"] for handbook in ask("who", name)["handbooks"]}
        built = {handbook for handbook, ids in shown.items() if name in ids or name.lower() in ids}
        handbook = rng.choice(sorted(shown))
        why = ask("why", name, "--handbook", handbook)
        if set(said) == built and why["how"] == said.get(handbook, "absent"):
            passed += 1
        else:
            failed += 1
            print(f"FAILED {name}: said {sorted(set(said) - built)}, built {sorted(built - set(said))}; "
                  f"why of {handbook}: {why['how']}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
