/*
 * The question of changes: what two versions say otherwise, each change with
 * what it touches, what is at stake, and whose handbooks show it.
 * Invariant: a handbook is told nothing of what it does not show in one of the
 * versions, and of what it shows no more only the id.
 */
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "query/answer.h"
#include "query/named_element.h"
#include "query/query.h"
#include "query/reader_changes.h"
#include "query/visibility.h"
#include "select/step_labels.h"

enum {
	CONTEXT = 6,   /* tokens shown before and behind what changed */
	EXCERPT = 300, /* bytes shown of what came or went */
};

/* One language of the answer. */
struct report {
	const struct question *question;
	const struct edition *edition;
	struct vocabulary vocabulary;
	struct version old;
	struct version new;
	struct match match;
	struct changes changes;
	struct reader_changes readers;
	size_t handbook; /* whose changes are asked for; SIZE_MAX = all */
	json_t *lists[URGENCIES];
};

/* --- words --- */

/* A link whose words are written by us is told by what it leads to. */
static void
add_target(struct buf *text, const struct version *version, uint32_t at,
    uint32_t end)
{
	const struct token *token = &version->tokens[at];
	const char *target = node_attribute(token->in, "linkend");

	if (target != NULL && at + 1 < end &&
	    vocabulary_kind(version->vocabulary, token->term) == TERM_OPEN &&
	    version->tokens[at + 1].in == token->in &&
	    vocabulary_kind(version->vocabulary,
		version->tokens[at + 1].term) == TERM_CLOSE)
		buf_add_format(text, "[%s]", target);
}

/* Adds tokens as people write them: nothing of tags. */
static void
add_tokens(struct buf *text, const struct version *version, uint32_t at,
    uint32_t end)
{
	for (; at < end; at++) {
		const struct token *token = &version->tokens[at];

		if (token->spaced && text->size > 0 &&
		    text->data[text->size - 1] != ' ')
			buf_add_char(text, ' ');
		if (term_is_read(
			vocabulary_kind(version->vocabulary, token->term)))
			buf_add_text(text,
			    vocabulary_text(version->vocabulary, token->term));
		else
			add_target(text, version, at, end);
	}
}

static char *
tokens_format(const struct version *version, uint32_t at, uint32_t end)
{
	struct buf text = { 0 };

	add_tokens(&text, version, at, end);
	return buf_take(&text);
}

static void
add_marked(struct buf *text, const char *open, const char *close,
    const struct version *version, uint32_t at, uint32_t end)
{
	char *words = tokens_format(version, at, end);

	if (*words != '\0') {
		if (at < end && version->tokens[at].spaced && text->size > 0 &&
		    text->data[text->size - 1] != ' ')
			buf_add_char(text, ' ');
		buf_add_format(text, "%s%s%s", open, words + (*words == ' '),
		    close);
	}
	free(words);
}

/* The sentence with what changed marked in it, and a little of what is around:
 * "call within [-24-] {+12+} hours". */
static char *
marked_format(const struct report *report, const struct change *change)
{
	const struct version_node *node = &report->new.nodes[change->new_node];
	uint32_t end = node->tokens + node->token_count;
	uint32_t shown = node->tokens;
	struct buf text = { 0 };

	for (size_t i = 0; i < change->hunks.count; i++) {
		const struct hunk *hunk = &change->hunks.items[i];

		if (hunk->b > shown + CONTEXT + (i > 0 ? CONTEXT : 0)) {
			if (i > 0)
				add_tokens(&text, &report->new, shown,
				    shown + CONTEXT);
			buf_add_text(&text, text.size > 0 ? " … " : "… ");
			shown = hunk->b - CONTEXT;
		}
		add_tokens(&text, &report->new, shown, hunk->b);
		if (report->handbook == SIZE_MAX)
			add_marked(&text, "[-", "-]", &report->old, hunk->a,
			    hunk->a_end);
		else if (hunk->a < hunk->a_end && hunk->b == hunk->b_end)
			buf_add_text(&text, " [- -]");
		add_marked(&text, "{+", "+}", &report->new, hunk->b,
		    hunk->b_end);
		shown = hunk->b_end;
	}
	if (end > shown + CONTEXT) {
		add_tokens(&text, &report->new, shown, shown + CONTEXT);
		buf_add_text(&text, " …");
	} else {
		add_tokens(&text, &report->new, shown, end);
	}
	return buf_take(&text);
}

