/*
 * What must hold of every procedure for all handbooks at once, checked on the
 * reaches and masks, without building (DESIGN section 6).
 * Invariant: whoever acts, receives or is sent on can read what concerns
 * them; if not, it is an error at the line that says so.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/words.h"
#include "base/list.h"
#include "base/bits.h"
#include "base/text.h"
#include "check/check.h"
#include "model/axis_tokens_format.h"
#include "project/participation.h"
#include "select/step_labels.h"

/* The clearance that a role has by default; the lowest if it says none. */
static int
clearance_of(const struct checks *checks, size_t value)
{
	const struct axes *axes = &checks->edition->project->axes;
	const char *security = checks->role->values[value].security;

	if (axes->clearance == AXIS_NONE || security == NULL)
		return 0;
	return axis_find_value(&axes->axes[axes->clearance], security,
	    strlen(security));
}

bool
checks_can_read(const struct checks *checks, size_t value, const xmlNode *node)
{
	const struct reaches *reaches = checks->edition->reaches;
	uint32_t reach = book_element(checks->book, node)->reach;
	size_t axis = (size_t)reaches->axes->role;

	return bits_get(reach_leaves(reaches, axis,
			    reach_sets(reaches, reach)[axis]),
		   value) &&
	    reach_rank(reaches, reach) <= clearance_of(checks, value);
}

typedef void role_visit(struct checks *checks, size_t value, const char *token,
    void *context);

/* The roles that tokens name: of a group, each of the roles it lists. Parties
 * read nothing and are passed over. */
static void
each_role(struct checks *checks, const char *tokens, role_visit *visit,
    void *context)
{
	token_each(name, tokens) {
		const char *id = name + (name[0] == '=');
		int value = axis_find_value(checks->role, id, strlen(id));
		const struct axis_group *group =
		    axis_find_group(checks->role, id, strlen(id));

		if (value != AXIS_NONE)
			visit(checks, (size_t)value, name, context);
		else if (group != NULL)
			each_role(checks, group->values, visit, context);
	}
}

/* A place that says that roles have to do with an element. */
struct claim {
	const xmlNode *at;     /* the element that says it */
	const char *attribute; /* as written */
	const xmlNode *needed; /* what they must be able to read */
	enum diag_code code;
	/* They act because this says so; if they cannot read it, that was
	 * told. NULL: the attribute says it. */
	const xmlNode *above;
};

/* Its id, which the author finds; else "step 2 of FAIR-03". The caller frees. */
static char *
name_of(const struct checks *checks, const xmlNode *node)
{
	const char *id = node_id(node);
	const xmlNode *task = participation_task(node);

	if (id == NULL && node_is(node, "step") && task != NULL &&
	    node_id(task) != NULL)
		return words_format(checks->edition->diag->language,
		    WORDS_STEP_OF, step_labels_get(checks->book, node),
		    node_id(task));
	return mem_dup(id != NULL ? id : (const char *)node->name);
}

/* Is the role one that the task around a step is for? */
static bool
is_named(const struct checks *checks, size_t value, const xmlNode *step)
{
	owned uint64_t *leaves =
	    mem_array(checks->role->words, sizeof(*leaves));

	checks_add_roles(checks, participation_task(step), "lead with informed",
	    leaves);
	return bits_get(leaves, value);
}

static bool
is_left_out(const struct checks *checks, size_t value, const xmlNode *node)
{
	const struct reaches *reaches = checks->edition->reaches;
	size_t axis = (size_t)reaches->axes->role;
	uint32_t reach = book_element(checks->book, node)->reach;

	return !bits_get(
	    reach_leaves(reaches, axis, reach_sets(reaches, reach)[axis]),
	    value);
}

static bool
is_above(const struct checks *checks, size_t value, const xmlNode *node)
{
	return reach_rank(checks->edition->reaches,
		   book_element(checks->book, node)->reach) >
	    clearance_of(checks, value);
}

