"""Tests the oracle with hand-made cases from DESIGN.md's own sentences. usage: python3 tests/oracle/selftest.py"""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from axes import Fault, tokens  # noqa: E402
from book import XML  # noqa: E402
from procedures import reading_faults, step_labels  # noqa: E402
from selection import Project  # noqa: E402

AXES = """<axes xmlns="urn:vademecum:axes:1">
<axis id="role" attribute="audience" kind="tree">
  <value id="agent" security="pub"/>
  <value id="police" security="int">
    <value id="police-officer" security="cas"/>
    <value id="police-school" security="int"/>
  </value>
  <value id="edu" security="int"><value id="edu-teacher" security="cas"><value id="edu-tutor"/></value></value>
  <group id="all-sectors" values="police edu"/>
  <party id="court"/>
</axis>
<axis id="stage" attribute="condition" kind="set"><value id="plan"/><value id="prog"/><value id="oper"/></axis>
<axis id="class" attribute="security" kind="ordered" clearance="yes">
  <value id="pub"/><value id="int" mark="I"/><value id="res" mark="R"/><value id="cas" mark="C"/></axis>
<axis id="territory" attribute="v:territory" kind="set"><value id="T0"/><value id="T6"/></axis>
</axes>"""

SHELF = """<shelf id="services" security="cas"><title xml:lang="en">S</title>
<each axis="role" security="@" id="@" projection="full"><title xml:lang="en">@</title></each>
<handbook id="sector-police" security="cas"><values axis="role">police</values></handbook>
<handbook id="everything" security="cas"/>
<handbook id="plain"/>
<handbook id="not-plan" security="cas"><values axis="stage">!plan</values></handbook>
</shelf>"""


def project(body, body_es=None, axes=AXES, shelves=SHELF, root=""):
    """A project whose book holds body (and body_es, in a second language)."""
    with tempfile.TemporaryDirectory() as folder:
        def write(name, text):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                out.write(text)
        sources = '<source xml:lang="en" href="en.xml"/>'
        if body_es is not None:
            sources += '<source xml:lang="es" href="es.xml"/>'
            write("es.xml", book(body_es, root))
        write("en.xml", book(body, root))
        write("axes.xml", axes)
        write("handbooks.xml", f'<handbooks xmlns="urn:vademecum:handbooks:1">{shelves}</handbooks>')
        write("vade.xml", '<project xmlns="urn:vademecum:project:1" id="p"><title xml:lang="en">P</title>'
              f'{sources}<axes href="axes.xml"/><handbooks href="handbooks.xml"/></project>')
        return Project(folder)


def book(body, root):
    return ('<book xmlns="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" version="5.0" '
            f'{root}><info><title>Book</title></info>{body}</book>')


def word(name):
    """A canary word that says its name."""
    return "qxv" + (name + "zzzzzzzzz")[:9]


def readers(made, name, lang="en"):
    """The handbooks whose text must hold the canary, in order."""
    return [h.id for h in made.handbooks if word(name) in made.canaries(h, lang)[0]]


def kinds(made):
    return [error.kind for error in made.errors()]


ALL = ["agent", "police", "police-officer", "police-school", "edu", "edu-teacher", "edu-tutor",
       "sector-police", "everything", "plain", "not-plan"]


def all_but(*missing):
    return [name for name in ALL if name not in missing]


