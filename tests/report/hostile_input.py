"""Two templates and two returns in which every text that people write is hostile:

    hostile_input.py FOLDER [harmless]

With "harmless" the same documents with words in place of the strings of hostile.json, to
see that no string adds anything to what surrounds it. Lists have an item for each string;
single texts (a title, a rationale) have all of them after one another.
"""

import json
import pathlib
import sys

STRINGS = [one["text"] for one in
           json.loads((pathlib.Path(__file__).parent / "hostile.json").read_text("utf-8"))]
SCHEMA = "urn:caseaudit"
GRADES = 10
AGENCIES = 5
ACTIONS = 8


def harmless(text, place):
    """As long, of letters alone, and like no other."""
    words = "".join(" " if letter == " " else "x" for letter in text)
    name = "w" + chr(ord("a") + place // 26) + chr(ord("a") + place % 26)
    return name + words[len(name):]


def markup(text):
    """For content and attributes alike; every character that has a meaning by its number."""
    plain = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;/()-_=+")
    return "".join(one if one in plain else f"&#{ord(one)};" for one in text)


class Inputs:
    def __init__(self, is_harmless):
        self.strings = [harmless(text, i) if is_harmless else text
                        for i, text in enumerate(STRINGS)]
        self.all = markup(" | ".join(self.strings))
        self.each = [markup(text) for text in self.strings]
        self.numbered = list(enumerate(self.each))

    def scale(self):
        """The best grade first; scores of tenths, so that each string is a grade's label."""
        rows = [f'<grade id="g{i}" label="{self.each[i]}" abbrev="{self.each[i]}" '
                f'score="{GRADES - 1 - i}" from="{max(0, GRADES - 1 - i)}"'
                f'{" positive=" + chr(34) + "yes" + chr(34) if i < 2 else ""}/>'
                for i in range(GRADES)]
        return f"<scale>{''.join(rows)}</scale>"

    def answers(self):
        rows = [f'<answer id="a{i}" label="{text}" score="{i % GRADES}"/>'
                for i, text in self.numbered]
        return f'<answers id="list">{"".join(rows)}</answers>'

    def attributes(self, *required):
        rows = list(required)
        values = "".join(f'<value id="v{i}" label="{text}"/>' for i, text in self.numbered)
        rows.append(f'<attribute id="team" label="{self.each[8]}" type="token">{values}'
                    "</attribute>")
        rows += [f'<attribute id="t{i}" label="{text}" type="text"/>'
                 for i, text in self.numbered]
        return f"<attributes>{''.join(rows)}</attributes>"

    def themes(self):
        rows = [f'<theme id="th{i}" label="{text}"/>' for i, text in self.numbered]
        return f"<themes>{''.join(rows)}</themes>"

    def standard(self, i, text, kind='answers="list"', inside=""):
        href = self.href(i) if isinstance(i, int) else "https://example.org/"
        return (f'<standard id="s{i}" label="{text}" {kind} required="no" '
                'not-applicable="allowed">'
                f"<question>{text}</question><guidance>{text}</guidance>"
                + (f'<looks-like answer="a{i}">{text}</looks-like>' if "list" in kind else "")
                + f'<reference href="{href}">{text}</reference>{inside}</standard>')

    def href(self, i):
        """An address that begins well; what is hostile from its beginning is refused."""
        return markup("https://example.org/?" + "".join(self.strings[i].split()))

    def rest(self):
        limits = "".join(f'<limit id="l{i}" to="g9"><reason>{text}</reason>'
                         f'<when standard="s{i}" answer="a{i}"/></limit>'
                         for i, text in self.numbered)
        alerts = "".join(f'<alert id="al{i}" severity="{severity(i)}"><message>{text}</message>'
                         f'<when standard="s{i}" answer="a{i}"/></alert>'
                         for i, text in self.numbered)
        measures = "".join(f'<measure id="m{i}" label="{text}" standard="s{i}" '
                           f'kind="proportion" counts="a{i}"/>' for i, text in self.numbered)
        return (f"<limits>{limits}</limits><alerts>{alerts}</alerts>"
                f"<measures>{measures}</measures>")

    def template(self, name, framework, attributes, sections, agencies="", terms=""):
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<template xmlns="{SCHEMA}:template:1" '
                f'id="{name}" version="1" framework="{framework}" unit="child" '
                'effective-from="2023-04-01" out-of="9" rollup="lowest" overall="judged">'
                f"<title>{self.all}</title><description>{self.all}</description>{terms}"
                f"{self.scale()}{self.answers()}{agencies}{attributes}{self.themes()}"
                f"{sections}{self.rest()}</template>\n")

    def section(self, i, standards, focus=""):
        return (f'<section id="sec{i}" title="{self.each[i]}"{focus}>{"".join(standards)}'
                "</section>")

    def panel(self):
        """Agencies, terms of reference; its sections hold the standards among them."""
        focus = ["child", "household", "timeliness", "engagement"]
        sections = "".join(
            self.section(n, [self.standard(i, text) for i, text in self.numbered if i % 4 == n],
                         f' focus="{focus[n]}"') for n in range(4))
        chunks = [markup(" ".join(self.strings[n::AGENCIES])) for n in range(AGENCIES)]
        agencies = "".join(f'<agency id="ag{n}" label="{chunk}"/>'
                           for n, chunk in enumerate(chunks))
        theme = f'<attribute id="theme" label="{self.each[9]}" type="text" required="yes"/>'
        return self.template("hostile-panel", "maap", self.attributes(theme), sections,
                             f"<agencies>{agencies}</agencies>",
                             f"<terms-of-reference>{self.all}</terms-of-reference>")

    def file(self):
        """Events, a section for each string, a text beside the answers."""
        sections = "".join(
            self.section(i, [self.standard(i, text)]
                         + ([self.standard("text", self.all, "", "<text/>"),
                             self.standard("when", self.all, "",
                                           '<timescale within="5" unit="days"/>')]
                            if i == 0 else []),
                         ' focus="planning"' if i == 0 else "")
            for i, text in self.numbered)
        route = (f'<attribute id="route" label="{self.each[10]}" type="token" required="yes">'
                 f'<value id="adoption" label="{self.each[11]}"/></attribute>')
        return self.template("hostile-file", "permanency", self.attributes(route), sections)

    def refused(self):
        """A hostile address, id, word and element a standard: each is told and none kept."""
        text = self.file()
        for i in range(len(self.each)):
            text = text.replace(f'href="{self.href(i)}"', f'href="{self.each[i]}"', 1)
        return text.replace('standard="s1" kind', f'standard="{self.all}" kind')

    def refused_return(self):
        text = self.file_return()
        for i, hostile in self.numbered:
            text = text.replace(f'answer="a{i}"', f'answer="{hostile}"', 1)
        return text

    def attribute_rows(self, *first):
        rows = list(first) + ['<attribute id="team">v8</attribute>']
        rows += [f'<attribute id="t{i}">{text}</attribute>' for i, text in self.numbered]
        return f"<attributes>{''.join(rows)}</attributes>"

    def responses(self, agency="", more=""):
        rows = []
        for i, text in self.numbered:
            if i == 12:
                rows.append('<response standard="s12" status="not-applicable">'
                            f"<reason>{self.all}</reason></response>")
                continue
            rows.append(f'<response standard="s{i}" answer="a{i}" date="2023-11-01">'
                        f'<evidence ref="E{i}">{text}</evidence><evidence>{text}</evidence>'
                        "</response>")
        return f"<responses{agency}>{''.join(rows)}{more}</responses>"

    def closing(self, change="", agency=""):
        findings = "".join(f'<{kind} theme="th{i}"{agency}>{text}</{kind}>'
                           for kind in ("strength", "improvement") for i, text in self.numbered)
        actions = "".join(f'<action id="{i}" owner="TM4" due="2023-11-{i % 20 + 1:02}">{text}'
                          "</action>" for i, text in self.numbered)
        return ('<judgement grade="g8" by="A17" date="2023-11-14">'
                f"<rationale>{self.all}</rationale></judgement>"
                '<moderation grade="g9" by="M02" date="2023-11-21">'
                f"<rationale>{self.all}</rationale>{change}</moderation>"
                f"<findings>{findings}</findings><actions>{actions}</actions>")

    def audit(self, name, template, content):
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<return xmlns="{SCHEMA}:return:1" '
                f'id="{name}" template="{template}" template-version="1">'
                '<case ref="FICTION-1"/><audit date="2023-11-14" auditor="A17" '
                f'selection="random"/>{content}</return>\n')

    def panel_return(self):
        theme = f'<attribute id="theme">{self.all}</attribute>'
        return self.audit("H-PANEL", "hostile-panel", self.attribute_rows(theme)
                          + self.responses(' agency="ag0"') + self.responses(' agency="ag1"')
                          + self.closing(agency=' agency="ag0"'))

    def file_return(self):
        events = [f'<event type="review" date="2023-{3 + i // 28:02}-{i % 28 + 1:02}">{text}'
                  "</event>" for i, text in self.numbered]
        more = (f'<response standard="stext"><text>{self.all}</text></response>'
                '<response standard="swhen"><start>2023-11-01</start><end>2023-11-09</end>'
                f"<evidence>{self.all}</evidence></response>")
        change = (f'<change standard="s1" answer="a2"><rationale>{self.all}</rationale>'
                  '</change><change standard="s3" status="not-applicable">'
                  f"<rationale>{self.all}</rationale></change>")
        return self.audit("H-FILE", "hostile-file", self.attribute_rows(
            '<attribute id="route">adoption</attribute>')
            + f'<events><event type="entered-care" date="2023-02-01">{self.all}</event>'
            + "".join(events) + "</events>" + self.responses(more=more) + self.closing(change))


def severity(i):
    return ("immediate", "urgent", "review")[i % 3]


def write(folder, is_harmless):
    inputs = Inputs(is_harmless)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("panel.xml", inputs.panel()), ("file.xml", inputs.file()),
                       ("refused.xml", inputs.refused()),
                       ("refused-return.xml", inputs.refused_return()),
                       ("panel-return.xml", inputs.panel_return()),
                       ("file-return.xml", inputs.file_return())):
        (folder / name).write_text(text, encoding="utf-8")
    rows = "".join(f'i{i},"{text.replace(chr(34), chr(34) * 2)}",2023-24 Q3,1,2,,up,'
                   f'"{text.replace(chr(34), chr(34) * 2)}"\n'
                   for i, text in enumerate(inputs.strings))
    with (folder / "indicators.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("indicator,label,period,numerator,denominator,value,polarity,footnote\n"
                   + rows)


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]), "harmless" in sys.argv[2:])
