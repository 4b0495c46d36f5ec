"""Shares cases out a second time, by another way of finding it, and compares every field.

  allocate.py COUNT RETURN FOLDER   writes as many samples: cases, auditors, returns made after
                                    that one, and the options to draw and to allocate by
  allocate.py --compare FOLDER      compares what the program printed
  allocate.py --large FOLDER        writes one of 5,000 cases and 500 auditors
  allocate.py --compare-large FOLDER

Of small samples everything is found again: the least sum of squares by shortest ways in the
network of flow, and each pair by trying whether a way of no cost takes it in. Of large ones it is
looked whether the loads are the fairest, by how much can flow at all if nobody has more than one
case, than two, and so on; and of the pairs, that no two auditors would rather change cases.
"""

import csv
import datetime
import hashlib
import json
import pathlib
import random
import re
import sys

DRAWN = datetime.date(2024, 3, 31)
# add(drawn, -N, months) of the rules
BEFORE = {"1": datetime.date(2024, 2, 29), "3": datetime.date(2023, 12, 31), "12": datetime.date(2023, 3, 31)}
TEAMS = ["north", "South", "é a", "w,x"]


# ---- making samples ----

def write_csv(path, heading, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading, *rows])


def write_return(path, model, case, auditor, date):
    text = re.sub(r'<return ([^>]*) id="[^"]*"', rf'<return \1 id="{path.stem}"', model)
    text = re.sub(r'<case ref="[^"]*"', f'<case ref="{case}"', text)
    text = re.sub(r'<audit date="[^"]*" auditor="[^"]*"', f'<audit date="{date}" auditor="{auditor}"', text)
    path.write_text(re.sub(r'(<judgement [^>]*)date="[^"]*"', rf'\1date="{date}"', text), encoding="utf-8")


def make(number, model, folder, rng):
    name = f"s{number}"
    place = folder / name
    cases = [f"{name}/{i}" for i in range(rng.randint(1, 24))]
    auditors = [f"A{i}" for i in range(rng.randint(1, 7))]
    blank = rng.random() < .3
    teams = TEAMS[:rng.randint(1, 4)] + ([""] if blank else [])
    write_csv(f"{place}.csv", ["case", "team"], [[case, rng.choice(teams)] for case in cases])
    rows = []
    for auditor in auditors:
        rows.append([auditor, rng.choice(TEAMS + [""]), rng.choice(["", "", "", "2", "5", "9"]),
                     "; ".join(rng.sample(TEAMS, rng.choice([0, 0, 0, 1, 2])))])
    rng.shuffle(rows)
    write_csv(f"{place}.auditors", ["auditor", "team", "most", "not"], rows)
    (folder / f"{name}.returns").mkdir()
    for i in range(rng.choice([0, 0, 4, 12])):
        day = rng.choice([*BEFORE.values(), *(d + datetime.timedelta(1) for d in BEFORE.values()), DRAWN,
                          DRAWN - datetime.timedelta(1), DRAWN + datetime.timedelta(9)])
        day = max(day, datetime.date(2023, 11, 14))
        write_return(folder / f"{name}.returns" / f"{name}-r{i}.xml", model,
                     rng.choice(cases).upper(), rng.choice(auditors + ["B1"]), day)
    draw = [name, "--percent", "100", "--seed", f"seed {number}", *rng.choice([["--stratify", "team"], ["--keep", "team"]])]
    options = [name, *rng.choice([[], ["--team", "TEAM"], ["--team", "team"]]), *rng.choice([[], ["--seed", "ü"]]),
               *rng.choice([[], ["--months-apart", rng.choice(["0", "1", "3"])]]),
               *rng.choice([[], ["--due", "2024-05-17"]])]
    place.with_suffix(".draw").write_text("\0".join(draw) + "\0")
    place.with_suffix(".options").write_text("\0".join(options) + "\0")


# ---- reading them ----

