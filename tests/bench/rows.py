"""The rows: what is run, and the ratios that are wanted of them."""

import dataclasses
import pathlib
import shutil
import sqlite3
import typing

import data
import fill
import measure
import server
from bench import python_with_lxml

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
    # Processor time that others take for it, as of now: of a server.
    others: typing.Callable = lambda bench: 0.0


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
        """None where nothing is aimed for."""
        if self.most is None and self.least is None:
            return None
        return value <= self.most if self.most is not None else value >= self.least


# ---- commands ----

def floor(bench):
    return bench.command(bench.program("floor"), bench.list_of(bench.all))


def two_floors(bench):
    return bench.command(bench.program("floor"), bench.list_of(bench.all), 2)


def lxml(bench):
    return bench.command(python_with_lxml(), "-B", HERE / "lxml_score.py", bench.template,
                         bench.schema, bench.list_of(bench.all))


def xmllint(bench):
    # In the folder, so that the names are short enough for one call. 3: some are not valid.
    return bench.command(bench.tool("xmllint"), "--noout", "--schema", bench.schema,
                         *(path.name for path in bench.returns), statuses=(0, 3),
                         cwd=str(bench.returns[0].parent))


def page(bench):
    """The engine for web pages, in the virtual machine that Chromium has, too."""
    words = bench.work / "page.list"
    words.write_text("".join(["template %s\n" % bench.template,
                              *("return %s\n" % path for path in bench.returns)]), encoding="utf-8")
    source = HERE.parent.parent
    command = bench.command(bench.tool("node"), source / "tests/embed/page.mjs",
                            source / "core/embed/wasm/engine.js",
                            bench.program("../../core/embed/caseaudit.wasm"), words, "ndjson")
    return dataclasses.replace(command, environment=without_certificates(command.environment))


def without_certificates(environment):
    """Node reads those that a machine gives it whenever it starts: half as long again as the rest of its start."""
    return {name: value for name, value in environment.items() if name != "NODE_EXTRA_CA_CERTS"}


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


def make_kept(bench):
    if not hasattr(bench, "kept"):
        fill.kept_store(bench)


def keep(*words):
    """A keeper's verb on the store to be kept; "RETURN" stands for one of its audits."""
    def command(bench):
        make_kept(bench)
        return bench.caseaudit("--store", "sqlite:%s" % (bench.work / "keeping.db"),
                               *(bench.kept if w == "RETURN" else w for w in words),
                               statuses=(0,))

    return command


def copy_kept(bench):
    """As it was before something was erased."""
    bench.remove_store(bench.work / "keeping.db")
    shutil.copyfile(fill.kept_path(bench), bench.work / "keeping.db")


def cases(bench, many):
    """How many a case list has: as many as there are returns, or ten times as many."""
    return bench.many if many else bench.all


def case_list(bench, many):
    """Cases in 200 teams."""
    path = bench.work / ("cases-%d.csv" % cases(bench, many))
    path.write_text("case,team,name\n" + "".join(
        "CASE-%06d,team %d,Ficta %d\n" % (i, i * 7919 % 200, i) for i in range(cases(bench, many))))
    return path


def drawing(bench, many, name):
    return bench.caseaudit("--store", "sqlite:%s" % (bench.work / "year.db"), "sample", "draw", name,
                           "--template", "permanency-file", "--population",
                           case_list(bench, many), "--id", "case", "--stratify", "team", "--reserve", 1,
                           "--percent", 50, "--seed", "bench", "--on", "2024-04-02", statuses=(0,))


def fresh_samples(bench):
    bench.new_store(bench.work / "year.db")


def draw(many):
    return lambda bench: drawing(bench, many, "drawn")


def sample(*words):
    """A verb about a sample of many cases or few; "SAMPLE" stands for its name, "LIST" for its list."""
    def command(many):
        def of(bench):
            stand_in = {"SAMPLE": "many" if many else "few", "LIST": case_list(bench, many)}
            return bench.caseaudit("--store", "sqlite:%s" % (bench.work / "sampled.db"), "sample",
                                   *(stand_in.get(word, word) for word in words), statuses=(0,))

        return of

    return command


