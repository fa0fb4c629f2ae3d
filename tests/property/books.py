"""Three books of other natures than the manual: a software handbook, a hospital's, and the one of the benchmark.

Used by others.py and leaks.py: what is said of the manual must hold of what nobody had in mind when it was written.
Invariant: the same bytes every time; `vade check` finds no error. BOOKS: {name: function that writes it to a folder}.
"""

import os
import random
import subprocess
import sys
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
DB = 'xmlns="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" version="5.0"'


def save(folder, path, text):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n")


def element(name, *kids, **attributes):
    """An element as text; attributes: xml_id is xml:id, v_lead is v:lead."""
    named = "".join(f' {key.replace("_", ":")}="{text}"' for key, text in attributes.items() if text)
    return f"<{name}{named}>{''.join(kids)}</{name}>"


def para(text, **attributes):
    return element("para", escape(text), **attributes)


def project(folder, name, languages):
    titles = "".join(f'<title xml:lang="{lang}">{name}</title>' for lang in languages)
    sources = "".join(f'<source xml:lang="{lang}" href="{lang}.xml"/>' for lang in languages)
    save(folder, "vade.xml", f'<project xmlns="urn:vademecum:project:1" id="{name}">{titles}<edition version="3.2" '
         f'date="2026-01-01" review="2099-01-01"/>{sources}<axes href="axes.xml"/><handbooks href="handbooks.xml"/></project>')


# --- a software handbook: for whom, and on what system ---

SYSTEMS = {"linux": ("systemctl restart", "/etc/relay/relay.conf", "journalctl -u relay"),
           "windows": ("Restart-Service", "C:\\Relay\\relay.ini", "Get-EventLog Relay"),
           "macos": ("launchctl kickstart", "/Library/Relay/relay.plist", "log show relay")}
PARTS = ["queue", "cache", "scheduler", "gateway", "index", "mailer", "archive", "console", "importer", "watchdog"]
VERBS = ["install", "configure", "upgrade", "monitor", "back up", "restore", "remove"]


def software_section(rng, number, part, verb):
    port, limit, size = rng.randint(1024, 9999), rng.randint(2, 90), rng.randint(4, 512)
    kids = [element("title", escape(f"{verb.capitalize()} the {part}")),
            para(f"The {part} must be stopped before you {verb} it. It keeps at most {size} MB in memory and answers on "
                 f"port {port} unless the settings say otherwise.")]
    kids.append(element("note", para(f"Support asks the customer for the number of the {part} and the last {limit} lines of its "
                                     f"log before a case is passed on."), audience="support"))
    kids.append(para(f"The master key of the {part} is kept by two persons; its fingerprint begins with "
                     f"{rng.getrandbits(64):016x} and is changed every {limit} days.", audience="admin", security="secret"))
    for system, (restart, path, log) in SYSTEMS.items():
        kids.append(element("section", element("title", escape(f"On {system}")),
                            para(f"Open {path} and set {part}.limit to {limit}. Then run {restart} {part} and wait until the "
                                 f"command comes back without an error."),
                            para(f"If it does not start, look at the output of {log} for the word {part}.", audience="admin"),
                            xml_id=f"s{number}-{system}", os=system))
    kids.append(element("section", element("title", f"Inside the {part}"),
                        para(f"The {part} holds its state in a table of {size} slots; a slot is freed when {limit} readers have "
                             f"seen it, and the oldest one goes first."),
                        element("programlisting", escape(f"if ({part}->used > {size})\n\t{part}_evict({part}, {limit});")),
                        xml_id=f"s{number}-inside", audience="dev"))
    return element("section", *kids, xml_id=f"s{number}", security="internal" if verb in ("monitor", "restore") else "")


