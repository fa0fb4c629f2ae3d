/*
 * The package document and the navigation document of an EPUB: its metadata,
 * manifest, reading order and contents. Used by format/epub.c.
 * Invariant: every file of the archive but the container's own is in the
 * manifest once; nothing is in it that is not there.
 */
#ifndef VADE_FORMAT_EPUB_PACKAGE_H
#define VADE_FORMAT_EPUB_PACKAGE_H

#include "format/emitter.h"

/* What a chapter, or the book, holds that its metadata tell. */
struct epub_content {
	bool svg;
	bool image; /* a file */
	bool math;
	bool index;  /* entries of one */
	bool untold; /* a drawing or image without words that stand for it */
};

struct epub_chapter {
	char *name; /* "edu-o-01.xhtml" */
	char *title;
	size_t depth; /* pages around it */
	struct epub_content holds;
};

struct epub {
	const struct emit_job *job;
	struct epub_chapter *chapters; /* in reading order */
	size_t chapter_count;
	struct epub_content holds;
};

/* Two paths may hold the same image: is this the first with its name? */
bool epub_is_first(const struct view *view, size_t asset);

void epub_write_package(const struct epub *epub, struct buf *out);
void epub_write_nav(const struct epub *epub, struct buf *out);

#endif
