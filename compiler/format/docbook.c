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

/* Puts in what only C knows: pictures, and the edition's code. */
static void
complete(const struct emit_job *job, xmlDoc *result)
{
	const xmlNode *root = xmlDocGetRootElement(result);
	xmlNode *next;

	for (xmlNode *node = (xmlNode *)(uintptr_t)root; node != NULL;
	     node = next) {
		next = node_walk(node, root, true);
		if (node->type != XML_ELEMENT_NODE)
			continue;
		embed_picture(job->view, node);
		if (!result_is_ours(node, "code"))
			continue;
		xmlReplaceNode(node, xmlNewDocText(result, BAD_CAST job->code));
		xmlFreeNode(node);
	}
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
		complete(job, result);
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
