#!/usr/bin/env python3
"""Tampers with a store by SQL, in every way that comes to mind, and looks at what check says.

    tamper.py STORE FOLDER MANUAL [--update]

STORE is whole; copies of it in FOLDER are tampered with. The table in the manual tells each
way and what check says of it: it must be what comes out. --update writes it there.

Where CA_STORE_KIND is postgresql, STORE is a schema of the server in CA_CLUSTER, and what is tampered
with are copies of its database; check says the same there.
"""
import hashlib
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys

import database

store, folder, manual = sys.argv[1:4]
program = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"]]
place = os.path.join(folder, "tampered.db")
on_file = os.environ.get("CA_STORE_KIND") != "postgresql"
if not on_file:
    import postgresql
    cluster = os.environ["CA_CLUSTER"]
    schema = "t" + hashlib.md5((os.path.realpath(store) + "\n").encode()).hexdigest()[:16]
    program[0] = os.environ["CA_PROGRAM"]


def uri(name):
    return "postgresql://keeper@/%s?host=%s" % (name, cluster)


def run(*arguments):
    where = "sqlite:" + place if on_file else uri("tampered") + "&schema=" + schema
    return subprocess.run([*program, "--store", where, *arguments],
                          capture_output=True, text=True, errors="replace")


# ---- the chain, as docs/keeping.md tells it ----

def digest(*members):
    """SHA-256 of the members, each with its length in front of it."""
    whole = b"".join(struct.pack("<I", len(m)) + m for m in members)
    return hashlib.sha256(whole).digest()


def commitment(salt, subject, detail):
    return digest(salt, subject.encode(), detail.encode())


def entry_hash(previous, sequence, at, who, kind, committed):
    texts = (previous, str(sequence), at, who, kind)
    return digest(*(t.encode() for t in texts), committed).hex()


def rehash(db, first=1, last=None, commit=False):
    """Makes hashes anew from an entry on; with commit, what they are taken over too."""
    rows = db.execute("SELECT sequence, at, who, kind, salt, subject, detail, commitment FROM"
                      " ledger ORDER BY sequence").fetchall()
    previous = ""
    for sequence, at, who, kind, salt, subject, detail, committed in rows:
        if sequence < first:
            previous = db.execute("SELECT hash FROM ledger WHERE sequence = ?",
                                  (sequence,)).fetchone()[0]
            continue
        if last is not None and sequence > last:
            return
        if commit and salt is not None:
            committed = commitment(salt, subject, detail)
        own = entry_hash(previous, sequence, at, who, kind, committed)
        db.execute("UPDATE ledger SET commitment = ?, previous = ?, hash = ? WHERE sequence = ?",
                   (committed, previous, own, sequence))
        previous = own


def rehash_all(db):
    rehash(db, commit=True)


def renumber(db):
    """Takes entry 5 away and closes the ranks."""
    db.execute("DELETE FROM ledger WHERE sequence = 5")
    for (sequence,) in db.execute("SELECT sequence FROM ledger WHERE sequence > 5"
                                  " ORDER BY sequence").fetchall():
        db.execute("UPDATE ledger SET sequence = ? WHERE sequence = ?", (sequence - 1, sequence))
    rehash_all(db)


def swap_publications(db):
    one, other = (row[0] for row in db.execute("SELECT change FROM setting WHERE name LIKE 'publication:%'"))
    for old, new in ((one, -1), (other, one), (-1, other)):
        db.execute("UPDATE setting SET change = ? WHERE change = ?", (new, old))


def swap_entries(db):
    db.execute("UPDATE ledger SET sequence = -1 WHERE sequence = 6")
    db.execute("UPDATE ledger SET sequence = 6 WHERE sequence = 7")
    db.execute("UPDATE ledger SET sequence = 7 WHERE sequence = -1")


def swap_documents(db):
    a, b = db.execute("SELECT id FROM document WHERE id IN (SELECT document FROM result)"
                      " ORDER BY id LIMIT 2").fetchall()
    db.execute("UPDATE document SET id = -1 WHERE id = ?", a)
    db.execute("UPDATE document SET id = ? WHERE id = ?", (a[0], b[0]))
    db.execute("UPDATE document SET id = ? WHERE id = -1", b)