/* --- one change --- */

static json_t *
names_of(unsigned bits, int count, const char *(*name)(int))
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		if ((bits >> i & 1) != 0)
			json_array_append_new(list, json_string(name(i)));
	return list;
}

static const char *
op_of(int op)
{
	return change_op_name((enum change_op)op);
}

static const char *
class_of(int class)
{
	return change_class_name((enum change_class) class);
}

static const char *
flag_of(int flag)
{
	return change_flag_name((enum change_flag)flag);
}

/* The words of a part, block after block, but for those blocks in it that have a
 * partner: they are told where that is. */
static char *
part_format(const struct version *version, const uint32_t *partners, uint32_t n)
{
	struct buf text = { 0 };
	uint32_t end = version->nodes[n].end;

	for (uint32_t at = n; at < end;) {
		const struct version_node *node = &version->nodes[at];

		if (at != n && partners[at] != NODE_NONE) {
			at = node->end;
			continue;
		}
		if (node->token_count > 0 && text.size > 0)
			buf_add_text(&text, " ");
		add_tokens(&text, version, node->tokens,
		    node->tokens + node->token_count);
		at++;
	}
	return buf_take(&text);
}

/* Of what a handbook does not show any more only the id is told: the same
 * whether it is gone, for others, or above its clearance. */
static json_t *
side_json(const struct report *report, const struct change *change, bool old)
{
	const struct version *version = old ? &report->old : &report->new;
	uint32_t n = old ? change->old_node : change->new_node;
	const struct version_node *node;

	if (n == NODE_NONE ||
	    (report->handbook != SIZE_MAX && change->new_node == NODE_NONE))
		return json_null();
	node = &version->nodes[n];
	return json_pack("{s:o, s:o}", "place",
	    place_json(version->edition,
		source_tag_place(version->edition->sources,
		    book_place(version->book, node->source))),
	    "text",
	    answer_text_take(part_format(version,
		old ? report->match.to_new : report->match.to_old, n)));
}

static json_t *
hunks_json(const struct report *report, const struct change *change)
{
	json_t *list = json_array();

	for (size_t i = 0; i < change->hunks.count; i++) {
		const struct hunk *hunk = &change->hunks.items[i];

		json_array_append_new(list,
		    json_pack("{s:o, s:o}", "was",
			answer_text_take(
			    tokens_format(&report->old, hunk->a, hunk->a_end)),
			"now",
			answer_text_take(tokens_format(&report->new, hunk->b,
			    hunk->b_end))));
	}
	return list;
}

static json_t *
attributes_json(const struct change *change)
{
	json_t *list = json_array();

	for (size_t i = 0; i < change->attribute_count; i++)
		json_array_append_new(list,
		    attribute_change_json(&change->attributes[i]));
	return list;
}

static json_t *
handbooks_json(const struct report *report, const struct change *change)
{
	const struct project *project = report->edition->project;
	json_t *list = json_array();

	for (size_t h = 0; h < project->handbook_count; h++)
		if (report->handbook == h ||
		    (report->handbook == SIZE_MAX &&
			reader_changes_shows(&report->readers, &report->match,
			    change, h)))
			json_array_append_new(list,
			    json_string(project->handbooks[h].id));
	return list;
}

/* The same in every run and every handbook: what is changed, how, and the words
 * before and now. */
