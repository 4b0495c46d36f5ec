#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "core/base/buffer.h"
#include "core/sheet/sheet.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;
static struct ca_diags diags;
static struct ca_sheet sheet;

static void setup(void)
{
    arena = ca_arena_new();
}

static void teardown(void)
{
    ca_arena_free(arena);
}

/* ---- zip files, as a test needs them ---- */

struct part {
    const char *name, *text;
};

static void add_number(struct ca_buffer *out, uint32_t n, int size)
{
    for (int i = 0; i < size; i++, n >>= 8)
        ca_buffer_putc(out, (char)(n & 0xFF));
}

static void add_fields(struct ca_buffer *out, const struct part *part, size_t packed)
{
    size_t length = strlen(part->text);

    add_number(out, 20, 2);
    add_number(out, 0, 2);
    add_number(out, packed != length ? 8 : 0, 2);
    add_number(out, 0, 4);
    add_number(out, (uint32_t)crc32(0, (const unsigned char *)part->text, (uInt)length), 4);
    add_number(out, (uint32_t)packed, 4);
    add_number(out, (uint32_t)length, 4);
    add_number(out, (uint32_t)strlen(part->name), 2);
    add_number(out, 0, 2);
}

static size_t deflated(const char *text, char *out, size_t room)
{
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)text,
                       .avail_in = (uInt)strlen(text),
                       .next_out = (unsigned char *)out,
                       .avail_out = (uInt)room};

    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    (void)deflateEnd(&stream);
    return stream.total_out;
}

static struct ca_buffer zipped(const struct part *parts, size_t count)
{
    struct ca_buffer out = {0}, directory = {0};

    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(parts[i].text), packed = length, room = length + 100;
        char *bytes = calloc(room, 1);
        uint32_t at = (uint32_t)out.length;
        if (length > 50) /* shorter ones are stored */
            packed = deflated(parts[i].text, bytes, room);
        ca_buffer_add(&out, "PK\3\4", 4);
        add_fields(&out, &parts[i], packed);
        ca_buffer_puts(&out, parts[i].name);
        ca_buffer_add(&out, packed != length ? bytes : parts[i].text, packed);
        ca_buffer_add(&directory, "PK\1\2\24\0", 6);
        add_fields(&directory, &parts[i], packed);
        add_number(&directory, 0, 10);
        add_number(&directory, at, 4);
        ca_buffer_puts(&directory, parts[i].name);
        free(bytes);
    }
    uint32_t start = (uint32_t)out.length;
    ca_buffer_add(&out, directory.data, directory.length);
    ca_buffer_add(&out, "PK\5\6\0\0\0\0", 8);
    add_number(&out, (uint32_t)count, 2);
    add_number(&out, (uint32_t)count, 2);
    add_number(&out, (uint32_t)directory.length, 4);
    add_number(&out, start, 4);
    add_number(&out, 0, 2);
    ca_buffer_free(&directory);
    return out;
}

/* ---- workbooks ---- */

#define NS  " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS                                                                              \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"

static const char root_relations[] =
    RELATIONS "<Relationship Id='a' Type='" REL
              "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char book_relations[] = RELATIONS
    "<Relationship Id='r1' Type='" REL "/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='" REL "/worksheet' Target='/xl/worksheets/sheet2.xml'/>"
    "<Relationship Id='r3' Type='" REL "/chartsheet' Target='chartsheets/sheet1.xml'/>"
    "<Relationship Id='r4' Type='" REL "/sharedStrings' Target='../xl/sharedStrings.xml'/>"
    "<Relationship Id='r5' Type='" REL "/styles' Target='styles.xml'/></Relationships>";
static const char book[] =
    "<workbook" NS " xmlns:r='" REL "'><workbookPr/><sheets>"
    "<sheet name='Lists' sheetId='1' state='hidden' r:id='r2'/>"
    "<sheet name='Chart' sheetId='3' r:id='r3'/>"
    "<sheet name='Answers &amp; more' sheetId='2' r:id='r1'/></sheets></workbook>";
static const char strings[] =
    "<sst" NS
    "><si><t>case</t></si><si><r><t xml:space='preserve'>Not </t></r><r><rPr/><t>met</t></r>"
    "<rPh sb='0' eb='1'><t>never seen</t></rPh></si><si><t>two_x000D_\nlines</t></si>"
    "<si><t xml:space='preserve'>\xC2\xA0 n/a \xE2\x80\x8B</t></si></sst>";
