#include "steps.h"

#include <stdlib.h>

#include "base/alloc.h"

/* The counters of one run of siblings. */
struct series {
	uint32_t base;    /* steps of the base class so far */
	uint32_t *higher; /* per rank: steps since the last base step */
	int base_rank;
};

static const char *
mark_of(const struct axes *axes, int rank)
{
	const struct axis_value *value =
	    &axes->axes[axes->clearance].values[rank];

	return value->mark != NULL ? value->mark : value->id;
}

static void
set_label(struct book *book, const xmlNode *step, char *label)
{
	struct map_entry *entry = map_put_text(&book->labels, label, NULL);

	book_element(book, step)->label =
	    (uint32_t)(entry - book->labels.entries);
	free(label);
}

static char *
next_label(const struct reaches *reaches, struct series *series, int rank,
    const char *prefix)
{
	const char *dot = prefix[0] != '\0' ? "." : "";
	size_t ranks;

	if (rank <= series->base_rank) {
		ranks = reaches->axes->clearance == AXIS_NONE
		    ? 0
		    : reaches->axes->axes[reaches->axes->clearance].value_count;
		for (size_t i = 0; i < ranks; i++)
			series->higher[i] = 0;
		return mem_format("%s%s%u", prefix, dot, ++series->base);
	}
	return mem_format("%s%s%u-%s%u", prefix, dot, series->base,
	    mark_of(reaches->axes, rank), ++series->higher[rank]);
}

/* Labels the steps among the children of a list of steps. */
static void
label_list(const struct reaches *reaches, struct book *book,
    const xmlNode *list, int base_rank, const char *prefix)
{
	size_t ranks = reaches->axes->clearance == AXIS_NONE
	    ? 1
	    : reaches->axes->axes[reaches->axes->clearance].value_count;
	struct series series = { .higher = mem_array(ranks, sizeof(uint32_t)),
		.base_rank = base_rank };

	for (xmlNode *step = node_first_element(list); step != NULL;
	     step = node_next_element(step)) {
		if (!node_is(step, "step"))
			continue;
		set_label(book, step,
		    next_label(reaches, &series,
			reach_rank(reaches, book_element(book, step)->reach),
			prefix));
	}
	free(series.higher);
}

/*
 * A document-order walk meets a list of steps after the step it is in, so the
 * prefix is known. The base class of a procedure is its own; of substeps and
 * alternatives that of the step around them.
 */
void
steps_label(const struct reaches *reaches, struct book *book)
{
	xmlNode *root = xmlDocGetRootElement(book->doc);

	map_put_text(&book->labels, "", NULL);
	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (node_is(node, "procedure"))
			label_list(reaches, book, node,
			    reach_rank(reaches,
				book_element(book, node)->reach),
			    "");
		else if (node_is(node, "substeps") ||
		    node_is(node, "stepalternatives"))
			label_list(reaches, book, node,
			    reach_rank(reaches,
				book_element(book, node->parent)->reach),
			    steps_get(book, node->parent));
	}
}

const char *
steps_get(const struct book *book, const xmlNode *step)
{
	return book->labels.entries[book_element(book, step)->label].key;
}