class Tokens(unittest.TestCase):
    def setUp(self):
        self.role, self.stage, self.rank = project("").axes[:3]

    def test_split(self):
        self.assertEqual(tokens(" a;b ;\n c\t"), ["a", "b", "c"])
        self.assertEqual(tokens(" ; "), [])

    def test_every_value_owns_a_leaf(self):
        self.assertEqual(self.role.read_set("police"), {"police", "police-officer", "police-school"})
        self.assertEqual(self.role.read_set("=police"), {"police"})
        self.assertEqual(self.role.read_set("edu"), {"edu", "edu-teacher", "edu-tutor"})

    def test_group(self):
        self.assertEqual(self.role.read_set("all-sectors"), self.role.all_leaves() - {"agent"})
        self.assertEqual(self.role.read_set("!all-sectors"), {"agent"})

    def test_not(self):
        self.assertEqual(self.role.read_set("police !police-school"), {"police", "police-officer"})
        self.assertEqual(self.role.read_set("!=police agent police"), {"agent", "police-officer", "police-school"})
        self.assertEqual(self.role.read_set("!agent !edu"), {"police", "police-officer", "police-school"})
        self.assertEqual(self.stage.read_set("!plan"), {"prog", "oper"})

    def fault(self, axis, text):
        with self.assertRaises(Fault) as caught:
            axis.read(text)
        return caught.exception.kind

    def test_faults(self):
        self.assertEqual(self.fault(self.role, "polise"), "undeclared")
        self.assertEqual(self.fault(self.role, "Police"), "undeclared")
        self.assertEqual(self.fault(self.role, "police,edu"), "undeclared")
        self.assertEqual(self.fault(self.role, "! police"), "undeclared")
        self.assertEqual(self.fault(self.role, "court"), "undeclared")
        self.assertEqual(self.fault(self.role, ""), "empty-attribute")
        self.assertEqual(self.fault(self.role, " ; "), "empty-attribute")
        self.assertEqual(self.fault(self.stage, "plan !plan"), "empty-set")
        self.assertEqual(self.fault(self.role, "police-officer !police"), "empty-set")
        self.assertEqual(self.fault(self.stage, "!plan !prog !oper"), "empty-set")
        self.assertEqual(self.fault(self.rank, "pub int"), "ordered")
        self.assertEqual(self.fault(self.rank, "!pub"), "ordered")
        self.assertEqual(self.fault(self.rank, "=pub"), "ordered")
        self.assertEqual(self.fault(self.rank, "secret"), "undeclared")

    def test_order(self):
        self.assertEqual([self.rank.read(t) for t in ("pub", "int", "res", " cas ")], [0, 1, 2, 3])


class Selection(unittest.TestCase):
    def test_tree(self):
        made = project(f'<para audience="police">{word("p")}</para><para audience="police-school">{word("s")}</para>')
        self.assertEqual(kinds(made), [])
        self.assertEqual(readers(made, "p"), ["police", "police-officer", "police-school", "sector-police",
                                              "everything", "plain", "not-plan"])
        self.assertEqual(readers(made, "s"), ["police-school", "sector-police", "everything", "plain", "not-plan"])

    def test_own_leaf(self):
        made = project(f'<para audience="=police">{word("own")}</para>')
        self.assertEqual(readers(made, "own"), ["police", "sector-police", "everything", "plain", "not-plan"])

    def test_intersection_only_narrows(self):
        made = project(f'<section audience="police-school"><para audience="police">{word("a")}</para>'
                       f'<para audience="edu">{word("b")}</para><para>{word("c")}</para></section>')
        self.assertEqual(kinds(made), [])  # emptied by the parent: no fault
        self.assertEqual(readers(made, "a"), readers(made, "c"))
        self.assertIn("police-school", readers(made, "a"))
        self.assertNotIn("police", readers(made, "a"))
        self.assertEqual(readers(made, "b"), [])  # not even where V is not given

    def test_two_tokens_filtered_in_cascade(self):
        made = project(f'<section audience="police edu"><para audience="edu agent">{word("x")}</para></section>')
        self.assertEqual(readers(made, "x"), ["edu", "edu-teacher", "edu-tutor", "everything", "plain", "not-plan"])

    def test_clearance_is_maximum(self):
        made = project(f'<section security="res"><para security="pub">{word("low")}</para>'
                       f'<para security="cas">{word("high")}</para></section><para>{word("free")}</para>')
        cleared = ["police-officer", "edu-teacher", "sector-police", "everything", "not-plan"]
        self.assertEqual(readers(made, "low"), cleared)
        self.assertEqual(readers(made, "high"), cleared)
        self.assertEqual(readers(made, "free"), ALL)

    def test_clearance_step_by_step(self):
        made = project(f'<para security="int">{word("i")}</para>')
        self.assertEqual(readers(made, "i"), all_but("agent", "edu-tutor", "plain"))

    def test_handbook_not(self):
        made = project(f'<para condition="plan">{word("a")}</para><para condition="plan oper">{word("b")}</para>')
        self.assertEqual(readers(made, "a"), all_but("not-plan"))
        self.assertEqual(readers(made, "b"), ALL)

    def test_namespaced_axis(self):
        made = project(f'<section v:territory="T0"><para v:territory="T6">{word("none")}</para></section>')
        self.assertEqual(readers(made, "none"), [])
        self.assertEqual(kinds(project('<para territory="nowhere">a</para>')), [])
        self.assertEqual(kinds(project('<para v:territory="nowhere">a</para>')), ["undeclared"])

    def test_all_axes_must_pass(self):
        made = project(f'<para audience="police" condition="plan" security="cas">{word("x")}</para>')
        self.assertEqual(readers(made, "x"), ["police-officer", "sector-police", "everything"])

    def test_root(self):
        made = project(f'<para>{word("x")}</para>', root='audience="edu"')
        self.assertEqual(readers(made, "x"), ["edu", "edu-teacher", "edu-tutor", "everything", "plain", "not-plan"])
        self.assertEqual(made.canaries(made.handbooks[0], "en"), (set(), set()))

    def test_languages(self):
        made = project(f'<para audience="police; edu">{word("en")}</para>', f'<para audience="police edu">{word("es")}</para>')
        self.assertEqual(kinds(made), [])
        self.assertEqual(readers(made, "en", "es"), [])
        self.assertEqual(readers(made, "es", "es"), all_but("agent"))


