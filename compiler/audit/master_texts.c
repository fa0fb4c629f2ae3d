#include "master_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/buf.h"
#include "base/list.h"
#include "extract/unescape.h"
#include "link/pages.h"
#include "model/namespaces.h"
#include "project/docbook_elements.h"

/* Attributes that hold a text or an address. */
static const char values[] = "href else xreflabel title";

/* A stretch of text of one level. */
struct piece {
	size_t start;
	int level;
};

/* The text of one block, as its pieces come in. */
struct block {
	struct buf text;
	struct piece *pieces;
	size_t count;
	size_t capacity;
};

struct walk {
	struct gather *gather;
	const struct book *book;
	struct element_memo memo;
	int *source_levels; /* per source file: the lowest in it, -1 = none */
};

static struct place
place_of(const struct walk *walk, const xmlNode *node)
{
	return source_tag_place(walk->gather->edition->sources,
	    book_place(walk->book, node));
}

/* --- a block at each level --- */

static void
add_text(struct block *block, const char *text, int level)
{
	*list_add(block->pieces, block->count, block->capacity) =
	    (struct piece){ block->text.size, level };
	buf_add_text(&block->text, text);
}

static size_t
end_of_piece(const struct block *block, size_t i)
{
	return i + 1 < block->count ? block->pieces[i + 1].start
				    : block->text.size;
}

/* What a reader of this level sees of the block. */
static void
visit_level(struct walk *walk, const struct block *block, enum gather_kind kind,
    int level, struct place place)
{
	scoped(buf_clear) struct buf seen = { 0 };

	for (size_t i = 0; i < block->count; i++)
		if (block->pieces[i].level <= level)
			buf_add(&seen,
			    block->text.data + block->pieces[i].start,
			    end_of_piece(block, i) - block->pieces[i].start);
	walk->gather->visit(walk->gather, kind, buf_text(&seen), seen.size,
	    level, place);
}

/* The stretches above the block's own level, each alone. */
static void
visit_inside(struct walk *walk, const struct block *block,
    enum gather_kind kind, int least, struct place place)
{
	for (size_t i = 0; i < block->count;) {
		size_t start = block->pieces[i].start;
		int level = block->pieces[i].level;

		if (level == least) {
			i++;
			continue;
		}
		while (i < block->count && block->pieces[i].level == level)
			i++;
		walk->gather->visit(walk->gather, kind,
		    block->text.data + start,
		    end_of_piece(block, i - 1) - start, level, place);
	}
}

static int
next_level(const struct block *block, int after)
{
	int next = -1;

	for (size_t i = 0; i < block->count; i++) {
		int level = block->pieces[i].level;

		if (level > after && (next < 0 || level < next))
			next = level;
	}
	return next;
}

static void
visit_block(struct walk *walk, const struct block *block, const xmlNode *owner)
{
	struct place place = place_of(walk, owner);
	int least = next_level(block, -1);
	enum gather_kind kind = node_is(owner, "title") ||
		node_is(owner, "subtitle") || node_is(owner, "titleabbrev") ||
		node_is(owner, "glossterm") || node_is(owner, "abbrev")
	    ? GATHER_TITLE
	    : GATHER_TEXT;

	if (block->text.size == 0)
		return;
	for (int level = least; level >= 0; level = next_level(block, level))
		visit_level(walk, block, kind, level, place);
	visit_inside(walk, block, kind, least, place);
}

/* --- attributes --- */

static void
visit_attribute(struct walk *walk, const xmlNode *node, const xmlAttr *a,
    int level)
{
	const char *name = (const char *)a->name;
	const char *ns = a->ns != NULL ? (const char *)a->ns->href : "";
	const char *text = a->children != NULL && a->children->content != NULL
	    ? (const char *)a->children->content
	    : "";
	enum gather_kind kind = GATHER_PLAIN;

	if (strcmp(ns, NS_XML) == 0 && strcmp(name, "id") == 0)
		kind = GATHER_ID;
	else if (element_attribute_refers(a))
		return;
	else if (text_is_one_of(name, values))
		kind = GATHER_VALUE;
	if (node_is(node, "imagedata") && strcmp(name, "fileref") == 0)
		return; /* visit_image */
	walk->gather->visit(walk->gather, kind, text, strlen(text), level,
	    place_of(walk, node));
}

static void
visit_image(struct walk *walk, const xmlNode *node, int level)
{
	const char *href = node_attribute(node, "fileref");
	const struct source *file = sources_get(walk->gather->edition->sources,
	    book_place(walk->book, node).file);
	owned char *path = href ? file_join(file->path, href) : NULL;

	if (path != NULL)
		walk->gather->visit(walk->gather, GATHER_IMAGE, path,
		    strlen(path), level, place_of(walk, node));
}

