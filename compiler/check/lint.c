#include "lint.h"

#include "check/accept.h"
#include "check/conditions.h"
#include "check/coverage_rule.h"
#include "check/handoffs.h"
#include "check/stage_order.h"
#include "check/needless_readers.h"

struct place
lint_place(const struct lint *lint, const xmlNode *node, const char *attribute,
    const char *token)
{
	const struct sources *sources = lint->edition->diag->sources;
	struct place tag = book_place(lint->book, node);

	return attribute == NULL
	    ? source_tag_place(sources, tag)
	    : source_attribute_place(sources, tag, attribute, token);
}

int
lint_check(const struct edition *edition, bool with_gaps)
{
	const struct axes *axes = &edition->project->axes;
	struct lint lint = { .edition = edition, .book = &edition->books[0] };
	size_t errors = diag_count(edition->diag, DIAG_ERROR);

	if (axes->role != AXIS_NONE)
		lint.role = &axes->axes[axes->role];
	handoffs_check(&lint);
	stage_order_check(&lint);
	needless_readers_check(&lint);
	/* An agency adopts a part: what it leaves idle is no fault of it. */
	if (edition->project->agency == NULL) {
		conditions_check(&lint);
		unused_names_check(&lint);
		accept_report_stale(&lint);
		coverage_rule_check(&lint);
		if (with_gaps)
			coverage_rule_note_gaps(&lint);
	}
	map_clear(&lint.met);
	return diag_count(edition->diag, DIAG_ERROR) == errors ? 0 : -1;
}
