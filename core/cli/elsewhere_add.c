/* What a store keeps of a scored return, put into its result for another machine. */
#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/cli/elsewhere.h"
#include "core/cli/recorded.h"
#include "core/store/chain.h"

void ca_elsewhere_prepare(struct ca_registry *registry)
{
    struct ca_error error;

    ca_registry_load(registry);
    for (size_t i = 0; i < ca_registry_count(registry); i++)
        (void)ca_registry_sha256(registry, ca_registry_at(registry, i), &error);
}

static void key_digest(struct ca_buffer *out, const char *key, const char *bytes, size_t length)
{
    uint8_t digest[CA_SHA256_SIZE];
    char hex[CA_SHA256_TEXT];

    ca_sha256(bytes, length, digest);
    ca_json_key_string(out, key, ca_sha256_hex(digest, hex));
}

/* What the return was doubted for, which decides whether it may be stored. */
static void key_doubts(struct ca_buffer *out, const struct ca_diags *diags)
{
    unsigned doubts = 0;

    for (size_t i = 0; i < diags->count; i++)
        doubts |= 1u << diags->items[i].fault;
    ca_json_key_integer(out, "doubts", doubts);
}

static void key_packed(struct ca_buffer *out, const struct ca_scored *scored)
{
    struct ca_buffer packed = {0};
    char *hex;

    ca_recorded_pack(scored, &packed);
    hex = ca_xcalloc(2 * packed.length + 1, 1);
    ca_hex_write((const uint8_t *)packed.data, packed.length, hex);
    ca_json_key_string(out, "packed", hex);
    free(hex);
    ca_buffer_free(&packed);
}

void ca_elsewhere_add(const struct ca_scored *scored, struct ca_registry *registry,
                      const struct ca_catalogue *catalogue, struct ca_buffer *line)
{
    const struct ca_template *t = scored->result->template;
    const struct ca_plugin *plugin = ca_registry_find(registry, t->framework_name);
    const struct ca_buffer *document = ca_catalogue_document(catalogue, t);
    struct ca_buffer member = {0};
    struct ca_error error;

    ca_json_open(&member, '{');
    key_digest(&member, "document_sha256", scored->bytes, scored->length);
    key_digest(&member, "template_sha256", document->data, document->length);
    ca_json_key_string(&member, "plugin_sha256", ca_registry_sha256(registry, plugin, &error));
    key_doubts(&member, &scored->diags);
    key_packed(&member, scored);
    ca_json_close(&member, '}');
    line->length -= strlen("}\n");
    ca_buffer_puts(line, ",\"record\":");
    ca_buffer_add(line, member.data, member.length);
    ca_buffer_puts(line, "}\n");
    ca_buffer_free(&member);
}
