"""What is measured upon: invented returns and templates, the same bytes every time.

The returns are those of samples/make-returns.py, spread over two years and written by auditors
who say more: about 11 KB each. One in fifty has a fault for which it must be refused.
"""

import datetime
import functools
import hashlib
import importlib.util
import pathlib

FIRST_DAY = datetime.date(2023, 4, 1)
DAYS = 731  # eight quarters
REFUSED = 50  # every so many returns there is one with a fault

# Judged grade (3 best), moderation or None, how the permanence plan stands: out of 100.
PLANS = [(3, 0, ("agreed", 0), "none"), (2, 1, ("lowered", 0), "none"),
         (4, 1, ("lowered", 0), "met"), (3, 2, ("lowered", 1), "met"),
         (2, 2, ("override", 2), "met"), (3, 1, ("raised", 2), "met"),
         (4, 1, ("change", 1), "met"), (4, 3, ("agreed", 3), "met"),
         (7, 1, None, "late"), (20, 1, None, "met"), (4, 2, None, "young"),
         (36, 2, None, "met"), (8, 3, None, "met")]


def load_samples(source):
    """samples/make-returns.py as a module."""
    path = source / "samples" / "make-returns.py"
    spec = importlib.util.spec_from_file_location("make_returns", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.Phrases.find = functools.cache(module.Phrases.find)
    return module


def maker_of(samples):
    """The samples' maker of a return, wordier, and with a fault if told."""

    class Maker(samples.Maker):
        fault = None

        def evidence(self, response, std, level):
            super().evidence(response, std, level)
            for _ in range(self.dice.between(0, 2)):
                more = samples.ET.SubElement(response, "evidence")
                more.set("ref", "E%d" % self.dice.between(61, 99))
                more.text = " ".join([self.say(self.t.id, std.id, level) or "Read on file.",
                                      self.say("sources", self.t.id)])

        def add_responses(self, root, agency):
            super().add_responses(root, agency)
            if self.fault:
                FAULTS[self.fault](root.find("responses"))

    return Maker


def respond_to(responses, standard):
    return next(r for r in responses if r.get("standard") == standard)


def leave_out(responses):
    responses.remove(respond_to(responses, "voice.wishes"))


def answer_wrongly(responses):
    respond_to(responses, "everyday.health").set("answer", "perhaps")


def show_nothing(responses):
    response = respond_to(responses, "stability.safe")
    for evidence in response.findall("evidence"):
        response.remove(evidence)


def break_schema(responses):
    respond_to(responses, "plan.clear").set("colour", "green")


FAULTS = {"missing": leave_out, "answer": answer_wrongly, "evidence": show_nothing,
          "schema": break_schema}


def plan_of(dice):
    at = dice.between(0, sum(row[0] for row in PLANS) - 1)
    for count, judged, moderation, planned in PLANS:
        if at < count:
            return judged, moderation, planned
        at -= count
    raise AssertionError


def write_return(samples, Maker, template, phrases, number, folder):
    dice = samples.Dice("bench %d" % number)
    judged, moderation, planned = plan_of(dice)
    audit = FIRST_DAY + datetime.timedelta(days=dice.between(0, DAYS - 1))
    attributes = samples.permanency_attributes(dice, audit, planned)
    events = samples.permanency_events(dice, audit, attributes["route"], judged, planned)
    inadequate = judged == 0 or moderation and moderation[1] == 0
    fixed = {"plan.clear": 0} if inadequate else {}
    if moderation and moderation[0] == "override":
        fixed["voice.wishes"] = 0
    if planned == "none" and judged == 0:
        fixed["stability.safe"] = dice.pick([0, 1])
    maker = Maker(template, phrases, "BENCH-%06d" % number, audit, judged, attributes, events,
                  judged=judged, moderation=moderation, fixed=fixed, old_practice=0.004,
                  closed_section="matching" if dice.chance(0.01) else None)
    if number % REFUSED == 0:
        maker.fault = list(FAULTS)[number // REFUSED % len(FAULTS)]
    maker.write(folder, "FICTION-B%06d" % number)


def digest(*paths):
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def make_returns(source, folder, count):
    """The paths of the first `count` returns in the folder, those written that are not there."""
    inputs = [source / "samples" / "make-returns.py", source / "samples" / "phrases.txt",
              source / "samples" / "templates" / "permanency-file.xml", pathlib.Path(__file__)]
    stamp = folder / ".made-of"
    made = digest(*inputs)
    folder.mkdir(parents=True, exist_ok=True)
    if not stamp.exists() or stamp.read_text() != made:
        for old in folder.glob("*.xml"):
            old.unlink()
        stamp.write_text(made)
    paths = [folder / ("BENCH-%06d.xml" % number) for number in range(1, count + 1)]
    # The last one may be half written, where somebody interrupted.
    there = sum(path.exists() for path in paths)
    if there < count:
        samples = load_samples(source)
        phrases = samples.Phrases(inputs[1])
        template = samples.Template(inputs[2])
        Maker = maker_of(samples)
        for number in range(max(there, 1), count + 1):
            write_return(samples, Maker, template, phrases, number, folder)
    return paths


def write_list(path, names):
    path.write_text("".join("%s\n" % name for name in names), encoding="utf-8")
    return path


# ---- templates of any number of standards ----

SECTION = 20  # standards in one section

TEMPLATE_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<template xmlns="urn:caseaudit:template:1" id="bench-{count}" version="1"
          framework="graded-standards" unit="file" out-of="3" effective-from="2024-01-01">
  <title>A template of {count} standards</title>
  <scale>
    <grade id="good" label="Good" score="3" from="2" positive="yes"/>
    <grade id="fair" label="Fair" score="1.5" from="1"/>
    <grade id="poor" label="Poor" score="0" from="0"/>
  </scale>
  <answers id="met" out-of="2">
    <answer id="yes" label="Yes" score="2"/>
    <answer id="partly" label="Partly" score="1"/>
    <answer id="no" label="No" score="0"/>
  </answers>
"""


def standard_name(number):
    return "s%d.q%d" % (number // SECTION, number % SECTION)


def template_standard(number):
    """Four kinds by turns; each tenth applies only after an answer to one of the first kind."""
    kind = number % 4
    applies = ""
    if number % 10 == 9:
        applies = '<applies><when standard="%s" answer="yes partly"/></applies>' \
            % standard_name(number - number % 4)
    lists, content = ' answers="grades"', ""
    if kind == 0:
        lists = ' answers="met"'
    elif kind == 2:
        lists, content = "", '<timescale within="20" unit="working-days"/>'
    elif kind == 3:
        lists, content = "", '<points out-of="10"/>'
    return '    <standard id="%s"%s evidence-below="1.5"><question>Question %d?</question>%s%s' \
        '</standard>\n' % (standard_name(number), lists, number + 1, applies, content)


def template_text(count):
    parts = [TEMPLATE_HEAD.format(count=count)]
    for number in range(count):
        if number % SECTION == 0:
            parts.append('  <section id="s%d" title="Part %d">\n'
                         % (number // SECTION, number // SECTION + 1))
        parts.append(template_standard(number))
        if number % SECTION == SECTION - 1:
            parts.append("  </section>\n")
    parts.append("  <measures>\n")
    for number in range(0, count, SECTION):
        parts.append('    <measure id="m%d" label="Measure %d" standard="%s" kind="proportion"/>\n'
                     % (number, number, standard_name(number)))
    return "".join(parts + ["  </measures>\n</template>\n"])


def response_text(dice, number):
    content = {0: ' answer="%s">' % dice.pick(["yes", "partly"]),
               1: ' answer="%s">' % dice.pick(["good", "fair", "poor"]),
               2: '><start>2024-01-%02d</start><end>2024-%02d-10</end>'
                  % (dice.between(1, 28), dice.between(2, 3)),
               3: '><value>%d</value>' % dice.between(0, 10)}[number % 4]
    return '    <response standard="%s"%s<evidence>Seen in the file, part %d.</evidence>' \
        '</response>\n' % (standard_name(number), content, dice.between(1, 99))


def sized_return(dice, count, name):
    responses = "".join(response_text(dice, number) for number in range(count))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' \
        '<return xmlns="urn:caseaudit:return:1" id="%s" template="bench-%d"' \
        ' template-version="1">\n  <case ref="FICTION-%s"/>\n' \
        '  <audit date="2024-06-03" auditor="AUD01"/>\n  <responses>\n%s  </responses>\n' \
        '</return>\n' % (name, count, name, responses)


def make_sized(source, folder, count, returns):
    """A template of `count` standards and returns that answer every one of them."""
    samples = load_samples(source)
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / ("template-%d.xml" % count)
    template.write_text(template_text(count), encoding="utf-8")
    paths = []
    for number in range(returns):
        name = "SIZED-%d-%03d" % (count, number)
        paths.append(folder / (name + ".xml"))
        paths[-1].write_text(sized_return(samples.Dice(name), count, name), encoding="utf-8")
    return template, paths
