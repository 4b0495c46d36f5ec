"""How a store in PostgreSQL grows: fourteen authorities, ten years each, simulated.

  authorities.py PSQL-HOST STORE-URI TEMPLATE RETURNS POSTMASTER-PID SIZE...

Returns are recorded for one authority, and its rows are copied to all authorities and years by SQL,
which is how a million audits are there in minutes. For each size it measures a quarter by authority:
the program's summary, whole, and SQL that asks for the same figures, over the tables and over the
views of the region; CPU seconds of the program and the server together, as wall time tells more of
the machine than of either. The last column is the server's room.
"""

import os
import pathlib
import resource
import subprocess
import sys
import time

HOST, STORE, TEMPLATE, RETURNS, POSTMASTER, *SIZES = sys.argv[1:]
AUTHORITIES, YEARS, STEP = 14, 10, 100_000
PROGRAM = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"], "--quiet"]
QUARTER = ("2023-07-01", "2023-09-30")
# Whose rows are copied for each authority, and which of them for each copy of an audit, too.
ONCE = ["document", "template", "part", "plugin", "ledger"]
EACH = ["audit", "result", "result_section", "result_agency", "result_measure", "result_alert", "result_limit",
        "result_finding", "result_action", "tally"]


def psql(text):
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", HOST, "-U", "keeper",
                           "-d", "postgres", "-c", "SET search_path TO caseaudit", "-c", text],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout.strip()


def program(*arguments, store=STORE, output=subprocess.DEVNULL):
    subprocess.run([*PROGRAM, "--store", store, *arguments], check=True, stdout=output)


def cpu():
    """Seconds of this process's children and the server's, as far as they have ended."""
    time.sleep(0.3)  # the server counts a session that has ended
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    stat = pathlib.Path(f"/proc/{POSTMASTER}/stat").read_text().rsplit(")", 1)[1].split()
    return own.ru_utime + own.ru_stime + (int(stat[13]) + int(stat[14])) / os.sysconf("SC_CLK_TCK")


def cost(work):
    """The best of three."""
    best = None
    for _ in range(3):
        before = cpu()
        work()
        best = min(filter(None, (best, cpu() - before)))
    return best


def columns(table):
    return psql(f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0"
                " AND NOT attisdropped ORDER BY attnum").split()


def copy(table, copies, first):
    """Of all authorities but the first, which was recorded; of it the copies alone."""
    def value(column):
        if column == "authority":
            return "'a' || lpad(CAST(i AS text), 2, '0')"
        if table in ONCE:
            return column
        if column in ("result", "audit", "latest") or (column == "id" and table in ("audit", "result")):
            return f"{column} + c * {STEP}"
        if column == "return_id":
            return "return_id || '-' || c"
        if column == "audit_date":
            return f"CAST(audit_date - make_interval(years => c % {YEARS}) AS date)"
        return column
    names = columns(table)
    series = f"generate_series({first}, {copies - 1})" if table in EACH else "generate_series(0, 0)"
    psql(f"INSERT INTO {table}({', '.join(names)}) SELECT {', '.join(map(value, names))}"
         f" FROM {table} t, generate_series(0, {AUTHORITIES - 1}) i, {series} c WHERE t.authority = 'a00'"
         f" AND NOT (i = 0 AND c = 0){f' AND t.{key(table)} < {STEP}' if table in EACH else ''}"
         f"{' AND t.id IN (SELECT document FROM template)' if table == 'document' else ''}")


def key(table):
    return "id" if table in ("audit", "result") else "result"


