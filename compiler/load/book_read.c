#include "book_read.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "load/include.h"
#include "load/agency_additions.h"
#include "load/lone.h"
#include "load/validate.h"
#include "model/ui.h"

/* The language of a plain DocBook file is what its root says. */
static void
name_language(struct source_tree *tree, struct book *book)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);

	if (tree->lang[0] == '\0') {
		xmlChar *lang = xmlNodeGetLang(root);

		free(tree->lang);
		tree->lang =
		    mem_dup(lang && lang[0] ? (const char *)lang : "en");
		xmlFree(lang);
	}
	book->lang = mem_dup(tree->lang);
}

/* What we say of our own is English where we do not speak the language. */
static void
tell_language(const struct book *book, struct diag *diag)
{
	enum ui_speech speech = ui_speaks(book->lang);
	struct place place = source_attribute_place(diag->sources,
	    book_place(book, xmlDocGetRootElement(book->doc)), "xml:lang",
	    NULL);

	if (speech == UI_PARTLY)
		diag_report(diag, DIAG_LANGUAGE_PARTLY, place, book->lang,
		    NULL);
	else if (speech == UI_NOT)
		diag_report(diag, DIAG_LANGUAGE_UNKNOWN, place, book->lang,
		    NULL);
}

int
book_read(struct book *book, struct source_tree *tree, struct project *project,
    struct xml_reader *reader, const struct book_choice *choice)
{
	uint32_t first = (uint32_t)reader->sources->count + 1;
	int rc;

	if (include_read(reader, book, tree->href, tree->place) != 0 ||
	    validate_kind(book, reader->diag) != 0)
		return -1;
	name_language(tree, book);
	tell_language(book, reader->diag);
	if (choice->wants_units)
		book->units = units_gather(book->doc);
	rc = local_apply(project, reader, book, choice->is_release);
	if (!choice->keeps_defaults)
		local_fill(project, book);
	if (project->is_lone) {
		lone_take_title(project, book);
		rc |= lone_check_classes(project, book, choice->all_classes,
		    reader->diag);
	}
	book->first_source = first;
	book->last_source = (uint32_t)reader->sources->count;
	return rc;
}
