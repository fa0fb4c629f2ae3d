#include "select.h"

#include <string.h>

#include "select/classed_table_cells.h"
#include "select/step_labels.h"

/* A rule that remembers is an error: what it answers must not hang on what it
 * was asked before, and the shipped rule's does not. */
static int
select_in_reverse(const struct reaches *reaches, const struct masks *masks,
    const struct project *project, struct xml_reader *reader)
{
	struct masks reverse;
	size_t words = masks->reach_count * masks->words;
	int rc;

	if (project->filter_count == 0)
		return 0;
	rc = masks_compute(&reverse, reaches, project, reader, true,
	    reader->diag);
	if (rc == 0 &&
	    memcmp(masks->bits, reverse.bits, words * sizeof(uint64_t)) != 0)
		rc = diag_report(reader->diag, DIAG_FILTER_ORDER,
		    project->filters[0].place, project->filters[0].href, NULL);
	masks_clear(&reverse);
	return rc;
}

int
select_readers(struct reaches *reaches, struct masks *masks,
    const struct project *project, struct book *books,
    struct xml_reader *reader)
{
	int rc = 0;

	reaches_init(reaches, &project->axes);
	for (size_t i = 0; i < project->tree_count; i++)
		rc |= reach_compute(reaches, &books[i], reader->diag);
	for (size_t i = 1; rc == 0 && i < project->tree_count; i++)
		rc |=
		    reach_compare(reaches, &books[0], &books[i], reader->diag);
	for (size_t i = 0; rc == 0 && i < project->tree_count; i++)
		rc =
		    classed_table_cells_check(reaches, &books[i], reader->diag);
	if (rc == 0)
		rc = masks_compute(masks, reaches, project, reader, false,
		    reader->diag);
	if (rc == 0)
		rc = select_in_reverse(reaches, masks, project, reader);
	for (size_t i = 0; rc == 0 && i < project->tree_count; i++)
		step_labels_compute(reaches, &books[i]);
	return rc;
}
