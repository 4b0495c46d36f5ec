"""The rows: what is run, and the ratios that are wanted of them."""

import dataclasses
import pathlib
import typing

import data
import fill
import measure

HERE = pathlib.Path(__file__).resolve().parent


def nothing(bench):
    pass


@dataclasses.dataclass
class Row:
    name: str
    what: str
    command: typing.Callable
    prepare: typing.Callable = nothing  # once, before anything is timed
    before: typing.Callable = nothing   # before each run, not timed
    repeat: int = 1                     # runs a round
    memory: bool = False                # MiB at the peak, once, in place of seconds


@dataclasses.dataclass
class Ratio:
    of: str                 # the row it stands at
    what: str
    value: typing.Callable  # of the medians by row, and the bench
    needs: tuple
    most: float = None
    least: float = None
    unit: str = ""

    def met(self, value):
        return value <= self.most if self.most is not None else value >= self.least


# ---- commands ----

def floor(bench):
    return bench.command(bench.program("floor"), bench.list_of(bench.all))


def lxml(bench):
    return bench.command(bench.python_with_lxml() or bench.tool("python3 with lxml"),
                         HERE / "lxml_score.py", bench.template, bench.schema,
                         bench.list_of(bench.all))


def xmllint(bench):
    # In the folder, so that the names are short enough for one call. 3: some are not valid.
    return bench.command(bench.tool("xmllint"), "--noout", "--schema", bench.schema,
                         *(path.name for path in bench.returns), statuses=(0, 3),
                         cwd=str(bench.returns[0].parent))


def fresh_store(bench):
    bench.new_store(bench.work / "record.db")


def record(bench):
    return bench.record(bench.work / "record.db", bench.all)


def dump_rows(bench):
    store = bench.work / "dumped.db"
    bench.new_store(store)
    bench.run(bench.record(store, bench.all))
    bench.run(bench.command(bench.program("inserts"), "dump", store, bench.work / "rows"))
    bench.remove_store(store)


def no_store(bench):
    bench.remove_store(bench.work / "inserts.db")


def inserts(bench):
    return bench.command(bench.program("inserts"), "load", bench.work / "rows",
                         bench.work / "inserts.db")


def fill_store(bench):
    fill.filled_store(bench)


def summary(bench):
    return bench.caseaudit("--store", "sqlite:%s" % fill.path(bench), "summary", "--template",
                           "permanency-file", "--periods", fill.PERIODS, "--audience", "executive",
                           "--format", "json",
                           statuses=(0,))


def sql(name):
    def command(bench):
        return bench.command(bench.tool("sqlite3"), "-batch", "-bail", "-readonly",
                             fill.path(bench), ".read %s" % (HERE / name))

    return command


def start_score(bench):
    return bench.caseaudit("score", "--template", bench.template, bench.returns[0],
                           statuses=(0,))


def start_xmllint(bench):
    return bench.command(bench.tool("xmllint"), "--noout", "--schema", bench.schema,
                         bench.returns[0])


def start_list(bench):
    return bench.score(2, 1)


def sized(standards):
    """Equally many standards in all: returns of 2,000 standards are a hundredth as many."""
    def names(bench):
        count = max(bench.all * 20 // standards, 1)
        template, paths = data.make_sized(bench.source, bench.work / "sized", standards,
                                          min(count, 100))
        lines = [paths[i % len(paths)] for i in range(count)]
        return template, data.write_list(bench.work / ("list-of-%d" % standards), lines), count

    def command(bench):
        template, listed, _ = names(bench)
        return bench.caseaudit("score", "--format", "ndjson", "--jobs", 1, "--template",
                               template, "--files-from", listed, statuses=(0,))

    return command


def standards_of(bench, standards):
    return max(bench.all * 20 // standards, 1) * standards


# ---- the table ----

ROWS = [
    Row("floor", "bare SAX2 parse, 1 thread", floor),
    Row("score1", "score --jobs 1", lambda b: b.score(1, b.all)),
    Row("score2", "score --jobs 2", lambda b: b.score(2, b.all)),
    Row("xmllint", "xmllint --schema, one call", xmllint),
    Row("lxml", "Python lxml, XSD, same scoring", lxml),
    Row("record", "record --jobs 2, new store", record, before=fresh_store),
    Row("record-inserts", "raw inserts of the same rows", inserts, dump_rows, no_store),
    Row("summary", "summary of eight quarters", summary, fill_store),
    Row("summary-sql", "plain SQL, same counts", sql("summary.sql"), fill_store),
    Row("summary-grades", "plain SQL, grades alone", sql("grades.sql"), fill_store),
    Row("start", "score of one return", start_score, repeat=10),
    Row("start-xmllint", "xmllint --schema of it", start_xmllint, repeat=10),
    Row("growth-one", "score of a list of one", start_list, repeat=5),
    Row("growth-few", "score of a tenth", lambda b: b.score(2, b.few), repeat=3),
    Row("growth-many", "score of ten times as many", lambda b: b.score(2, b.many)),
    Row("standards-20", "templates of 20 standards", sized(20)),
    Row("standards-2000", "templates of 2,000 standards", sized(2000)),
    Row("memory-few", "memory, a tenth", lambda b: b.score(2, b.few), memory=True),
    Row("memory-all", "memory, all returns", lambda b: b.score(2, b.all), memory=True),
    Row("memory-many", "memory, ten times as many", lambda b: b.score(2, b.many), memory=True),
]


def over(above, below):
    return lambda m, bench: m[above] / m[below]


def growth(m, bench):
    """Time a return, without what it takes to start."""
    return ((m["growth-many"] - m["growth-one"]) / bench.many) / \
        (max(m["growth-few"] - m["growth-one"], 1e-9) / bench.few)


def growth_of_standards(m, bench):
    return m["standards-2000"] / standards_of(bench, 2000) / \
        (m["standards-20"] / standards_of(bench, 20))


def simple(above, below, **reach):
    return Ratio(above, "%s / %s" % (above, below), over(above, below), (above, below), **reach)


RATIOS = [
    simple("score2", "floor", most=1.0),
    simple("score1", "floor", most=1.8),
    simple("lxml", "score1", least=4),
    simple("record", "record-inserts", most=1.5),
    simple("summary", "summary-sql", most=1.2),
    simple("start", "start-xmllint", most=2.5),
    Ratio("growth-many", "time a return, many / few", growth,
          ("growth-one", "growth-few", "growth-many"), most=1.1),
    Ratio("standards-2000", "time a standard, 2,000 / 20", growth_of_standards,
          ("standards-20", "standards-2000"), most=1.2),
    Ratio("memory-many", "memory-many", lambda m, b: m["memory-many"], ("memory-many",),
          most=64, unit="MiB"),
    Ratio("memory-many", "memory-many - memory-few",
          lambda m, b: m["memory-many"] - m["memory-few"], ("memory-few", "memory-many"),
          most=8, unit="MiB"),
]


def chosen(only):
    """The rows named, or all; `start` names `start` and what begins with `start-`."""
    if not only:
        return ROWS
    words = only.split(",")
    found = [row for row in ROWS
             if any(row.name == word or row.name.startswith(word + "-") for word in words)]
    for word in words:
        if not any(row.name == word or row.name.startswith(word + "-") for row in ROWS):
            raise measure.Failed("no row '%s'; there are %s"
                                 % (word, ", ".join(row.name for row in ROWS)))
    return found
