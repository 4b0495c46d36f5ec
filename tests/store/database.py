"""Looking into a store's file past the program that wrote it."""
import shutil
import sqlite3


def beside(store, end):
    """A file of the store by its end: audits.db-wal, audits.head."""
    return store.removesuffix(".db") + end if end == ".head" else store + end


def copied(store, place):
    """A copy as a crash would leave it, so that looking repairs nothing in the original."""
    for end in ("", "-wal"):
        try:
            shutil.copyfile(store + end, place + end)
        except FileNotFoundError:
            pass
    return sqlite3.connect(place)


def returns(database):
    """What is stored of each return: its revision and the hash of its result."""
    return {
        row[0]: row[1:]
        for row in database.execute(
            "SELECT a.return_id, r.revision, h.sha256 FROM audit a"
            " JOIN result r ON r.id = a.latest JOIN result_hash h ON h.result = r.id"
        )
    }


def half_there(database):
    """Faults that a change which is only partly there would leave."""
    counts = {
        name: database.execute(f"SELECT count(*) FROM {query}").fetchone()[0]
        for name, query in {
            "audits": "audit",
            "results": "result",
            "hashes": "result_hash",
            "rows for summaries": "tally",
            "documents": "document d WHERE d.id IN (SELECT document FROM result)",
            "entries": "ledger WHERE kind = 'record'",
        }.items()
    }
    faults = []
    if len(set(counts.values())) != 1:
        faults.append(f"numbers differ: {counts}")
    for (problem,) in database.execute("PRAGMA integrity_check"):
        if problem != "ok":
            faults.append(problem)
    return faults
