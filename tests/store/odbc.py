#!/usr/bin/env python3
"""Reads a store's views over ODBC, as several roles; see odbc.sh."""
import collections
import json
import subprocess
import sys

import pyodbc

server, summary = sys.argv[1:]
faults = []


def connect(role):
    return pyodbc.connect(
        f"Driver=PostgreSQL Unicode;Servername={server};Port=5432;Database=postgres;Username={role}",
        autocommit=True)


def expect(what, expected, found):
    if expected != found:
        faults.append(f"{what}: expected {expected!r}, found {found!r}")


def refused(role, connection, statement):
    try:
        connection.execute(statement).fetchall()
    except pyodbc.Error:
        return
    faults.append(f"{role} was let: {statement}")


def columns_of(connection, view):
    return [row.column_name for row in connection.cursor().columns(schema="caseaudit", table=view)]


def read(connection, view, columns=None):
    """As Power BI asks, with every name in quotes."""
    names = ", ".join(f'"{name}"' for name in columns or columns_of(connection, view))
    return connection.execute(f'SELECT {names} FROM "postgres"."caseaudit"."{view}"').fetchall()


def by_psql(role, view):
    """How many rows there are for whom reads them another way."""
    done = subprocess.run(
        ["psql", "-X", "-A", "-t", "-h", server, "-U", role, "-d", "postgres",
         "-c", f"SELECT count(*) FROM caseaudit.{view}"], check=True, capture_output=True, text=True)
    return int(done.stdout)


def look_at_region():
    board = connect("board")
    views = [row.table_name for row in board.cursor().tables(schema="caseaudit", tableType="VIEW")
             if row.table_name.startswith("region_")]
    expect("views of the region",
           ["region_" + name for name in ("action", "agency", "alert", "limit", "measure", "result",
                                          "section", "standard", "theme")], sorted(views))
    for view in views:
        rows = read(board, view)
        expect(f"rows of {view}", by_psql("board", view), len(rows))
        expect(f"{view} has rows", True, len(rows) > 0)
        expect(f"authorities of {view}", {"dudley", "sandwell"}, {row.authority for row in rows})
        expect(f"{view} tells of a return, a case or a person", set(), set(columns_of(board, view)) & {
            "return_id", "case_ref", "auditor", "evidence", "comment", "owner", "moderator"})
        refused("board", board, f"SELECT * FROM caseaudit.{view.replace('region_', 'v_')}")
    results = read(board, "region_result")
    # Dates are texts, and what is measured is a number, as in a store's file.
    expect("types", (str, float), (type(results[0].audit_date), type(results[0].score)))
    refused("board", board, "SELECT * FROM caseaudit.document")
    refused("board", board, "DELETE FROM caseaudit.region_result")
    return results


def look_at_summary(results):
    """What Power BI counts is what a summary says."""
    counted = collections.Counter((row.authority, row.grade) for row in results
                                  if row.template == "child-in-need-file")
    with open(summary, encoding="utf-8") as file:
        periods = json.load(file)["periods"]
    groups = {period["group"]["authority"]: period["grades"] for period in periods if period["group"]}
    expect("authorities of the summary", {"dudley", "sandwell"}, set(groups))
    for authority, grades in groups.items():
        for grade in grades:
            expect(f"{authority} {grade['id']}", counted[authority, grade["id"]], grade["count"])


def look_at_authority():
    rita = connect("rita")
    rows = read(rita, "v_result", ["return_id", "grade", "score", "audit_date", "authority"])
    expect("rows of the reader's authority", {"dudley"}, {row.authority for row in rows})
    expect("what is withdrawn in the other is there", True, "CIN-2023-002" in {row.return_id for row in rows})
    rita.execute("SET caseaudit.authority TO 'sandwell'")
    expect("rows of another authority", {"dudley"},
           {row.authority for row in read(rita, "v_result", ["authority"])})
    for statement in ("SELECT * FROM caseaudit.v_result", "SELECT case_ref FROM caseaudit.v_result",
                      "SELECT * FROM caseaudit.document", "SELECT * FROM caseaudit.region_result",
                      "UPDATE caseaudit.result SET score = 100", "SET ROLE caseaudit_owner",
                      "SET ROLE caseaudit_region", "INSERT INTO caseaudit.setting DEFAULT VALUES"):
        refused("rita", rita, statement)
    stranger = connect("stranger")
    refused("stranger", stranger, "SELECT authority FROM caseaudit.v_result")
    refused("stranger", stranger, "SELECT authority FROM caseaudit.region_result")


look_at_summary(look_at_region())
look_at_authority()
print("\n".join(faults))
sys.exit(bool(faults))
