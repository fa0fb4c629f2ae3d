/*
 * The writer of the format "docbook": what format/docbook.c (any element) and
 * format/docbook_task.c (procedures) share.
 * Invariant: an element is written once, in its place; elements of v: are not.
 */
#ifndef VADE_FORMAT_DOCBOOK_WRITE_H
#define VADE_FORMAT_DOCBOOK_WRITE_H

#include "base/map.h"
#include "format/emitter.h"

struct docbook {
	struct emit_job *job;
	struct buf out;
	struct map ids;   /* that are in the file */
	struct map pages; /* "edu-o-01.html"; value: index of its id in ids */
	struct map notes; /* page and label; value: index into note_nodes */
	const xmlNode **note_nodes;
	size_t note_count;
	size_t note_capacity;
	const char *mark; /* a class that the next text begins with; NULL */
	bool mark_is_page;
	bool is_draft;
};

typedef void docbook_writer(struct docbook *docbook, const xmlNode *node);

/* Any node, in the way of its kind. */
void docbook_write(struct docbook *docbook, const xmlNode *node);
/* An element under its own name, with its attributes and content. */
void docbook_write_plain(struct docbook *docbook, const xmlNode *node);
void docbook_write_children(struct docbook *docbook, const xmlNode *node);

#endif