def keep_samples(bench):
    """A store that has drawn both."""
    if not hasattr(bench, "sampled"):
        fresh_samples(bench)
        for many in (False, True):
            bench.run(drawing(bench, many, "many" if many else "few"))
        bench.remove_store(bench.work / "sampled.db")
        (bench.work / "year.db").rename(bench.work / "sampled.db")
        bench.sampled = True


SAMPLES = 20


def listing(count):
    """sample list, of a store with the audits that are kept and one sample of theirs, or so many."""
    def command(bench):
        file = bench.work / ("listed-%d.db" % count)
        make_kept(bench)
        bench.remove_store(file)
        shutil.copyfile(fill.kept_path(bench), file)
        table = bench.work / "listed.csv"
        db = sqlite3.connect(file)
        table.write_text("case\n" + "".join("%s\n" % case for case, in db.execute(
            "SELECT DISTINCT case_ref FROM result")))
        db.close()
        for number in range(count):
            bench.run(bench.caseaudit(
                "--store", "sqlite:%s" % file, "sample", "draw", "s%d" % number, "--template",
                "permanency-file", "--population", table, "--id", "case", "--percent", 100, "--seed",
                number, "--on", "2023-04-02", statuses=(0,)))
        return bench.caseaudit("--store", "sqlite:%s" % file, "sample", "list", statuses=(0,))

    return command


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


def foreign(bench):
    """The same frameworks from a folder that is not the engine's own."""
    folder = bench.work / "foreign"
    folder.mkdir(mode=0o755, exist_ok=True)
    for path in (bench.build / "plugins" / ".libs").glob("*.so"):
        shutil.copyfile(path, folder / path.name)
        (folder / path.name).chmod(0o755)
    return bench.command(bench.engine[0], "--plugin-dir", folder, "score", "--format", "ndjson",
                         "--jobs", 1, "--template", bench.template, "--files-from",
                         bench.list_of(bench.all), statuses=(0, 1))


SMALL, LARGE = 20, 2000  # standards of a template
DIFFERENT = 100  # returns of each; then they come again


