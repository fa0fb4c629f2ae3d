#include "translation.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "query/answer.h"
#include "query/named_element.h"

static const char *const state_names[UNIT_STATES] = { "agreed", "excepted",
	"ahead", "stale", "both", "new", "different", "extra", "missing" };

/* One language against another. */
struct comparison {
	const struct edition *edition;
	const struct unit_side *here;
	const struct unit_side *there;
	struct alignment alignment;
};

/* The next pair of languages, from *here and *there on; false: no more. */
static bool
next_comparison(struct comparison *comparison, const struct edition *edition,
    size_t *at)
{
	size_t count = edition->project->tree_count;
	size_t here;
	size_t there;

	do {
		here = *at / count;
		there = *at % count;
		++*at;
	} while (here == there && here < count);
	if (here >= count)
		return false;
	*comparison = (struct comparison){ .edition = edition,
		.here = &edition->sides[here],
		.there = &edition->sides[there] };
	alignment_make(&comparison->alignment, comparison->here,
	    comparison->there);
	return true;
}

static const struct unit *
shown_unit(const struct unit_pair *pair)
{
	return pair->here != NULL ? pair->here : pair->there;
}

/* How a unit is named: "EDU-O-01.s1/2" in the first language, in any other
 * "es:EDU-O-01.s1/2", for its places may be others. */
static char *
key_format(const struct comparison *comparison, const struct unit_side *side,
    const struct unit *unit)
{
	bool is_first = side == comparison->edition->sides;

	return mem_format("%s%s%s/%u", is_first ? "" : side->lang,
	    is_first ? "" : ":", side->units->scopes[unit->scope],
	    unit->position);
}

static char *
pair_key_format(const struct comparison *comparison,
    const struct unit_pair *pair)
{
	bool by_there = pair->here == NULL ||
	    (pair->there != NULL &&
		comparison->there == comparison->edition->sides);

	return by_there ? key_format(comparison, comparison->there, pair->there)
			: key_format(comparison, comparison->here, pair->here);
}

/* Does something that is asked of two texts differ in a pair? Numbers and links
 * that do are agreed with a reason only. */
static bool
has_other(const struct unit_pair *pair,
    bool (*differ)(const char *a, const char *b))
{
	return pair->here != NULL && pair->there != NULL &&
	    differ(pair->here->words, pair->there->words);
}

/* --- status --- */

static json_t *
count_states(const size_t counts[UNIT_STATES])
{
	json_t *object = json_object();

	for (size_t i = 0; i < UNIT_STATES; i++)
		json_object_set_new(object, state_names[i],
		    json_integer((json_int_t)counts[i]));
	return object;
}

static bool
is_settled(enum unit_state state)
{
	return state == UNIT_AGREED || state == UNIT_EXCEPTED;
}

/* The path of the file that holds a unit. Lent. */
static const char *
path_of(const struct edition *edition, const struct unit_side *side,
    const struct unit *unit)
{
	size_t tree = (size_t)(side - edition->sides);
	struct place place = book_place(&edition->books[tree], unit->node);

	return sources_get(edition->sources, place.file)->path;
}

struct file_counts {
	struct map paths;
	size_t (*counts)[UNIT_STATES];
	size_t capacity;
};

static void
count_in_file(struct file_counts *files, const char *path,
    enum unit_state state)
{
	size_t at = files->paths.count;
	bool is_new;
	struct map_entry *entry = map_put_text(&files->paths, path, &is_new);

	if (is_new) {
		files->counts = mem_grow(files->counts, at, &files->capacity,
		    sizeof(*files->counts));
		memset(files->counts[at], 0, sizeof(*files->counts));
		entry->value = (uint32_t)at;
	}
	files->counts[entry->value][state]++;
}

/* The files with units that are not settled. */
static json_t *
list_files(struct file_counts *files)
{
	json_t *list = json_array();

	for (size_t i = 0; i < files->paths.count; i++) {
		size_t open = 0;
		json_t *object;

		for (size_t s = 0; s < UNIT_STATES; s++)
			open += is_settled(s) ? 0 : files->counts[i][s];
		if (open == 0)
			continue;
		object = json_pack("{s:s, s:o, s:i}", "path",
		    files->paths.entries[i].key, "units",
		    count_states(files->counts[i]), ".open", (int)open);
		json_array_append_new(list, object);
	}
	map_clear(&files->paths);
	free(files->counts);
	return list;
}

static json_t *
describe_language(struct comparison *comparison)
{
	size_t counts[UNIT_STATES] = { 0 };
	struct file_counts files = { 0 };
	json_t *object;

	for (size_t i = 0; i < comparison->alignment.count; i++) {
		const struct unit_pair *pair = &comparison->alignment.pairs[i];
		const struct unit_side *side =
		    pair->here != NULL ? comparison->here : comparison->there;

		counts[pair->state]++;
		count_in_file(&files,
		    path_of(comparison->edition, side, shown_unit(pair)),
		    pair->state);
	}
	object = json_pack("{s:s, s:s, s:b, s:o}", "language",
	    comparison->here->lang, "against", comparison->there->lang,
	    "agreements", comparison->here->agreement->is_written, "units",
	    count_states(counts));
	json_object_set_new(object, "files", list_files(&files));
	return object;
}