static const char styles[] =
    "<styleSheet" NS "><numFmts><numFmt numFmtId='164' formatCode='dd\\/mm\\/yyyy'/>"
    "<numFmt numFmtId='165' formatCode='00000'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='9'/>"
    "<xf numFmtId='165'/><xf numFmtId='22'/></cellXfs></styleSheet>";

static bool read_parts(const struct part *parts, size_t count,
                       const struct ca_sheet_options *options)
{
    const struct ca_sheet_options none = {.name = NULL};
    struct ca_buffer bytes = zipped(parts, count);
    bool good;

    ca_arena_reset(arena);
    ca_diags_init(&diags, arena);
    good = ca_sheet_read(arena, bytes.data, bytes.length, options ? options : &none, &sheet,
                         &diags);
    ca_buffer_free(&bytes);
    return good;
}

static bool read_sheets(const char *first, const char *second,
                        const struct ca_sheet_options *options)
{
    const struct part parts[] = {
        {"_rels/.rels", root_relations},     {"xl/_rels/workbook.xml.rels", book_relations},
        {"xl/workbook.xml", book},           {"xl/sharedStrings.xml", strings},
        {"xl/styles.xml", styles},           {"xl/worksheets/sheet1.xml", first},
        {"xl/worksheets/sheet2.xml", second}};

    return read_parts(parts, sizeof parts / sizeof *parts, options);
}

#define SHEET(rows) "<worksheet" NS "><sheetData>" rows "</sheetData></worksheet>"
#define EMPTY       SHEET("<row r='1'><c r='A1' t='inlineStr'><is><t>list</t></is></c></row>")

static void ck_said(const char *what)
{
    for (size_t i = 0; i < diags.count; i++)
        if (strstr(diags.items[i].message, what) != NULL)
            return;
    ck_abort_msg("did not say: %s (but %s)", what,
                 diags.count > 0 ? diags.items[0].message : "nothing");
}

START_TEST(test_cells_of_every_type)
{
    static const char *const expected[] = {"Not met",
                                           "two\nlines",
                                           "n/a",
                                           "inline text",
                                           "TRUE",
                                           "FALSE",
                                           "#REF!",
                                           "12",
                                           "2023-11-14",
                                           "2023-11-14",
                                           "67%",
                                           "00123",
                                           "2023-11-14 10:20:44",
                                           "123457123456",
                                           "of a formula",
                                           "2023-11-14T00:00:00",
                                           "0.1"};

    ck_assert(read_sheets(
        SHEET(
            "<row r='3'><c r='A3' t='s'><v>0</v></c><c t='str'><v>b</v></c><c "
            "t='str'><v>c</v></c>"
            "<c t='str'><v>d</v></c><c t='str'><v>e</v></c><c t='str'><v>f</v></c><c "
            "t='str'><v>g</v></c>"
            "<c t='str'><v>h</v></c><c t='str'><v>i</v></c><c t='str'><v>j</v></c><c "
            "t='str'><v>k</v></c>"
            "<c t='str'><v>l</v></c><c t='str'><v>m</v></c><c t='str'><v>n</v></c><c "
            "t='str'><v>o</v></c>"
            "<c t='str'><v>p</v></c><c t='str'><v>q</v></c></row>"
            "<row/>"
            "<row r='7' hidden='1'><c r='A7' t='s'><v>1</v></c><c r='B7' t='s'><v>2</v></c>"
            "<c t='s'><v>3</v></c><c t='inlineStr'><is><r><t>inline </t></r><r><t>text</t></r>"
            "<rPh><t>x</t></rPh></is></c>"
            "<c t='b'><v>1</v></c><c t='b'><v>0</v></c><c "
            "t='e'><v>#REF!</v></c><c><v>12</v></c>"
            "<c s='1'><v>45244</v></c><c s='2'><v>45244</v></c><c "
            "s='3'><v>0.67000000000000004</v></c>"
            "<c s='4'><v>123</v></c><c "
            "s='5'><v>45244.43106481481</v></c><c><v>1.23457123456E11</v></c>"
            "<c t='str'><f>\"of a \" &amp; A1</f><v>of a formula</v></c>"
            "<c "
            "t='d'><v>2023-11-14T00:00:00</v></c><c><f>1/10</f><v>0.10000000000000001</v></c>"
            "<c r='R7' s='1'/></row>"),
        EMPTY, NULL));
    ck_assert_int_eq(sheet.header_row, 3);
    ck_assert_str_eq(sheet.header[0], "case");
    ck_assert_uint_eq(sheet.columns, sizeof expected / sizeof *expected);
    ck_assert_uint_eq(sheet.row_count, 1);
    ck_assert_int_eq(sheet.rows[0].number, 7);
    for (size_t i = 0; i < sheet.columns; i++)
        ck_assert_str_eq(sheet.rows[0].cells[i], expected[i]);
    ck_assert_uint_eq(diags.count, 1);
    ck_said("row 7 is hidden in the sheet");
}
END_TEST

