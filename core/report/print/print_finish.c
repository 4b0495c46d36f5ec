/* What cairo cannot write: text alternatives, scopes of headings, language, title. */
#include <qpdf/qpdf-c.h>

#include "core/report/print/print_private.h"

/* The tags are walked in their order, which is that in which they were written. */
struct walk {
    qpdf_data pdf;
    const struct ca_tag_words *words;
    size_t figures, headings;
};

static void set_scope(struct walk *w, qpdf_oh element)
{
    qpdf_oh attributes = qpdf_oh_new_dictionary(w->pdf);

    qpdf_oh_replace_key(w->pdf, attributes, "/O", qpdf_oh_new_name(w->pdf, "/Table"));
    qpdf_oh_replace_key(w->pdf, attributes, "/Scope",
                        qpdf_oh_new_name(w->pdf, w->words->scopes[w->headings++][0] == 'R'
                                                     ? "/Row"
                                                     : "/Column"));
    qpdf_oh_replace_key(w->pdf, element, "/A", attributes);
}

static void visit(struct walk *w, qpdf_oh element)
{
    qpdf_oh kind = qpdf_oh_get_key(w->pdf, element, "/S");

    if (!qpdf_oh_is_name(w->pdf, kind))
        return;
    if (strcmp(qpdf_oh_get_name(w->pdf, kind), "/Figure") == 0 &&
        w->figures < w->words->alternative_count)
        qpdf_oh_replace_key(
            w->pdf, element, "/Alt",
            qpdf_oh_new_unicode_string(w->pdf, w->words->alternatives[w->figures++]));
    else if (strcmp(qpdf_oh_get_name(w->pdf, kind), "/TH") == 0 &&
             w->headings < w->words->scope_count)
        set_scope(w, element);
}

static void walk(struct walk *w, qpdf_oh element)
{
    qpdf_oh children;

    if (!qpdf_oh_is_dictionary(w->pdf, element))
        return;
    visit(w, element);
    children = qpdf_oh_get_key(w->pdf, element, "/K");
    if (!qpdf_oh_is_array(w->pdf, children)) {
        walk(w, children);
        return;
    }
    for (int i = 0; i < qpdf_oh_get_array_n_items(w->pdf, children); i++)
        walk(w, qpdf_oh_get_array_item(w->pdf, children, i));
}

static void complete(qpdf_data pdf, const struct ca_tag_words *words)
{
    struct walk w = {.pdf = pdf, .words = words};
    qpdf_oh root = qpdf_get_root(pdf), preferences = qpdf_oh_new_dictionary(pdf);

    walk(&w, qpdf_oh_get_key(pdf, root, "/StructTreeRoot"));
    qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_new_string(pdf, "en-GB"));
    qpdf_oh_replace_key(pdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", preferences);
}

enum ca_code ca_print_finish(struct ca_buffer *out, const struct ca_buffer *bytes,
                             const struct ca_tag_words *words, struct ca_error *error)
{
    qpdf_data pdf = qpdf_init();
    enum ca_code code = CA_OK;

    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    if (qpdf_read_memory(pdf, "page", bytes->data, bytes->length, NULL) < QPDF_ERRORS) {
        complete(pdf, words);
        qpdf_init_write_memory(pdf);
        qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
        qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
        qpdf_write(pdf);
    }
    if (qpdf_has_error(pdf))
        code = ca_fail(error, CA_ERROR_IO, "the PDF could not be written: %s",
                       qpdf_get_error_full_text(pdf, qpdf_get_error(pdf)));
    else
        ca_buffer_add(out, (const char *)qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
    qpdf_cleanup(&pdf);
    return code;
}