class Sample:
    def __init__(self, place):
        draw = place.with_suffix(".draw").read_text().split("\0")
        options = place.with_suffix(".options").read_text().split("\0")
        option = lambda name, otherwise: options[options.index(name) + 1] if name in options else otherwise
        self.name = options[0]
        self.due = option("--due", None)
        self.seed = option("--seed", draw[draw.index("--seed") + 1])
        months = option("--months-apart", "12")
        with open(f"{place}.csv", newline="", encoding="utf-8") as file:
            self.team = {row["case"]: row["team"].lower() for row in csv.DictReader(file)}
        if "--team" not in options:
            self.team = dict.fromkeys(self.team, "")
        with open(f"{place}.auditors", newline="", encoding="utf-8") as file:
            self.rows = {row["auditor"]: row for row in csv.DictReader(file)}
        self.auditors = sorted(self.rows)
        self.read_returns(place, months)
        self.open = sorted(set(self.team) - set(self.returned))
        self.start = {a: sum(by == a for by in self.returned.values()) for a in self.auditors}
        self.most = {a: int(self.rows[a]["most"] or 10**6) for a in self.auditors}
        self.may = {case: [a for a in self.auditors if self.allows(case, a)] for case in self.open}

    def read_returns(self, place, months):
        self.audited, latest = set(), {}
        cases = {case.upper(): case for case in self.team}
        for file in sorted(place.with_suffix(".returns").glob("*.xml")):
            text = file.read_text(encoding="utf-8")
            case = cases[re.search(r'<case ref="([^"]*)"', text)[1]]
            date, auditor = re.search(r'<audit date="([^"]*)" auditor="([^"]*)"', text).groups()
            date = datetime.date.fromisoformat(date)
            if date >= DRAWN and date >= latest.get(case, (DRAWN, ""))[0]:
                latest[case] = (date, auditor)
            if months != "0" and BEFORE[months] < date <= DRAWN:
                self.audited.add((case, auditor))
        self.returned = {case: auditor for case, (_, auditor) in latest.items()}

    def allows(self, case, auditor):
        row, team = self.rows[auditor], self.team[case]
        barred = [row["team"].lower(), *(t.strip().lower() for t in row["not"].split(";"))]
        return not (team and team in barred) and (case, auditor) not in self.audited

    def key(self, auditor, case):
        return hashlib.sha256(f"{self.seed}\n{auditor}\n{case}".encode()).hexdigest()


# ---- the fairest way, and of those the one that the seed chooses ----

class Flow:
    """Who has which case; ways from auditor to auditor, and to None, which takes and gives loads."""

    def __init__(self, sample):
        self.s = sample
        self.has = {}
        self.load = dict(sample.start)
        self.fixed = set()

    def cheapest(self, start, end):
        """The cheapest way from any of start (their costs) to end, by Bellman and Ford: cost, places."""
        cost, way = dict(start), {a: [a] for a in start}
        for _ in range(len(self.load) + 2):
            changed = False
            for a, b, price in self.ways():
                if a in cost and cost[a] + price < cost.get(b, 10**9):
                    cost[b], way[b], changed = cost[a] + price, way[a] + [b], True
            if not changed:
                break
        return (cost[end], way[end]) if end in cost else (None, None)

    def ways(self):
        for a, load in self.load.items():
            if load < self.s.most[a]:
                yield a, None, 2 * load + 1
            yield None, a, 1 - 2 * load
        for case, a in self.has.items():
            if case not in self.fixed:
                for b in self.s.may[case]:
                    if a != b:
                        yield a, b, 0

    def pass_on(self, way):
        for a, b in reversed(list(zip(way, way[1:]))):
            if a is not None and b is not None:
                self.load[a] -= 1
                self.load[b] += 1
                case = next(c for c, x in self.has.items() if x == a and c not in self.fixed and b in self.s.may[c])
                self.has[case] = b

    def fill(self):
        for case in self.s.open:
            cost, way = self.cheapest({a: 0 for a in self.s.may[case]}, None)
            if cost is None:
                return False
            self.has[case] = way[0]
            self.load[way[0]] += 1
            self.pass_on(way)
        return True

    def settle(self):
        pairs = sorted((self.s.key(a, case), a, case) for case in self.s.open for a in self.s.may[case])
        for _, a, case in pairs:
            if case in self.fixed:
                continue
            holder = self.has[case]
            if a != holder:
                cost, way = self.cheapest({a: 0}, holder)
                if cost is None or cost > 0:
                    continue
                self.fixed.add(case)
                self.has[case] = a
                self.load[a] += 1
                self.load[holder] -= 1
                self.pass_on(way)
            self.fixed.add(case)


