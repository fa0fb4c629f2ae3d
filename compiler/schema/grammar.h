/*
 * The files and grammars of a schema under reading: which definitions stand
 * where, after includes and what these override. Used by the reader.
 * Invariant: a definition's components are in the order in which they are
 * read, and none of them is overridden.
 */
#ifndef VADE_SCHEMA_GRAMMAR_H
#define VADE_SCHEMA_GRAMMAR_H

#include "base/map.h"
#include "schema/schema.h"

/* A file under reading; a document's _private. */
struct schema_file {
	xmlDoc *doc;
	char *name;
	char *ns;                       /* that its root inherits, or NULL */
	const struct schema_file *from; /* which names it; NULL: the first */
};

struct schema_files {
	struct schema_file **items;
	size_t count;
	size_t capacity;
	schema_open *open;
	void *context;
	struct schema_fault *fault;
};

struct define {
	const xmlNode **nodes; /* start or define */
	size_t count;
	size_t capacity;
	const char *combine; /* "choice", "interleave", NULL: not told yet */
	bool has_bare;       /* a component without combine */
	enum { DEFINE_NEW, DEFINE_UNDER_WAY, DEFINE_DONE } state;
	uint32_t pattern;
};

struct grammar {
	const struct grammar *parent; /* NULL: none is around it */
	struct map map;               /* name, "" for start, to definition */
	struct define *defines;
	size_t count;
	size_t capacity;
};

void files_clear(struct schema_files *files);
/* Loads a file; from is the node that names it, NULL for the first. Returns
 * its root, or NULL with the fault told. */
xmlNode *
files_load(struct schema_files *files, const char *href, const xmlNode *from);
/* Tells a fault at a node. Returns -1. */
int files_fault(const struct schema_files *files, const xmlNode *node,
    const char *text, const char *name);

/* What a node inherits; lent. */
const char *node_ns(const xmlNode *node);
const char *node_library(const xmlNode *node);

/* Reads the definitions of a grammar element. 0, or -1 with the fault told. */
int grammar_read(struct grammar *grammar, struct schema_files *files,
    const xmlNode *node);
void grammar_clear(struct grammar *grammar);

#endif
