/*
 * How a handbook becomes files: a function per format of model/format.def.
 * Invariant: an emitter reads the view and gives whole files to the sink; it
 * opens nothing, writes nothing itself, and leaves the view as it was, but for
 * what libxslt marks in nodes. So no format depends on which others are made.
 */
#ifndef VADE_FORMAT_EMITTER_H
#define VADE_FORMAT_EMITTER_H

#include "base/buf.h"
#include "format/html_write.h"
#include "style/organisation_look.h"
#include "style/result_tree.h"
#include "model/format.h"
#include "project/view.h"

/* Where finished files go; path is relative to the shelf's folder. */
struct sink {
	int (*file)(struct sink *sink, const char *path, const void *bytes,
	    size_t size);
	/* Shows what a file will hold that packs its content, so that it can
	 * be audited; nothing is sent. Part by part, before the file. */
	void (*part)(struct sink *sink, const char *path, const void *bytes,
	    size_t size);
};

/* A process that lays out documents (publish/pdf_renderer.h). */
struct renderer {
	/* Sends a request (format/typ/render.js) and waits: *answer is a PDF, or
	 * why there is none if *refused. name is that of the document. 0, or
	 * -1 with V0653 reported. */
	int (*render)(struct renderer *renderer, const struct buf *request,
	    struct buf *answer, bool *refused, const char *name,
	    struct diag *diag);
};

struct print;

struct emit_job {
	struct view *view;         /* projected, linked and described */
	const struct view *beside; /* in another language; NULL = alone */
	const char *code;          /* the edition's short code */
	const struct organisation_look *look;
	struct sink *sink;
	const char *path; /* where this format goes: a folder or a file */
	/* By format; NULL where C needs none: emit_read_sheets. */
	struct stylesheet *const *sheets;
	/* --- made by emit_start --- */
	struct html_pages html;
	/* Nested v:page elements, for the formats but html that are made of
	 * them: not to be changed; none if no such format is wanted. */
	struct result_pages pages;
	struct buf search; /* search_of makes it for the first who asks */
	/* --- of the formats that are laid out; else NULL --- */
	const struct stylesheet *print_sheet;
	struct renderer *renderer;
	struct print *print; /* made for all of them; NULL before */
	const char *only;    /* id of the page of a bulletin; NULL */
};

/*
 * Compiles the stylesheets that the formats of a set need besides that of the
 * pages; sheets has room for each format. 0, or -1 with V0601 reported.
 */
int emit_read_sheets(struct stylesheet *sheets[FORMAT_COUNT], uint32_t wanted,
    struct diag *diag);

/*
 * Makes the pages, once for all wanted formats (a bit each) that are made of
 * them. 0, or -1 with V0601 reported, or what organisation_look_check reports.
 */
int emit_start(struct emit_job *job, uint32_t wanted, struct diag *diag);

/*
 * Makes one format of a handbook. 0, or -1 reported.
 */
int emit_format(enum format format, struct emit_job *job, struct diag *diag);

#endif
