/* What is known of a return before anybody fills it in. */
#include "core/report/form/prefill.h"

#include "core/base/blank.h"

const struct ca_attribute_def *ca_prefill_defined(const struct ca_template *t,
                                                  const struct ca_prefill_value *value)
{
    for (size_t i = 0; i < t->attribute_count; i++)
        if (ca_same_text(value->name, t->attributes[i].id))
            return &t->attributes[i];
    for (size_t i = 0; i < t->attribute_count; i++)
        if (ca_same_text(value->name, t->attributes[i].label))
            return &t->attributes[i];
    return NULL;
}

const char *ca_prefill_attribute(const struct ca_prefill *given, const struct ca_template *t,
                                 const struct ca_attribute_def *attribute)
{
    for (size_t i = 0; given != NULL && i < given->value_count; i++)
        if (given->values[i].value[0] != '\0' &&
            ca_prefill_defined(t, &given->values[i]) == attribute)
            return given->values[i].value;
    return NULL;
}
