/* The files that a command reads: operands, folders, lists of names. */
#include "core/cli/inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/file.h"
#include "core/base/text_file.h"

enum { LIST_LIMIT = 64 * 1024 * 1024 };

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* False if standard input has been taken already. */
static bool take_standard_input(struct ca_inputs *inputs)
{
    if (inputs->standard_input) {
        ca_complain("standard input ('-') can be read only once");
        inputs->status = CA_EXIT_USAGE;
        return false;
    }
    inputs->standard_input = true;
    return true;
}

static bool add_operand(struct ca_inputs *inputs, const struct ca_cli *cli, const char *operand)
{
    if (strcmp(operand, "-") == 0 && !take_standard_input(inputs))
        return false;
    if (strcmp(operand, "-") != 0 && is_folder(operand))
        ca_inputs_add_folder(inputs, cli, operand);
    else
        ca_inputs_add(inputs, operand);
    return true;
}

/* ---- lists ---- */

/* Names are bytes, in whatever encoding; only of UTF-16 it is plain that no name is meant so.
 */
static enum ca_code decode_list(struct ca_buffer *bytes, struct ca_error *error)
{
    bool unmarked = ca_text_lacks_mark(bytes->data, bytes->length) &&
                    memmem(bytes->data, bytes->length, "\n", 2) != NULL;
    struct ca_buffer text = {0};
    enum ca_code code;

    if (!unmarked && !ca_text_is_utf16(bytes->data, bytes->length))
        return CA_OK;
    code = ca_text_decode(bytes->data, bytes->length, CA_TEXT_RIGHT, &text, error);
    ca_buffer_free(bytes);
    *bytes = text;
    return code;
}

static bool read_list(struct ca_inputs *inputs, const char *list, struct ca_buffer *bytes)
{
    struct ca_error error;

    if (strcmp(list, "-") == 0 && !take_standard_input(inputs))
        return false;
    if (ca_file_read(list, LIST_LIMIT, bytes, &error) == CA_OK &&
        decode_list(bytes, &error) == CA_OK)
        return true;
    ca_complain("the list of files: %s", error.message);
    inputs->status = CA_EXIT_FAILED;
    return false;
}

/* One name, which ends before length bytes or sooner, at a CR. Lists are long, and what is
 * called *.xml in one is a file. */
static bool add_name(struct ca_inputs *inputs, const struct ca_cli *cli, char *name,
                     size_t length)
{
    name[length] = '\0';
    if (length > 0 && name[length - 1] == '\r')
        name[length - 1] = '\0';
    if (*name == '\0')
        return true;
    if (!ca_is_xml(name))
        return add_operand(inputs, cli, name);
    ca_inputs_add(inputs, name);
    return true;
}

static bool add_list(struct ca_inputs *inputs, const struct ca_cli *cli, const char *list)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* as some editors put before UTF-8 */
    struct ca_buffer bytes = {0};
    size_t before = inputs->count + inputs->failures;
    bool good = read_list(inputs, list, &bytes);
    char *at = bytes.data, *end = bytes.data + bytes.length;

    if (good && bytes.length >= 3 && memcmp(at, mark, 3) == 0)
        at += 3;
    char separator = good && memchr(at, '\0', (size_t)(end - at)) != NULL ? '\0' : '\n';
    while (good && at < end) {
        char *stop = memchr(at, separator, (size_t)(end - at));
        size_t length = (size_t)((stop != NULL ? stop : end) - at);
        good = add_name(inputs, cli, at, length);
        at += length + 1;
    }
    if (good && inputs->count + inputs->failures == before) {
        ca_complain_of(list, "this list names no return");
        inputs->failures++;
    }
    ca_buffer_free(&bytes);
    return good;
}

bool ca_inputs_gather(struct ca_inputs *inputs, const struct ca_cli *cli,
                      const struct ca_args *args)
{
    const char *list;

    *inputs = (struct ca_inputs){0};
    for (size_t i = 0; i < args->operand_count; i++)
        if (!add_operand(inputs, cli, args->operands[i]))
            return false;
    for (size_t i = 0; (list = ca_args_nth(args, "files-from", i)) != NULL; i++)
        if (!add_list(inputs, cli, list))
            return false;
    return true;
}
