/*
 * What one run is about: the project, its books, and who reads what of them.
 * The front fills it stage by stage; once the masks stand, everybody who
 * projects, checks, asks or audits is lent it.
 * Invariant: read only; nothing here is changed by asking.
 */
#ifndef VADE_PROJECT_SOURCES_AND_READERS_H
#define VADE_PROJECT_SOURCES_AND_READERS_H

#include "base/diag.h"
#include "model/book.h"
#include "model/project.h"
#include "parity/alignment.h"
#include "select/element_readers.h"
#include "select/mask.h"

enum build_mode { MODE_DEFAULT, MODE_DRAFT, MODE_RELEASE };

struct edition {
	const struct project *project;
	const struct book *books; /* project->tree_count of them */
	const struct reaches *reaches;
	const struct masks *masks;
	const struct sources *sources;
	/* What the languages agreed on, per source tree; NULL if nobody asked. */
	const struct unit_side *sides;
	struct diag *diag;
	enum build_mode mode;
	/* What it is compared with, read as far as who reads what; NULL. */
	const struct edition *against;
};

/* The language of messages, in which labels are taken: "en" or "es". */
const char *edition_language(const struct edition *edition);
/* The book in that language, else the first. Lent. */
const struct book *edition_book(const struct edition *edition);

/* Answers a question on stdout. 0, or -1 with findings in edition->diag. */
typedef int edition_question(const struct edition *edition, void *context);

#endif