def swap_returns(db):
    a, b = [row[0] for row in db.execute("SELECT return_id FROM audit ORDER BY id LIMIT 2")]
    db.execute("UPDATE audit SET return_id = '?' WHERE return_id = ?", (a,))
    db.execute("UPDATE audit SET return_id = ? WHERE return_id = ?", (a, b))
    db.execute("UPDATE audit SET return_id = ? WHERE return_id = '?'", (b,))


def document_and_hash(db):
    key, text = db.execute("SELECT id, bytes FROM document WHERE id = (SELECT min(document)"
                           " FROM result)").fetchone()
    text = text.replace(b'case ref="', b'case ref="X')
    db.execute("UPDATE document SET bytes = ?, sha256 = ? WHERE id = ?",
               (text, hashlib.sha256(text).digest(), key))


def document_hash_and_entry(db):
    old = db.execute("SELECT lower(hex(sha256)) FROM document WHERE id = (SELECT min(document)"
                     " FROM result)").fetchone()[0]
    document_and_hash(db)
    new = db.execute("SELECT lower(hex(sha256)) FROM document WHERE id = (SELECT min(document)"
                     " FROM result)").fetchone()[0]
    db.execute("UPDATE ledger SET detail = replace(detail, ?, ?)", (old, new))


def entry_and_own_hash(db):
    db.execute("UPDATE ledger SET who = 'nobody' WHERE sequence = 5")
    rehash(db, 5, 5)


def content_and_own_commitment(db):
    db.execute("UPDATE ledger SET detail = replace(detail, '2', '3') WHERE sequence = 5")
    rehash(db, 5, 5, commit=True)


def whole_chain(db):
    """Everything, with rows and hashes: a history that never was."""
    db.execute("UPDATE setting SET value = '7' WHERE name = 'year-start'")
    db.execute("UPDATE ledger SET detail = replace(detail, '\"9\"', '\"7\"')"
               " WHERE kind = 'set' AND subject = 'year-start'")
    db.execute("DELETE FROM head")
    rehash_all(db)


def last_entries(db):
    """The last entry with its row, and the head that the store kept."""
    last, kind = db.execute("SELECT sequence, kind FROM ledger ORDER BY sequence DESC LIMIT 1"
                            ).fetchone()
    assert kind == "set"
    db.execute("DELETE FROM setting WHERE change = ?", (last,))
    db.execute("DELETE FROM head WHERE sequence = ?", (last,))
    db.execute("DELETE FROM ledger WHERE sequence = ?", (last,))


def erase_by_hand(db):
    key = db.execute("SELECT id FROM audit WHERE erased IS NULL ORDER BY id DESC").fetchone()[0]
    one = "(SELECT id FROM result WHERE audit = %d)" % key
    db.execute("UPDATE ledger SET salt = NULL, subject = NULL, detail = NULL, document = NULL"
               " WHERE sequence IN (SELECT change FROM result WHERE audit = ?)", (key,))
    db.execute("DELETE FROM document WHERE id IN (SELECT document FROM result WHERE audit = ?)",
               (key,))
    for table in ("section agency standard limit alert measure action finding attribute hash"
                  ).split():
        db.execute("DELETE FROM result_%s WHERE result IN %s" % (table, one))
    db.execute("DELETE FROM tally WHERE result IN " + one)
    db.execute("DELETE FROM result WHERE audit = ?", (key,))
    db.execute("DELETE FROM audit WHERE id = ?", (key,))


def forge_entry(db):
    """One more entry, well made: but the store has no such setting."""
    previous, sequence = db.execute("SELECT hash, sequence + 1 FROM ledger"
                                    " ORDER BY sequence DESC").fetchone()
    salt, at = b"\0" * 16, "2099-01-01T00:00:00Z"
    detail = '{"name":"year-start","value":"1"}'
    committed = commitment(salt, "year-start", detail)
    db.execute("INSERT INTO ledger(sequence, at, who, kind, salt, subject, detail, commitment, document,"
               " previous, hash) VALUES(?,?,?,?,?,?,?,?,NULL,?,?)",
               (sequence, at, "keeper", "set", salt, "year-start", detail, committed, previous,
                entry_hash(previous, sequence, at, "keeper", "set", committed)))