/* The outermost element around what cannot be read that keeps the role out:
 * its attribute is the cause. */
static const xmlNode *
cause_of(const struct checks *checks, size_t value, const xmlNode *node)
{
	bool (*keeps)(const struct checks *checks, size_t value,
	    const xmlNode *node) =
	    is_above(checks, value, node) ? is_above : is_left_out;

	while (node->parent != NULL && node->parent->type == XML_ELEMENT_NODE &&
	    keeps(checks, value, node->parent))
		node = node->parent;
	return node;
}

/* A role that cannot read what it takes part in. */
struct unread {
	const struct claim *claim;
	const char *role;
	const char *token; /* as written */
	char *name;        /* of what it cannot read */
	const char *task;
	const xmlNode *cause;
};

/* What else may be done with a role of too low a class. */
static char *
cure_class(const struct checks *checks, const struct unread *unread,
    const char *class)
{
	enum diag_language language = checks->edition->diag->language;
	const char *attribute = unread->claim->attribute;

	if (strcmp(attribute, "v:actor") == 0)
		return words_format(language, WORDS_CURE_ACTOR, class,
		    unread->role, class);
	if (strcmp(attribute, "v:lead") == 0)
		return words_format(language, WORDS_CURE_LEAD, class);
	return words_format(language, WORDS_CURE_PARTNER, unread->role,
	    attribute);
}

/* Who takes part is not cleared for it. */
static void
report_class(struct checks *checks, const struct unread *unread, size_t value,
    enum diag_code code)
{
	const struct axes *axes = checks->edition->reaches->axes;
	const struct axis *class = &axes->axes[axes->clearance];
	int rank = reach_rank(checks->edition->reaches,
	    book_element(checks->book, unread->claim->needed)->reach);
	char attribute[64];
	owned char *cure = code == DIAG_ACTOR_UNREAD
	    ? cure_class(checks, unread, class->values[rank].id)
	    : NULL;

	diag_report_cure(checks->edition->diag, code,
	    checks_place(checks, unread->claim->at, unread->claim->attribute,
		unread->token),
	    checks_place(checks, unread->cause,
		axis_attribute_name(class, attribute), NULL),
	    cure, unread->role, unread->name,
	    class->values[clearance_of(checks, value)].id,
	    class->values[rank].id, NULL);
}

/* Those who can act instead: they lead or work in the procedure, and can read
 * this. NULL if there are none. */
static char *
list_actors(const struct checks *checks, const xmlNode *needed)
{
	owned uint64_t *leaves =
	    mem_array(checks->role->words, sizeof(*leaves));
	struct buf list = { 0 };

	checks_add_roles(checks, participation_task(needed), "lead with",
	    leaves);
	for (size_t i = 0; i < checks->role->value_count; i++)
		if (bits_get(leaves, i) && checks_can_read(checks, i, needed))
			buf_add_listed(&list, checks->role->values[i].id);
	return list.size > 0 ? buf_take(&list) : NULL;
}

/* Another actor first: more readers are only the author's to want. NULL: the
 * row's cure; what an audience takes away cannot be added to it. */
static char *
cure_left_out(const struct checks *checks, const struct unread *unread,
    const char *audience, const char *readers)
{
	enum diag_language language = checks->edition->diag->language;
	owned char *actors = list_actors(checks, unread->claim->needed);
	owned char *cause = name_of(checks, unread->cause);
	const char *with = node_vade_attribute(unread->cause, "with");

	if (actors == NULL || strcmp(unread->claim->attribute, "v:actor") != 0)
		return NULL;
	if (readers == NULL && node_is(unread->cause, "task"))
		return words_format(language, WORDS_CURE_NOT_WITH, unread->role,
		    with != NULL ? with : "", with != NULL ? " " : "",
		    unread->role, cause, actors);
	return readers == NULL || strchr(readers, '!') != NULL
	    ? NULL
	    : words_format(language, WORDS_CURE_NOT_AUDIENCE, audience, actors,
		  unread->role, cause, unread->role, audience, readers);
}