class Places(unittest.TestCase):
    def test_shells(self):
        made = project(f'<section><title>{word("s")}</title><itemizedlist><title>{word("l")}</title>'
                       f'<listitem><para audience="edu">{word("p")}</para></listitem></itemizedlist></section>'
                       f'<para>{word("q")}<phrase audience="edu">x</phrase></para>')
        for name in "slp":
            self.assertEqual(readers(made, name), ["edu", "edu-teacher", "edu-tutor", "everything", "plain", "not-plan"])
        self.assertEqual(readers(made, "q"), ALL)

    def test_a_title_alone_is_no_emptied_shell(self):
        made = project(f'<section><title>{word("t")}</title></section><note><para><phrase audience="edu">x</phrase></para>'
                       f'<title>{word("n")}</title></note>')
        self.assertEqual(readers(made, "t"), ALL)
        self.assertEqual(readers(made, "n"), ALL)

    def test_table(self):
        made = project(f'<table><title>{word("t")}</title><tgroup cols="1"><colspec/><tbody><row audience="edu"><entry>'
                       f'{word("e")}</entry></row></tbody></tgroup></table>')
        self.assertEqual(readers(made, "t"), readers(made, "e"))

    def test_cell_above_a_clearance_is_blank(self):
        """What is above a clearance counts as never written: the row stays, as a row of blank cells does."""
        made = project(f'<table><title>{word("t")}</title><tgroup cols="2"><tbody><row><entry><para security="cas">x</para></entry>'
                       f'<entry/></row></tbody></tgroup></table><table><title>{word("o")}</title><tgroup cols="1"><tbody>'
                       '<row><entry><para audience="edu" security="int">x</para></entry><entry/></row></tbody></tgroup></table>')
        self.assertEqual(readers(made, "t"), ALL)
        self.assertEqual(readers(made, "o"), ["agent", "edu", "edu-teacher", "edu-tutor", "everything", "plain", "not-plan"])

    def test_head_of_an_empty_table_is_open(self):
        made = project(f'<table><title>{word("t")}</title><tgroup cols="1"><thead><row><entry>{word("h")}</entry></row></thead>'
                       '<tbody><row audience="edu"><entry>e</entry></row></tbody></tgroup></table>')
        must, may = made.canaries(made.handbooks[0], "en")
        self.assertEqual((must, may), (set(), {word("t"), word("h")}))
        self.assertEqual(made.canaries(made.handbooks[4], "en")[0], {word("t"), word("h")})

    def test_root_is_never_a_shell(self):
        made = project(f'<info><title>{word("t")}</title></info><para audience="edu">{word("p")}</para>')
        self.assertEqual(made.canaries(made.handbooks[0], "en")[0], {word("t")})

    def test_uncertain_places(self):
        made = project(f'<section xml:id="{word("id")}"><info><title>{word("t")}</title><abstract><para>{word("a")}</para>'
                       f'</abstract><releaseinfo>{word("r")}</releaseinfo></info><para>x<indexterm><primary>{word("i")}'
                       f'</primary></indexterm><remark>{word("no")}</remark><!-- {word("com")} --><?pi {word("pi")}?></para></section>')
        must, may = made.canaries(made.handbooks[0], "en")
        self.assertEqual(must, {word("t"), word("a")})
        self.assertEqual(may, {word("id"), word("r"), word("i")})


