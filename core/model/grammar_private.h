#ifndef CA_MODEL_GRAMMAR_PRIVATE_H
#define CA_MODEL_GRAMMAR_PRIVATE_H

#include "core/model/grammar.h"

/*
 * What a grammar is made of. A grammar says what its XML schema says and
 * nothing else; whoever changes one changes the other.
 */

/* ---- values of attributes and texts ---- */

enum ca_value_kind {
    CA_VALUE_ANY,     /* any text, also none at all */
    CA_VALUE_FILLED,  /* any text that is not blank */
    CA_VALUE_NONE,    /* no text: the element says it all with its attributes */
    CA_VALUE_TOKEN,   /* an id: characters of the classes first, rest */
    CA_VALUE_DATE,    /* YYYY-MM-DD */
    CA_VALUE_DECIMAL, /* of so many places, within min and max */
    CA_VALUE_WORD,    /* one of words */
    CA_VALUE_LINK     /* http:, https:, mailto: or a relative address */
};

/* Classes of characters in tokens. */
enum {
    CA_LOWER = 1,
    CA_UPPER = 2,
    CA_DIGIT = 4,
    CA_MARK = 8 /* . _ - */,
    CA_SLASH = 16,
    CA_DASH = 32 /* - alone */
};

struct ca_value {
    enum ca_value_kind kind;
    bool list; /* one or more, between white space */
    unsigned first, rest;
    size_t longest;
    int places;
    bool negative;
    int64_t min, max; /* in units of the last place */
    const char *const *words;
    size_t word_count;
    const struct ca_value *otherwise; /* another kind of value that will do */
    const char *right;                /* completes "it must be ..." */
};

extern const struct ca_value ca_value_any, ca_value_filled, ca_value_none;
extern const struct ca_value ca_value_id, ca_value_ids; /* template-side ids */
extern const struct ca_value ca_value_code;             /* return ids, role codes */
extern const struct ca_value ca_value_version, ca_value_date, ca_value_yes_no;
extern const struct ca_value ca_value_number; /* ±10^9, three decimals */
extern const struct ca_value ca_value_unit;

/* An enumeration named ca_value-like, from its words. */
#define CA_WORDS(name, text, ...)                                                              \
    static const char *const name##_words[] = {__VA_ARGS__};                                   \
    static const struct ca_value name = {.kind = CA_VALUE_WORD,                                \
                                         .words = name##_words,                                \
                                         .word_count =                                         \
                                             sizeof name##_words / sizeof name##_words[0],     \
                                         .right = text}

/* NULL if value (trimmed) is one; otherwise, in the arena, the end of the
 * message: what was found and what would be right. */
const char *ca_value_fault(const struct ca_value *type, const char *value,
                           struct ca_arena *arena);

/* ---- elements ---- */

struct ca_attr_rule {
    const char *name;
    const struct ca_value *value; /* NULL: refused here, for the reason in note */
    bool required;
    const char *note;
};

#define CA_REQUIRED(name, value)                                                               \
    {                                                                                          \
        (name), (value), true, NULL                                                            \
    }
#define CA_OPTIONAL(name, value)                                                               \
    {                                                                                          \
        (name), (value), false, NULL                                                           \
    }
#define CA_REFUSED(name, note)                                                                 \
    {                                                                                          \
        (name), NULL, false, (note)                                                            \
    }

struct ca_shape;

/*
 * The children an element may have, in order. Slots of one part stand for
 * each other: with `mixed` in any order and number, at least one; otherwise
 * by branch, of which at most one may be there, its slots in order.
 */
struct ca_slot {
    const struct ca_shape *shape;
    uint8_t part, branch; /* branch 0: no choice */
    bool mixed;
    uint8_t min, max; /* max 0: any number */
};

struct ca_shape {
    const char *name;
    uint32_t code;
    const struct ca_attr_rule *attrs;
    size_t attr_count; /* at most 32 */
    const struct ca_slot *slots;
    size_t slot_count;           /* at most CA_MAX_SLOTS */
    const struct ca_value *text; /* NULL: holds elements only */
};

#define CA_MAX_SLOTS 16

#define CA_ATTRS(array) .attrs = (array), .attr_count = sizeof(array) / sizeof(array)[0]
#define CA_SLOTS(array) .slots = (array), .slot_count = sizeof(array) / sizeof(array)[0]

struct ca_grammar {
    const char *ns;
    const struct ca_shape *root;
};

#endif
