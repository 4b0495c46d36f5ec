/* Ids for returns that are made from rows. */
#include <string.h>

#include <nettle/sha2.h>

#include "core/work/convert_private.h"

enum { TEMPLATE_PART = 40, DIGEST_LETTERS = 10, LONGEST_ROW_ID = 10 };

static void add(struct sha256_ctx *digest, const char *text)
{
    sha256_update(digest, strlen(text) + 1, (const uint8_t *)(text));
}

static bool fits_an_id(const char *text)
{
    size_t length = strlen(text);

    return length > 0 && length <= LONGEST_ROW_ID &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") ==
               length;
}

/*
 * The template, letters that stand for the export (its headings) and the audit (case, date and
 * auditor), and the row: what the export calls it or, where it does not, its number. A later
 * export of the same form, with more rows, so has the same ids for the same audits; another
 * form has others. Letters without vowels, because digits could look like a telephone number,
 * and vowels make words.
 */
const char *ca_row_made_id(const struct ca_row_draft *row)
{
    static const char letters[] = "bcdfghjkmnpqrstv";
    const char *row_id = row->row_id != NULL ? row->row_id : "", *shown = row_id;
    int number = row->sheet->rows[row->index].number;
    char text[DIGEST_LETTERS + 1] = "";
    uint8_t bytes[SHA256_DIGEST_SIZE];
    struct sha256_ctx digest;

    if (row->case_ref == NULL || row->audit_date == NULL)
        return NULL;
    if (!fits_an_id(shown))
        shown = ca_arena_printf(row->arena, "%d", number);
    sha256_init(&digest);
    add(&digest, row->t->id);
    for (size_t i = 0; i < row->sheet->columns; i++)
        add(&digest, row->sheet->header[i]);
    add(&digest, row->case_ref);
    add(&digest, row->audit_date);
    add(&digest, row->auditor != NULL ? row->auditor : "");
    add(&digest, *row_id != '\0' ? row_id : shown);
    sha256_digest(&digest, sizeof bytes, bytes);
    for (int i = 0; i < DIGEST_LETTERS; i++)
        text[i] = letters[bytes[i] % 16];
    return ca_arena_printf(row->arena, "%.*s-%s-%s", TEMPLATE_PART, row->t->id, text, shown);
}
