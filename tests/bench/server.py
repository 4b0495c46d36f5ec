"""The rows in PostgreSQL: a server of their own, started when one of them is measured."""

import atexit
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

import fill
import measure

HERE = pathlib.Path(__file__).resolve().parent
SETTINGS = ("-c listen_addresses= -c unix_socket_directories=%s -c shared_buffers=256MB"
            " -c max_wal_size=8GB -c checkpoint_timeout=1h -c autovacuum=off")
# What a summary reads of a result, and plain SQL that counts the same; the rest need not be many.
READ = ["audit", "result", "result_section", "result_measure", "result_alert", "result_limit",
        "result_finding", "result_action", "tally"]


def programs():
    """The folder of the newest server, or None."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
                   key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def is_there(build):
    """Can rows in PostgreSQL be measured with this build, here?"""
    return programs() is not None and shutil.which("psql") is not None and \
        (build / ".libs" / "libcaseaudit-postgresql.so").exists()


class Server:
    """Durable as a server is, and nobody else's. It refuses to be root's."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="caseaudit-bench."))
        self.folder.chmod(0o755)
        self.owner = None
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            self.owner = owner.pw_uid
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        atexit.register(self.stop)
        self.own("initdb", "-D", "data", "-U", "keeper", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.own("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", SETTINGS % self.folder, "start")

    def own(self, program, *words):
        """Runs one of the server's programs as its owner."""
        done = subprocess.run([programs() / program, *words], cwd=self.folder, user=self.owner,
                              check=False, capture_output=True, text=program == "initdb")
        if done.returncode != 0:
            raise measure.Failed("%s failed: see %s" % (program, self.folder / "log"))

    def stop(self):
        if (self.folder / "data" / "postmaster.pid").exists():
            subprocess.run([programs() / "pg_ctl", "-D", "data", "-m", "immediate", "-s", "stop"],
                           cwd=self.folder, user=self.owner, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def uri(self, schema):
        return "postgresql://keeper@/postgres?host=%s&schema=%s" % (self.folder, schema)

    def psql(self, bench, *words):
        return bench.command(bench.tool("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h",
                             self.folder, "-U", "keeper", "-d", "postgres", *words)

    def sql(self, bench, text):
        return bench.output_of(self.psql(bench, "-c", text), "sql.txt").read_text().split()


def processor_time(bench):
    """Seconds that all processes of the server took until now, those that ended included."""
    if not hasattr(bench, "server"):
        return 0.0
    keeper = int((bench.server.folder / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for pid in measure.family(keeper):
        try:
            fields = pathlib.Path("/proc/%d/stat" % pid).read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15 if pid == keeper else 13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def server_of(bench):
    if not hasattr(bench, "server"):
        bench.server = Server()
    return bench.server


def fresh(bench, schema):
    """A new store there, with the template."""
    server = server_of(bench)
    server.sql(bench, "SET client_min_messages TO error; DROP SCHEMA IF EXISTS %s CASCADE" % schema)
    for words in (["store", "init"], ["template", "load", bench.template]):
        bench.run(bench.caseaudit("--store", server.uri(schema), *words, statuses=(0,)))


def recording(bench, schema, count):
    return bench.caseaudit("--store", server_of(bench).uri(schema), "record", "--jobs", 2,
                           "--files-from", bench.list_of(count))


def tables_of(bench, schema):
    return server_of(bench).sql(bench, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname NOT IN "
                                "('schema_version', 'access') AND relnamespace = '%s'::regnamespace" % schema)


# ---- record, and COPY of the same rows into the same tables ----

def fresh_record(bench):
    fresh(bench, "recorded")


def record(bench):
    return recording(bench, "recorded", bench.all)


def dump_rows(bench):
    """Every table of a store recorded so, as COPY writes it, and what reads it."""
    fresh(bench, "dumped")
    bench.run(recording(bench, "dumped", bench.all))
    folder = bench.work / "copied"
    folder.mkdir(exist_ok=True)
    script = ["BEGIN;"]
    for table in tables_of(bench, "dumped"):
        server_of(bench).sql(bench, "\\copy dumped.%s TO '%s'" % (table, folder / table))
        script.append("\\copy copied.%s FROM '%s'" % (table, folder / table))
    (bench.work / "copy.sql").write_text("\n".join([*script, "COMMIT;", ""]))


def fresh_copy(bench):
    fresh(bench, "copied")
    server_of(bench).sql(bench, "TRUNCATE %s" % ", ".join(
        "copied.%s" % table for table in tables_of(bench, "copied")))


def copy(bench):
    return server_of(bench).psql(bench, "-f", bench.work / "copy.sql")


# ---- summary, and plain SQL ----

def multiply(bench, schema, wanted):
    """As fill.multiply does it in SQLite."""
    server = server_of(bench)
    recorded, audits, results = map(int, server.sql(
        bench, "SELECT count(*), (SELECT max(id) FROM {0}.audit), max(id) FROM {0}.result"
        .format(schema))[0].split("|"))
    counts = {":audits": str(audits), ":results": str(results)}
    for table in READ:
        columns = server.sql(bench, "SELECT attname FROM pg_attribute WHERE attnum > 0 AND attrelid = "
                             "'%s.%s'::regclass ORDER BY attnum" % (schema, table))
        changed = fill.NUMBERED.get(table, {"result": "result + k * :results"})
        values = ", ".join(changed.get(name, name) for name in columns)
        for name, count in counts.items():
            values = values.replace(name, count)
        server.sql(bench, "INSERT INTO %s.%s SELECT %s FROM generate_series(1, %d) k CROSS JOIN "
                   "(SELECT * FROM %s.%s) old" % (schema, table, values, -(-wanted // recorded) - 1, schema, table))
    server.sql(bench, "VACUUM ANALYZE")


def fill_store(bench):
    if not hasattr(bench, "filled"):
        fresh(bench, "filled")
        bench.run(recording(bench, "filled", min(fill.RECORDED, bench.all)))
        multiply(bench, "filled", bench.results)
        bench.filled = True


def summary(bench):
    return bench.caseaudit("--store", server_of(bench).uri("filled"), "summary", "--template",
                           "permanency-file", "--periods", fill.PERIODS, "--audience", "executive",
                           "--format", "json", statuses=(0,))


def plain(bench):
    return server_of(bench).psql(bench, "-f", HERE / "summary-postgresql.sql")