static json_t *
id_json(const char *unit, const struct change *change, json_t *object)
{
	struct buf key = { 0 };
	char id[20];
	const char *const sides[] = { "old", "new" };

	buf_add_format(&key, "%s %u", unit != NULL ? unit : "", change->ops);
	for (int i = 0; i < 2; i++) {
		const char *text = json_string_value(
		    json_object_get(json_object_get(object, sides[i]), "text"));

		buf_add_char(&key, '\n');
		buf_add_text(&key, text != NULL ? text : "");
	}
	snprintf(id, sizeof(id), "C-%08llx",
	    (unsigned long long)(XXH3_64bits(key.data, key.size) >> 32));
	buf_clear(&key);
	return json_string(id);
}

/* The beginning of what came or went. */
static char *
excerpt_format(json_t *object, const struct change *change)
{
	bool gone = change->new_node == NODE_NONE;
	const char *text = json_string_value(json_object_get(
	    json_object_get(object, gone ? "old" : "new"), "text"));
	size_t len;

	if (text == NULL || (!gone && change->old_node != NODE_NONE))
		return mem_dup("");
	len = strlen(text);
	if (len > EXCERPT)
		for (len = EXCERPT; text[len] != ' ' && text[len] != '\0';)
			len++;
	return mem_format("%s%.*s%s%s", gone ? "[-" : "{+", (int)len, text,
	    text[len] != '\0' ? " …" : "", gone ? "-]" : "+}");
}

/* A handbook is told new words alone: of the old ones some may be above its
 * clearance today. */
static void
hide_old_words(json_t *object)
{
	size_t i;
	json_t *hunk;

	json_object_del(json_object_get(object, "old"), "text");
	json_array_foreach(json_object_get(object, "hunks"), i, hunk)
	    json_object_del(hunk, "was");
}

static json_t *
change_json(const struct report *report, const struct change *change)
{
	bool gone = change->new_node == NODE_NONE;
	const struct version *version = gone ? &report->old : &report->new;
	const xmlNode *node =
	    version->nodes[gone ? change->old_node : change->new_node].source;
	const xmlNode *named = named_element_named(node);
	const char *unit = named != NULL ? node_id(named) : NULL;
	enum diag_language ui = report->edition->diag->language;
	json_t *object = json_pack("{s:s, s:s?, s:s, s:o, s:o, s:o, s:o, s:s, "
				   "s:o, s:o, s:o, s:o, s:o}",
	    "language", report->new.book->lang, "unit", unit, "element",
	    (const char *)node->name, ".kind",
	    answer_text_take(named_element_kind_in(version->book, ui,
		named != NULL ? named : node)),
	    "ops", names_of(change->ops, OPS, op_of), "classes",
	    names_of(change->classes, CLASSES, class_of), "flags",
	    names_of(change->flags, FLAGS, flag_of), "urgency",
	    urgency_name(change->urgency), "old",
	    side_json(report, change, true), "new",
	    side_json(report, change, false), "hunks",
	    hunks_json(report, change), "attributes", attributes_json(change),
	    "handbooks", handbooks_json(report, change));

	json_object_set_new(object, "id", id_json(unit, change, object));
	if (report->handbook != SIZE_MAX)
		hide_old_words(object);
	json_object_set(object, ".place",
	    json_object_get(json_object_get(object, gone ? "old" : "new"),
		"place"));
	json_object_set_new(object, ".marked",
	    answer_text_take(change_is(change, OP_EDIT)
		    ? marked_format(report, change)
		    : excerpt_format(object, change)));
	return object;
}

/* --- which are asked for --- */

static bool
has_name(json_t *list, const char *name)
{
	size_t i;
	json_t *value;

	json_array_foreach(list, i,
	    value) if (strcmp(json_string_value(value), name) == 0) return true;
	return false;
}

static bool
is_wanted(const struct report *report, json_t *change)
{
	static const char *const members[] = { "ops", "classes", "flags" };
	const struct question *question = report->question;

	for (size_t i = 0; i < question->kind_count; i++) {
		if (strcmp(question->kinds[i],
			json_string_value(
			    json_object_get(change, "urgency"))) == 0)
			return true;
		for (size_t m = 0; m < COUNT(members); m++)
			if (has_name(json_object_get(change, members[m]),
				question->kinds[i]))
				return true;
	}
	return question->kind_count == 0;
}

