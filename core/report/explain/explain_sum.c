/* Sums that a reader can do again with a pocket calculator. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/report/explain/explain_private.h"

void ca_explain_score(struct ca_buffer *out, int32_t score)
{
    char text[CA_DECIMAL_SIZE];

    ca_buffer_puts(out, ca_decimal_fixed(score, 2, text));
}

/* value is hundredths times the divisor's unit: four decimals, cut off, show which way
 * the third one rounds. */
void ca_explain_quotient(struct ca_buffer *out, __int128 value, int64_t divisor)
{
    char text[CA_DECIMAL_SIZE];

    if (value % divisor == 0) {
        ca_buffer_puts(out, ca_decimal_fixed((int64_t)(value / divisor), 2, text));
        return;
    }
    value *= 100;
    ca_buffer_puts(out, ca_decimal_fixed((int64_t)(value / divisor), 4, text));
    ca_buffer_printf(out, "%s, rounded half up to ", value % divisor != 0 ? "…" : "");
    ca_buffer_puts(out, ca_decimal_fixed(ca_mean(value / 100, divisor), 2, text));
}

struct ca_explain_line *ca_explain_line(struct ca_explain_sum *sum, const char *name,
                                        int32_t score, int32_t weight)
{
    struct ca_explain_line *line = CA_APPEND(sum->lines, sum->count);

    *line = (struct ca_explain_line){.name = name, .score = score, .weight = weight};
    return line;
}

void ca_explain_sum_free(struct ca_explain_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++)
        ca_buffer_free(&sum->lines[i].text);
    free(sum->lines);
    *sum = (struct ca_explain_sum){.rollup = sum->rollup};
}

static bool counts(const struct ca_explain_line *line)
{
    return line->score >= 0 && line->weight > 0;
}

static bool is_mean(enum ca_rollup rollup)
{
    return rollup == CA_ROLLUP_MEAN || rollup == CA_ROLLUP_FLAT || rollup == CA_ROLLUP_RULES;
}

/* ---- the right column ---- */

struct columns {
    int weight, score, product, all;
    int decimals; /* of the products: as many as the longest needs */
    bool mean;
    int64_t weights, products; /* added up: thousandths; hundred-thousandths */
};

/* Hundred-thousandths with so many decimals; what is cut off are zeroes. */
static const char *product_text(int64_t product, int decimals, char text[CA_DECIMAL_SIZE])
{
    for (int i = 5; i > decimals; i--)
        product /= 10;
    return ca_decimal_fixed(product, decimals, text);
}

static int decimals_of(int64_t product)
{
    int decimals = 5;

    while (decimals > 2 && product % 10 == 0) {
        product /= 10;
        decimals--;
    }
    return decimals;
}

static int longer(int columns, const char *text)
{
    int length = (int)strlen(text);

    return length > columns ? length : columns;
}

static struct columns measure(const struct ca_explain_sum *sum)
{
    struct columns c = {.decimals = 2, .mean = is_mean(sum->rollup) && !sum->listed};
    char text[CA_DECIMAL_SIZE];

    for (size_t i = 0; i < sum->count; i++) {
        const struct ca_explain_line *line = &sum->lines[i];
        if (!counts(line))
            continue;
        int64_t product = (int64_t)line->weight * line->score;
        int decimals = decimals_of(product);
        c.weights += line->weight;
        c.products += product;
        c.decimals = decimals > c.decimals ? decimals : c.decimals;
        c.score = longer(c.score, ca_decimal_fixed(line->score, 2, text));
    }
    c.weight = longer(0, ca_decimal_short(c.weights, 3, text));
    for (size_t i = 0; i < sum->count; i++)
        if (counts(&sum->lines[i]))
            c.weight = longer(c.weight, ca_decimal_short(sum->lines[i].weight, 3, text));
    c.product = longer(0, product_text(c.products, c.decimals, text));
    c.all = c.mean ? c.weight + 3 + c.score + 3 + c.product : c.score;
    c.all = longer(c.all, "not counted");
    return c;
}

static void right_column(struct ca_buffer *out, const struct columns *c,
                         const struct ca_explain_line *line)
{
    struct ca_buffer text = {0};
    char number[CA_DECIMAL_SIZE];

    if (!counts(line)) {
        ca_buffer_puts(&text, "not counted");
    } else if (!c->mean) {
        ca_explain_score(&text, line->score);
    } else {
        ca_pad_left(&text, ca_decimal_short(line->weight, 3, number), c->weight);
        ca_buffer_puts(&text, " × ");
        ca_pad_left(&text, ca_decimal_fixed(line->score, 2, number), c->score);
        ca_buffer_puts(&text, " = ");
        ca_pad_left(&text,
                    product_text((int64_t)line->weight * line->score, c->decimals, number),
                    c->product);
    }
    ca_pad_left(out, text.data, c->all);
    ca_buffer_free(&text);
}

