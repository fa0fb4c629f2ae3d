/* link/pages: which elements are pages of their own. */
#include "unit.h"

#include <libxml/parser.h>

#include "link/pages.h"

static bool
is_page(const char *element)
{
	char *text = mem_format("<x xmlns='http://docbook.org/ns/docbook' "
				"xmlns:o='urn:other'>%s</x>",
	    element);
	xmlDoc *doc =
	    xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
	bool is;

	assert_non_null(doc);
	is = pages_is_page(xmlDocGetRootElement(doc)->children);
	xmlFreeDoc(doc);
	free(text);
	return is;
}

static void
pages_are_chosen_by_type(void)
{
	static const struct {
		const char *element;
		bool want;
	} rows[] = {
		{ "<acknowledgements/>", true },
		{ "<appendix/>", true },
		{ "<article/>", true },
		{ "<bibliography/>", true },
		{ "<book/>", true },
		{ "<chapter/>", true },
		{ "<colophon/>", true },
		{ "<dedication/>", true },
		{ "<glossary/>", true },
		{ "<index/>", true },
		{ "<part/>", true },
		{ "<preface/>", true },
		{ "<refentry/>", true },
		{ "<reference/>", true },
		{ "<section role='form'/>", true },
		{ "<section role='guideline'/>", true },
		{ "<set/>", true },
		{ "<task/>", true },
		{ "<topic/>", true },
		{ "<section/>", false },
		{ "<section role='forms'/>", false },
		{ "<para role='form'/>", false },
		{ "<partintro/>", false },
		{ "<indexterm/>", false },
		{ "<tasksummary/>", false },
		{ "<a/>", false },
		{ "<x-1/>", false },
		{ "<ñ/>", false },
		{ "<o:task/>", false },
		{ "text", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK(is_page(rows[i].element) == rows[i].want, "%s",
		    rows[i].element);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(pages_are_chosen_by_type),
	};

	return cmocka_run_group_tests_name("link/pages", tests, NULL, NULL);
}