def software(folder):
    rng = random.Random("software")
    chapters, number = [], 0
    for verb in VERBS:
        sections = []
        for part in PARTS:
            number += 1
            sections.append(software_section(rng, number, part, verb))
        chapters.append(element("chapter", element("title", f"How to {verb}"), *sections, xml_id="c-" + verb.replace(" ", "-")))
    save(folder, "en.xml", f'<book {DB} xml:lang="en"><title>Relay, the handbook</title>' + "\n".join(chapters) + "</book>")
    save(folder, "axes.xml", """<axes xmlns="urn:vademecum:axes:1">
<axis id="role" attribute="audience" kind="tree"><value id="staff"><value id="admin" security="secret"/>
<value id="dev" security="internal"/><value id="support" security="internal"/></value><value id="customer"/></axis>
<axis id="system" attribute="os" kind="set"><value id="linux"/><value id="windows"/><value id="macos"/></axis>
<axis id="class" attribute="security" kind="ordered" clearance="yes"><value id="open"/><value id="internal" mark="I"/>
<value id="secret" mark="S"/></axis></axes>""")
    each = "".join(f'<handbook id="admin-{s}" security="secret"><title xml:lang="en">Admin, {s}</title><values axis="role">=admin'
                   f'</values><values axis="system">{s}</values></handbook>' for s in SYSTEMS)
    save(folder, "handbooks.xml", '<handbooks xmlns="urn:vademecum:handbooks:1"><shelf id="house" security="secret">'
         '<title xml:lang="en">House</title><each axis="role" security="@" except="staff"><title xml:lang="en">@</title></each>'
         f'{each}</shelf></handbooks>')
    project(folder, "relay", ["en"])


# --- a hospital's: procedures of several roles, in two languages ---

DRUGS = [("heparin", "heparina"), ("insulin", "insulina"), ("morphine", "morfina"), ("potassium", "potasio"),
         ("adrenaline", "adrenalina"), ("warfarin", "warfarina"), ("digoxin", "digoxina"), ("vancomycin", "vancomicina")]
WARDS = {"er": ("the emergency room", "urgencias"), "icu": ("intensive care", "cuidados intensivos"),
         "paed": ("the children's ward", "pediatría")}
FIELDS = [("trigger", "The vial leaves the pharmacy.", "El vial sale de la farmacia."),
          ("info", "Name of the drug, lot and dose.", "Nombre del fármaco, lote y dosis."),
          ("channel", "By hand, in a closed box.", "En mano, en una caja cerrada."),
          ("time", "Within {0} minutes.", "En {0} minutos."),
          ("accept", "The nurse signs the sheet.", "La enfermera firma la hoja."),
          ("return", "What is left over, the same shift.", "Lo que sobra, en el mismo turno.")]


