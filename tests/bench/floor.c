/*
 * The floor: what no reader of XML can go below. Each file is opened, read and parsed
 * by libxml2's SAX2 parser, on one thread, with one parser and one buffer for all. The
 * handlers are there and do next to nothing: no tree, no check, no score.
 *
 *   floor LIST [PROCESSES]
 *
 * LIST: one file name a line; prints how much was seen. With 2 processes each takes every
 * second file: what a second processor brings on this machine, at best.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libxml/parser.h>

/* What the handlers count, so that a run shows that it parsed everything. */
struct seen {
    long files, elements, characters, bytes;
};

struct buffer {
    char *data;
    size_t size;
};

static struct seen *seen_of(void *context)
{
    return ((xmlParserCtxtPtr)context)->_private;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri, int namespaces, const xmlChar **declared,
                     int attributes, int defaulted, const xmlChar **values)
{
    (void)name, (void)prefix, (void)uri, (void)namespaces, (void)declared;
    (void)attributes, (void)defaulted, (void)values;
    seen_of(context)->elements++;
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *uri)
{
    (void)context, (void)name, (void)prefix, (void)uri;
}

static void on_characters(void *context, const xmlChar *text, int length)
{
    (void)text;
    seen_of(context)->characters += length;
}

static void on_comment(void *context, const xmlChar *text)
{
    (void)context, (void)text;
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *data)
{
    (void)context, (void)target, (void)data;
}

static void on_document(void *context)
{
    (void)context;
}

static const xmlSAXHandler handlers = {
    .initialized = XML_SAX2_MAGIC,
    .startDocument = on_document,
    .endDocument = on_document,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_characters,
    .ignorableWhitespace = on_characters,
    .cdataBlock = on_characters,
    .comment = on_comment,
    .processingInstruction = on_instruction,
};

/* The whole file into the buffer, which only ever grows; -1 with errno set. */
static ssize_t read_file(const char *path, struct buffer *buffer)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    size_t length = 0;
    ssize_t got = -1;

    if (file < 0)
        return -1;
    if (fstat(file, &status) != 0)
        goto out;
    if (buffer->size < (size_t)status.st_size) {
        char *grown = realloc(buffer->data, (size_t)status.st_size);
        if (grown == NULL)
            goto out;
        *buffer = (struct buffer){grown, (size_t)status.st_size};
    }
    while (length < (size_t)status.st_size) {
        got = read(file, buffer->data + length, (size_t)status.st_size - length);
        if (got <= 0)
            break;
        length += (size_t)got;
    }
out:
    close(file);
    return got < 0 ? -1 : (ssize_t)length;
}

static int parse_file(const char *path, xmlParserCtxtPtr parser, struct buffer *buffer)
{
    struct seen *seen = parser->_private;
    ssize_t length = read_file(path, buffer);

    if (length < 0) {
        fprintf(stderr, "floor: cannot read '%s': %s\n", path, strerror(errno));
        return -1;
    }
    /* Without a tree there is no document to give back: the parser itself says whether
     * the file was sound. */
    xmlCtxtReadMemory(parser, buffer->data, (int)length, NULL, NULL, XML_PARSE_NONET);
    if (!parser->wellFormed) {
        fprintf(stderr, "floor: '%s' is not well-formed\n", path);
        return -1;
    }
    seen->files++;
    seen->bytes += length;
    return 0;
}

/* Every processes-th file, from the one numbered part on. */
static int parse_part(FILE *list, xmlParserCtxtPtr parser, int part, int processes)
{
    struct buffer buffer = {0};
    char *line = NULL;
    size_t space = 0;
    ssize_t length;
    int bad = 0;

    for (int at = 0; !bad && (length = getline(&line, &space, list)) > 0; at++) {
        line[strcspn(line, "\n")] = '\0';
        if (at % processes == part)
            bad = parse_file(line, parser, &buffer) != 0;
    }
    free(line);
    free(buffer.data);
    return bad;
}

static int parse_list(const char *path, int part, int processes)
{
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    FILE *list = fopen(path, "re");
    struct seen seen = {0};
    int bad = 1;

    if (list == NULL || parser == NULL) {
        fprintf(stderr, "floor: cannot read '%s'\n", path);
        goto out;
    }
    *parser->sax = handlers;
    parser->_private = &seen;
    bad = parse_part(list, parser, part, processes);
    printf("%ld files, %ld elements, %ld characters, %ld bytes\n", seen.files, seen.elements,
           seen.characters, seen.bytes);
out:
    if (list != NULL)
        fclose(list);
    xmlFreeParserCtxt(parser);
    xmlCleanupParser();
    return bad;
}

int main(int count, char **arguments)
{
    const int processes = count == 3 ? atoi(arguments[2]) : 1;
    int bad, status;

    if (count < 2 || count > 3 || processes < 1) {
        fprintf(stderr, "usage: floor LIST [PROCESSES]\n");
        return 1;
    }
    bad = 0;
    for (int part = 1; part < processes; part++) {
        pid_t child = fork();
        if (child == 0)
            return parse_list(arguments[1], part, processes);
        bad |= child < 0;
    }
    bad |= parse_list(arguments[1], 0, processes);
    while (wait(&status) > 0)
        bad |= status;
    return bad != 0;
}
