#include "view.h"

#include <stdlib.h>
#include <string.h>

struct view
view_open(const struct edition *edition, const struct book *book,
    size_t handbook)
{
	return (struct view){ .edition = edition,
		.handbook = &edition->project->handbooks[handbook],
		.handbook_index = handbook,
		.book = book,
		.lang = book->lang };
}

void
view_clear(struct view *view)
{
	for (size_t i = 0; i < view->asset_count; i++) {
		free(view->assets[i].path);
		free(view->assets[i].name);
		free(view->assets[i].bytes);
	}
	free(view->assets);
	if (view->doc != NULL)
		xmlFreeDoc(view->doc);
	memset(view, 0, sizeof(*view));
}

const xmlNode *
view_source(const xmlNode *node)
{
	return node->_private;
}

bool
view_shows(const struct view *view, const xmlNode *source)
{
	return masks_show(view->edition->masks,
	    book_element(view->book, source)->reach, view->handbook_index);
}

int
view_rank(const struct view *view, const xmlNode *source)
{
	if (source == NULL)
		return view->handbook->clearance;
	return reach_rank(view->edition->reaches,
	    book_element(view->book, source)->reach);
}

const struct axis_value *
view_class(const struct view *view, int rank)
{
	const struct axes *axes = &view->edition->project->axes;

	if (axes->clearance == AXIS_NONE)
		return NULL;
	return &axes->axes[axes->clearance].values[rank];
}

const char *
view_parameter(const struct view *view, const char *name, const char **date)
{
	const struct agency_parameter *parameter =
	    view->edition->project->agency == NULL
	    ? NULL
	    : agency_parameter(view->edition->project->agency, name);

	*date = parameter != NULL ? parameter->date : NULL;
	return parameter != NULL
	    ? lang_text_get(&parameter->value, view->lang, "")
	    : NULL;
}

xmlNode *
view_add(const struct view *view, xmlNode *parent, const char *name)
{
	xmlNode *node =
	    xmlNewDocNode(view->doc, view->vade, BAD_CAST name, NULL);

	xmlAddChild(parent, node);
	return node;
}

void
view_set(const xmlNode *node, const char *name, const char *value)
{
	xmlNewProp((xmlNode *)(uintptr_t)node, BAD_CAST name, BAD_CAST value);
}

void
view_set_vade(const struct view *view, xmlNode *node, const char *name,
    const char *value)
{
	xmlSetNsProp(node, view->vade, BAD_CAST name, BAD_CAST value);
}
