#!/usr/bin/env python3
"""Makes one plain DocBook 5.0 book and the vade project around it.

    book.py [--size BYTES] [--handbooks N] [--seed S] DIR

Writes DIR/book.xml (valid DocBook 5.0, no DOCTYPE, no files beside it) and
DIR/vade.xml, axes.xml, handbooks.xml with N handbooks h001, h002, ...
Same arguments, same bytes, on any machine and Python: the numbers come from the
generator below and from nothing else.

About 15 % of the blocks carry audience, condition or security, and each of those
holds a mark (zq000123) that stands nowhere else, so that two tools can be asked
whether they selected the same. Tokens are separated by ";" as docbook-xsl wants.
Links only lead to what every reader has.
"""

import argparse
import os
import sys

SECTORS = 9
ROLES_PER_SECTOR = 12
STAGES = ("plan", "prog", "oper")
CLASSES = ("pub", "int", "res", "cas")
TERMS = 160
CHAPTERS_PER_PART = 8

WORDS = """the a of and to in for is on with that by this be are as at from or an will can may not
service person place team office record notice report street school court clinic meeting patrol
district family partner officer teacher nurse judge planner resident visitor child adult witness
plan step form list page note answer question reason limit date hour week month year
agree answer ask bring call check close come decide explain find follow give help hold inform keep
learn leave listen look make meet need offer open plan prepare protect read receive repeat review
safe calm clear short local public private shared written spoken early late first second last new
before after during until without within between under over near outside inside together alone
carefully quickly again always never often usually immediately""".split()

# Value, inline markup around a word or two.
INLINES = (
    (8, "emphasis"), (3, "literal"), (3, "filename"), (3, "command"), (2, "option"),
    (2, "guimenu"), (2, "quote"), (2, "citetitle"), (2, "acronym"), (1, "foreignphrase"),
    (1, "userinput"), (1, "systemitem"), (1, "replaceable"), (1, "phrase"),
)
ADMONITIONS = ("note", "note", "tip", "important", "warning", "caution")


class Random:
    """Knuth's MMIX linear congruence; the upper bits are the good ones."""

    def __init__(self, seed):
        self.state = seed * 2862933555777941757 + 3037000493 & 0xFFFFFFFFFFFFFFFF

    def below(self, count):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) * count >> 31

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, row):
        return row[self.below(len(row))]

    def chance(self, percent):
        return self.below(1000) < percent * 10


def sector(number):
    return "sector-%d" % (number + 1)


