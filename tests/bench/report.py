"""What was measured, as a table and as JSON."""

import json
import os
import platform
import statistics

import rows


class Samples:
    """Every figure of every row: seconds or MiB, and what else came with them."""

    def __init__(self, chosen):
        self.values = {row.name: [] for row in chosen}
        self.more = {row.name: {} for row in chosen}

    def add(self, name, value, **more):
        self.values[name].append(value)
        for key, figure in more.items():
            self.more[name].setdefault(key, []).append(figure)

    def medians(self):
        return {name: statistics.median(values) for name, values in self.values.items()}

    def processor(self):
        """Medians of processor time, and of memory."""
        return {name: statistics.median(self.more[name].get("cpu", values))
                for name, values in self.values.items()}


def ratios(samples, bench):
    """(ratio, value, value by processor time) of those whose rows were all measured: ratios
    of medians."""
    medians, processor = samples.medians(), samples.processor()
    return [(ratio, ratio.value(medians, bench), ratio.value(processor, bench))
            for ratio in rows.RATIOS if all(name in medians for name in ratio.needs)]


def figure(row, value):
    return "%.1f MiB" % value if row.memory else \
        "%.1f ms" % (value * 1000) if value < 1 else "%.2f s" % value


def reach(ratio):
    if ratio.met(0) is None:
        return ""
    sign, edge = ("<=", ratio.most) if ratio.most is not None else (">=", ratio.least)
    return ("%s %g %s" % (sign, edge, ratio.unit)).strip()


def cells_of(row, samples, found):
    values, cpu = samples.values[row.name], samples.more[row.name].get("cpu")
    line = [row.name, row.what] + \
        [figure(row, pick(values)) for pick in (statistics.median, min, max)] + \
        [figure(row, statistics.median(cpu)) if cpu else ""]
    own = [[ratio.what, ("%.2f %s" % (value, ratio.unit)).strip(),
            "" if ratio.unit else "%.2f" % by_cpu, reach(ratio),
            {True: "met", False: "not met", None: ""}[ratio.met(value)]]
           for ratio, value, by_cpu in found if ratio.of == row.name] or [[""] * 5]
    return [(line if i == 0 else [""] * len(line)) + cells for i, cells in enumerate(own)]


def print_table(chosen, samples, bench):
    head = ["row", "what", "median", "min", "max", "cpu", "compared", "ratio", "by cpu", "reach",
            "verdict"]
    left = {0, 1, 6, 9, 10}
    found = ratios(samples, bench)
    table = [head] + [line for row in chosen for line in cells_of(row, samples, found)]
    widths = [max(len(line[i]) for line in table) for i in range(len(head))]
    for line in table:
        print("  ".join(cell.ljust(width) if i in left else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(line, widths))).rstrip())


def machine():
    return {"system": platform.platform(), "processors": os.cpu_count(),
            "usable": len(os.sched_getaffinity(0)), "load": os.getloadavg()[0]}


def write_json(path, chosen, samples, bench, options):
    medians = samples.medians()
    result = {
        "schema": "caseaudit-bench/1", "machine": machine(), "rounds": options.rounds,
        "returns": bench.all, "results": bench.results,
        "rows": [{"row": row.name, "what": row.what, "unit": "MiB" if row.memory else "s",
                  "median": medians[row.name], "min": min(samples.values[row.name]),
                  "max": max(samples.values[row.name]), "samples": samples.values[row.name],
                  **samples.more[row.name]} for row in chosen],
        "ratios": [{"row": ratio.of, "what": ratio.what, "value": round(value, 4),
                    "by_cpu": round(by_cpu, 4), "at_most": ratio.most,
                    "at_least": ratio.least, "met": ratio.met(value)}
                   for ratio, value, by_cpu in ratios(samples, bench)]}
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
