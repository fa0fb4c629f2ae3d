/*
 * XInclude 1.1, our own, over the reader: parse="xml" and parse="text",
 * relative hrefs inside the project. Used by load.
 * Invariant: the finished tree holds no xi: element, and a file is never
 * inside itself. A missing file is an error at the including line; fallbacks
 * are not used, for a handbook must not lose text in silence.
 */
#ifndef VADE_LOAD_INCLUDE_H
#define VADE_LOAD_INCLUDE_H

#include "load/xml.h"

/*
 * Reads the file at path and everything it includes into book->doc. `from`
 * names the place that asked for it. Returns 0, or -1 with V01xx reported;
 * then book->doc may be NULL or incomplete.
 */
int include_read(struct xml_reader *reader, struct book *book, const char *path,
    struct place from);

/*
 * The same, into a book that has a tree already: the root of the new part,
 * which is the caller's to link into it. NULL with V01xx reported.
 */
xmlNode *include_read_part(struct xml_reader *reader, struct book *book,
    const char *path, struct place from);

#endif
