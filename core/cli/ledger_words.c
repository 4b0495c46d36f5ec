/* Entries of the ledger, in words and as JSON. */
#include "core/cli/ledger_words.h"

#include <string.h>

#include "core/base/json.h"
#include "core/base/json_flat.h"

/* Each kind as a sentence; "{name}" stands for a member of the detail. */
static const struct {
    const char *kind, *words;
} sentences[] = {
    {"init", "the store was made"},
    {"template", "template {template} version {version} was loaded"},
    {"retire", "template {template} version {version} was retired on {on}"},
    {"part", "{label} ({id}) was met in a result by template {template}"},
    {"record", "revision {revision} was recorded, by template {template} version {version}"},
    {"complete", "action {action} of return {return} was completed on {on}"},
    {"verify", "action {action} of return {return} was verified by {by}"},
    {"reopen", "action {action} of return {return} was reopened: {why}"},
    {"set", "{name} was set to {value}"},
    {"population", "the population of {of} {name} in {period} was set to {count}"},
    {"benchmark", "benchmark {name} was set to {period} of template {template}"},
    {"draw", "{drawn} cases were drawn for template {template}"},
    {"allocate", "{cases} cases were shared out"},
    {"replace", "the case in place {place} was replaced by the one in place {by}"},
    {"forget", "the cases in places {places} were erased"},
    {"history", "{rows} rows of history were imported"},
    {"indicators", "{rows} rows of indicators were imported"},
    {"withdraw", "it was withdrawn: {why}"},
    {"restore", "it was restored"},
    {"erase", "an audit by template {template} was erased (figures: {figures}): {why}"},
    {"backup", "a backup was written"},
    {"export", "everything was exported"},
    {"upgrade", "the store was brought from version {from} to {to}"},
    {"gap", "entries up to {entries} were lost, or an older copy took the store's place"}};

static void add_member(struct ca_buffer *out, const char *detail, const char *name,
                       size_t length)
{
    struct ca_buffer value = {0};
    char key[32] = "";

    strncat(key, name, length < sizeof key ? length : sizeof key - 1);
    if (!ca_json_flat_member(detail, key, &value))
        ca_buffer_putc(out, '-');
    else if (value.length > 0) /* of a publication, the question and not the figures */
        ca_buffer_add(out, value.data, strcspn(value.data, "\n"));
    ca_buffer_free(&value);
}

static void fill_in(struct ca_buffer *out, const char *words, const char *detail)
{
    while (*words != '\0') {
        const char *open = strchr(words, '{'), *close = open ? strchr(open, '}') : NULL;
        if (close == NULL) {
            ca_buffer_puts(out, words);
            return;
        }
        ca_buffer_add(out, words, (size_t)(open - words));
        add_member(out, detail, open + 1, (size_t)(close - open - 1));
        words = close + 1;
    }
}

void ca_ledger_words(const struct ca_entry *entry, struct ca_buffer *out)
{
    if (entry->salt == NULL) {
        ca_buffer_puts(out, "(erased)");
        return;
    }
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(sentences[i].kind, entry->kind) == 0)
            fill_in(out, sentences[i].words, entry->detail);
}

/* As it stands, for it is hashed so; what is not as the store writes it is a text and nothing
 * more. */
static void write_detail(struct ca_buffer *out, const char *detail)
{
    ca_json_key(out, "detail");
    if (detail != NULL && ca_json_flat(detail, '{'))
        ca_json_number(out, detail);
    else
        ca_json_string(out, detail);
}

static void write_hex(struct ca_buffer *out, const char *key, const uint8_t *bytes, size_t size)
{
    char text[2 * CA_SHA256_SIZE + 1];

    if (bytes != NULL)
        ca_hex_write(bytes, size, text);
    ca_json_key_string(out, key, bytes != NULL ? text : NULL);
}

void ca_ledger_json(const struct ca_entry *entry, const char *file, bool proof,
                    struct ca_buffer *out)
{
    ca_json_open(out, '{');
    ca_json_key_integer(out, "number", entry->sequence);
    ca_json_key_string(out, "at", entry->at);
    ca_json_key_string(out, "who", entry->who);
    ca_json_key_string(out, "kind", entry->kind);
    ca_json_key_string(out, "subject", entry->salt != NULL ? entry->subject : NULL);
    write_detail(out, entry->salt != NULL ? entry->detail : NULL);
    if (proof) {
        ca_json_key_string(out, "file", file);
        write_hex(out, "salt", entry->salt, CA_SALT_SIZE);
        write_hex(out, "commitment", entry->commitment, CA_SHA256_SIZE);
        ca_json_key_string(out, "previous", entry->previous);
    }
    ca_json_key_string(out, "hash", entry->hash);
    ca_json_close(out, '}');
}