START_TEST(test_which_sheet)
{
    static const char first[] = SHEET("<row><c t='str'><v>first</v></c></row>");
    static const char second[] = SHEET("<row><c t='str'><v>second</v></c></row>");
    const struct ca_sheet_options lists = {.name = " lists"}, other = {.name = "Tables"},
                                  comma = {.separator = ','};

    ck_assert(read_sheets(first, second, NULL));
    ck_assert_msg(strcmp(sheet.header[0], "first") == 0, "not a hidden one, nor a chart");
    ck_assert(read_sheets(first, second, &lists));
    ck_assert_str_eq(sheet.header[0], "second");
    ck_assert(!read_sheets(first, second, &other));
    ck_said("there is no sheet 'Tables' in this workbook; it has 'Lists', 'Chart', 'Answers & "
            "more'");
    ck_assert(!read_sheets(first, second, &comma));
    ck_said("an Excel workbook, which has no separator");
}
END_TEST

START_TEST(test_what_would_be_lost_is_told)
{
    ck_assert(
        read_sheets("<worksheet" NS "><sheetData><row><c t='str'><v>a</v></c></row>"
                    "<row r='2'><c r='A2'><v>1</v></c></row></sheetData>"
                    "<mergeCells><mergeCell ref='A1:C1'/><mergeCell ref='A2:A4'/></mergeCells>"
                    "</worksheet>",
                    EMPTY, NULL));
    ck_assert_uint_eq(diags.count, 1);
    ck_said("the cells A2:A4 are merged: what they say counts for row 2 alone");
    ck_assert(!read_sheets(SHEET("<row r='1'><c t='str'><v>a</v></c></row>"
                                 "<row r='2'><c r='A2'><f>1+1</f></c></row>"),
                           EMPTY, NULL));
    ck_said("row 2, column 1: the formula has no result yet");
    ck_assert(!read_sheets(SHEET("<row r='1'><c t='s'><v>99</v></c></row>"), EMPTY, NULL));
    ck_said("row 1, column 1: the workbook has no text for this cell");
}
END_TEST

#define ROW(n, attributes)                                                                     \
    "<row r='" #n "' " attributes "><c r='A" #n "'><v>1</v></c><c r='C" #n                     \
    "'><v>1</v></c></row>"
#define HEADINGS(n)                                                                            \
    "<row r='" #n "'><c r='A" #n "' t='str'><v>a</v></c><c r='B" #n "' t='str'><v>b</v></c>"   \
    "<c r='C" #n "' t='str'><v>c</v></c></row>"

/* Rows as a filter or a person hides them; what is empty or above the headings is no loss. */
START_TEST(test_hidden_rows_are_told)
{
    const struct ca_sheet_options third = {.header_row = 3};

    ck_assert(read_sheets(
        SHEET(ROW(1, "hidden='1'") "<row r='2' hidden='1'/>" HEADINGS(3) ROW(4, "hidden='1'")
                  ROW(5, "hidden='true'") ROW(6, "ht='0' customHeight='1'") ROW(7, "ht='0.5'")
                      ROW(8, "hidden='1'") ROW(9, "hidden='0'") "<row r='10' hidden='1'/>"),
        EMPTY, &third));
    ck_assert_uint_eq(sheet.row_count, 6);
    ck_assert_uint_eq(diags.count, 1);
    ck_assert_int_eq(diags.items[0].line, 4);
    ck_assert_str_eq(diags.items[0].message,
                     "rows 4 to 6, 8 are hidden in the sheet, by hand or by a filter, and are "
                     "read like the others; delete those that should not count");
    ck_assert(read_sheets(SHEET(HEADINGS(1) ROW(2, "hidden='1'") ROW(3, "")), EMPTY, NULL));
    ck_assert_str_eq(diags.items[0].message,
                     "row 2 is hidden in the sheet, by hand or by a filter, and is read like "
                     "the others; delete it if it should not count");
    ck_assert(read_sheets(SHEET(HEADINGS(1) ROW(2, "") ROW(3, "")), EMPTY, NULL));
    ck_assert_uint_eq(diags.count, 0);
}
END_TEST