static void
add_changes(struct report *report)
{
	for (size_t i = 0; i < report->changes.count; i++) {
		const struct change *change = &report->changes.items[i];
		json_t *object;

		object = change_json(report, change);
		if (is_wanted(report, object))
			json_array_append(report->lists[change->urgency],
			    object);
		json_decref(object);
	}
}

/* Steps that are the same, with another number. */
static void
add_renumbered(const struct report *report, json_t *list)
{
	for (uint32_t n = 0; n < report->match.new->count; n++) {
		const xmlNode *now = report->new.nodes[n].source;
		uint32_t partner = report->match.to_old[n];
		const char *label;
		const char *before;

		if (partner == NODE_NONE || !node_is(now, "step"))
			continue;
		label = step_labels_get(report->new.book, now);
		before = step_labels_get(report->old.book,
		    report->old.nodes[partner].source);
		if (strcmp(label, before) != 0)
			json_array_append_new(list,
			    json_pack("{s:s, s:s?, s:s, s:s, s:o}", "language",
				report->new.book->lang, "unit", node_id(now),
				"was", before, "now", label, ".kind",
				answer_text_take(named_element_kind_in(
				    report->new.book,
				    report->edition->diag->language, now))));
	}
}

/* --- the answer --- */

static const struct book *
book_in(const struct edition *edition, const char *lang)
{
	for (size_t i = 0; i < edition->project->tree_count; i++)
		if (strcmp(edition->books[i].lang, lang) == 0)
			return &edition->books[i];
	return NULL;
}

static bool
is_language_wanted(const struct question *question, const char *lang)
{
	for (size_t i = 0; i < question->language_count; i++)
		if (strcmp(question->languages[i], lang) == 0)
			return true;
	return question->language_count == 0;
}

/* The highest rank that the answer may tell of. */
static int
rank_of(const struct report *report)
{
	const struct edition *edition = report->edition;
	int clearance = edition->project->axes.clearance;

	if (report->handbook != SIZE_MAX)
		return edition->project->handbooks[report->handbook].clearance;
	return clearance == AXIS_NONE
	    ? 0
	    : (int)edition->project->axes.axes[clearance].value_count;
}

/* A version_filter: what a handbook really shows. */
static bool
handbook_shows(const void *context, const xmlNode *node)
{
	return visibility_shows(context, node);
}

static struct version
open_version(struct report *report, const struct edition *edition,
    const struct book *book)
{
	return (struct version){ .edition = edition,
		.book = book,
		.rank = rank_of(report),
		.vocabulary = &report->vocabulary };
}

/* Puts what one handbook shows, before and now, in the place of all. */
static void
project_handbook_match(struct report *report)
{
	struct version versions[2] = { report->old, report->new };
	struct match whole = report->match;
	struct visibility shown[2];
	size_t before = report->readers.partners[report->handbook];

	whole.old = &versions[0];
	whole.new = &versions[1];
	report->old =
	    open_version(report, versions[0].edition, versions[0].book);
	report->new =
	    open_version(report, versions[1].edition, versions[1].book);
	if (before != SIZE_MAX) {
		visibility_open(&shown[0], versions[0].edition,
		    versions[0].book, before);
		report->old.shows = handbook_shows;
		report->old.context = &shown[0];
		version_read(&report->old);
		visibility_close(&shown[0]);
	}
	visibility_open(&shown[1], versions[1].edition, versions[1].book,
	    report->handbook);
	report->new.shows = handbook_shows;
	report->new.context = &shown[1];
	version_read(&report->new);
	visibility_close(&shown[1]);
	match_project(&report->match, &whole, &report->old, &report->new);
	match_clear(&whole);
	version_clear(&versions[0]);
	version_clear(&versions[1]);
}

