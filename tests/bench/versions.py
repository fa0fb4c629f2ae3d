"""Makes two versions of a DocBook book: python3 versions.py --size BYTES FOLDER writes old.xml and new.xml there.

In the new one 3 % of the paragraphs have another word, 2 % of the sections a paragraph more, and 2 % one less, as a year
of work on a manual does. The same size makes the same books.
"""

import argparse
import os
import random

SYLLABLES = [first + last for first in "bcdfgklmnprst" for last in "aeiou"]


def words(rng, count):
    return ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4))) for _ in range(count)]


def paragraph(rng, vocabulary):
    return [rng.choice(vocabulary) for _ in range(rng.randint(20, 60))]


def write(path, sections):
    with open(path, "w", encoding="utf-8") as book:
        book.write('<book xmlns="http://docbook.org/ns/docbook" version="5.0"><title>Versions</title>\n')
        for at, section in enumerate(sections):
            if at % 40 == 0:
                book.write("</chapter>\n" * (at > 0) + f'<chapter xml:id="c{at}"><title>Chapter {at}</title>\n')
            book.write(f'<section xml:id="s{at}"><title>Section {at}</title>\n')
            book.writelines(f"<para>{' '.join(para)}</para>\n" for para in section)
            book.write("</section>\n")
        book.write("</chapter></book>\n")


def edit(rng, vocabulary, section):
    for para in section:
        if rng.random() < 0.03:
            para[rng.randrange(len(para))] = rng.choice(vocabulary) + "x"
    if rng.random() < 0.02:
        section.insert(rng.randrange(len(section)), paragraph(rng, vocabulary))
    if rng.random() < 0.02:
        section.pop(rng.randrange(len(section)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("folder")
    asked = parser.parse_args()
    rng = random.Random(asked.size)
    vocabulary = words(rng, 6000)
    sections, size = [], 0
    while size < asked.size:
        sections.append([paragraph(rng, vocabulary) for _ in range(8)])
        size += sum(len(" ".join(para)) + 14 for para in sections[-1]) + 50
    os.makedirs(asked.folder, exist_ok=True)
    write(os.path.join(asked.folder, "old.xml"), sections)
    for section in sections:
        edit(rng, vocabulary, section)
    write(os.path.join(asked.folder, "new.xml"), sections)


if __name__ == "__main__":
    main()
