"""What is public of a store whose audits are erased, and of its twin where none is.

erasures.py CASEAUDIT PLUGINS SAMPLES SCRATCH STORES [SEED]

Each store has audits of one revision and of several (some undone: A, B, A), moderated ones,
withdrawn and restored ones, and none, one or three publications. Some of all kinds are erased, with
their figures kept. Then every public summary is the same to the byte: before and after, from an
import into another store, and after what both twins live through later.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

QUESTIONS = [["--period", "2023-24 Q2"], ["--period", "2023-24 Q3", "--by", "team"],
             ["--period", "2023-24", "--threshold", "2"],
             ["--period", "2023-24 Q3", "--threshold", "1"], ["--period", "2023-10", "--by", "route"],
             ["--periods", "2023-24 Q2..2023-24 Q3", "--by", "team"]]
FORMATS = ["json", "text", "csv", "html"]
GRADES = ["outstanding", "good", "requires-improvement", "inadequate"]


class Store:
    def __init__(self, place):
        self.place = place

    def run(self, *words, statuses=(0,)):
        done = subprocess.run([program, "--plugin-dir", plugins, "--quiet", "--store", "sqlite:%s" % self.place,
                               *map(str, words)], capture_output=True, text=True)
        if done.returncode not in statuses:
            sys.exit("seed %d: %s\n%s" % (seed, " ".join(map(str, words)), done.stderr[-2000:]))
        return done.stdout

    def twin(self, name):
        self.run("store", "backup", self.place.with_name(name))
        return Store(self.place.with_name(name))

    def public(self):
        """All that is public, and what is said of it."""
        return [self.run("summary", "--audience", "public", "--as-of", "2024-06-30", "--format", form, *question)
                for question in QUESTIONS for form in FORMATS[:1 if len(question) > 2 else 4]]


class Audit:
    def __init__(self, source):
        self.texts = [source.read_text()]
        self.id = re.search(r'<return [^>]*id="([^"]*)"', self.texts[0])[1]

    def correct(self, dice):
        """Another grade; or what stood there before."""
        text = dice.choice(self.texts[:-1] or self.texts)
        if text == self.texts[-1]:
            text = re.sub(r'(<judgement grade=")[^"]*', r'\g<1>%s' % dice.choice(GRADES), self.texts[0])
            text = text.replace('</return>', '<!-- %d -->\n</return>' % len(self.texts))
        self.texts.append(text)
        return text


def record(store, scratch, texts):
    if not texts:
        return
    folder = scratch / "returns"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / ("%03d.xml" % number)).write_text(text)
    store.run("record", "--new-revision", folder)


def publish(store, dice, name):
    """What is withheld whole is not published."""
    store.run("summary", "--audience", "public", *dice.choice(QUESTIONS), "--publish", name, statuses=(0, 2))


def live(store, dice, scratch, audits):
    """Corrections, withdrawals, some of them taken back."""
    for _ in range(dice.randrange(1, 4)):
        some = dice.sample(audits, dice.randrange(1, 7))
        record(store, scratch, [audit.correct(dice) for audit in some if audit not in withdrawn])
    for audit in dice.sample(audits, dice.randrange(4)):
        if audit in withdrawn:
            store.run("audit", "restore", audit.id)
            withdrawn.remove(audit)
        else:
            store.run("audit", "withdraw", audit.id, "--why", "the wrong file")
            withdrawn.append(audit)


def erase(store, dice, audits):
    gone = dice.sample(audits, dice.randrange(2, 8))
    # Of each kind that there is, two at least.
    for kind in (lambda a: len(a.texts) > 1, lambda a: len(a.texts) > 2, lambda a: a in withdrawn,
                 lambda a: "<moderation" in a.texts[-1]):
        gone += [audit for audit in audits if kind(audit) and audit not in gone][:2]
    for part in (gone[:2], gone[2:]):
        store.run("audit", "erase", "--why", "request", *[audit.id for audit in part])
    return gone


def same(what, one, other):
    for question, (a, b) in enumerate(zip(one, other)):
        if a != b:
            at = len(os.path.commonprefix([a, b]))
            sys.exit("seed %d: %s: public output %d differs:\n%s\n%s"
                     % (seed, what, question, a[at - 40:at + 80], b[at - 40:at + 80]))


def one_store(dice):
    audits, publications = [], (0, 1, 3)[seed % 3]
    store = Store(scratch / "store.db")
    store.run("store", "init")
    store.run("template", "load", samples / "templates" / "permanency-file.xml")
    withdrawn.clear()
    # What is corrected after a publication withholds much, so that is rare.
    for number, quarter in enumerate(quarters):
        new = [Audit(source) for source in dice.sample(quarter, 20)]
        audits += new
        record(store, scratch, [audit.texts[0] for audit in new])
        live(store, dice, scratch, new)
        for again in range(publications // 3 + number if publications else 0):
            publish(store, dice, "No %d.%d" % (number, again))
    if dice.random() < 0.2:
        live(store, dice, scratch, audits)
    before, twin = store.public(), store.twin("twin.db")
    gone = erase(store, dice, audits)
    same("after erasing", before, store.public())
    store.run("store", "check")
    store.run("store", "export", scratch / "export")
    other = Store(scratch / "other.db")
    other.run("store", "init")
    other.run("store", "import", scratch / "export")
    same("after importing", before, other.public())
    rest = [audit for audit in audits if audit not in gone]
    state, before_that = dice.getstate(), list(withdrawn)
    texts = {audit: list(audit.texts) for audit in rest}
    for which in (twin, other):
        dice.setstate(state)
        withdrawn[:] = before_that
        for audit in rest:
            audit.texts = list(texts[audit])
        live(which, dice, scratch, rest)
        publish(which, dice, "Later")
    same("later", twin.public(), other.public())
    return sum(len(audit.texts) > 1 and audit not in before_that for audit in gone)


program, plugins, samples, scratch = sys.argv[1:3] + [pathlib.Path(path) for path in sys.argv[3:5]]
quarters = [sorted((samples / "returns" / ("permanency-2023-24-" + quarter)).iterdir())
            for quarter in ("q2", "q3")]
first = int(sys.argv[6]) if len(sys.argv) > 6 else 1
withdrawn, corrected = [], 0
for seed in range(first, first + int(sys.argv[5])):
    corrected += one_store(random.Random(seed))
    for left in scratch.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
print("%s stores; %d audits that were corrected and counted were erased" % (sys.argv[5], corrected))
if corrected < 2:
    sys.exit("hardly any was corrected")