static void
compare_books(struct report *report, const struct book *old,
    const struct book *new, json_t *answer, bool with_readers)
{
	vocabulary_open(&report->vocabulary);
	report->old = open_version(report, report->edition->against, old);
	report->new = open_version(report, report->edition, new);
	version_read(&report->old);
	version_read(&report->new);
	match_make(&report->match, &report->old, &report->new);
	if (report->handbook != SIZE_MAX)
		project_handbook_match(report);
	changes_make(&report->changes, &report->match);
	if (with_readers)
		json_object_set_new(answer, "readers",
		    reader_changes_list(&report->readers, &report->changes,
			report->edition->diag->language));
	add_changes(report);
	add_renumbered(report, json_object_get(answer, "renumbered"));
	changes_clear(&report->changes);
	match_clear(&report->match);
	version_clear(&report->old);
	version_clear(&report->new);
	vocabulary_close(&report->vocabulary);
}

static json_t *
version_json(const struct edition *edition)
{
	return json_pack("{s:s, s:s}", "version", edition->project->version,
	    "date", edition->project->date);
}

/* All changes, those that matter most first; for text, by urgency. */
static size_t
join_lists(struct report *report, json_t *answer)
{
	json_t *all = json_array();
	json_t *groups = json_array();
	json_t *counts = json_object();
	size_t count;

	for (int u = URGENCIES - 1; u >= 0; u--) {
		const char *name = urgency_name((enum urgency)u);
		json_t *list = report->lists[u];

		json_object_set_new(counts, name,
		    json_integer((json_int_t)json_array_size(list)));
		json_array_extend(all, list);
		if (json_array_size(list) > 0)
			json_array_append_new(groups,
			    json_pack("{s:s, s:O}", "urgency", name, "changes",
				list));
		json_decref(list);
	}
	count = json_array_size(all);
	json_object_set_new(answer, "changes", all);
	json_object_set_new(answer, "counts", counts);
	json_object_set_new(answer, ".groups", groups);
	return count;
}

static size_t
handbook_asked(const struct edition *edition, const struct question *question)
{
	return question->handbook == NULL
	    ? SIZE_MAX
	    : (size_t)(project_handbook(edition->project, question->handbook) -
		  edition->project->handbooks);
}

static void
add_handbooks(const struct reader_changes *readers, json_t *answer)
{
	json_object_set_new(answer, "new_handbooks",
	    reader_changes_new_handbooks(readers));
	json_object_set_new(answer, "gone_handbooks",
	    reader_changes_gone_handbooks(readers));
}

int
changes_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	struct report report = { .question = question,
		.edition = edition,
		.handbook = handbook_asked(edition, question) };
	json_t *answer = json_pack("{s:o, s:o, s:[], s:[]}", "old",
	    version_json(edition->against), "new", version_json(edition),
	    "readers", "renumbered");
	size_t count;
	bool is_first = true;

	for (int u = 0; u < URGENCIES; u++)
		report.lists[u] = json_array();
	reader_changes_open(&report.readers, edition->against, edition);
	for (size_t i = 0; i < edition->project->tree_count; i++) {
		const struct book *new = &edition->books[i];
		const struct book *old = book_in(edition->against, new->lang);

		if (old == NULL || !is_language_wanted(question, new->lang))
			continue;
		/* Languages say the same of readers: parity sees to it. */
		compare_books(&report, old, new, answer,
		    is_first && question->handbook == NULL);
		is_first = false;
	}
	if (question->handbook == NULL)
		add_handbooks(&report.readers, answer);
	count = join_lists(&report, answer) +
	    json_array_size(json_object_get(answer, "readers"));
	reader_changes_close(&report.readers);
	answer_print_take(answer, "diff", question->form,
	    edition->diag->language);
	if (question->fails && count > 0)
		return diag_report_path(edition->diag, DIAG_DIFFERENT, NULL,
		    NULL);
	return 0;
}