class Tasks(unittest.TestCase):
    TASK = '<task security="pub" v:lead="police-school" v:with="edu-teacher" v:informed="=edu" {}><title>{}</title></task>'

    def test_default_audience(self):
        made = project(self.TASK.format("", word("t")))
        self.assertEqual(kinds(made), [])
        self.assertEqual(readers(made, "t"), ["police-school", "edu", "edu-teacher", "edu-tutor", "sector-police",
                                              "everything", "plain", "not-plan"])

    def test_explicit_audience_replaces(self):
        made = project(self.TASK.format('audience="all-sectors"', word("t")))
        self.assertEqual(readers(made, "t"), all_but("agent"))

    def test_default_meets_its_parent(self):
        made = project('<section audience="police edu-tutor =edu">' + self.TASK.format("", word("t")) + "</section>")
        self.assertEqual(kinds(made), [])
        self.assertEqual(readers(made, "t"), ["police-school", "edu", "edu-tutor", "sector-police",
                                              "everything", "plain", "not-plan"])

    def test_ancestor_that_drops_a_reader(self):
        for audience in ("edu", "police =edu", "police edu-teacher"):
            made = project(f'<section audience="{audience}">' + self.TASK.format("", "t") + "</section>")
            self.assertEqual(kinds(made), ["reader-dropped"])

    def test_nothing_inside_adds_readers(self):
        made = project('<task security="pub" v:lead="police"><title>t</title><procedure><step audience="edu">'
                       f'<para>{word("x")}</para></step></procedure></task>')
        self.assertEqual(readers(made, "x"), [])

    def test_class(self):
        self.assertEqual(kinds(project("<task><title>t</title></task>")), ["class-missing"])
        self.assertEqual(kinds(project('<section role="form"/><section role="guideline"/><section role="x"/>')),
                         ["class-missing"] * 2)
        self.assertEqual(kinds(project("<task><title>t</title></task>", root='security="pub"')), [])
        self.assertEqual(kinds(project('<section role="form" security="int"/>')), [])
        no_class = '<axes xmlns="urn:vademecum:axes:1"><axis id="os" attribute="os" kind="set"><value id="a"/></axis></axes>'
        self.assertEqual(kinds(project("<task><title>t</title></task>", axes=no_class, shelves="")), [])

    def test_role_tokens(self):
        self.assertEqual(kinds(project('<task security="pub" v:lead="nobody"/>')), ["undeclared", "undeclared"])
        self.assertEqual(kinds(project('<task security="pub" v:lead="police !police-school"/>'))[0], "undeclared")
        self.assertEqual(kinds(project('<step v:to="court police"/>')), [])
        self.assertEqual(kinds(project('<step v:actor="court"/>')), ["undeclared"])

    def test_titles_where_several_act(self):
        task = '<task security="pub" v:lead="police"{}><procedure><step{}>{}</step></procedure></task>'
        self.assertEqual(kinds(project(task.format("", "", ""))), [])
        self.assertEqual(kinds(project(task.format("", ' v:actor="police"', ""))), [])
        for head in ("", "<title/>", "<title> <footnote><para>x</para></footnote></title>", "<info/>"):
            self.assertEqual(kinds(project(task.format(' v:with="edu"', ' security="cas"', head))), ["title-missing"])
            self.assertEqual(kinds(project(task.format("", ' v:actor="police-officer"', head))), ["title-missing"])
        for head in ("<title>x</title>", "<title><phrase>x</phrase></title>", "<info><title>x</title></info>"):
            self.assertEqual(kinds(project(task.format(' v:with="edu"', "", head))), [])
        self.assertEqual(kinds(project('<task security="pub" v:lead="police" v:with="edu"><tasksummary><procedure><step/>'
                                       "</procedure></tasksummary></task><procedure><step/></procedure>")), ["title-missing"])

    def test_standins(self):
        def of(step, head='v:with="edu"', inner=""):
            return kinds(project(f'<task security="pub" v:lead="police" {head}><procedure><step {step}><title>x</title>{inner}'
                                 "</step></procedure></task>"))
        self.assertEqual(of('v:standin="edu"'), [])
        self.assertEqual(of('v:actor="edu" v:standin="police-school"'), [])
        self.assertEqual(of('v:actor="edu" v:standin="edu-tutor"'), ["standin-acts"])
        self.assertEqual(of('v:standin="=police"'), ["standin-acts"])
        self.assertEqual(of('v:standin="edu"', 'v:informed="edu"'), ["standin-outside"])
        self.assertEqual(of('v:standin="edu"', 'v:with="edu-tutor"'), ["standin-outside"])
        self.assertEqual(of('v:standin="court"'), ["undeclared"])
        self.assertEqual(kinds(project('<procedure><step v:standin="edu"/></procedure>')), ["standin-for-nobody"])
        self.assertEqual(of('v:standin="=edu" security="cas"'), ["standin-of-no-handbook"])

    def test_reading_faults(self):
        def of(body):
            return [fault.kind for fault in reading_faults(project(body))]
        self.assertEqual(of('<task security="pub" v:lead="police"/>'), [])
        self.assertEqual(of('<task security="cas" v:lead="police-school"/>'), ["cannot-read"])
        self.assertEqual(of('<task security="pub" v:lead="police"><step v:actor="edu"/></task>'), ["cannot-read"])
        self.assertEqual(of('<task security="pub" v:lead="police"><step audience="police-school"/></task>'), ["cannot-read"])
        self.assertEqual(of('<task security="pub" v:lead="police"><step v:actor="police"><step security="cas"/></step></task>'),
                         ["cannot-read"])
        self.assertEqual(of('<section condition="plan"><task security="pub" condition="oper"/></section>'), ["nobody-reads"])