/* An audience leaves out who takes part; without one, it is who is named. */
static void
report_left_out(struct checks *checks, const struct unread *unread,
    enum diag_code code)
{
	char attribute[64];
	const char *audience = axis_attribute_name(checks->role, attribute);
	const char *readers = strchr(audience, ':') != NULL
	    ? node_vade_attribute(unread->cause, audience + 2)
	    : node_attribute(unread->cause, audience);
	owned char *cure = code == DIAG_READER_LEFT_OUT
	    ? cure_left_out(checks, unread, audience, readers)
	    : NULL;

	if (readers == NULL)
		audience = "v:with";
	diag_report_cure(checks->edition->diag, code,
	    checks_place(checks, unread->claim->at, unread->claim->attribute,
		unread->token),
	    checks_place(checks, unread->cause, audience, NULL), cure,
	    unread->role, unread->name,
	    code == DIAG_RECEIVER_UNREAD ? unread->task : audience,
	    unread->claim->attribute, NULL);
}

static void
check_reader(struct checks *checks, size_t value, const char *token,
    void *context)
{
	const struct claim *claim = context;
	const xmlNode *task = participation_task(claim->needed);
	enum diag_code code = claim->code;
	struct unread unread = {
		.claim = claim,
		.role = checks->role->values[value].id,
		.token = token,
		.task = task != NULL && node_id(task) != NULL ? node_id(task)
							      : "task",
	};

	if (checks_can_read(checks, value, claim->needed) ||
	    (claim->above != NULL &&
		!checks_can_read(checks, value, claim->above)))
		return;
	/* Whoever takes no part is no stand-in: that is another finding. */
	if (code == DIAG_STANDIN_UNREAD &&
	    !is_named(checks, value, claim->needed))
		return;
	if (code == DIAG_RECEIVER_UNREAD &&
	    is_named(checks, value, claim->needed))
		code = DIAG_RECEIVER_CLEARANCE;
	unread.name = name_of(checks, claim->needed);
	unread.cause = cause_of(checks, value, claim->needed);
	if (code == DIAG_TARGET_UNREAD)
		diag_report_related(checks->edition->diag, code,
		    checks_place(checks, claim->at, claim->attribute, token),
		    checks_place(checks, claim->needed, NULL, NULL),
		    unread.role, unread.name, NULL);
	else if (code != DIAG_RECEIVER_UNREAD &&
	    is_above(checks, value, claim->needed))
		report_class(checks, &unread, value, code);
	else
		report_left_out(checks, &unread,
		    code == DIAG_RECEIVER_UNREAD ? code : DIAG_READER_LEFT_OUT);
	free(unread.name);
}

static void
check_claim(struct checks *checks, const xmlNode *at, const char *attribute,
    const char *tokens, const xmlNode *needed, enum diag_code code)
{
	struct claim claim = { at, attribute, needed, code, NULL };

	each_role(checks, tokens, check_reader, &claim);
}

/* Where a step says nobody, those of the step around it act, or the lead; its
 * stand-ins are theirs. */
static void
check_default_actor(struct checks *checks, const xmlNode *step)
{
	const xmlNode *above = step->parent;
	struct claim claim = { step, "v:actor", step, DIAG_ACTOR_UNREAD, NULL };

	while (!node_is(above, "step") && !node_is(above, "task"))
		above = above->parent;
	claim.above = above;
	each_role(checks, participation_actors(step), check_reader, &claim);
	claim.code = DIAG_STANDIN_UNREAD;
	if (node_vade_attribute(step, "standin") == NULL)
		each_role(checks, participation_standins(step), check_reader,
		    &claim);
}

