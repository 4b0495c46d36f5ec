/* Names of audiences, and figures as text. */
#include "core/insight/summary.h"

#include <string.h>

#include "core/base/decimal.h"

static const char *const audiences[] = {"operational", "executive", "public"};

const char *ca_audience_name(enum ca_audience audience)
{
    return audiences[audience];
}

bool ca_audience_parse(const char *name, enum ca_audience *out)
{
    for (size_t i = 0; i < sizeof audiences / sizeof *audiences; i++) {
        if (strcmp(name, audiences[i]) == 0) {
            *out = (enum ca_audience)i;
            return true;
        }
    }
    return false;
}

const char *ca_target_state_words(enum ca_target_state state)
{
    static const char *const words[] = {[CA_NO_TARGET] = NULL,
                                        [CA_TARGET_MET] = "met",
                                        [CA_TARGET_MISSED] = "missed",
                                        [CA_TARGET_UNSURE] = "cannot be told from so few"};

    return words[state];
}

const char *ca_figure_symbol(struct ca_figure figure)
{
    static const char *const symbols[] = {
        [CA_NO_OBSERVATIONS] = "–",
        [CA_NOT_APPLICABLE] = "z",
        [CA_WITHHELD] = "c",
    };

    return ca_is_shown(figure) ? NULL : symbols[figure.shown];
}

const char *ca_figure_text(struct ca_figure figure, int places, char text[CA_FIGURE_SIZE])
{
    if (ca_is_shown(figure))
        return ca_decimal_fixed(figure.value, places, text);
    return strcpy(text, ca_figure_symbol(figure));
}

void ca_summary_free(struct ca_summary *summary)
{
    if (summary != NULL)
        ca_arena_free(summary->arena);
}