def role(number):
    """The roles in the order the handbooks take them: every sector before a second of any."""
    return "%s-r%02d" % (sector(number % SECTORS), number // SECTORS + 1)


class Writer:
    def __init__(self, seed):
        self.random = Random(seed)
        self.pieces = []
        self.size = 0
        self.targets = []  # ids every reader has
        self.marks = 0
        self.ids = 0
        self.blocks = 0
        self.used = []  # stack: axes that an ancestor already restricts

    # --- text ---

    def put(self, text):
        self.pieces.append(text)
        self.size += len(text)

    def words(self, count):
        return " ".join(self.random.pick(WORDS) for _ in range(count))

    def title(self):
        text = self.words(self.random.between(2, 6))
        return text[0].upper() + text[1:]

    def inline(self):
        kind = self.random.below(100)
        if kind < 12 and self.targets:
            return '<xref linkend="%s"/>' % self.random.pick(self.targets)
        if kind < 22:
            number = self.random.below(TERMS)
            return '<glossterm linkend="g-%03d">%s</glossterm>' % (number, self.words(2))
        if kind < 26 and self.targets:
            return '<link linkend="%s">%s</link>' % (self.random.pick(self.targets), self.words(2))
        if kind < 28:
            return ('<link xlink:href="https://example.org/%s">%s</link>'
                    % (self.random.pick(WORDS), self.words(2)))
        if kind < 40:
            secondary = "<secondary>%s</secondary>" % self.words(1) if self.random.chance(40) else ""
            return ("<indexterm><primary>%s</primary>%s</indexterm>%s"
                    % (self.words(self.random.between(1, 2)), secondary, self.words(1)))
        if kind < 42:
            return "%s<footnote><para>%s.</para></footnote>" % (self.words(1), self.words(9))
        total = self.random.below(sum(weight for weight, _ in INLINES))
        for weight, name in INLINES:
            total -= weight
            if total < 0:
                break
        return "<%s>%s</%s>" % (name, self.words(self.random.between(1, 2)), name)

    def sentences(self, count):
        result = []
        for _ in range(count):
            text = self.words(self.random.between(6, 16))
            text = text[0].upper() + text[1:]
            if self.random.chance(45):
                text += " " + self.inline()
                if self.random.chance(60):
                    text += " " + self.words(self.random.between(2, 6))
            result.append(text + ".")
        return " ".join(result)

    # --- selection ---

    def condition(self, percent=19):
        """Attributes, and the mark its text must carry; opens a level that close() ends."""
        free = [axis for axis in ("audience", "condition", "security")
                if not any(axis in level for level in self.used)]
        self.blocks += 1
        if not free or not self.random.chance(percent):
            self.used.append(())
            return "", ""
        first = self.random.below(100)
        axis = "audience" if first < 60 else "condition" if first < 80 else "security"
        if axis not in free:
            axis = self.random.pick(free)
        axes = [axis]
        if len(free) > 1 and self.random.chance(15):
            axes.append(self.random.pick([other for other in free if other != axis]))
        self.used.append(tuple(axes))
        self.marks += 1
        attributes = "".join(' %s="%s"' % (axis, self.tokens(axis)) for axis in sorted(axes))
        return attributes, "zq%06d. " % self.marks

    def tokens(self, axis):
        if axis == "security":
            return CLASSES[1 + self.random.below(3)]
        if axis == "condition":
            first = self.random.below(3)
            if self.random.chance(30):
                return "%s;%s" % (STAGES[first], STAGES[(first + 1) % 3])
            return STAGES[first]
        chosen = []
        for _ in range(self.random.between(1, 5)):
            if self.random.chance(40):
                token = sector(self.random.below(SECTORS))
            else:
                token = role(self.random.below(SECTORS * ROLES_PER_SECTOR))
            if token not in chosen:
                chosen.append(token)
        return ";".join(chosen)

    def close(self):
        self.used.pop()

    def everyone(self):
        return not any(self.used)

    def new_id(self, prefix):
        """An id; a target of links only where every reader has it."""
        self.ids += 1
        name = "%s-%d" % (prefix, self.ids)
        if self.everyone():
            self.targets.append(name)
        return name

    # --- blocks ---

    def para(self):
        attributes, mark = self.condition()
        self.put("<para%s>%s%s</para>\n" % (attributes, mark,
                                            self.sentences(self.random.between(2, 6))))
        self.close()

    def list(self, name):
        attributes, mark = self.condition()
        extra = ' numeration="arabic"' if name == "orderedlist" else ""
        self.put("<%s%s%s>\n" % (name, extra, attributes))
        for index in range(self.random.between(3, 7)):
            inner, inner_mark = self.condition() if index else self.condition(0)
            self.put("<listitem%s><para>%s%s</para>" % (inner, mark + inner_mark, self.sentences(1)))
            mark = ""
            if self.random.chance(8):
                self.put("\n<itemizedlist><listitem><para>%s</para></listitem>"
                         "<listitem><para>%s</para></listitem></itemizedlist>"
                         % (self.sentences(1), self.sentences(1)))
            self.put("</listitem>\n")
            self.close()
        self.put("</%s>\n" % name)
        self.close()

    def variablelist(self):
        attributes, mark = self.condition()
        self.put("<variablelist%s>\n" % attributes)
        for index in range(self.random.between(2, 5)):
            inner, inner_mark = self.condition() if index else self.condition(0)
            self.put("<varlistentry%s><term>%s</term><listitem><para>%s%s</para></listitem>"
                     "</varlistentry>\n"
                     % (inner, self.words(2), mark + inner_mark, self.sentences(2)))
            mark = ""
            self.close()
        self.put("</variablelist>\n")
        self.close()

    def table(self):
        attributes, mark = self.condition()
        columns = self.random.between(3, 5)
        self.put('<table xml:id="%s"%s><title>%s</title>\n<tgroup cols="%d">\n'
                 % (self.new_id("table"), attributes, self.title(), columns))
        for column in range(columns):
            self.put('<colspec colname="c%d"/>' % (column + 1))
        self.put("\n<thead><row>%s</row></thead>\n<tbody>\n"
                 % "".join("<entry>%s</entry>" % self.words(2) for _ in range(columns)))
        for index in range(self.random.between(3, 8)):
            inner, inner_mark = self.condition() if index else self.condition(0)
            self.put("<row%s>" % inner)
            for column in range(columns):
                text = self.words(self.random.between(2, 7))
                if self.random.chance(10):
                    text += " " + self.inline()
                self.put("<entry>%s%s</entry>" % (mark + inner_mark, text))
                mark = inner_mark = ""
            self.put("</row>\n")
            self.close()
        self.put("</tbody></tgroup></table>\n")
        self.close()

    def procedure(self):
        attributes, mark = self.condition()
        self.put('<procedure xml:id="%s"%s><title>%s</title>\n'
                 % (self.new_id("procedure"), attributes, self.title()))
        for index in range(self.random.between(4, 8)):
            inner, inner_mark = self.condition() if index else self.condition(0)
            self.put("<step%s><title>%s</title><para>%s%s</para>\n"
                     % (inner, self.title(), mark + inner_mark, self.sentences(2)))
            mark = ""
            if self.random.chance(15):
                self.put("<substeps>")
                for _ in range(self.random.between(2, 3)):
                    self.put("<step><para>%s</para></step>\n" % self.sentences(1))
                self.put("</substeps>")
            elif self.random.chance(8):
                self.put("<stepalternatives>")
                for _ in range(2):
                    self.put("<step><para>%s</para></step>\n" % self.sentences(1))
                self.put("</stepalternatives>")
            self.put("</step>\n")
            self.close()
        self.put("</procedure>\n")
        self.close()

    def admonition(self):
        attributes, mark = self.condition()
        name = self.random.pick(ADMONITIONS)
        title = "<title>%s</title>" % self.title() if self.random.chance(40) else ""
        self.put("<%s%s>%s<para>%s%s</para></%s>\n"
                 % (name, attributes, title, mark, self.sentences(2), name))
        self.close()

    def figure(self):
        """A figure of words: no picture file is needed to read the book."""
        attributes, mark = self.condition()
        self.put('<figure xml:id="%s"%s><title>%s</title>'
                 % (self.new_id("figure"), attributes, self.title()))
        self.put("<mediaobject><textobject><para>%s%s</para></textobject></mediaobject></figure>\n"
                 % (mark, self.sentences(2)))
        self.close()

    def example(self):
        attributes, mark = self.condition()
        lines = "\n".join("  %s = %s" % (self.words(1), self.words(3))
                          for _ in range(self.random.between(3, 8)))
        self.put('<example xml:id="%s"%s><title>%s</title><programlisting>%s\n%s</programlisting>'
                 "</example>\n"
                 % (self.new_id("example"), attributes, self.title(), mark, lines))
        self.close()

    def block(self):
        kind = self.random.below(100)
        if kind < 56:
            self.para()
        elif kind < 66:
            self.list("itemizedlist")
        elif kind < 71:
            self.list("orderedlist")
        elif kind < 76:
            self.variablelist()
        elif kind < 82:
            self.table()
        elif kind < 88:
            self.procedure()
        elif kind < 95:
            self.admonition()
        elif kind < 98:
            self.figure()
        else:
            self.example()

    # --- structure ---

    def section(self, depth, first):
        attributes, mark = self.condition(0 if first else 15)
        self.put('<section xml:id="%s"%s><title>%s</title>\n<para>%s%s</para>\n'
                 % (self.new_id("section"), attributes, self.title(), mark, self.sentences(2)))
        for _ in range(self.random.between(4, 9)):
            self.block()
        if depth < 3:
            for index in range(self.random.between(0, 3 - depth)):
                self.section(depth + 1, index == 0)
        self.put("</section>\n")
        self.close()

    def chapter(self, name="chapter"):
        attributes, mark = self.condition(0)
        self.put('<%s xml:id="%s"%s><title>%s</title>\n<para>%s</para>\n'
                 % (name, self.new_id(name), attributes, self.title(), self.sentences(3)))
        for index in range(self.random.between(3, 6)):
            self.section(1, index == 0)
        self.put("</%s>\n" % name)
        self.close()

    def glossary(self):
        self.put('<glossary xml:id="glossary"><title>Glossary</title>\n')
        for number in range(TERMS):
            self.put('<glossentry xml:id="g-%03d"><glossterm>Term %03d %s</glossterm>'
                     "<glossdef><para>%s</para></glossdef></glossentry>\n"
                     % (number, number, self.words(1), self.words(24)))
        self.put("</glossary>\n")

    def book(self, size):
        self.put('<?xml version="1.0" encoding="UTF-8"?>\n'
                 '<book xmlns="http://docbook.org/ns/docbook"'
                 ' xmlns:xlink="http://www.w3.org/1999/xlink"'
                 ' version="5.0" xml:lang="en" xml:id="book">\n'
                 "<info><title>A book to measure</title><date>2026-12-01</date></info>\n")
        self.put('<preface xml:id="preface"><title>Preface</title>\n<para>%s</para></preface>\n'
                 % self.sentences(5))
        self.targets.append("preface")
        end_size = TERMS * 250 + 70000  # the glossary, the appendix, half a chapter
        chapters = 0
        while self.size < size - end_size or chapters == 0:
            if chapters % CHAPTERS_PER_PART == 0:
                if chapters:
                    self.put("</part>\n")
                self.put('<part xml:id="%s"><title>%s</title>\n'
                         % (self.new_id("part"), self.title()))
            self.chapter()
            chapters += 1
        self.put("</part>\n")
        self.chapter("appendix")
        self.glossary()
        self.put("<index/>\n</book>\n")
        return "".join(self.pieces)


PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="urn:vademecum:project:1" id="bench">
  <title xml:lang="en">A book to measure</title>
  <edition version="1" date="2026-12-01" review="2027-12-01"/>
  <source xml:lang="en" href="book.xml"/>
  <axes href="axes.xml"/>
  <handbooks href="handbooks.xml"/>
</project>
"""


def label(text):
    return '<label xml:lang="en">%s</label>' % text


def axes():
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<axes xmlns="urn:vademecum:axes:1">\n'
           '<axis id="role" attribute="audience" kind="tree">%s\n' % label("Role")]
    for number in range(SECTORS):
        out.append('<value id="%s" security="res">%s\n'
                   % (sector(number), label("Sector %d" % (number + 1))))
        for member in range(ROLES_PER_SECTOR):
            name = role(member * SECTORS + number)
            out.append('<value id="%s" security="res">%s</value>\n'
                       % (name, label("Role %d of sector %d" % (member + 1, number + 1))))
        out.append("</value>\n")
    out.append('</axis>\n<axis id="stage" attribute="condition" kind="set">%s\n' % label("Stage"))
    out += ['<value id="%s">%s</value>\n' % (value, label(value)) for value in STAGES]
    out.append('</axis>\n<axis id="class" attribute="security" kind="ordered" clearance="yes">%s\n'
               % label("Class"))
    out += ['<value id="%s">%s</value>\n' % (value, label(value)) for value in CLASSES]
    out.append("</axis>\n</axes>\n")
    return "".join(out)


def handbooks(count):
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<handbooks xmlns="urn:vademecum:handbooks:1">\n'
           '<shelf id="bench" security="res"><title xml:lang="en">Bench</title>\n']
    roles = SECTORS * ROLES_PER_SECTOR
    for number in range(count):
        # Beyond the roles there are, the stage makes the difference.
        stage = "oper" if number < roles else STAGES[number // roles % 2]
        out.append('<handbook id="h%03d" security="res" formats="html">'
                   '<title xml:lang="en">Handbook %d</title>'
                   '<values axis="role">=%s</values><values axis="stage">%s</values></handbook>\n'
                   % (number + 1, number + 1, role(number % roles), stage))
    out.append("</shelf>\n</handbooks>\n")
    return "".join(out)


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=1700000, help="bytes of book.xml, about")
    parser.add_argument("--handbooks", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", metavar="DIR")
    options = parser.parse_args()
    if not 1 <= options.handbooks <= 3 * SECTORS * ROLES_PER_SECTOR:
        parser.error("--handbooks: 1 to %d" % (3 * SECTORS * ROLES_PER_SECTOR))

    os.makedirs(options.folder, exist_ok=True)
    writer = Writer(options.seed)
    write(options.folder, "book.xml", writer.book(options.size))
    write(options.folder, "vade.xml", PROJECT)
    write(options.folder, "axes.xml", axes())
    write(options.folder, "handbooks.xml", handbooks(options.handbooks))
    print("%s: %d bytes, %d blocks, %d conditional" % (
        os.path.join(options.folder, "book.xml"), writer.size, writer.blocks, writer.marks),
        file=sys.stderr)


if __name__ == "__main__":
    main()