/* A filter over a thousand rows is told in one line. */
START_TEST(test_many_hidden_rows_are_one_line)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, "<worksheet" NS "><sheetData>" HEADINGS(1));
    for (int i = 2; i < 1000; i++)
        ca_buffer_printf(&text, "<row r='%d' hidden='%d'><c><v>1</v></c></row>", i, i % 2);
    ca_buffer_puts(&text, "</sheetData></worksheet>");
    ck_assert(read_sheets(text.data, EMPTY, NULL));
    ck_assert_uint_eq(diags.count, 1);
    ck_said("rows 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and others are hidden");
    ca_buffer_free(&text);
}
END_TEST

#define COLUMNS(columns)                                                                       \
    "<worksheet" NS "><cols>" columns "</cols><sheetData>" HEADINGS(1)                         \
        ROW(2, "") "</sheetData></worksheet>"

START_TEST(test_hidden_columns_are_told)
{
    static const bool passed_over[] = {false, true, false};

    ck_assert(read_sheets(COLUMNS("<col min='1' max='1' width='9'/><col min='2' max='16384' "
                                  "hidden='1'/>"),
                          EMPTY, NULL));
    ck_assert_uint_eq(diags.count, 0);
    ca_sheet_tell_hidden(&sheet, NULL, &diags);
    ck_assert_uint_eq(diags.count, 2);
    ck_assert_str_eq(diags.items[0].message,
                     "row 1, column 2 'b': the column is hidden in the sheet, and is read like "
                     "the others; delete it if it should not count");
    ck_assert(read_sheets(COLUMNS("<col min='2' max='2' width='0'/><col min='1' max='1' "
                                  "hidden='0' width='0.7'/>"),
                          EMPTY, NULL));
    ca_sheet_tell_hidden(&sheet, passed_over, &diags);
    ck_assert_uint_eq(diags.count, 0);
    ca_sheet_tell_hidden(&sheet, NULL, &diags);
    ck_assert_uint_eq(diags.count, 1);
    ck_assert(read_sheets(COLUMNS("<col min='x' max='2' hidden='1'/><col hidden='1'/>"), EMPTY,
                          NULL));
    ca_sheet_tell_hidden(&sheet, NULL, &diags);
    ck_assert_uint_eq(diags.count, 0);
}
END_TEST

#define MERGED(cells)                                                                          \
    "<worksheet" NS "><sheetData>" HEADINGS(2) ROW(3, "") ROW(4, "")                           \
        ROW(5, "") "</sheetData>"                                                              \
                   "<mergeCells>" cells "</mergeCells></worksheet>"

START_TEST(test_merged_cells_are_told_where_something_is_lost)
{
    ck_assert(read_sheets(MERGED("<mergeCell ref='A2:C2'/><mergeCell ref='B3:B4'/>"
                                 "<mergeCell ref='A1:C1'/><mergeCell ref='C3'/>"
                                 "<mergeCell ref='A90:A91'/><mergeCell ref='Z3:Z4'/>"
                                 "<mergeCell/>"),
                          EMPTY, NULL));
    ck_assert_msg(diags.count == 0, "titles, headings, empty cells");
    ck_assert(read_sheets(MERGED("<mergeCell ref='A3:B3'/><mergeCell ref='C4:C5'/>"
                                 "<mergeCell ref='B2:B3'/>"),
                          EMPTY, NULL));
    ck_assert_uint_eq(diags.count, 3);
    ck_said("the cells A3:B3 are merged: what they say counts for column 1 alone");
    ck_said("the cells C4:C5 are merged: what they say counts for row 4 alone");
    ck_said("the cells B2:B3 are merged: what they say counts for row 2 alone");
}
END_TEST