def sized_returns(bench, standards):
    """How many: equally many standards in all."""
    return max(bench.all * SMALL // standards, 1)


def sized(standards):
    def command(bench):
        count = sized_returns(bench, standards)
        template, paths = data.make_sized(bench.source, bench.work / "sized", standards,
                                          min(count, DIFFERENT))
        listed = data.write_list(bench.work / ("list-of-%d" % standards),
                                 (paths[i % len(paths)] for i in range(count)))
        return bench.caseaudit("score", "--format", "ndjson", "--jobs", 1, "--template",
                               template, "--files-from", listed, statuses=(0,))

    return command


SAMPLE_VERBS = [("verify", sample("verify", "SAMPLE", "--population", "LIST")),
                ("show", sample("show", "SAMPLE")),
                ("status", sample("status", "SAMPLE"))]


# ---- the table ----

ROWS = [
    Row("floor", "bare SAX2 parse, 1 thread", floor),
    Row("floor2", "the same in 2 processes", two_floors),
    Row("score1", "score --jobs 1", lambda b: b.score(1, b.all)),
    Row("score2", "score --jobs 2", lambda b: b.score(2, b.all)),
    Row("foreign1", "score1, framework of others", foreign),
    Row("page1", "score1, engine for web pages", page),
    Row("xmllint", "xmllint --schema, one call", xmllint),
    Row("lxml", "Python lxml, XSD, same scoring", lxml),
    Row("record", "record --jobs 2, new store", record, before=fresh_store),
    Row("record-inserts", "raw inserts of the same rows", inserts, dump_rows, no_store),
    Row("summary", "summary of eight quarters", summary, fill_store),
    Row("summary-sql", "plain SQL, same counts", sql("summary.sql"), fill_store),
    Row("summary-grades", "plain SQL, grades alone", sql("grades.sql"), fill_store),
    Row("pg-record", "record --jobs 2, PostgreSQL", server.record, before=server.fresh_record,
        others=server.processor_time),
    Row("pg-copy", "COPY of the same rows", server.copy, server.dump_rows, server.fresh_copy,
        others=server.processor_time),
    Row("pg-summary", "summary, PostgreSQL", server.summary, server.fill_store,
        others=server.processor_time),
    Row("pg-summary-sql", "plain SQL, same counts", server.plain, server.fill_store,
        others=server.processor_time),
    Row("keep-list", "audit list of 100,000", keep("audit", "list"), before=copy_kept),
    Row("keep-show", "audit show of one of them", keep("audit", "show", "RETURN"),
        before=copy_kept),
    Row("keep-erase", "audit erase of one of them",
        keep("audit", "erase", "RETURN", "--why", "request"), before=copy_kept),
    Row("draw-few", "sample draw of 10,000 cases", draw(False), before=fresh_samples),
    Row("draw-many", "sample draw of 100,000 cases", draw(True), before=fresh_samples),
    *(Row("%s-%s" % (name, "many" if many else "few"),
          "sample %s of %s cases" % (name, "100,000" if many else "10,000"), command(many), keep_samples)
      for name, command in SAMPLE_VERBS for many in (False, True)),
    Row("samples-few", "sample list of one", listing(1)),
    Row("samples-many", "sample list of %d" % SAMPLES, listing(SAMPLES)),
    Row("start", "score of one return", start_score, repeat=10),
    Row("start-xmllint", "xmllint --schema of it", start_xmllint, repeat=10),
    Row("growth-one", "score of a list of one", start_list, repeat=5),
    Row("growth-few", "score of a tenth", lambda b: b.score(2, b.few), repeat=3),
    Row("growth-many", "score of ten times as many", lambda b: b.score(2, b.many)),
    Row("standards-20", "templates of 20 standards", sized(SMALL)),
    Row("standards-2000", "templates of 2,000 standards", sized(LARGE)),
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


def growth_of_cases(name):
    """Time a case; what it takes to start weighs on the few."""
    return lambda m, bench: m[name + "-many"] / bench.many / (m[name + "-few"] / bench.all)


def growth_of_standards(m, bench):
    return (m["standards-2000"] / (sized_returns(bench, LARGE) * LARGE)) / \
        (m["standards-20"] / (sized_returns(bench, SMALL) * SMALL))


def simple(above, below, **reach):
    return Ratio(above, "%s / %s" % (above, below), over(above, below), (above, below), **reach)


RATIOS = [
    simple("score2", "floor", most=1.0),
    simple("score1", "floor", most=1.8),
    simple("floor2", "floor"),
    simple("foreign1", "score1", most=1.3),
    simple("page1", "score1", most=5),
    simple("xmllint", "score1"),
    simple("lxml", "score1", least=4),
    simple("record", "record-inserts", most=1.5),
    simple("summary", "summary-sql", most=1.2),
    simple("summary", "summary-grades"),
    simple("pg-record", "pg-copy", most=1.5),
    simple("pg-summary", "pg-summary-sql", most=1.5),
    *(Ratio(name, name, lambda m, b, name=name: m[name], (name,), most=0.3, unit="s")
      for name in ("keep-list", "keep-show", "keep-erase")),
    *(Ratio(name + "-many", "time a case, many / few", growth_of_cases(name),
            (name + "-few", name + "-many"), most=1.2)
      for name in ("draw", *(name for name, _ in SAMPLE_VERBS))),
    simple("samples-many", "samples-few", most=3),
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


def present(build):
    """All rows that can be measured here."""
    return [row for row in ROWS if not row.name.startswith("pg-") or server.is_there(build)]


def chosen(only, build):
    """The rows whose names begin with one of the words, which commas part, or all that can be."""
    if not only:
        return present(build)
    found = set()
    for word in ",".join(only).split(","):
        names = {row.name for row in ROWS if row.name.startswith(word)}
        if not names:
            raise measure.Failed("no row '%s'; there are %s"
                                 % (word, ", ".join(row.name for row in ROWS)))
        found |= names
    return [row for row in ROWS if row.name in found]
