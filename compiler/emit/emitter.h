/*
 * Output formats. A format is a row of the table in emitter.c.
 * Invariant: an emitter reads the view and gives whole files to the sink; it
 * opens nothing and writes nothing itself.
 */
#ifndef VADE_EMIT_EMITTER_H
#define VADE_EMIT_EMITTER_H

#include "emit/sheet.h"
#include "project/view.h"

/* Where finished files go; path is relative to the shelf's folder. */
struct sink {
	int (*file)(struct sink *sink, const char *path, const void *bytes,
	    size_t size);
};

struct emit_job {
	struct view *view; /* projected and linked */
	const struct sheet *html;
	struct sink *sink;
};

struct emitter {
	const char *name;    /* as typed after --to */
	const char *summary; /* one line for --help and the man page */
	int (*emit)(const struct emit_job *job, struct diag *diag);
};

extern const struct emitter emitters[];
extern const size_t emitter_count;
/* NULL if there is no format of that name. */
const struct emitter *emitter_find(const char *name);

#endif