/* Of several sheets one is read: which, and which not. */
START_TEST(test_other_sheets_are_told)
{
    static const char third[] = SHEET("<row><c t='str'><v>third</v></c></row>");
    static const char names[] =
        "<workbook" NS " xmlns:r='" REL "'><sheets>"
        "<sheet name='One' r:id='r1'/><sheet name='Two' r:id='r2'/><sheet name='Chart' "
        "r:id='r3'/>"
        "<sheet name='Three' r:id='r6' state='%s'/></sheets></workbook>";
    struct part parts[] = {
        {"xl/_rels/workbook.xml.rels",
         RELATIONS "<Relationship Id='r1' Target='worksheets/sheet1.xml'/>"
                   "<Relationship Id='r2' Target='/xl/worksheets/sheet2.xml'/>"
                   "<Relationship Id='r3' Target='chartsheets/sheet1.xml'/>"
                   "<Relationship Id='r6' Target='worksheets/sheet3.xml'/></Relationships>"},
        {"xl/workbook.xml", NULL},
        {"xl/worksheets/sheet1.xml", third},
        {"xl/worksheets/sheet2.xml", SHEET("<row><c s='1'/></row>")},
        {"xl/worksheets/sheet3.xml", third}};
    static const struct {
        const char *state;
        size_t told;
    } cases[] = {{"visible", 1}, {"hidden", 0}, {"veryHidden", 0}};
    const struct ca_sheet_options one = {.name = "One"};
    char text[1024];

    parts[1].text = text;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        (void)snprintf(text, sizeof text, names, cases[i].state);
        ck_assert(read_parts(parts, 5, NULL));
        ck_assert_uint_eq(diags.count, cases[i].told);
        if (cases[i].told > 0)
            ck_assert_str_eq(diags.items[0].message,
                             "the sheet 'One' is read, and no other; this workbook also has "
                             "'Three': say which is meant with --sheet");
        ck_assert(read_parts(parts, 5, &one));
        ck_assert_msg(diags.count == 0, "whoever names one knows");
    }
    (void)snprintf(
        text, sizeof text, "%s",
        "<workbook" NS " xmlns:r='" REL "'><sheets>"
        "<sheet name='Lists' state='hidden' r:id='r1'/><sheet name='Chart' r:id='r3'/>"
        "</sheets></workbook>");
    ck_assert(!read_parts(parts, 5, NULL));
    ck_said("all sheets of this workbook that have cells are hidden; say which is meant with "
            "--sheet: there are "
            "'Lists'");
}
END_TEST

START_TEST(test_days_from_1904)
{
    const struct part parts[] = {
        {"xl/_rels/workbook.xml.rels", book_relations},
        {"xl/workbook.xml",
         "<workbook" NS " xmlns:q='" REL "'><workbookPr date1904='1'/><sheets>"
         "<sheet name='A' q:id='r1'/></sheets></workbook>"},
        {"xl/sharedStrings.xml", strings},
        {"xl/styles.xml", styles},
        {"xl/worksheets/sheet1.xml",
         SHEET("<row><c t='str'><v>when</v></c></row><row><c s='1'><v>43782</v></c></row>")}};

    ck_assert(read_parts(parts, 5, NULL));
    ck_assert_str_eq(sheet.rows[0].cells[0], "2023-11-14");
    ck_assert(sheet.from_1904);
}
END_TEST