WAYS = [
    # what is done, how, and what of it check must say
    ("a grade is changed", "UPDATE result SET grade = 0 WHERE grade = 2"),
    ("a score is changed", "UPDATE result SET score = score + 100"),
    ("a judgement is taken away", "UPDATE result SET judged = NULL WHERE judged IS NOT NULL"),
    ("an audit is moved to another day", "UPDATE result SET audit_date = audit_date + 30"),
    ("an audit gets another auditor", "UPDATE result SET auditor = 'OTHER'"),
    ("an audit gets another case", "UPDATE result SET case_ref = 'OTHER'"),
    ("an audit is put under another template", "UPDATE result SET template = 1"),
    ("a result is said to be of another framework's file", "UPDATE plugin SET sha256 = 'a' || sha256"),
    ("a section's score is changed", "UPDATE result_section SET score = 10000 WHERE agency = -1"),
    ("a section is taken away", "DELETE FROM result_section WHERE section = 0"),
    ("an agency's grade is changed", "UPDATE result_agency SET grade = 0"),
    ("an answer is changed", "UPDATE result_standard SET answer = 'yes' WHERE answer = 'no'"),
    ("a limit is lifted", "DELETE FROM result_limit"),
    ("an alert is silenced", "DELETE FROM result_alert"),
    ("a measure is improved", "UPDATE result_measure SET numerator = denominator"),
    ("an action gets another owner", "UPDATE result_action SET owner = 'NOBODY'"),
    ("an action is taken away", "DELETE FROM result_action"),
    ("a finding is reworded", "UPDATE result_finding SET text = 'All is well.'"),
    ("an attribute is changed", "UPDATE result_attribute SET value = 'west' WHERE value = 'east'"),
    ("a result's hash is made to fit nothing", "UPDATE result_hash SET sha256 = randomblob(32)"),
    ("what summaries read is changed", "UPDATE tally SET facts = x'00' || facts"),
    ("what summaries read of actions is changed", "UPDATE tally SET actions = x'020202' WHERE length(actions) > 0"),
    ("a result is counted no more", "DELETE FROM tally WHERE result = 4"),
    ("a result is counted twice", "INSERT INTO tally SELECT template, audit_date + 1, result, facts, actions FROM tally LIMIT 1"),
    ("an earlier revision counts", "UPDATE audit SET latest = (SELECT min(id) FROM result WHERE audit = audit.id)"),
    ("a return gets another id", "UPDATE audit SET return_id = 'X' || return_id WHERE id = 2"),
    ("two returns change their ids", swap_returns),
    ("a document is changed", "UPDATE document SET bytes = CAST(replace(CAST(bytes AS TEXT), 'no', 'on') AS BLOB)"),
    ("a document is changed with its digest", document_and_hash),
    ("a document is changed with its digest and its entry", document_hash_and_entry),
    ("two documents are swapped", swap_documents),
    ("a document is taken away", "DELETE FROM document WHERE id = 4"),
    ("a document is slipped in", "INSERT INTO document(id, sha256, bytes) VALUES(999, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'')"),
    ("a template's title is changed", "UPDATE template SET title = 'Another'"),
    ("a template's grade begins lower", "UPDATE part SET start = 0 WHERE kind = 0"),
    ("a standard weighs nothing", "UPDATE part SET weight = 0 WHERE kind = 2"),
    ("a part that came with a result is renamed", "UPDATE part SET label = 'Another' WHERE change IS NOT NULL"),
    ("a retirement is put off", "UPDATE retirement SET retired_on = retired_on + 365"),
    ("a setting is changed", "UPDATE setting SET value = '1' WHERE name = 'year-start'"),
    ("a setting is slipped in", "INSERT INTO setting VALUES(9999, 'year-start', '1')"),
    ("a publication is taken away", "DELETE FROM setting WHERE name = 'publication:First'"),
    ("a publication gets another name", "UPDATE setting SET name = 'publication:Third' WHERE name = 'publication:First'"),
    ("a publication's counts are changed", "UPDATE setting SET value = replace(value, '=1', '=2') WHERE name = 'publication:First'"),
    ("a publication is said to have withheld nothing", "UPDATE setting SET value = replace(value, 'c' || char(10), char(10)) WHERE name = 'publication:Second'"),
    ("an audit is left out of a publication", "UPDATE setting SET value = substr(value, 1, instr(value, char(10))) || substr(substr(value, instr(value, char(10)) + 1), 35) WHERE name = 'publication:First'"),
    ("a publication of another store is slipped in", "INSERT INTO setting SELECT 9999, 'publication:Other', value FROM setting WHERE name = 'publication:First'"),
    ("a publication takes the place of another", "UPDATE setting SET value = (SELECT value FROM setting WHERE name = 'publication:Second') WHERE name = 'publication:First'"),
    ("publications change their places", swap_publications),
    ("a population is changed", "UPDATE population SET count = 1"),
    ("a benchmark is moved", "UPDATE benchmark SET first = first - 365"),
    ("a sample gets another seed", "UPDATE draw SET seed = 'another'"),
    ("a case of a sample is changed for another", "UPDATE draw_case SET id = 'OTHER' WHERE place = 1"),
    ("a case of a sample is blanked", "UPDATE draw_case SET salt = NULL, id = NULL, kept = NULL WHERE place = 1"),
    ("a case in reserve is said to be drawn", "UPDATE draw_case SET role = 0 WHERE role = 1"),
    ("a stratum of a sample gets another seat", "UPDATE draw_stratum SET seats = seats + 1"),
    ("a replacement is taken away", "DELETE FROM draw_replacement"),
    ("a replacement gets another reason", "UPDATE draw_replacement SET why = 'Another'"),
    ("another case in reserve takes a place", "UPDATE draw_replacement SET by = by + 1"),
    ("an erased case comes back into a sample", "UPDATE draw_case SET salt = randomblob(16), id = 'BACK', kept = '[]' WHERE salt IS NULL"),
    ("more cases of a sample are said to be erased", "UPDATE draw_forgotten SET places = '[1,2,3,4,5]'"),
    ("a list's fingerprint is changed", "UPDATE draw SET frame = frame || 'a'"),
    ("a sample is slipped in", "INSERT INTO draw SELECT 9999, 'more', template, drawn_on, period, first, last, seed, id_column, stratify, keep, size, percent, each_stratum, recent, reserve, population, salt, file, frame, commitment, content FROM draw LIMIT 1"),
    ("a case of a sample goes to another auditor", "UPDATE allocation_case SET auditor = 'OTHER' WHERE place = 1"),
    ("who audits a case is blanked", "UPDATE allocation_case SET salt = NULL, auditor = NULL WHERE place = 1"),
    ("a case is said to be returned when it was shared out", "UPDATE allocation_case SET returned = 1"),
    ("a case is nobody's to audit any more", "DELETE FROM allocation_case WHERE place = 1"),
    ("when returns are due is put off", "UPDATE allocation SET due = due + 30"),
    ("sharing out is taken away", "DELETE FROM allocation_case; DELETE FROM allocation"),
    ("imported history is changed", "UPDATE history SET count = count + 1 WHERE position = 0"),
    ("an imported indicator is taken away", "DELETE FROM indicator WHERE position = 0"),
    ("a completion is dated back", "UPDATE action_update SET completed = completed - 30 WHERE completed IS NOT NULL"),
    ("a verification gets another name", "UPDATE action_update SET verified_by = 'QA2' WHERE verified_by IS NOT NULL"),
    ("a withdrawal is taken away", "DELETE FROM withdrawal"),
    ("a withdrawal gets another reason", "UPDATE withdrawal SET why = 'Another'"),
    ("what stands aside is changed", "UPDATE aside SET facts = x'00' || facts"),
    ("figures of an erased audit are changed", "UPDATE result SET score = 1 WHERE id IN (SELECT latest FROM audit WHERE erased IS NOT NULL)"),
    ("an erased audit is said to be another", "UPDATE audit SET return_id = 'erased-1' WHERE erased IS NOT NULL"),
    ("why it was erased is changed", "UPDATE erasure SET why = 'another'"),
    ("the memory of an erased document is lost", "DELETE FROM erased_document"),
    ("the document by which an erased audit is known is another", "UPDATE erasure SET first_document = randomblob(32)"),
    ("another document of an erased audit is said to have counted", "UPDATE erasure SET counted_document = first_document"),
    ("an erased audit is said to have counted nowhere", "UPDATE erasure SET counted_document = NULL"),
    ("an audit is erased by hand", erase_by_hand),
    ("an entry's time is changed", "UPDATE ledger SET at = '2001-01-01T00:00:00Z' WHERE sequence = 5"),
    ("an entry's name is changed", "UPDATE ledger SET who = 'nobody' WHERE sequence = 5"),
    ("an entry's name is changed with its own hash", entry_and_own_hash),
    ("an entry's content is changed", "UPDATE ledger SET detail = '{}' WHERE sequence = 5"),
    ("an entry's content is changed with its own hashes", content_and_own_commitment),
    ("an entry's content is blanked", "UPDATE ledger SET salt = NULL, subject = NULL, detail = NULL WHERE sequence = 5"),
    ("an entry loses its document", "UPDATE ledger SET document = NULL WHERE kind = 'record'"),
    ("two entries are swapped", swap_entries),
    ("an entry in the middle is taken away", "DELETE FROM ledger WHERE sequence = 5"),
    ("an entry in the middle is taken away and all after it are made anew", renumber),
    ("the last entry is taken away", "DELETE FROM ledger WHERE sequence = (SELECT max(sequence) FROM ledger)"),
    ("an entry is forged at the end, well made", forge_entry),
    ("an entry is of an unknown kind", "UPDATE ledger SET kind = 'magic' WHERE sequence = 5"),
    ("all entries are taken away", "DELETE FROM ledger"),
    ("a signature is changed", "UPDATE head SET signature = randomblob(64) WHERE length(key) > 0"),
    ("a head that was kept is changed", "UPDATE head SET hash = replace(hash, 'a', 'b')"),
]

