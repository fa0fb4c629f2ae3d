#include "shape.h"

#include <string.h>

#include "model/book.h"

/* Elements that must hold a block. */
static const char *const holders[] = { "step", "section", "chapter", "appendix",
	"preface", "article", "sect1", "sect2", "sect3", "sect4", "sect5",
	"simplesect", "colophon", "dedication" };

/* What does not count as one. */
static const char *const others[] = { "title", "titleabbrev", "subtitle",
	"info", "toc", "index", "glossary", "bibliography" };

static bool
is_one_of(const xmlNode *node, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

static bool
wants_block(const xmlNode *node)
{
	if (!is_one_of(node, holders, sizeof(holders) / sizeof(*holders)))
		return false;
	for (const xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		if (node_is(child, NULL) &&
		    !is_one_of(child, others, sizeof(others) / sizeof(*others)))
			return false;
	return true;
}

const char *
shape_wants(const xmlNode *node)
{
	if (node_is(node, "procedure") && node_child(node, "step") == NULL)
		return "step";
	return wants_block(node) ? "para" : NULL;
}
