/* The colours of charts, in the light and in the dark. */
#include "core/report/summary/charts.h"

/* The Analysis Function's categorical palette, and lighter ones of the same hues for dark
 * screens. */
static const struct colour {
    const char *light, *dark;
    bool white_text; /* on the light one; on the dark one text is always black */
} palette[CA_PALETTE] = {
    {"#12436D", "#7FB2E5", true},
    {"#28A197", "#4CC9BC", false},
    {"#801650", "#F08AC0", true},
    {"#F46A25", "#FF9A66", false},
    {"#3D3D3D", "#C8C8C8", true},
    {"#A285D1", "#C7B3EA", false},
    /*
     * Grades diverge around "good": from navy to teal on one side, from pale orange to pink on
     * the other. Along each side lightness goes in even steps, and it leaps where the sides
     * meet, so that neighbours differ in greyscale and to eyes that lack a kind of cone:
     * tests/report/colours.py.
     */
    [CA_BEST] = {"#0A2744", "#3B79D1", true},
    {"#0F344F", "#4384CF", true},
    {"#12425A", "#4990CD", true},
    {"#165166", "#4D9BCA", true},
    {"#186072", "#50A7C7", true},
    {"#1A707E", "#52B2C4", true},
    {"#1D8089", "#58BDC3", true},
    {"#239090", "#5EC8C3", false},
    {"#28A197", "#64D3C2", false},
    [CA_WORSE] = {"#FDD5BC", "#FFF5ED", false},
    {"#FCBD98", "#FFE4D0", false},
    {"#F8A674", "#FFD3B4", false},
    {"#F18E51", "#FFC299", false},
    {"#E37850", "#FEB08D", false},
    {"#D36354", "#FB9C92", false},
    {"#C34D57", "#F88897", true},
    {"#B33559", "#F3729C", true},
    {"#A2165B", "#EF5AA0", true},
};

/* Of as many grades as there are on a side, the steps that lie furthest apart; a single one is
 * nearest to the middle of the good, and at the end of the others. */
static unsigned of_side(unsigned side, size_t i, size_t count)
{
    size_t last = CA_STEPS - 1;

    return side +
           (unsigned)(count == 1 ? last : (2 * i * last + count - 1) / (2 * (count - 1)));
}

unsigned ca_chart_grade_colour(size_t grade, size_t positive, size_t grades)
{
    size_t good = positive > 0 && positive < grades ? positive : (grades + 1) / 2;

    return grade < good ? of_side(CA_BEST, grade, good)
                        : of_side(CA_WORSE, grade - good, grades - good);
}

const char *ca_chart_colour(unsigned colour)
{
    return palette[colour % CA_PALETTE].light;
}

bool ca_chart_is_dark(unsigned colour)
{
    return palette[colour % CA_PALETTE].white_text;
}

void ca_chart_css(struct ca_buffer *out)
{
    ca_buffer_puts(out, "@media screen and (prefers-color-scheme:dark){");
    for (size_t i = 0; i < CA_PALETTE; i++)
        ca_buffer_printf(out, "svg .c%zu{fill:%s}", i, palette[i].dark);
    ca_buffer_puts(out, "}");
}
