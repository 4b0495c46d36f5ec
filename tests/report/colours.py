"""The colours of grades can be told apart in grey and by every eye. Called by colours.sh:

    colours.py PROGRAM PLUGINS FOLDER

For scales of every kind a page is made in which each grade occurs, and the colours are taken from
the page itself: its bars, and what its style sheet makes of them in the dark. Of neighbours in a bar

  - lightness (CIE L*, 0 to 100) differs by LIGHTNESS, so that a print in grey shows where one ends;
  - the distance (CIE 1976, of L*a*b*) is DISTANCE or more as seen without one kind of cone: without
    those for long waves (protanopia), middle (deuteranopia) or short ones (tritanopia), by the
    matrices of Machado, Oliveira and Fernandes 2009 for a severity of 1;
  - text on a colour has a contrast of 4.5 to 1.

Scales of up to four grades, which nearly all are, are held to more than longer ones, up to five
grades on a side. Colours diverge: those of good or better are more blue than red, the others more
red than blue.
"""

import itertools
import pathlib
import re
import subprocess
import sys
import unittest

PROGRAM, PLUGINS, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])

# Up to four grades, and more.
LIGHTNESS = {"light": (20, 10), "dark": (12, 6)}
DISTANCE = {"light": (20, 10), "dark": (12, 6)}

EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}

TEMPLATE = """<template xmlns="urn:caseaudit:template:1" id="scale-{grades}-{good}" version="1"
  framework="graded-standards" out-of="10" effective-from="2024-01-01"><title>A scale</title>
  <scale>{scale}</scale>
  <section id="one" title="One"><standard id="one.a" answers="grades"><question>How good?</question>
  </standard></section></template>"""
RETURN = """<return xmlns="urn:caseaudit:return:1" id="{name}" template="{template}"
  template-version="1"><case ref="FICTION-{name}"/>
  <audit date="2024-05-01" auditor="AUD01" selection="random"/>
  <responses><response standard="one.a" answer="{answer}"/></responses></return>"""


def run(*arguments):
    subprocess.run([PROGRAM, "--plugin-dir", PLUGINS, "--store", f"sqlite:{FOLDER}/store.db",
                    "--quiet", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def scale(grades, good):
    """A template with so many grades, and a return for each of them."""
    lines = []
    for g in range(grades):
        score = grades - 1 - g
        lines.append(f'<grade id="g{g}" label="Grade {g}" score="{score}" '
                     f'from="{max(score - 0.5, 0):g}"{" positive=" + chr(34) + "yes" + chr(34) if g < good else ""}/>')
    name = f"scale-{grades}-{good}"
    (FOLDER / f"{name}.xml").write_text(
        TEMPLATE.format(grades=grades, good=good, scale="".join(lines)), "utf-8")
    for g in range(grades):
        (FOLDER / "returns" / f"{name}-{g}.xml").write_text(
            RETURN.format(name=f"S{grades}-{good}-{g}", template=name, answer=f"g{g}"), "utf-8")
    return name


SCALES = [(grades, good) for grades in range(2, 11) for good in range(1, grades)
          if good <= 5 and grades - good <= 5]


def setUpModule():
    (FOLDER / "returns").mkdir()
    run("store", "init")
    names = [scale(*one) for one in SCALES]
    run("template", "load", *(FOLDER / f"{name}.xml" for name in names))
    run("record", FOLDER / "returns")


def page(grades, good):
    path = FOLDER / f"{grades}-{good}.html"
    run("summary", "--template", f"scale-{grades}-{good}", "--format", "html", "-o", path)
    return path.read_text("utf-8")


def colours(text):
    """Of the first bar of 100%: its segments' colours and those of the text on them, by scheme."""
    bar = re.search(r"<g class=gap[^>]*>(.*?)</g>(.*?)</svg>", text, re.S)
    rects = re.findall(r'<rect class=c(\d+) [^>]*fill="(#\w+)"', bar[1])
    dark = dict(re.findall(r"svg \.c(\d+)\{fill:(#\w+)\}", text))
    return {"light": [fill for _, fill in rects], "dark": [dark[name] for name, _ in rects]}


def linear(colour):
    parts = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def seen(eye, rgb):
    return [min(1, max(0, sum(a * b for a, b in zip(row, rgb)))) for row in EYES[eye]]


def lab(rgb):
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
            (0.0193339, 0.1191920, 0.9503041))
    white = (0.95047, 1, 1.08883)
    x, y, z = (sum(a * b for a, b in zip(row, rgb)) / w for row, w in zip(rows, white))
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def luminance(colour):
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour)))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class Colours(unittest.TestCase):
    def test_neighbours(self):
        for grades, good in SCALES:
            for scheme, bar in colours(page(grades, good)).items():
                self.assertEqual(len(bar), grades)
                for one, other in itertools.pairwise(bar):
                    with self.subTest(grades=grades, good=good, scheme=scheme, of=(one, other)):
                        self.neighbours(scheme, grades > 4, linear(one), linear(other))

    def neighbours(self, scheme, long, one, other):
        self.assertGreaterEqual(abs(lab(one)[0] - lab(other)[0]), LIGHTNESS[scheme][long])
        for eye in EYES:
            apart = zip(lab(seen(eye, one)), lab(seen(eye, other)))
            self.assertGreaterEqual(sum((a - b) ** 2 for a, b in apart) ** 0.5,
                                    DISTANCE[scheme][long], eye)

    def test_all_of_a_usual_scale(self):
        """Of four grades no two are alike in grey, neighbours or not."""
        for scheme, bar in colours(page(4, 2)).items():
            for one, other in itertools.combinations(bar, 2):
                self.assertGreaterEqual(abs(lab(linear(one))[0] - lab(linear(other))[0]), 9,
                                        (scheme, one, other))

    def test_they_diverge(self):
        for grades, good in SCALES:
            for scheme, bar in colours(page(grades, good)).items():
                for g, colour in enumerate(bar):
                    red, _, blue = linear(colour)
                    self.assertEqual(blue > red, g < good, (grades, good, scheme, colour))

    def test_text_on_them(self):
        """The text of a segment is white or ink in the light, and ink in the dark."""
        for grades, good in SCALES:
            text = page(grades, good)
            bar = re.search(r"<g class=gap[^>]*>(.*?)</g>(.*?)</svg>", text, re.S)
            texts = list(re.finditer(r'x="([\d.]+%)"[^>]*class="[nw ]*on" fill="(#\w+)"', bar[2]))
            self.assertGreaterEqual(len(texts), grades)
            for one in texts:
                under = re.search(rf'x="{re.escape(one[1])}" width="[\d.]+%" height=\d+ fill="(#\w+)"',
                                  bar[1])[1]
                ink = "#ffffff" if one[2] == "#fff" else one[2]
                self.assertGreaterEqual(contrast(under, ink), 4.5, (under, ink))
            for colour in colours(text)["dark"]:
                self.assertGreaterEqual(contrast(colour, "#0b0c0c"), 4.5, colour)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