def grow(base, size, had):
    copies = max(YEARS, size // (AUTHORITIES * base))
    if had == 0:
        for table in ONCE:
            copy(table, 1, 0)
    for table in EACH:
        copy(table, copies, had)
    psql("VACUUM ANALYZE")
    return copies


# Kind by kind what the summary counts: of the quarter by authority, and of all audits there are the
# months of its chart and the actions that are open.
TABLES = """
CREATE TEMP TABLE r AS SELECT r.authority, r.id, to_char(r.audit_date, 'YYYY-MM') AS month, r.grade, r.judged,
    r.moderated FROM audit a JOIN result r ON r.authority = a.authority AND r.id = a.latest
    WHERE r.audit_date BETWEEN '{0}' AND '{1}';
ANALYZE r;
SELECT authority, grade, count(*) FROM r GROUP BY 1, 2;
SELECT authority, month, count(*), count(*) FILTER (WHERE grade < 2) FROM r GROUP BY 1, 2;
SELECT authority, judged, moderated, count(*) FROM r WHERE moderated IS NOT NULL GROUP BY 1, 2, 3;
SELECT r.authority, section, x.grade, count(*) FROM r JOIN result_section x
    ON x.authority = r.authority AND x.result = r.id GROUP BY 1, 2, 3;
SELECT r.authority, part, sum(numerator), sum(denominator) FROM r JOIN result_measure x
    ON x.authority = r.authority AND x.result = r.id GROUP BY 1, 2;
SELECT r.authority, part, count(DISTINCT x.result) FROM r JOIN result_alert x
    ON x.authority = r.authority AND x.result = r.id GROUP BY 1, 2;
SELECT r.authority, part, count(DISTINCT x.result) FROM r JOIN result_limit x
    ON x.authority = r.authority AND x.result = r.id GROUP BY 1, 2;
SELECT r.authority, theme, sum(strength), sum(1 - strength) FROM r JOIN result_finding x
    ON x.authority = r.authority AND x.result = r.id GROUP BY 1, 2;
SELECT r.authority, count(*), count(completed), count(verified_by) FROM r JOIN result_action x
    ON x.authority = r.authority AND x.result = r.id GROUP BY 1;
SELECT to_char(r.audit_date, 'YYYY-MM'), count(*), count(*) FILTER (WHERE r.grade < 2)
    FROM audit a JOIN result r ON r.authority = a.authority AND r.id = a.latest GROUP BY 1;
SELECT authority, count(*), count(*) FILTER (WHERE due < '{1}'), min(due) FROM result_action
    WHERE completed IS NULL OR completed > '{1}' GROUP BY 1"""
VIEWS = """
SELECT authority, grade, count(*) FROM region_result WHERE audit_date BETWEEN '{0}' AND '{1}' GROUP BY 1, 2;
SELECT authority, section, grade, count(*) FROM region_section WHERE audit_date BETWEEN '{0}' AND '{1}'
    GROUP BY 1, 2, 3"""


def summary():
    program("summary", "--template", "permanency-file", "--period", "2023-24 Q2", "--by", "authority",
            "--audience", "executive", "--format", "json")


def as_reader(text):
    subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", HOST, "-U", "region", "-d",
                    "postgres", "-c", "SET search_path TO caseaudit", "-c", text], check=True,
                   stdout=subprocess.DEVNULL)


def main():
    program("store", "init", store=STORE + "&authority=a00")
    program("template", "load", TEMPLATE, store=STORE + "&authority=a00")
    program("record", RETURNS, store=STORE + "&authority=a00")
    base = int(psql("SELECT count(*) FROM tally WHERE authority = 'a00'"))
    psql("CREATE ROLE region LOGIN")
    program("store", "init")
    program("store", "grant", "region", "--region", "--as", "reader")
    print("| audits | in the quarter | summary | SQL, tables | summary / SQL | SQL, views | room, MB |")
    print("|---|---|---|---|---|---|---|")
    had = 0
    for size in map(int, SIZES):
        had = grow(base, size, had)
        took = cost(summary)
        tables = cost(lambda: psql(TABLES.format(*QUARTER)))
        views = cost(lambda: as_reader(VIEWS.format(*QUARTER)))
        print(f"| {int(psql('SELECT count(*) FROM tally')):,} | "
              f"""{int(psql("SELECT count(*) FROM tally WHERE audit_date BETWEEN '%s' AND '%s'" % QUARTER)):,} | """
              f"{took:.2f} s | {tables:.2f} s | {took / tables:.2f} | {views:.2f} s | "
              f"{int(psql('SELECT pg_database_size(current_database())')) // 1_000_000:,} |", flush=True)


main()
