/*
 * What an entry of the ledger vouches for and does not tell, from one store to another: the
 * rows behind it, as JSON: {"draw":[[…]],"draw_case":[[…],…]}. In the other store they must
 * make the same entry.
 */
#include <string.h>

#include "core/base/json.h"
#include "core/store/tables_carry.h"
#include "core/store/tables_draws.h"

/* Of each kind its tables, in the order they are filled. Both texts name the same values in the
 * same order, behind the change in the one that adds. */
static const struct carried {
    const char *kind, *table, *select, *insert;
} carried[] = {
    {"draw", "draw", ca_sql_draw_row, ca_sql_add_draw},
    {"draw", "draw_stratum", ca_sql_draw_strata, ca_sql_add_draw_stratum},
    {"draw", "draw_case", ca_sql_draw_cases, ca_sql_add_draw_case},
    {"allocate", "allocation", ca_sql_allocation_row, ca_sql_add_allocation},
    {"allocate", "allocation_case", ca_sql_allocation_cases, ca_sql_add_allocation_case},
    {"replace", "draw_replacement", ca_sql_replacement_row, ca_sql_add_replacement},
    {"forget", "draw_forgotten", ca_sql_forgotten_row, ca_sql_add_forgotten}};

enum { CARRIED = sizeof carried / sizeof *carried };

/* ---- out ---- */

enum ca_code ca_tables_carry_out(struct ca_store *store, const char *kind, int64_t change,
                                 struct ca_buffer *out, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = CA_OK;
    bool any = false;

    for (size_t i = 0; i < CARRIED && code == CA_OK; i++) {
        if (strcmp(carried[i].kind, kind) != 0)
            continue;
        if (!any)
            ca_json_open(out, '{');
        any = true;
        ca_json_key(out, carried[i].table);
        code = ca_tables_write_rows(s, ca_sql(s, error, carried[i].select, "i", change), out,
                                    error);
    }
    if (any)
        ca_json_close(out, '}');
    return code;
}

/* ---- and in ---- */

struct carrying {
    struct ca_tables *s;
    const char *kind;
    struct ca_unpack rows;
    struct ca_error *error;
};

static enum ca_code unfit(struct carrying *carrying)
{
    return ca_fail(carrying->error, CA_ERROR_DATA,
                   "what belongs to the entry is not as an export writes it");
}

static enum ca_code add_row(struct carrying *carrying, const char *insert)
{
    struct ca_tables *s = carrying->s;
    struct ca_statement *statement = ca_sql(s, carrying->error, insert, "i", s->next.change);
    const int columns = (int)ca_unpack_count(&carrying->rows);
    enum ca_code code;

    if (statement == NULL)
        return carrying->error->code;
    if (columns + 1 != ca_sql_values(statement) ||
        !ca_tables_bind_row(statement, 2, columns, &carrying->rows))
        return unfit(carrying);
    (void)ca_sql_row(s, statement, &code, carrying->error);
    return code;
}

/* The next table that the kind has by that name; CARRIED: none. */
static size_t find_table(const char *kind, const char *name, size_t from)
{
    while (from < CARRIED && (name == NULL || strcmp(carried[from].kind, kind) != 0 ||
                              strcmp(carried[from].table, name) != 0))
        from++;
    return from;
}

/* Tables come in the order that an export has them in. */
static enum ca_code add_rows(struct carrying *carrying)
{
    struct ca_unpack *in = &carrying->rows;
    size_t tables = ca_unpack_count(in), table = 0;
    enum ca_code code = CA_OK;

    for (; tables > 0 && code == CA_OK; tables--, table++) {
        const char *name = ca_unpack_text(in);
        size_t rows = ca_unpack_count(in);
        table = find_table(carrying->kind, name, table);
        if (table == CARRIED)
            return unfit(carrying);
        for (; rows > 0 && code == CA_OK; rows--)
            code = add_row(carrying, carried[table].insert);
    }
    return code == CA_OK && !in->good ? unfit(carrying) : code;
}

/* The entry vouches for the content of a draw or an allocation, and that for all of it. */
static enum ca_code look_at_content(struct carrying *carrying)
{
    struct ca_tables *s = carrying->s;
    enum ca_code code = CA_OK;
    bool good = true;

    if (strcmp(carrying->kind, "draw") == 0)
        code = ca_tables_check_draw(s, s->next.change, &good, carrying->error);
    else if (strcmp(carrying->kind, "allocate") == 0)
        code = ca_tables_check_allocation(s, s->next.change, &good, carrying->error);
    return code == CA_OK && !good ? unfit(carrying) : code;
}

/* The rows must say what the entry said of them. */
static enum ca_code enter(struct carrying *carrying, const char *detail)
{
    struct ca_buffer subject = {0}, found = {0};
    enum ca_code code = ca_tables_detail(carrying->s, carrying->kind, carrying->s->next.change,
                                         &subject, &found, carrying->error);

    if (code == CA_ERROR_NOT_FOUND)
        code = ca_fail(carrying->error, CA_ERROR_DATA,
                       "the store has another sample of that name, or not the one it is about");
    else if (code == CA_OK && strcmp(found.data, detail) != 0)
        code = unfit(carrying);
    ca_buffer_free(&subject);
    ca_buffer_free(&found);
    return code == CA_OK
               ? ca_tables_enter_stored(carrying->s, carrying->kind, 0, carrying->error)
               : code;
}

enum ca_code ca_tables_carry_in(struct ca_store *store, const char *kind, const char *detail,
                                const char *rows, size_t length, struct ca_error *error)
{
    struct carrying carrying = {ca_tables_of(store), kind, {rows, rows + length, true}, error};
    enum ca_code code = ca_tables_begin(carrying.s, error);

    if (code != CA_OK)
        return code;
    code = add_rows(&carrying);
    if (code == CA_OK)
        code = look_at_content(&carrying);
    if (code == CA_OK)
        code = enter(&carrying, detail);
    return ca_tables_finish(carrying.s, code, error);
}
