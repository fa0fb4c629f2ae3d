/*
 * What a release refuses, doubt: cited references that nobody
 * verified, and a review that is overdue today, or on the day of
 * SOURCE_DATE_EPOCH.
 * Invariant: what cannot be decided counts as doubt, and all reasons are
 * listed at once.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/check.h"

static bool
is_unverified(const xmlNode *node)
{
	const char *role = node_attribute(node, "role");

	return (role == NULL || role[0] != 'V') &&
	    (node_is(node, "bibliomixed") || node_is(node, "biblioentry"));
}

/* Today, or the day that SOURCE_DATE_EPOCH names. */
static void
format_today(char today[11])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	time_t now = epoch ? (time_t)strtoll(epoch, &end, 10) : time(NULL);
	struct tm utc;

	/* A day that cannot be read is the last of all: every review is
	 * overdue then. */
	if ((epoch != NULL && (end == epoch || *end != '\0' || now < 0)) ||
	    gmtime_r(&now, &utc) == NULL ||
	    strftime(today, 11, "%Y-%m-%d", &utc) != 10)
		memcpy(today, "9999-99-99", 11);
}

void
unverified_or_overdue_check(struct checks *checks)
{
	const struct edition *edition = checks->edition;
	char today[11];

	format_today(today);
	if (edition->project->review[0] != '\0' &&
	    strcmp(edition->project->review, today) < 0)
		diag_report(edition->diag, DIAG_RELEASE_OVERDUE,
		    edition->project->review_place, edition->project->review,
		    NULL);
	for (size_t i = 0; i < edition->project->tree_count; i++) {
		const struct book *book = &edition->books[i];

		node_each(node, book_root(book)) {
			const xmlNode *entry;
			const char *id;

			if (node->type != XML_ELEMENT_NODE)
				continue;
			id = node_attribute(node, "linkend");
			entry = id ? book_find_id(book, id) : NULL;
			if (entry != NULL && is_unverified(entry))
				diag_report(edition->diag,
				    DIAG_RELEASE_UNVERIFIED,
				    source_tag_place(edition->sources,
					book_place(book, node)),
				    id, NULL);
		}
	}
}