# What is there besides rows.
DEFINITIONS = [
    ("a trigger is put in", "CREATE TRIGGER more AFTER INSERT ON population BEGIN UPDATE population SET count = 1; END"),
    ("a view is replaced", "DROP VIEW v_result; CREATE VIEW v_result AS SELECT 1 AS grade"),
    ("a view is taken away", "DROP VIEW v_attribute"),
    ("a table of one's own is put in", "CREATE TABLE notes(text)"),
    ("an index of one's own is put in", "CREATE INDEX mine ON audit(latest)"),
    ("a table is made anew without its key", "DROP TABLE setting; CREATE TABLE setting(change, name, value)"),
    ("the version is set back", "PRAGMA user_version = 4"),
]

IN_POSTGRESQL = [
    ("a trigger is put in", "CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
     "CREATE TRIGGER more BEFORE INSERT ON population FOR EACH ROW EXECUTE FUNCTION more()"),
    ("the ledger's guard is put to sleep", "ALTER TABLE ledger DISABLE TRIGGER guard"),
    ("what is added is looked over no more", "DROP TRIGGER ending ON chain"),
    ("rows are anybody's", "ALTER TABLE result DISABLE ROW LEVEL SECURITY"),
    ("rows are the owner's as well", "ALTER TABLE result NO FORCE ROW LEVEL SECURITY"),
    ("a policy is taken away", "DROP POLICY growing ON result_section"),
    ("a policy of one's own is put in", "CREATE POLICY more ON result USING (true)"),
    ("a view is taken away", "DROP VIEW v_attribute"),
    ("a table of one's own is put in", "CREATE TABLE notes(text integer)"),
]

