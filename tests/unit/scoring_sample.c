#include "tests/unit/scoring_sample.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <caseaudit/caseaudit.h>

#include "core/base/buffer.h"

static const char usual_scale[] =
    "<grade id='a' label='A' score='90' from='80' positive='yes'/>"
    "<grade id='b' label='B' score='60' from='50'/>"
    "<grade id='c' label='C' score='30' from='20'/>"
    "<grade id='d' label='D' score='0' from='0'/>";

/* One example at a time. */
static caseaudit_engine *engine;
static json_t *result;
static struct ca_buffer found;
static int version;

void sample_open(void)
{
    engine = caseaudit_engine_new(getenv("PLUGIN_DIR"));
}

void sample_close(void)
{
    caseaudit_engine_free(engine);
    json_decref(result);
    ca_buffer_free(&found);
    result = NULL;
}

static void score(const char *attributes, const char *scale, const char *body,
                  const char *answers, unsigned flags)
{
    struct ca_buffer text = {0};

    version++; /* each example has its own, so that one engine does for all */
    ca_buffer_printf(&text,
                     "<template xmlns='urn:caseaudit:template:1' id='t' version='%d' "
                     "framework='graded-standards' effective-from='1990-01-01' %s>"
                     "<title>T</title><scale>%s</scale>%s</template>",
                     version, attributes, scale, body);
    if (!caseaudit_engine_add_template(engine, "t", text.data, text.length))
        ck_abort_msg("%s\n%s", caseaudit_engine_message(engine), body);
    ca_buffer_clear(&text);
    ca_buffer_printf(&text,
                     "<return xmlns='urn:caseaudit:return:1' id='R' template='t' "
                     "template-version='%d'><case ref='C'/>"
                     "<audit date='2023-11-14' auditor='A1'/>%s</return>",
                     version, answers);
    json_decref(result);
    result = json_loads(caseaudit_engine_score(engine, "r", text.data, text.length, flags),
                        JSON_ALLOW_NUL, NULL);
    ck_assert_ptr_nonnull(result);
    ca_buffer_free(&text);
}

void sample_score(const char *attributes, const char *body, const char *answers)
{
    score(attributes, usual_scale, body, answers, 0);
}

void sample_score_scale(const char *attributes, const char *scale, const char *body,
                        const char *answers)
{
    score(attributes, scale, body, answers, 0);
}

void sample_score_flags(const char *attributes, const char *body, const char *answers,
                        unsigned flags)
{
    score(attributes, usual_scale, body, answers, flags);
}

static const json_t *with_id(const json_t *array, const char *id)
{
    size_t i;
    json_t *item;

    json_array_foreach(array, i, item)
    {
        const char *of_item = json_string_value(json_object_get(item, "id"));
        if (of_item != NULL && strcmp(of_item, id) == 0)
            return item;
    }
    return json_array_get(array, (size_t)strtoul(id, NULL, 10));
}

static const char *printed(const json_t *value)
{
    ca_buffer_clear(&found);
    if (value == NULL)
        return "absent";
    switch (json_typeof(value)) {
    case JSON_STRING: return json_string_value(value);
    case JSON_INTEGER: ca_buffer_int(&found, json_integer_value(value)); break;
    case JSON_REAL: ca_buffer_printf(&found, "%.2f", json_real_value(value)); break;
    case JSON_TRUE: return "true";
    case JSON_FALSE: return "false";
    case JSON_ARRAY: ca_buffer_printf(&found, "%zu items", json_array_size(value)); break;
    default: return "null";
    }
    return found.data;
}

const char *sample_at(const char *path)
{
    const json_t *value = result;
    char word[128];

    while (value != NULL && *path != '\0') {
        size_t length = strcspn(path, "/");
        snprintf(word, sizeof word, "%.*s", (int)length, path);
        value = json_is_array(value) ? with_id(value, word) : json_object_get(value, word);
        path += length + (path[length] == '/');
    }
    return printed(value);
}

const char *sample_messages(const char *kind)
{
    size_t i;
    json_t *item;

    ca_buffer_clear(&found);
    ca_buffer_puts(&found, "");
    json_array_foreach(json_object_get(result, kind), i, item)
        ca_buffer_printf(&found, "%s\n", json_string_value(json_object_get(item, "message")));
    return found.data;
}
