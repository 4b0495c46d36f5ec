"""A store in PostgreSQL, for scripts that speak to one in SQLite: what they use of Python's sqlite3."""
import ctypes
import ctypes.util
import re

libpq = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
for function, given, comes in (
        ("PQconnectdb", [ctypes.c_char_p], ctypes.c_void_p),
        ("PQstatus", [ctypes.c_void_p], ctypes.c_int),
        ("PQerrorMessage", [ctypes.c_void_p], ctypes.c_char_p),
        ("PQexec", [ctypes.c_void_p, ctypes.c_char_p], ctypes.c_void_p),
        ("PQresultStatus", [ctypes.c_void_p], ctypes.c_int),
        ("PQresultErrorMessage", [ctypes.c_void_p], ctypes.c_char_p),
        ("PQntuples", [ctypes.c_void_p], ctypes.c_int),
        ("PQnfields", [ctypes.c_void_p], ctypes.c_int),
        ("PQftype", [ctypes.c_void_p, ctypes.c_int], ctypes.c_uint),
        ("PQgetisnull", [ctypes.c_void_p, ctypes.c_int, ctypes.c_int], ctypes.c_int),
        ("PQgetvalue", [ctypes.c_void_p, ctypes.c_int, ctypes.c_int], ctypes.c_char_p),
        ("PQclear", [ctypes.c_void_p], None),
        ("PQfinish", [ctypes.c_void_p], None)):
    getattr(libpq, function).argtypes = given
    getattr(libpq, function).restype = comes

BYTES, TIME, WHOLE = 17, 1184, (20, 21, 23)

# SQLite's words, as PostgreSQL says them.
WORDS = (
    (r"CAST\(replace\(CAST\(bytes AS TEXT\), ('\w+'), ('\w+')\) AS BLOB\)",
     r"convert_to(replace(convert_from(bytes, 'UTF8'), \1, \2), 'UTF8')"),
    (r"\bx'([0-9a-f]*)'", r"CAST('\\x\1' AS bytea)"),
    (r"randomblob\((\d+)\)", r"decode(repeat('5a', \1), 'hex')"),
    (r"lower\(hex\((\w+)\)\)", r"encode(\1, 'hex')"),
    (r"\bchar\(10\)", "chr(10)"),
    (r"\binstr\(", "strpos("),
)


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return "CAST('\\x%s' AS bytea)" % value.hex()
    if isinstance(value, int):
        return str(value)
    return "'%s'" % value.replace("'", "''")


class Rows(list):
    def fetchall(self):
        return self

    def fetchone(self):
        return self[0] if self else None


class Store:
    """A connection to one, in a schema, for an authority. What it does is there at once."""

    def __init__(self, uri, schema, authority="-"):
        self.connection = libpq.PQconnectdb(uri.encode())
        if libpq.PQstatus(self.connection) != 0:
            raise OSError(libpq.PQerrorMessage(self.connection).decode())
        self.execute("SET search_path TO %s, pg_temp" % schema)
        self.execute("SET caseaudit.authority TO '%s'" % authority)

    def execute(self, text, values=()):
        for pattern, words in WORDS:
            text = re.sub(pattern, words, text)
        values = iter(values)
        text = re.sub(r"\?(?!')", lambda _: literal(next(values)), text)
        return self.rows(libpq.PQexec(self.connection, text.encode()), text)

    executescript = execute

    def rows(self, result, text):
        status = libpq.PQresultStatus(result)
        if status not in (1, 2):  # done, or rows
            said = libpq.PQresultErrorMessage(result).decode()
            libpq.PQclear(result)
            raise ValueError("%s: %s" % (text, said))
        rows = Rows(tuple(self.value(result, i, j) for j in range(libpq.PQnfields(result)))
                    for i in range(libpq.PQntuples(result) if status == 2 else 0))
        libpq.PQclear(result)
        return rows

    @staticmethod
    def value(result, row, column):
        if libpq.PQgetisnull(result, row, column):
            return None
        text, kind = libpq.PQgetvalue(result, row, column).decode(), libpq.PQftype(result, column)
        if kind == BYTES:
            return bytes.fromhex(text[2:])
        if kind == TIME:  # as the ledger writes it: the server is set to UTC
            return text[:19].replace(" ", "T") + "Z"
        return int(text) if kind in WHOLE else text

    def digests(self):
        """What each table holds."""
        tables = self.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND"
                              " relnamespace = CAST(current_schema AS regnamespace) ORDER BY 1")
        return {table: self.execute("SELECT md5(coalesce(string_agg(CAST(t AS text), '|' ORDER BY"
                                    " CAST(t AS text)), '')) FROM %s t" % table)[0][0] for (table,) in tables}

    def shape(self):
        """What there is besides rows."""
        return self.execute(
            "SELECT relname, relkind, CASE relkind WHEN 'v' THEN md5(pg_get_viewdef(c.oid)) END, (SELECT count(*)"
            " FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled = 'O'), relrowsecurity, relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) FROM pg_class c"
            " WHERE relnamespace = CAST(current_schema AS regnamespace) ORDER BY 1")

    def iterdump(self):
        yield str(self.digests())
        yield str(self.shape())

    def commit(self):
        pass

    def close(self):
        libpq.PQfinish(self.connection)


class Copy(Store):
    """One of a database as it was when this was made. Rows are mended; for more it is made anew."""

    def __init__(self, uri, name, schema):
        server = Store(uri("template1"), "public")
        server.execute("DROP DATABASE IF EXISTS %s" % name)
        server.execute("CREATE DATABASE %s TEMPLATE postgres" % name)
        server.close()
        super().__init__(uri(name), schema)
        self.schema = schema
        self.execute("SET TimeZone TO 'UTC'")
        self.whole, self.as_made = self.digests(), self.shape()
        self.execute("CREATE SCHEMA whole")
        for table in self.whole:
            self.execute("CREATE TABLE whole.%s AS TABLE %s" % (table, table))

    def mend(self):
        """False if that cannot be done."""
        if self.shape() != self.as_made:
            return False
        for table, digest in self.digests().items():
            if digest != self.whole[table]:
                self.execute("DELETE FROM %s" % table)
                self.execute("INSERT INTO %s TABLE whole.%s" % (table, table))
        return self.digests() == self.whole

    def close(self):
        pass  # it is mended for whoever comes next


copies = {}


def copied(uri, name, schema):
    """The copy of the database, whole again."""
    if name not in copies or not copies[name].mend():
        if name in copies:
            Store.close(copies[name])
        copies[name] = Copy(uri, name, schema)
    return copies[name]
