#include "change_weight.h"

#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "model/namespaces.h"
#include "model/protect.h"

static const struct telling {
	const char *lang;
	enum change_flag flag;
	const char *words;
} tellings[] = {
#define TELLING(lang, flag, words) { lang, FLAG_##flag, words },
#include "diff/telling_words.def"
};

static const bool always_critical[] = {
#define FLAG(name, data, critical) critical,
#include "diff/change.def"
};

/* Attributes that say who does what with whom. */
static const struct vade_attribute {
	const char *name;
	enum change_flag flag;
} vade_attributes[] = {
	{ "actor", FLAG_ACTOR },
	{ "standin", FLAG_ACTOR },
	{ "lead", FLAG_ACTOR },
	{ "accountable", FLAG_ACTOR },
	{ "to", FLAG_HANDOFF },
	{ "consult", FLAG_HANDOFF },
	{ "calls", FLAG_HANDOFF },
	{ "partner", FLAG_HANDOFF },
	{ "field", FLAG_HANDOFF },
	{ "decision", FLAG_BRANCH },
	{ "default", FLAG_BRANCH },
	{ "go", FLAG_BRANCH },
};

/* --- attributes --- */

static bool
is_vade(const xmlAttr *attribute)
{
	return attribute->ns != NULL &&
	    strcmp((const char *)attribute->ns->href, NS_VADE) == 0;
}

static const struct vade_attribute *
find_vade(const xmlAttr *attribute)
{
	for (size_t i = 0; is_vade(attribute) && i < COUNT(vade_attributes);
	     i++)
		if (strcmp((const char *)attribute->name,
			vade_attributes[i].name) == 0)
			return &vade_attributes[i];
	return NULL;
}

static bool
names_readers(const struct axes *axes, const xmlAttr *attribute)
{
	const char *name = (const char *)attribute->name;

	for (size_t i = 0; i < axes->count; i++)
		if (axes->axes[i].is_vade == is_vade(attribute) &&
		    strcmp(name, axes->axes[i].attribute) == 0)
			return true;
	return is_vade(attribute) &&
	    (strcmp(name, "with") == 0 || strcmp(name, "informed") == 0 ||
		strcmp(name, "lead") == 0);
}

enum change_class
change_attribute_class(const struct axes *axes, const xmlAttr *attribute)
{
	static const char *const targets =
	    "id linkend linkends href endterm arearefs otherterm";
	const char *name = (const char *)attribute->name;

	if (names_readers(axes, attribute))
		return CLASS_APPLICABILITY;
	if (find_vade(attribute) != NULL)
		return CLASS_TECHNICAL;
	if (strcmp(name, "fileref") == 0)
		return CLASS_ASSET;
	return text_is_one_of(name, targets) ? CLASS_REFERENCE : CLASS_MARKUP;
}

static void
flag_attributes(struct change *change)
{
	for (size_t i = 0; i < change->attribute_count; i++) {
		const struct attribute_change *at = &change->attributes[i];
		const struct vade_attribute *row =
		    find_vade(at->new != NULL ? at->new : at->old);

		if (row != NULL)
			change->flags |= 1U << row->flag;
	}
}

/* --- words --- */

/* Which flag the coming or going of a word raises; FLAGS = none. */
static enum change_flag
flag_of_word(const char *lang, const char *word)
{
	static const char curly[] = "\xe2\x80\x99";
	owned char *lower = mem_dup(word);
	char *at = strstr(lower, curly);

	text_to_lower(lower);
	if (at != NULL) { /* don’t as don't */
		*at = '\'';
		memmove(at + 1, at + strlen(curly),
		    strlen(at + strlen(curly)) + 1);
	}
	for (size_t i = 0; i < COUNT(tellings); i++)
		if (strncmp(lang, tellings[i].lang, 2) == 0 &&
		    text_is_one_of(lower, tellings[i].words))
			return tellings[i].flag;
	return FLAGS;
}

