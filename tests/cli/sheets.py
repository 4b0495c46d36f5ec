"""Writes a workbook of the kind that Excel writes: a hidden sheet first, texts that cells share,
dates and numbers by their formats, a row and two columns that nobody sees.  sheets.py FILE"""
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

shared = []


def text(value):
    if value not in shared:
        shared.append(value)
    return f't="s"><v>{shared.index(value)}</v>'


def number(value, style=0):
    return f's="{style}"><v>{value}</v>'


def sheet(rows, hidden_row=None, hidden_columns=()):
    columns = "".join(f'<col min="{i}" max="{i}" hidden="1"/>' for i in hidden_columns)
    out = [f'<worksheet xmlns="{MAIN}">', f"<cols>{columns}</cols>" if columns else "", "<sheetData>"]
    for r, cells in rows.items():
        out.append(f'<row r="{r}" hidden="1">' if r == hidden_row else f'<row r="{r}">')
        out += [f'<c r="{chr(65 + i)}{r}" {cell}</c>' for i, cell in enumerate(cells) if cell]
        out.append("</row>")
    return "".join(out) + "</sheetData></worksheet>"


headings = ["id", "case", "audit-date", "auditor", "Called back", "Days", "Team"]
answers = sheet({
    1: [text(h) for h in headings],
    2: [number(1), text("C1"), number(45244, 1), text("A1"), text("Half way"),
        number("2.5000000000000004"), 't="inlineStr"><is><r><t xml:space="preserve">North </t></r><r><t>East</t></r></is>'],
    5: [number(2), number(42, 2), number(45245.43, 1), text("A1"), text("n/a")],
}, hidden_row=5, hidden_columns=(6, 7))
second = sheet({1: [text("A title")],
                2: [text(h) for h in headings[:5]],
                3: [number(9), text("C9"), number(45244, 1), text("A1"), text("No")]})
hidden = sheet({1: [text("list")]})


def relations(pairs):
    items = "".join(f'<Relationship Id="r{i}" Type="{REL}/{kind}" Target="{target}"/>'
                    for i, (kind, target) in enumerate(pairs, 1))
    return f'<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


strings = "".join(f"<si><t>{s}</t></si>" for s in shared)
parts = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
                       '<sheet name="Hidden" sheetId="1" state="veryHidden" r:id="r1"/>'
                       '<sheet name="Answers" sheetId="2" r:id="r2"/>'
                       '<sheet name="Second sheet" sheetId="3" r:id="r3"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations([("worksheet", f"worksheets/sheet{i}.xml") for i in (1, 2, 3)] +
                                            [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]),
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="0000"/></numFmts>'
                     '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet1.xml": hidden,
    "xl/worksheets/sheet2.xml": answers,
    "xl/worksheets/sheet3.xml": second,
}
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in parts.items():
        archive.writestr(name, content)
