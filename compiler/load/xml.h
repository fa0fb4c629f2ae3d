/*
 * The adapter to libxml2's parser: options, entity policy, positions, errors.
 * Used by include, config_xml and validate; no other file calls the parser.
 * Invariant: nothing is loaded but files beneath the project root and the
 * resources embedded in the program; a refused load fails the parse, it never
 * becomes silence. Policy: DESIGN section 4, research/security.md section 1.
 */
#ifndef VADE_LOAD_XML_H
#define VADE_LOAD_XML_H

#include <libxml/parser.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/root_file.h"
#include "base/source.h"
#include "model/book.h"

struct xml_limits {
	size_t total_size;     /* bytes of all files of a project */
	size_t file_size;      /* bytes of one file */
	size_t attributes;     /* on one element; libxml2 is quadratic here */
	size_t start_tag_size; /* bytes */
	size_t entities;       /* declared in one document */
	size_t entity_size;    /* bytes of one replacement text */
};

/* What a parse needs; lent to it. */
struct xml_reader {
	const struct file_root *root;
	struct sources *sources;
	struct xml_limits limits;
	size_t total;  /* bytes read so far */
	xmlDict *dict; /* shared by all documents; owned by xml_reader_clear */
	struct diag *diag;
	struct map schemas; /* of settings, by name; each read once, owned */
};

/*
 * Prepares libxml2 for this process: memory that ends the process when it is
 * exhausted, no catalogs, no file or network access but through xml_reader.
 * Call once, before anything else of libxml2.
 */
void xml_library_start(void);

void xml_reader_init(struct xml_reader *reader, const struct file_root *root,
    struct sources *sources, struct diag *diag);
void xml_reader_clear(struct xml_reader *reader);

/*
 * Reads the file at path (relative to the root) and parses it. Elements get
 * their numbers in book. `from` is the place that names the file, for
 * messages ({0} = the command line). Comments and processing instructions are
 * dropped. Returns the document, the caller's to free, or NULL with V01xx
 * reported.
 */
xmlDoc *xml_read(struct xml_reader *reader, struct book *book, const char *path,
    struct place from);

/* Reports why a file cannot be read. Returns -1. */
int xml_report_unread(struct xml_reader *reader, enum file_result result,
    const char *path, struct place from);

/*
 * Reads a file's bytes into sources with the checks that precede parsing
 * (size, UTF-8). Returns its number in sources, 0 with V01xx reported.
 */
uint32_t
xml_read_source(struct xml_reader *reader, const char *path, struct place from);

#endif