# Of these check says first there what it says later of a file, where one row refers to another.
OTHER_FIRST = {"a document is taken away", "a document is slipped in", "a setting is slipped in",
               "a publication of another store is slipped in", "a sample is slipped in",
               "an entry in the middle is taken away", "the last entry is taken away",
               "an entry in the middle is taken away and all after it are made anew",
               "all entries are taken away"}.union(what for what, _ in IN_POSTGRESQL)

# What the store by itself cannot tell, and what then does. The head beside the store is gone.
UNSEEN = [
    ("the last entry is taken away with its row and all heads", last_entries),
    ("the whole chain is made anew", whole_chain),
]

# Heads are a help beside the history: without them it is as whole, and nobody misses them.
# (What, is the head beside the store still there, and what then is said of it.)
FORGOTTEN = [
    ("heads that were kept are taken out", True, ""),
    ("heads that were kept are taken out, and the one beside the store",
     False, "there is no head beside the store"),
]


def copy_store(with_head):
    """A copy that is whole, and what its rows are read and written by."""
    if not on_file:
        return postgresql.copied(uri, "tampered", schema)
    for end in ("", "-wal", "-shm", ".head"):
        if os.path.exists(database.beside(place, end)):
            os.remove(database.beside(place, end))
    shutil.copyfile(store, place)
    if with_head:
        shutil.copyfile(database.beside(store, ".head"), database.beside(place, ".head"))
    return sqlite3.connect(place)