def can_all_be_taken(sample, cases):
    """By augmenting paths, without a thought of fairness."""
    has = {a: [] for a in sample.auditors}

    def place(case, seen):
        for a in sample.may[case]:
            if a in seen:
                continue
            seen.add(a)
            if sample.start[a] + len(has[a]) < sample.most[a]:
                has[a].append(case)
                return True
            for other in list(has[a]):
                if place(other, seen):
                    has[a].remove(other)
                    has[a].append(case)
                    return True
        return False

    return all(place(case, set()) for case in cases)


# ---- comparing ----

def names(text, known):
    return [word for word in re.findall(r"[A-Za-z0-9/]+", text) if word in known]


def compare_refused(sample, place):
    said = place.with_suffix(".err").read_text(encoding="utf-8").split("cannot be shared out: ")[1]
    cases = names(re.split(r" (?:is|are (?:all|both)) of team|: | compete: ", said)[0], sample.may)
    auditors = [] if "nobody may" in said else names(re.search(r"only (.*) may take", said)[1], sample.rows)
    assert not can_all_be_taken(sample, cases), "these can be shared out"
    for case in cases:
        assert can_all_be_taken(sample, [c for c in cases if c != case]), f"{case} can be left out"
    assert set(auditors) == {a for case in cases for a in sample.may[case]}, "others may take them"
    if auditors:
        most = int(re.search(r"at most (\d+)", said)[1])
        returned = re.search(r"with the (\d+) returned", said)
        assert most == sum(sample.most[a] for a in auditors)
        assert (int(returned[1]) if returned else 0) == sum(sample.start[a] for a in auditors)
    if "of team" in said:
        assert len({sample.team[case] for case in cases}) == 1


def expected(sample, flow, order):
    has = {**flow.has, **sample.returned}
    return {"schema": "caseaudit-allocation/1", "sample": sample.name, "due": sample.due,
            "auditors": [{"auditor": a, "team": sample.rows[a]["team"] or None, "cases": flow.load[a]}
                         for a in sample.auditors],
            "cases": [{"case": case, "auditor": has[case], "returned": case in sample.returned} for case in order]}


def compare(folder):
    done = refused = returned = 0
    for place in sorted(folder.glob("*.draw")):
        place = place.with_suffix("")
        sample, flow = Sample(place), None
        flow = Flow(sample)
        can = flow.fill()
        status = int(place.with_suffix(".status").read_text())
        assert status == (0 if can else 1), f"{place}: exit status {status}"
        if not can:
            compare_refused(sample, place)
            refused += 1
            continue
        flow.settle()
        printed = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
        order = [case["case"] for case in json.loads(place.with_suffix(".sample").read_text())["cases"]]
        wanted = expected(sample, flow, order)
        assert printed == wanted, f"{place}:\n{printed}\n{wanted}"
        rows = list(csv.reader(place.with_suffix(".cases").open(newline="", encoding="utf-8")))
        assert rows == [["case", "auditor", "returned"], *([c["case"], c["auditor"], "yes" if c["returned"] else "no"]
                                                           for c in wanted["cases"])], f"{place}: CSV"
        done += 1
        returned += bool(sample.returned)
    print(f"{done} shared out, {returned} of them with returns, and {refused} refused")
    assert done > 5 * returned // 9 and refused and returned, "the samples are not of all kinds"


# ---- large ones ----

def make_large(folder):
    rng = random.Random(5)
    teams = [f"team-{i}" for i in range(25)]
    write_csv(folder / "large.csv", ["case", "team"], [[f"C{i}", rng.choice(teams)] for i in range(5000)])
    write_csv(folder / "large.auditors", ["auditor", "team", "most", "not"],
              [[f"A{i}", rng.choice(teams), rng.choice(["", "", "12", "8", "3"]),
                "; ".join(rng.sample(teams, rng.choice([0, 0, 1, 20, 24])))] for i in range(500)])
    (folder / "large.returns").mkdir()
    (folder / "large.draw").write_text("\0".join(["large", "--percent", "100", "--seed", "s", "--stratify", "team", ""]))
    (folder / "large.options").write_text("\0".join(["large", "--team", "team", ""]))


