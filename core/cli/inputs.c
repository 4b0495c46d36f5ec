/* The files that a command reads: operands, folders, lists of names. */
#include "core/cli/inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/cli/file_list.h"

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

/* Lists are long, and what is called *.xml in one is a file. */
static bool add_name(struct ca_inputs *inputs, const struct ca_cli *cli, const char *name)
{
    if (!ca_is_xml(name))
        return add_operand(inputs, cli, name);
    ca_inputs_add(inputs, name);
    return true;
}

static bool add_names(struct ca_inputs *inputs, const struct ca_cli *cli, const char *list,
                      struct ca_unpack *names)
{
    size_t before = inputs->count + inputs->failures;

    while (names->at < names->end) {
        const char *name = ca_unpack_text(names);
        if (name == NULL) {
            ca_complain_of(list, "the process that read it gave no answer that makes sense");
            inputs->status = CA_EXIT_FAILED;
            return false;
        }
        if (!add_name(inputs, cli, name))
            return false;
    }
    if (inputs->count + inputs->failures == before) {
        ca_complain_of(list, "this list names no return");
        inputs->failures++;
    }
    return true;
}

static bool add_list(struct ca_inputs *inputs, const struct ca_cli *cli, const char *list)
{
    struct ca_buffer answer = {0};
    struct ca_unpack names;
    struct ca_error error;
    bool good;

    if (strcmp(list, "-") == 0 && !take_standard_input(inputs))
        return false;
    good = ca_file_list_read(list, &answer, &names, &error) == CA_OK;
    if (!good) {
        ca_complain("the list of files: %s", error.message);
        inputs->status = CA_EXIT_FAILED;
    }
    good = good && add_names(inputs, cli, list, &names);
    ca_buffer_free(&answer);
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