/* Whoever acts in the step can also read where it sends them. */
static void
check_targets(struct checks *checks, const xmlNode *step, const char *attribute,
    const char *local)
{
	token_each(id, node_vade_attribute(step, local)) {
		const xmlNode *target = book_find_id(checks->book, id);

		if (target != NULL)
			check_claim(checks, step, attribute,
			    participation_actors(step), target,
			    DIAG_TARGET_UNREAD);
		if (target != NULL)
			check_claim(checks, step, attribute,
			    participation_standins(step), target,
			    DIAG_TARGET_UNREAD);
	}
}

/* --- hand-off blocks --- */

/* A part of a hand-off block and who must see it. */
struct part {
	const xmlNode *step;
	const xmlNode *node; /* the block, or one of its fields */
	const char *name;    /* for messages */
};

/* Is there a word that the role may read? */
static bool
has_words(const struct checks *checks, size_t value, const xmlNode *node)
{
	node_each_child(child, node) {
		if (child->type == XML_TEXT_NODE &&
		    !text_is_blank((const char *)child->content))
			return true;
		if (child->type == XML_ELEMENT_NODE &&
		    !node_is(child, "remark") &&
		    checks_can_read(checks, value, child) &&
		    has_words(checks, value, child))
			return true;
	}
	return false;
}

/* Of a field its words, not what they are called. */
static const xmlNode *
words_of(const xmlNode *node)
{
	return node_is(node, "varlistentry") ? node_child(node, "listitem")
					     : node;
}

static bool
can_read_part(const struct checks *checks, size_t value, const xmlNode *node)
{
	const xmlNode *item = words_of(node);

	return checks_can_read(checks, value, node) &&
	    checks_can_read(checks, value, item) &&
	    has_words(checks, value, item);
}

/* Is there a handbook of the role that shows the step, and none of these that
 * shows the part? A filter narrows what roles and classes allow. */
static bool
is_filtered(const struct checks *checks, size_t value, const struct part *part)
{
	const struct edition *edition = checks->edition;
	uint32_t step = book_element(checks->book, part->step)->reach;
	uint32_t node = book_element(checks->book, part->node)->reach;
	bool shown = false;

	for (size_t h = 0; h < edition->project->handbook_count; h++) {
		if (edition->project->handbooks[h].exact_role != (int)value ||
		    !masks_show(edition->masks, step, h))
			continue;
		if (masks_show(edition->masks, node, h))
			return false;
		shown = true;
	}
	return shown;
}

/* Every role that a token stands for and that may read the step. */
static bool
check_side(struct checks *checks, const struct part *part,
    const uint64_t *leaves, const char *attribute)
{
	struct diag *diag = checks->edition->diag;
	bool seen = true;

	for (size_t i = 0; i < checks->role->value_count; i++) {
		if (!bits_get(leaves, i) ||
		    !checks_can_read(checks, i, part->step) ||
		    (can_read_part(checks, i, part->node) &&
			!is_filtered(checks, i, part)))
			continue;
		seen = false;
		diag_report_related(diag, DIAG_HANDOFF_UNREAD,
		    checks_place(checks, part->node, NULL, NULL),
		    checks_place(checks, part->step, attribute, NULL),
		    checks->role->values[i].id, part->name, NULL);
	}
	return seen;
}

/* What says nothing to anybody is another finding (V0323). */
static bool
is_empty(const xmlNode *node)
{
	owned char *text = node != NULL ? node_text_dup(node) : NULL;

	return text == NULL || text_is_blank(text);
}

static bool
check_part(struct checks *checks, const struct part *part)
{
	owned uint64_t *from = mem_array(checks->role->words, sizeof(*from));
	owned uint64_t *into = mem_array(checks->role->words, sizeof(*into));
	bool seen = true;

	axis_tokens_add_list(checks->role, participation_actors(part->step),
	    from);
	axis_tokens_add_list(checks->role, participation_standins(part->step),
	    from);
	axis_tokens_add_list(checks->role,
	    node_vade_attribute(part->step, "to"), into);
	seen &= check_side(checks, part, from, "v:actor");
	seen &= check_side(checks, part, into, "v:to");
	return seen;
}

