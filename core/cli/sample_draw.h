#ifndef CA_CLI_SAMPLE_DRAW_H
#define CA_CLI_SAMPLE_DRAW_H

#include "core/base/map.h"
#include "core/cli/cli.h"
#include "core/sheet/sheet.h"
#include "core/store/query.h"
#include "core/store/sample.h"

/* A case list that a sample is drawn from. */
struct ca_sample_list {
    struct ca_arena *arena;
    const char *file;
    struct ca_sheet_options sheet;
    const struct ca_map *left_out;             /* cases not to be drawn, by their folded ids */
    const struct ca_stored_template *template; /* what columns are kept for; NULL: none are */
};

/* Draws the sample, of which name, day and rule are said, from the list. What is wrong with the
 * list is told, and so, with advise, is what a person should know of the draw. False if nothing
 * was drawn. */
bool ca_sample_draw(const struct ca_cli *cli, const struct ca_sample_list *list, bool advise,
                    struct ca_sample *sample);

#endif
