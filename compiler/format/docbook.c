#include "docbook.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/xmlsave.h>

#include "compose/xml_write.h"
#include "style/result_tree.h"

/* A picture stands inside the file, as a data: URI. */
static void
embed_picture(const struct view *view, xmlNode *node)
{
	const char *name = result_attribute(node, "fileref");
	const struct asset *asset =
	    name != NULL ? xml_write_find_asset(view, name) : NULL;
	struct buf uri = { 0 };

	if (asset == NULL)
		return;
	xml_write_add_data(&uri, asset);
	xmlSetProp(node, BAD_CAST "fileref", BAD_CAST uri.data);
	buf_clear(&uri);
}

static void
embed_pictures(const struct view *view, const xmlDoc *result)
{
	xmlNode *root = xmlDocGetRootElement(result);

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node->type == XML_ELEMENT_NODE)
			embed_picture(view, node);
}

int
docbook_emit(struct emit_job *job, struct diag *diag)
{
	xmlDoc *result = stylesheet_run(job->sheets[FORMAT_DOCBOOK],
	    job->view->doc, NULL, diag);
	xmlBuffer *bytes = xmlBufferCreate();
	xmlSaveCtxt *save = xmlSaveToBuffer(bytes, "UTF-8",
	    XML_SAVE_NO_EMPTY | XML_SAVE_AS_XML);
	int rc = -1;

	if (result != NULL) {
		embed_pictures(job->view, result);
		xmlSaveDoc(save, result);
		xmlSaveFlush(save);
		rc = job->sink->file(job->sink, job->path,
		    xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
	}
	xmlSaveClose(save);
	xmlBufferFree(bytes);
	xmlFreeDoc(result);
	return rc;
}