/* --- the walk --- */

static void walk_block(struct walk *walk, const xmlNode *node, int level);

static int
enter(struct walk *walk, const xmlNode *node, int around)
{
	uint32_t file = book_element(walk->book, node)->file;
	int level = walk->gather->level(walk->gather, walk->book, node);

	if (level < around && !walk->gather->may_fall)
		level = around;
	if (walk->source_levels[file] < 0 || level < walk->source_levels[file])
		walk->source_levels[file] = level;
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		visit_attribute(walk, node, a, level);
	if (node_is(node, "imagedata"))
		visit_image(walk, node, level);
	return level;
}

/* A reference that says nothing itself says its target's title, to those who
 * may read that. */
static void
add_reference(struct walk *walk, const xmlNode *node, int level,
    struct block *block)
{
	const char *id =
	    node->children == NULL ? node_attribute(node, "linkend") : NULL;
	const xmlNode *target = id ? book_find_id(walk->book, id) : NULL;
	const xmlNode *title = target ? node_title(target) : NULL;
	owned char *words = title ? node_text_dup(title) : NULL;
	int above;

	if (words == NULL)
		return;
	above = walk->gather->open_titles
	    ? level
	    : walk->gather->level(walk->gather, walk->book, title);
	if (above > level)
		level = above;
	/* Its tags part it from what is around it, blank or not. */
	add_text(block, " ", level);
	if (node_is(target, "task") || pages_is_page(target)) {
		add_text(block, id, level);
		add_text(block, " ", level);
	}
	add_text(block, words, level);
	add_text(block, " ", level);
}

/* Adds the text of node to a block; what is a block itself gets its own. */
static void
walk_text(struct walk *walk, const xmlNode *node, int level,
    struct block *block)
{
	static const char break_text[] = { DECODE_BREAK, '\0' };
	unsigned facts = element_facts(&walk->memo, node);

	node_each_child(child, node) {
		unsigned own;

		if (child->type == XML_TEXT_NODE ||
		    child->type == XML_CDATA_SECTION_NODE)
			add_text(block, (const char *)child->content, level);
		if (child->type != XML_ELEMENT_NODE)
			continue;
		own = element_facts(&walk->memo, child);
		/* In a cell, beside text or not. */
		if (node_is(child, "para") || node_is(child, "simpara"))
			own |= ELEMENT_BLOCK;
		if ((facts & ELEMENT_CONTAINER) == 0 &&
		    (own & (ELEMENT_CONTAINER | ELEMENT_BLOCK)) == 0) {
			int inner = enter(walk, child, level);

			walk_text(walk, child, inner, block);
			if (walk->gather->with_references)
				add_reference(walk, child, inner, block);
			continue;
		}
		if ((own & ELEMENT_BLOCK) != 0)
			add_text(block, break_text, level);
		walk_block(walk, child, level);
	}
}

static void
walk_block(struct walk *walk, const xmlNode *node, int level)
{
	struct block block = { 0 };
	bool is_reference = walk->gather->with_references &&
	    (node_is(node, "bibliomixed") || node_is(node, "biblioentry"));

	level = enter(walk, node, level);
	/* An entry that may not say its abbreviation says its id. */
	if (is_reference && node_id(node) != NULL) {
		add_text(&block, node_id(node), level);
		add_text(&block, " ", level);
	}
	walk_text(walk, node, level, &block);
	visit_block(walk, &block, node);
	buf_clear(&block.text);
	free(block.pieces);
}

static void
visit_sources(struct walk *walk, const struct book *book)
{
	const struct sources *sources = walk->gather->edition->sources;

	for (uint32_t i = book->first_source; i <= book->last_source; i++) {
		const char *path = sources_get(sources, i)->path;

		if (walk->source_levels[i] >= 0)
			walk->gather->visit(walk->gather, GATHER_SOURCE, path,
			    strlen(path), walk->source_levels[i],
			    (struct place){ i, 0, 0 });
	}
}

void
gather_run(struct gather *gather)
{
	const struct edition *edition = gather->edition;
	size_t files = edition->sources->count + 1;
	struct walk walk = { .gather = gather };

	walk.source_levels = mem_array(files, sizeof(*walk.source_levels));
	for (size_t i = 0; i < files; i++)
		walk.source_levels[i] = -1;
	for (size_t i = 0; i < edition->project->tree_count; i++) {
		walk.book = &edition->books[i];
		walk_block(&walk, xmlDocGetRootElement(walk.book->doc), 0);
		visit_sources(&walk, walk.book);
	}
	free(walk.source_levels);
}