class Labels(unittest.TestCase):
    def labels(self, body):
        made = project(body)
        self.assertEqual(kinds(made), [])
        return {n.attributes.get(XML + "id"): label for n, label in step_labels(made, made.books["en"]).items()}

    def series(self, steps, task="pub"):
        return list(self.labels(f'<task security="{task}"><procedure>{steps}</procedure></task>').values())

    def step(self, *classes):
        return "".join(f'<step xml:id="s{i}" security="{c}"/>' for i, c in enumerate(classes))

    def test_series(self):
        self.assertEqual(self.series(self.step("pub", "res", "cas", "cas", "pub")), ["1", "1-R1", "1-C1", "1-C2", "2"])
        self.assertEqual(self.series(self.step("res", "pub")), ["0-R1", "1"])
        self.assertEqual(self.series(self.step("pub", "cas", "res", "cas")), ["1", "1-C1", "1-R1", "1-C2"])
        self.assertEqual(self.series(self.step("pub", "cas", "pub", "cas")), ["1", "1-C1", "2", "2-C1"])

    def test_base_is_the_procedures_class(self):
        self.assertEqual(self.series(self.step("pub", "res", "cas"), "res"), ["1", "2", "2-C1"])

    def test_branches_and_substeps(self):
        labels = self.labels(
            '<task security="pub"><procedure><step xml:id="a"><substeps><step xml:id="a1"/><step xml:id="a2" security="cas"/>'
            '<step xml:id="a3"/></substeps></step><step xml:id="b" security="res"><substeps><step xml:id="b1"/></substeps></step>'
            '<step xml:id="c"><stepalternatives><step xml:id="c1" security="int"/><step xml:id="c2"/></stepalternatives></step>'
            "</procedure></task>")
        self.assertEqual(labels, {"a": "1", "a1": "1.1", "a2": "1.1-C1", "a3": "1.2", "b": "1-R1", "b1": "1-R1.1",
                                  "c": "2", "c1": "2.0-I1", "c2": "2a"})

    def test_branches_have_letters(self):
        def branches(inside):
            return list(self.labels('<task security="pub"><procedure><step xml:id="a"><stepalternatives>' + inside +
                                    "</stepalternatives></step></procedure></task>").values())[1:]
        self.assertEqual(branches(self.step("pub", "res", "res", "cas", "pub", "res")),
                         ["1a", "1a-R1", "1a-R2", "1a-C1", "1b", "1b-R1"])
        self.assertEqual(branches(self.step(*["pub"] * 53))[24:28], ["1y", "1z", "1aa", "1ab"])
        self.assertEqual(branches(self.step(*["pub"] * 53))[-1], "1ba")
        self.assertEqual(branches('<step xml:id="s"><substeps><step xml:id="t"/></substeps></step>'), ["1a", "1a.1"])
        self.assertEqual(branches('<step xml:id="s"><stepalternatives><step xml:id="t"/></stepalternatives></step>'),
                         ["1a", "1a.a"])

    def test_branches_of_a_step_of_a_higher_class(self):
        labels = self.labels('<task security="pub"><procedure><step xml:id="a"><stepalternatives><step xml:id="b"/>'
                             '<step xml:id="c" security="res"/></stepalternatives></step><step xml:id="d" security="res">'
                             '<stepalternatives><step xml:id="e"/></stepalternatives></step></procedure></task>')
        self.assertEqual(list(labels.values()), ["1", "1a", "1a-R1", "1-R1", "1-R1a"])

    def test_other_axes_do_not_move_numbers(self):
        steps = '<step xml:id="a" audience="edu"/><step xml:id="b" audience="agent" condition="plan"/>'
        self.assertEqual(self.series(steps), ["1", "2"])

    def test_adding_a_step_above_moves_nothing_below(self):
        small = self.labels('<task security="pub"><procedure><step xml:id="a"/><step xml:id="b"/></procedure></task>')
        large = self.labels('<task security="pub"><procedure><step xml:id="x" security="cas"/><step xml:id="a"/>'
                            '<step xml:id="y" security="res"/><step xml:id="b"/></procedure></task>')
        self.assertEqual(small, {ident: large[ident] for ident in small})


