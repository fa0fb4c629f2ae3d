/*
 * A small book with axes, for tests of select/. Included by tests/unit/ only.
 * Invariant: the axes are those of tree_axes, and every element that a test
 * asks about has an xml:id.
 */
#ifndef VADE_TREE_H
#define VADE_TREE_H

#include "unit.h"

#include "load/config_xml.h"
#include "load/index.h"
#include "load/project_read.h"
#include "load/xml.h"
#include "model/namespaces.h"
#include "select/element_readers.h"
#include "select/step_labels.h"

/* role leaves: police 0, officer 1, school 2, fire 3, chief 4, edu 5 */
static const char tree_axes[] =
    "<axes xmlns='urn:vademecum:axes:1'>"
    "<axis id='role' attribute='audience' kind='tree'>"
    "<value id='police'><value id='officer'/><value id='school'/></value>"
    "<value id='fire'><value id='chief'/></value>"
    "<value id='edu'/>"
    "<group id='field' values='officer fire'/>"
    "<party id='court'/>"
    "</axis>"
    "<axis id='stage' attribute='condition' kind='set'>"
    "<value id='plan'/><value id='prog'/><value id='oper'/>"
    "</axis>"
    "<axis id='class' attribute='security' kind='ordered' clearance='yes'>"
    "<value id='pub'/><value id='int'/>"
    "<value id='res' mark='R'/><value id='cas' mark='C'/>"
    "</axis>"
    "<axis id='urgency' attribute='v:urgency' kind='ordered'>"
    "<value id='low'/><value id='mid'/><value id='high'/>"
    "</axis>"
    "</axes>";

struct tree {
	char *folder;
	struct file_root root;
	struct sources sources;
	struct diag diag;
	struct xml_reader reader;
	struct axes axes;
	struct book book;
	struct reaches reaches;
};

/* A book of this content, its reaches computed; returns what that gave. */
static inline int
tree_open(struct tree *tree, const char *axes, const char *content)
{
	char *text =
	    mem_format("<book xmlns='http://docbook.org/ns/docbook' "
		       "xmlns:v='urn:vademecum:1' version='5.0' xml:id='root'>"
		       "%s</book>",
		content);
	struct project project = { 0 };
	struct config config = { .reader = &tree->reader,
		.project = &project,
		.ns = NS_AXES };

	memset(tree, 0, sizeof(*tree));
	tree->folder = unit_folder_new();
	unit_write(tree->folder, "axes.xml", axes);
	unit_write(tree->folder, "book.xml", text);
	free(text);
	tree->diag.sources = &tree->sources;
	assert_int_equal(file_root_open(&tree->root, tree->folder), 0);
	xml_reader_init(&tree->reader, &tree->root, &tree->sources,
	    &tree->diag);
	axes_init(&project.axes);
	if (config_read(&config, "axes.xml", (struct place){ 0 }, "axes",
		axes_read, NULL) != 0)
		fail_msg("axes: %s", unit_codes(&tree->diag));
	tree->axes = project.axes;
	tree->book.doc = xml_read(&tree->reader, &tree->book, "book.xml",
	    (struct place){ 0 });
	if (tree->book.doc == NULL)
		fail_msg("%s: %s", content, unit_codes(&tree->diag));
	assert_int_equal(index_ids(&tree->book, &tree->diag), 0);
	reaches_init(&tree->reaches, &tree->axes);
	return reach_compute(&tree->reaches, &tree->book, &tree->diag);
}

static inline void
tree_close(struct tree *tree)
{
	reaches_clear(&tree->reaches);
	book_clear(&tree->book);
	axes_clear(&tree->axes);
	xml_reader_clear(&tree->reader);
	file_root_close(&tree->root);
	sources_clear(&tree->sources);
	diag_clear(&tree->diag);
	unit_remove(tree->folder);
}

static inline int
tree_start(void **state)
{
	(void)state;
	xml_library_start();
	return 0;
}

#endif
