#include "sources_and_readers.h"

#include <string.h>

const char *
edition_language(const struct edition *edition)
{
	return edition->diag->language == DIAG_ES ? "es" : "en";
}

const struct book *
edition_book(const struct edition *edition)
{
	const char *lang = edition_language(edition);

	for (size_t i = 0; i < edition->project->tree_count; i++)
		if (strcmp(edition->books[i].lang, lang) == 0)
			return &edition->books[i];
	return &edition->books[0];
}