class Handbooks(unittest.TestCase):
    def ids(self, shelves):
        made = project("", shelves=shelves)
        return [h.id for h in made.handbooks] or kinds(made)

    def shelf(self, inside, security="cas"):
        return f'<shelf id="s" security="{security}">{inside}</shelf>'

    def test_each(self):
        self.assertEqual(self.ids(self.shelf('<each axis="role" id="r-@" except="agent police"/>')),
                         ["r-police-officer", "r-police-school", "r-edu", "r-edu-teacher", "r-edu-tutor"])
        self.assertEqual(self.ids(self.shelf('<each axis="role" id="@" only="edu police"/>')), ["police", "edu"])

    def test_subtree(self):
        made = project(f'<para audience="police-school">{word("x")}</para>', shelves=self.shelf(
            '<each axis="role" id="@" only="police"/><each axis="role" id="@-sector" only="police" subtree="yes"/>'))
        self.assertEqual(readers(made, "x"), ["police-sector"])

    def test_clearance(self):
        made = project("", shelves=self.shelf('<each axis="role" id="@" security="@"/><handbook id="none"/>'))
        self.assertEqual({h.id: h.clearance for h in made.handbooks},
                         {"agent": 0, "police": 1, "police-officer": 3, "police-school": 1, "edu": 1,
                          "edu-teacher": 3, "edu-tutor": 0, "none": 0})

    def test_faults(self):
        self.assertEqual(self.ids(self.shelf('<handbook id="a" security="res"/>', "int")), ["above-shelf"])
        self.assertEqual(self.ids(self.shelf('<each axis="role" id="@" security="@"/>', "int")), ["above-shelf"])
        self.assertEqual(self.ids('<shelf id="s"><handbook id="a" security="int"/></shelf>'), ["above-shelf"])
        self.assertEqual(self.ids(self.shelf('<handbook id="a"><values axis="role">polise</values></handbook>')), ["undeclared"])
        self.assertEqual(self.ids(self.shelf('<handbook id="a"><values axis="roles">police</values></handbook>')), ["undeclared"])
        self.assertEqual(self.ids(self.shelf('<handbook id="a"><values axis="stage">plan !plan</values></handbook>')), ["empty-set"])
        self.assertEqual(self.ids(self.shelf('<each axis="role" id="@" only="polise"/>')), ["undeclared"])
        self.assertEqual(self.ids(self.shelf('<handbook id="a" security="secret"/>')), ["undeclared"])
        self.assertEqual(self.ids(self.shelf('<handbook id="a"/><handbook id="a"/>')), ["handbook-id"])


class Languages(unittest.TestCase):
    def test_difference(self):
        self.assertEqual(kinds(project('<para audience="edu">a</para>', '<para audience="police">a</para>')), ["language"])
        self.assertEqual(kinds(project('<para security="cas">a</para>', "<para>a</para>")), ["language"])
        self.assertEqual(kinds(project('<para v:lead="edu">a</para>', "<para>a</para>")), ["language"])
        self.assertEqual(kinds(project('<para os="a">a</para>', '<para os="b">a</para>')), [])  # no axis claims os


if __name__ == "__main__":
    unittest.main()