def largest_flow(supply, may, room):
    """How many cases can be taken, by augmenting along levels (Dinic); supply by class of cases."""
    given = {c: {} for c in supply}
    left, total = dict(supply), 0
    while True:
        level = {("c", c): 0 for c in supply if left[c]}
        queue = list(level)
        found = False
        for kind, x in queue:
            following = ([("a", a) for a in may[x]] if kind == "c" else
                         [("c", c) for c in supply if given[c].get(x, 0)])
            found |= kind == "a" and room[x] > 0
            for node in following:
                if node not in level:
                    level[node] = level[kind, x] + 1
                    queue.append(node)
        if not found:
            return total
        tried = {}

        def push(kind, x, most):
            """So many cases of class x, or a place less with auditor x."""
            if kind == "a" and room[x] > 0:
                taken = min(most, room[x])
                room[x] -= taken
                return taken
            nodes = may[x] if kind == "c" else list(supply)
            for i in range(tried.get((kind, x), 0), len(nodes)):
                tried[kind, x] = i
                y = nodes[i]
                if level.get(("a" if kind == "c" else "c", y)) != level[kind, x] + 1:
                    continue
                limit = most if kind == "c" else min(most, given[y].get(x, 0))
                taken = push("a" if kind == "c" else "c", y, limit) if limit else 0
                if taken:
                    c, a = (x, y) if kind == "c" else (y, x)
                    given[c][a] = given[c].get(a, 0) + (taken if kind == "c" else -taken)
                    return taken
            tried[kind, x] = len(nodes)
            return 0

        for c in supply:
            while left[c]:
                taken = push("c", c, left[c])
                if not taken:
                    break
                left[c] -= taken
                total += taken


def compare_large(folder):
    sample = Sample(folder / "large")
    printed = json.loads((folder / "large.json").read_text(encoding="utf-8"))
    load = {row["auditor"]: row["cases"] for row in printed["auditors"]}
    has = {row["case"]: row["auditor"] for row in printed["cases"]}
    assert set(has) == set(sample.open)
    for case, a in has.items():
        assert a in sample.may[case], f"{a} may not take {case}"
    for a in sample.auditors:
        assert load[a] == sum(x == a for x in has.values()) <= sample.most[a]
    supply, may = {}, {}
    for case in sample.open:
        supply[sample.team[case]] = supply.get(sample.team[case], 0) + 1
        may[sample.team[case]] = sample.may[case]
    # No way has more in loads of which each counts T at most: the loads are the fairest.
    for most in range(1, max(load.values()) + 1):
        flow = largest_flow(supply, may, {a: min(most, sample.most[a]) for a in sample.auditors})
        assert flow == sum(min(most, x) for x in load.values()), f"not the fairest: loads up to {most}"
    # Two that change cases are as fair, and the first pair of the four decides.
    keys = {(case, a): sample.key(a, case) for case, a in has.items()}
    rng, changes = random.Random(7), 0
    cases = sorted(has)
    for _ in range(100000):
        one, other = rng.sample(cases, 2)
        if has[other] in sample.may[one] and has[one] in sample.may[other] and has[one] != has[other]:
            now = min(keys[one, has[one]], keys[other, has[other]])
            changes += 1
            assert now < min(sample.key(has[other], one), sample.key(has[one], other)), f"{one} and {other}"
    print(f"5000 cases among 500: loads from {min(load.values())} to {max(load.values())}; {changes} changes are worse")


def main():
    if sys.argv[1] == "--compare":
        compare(pathlib.Path(sys.argv[2]))
    elif sys.argv[1] == "--large":
        make_large(pathlib.Path(sys.argv[2]))
    elif sys.argv[1] == "--compare-large":
        compare_large(pathlib.Path(sys.argv[2]))
    else:
        model = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
        rng = random.Random(11)
        for number in range(int(sys.argv[1])):
            make(number, model, pathlib.Path(sys.argv[3]), rng)


main()