int
translation_status_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	struct comparison comparison;
	json_t *list = json_array();
	size_t at = 0;

	while (next_comparison(&comparison, edition, &at)) {
		json_array_append_new(list, describe_language(&comparison));
		alignment_clear(&comparison.alignment);
	}
	answer_print_take(json_pack("{s:o}", "languages", list), "i18n-status",
	    question->form, edition->diag->language);
	return 0;
}

/* --- what is stale --- */

/* Cuts what two texts have in common before and after what changed, at whole
 * words: *from and the two lengths. */
static void
cut_common(const char *was, const char *now, size_t *from, size_t *was_len,
    size_t *now_len)
{
	size_t start = 0;
	size_t w = strlen(was);
	size_t n = strlen(now);

	while (start < w && start < n && was[start] == now[start])
		start++;
	while (start > 0 && was[start - 1] != ' ')
		start--;
	while (w > start && n > start && was[w - 1] == now[n - 1]) {
		w--;
		n--;
	}
	while (was[w] != '\0' && was[w] != ' ') {
		w++;
		n++;
	}
	*from = start;
	*was_len = w - start;
	*now_len = n - start;
}

/* The counterpart's words that changed, of units whose words are kept. */
static void
add_change(json_t *object, const struct unit_pair *pair)
{
	size_t from;
	size_t was;
	size_t now;

	if (pair->agreed == NULL || pair->agreed->words[0] == '\0' ||
	    pair->there == NULL ||
	    (pair->state != UNIT_STALE && pair->state != UNIT_BOTH))
		return;
	cut_common(pair->agreed->words, pair->there->words, &from, &was, &now);
	json_object_set_new(object, "was",
	    answer_text_take(mem_dup_len(pair->agreed->words + from, was)));
	json_object_set_new(object, "now",
	    answer_text_take(mem_dup_len(pair->there->words + from, now)));
}

static json_t *
side_json(const struct comparison *comparison, const struct unit_side *side,
    const struct unit *unit)
{
	const struct edition *edition = comparison->edition;
	size_t tree = (size_t)(side - edition->sides);

	if (unit == NULL)
		return json_null();
	return json_pack("{s:s, s:o, s:o}", "language", side->lang, "place",
	    place_json(edition,
		source_tag_place(edition->sources,
		    book_place(&edition->books[tree], unit->node))),
	    "words", answer_text(unit->words));
}

static json_t *
describe_pair(const struct comparison *comparison, const struct unit_pair *pair)
{
	json_t *object =
	    json_pack("{s:o, s:s, s:s, s:s, s:o, s:o, s:b, s:b, s:b, s:b}",
		"unit", answer_text_take(pair_key_format(comparison, pair)),
		"state", state_names[pair->state], "language",
		comparison->here->lang, "against", comparison->there->lang,
		"here", side_json(comparison, comparison->here, pair->here),
		"there", side_json(comparison, comparison->there, pair->there),
		"numbers", has_other(pair, numbers_differ), "links",
		has_other(pair, targets_differ), "sentences",
		has_other(pair, sentences_differ), "safety",
		shown_unit(pair)->is_safety);

	add_change(object, pair);
	return object;
}

int
translation_stale_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	struct comparison comparison;
	json_t *list = json_array();
	size_t at = 0;

	while (next_comparison(&comparison, edition, &at)) {
		for (size_t i = 0; i < comparison.alignment.count; i++) {
			const struct unit_pair *pair =
			    &comparison.alignment.pairs[i];

			/* What is missing here is extra there, and what is
			 * ahead here is stale there: each is told once. */
			if (!is_settled(pair->state) &&
			    pair->state != UNIT_AHEAD &&
			    pair->state != UNIT_EXTRA &&
			    (pair->state == UNIT_STALE ||
				pair->state == UNIT_MISSING ||
				comparison.here < comparison.there))
				json_array_append_new(list,
				    describe_pair(&comparison, pair));
		}
		alignment_clear(&comparison.alignment);
	}
	answer_print_take(json_pack("{s:o}", "units", list), "i18n-stale",
	    question->form, edition->diag->language);
	return 0;
}

/* --- stamp --- */

struct stamp {
	const struct question *question;
	struct agreed *rows; /* of one language, against all others */
	size_t count;
	size_t capacity;
	size_t agreed;   /* that were not yet */
	size_t doubtful; /* numbers, or elements, that differ: left */
	size_t alone;    /* without a counterpart: left */
	bool *met;       /* per name of the question */
};