/* The flags of the words of a stretch that the other stretch has not. */
static unsigned
flags_of_stretch(const struct version *one, uint32_t at, uint32_t end,
    const struct version *other, uint32_t other_at, uint32_t other_end)
{
	unsigned flags = 0;

	for (; at < end; at++) {
		uint32_t term = one->tokens[at].term;
		enum term_kind kind = vocabulary_kind(one->vocabulary, term);
		enum change_flag flag = FLAGS;
		size_t here = 0;
		size_t there = 0;

		if (kind == TERM_NUMBER)
			flag = FLAG_NUMBER;
		else if (kind == TERM_WORD)
			flag = flag_of_word(one->book->lang,
			    vocabulary_text(one->vocabulary, term));
		if (flag == FLAGS)
			continue;
		for (uint32_t i = at; i < end; i++)
			here += one->tokens[i].term == term;
		for (uint32_t i = other_at; i < other_end; i++)
			there += other->tokens[i].term == term;
		if (here > there)
			flags |= 1U << flag;
	}
	return flags;
}

/* The next token that is read, from *at on; NODE_NONE at the end. */
static uint32_t
next_word(const struct version *version, uint32_t *at, uint32_t end)
{
	while (*at < end) {
		uint32_t term = version->tokens[(*at)++].term;

		if (vocabulary_kind(version->vocabulary, term) <= TERM_NUMBER)
			return term;
	}
	return NODE_NONE;
}

/* Do two stretches say the same words but for case, marks, or a slip of the
 * pen? */
static bool
is_editorial(const struct match *match, const struct hunk *hunk)
{
	const struct vocabulary *vocabulary = match->new->vocabulary;
	uint32_t a = hunk->a;
	uint32_t b = hunk->b;

	for (;;) {
		uint32_t x = next_word(match->old, &a, hunk->a_end);
		uint32_t y = next_word(match->new, &b, hunk->b_end);
		char *lower[2];
		size_t away;

		if (x == NODE_NONE || y == NODE_NONE)
			return x == y;
		if (x == y)
			continue;
		lower[0] = mem_dup(vocabulary_text(vocabulary, x));
		lower[1] = mem_dup(vocabulary_text(vocabulary, y));
		text_to_lower(lower[0]);
		text_to_lower(lower[1]);
		away = text_distance(lower[0], lower[1], 2);
		if (strlen(lower[0]) < 5)
			away *= 3;
		free(lower[0]);
		free(lower[1]);
		if (away > 2)
			return false;
	}
}

/* Are there words in a hunk, or but tags? */
static bool
has_read(const struct version *version, uint32_t at, uint32_t end)
{
	for (; at < end; at++)
		if (term_is_read(vocabulary_kind(version->vocabulary,
			version->tokens[at].term)))
			return true;
	return false;
}

static void
weigh_hunk(const struct match *match, struct change *change,
    const struct hunk *hunk)
{
	unsigned flags = flags_of_stretch(match->old, hunk->a, hunk->a_end,
			     match->new, hunk->b, hunk->b_end) |
	    flags_of_stretch(match->new, hunk->b, hunk->b_end, match->old,
		hunk->a, hunk->a_end);
	bool reads = has_read(match->old, hunk->a, hunk->a_end) ||
	    has_read(match->new, hunk->b, hunk->b_end);

	change->flags |= flags;
	change->ops |= 1U << (reads ? OP_EDIT : OP_MARKUP);
	change->classes |= 1U << (!reads ? CLASS_MARKUP
				   : flags == 0 && is_editorial(match, hunk)
				   ? CLASS_EDITORIAL
				   : CLASS_TECHNICAL);
}

void
change_weigh_hunks(const struct match *match, struct change *change)
{
	for (size_t i = 0; i < change->hunks.count; i++)
		weigh_hunk(match, change, &change->hunks.items[i]);
}

/* --- where it stands --- */

static bool
is_warning(const xmlNode *node)
{
	const struct protect_row *row = protect_element(node);

	return row != NULL && strcmp(row->element, "step") != 0 &&
	    strcmp(row->element, "para") != 0;
}

static bool
is_handoff(const xmlNode *node)
{
	return node_is(node, "variablelist") &&
	    node_attribute(node, "role") != NULL &&
	    strcmp(node_attribute(node, "role"), "handoff") == 0;
}

/* Where people act by what is written. */
struct setting {
	bool in_warning;
	bool in_step;
	bool in_handoff;
};

