#include "step_labels.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"

/* The counters of one run of siblings. */
struct series {
	const char *prefix; /* label of the step around them, "" for none */
	bool branches;      /* lettered, not numbered */
	uint32_t base;      /* steps of the base class so far */
	uint32_t *higher;   /* per rank: steps since the last base step */
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

/* a … z, aa, ab … for 1, 2 … */
static void
add_letters(struct buf *label, uint32_t number)
{
	if (number > 26)
		add_letters(label, (number - 1) / 26);
	buf_add_format(label, "%c", 'a' + (number - 1) % 26);
}

/*
 * The label of the last base step: 5, 5.1; of a branch 5a, of a branch's
 * branch 5a.a, for 5aa is the twenty-seventh of step 5. Before the first
 * branch it is 5.0: "5-R1" is a step, and the first branch of that "5-R1a".
 */
static void
add_base_label(struct buf *label, const struct series *series)
{
	size_t len = strlen(series->prefix);
	bool numbered = !series->branches || series->base == 0;

	buf_add_text(label, series->prefix);
	if (len > 0 &&
	    (numbered || islower((unsigned char)series->prefix[len - 1])))
		buf_add_text(label, ".");
	if (numbered)
		buf_add_format(label, "%u", series->base);
	else
		add_letters(label, series->base);
}

/* The label of the next step of a rank among its siblings, for the caller. */
static char *
next_label(const struct reaches *reaches, struct series *series, int rank)
{
	bool is_base = rank <= series->base_rank;
	struct buf label = { 0 };
	size_t ranks;

	if (is_base) {
		ranks = reaches->axes->clearance == AXIS_NONE
		    ? 0
		    : reaches->axes->axes[reaches->axes->clearance].value_count;
		for (size_t i = 0; i < ranks; i++)
			series->higher[i] = 0;
		series->base++;
	}
	add_base_label(&label, series);
	if (!is_base)
		buf_add_format(&label, "-%s%u", mark_of(reaches->axes, rank),
		    ++series->higher[rank]);
	return buf_take(&label);
}

/* Labels the steps among the children of a list of steps. */
static void
label_list(const struct reaches *reaches, struct book *book,
    const xmlNode *list, int base_rank, const char *prefix)
{
	size_t ranks = reaches->axes->clearance == AXIS_NONE
	    ? 1
	    : reaches->axes->axes[reaches->axes->clearance].value_count;
	struct series series = { .prefix = prefix,
		.branches = node_is(list, "stepalternatives"),
		.higher = mem_array(ranks, sizeof(uint32_t)),
		.base_rank = base_rank };

	node_each_element(step, list) {
		if (!node_is(step, "step"))
			continue;
		set_label(book, step,
		    next_label(reaches, &series,
			reach_rank(reaches, book_element(book, step)->reach)));
	}
	free(series.higher);
}

/*
 * A document-order walk meets a list of steps after the step it is in, so the
 * prefix is known. The base class of a procedure is its own; of substeps and
 * alternatives that of the step around them.
 */
void
step_labels_compute(const struct reaches *reaches, struct book *book)
{
	map_put_text(&book->labels, "", NULL);
	node_each(node, book_root(book)) {
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
			    step_labels_get(book, node->parent));
	}
}

const char *
step_labels_get(const struct book *book, const xmlNode *step)
{
	return book->labels.entries[book_element(book, step)->label].key;
}