class Clinic:
    """Writes the book in one language; draws the same numbers for each."""

    def __init__(self, lang):
        self.es = lang == "es"
        self.lang = lang
        self.rng = random.Random("clinic")

    def say(self, english, spanish):
        return spanish if self.es else english

    def step(self, ident, title, *kids, **attributes):
        return element("step", element("title", escape(title)), *kids, xml_id=ident, **attributes)

    def block(self, minutes):
        entries = [element("varlistentry", element("term", field.capitalize()),
                           element("listitem", para(self.say(english, spanish).format(minutes))), v_field=field)
                   for field, english, spanish in FIELDS]
        return element("variablelist", *entries, role="handoff")

    def branches(self, ident, drug, limit):
        bad = self.step(ident + "a", self.say(f"Below {limit}", f"Por debajo de {limit}"),
                        para(self.say(f"Give nothing and call the physician on duty about {drug}.",
                                      f"No administre nada y llame al médico de guardia por la {drug}.")),
                        v_go="stop", v_default="yes")
        good = self.step(ident + "b", self.say(f"{limit} or more", f"{limit} o más"),
                         para(self.say("Go on, and write the value on the sheet.", "Siga y anote el valor en la hoja.")),
                         v_go="next")
        return element("stepalternatives", bad, good, v_decision="yes")

    def procedure(self, drug, ward):
        name, ident = drug[self.es], f"{drug[0]}-{ward}"
        dose, minutes, limit = self.rng.randint(1, 40), self.rng.randint(5, 59), self.rng.randint(40, 120)
        code = self.rng.randint(100000, 999999)
        say, where = self.say, WARDS[ward][self.es]
        steps = [
            self.step(ident + ".s1", say("Check the order", "Comprobar la orden"),
                      para(say(f"Read the order for {name} in {where} twice: {dose} units, never more than {dose + 10} in a shift.",
                               f"Lea dos veces la orden de {name} en {where}: {dose} unidades, nunca más de {dose + 10} por turno."))),
            self.step(ident + ".s2", say("Prepare the vial", "Preparar el vial"),
                      para(say(f"Take the vial of {name} from shelf {limit}, and have a second pharmacist read the label aloud.",
                               f"Tome el vial de {name} del estante {limit} y pida a otra farmacéutica que lea la etiqueta en voz alta.")),
                      element("warning", para(say(f"Never shake {name}.", f"No agite nunca la {name}."))),
                      self.block(minutes), v_actor="pharmacist", v_to="nurse"),
            self.step(ident + ".s3", say("Decide whether to give it", "Decidir si se administra"), self.branches(ident + ".s3", name, limit)),
            self.step(ident + ".s4", say("Look at the record", "Mirar la historia"),
                      para(say(f"The code of the cabinet is {code}; what it says of {name} stays between nurse and physician.",
                               f"La clave del armario es {code}; lo que dice de la {name} queda entre enfermería y medicina.")),
                      security="patient", v_actor="nurse"),
            self.step(ident + ".s5", say("Watch for an hour", "Vigilar una hora"),
                      para(say(f"Every {minutes} minutes ask for pain, measure the pulse and note both beside {name}.",
                               f"Cada {minutes} minutos pregunte por el dolor, mida el pulso y anote ambos junto a la {name}.")),
                      v_to="physician" if minutes % 2 else ""),
        ]
        summary = element("tasksummary", para(say(f"Use it whenever {name} is ordered in {where}.",
                                                  f"Úselo siempre que se ordene {name} en {where}.")))
        return element("task", element("title", escape(say(f"Give {name} in {where}", f"Administrar {name} en {where}"))), summary,
                       element("procedure", *steps), xml_id=ident, v_lead="nurse", v_with="pharmacist physician",
                       security="staff", v_ward=ward)

    def book(self):
        chapters = []
        for drug in DRUGS:
            tasks = [self.procedure(drug, ward) for ward in WARDS]
            open_text = para(self.say(f"What patients ask about {drug[0]}: it may be given for {self.rng.randint(2, 30)} days.",
                                      f"Lo que preguntan los pacientes sobre {drug[1]}: se da hasta {self.rng.randint(2, 30)} días."))
            chapters.append(element("chapter", element("title", drug[self.es].capitalize()), open_text, *tasks, xml_id="c-" + drug[0]))
        title = self.say("Drugs on the ward", "Fármacos en planta")
        return f'<book {DB} xml:lang="{self.lang}"><title>{title}</title>' + "\n".join(chapters) + "</book>"


def clinic(folder):
    for lang in ("en", "es"):
        save(folder, lang + ".xml", Clinic(lang).book())
    save(folder, "axes.xml", """<axes xmlns="urn:vademecum:axes:1">
<axis id="role" attribute="audience" kind="tree"><value id="care"><value id="nurse" security="patient"/>
<value id="physician" security="patient"/></value><value id="pharmacy"><value id="pharmacist" security="staff"/></value>
<value id="visitor"/></axis>
<axis id="ward" attribute="v:ward" kind="set"><value id="er"/><value id="icu"/><value id="paed"/></axis>
<axis id="class" attribute="security" kind="ordered" clearance="yes"><value id="open"/><value id="staff" mark="S"/>
<value id="patient" mark="P"/></axis></axes>""")
    titles = '<title xml:lang="en">{0}</title><title xml:lang="es">{0}</title>'
    own = "".join(f'<handbook id="nurse-{ward}" security="patient" projection="{mode}">' + titles.format("Nurse " + ward) +
                  f'<values axis="role">=nurse</values><values axis="ward">{ward}</values></handbook>'
                  for ward, mode in zip(WARDS, ("own", "brief", "full")))
    save(folder, "handbooks.xml", '<handbooks xmlns="urn:vademecum:handbooks:1"><shelf id="house" security="patient">'
         + titles.format("House") + '<each axis="role" security="@" only="nurse physician pharmacist visitor">' + titles.format("@")
         + f'</each>{own}</shelf></handbooks>')
    project(folder, "clinic", ["en", "es"])


# --- the book of the benchmark, smaller ---


def bench(folder):
    maker = os.path.join(HERE, "..", "bench", "book.py")
    subprocess.run([sys.executable, maker, "--size", "250000", "--handbooks", "6", folder], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


BOOKS = {"bench": bench, "clinic": clinic, "software": software}