static struct setting
setting_of(const xmlNode *node)
{
	struct setting setting = { 0 };

	for (; node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent) {
		setting.in_warning |= is_warning(node);
		setting.in_step |= node_is(node, "step");
		setting.in_handoff |= is_handoff(node);
	}
	return setting;
}

/* What a part holds that came or went. */
static void
flag_part(const struct version *version, uint32_t n, struct change *change,
    bool came)
{
	for (uint32_t i = n; i < version->nodes[n].end; i++) {
		const xmlNode *node = version->nodes[i].source;

		if (node_is(node, "step"))
			change->flags |= 1U
			    << (came ? FLAG_STEP_ADDED : FLAG_STEP_REMOVED);
		else if (is_warning(node))
			change->flags |= 1U << (came ? FLAG_WARNING_ADDED
						     : FLAG_WARNING_REMOVED);
		else if (is_handoff(node))
			change->flags |= 1U << FLAG_HANDOFF;
	}
}

static int
rank_of(const struct version *version, uint32_t n)
{
	return reach_rank(version->edition->reaches,
	    book_element(version->book, version->nodes[n].source)->reach);
}

/* A class that changed is told where it did, not of all that is below. */
static void
flag_class(const struct match *match, struct change *change)
{
	int before = rank_of(match->old, change->old_node);
	int now = rank_of(match->new, change->new_node);

	if (now != before && (change->classes >> CLASS_APPLICABILITY & 1) != 0)
		change->flags |= 1U
		    << (now < before ? FLAG_CLASS_LOWERED : FLAG_CLASS_RAISED);
}

static void
flag_pair(const struct match *match, struct change *change)
{
	const xmlNode *before = match->old->nodes[change->old_node].source;
	const xmlNode *now = match->new->nodes[change->new_node].source;
	struct setting setting = setting_of(now);
	bool edited = (change->classes >> CLASS_TECHNICAL & 1) != 0 &&
	    change_is(change, OP_EDIT);
	bool turned =
	    (change->flags & (1U << FLAG_NEGATION | 1U << FLAG_MODAL)) != 0;

	flag_attributes(change);
	flag_class(match, change);
	if (is_warning(before) != is_warning(now) ||
	    (change_is(change, OP_RETAG) && is_warning(before)))
		change->flags |= 1U
		    << (is_warning(before) ? FLAG_WARNING_WEAKENED
					   : FLAG_WARNING_ADDED);
	if (change_is(change, OP_MOVE) && node_is(now, "step"))
		change->flags |= 1U << FLAG_STEP_MOVED;
	if (!edited)
		return;
	if (setting.in_warning)
		change->flags |= 1U
		    << (turned ? FLAG_WARNING_WEAKENED : FLAG_WARNING_CHANGED);
	if (setting.in_step)
		change->flags |= 1U << FLAG_STEP_CHANGED;
	if (setting.in_handoff)
		change->flags |= 1U << FLAG_HANDOFF;
}

void
change_weigh(const struct match *match, struct change *change)
{
	bool came = change->old_node == NODE_NONE;

	if (came || change->new_node == NODE_NONE) {
		const struct version *version = came ? match->new : match->old;
		uint32_t n = came ? change->new_node : change->old_node;
		struct setting setting =
		    setting_of(version->nodes[version->nodes[n].parent].source);

		flag_part(version, n, change, came);
		if (version->nodes[n].weight > 0) {
			change->classes |= 1U << CLASS_TECHNICAL;
			change->flags |=
			    (setting.in_warning ? 1U << FLAG_WARNING_CHANGED
						: 0) |
			    (setting.in_step ? 1U << FLAG_STEP_CHANGED : 0) |
			    (setting.in_handoff ? 1U << FLAG_HANDOFF : 0);
		} else {
			change->classes |= 1U << CLASS_STRUCTURE;
		}
	} else {
		flag_pair(match, change);
	}
	change->urgency = (change->classes >> CLASS_TECHNICAL & 1) != 0
	    ? URGENCY_MAJOR
	    : URGENCY_MINOR;
	for (int i = 0; i < FLAGS; i++)
		if ((change->flags >> i & 1) != 0 && always_critical[i])
			change->urgency = URGENCY_CRITICAL;
}
