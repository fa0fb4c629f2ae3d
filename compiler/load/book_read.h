/*
 * Reads one language of a project: its tree with all it includes, what the
 * agency adds, and the values of parameters. Used by the front.
 * Invariant: a book that was read without error is DocBook 5.0 in name, has a
 * language, and knows which sources it is of.
 */
#ifndef VADE_LOAD_BOOK_READ_H
#define VADE_LOAD_BOOK_READ_H

#include <stdbool.h>

#include "load/xml.h"
#include "model/book.h"
#include "model/project.h"

struct book_choice {
	bool is_release;     /* an agency's local texts must be confirmed */
	bool keeps_defaults; /* values of the agency do not replace texts */
	bool all_classes;    /* of a file without a project: show them all */
	bool wants_units;    /* gathers the units of translation */
};

/*
 * Fills book, which project_clear's owner frees, from tree; a plain file gives
 * the tree its language, and the project its title. 0, or -1 with V01xx or
 * V02xx reported.
 */
int
book_read(struct book *book, struct source_tree *tree, struct project *project,
    struct xml_reader *reader, const struct book_choice *choice);

#endif