static void
check_fields(struct checks *checks, const xmlNode *step, const xmlNode *block)
{
	node_each_element(entry, block) {
		const char *field = node_vade_attribute(entry, "field");

		if (field == NULL || is_empty(words_of(entry)))
			continue;
		owned char *name = words_format(checks->edition->diag->language,
		    WORDS_FIELD, field);

		check_part(checks, &(struct part){ step, entry, name });
	}
}

/* If the block itself is not seen, its fields need not be told. */
static void
check_block(struct checks *checks, const xmlNode *step, const xmlNode *block)
{
	const struct part whole = { step, block,
		words_say(checks->edition->diag->language,
		    WORDS_HANDOFF_BLOCK) };

	if (!is_empty(block) && check_part(checks, &whole))
		check_fields(checks, step, block);
}

static void
check_blocks(struct checks *checks, const xmlNode *step)
{
	if (node_vade_attribute(step, "to") == NULL)
		return;
	for (const xmlNode *block = handoffs_block(step, step); block != NULL;
	     block = handoffs_block(step, block))
		check_block(checks, step, block);
}

static void
check_step(struct checks *checks, const xmlNode *step)
{
	check_blocks(checks, step);
	if (node_vade_attribute(step, "actor") == NULL)
		check_default_actor(checks, step);
	check_claim(checks, step, "v:actor", node_vade_attribute(step, "actor"),
	    step, DIAG_ACTOR_UNREAD);
	check_claim(checks, step, "v:standin",
	    node_vade_attribute(step, "standin"), step, DIAG_STANDIN_UNREAD);
	check_claim(checks, step, "v:to", node_vade_attribute(step, "to"), step,
	    DIAG_RECEIVER_UNREAD);
	check_targets(checks, step, "v:go", "go");
	check_targets(checks, step, "v:calls", "calls");
}

static bool
somebody_reads(const struct checks *checks, const xmlNode *task)
{
	const struct masks *masks = checks->edition->masks;
	uint32_t reach = book_element(checks->book, task)->reach;

	return !bits_empty(masks->bits + reach * masks->words, masks->words);
}

/* What an agency does not adopt nobody reads in its edition; the check of the
 * base edition has seen it. Its own procedures are for somebody. */
static bool
must_be_read(const struct checks *checks, const xmlNode *task)
{
	const struct project *project = checks->edition->project;
	const struct source *file = sources_get(checks->edition->diag->sources,
	    book_place(checks->book, task).file);

	return project->agency == NULL ||
	    file_is_mounted(&project->root, file->path);
}

static void
check_task(struct checks *checks, const xmlNode *task)
{
	static const struct {
		const char *attribute;
		const char *local;
	} readers[] = {
		{ "v:lead", "lead" },
		{ "v:with", "with" },
		{ "v:informed", "informed" },
	};
	struct diag *diag = checks->edition->diag;

	for (size_t i = 0; i < COUNT(readers); i++)
		check_claim(checks, task, readers[i].attribute,
		    node_vade_attribute(task, readers[i].local), task,
		    DIAG_ACTOR_UNREAD);
	if (!somebody_reads(checks, task) && must_be_read(checks, task))
		diag_report(diag, DIAG_TASK_UNREAD,
		    checks_place(checks, task, NULL, NULL),
		    node_id(task) ? node_id(task) : "task", NULL);
}

void
procedure_readers_check(struct checks *checks)
{
	if (checks->role == NULL)
		return;
	node_each(node, book_root(checks->book)) {
		if (node_is(node, "task"))
			check_task(checks, node);
		else if (node_is(node, "step") &&
		    participation_task(node) != NULL)
			check_step(checks, node);
	}
}