static void lines(const struct ca_layout *layout, const struct ca_explain_sum *sum,
                  const struct columns *c, int indent)
{
    struct ca_buffer right = {0};

    for (size_t i = 0; i < sum->count; i++) {
        ca_buffer_clear(&right);
        right_column(&right, c, &sum->lines[i]);
        ca_layout_row(layout, indent, indent + 2, sum->lines[i].text.data, right.data, c->all);
    }
    ca_buffer_free(&right);
}

/* ---- below the table ---- */

static void mean(const struct ca_layout *layout, const struct columns *c, int indent)
{
    struct ca_buffer line = {0}, right = {0};
    char number[CA_DECIMAL_SIZE];

    ca_pad_left(&right, ca_decimal_short(c->weights, 3, number), c->weight);
    ca_pad_left(&right, product_text(c->products, c->decimals, number),
                3 + c->score + 3 + c->product);
    ca_pad_left(&line, right.data, c->all);
    ca_layout_row(layout, indent, indent, "Weights and products added up:", line.data, c->all);
    ca_buffer_clear(&line);
    ca_buffer_printf(&line, "Mean: %s ÷ ", product_text(c->products, c->decimals, number));
    ca_buffer_printf(&line, "%s = ", ca_decimal_short(c->weights, 3, number));
    ca_explain_quotient(&line, c->products, c->weights);
    ca_buffer_putc(&line, '.');
    ca_layout_text(layout, indent, indent + 2, line.data);
    ca_buffer_free(&line);
    ca_buffer_free(&right);
}

/* Equals stay in the order of the template, however the library sorts. */
static int by_score(const void *a, const void *b)
{
    const struct ca_explain_line *x = *(const struct ca_explain_line *const *)a;
    const struct ca_explain_line *y = *(const struct ca_explain_line *const *)b;

    return x->score != y->score ? (x->score > y->score) - (x->score < y->score)
                                : (x > y) - (x < y);
}

static void pick(const struct ca_layout *layout, const struct ca_explain_sum *sum, int indent)
{
    const struct ca_explain_line **order = ca_xcalloc(sum->count + 1, sizeof *order);
    struct ca_buffer text = {0};
    size_t count = 0, at;

    for (size_t i = 0; i < sum->count; i++)
        if (counts(&sum->lines[i]))
            order[count++] = &sum->lines[i];
    qsort(order, count, sizeof *order, by_score);
    at = sum->rollup == CA_ROLLUP_LOWEST    ? 0
         : sum->rollup == CA_ROLLUP_HIGHEST ? count - 1
                                            : (count - 1) / 2;
    ca_buffer_puts(&text, "In ascending order: ");
    for (size_t i = 0; i < count; i++) {
        ca_buffer_puts(&text, i > 0 ? ", " : "");
        ca_explain_score(&text, order[i]->score);
    }
    ca_buffer_printf(&text, ". %s: ",
                     sum->rollup == CA_ROLLUP_LOWEST    ? "The lowest counts"
                     : sum->rollup == CA_ROLLUP_HIGHEST ? "The highest counts"
                     : count % 2 == 1                   ? "The middle one (median) counts"
                                      : "Of the two in the middle the lower counts (median)");
    ca_explain_score(&text, order[at]->score);
    ca_buffer_printf(&text, ", '%s'.", order[at]->name);
    ca_layout_text(layout, indent, indent + 2, text.data);
    ca_buffer_free(&text);
    free(order);
}

void ca_explain_sum(const struct ca_layout *layout, struct ca_explain_sum *sum, int indent)
{
    struct columns c = measure(sum);
    struct ca_buffer title = {0};

    if (c.weights > 0) {
        ca_pad_left(&title, c.mean ? "weight × score" : "score", c.all);
        if (c.all >= ca_text_columns("weight × score") || !c.mean)
            ca_layout_row(layout, indent, indent, "", title.data, c.all);
    }
    ca_buffer_free(&title);
    lines(layout, sum, &c, indent);
    if (sum->listed)
        return;
    if (c.weights == 0)
        ca_layout_text(layout, indent, indent, "Nothing here counts, so there is no score.");
    else if (c.mean)
        mean(layout, &c, indent);
    else
        pick(layout, sum, indent);
}