def everything(db):
    return "\n".join([*db.iterdump(), str(db.execute(
        "PRAGMA user_version" if on_file else "SELECT version FROM schema_version").fetchone())])


def tampered(way, with_head=True):
    db = copy_store(with_head)
    before = everything(db)
    if callable(way):
        way(db)
    else:
        db.executescript(way)
    db.commit()
    changed = everything(db) != before
    db.close()
    for end in ("-wal", "-shm"):
        if os.path.exists(place + end):
            os.remove(place + end)
    return changed


def said(done):
    """The first fault, without what is otherwise in every store."""
    lines = [re.sub(r"^caseaudit: (store check: )?", "", line)
             for line in done.stderr.splitlines() if "note:" not in line]
    line = lines[0] if lines else ""
    line = line.replace(place, "store.db")
    line = re.sub(r"\b[0-9a-f]{64}\b", "…", line)
    return re.sub(r"20\d\d-\d\d-\d\dT[\d:]+Z", "…", line)


def row(what, text):
    return "| %s | %s |" % (what, text.replace("|", "\\|"))


failures, rows = [], []
for what, way in WAYS + (DEFINITIONS if on_file else IN_POSTGRESQL):
    if not tampered(way):
        failures.append(what + ": this changes nothing in the store of this test")
        continue
    done = run("store", "check")
    if done.returncode != 3:
        failures.append("%s: exit status %d, %s%s" % (what, done.returncode, done.stdout,
                                                      done.stderr))
    rows.append(row(what, said(done)))

tampered("SELECT 1")
head = open(database.beside(store, ".head"), encoding="ascii").read().strip() if on_file \
    else run("store", "head").stdout.strip()
for what, way in UNSEEN:
    tampered(way, with_head=False)
    done = run("store", "check")
    if done.returncode != 0 or "what this cannot see" not in done.stdout:
        failures.append(what + ": " + done.stdout + done.stderr)
    noted = run("store", "check", "--head", head)
    if noted.returncode != 3:
        failures.append(what + ", with a head: " + noted.stdout + noted.stderr)
    rows.append(row(what, "nothing, without a head noted elsewhere; with one: " + said(noted)))
    if on_file and tampered(way) and run("store", "check").returncode != 3:
        failures.append(what + ": the head beside the store does not tell")

for what, with_head, missed in FORGOTTEN if on_file else FORGOTTEN[:1]:
    tampered("DELETE FROM head", with_head)
    done = run("store", "check")
    noted = run("store", "check", "--head", head)
    if done.returncode != 0 or "keep what 'store head' prints" not in done.stdout \
            or noted.returncode != 0 or ("no head beside" in done.stderr) != bool(missed):
        failures.append(what + ": " + done.stdout + done.stderr + noted.stdout + noted.stderr)
    rows.append(row(what, "nothing, and it says so%s; the history is whole, and a head noted elsewhere "
                          "still proves it" % (missed and ": " + missed)))

text = open(manual, encoding="utf-8").read()
begin, end = "<!-- tampering -->\n", "<!-- end of tampering -->\n"
there = text[text.index(begin) + len(begin):text.index(end)]
table = "\n| What is done to the store by SQL | What `store check` says first |\n|---|---|\n" + \
    "\n".join(rows) + "\n\n"
if "--update" in sys.argv:
    with open(manual, "w", encoding="utf-8") as file:
        file.write(text.replace(begin + there, begin + table))
elif not on_file:
    failures.extend("not as of a file: " + line for line in rows
                    if line not in there and line.split(" | ")[0][2:] not in OTHER_FIRST)
elif there != table:
    failures.append("the table in the manual is another; --update writes it:\n" + "\n".join(
        line for line in rows if line not in there))
for failure in failures:
    print(failure)
print("%d ways of tampering, %d failures" % (len(rows), len(failures)))
sys.exit(1 if failures or len(WAYS) < 50 else 0)