/* Is the unit one that was named: itself, or anything below an id? */
static bool
is_named_unit(const struct stamp *stamp, const struct comparison *comparison,
    const struct unit_side *side, const struct unit *unit)
{
	bool is = false;

	if (unit == NULL)
		return false;
	owned char *key = key_format(comparison, side, unit);

	for (size_t i = 0; i < stamp->question->unit_count; i++) {
		const char *name = stamp->question->units[i];
		bool same = strcmp(key, name) == 0;

		for (const xmlNode *at = unit->node;
		     !same && at != NULL && at->type == XML_ELEMENT_NODE;
		     at = at->parent)
			same = node_id(at) != NULL &&
			    strcmp(node_id(at), name) == 0;
		stamp->met[i] |= same;
		is |= same;
	}
	return is;
}

/* A pair is named by either of its units; all are if nothing is named. */
static bool
is_named(const struct stamp *stamp, const struct comparison *comparison,
    const struct unit_pair *pair)
{
	bool here =
	    is_named_unit(stamp, comparison, comparison->here, pair->here);

	return is_named_unit(stamp, comparison, comparison->there,
		   pair->there) ||
	    here || stamp->question->unit_count == 0;
}

static void
add_row(struct stamp *stamp, const struct comparison *comparison,
    const struct unit_pair *pair, const char *reason)
{
	const struct unit *there = pair->there;

	*list_add(stamp->rows, stamp->count, stamp->capacity) = (struct agreed){
		.scope = comparison->here->units->scopes[pair->here->scope],
		.position = pair->here->position,
		.digest = pair->here->digest,
		.lang = comparison->there->lang,
		.counterpart = there ? there->position : 0,
		.counterpart_digest = there ? there->digest : "-",
		.reason = reason,
		.words = there && there->is_safety ? there->words : "",
	};
}

/* The agreement as it was, at the places where its units now are. */
static void
keep_row(struct stamp *stamp, const struct unit_pair *pair)
{
	struct agreed *row;

	if (pair->agreed == NULL)
		return;
	row = list_add(stamp->rows, stamp->count, stamp->capacity);
	*row = *pair->agreed;
	row->position = pair->here->position;
	if (row->counterpart > 0 && pair->there != NULL)
		row->counterpart = pair->there->position;
}

static void
stamp_pair(struct stamp *stamp, const struct comparison *comparison,
    const struct unit_pair *pair)
{
	const char *reason = stamp->question->reason;
	bool needs_reason = pair->there == NULL ||
	    pair->here->kind != pair->there->kind ||
	    has_other(pair, numbers_differ) || has_other(pair, targets_differ);
	/* Two languages agree on a pair once. */
	bool is_counted =
	    pair->there == NULL || comparison->here < comparison->there;

	if (is_settled(pair->state) || !is_named(stamp, comparison, pair)) {
		keep_row(stamp, pair);
	} else if (needs_reason && reason == NULL) {
		keep_row(stamp, pair);
		stamp->alone += pair->there == NULL;
		stamp->doubtful += pair->there != NULL && is_counted;
	} else {
		add_row(stamp, comparison, pair, reason ? reason : "");
		stamp->agreed += is_counted;
	}
}

static int
write_side(struct stamp *stamp, const struct edition *edition, size_t tree)
{
	return agreed_units_write(edition->sides[tree].agreement,
	    &edition->project->root, stamp->rows, stamp->count, edition->diag);
}

/* A name that no unit has is an error, before anything is written. */
static int
check_names(const struct stamp *stamp, const struct edition *edition)
{
	for (size_t i = 0; i < edition->project->tree_count; i++) {
		const struct comparison comparison = { .edition = edition };
		const struct unit_side *side = &edition->sides[i];

		for (size_t u = 0; u < side->units->count; u++)
			is_named_unit(stamp, &comparison, side,
			    &side->units->items[u]);
	}
	for (size_t i = 0; i < stamp->question->unit_count; i++)
		if (!stamp->met[i])
			return diag_report_path(edition->diag,
			    DIAG_UNIT_UNKNOWN, NULL, stamp->question->units[i],
			    NULL);
	return 0;
}

int
translation_stamp_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	struct stamp stamp = { .question = question,
		.met = mem_array(question->unit_count + 1, sizeof(bool)) };
	struct comparison comparison;
	size_t trees = edition->project->tree_count;
	size_t at = 0;
	int rc = check_names(&stamp, edition);

	while (rc == 0 && next_comparison(&comparison, edition, &at)) {
		for (size_t i = 0; i < comparison.alignment.count; i++)
			if (comparison.alignment.pairs[i].here != NULL)
				stamp_pair(&stamp, &comparison,
				    &comparison.alignment.pairs[i]);
		/* The last other language of this one. */
		if (at % trees == 0 || at == trees * trees - 1) {
			rc = write_side(&stamp, edition, (at - 1) / trees);
			stamp.count = 0;
		}
		alignment_clear(&comparison.alignment);
	}
	free(stamp.rows);
	free(stamp.met);
	if (rc == 0)
		answer_print_take(json_pack("{s:i, s:i, s:i}", "agreed",
				      (int)stamp.agreed, "doubtful",
				      (int)stamp.doubtful, "alone",
				      (int)stamp.alone),
		    "i18n-stamp", question->form, edition->diag->language);
	return rc;
}
