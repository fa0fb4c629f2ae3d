/*
 * Tells what DocBook wants of an element besides what a reader is shown: a step
 * of another role that is but a title is whole to its reader, but no DocBook.
 * Invariant: what is added is empty, so no reader sees it.
 * Source: DocBook 5.0 schema (docbook.rng of docbook5-xml).
 */
#include "project.h"

#include "model/book.h"

/* Elements that must hold a block. */
static const char *const holders[] = { "step", "section", "chapter", "appendix",
	"preface", "article", "sect1", "sect2", "sect3", "sect4", "sect5",
	"simplesect", "colophon", "dedication", NULL };

/* What does not count as one. */
static const char *const others[] = { "title", "titleabbrev", "subtitle",
	"info", "toc", "index", "glossary", "bibliography", NULL };

static bool
wants_block(const xmlNode *node)
{
	if (!node_is_one_of(node, holders))
		return false;
	node_each_element(child, node)
		if (node_is(child, NULL) && !node_is_one_of(child, others))
			return false;
	return true;
}

const char *
schema_filler_wants(const xmlNode *node)
{
	if (node_is(node, "procedure") && node_child(node, "step") == NULL)
		return "step";
	return wants_block(node) ? "para" : NULL;
}
