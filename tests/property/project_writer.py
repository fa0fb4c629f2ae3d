"""Writes a random project to a folder, in all its languages and with all the spellings XML allows.

Invariant: the same project and seed give the same bytes.
"""

import os
import random
import re

from random_axes import separator
from random_book import Element, canary_word

V_NS = "urn:vademecum:1"
LANGUAGES = {"en": "the plan says that people meet here and write each point down",
             "es": "el plan dice que la gente se reúne aquí y anota cada punto según el guión"}


def escape(text, quote=""):
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(quote, "&quot;" if quote == '"' else "&#39;") if quote else text


class Writer:
    """Writes a project to a folder. Spelling (prefixes, quotes, separators) is drawn from its own seed."""

    def __init__(self, project, folder, seed):
        self.project = project
        self.folder = folder
        self.rng = random.Random(f"{seed} spelling")
        self.db = "db:" if self.rng.random() < 0.1 else ""
        self.v = "vm" if self.rng.random() < 0.1 else "v"
        self.respell = self.rng.random() < 0.15

    def save(self, path, text):
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.write('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n")

    def write(self):
        languages = self.project.languages
        self.save("axes.xml", axes_text(self.project.axes, languages))
        self.save("handbooks.xml", handbooks_text(self.project.shelves, languages))
        self.save("vade.xml", vade_text(languages))
        for number, lang in enumerate(languages):
            self.lang, self.number = lang, number
            self.file(self.project.book)

    def file(self, element):
        self.entities = []
        spaces = f'xmlns{":db" if self.db else ""}="http://docbook.org/ns/docbook" xmlns:{self.v}="{V_NS}" ' \
                 'xmlns:xi="http://www.w3.org/2001/XInclude"'
        if element.path == "book.xml":
            spaces += f' xml:lang="{self.lang}"'
        body = self.element(element, element.path, spaces)
        if self.entities:
            body = f"<!DOCTYPE {self.db}{element.name} [\n" + "\n".join(self.entities) + "\n]>\n" + body
        self.save(os.path.join(self.lang, element.path), body)

    def element(self, element, path, spaces=""):
        name = self.db + element.name
        start = f"<{name}" + (" " + spaces if spaces else "") + self.attributes(element)
        if not element.kids:
            return start + "/>"
        text = start + ">"
        for kid in element.kids:
            if not isinstance(kid, Element):
                text += self.words(kid)
            elif kid.path:
                text += "\n" + self.include(kid, path)
            else:
                text += ("\n" if kid.block else "") + self.element(kid, path)
        return text + f"</{name}>"

    def include(self, element, path):
        held, self.entities = self.entities, []
        self.file(element)
        self.entities = held
        return f'<xi:include href="{os.path.relpath(element.path, os.path.dirname(path) or ".")}"/>'

    def words(self, kid):
        if isinstance(kid, str):
            return re.sub("w", lambda _: self.rng.choice(LANGUAGES[self.lang].split()), kid)
        word = canary_word(self.rng)
        if kid.way == "entity":
            name = f"e{len(self.entities)}"
            self.entities.append(f'<!ENTITY {name} "{word}">')
            return f"&{name};"
        return {"text": word, "cdata": f"<![CDATA[{word}]]>", "comment": f"<!-- {word} -->",
                "instruction": f"<?note {word}?>"}[kid.way]

    def attributes(self, element):
        attributes = {**element.plain, **element.axes}
        if self.number:
            for (changed, name), text in self.project.other.items():
                if changed is element:
                    attributes[name] = text
        names = [name for name, text in attributes.items() if text is not None]
        self.rng.shuffle(names)
        return "".join(self.attribute(name, attributes[name], name in element.axes) for name in names)

    def attribute(self, name, text, selects):
        quote = self.rng.choice(['"', '"', "'"])
        if selects and self.number and self.respell and ";" not in text:
            text = re.sub(r"\s+", lambda _: separator(self.rng), text)
        text = escape(text, quote)
        if selects and self.rng.random() < 0.02:
            text = text.replace(" ", self.rng.choice(["&#32;", "&#9;", "&#xA;"]))
        if name.startswith("v:"):
            name = self.v + name[1:]
        return f" {name}={quote}{text}{quote}"


def labels(text, languages):
    return "".join(f'<label xml:lang="{lang}">{text} {lang}</label>' for lang in languages)


def titles(text, languages):
    return "".join(f'<title xml:lang="{lang}">{text} {lang}</title>' for lang in languages)


def axes_text(axes, languages):
    text = '<axes xmlns="urn:vademecum:axes:1">\n'
    for axis in axes:
        text += f'<axis id="{axis.id}" attribute="{axis.written}" kind="{axis.kind}"'
        text += ' clearance="yes">\n' if axis.clearance else ">\n"
        text += labels(axis.id, languages)
        text += "".join(value_text(axis, v, languages) for v in axis.values if axis.parent[v] is None)
        for group, values in axis.groups.items():
            text += f'<group id="{group}" values="{" ".join(values)}">{labels(group, languages)}</group>\n'
        for party in axis.parties:
            text += f'<party id="{party}">{labels(party, languages)}</party>\n'
        text += "</axis>\n"
    return text + "</axes>"


def value_text(axis, value, languages):
    text = f'<value id="{value}"'
    for name, table in (("security", axis.security), ("mark", axis.mark), ("requires", axis.requires)):
        if value in table:
            text += f' {name}="{table[value]}"'
    text += ">" + labels(value, languages)
    text += "".join(value_text(axis, v, languages) for v in axis.values if axis.parent[v] == value)
    return text + "</value>\n"


def optional(entry, *names):
    return "".join(f' {name}="{entry[name]}"' for name in names if entry.get(name) is not None)


def handbooks_text(shelves, languages):
    text = '<handbooks xmlns="urn:vademecum:handbooks:1">\n'
    for shelf in shelves:
        text += f'<shelf{optional(shelf, "id", "security")}>{titles("Shelf", languages)}\n'
        for entry in shelf["entries"]:
            if "values" in entry:
                text += f'<handbook{optional(entry, "id", "security", "projection")} formats="html">'
                text += titles("Handbook", languages)
                text += "".join(f'<values axis="{a}">{escape(v)}</values>' for a, v in entry["values"].items())
                text += "</handbook>\n"
            else:
                text += f'<each{optional(entry, "axis", "id", "security", "only", "except", "subtree", "projection")}'
                text += f' formats="html">{titles("@", languages)}</each>\n'
        text += "</shelf>\n"
    return text + "</handbooks>"


def vade_text(languages):
    text = '<project xmlns="urn:vademecum:project:1" id="random-project">\n' + titles("Random project", languages)
    text += '\n<edition version="0.1" date="2026-12-01" review="2027-12-01"/>\n'
    text += "".join(f'<source xml:lang="{lang}" href="{lang}/book.xml"/>\n' for lang in languages)
    return text + '<axes href="axes.xml"/>\n<handbooks href="handbooks.xml"/>\n</project>'