START_TEST(test_other_zip_files)
{
    static const struct {
        struct part part;
        const char *said;
    } cases[] = {
        {{"xl/workbook.bin", "x"}, "this is a binary Excel workbook (.xlsb)"},
        {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, "(.ods)"},
        {{"word/document.xml", "x"}, "this is a Word document"},
        {{"Index/Document.iwa", "x"}, "Numbers"},
        {{"anything.txt", "x"}, "this is a zip file, and no Excel workbook"},
        {{"xl/workbook.xml", "<workbook><sheets/></workbook>"}, "it has no sheet to read"},
        {{"xl/workbook.xml", "<workbook><sheets>"},
         "xl/workbook.xml: it is not well-formed XML"},
        {{"xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"}, "DOCTYPE"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert(!read_parts(&cases[i].part, 1, NULL));
        ck_said(cases[i].said);
        ck_said("\"CSV UTF-8\"");
    }
}
END_TEST

/* One program shows the first, another the last: what a person looked at may not be what is
 * read. */
START_TEST(test_files_of_one_name)
{
    const struct part parts[] = {
        {"_rels/.rels", root_relations},     {"xl/_rels/workbook.xml.rels", book_relations},
        {"xl/workbook.xml", book},           {"xl/sharedStrings.xml", strings},
        {"xl/styles.xml", styles},           {"xl/worksheets/sheet2.xml", EMPTY},
        {"xl/worksheets/sheet1.xml", EMPTY}, {"XL/Workbook.xml", book}};

    ck_assert(read_parts(parts, 7, NULL));
    ck_assert(!read_parts(parts, 8, NULL));
    ck_said("there is more than one 'xl/workbook.xml' in it");
}
END_TEST

/* Small files that would unpack to large ones, or make large sheets, cost their limit. */
START_TEST(test_bombs)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, "<worksheet><sheetData>");
    for (int i = 0; i < 70 * 1024 * 1024 / 16; i++)
        ca_buffer_add(&text, "                ", 16);
    ck_assert(!read_sheets(text.data, EMPTY, NULL));
    ck_said("is larger than the limit of 64 MiB");
    ca_buffer_clear(&text);
    ca_buffer_puts(&text, "<worksheet><sheetData>");
    for (int i = 0; i < 1000; i++)
        ca_buffer_printf(&text, "<row><c r='XFD%d'><v>1</v></c></row>", i + 1);
    ck_assert(!read_sheets(text.data, EMPTY, NULL));
    ck_said("the sheet has more than 5000000 cells");
    ca_buffer_clear(&text);
    ca_buffer_puts(
        &text,
        "<worksheet><sheetData><row><c r='ZZZZ1'><v>1</v></c></row></sheetData></worksheet>");
    ck_assert(!read_sheets(text.data, EMPTY, NULL));
    ck_said("more than 16384 columns");
    ca_buffer_clear(&text);
    ca_buffer_puts(&text, "<worksheet");
    for (int i = 0; i < 100000; i++)
        ca_buffer_printf(&text, " a%d=''", i);
    ca_buffer_puts(&text, "/>");
    ck_assert(!read_sheets(text.data, EMPTY, NULL));
    ck_said("an element in it has more than 100 attributes");
    ca_buffer_free(&text);
}
END_TEST

/* A workbook that was not copied whole, or whose bytes changed, is refused and harms nobody. */
START_TEST(test_damaged_files)
{
    const struct part parts[] = {
        {"_rels/.rels", root_relations},    {"xl/_rels/workbook.xml.rels", book_relations},
        {"xl/workbook.xml", book},          {"xl/sharedStrings.xml", strings},
        {"xl/styles.xml", styles},          {"xl/worksheets/sheet1.xml", EMPTY},
        {"xl/worksheets/sheet2.xml", EMPTY}};
    const struct ca_sheet_options none = {.name = NULL};
    struct ca_buffer bytes = zipped(parts, 7);
    size_t step = getenv("CA_VALGRIND") != NULL ? 97 : 1, read = 0;

    for (size_t i = 4; i < bytes.length; i += step) {
        char kept = bytes.data[i];
        ca_arena_reset(arena);
        ca_diags_init(&diags, arena);
        ck_assert(!ca_sheet_read(arena, bytes.data, i, &none, &sheet, &diags));
        bytes.data[i] = (char)~kept;
        read += ca_sheet_read(arena, bytes.data, bytes.length, &none, &sheet, &diags);
        bytes.data[i] = kept;
    }
    ck_assert_msg(read < bytes.length, "no change was noticed");
    ca_buffer_free(&bytes);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("workbook");
    TCase *tcase = tcase_create("workbook");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_cells_of_every_type);
    tcase_add_test(tcase, test_which_sheet);
    tcase_add_test(tcase, test_what_would_be_lost_is_told);
    tcase_add_test(tcase, test_hidden_rows_are_told);
    tcase_add_test(tcase, test_many_hidden_rows_are_one_line);
    tcase_add_test(tcase, test_hidden_columns_are_told);
    tcase_add_test(tcase, test_merged_cells_are_told_where_something_is_lost);
    tcase_add_test(tcase, test_other_sheets_are_told);
    tcase_add_test(tcase, test_days_from_1904);
    tcase_add_test(tcase, test_other_zip_files);
    tcase_add_test(tcase, test_files_of_one_name);
    tcase_add_test(tcase, test_bombs);
    tcase_add_test(tcase, test_damaged_files);
    suite_add_tcase(suite, tcase);
    return suite;
}
