/* compose/edition_code: the code is of all that a handbook shows, and of
 * nothing else. */
#include "unit.h"

#include <string.h>

#include <libxml/parser.h>

#include "base/alloc.h"
#include "compose/edition_metadata.h"

/* The caller frees. */
static char *
code_of(const char *content)
{
	char *text =
	    mem_format("<top xmlns:v='urn:vademecum:1'>%s</top>", content);
	xmlDoc *doc =
	    xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
	xmlNode *top = xmlDocGetRootElement(doc);
	xmlChar *code;
	char *copy;

	edition_code_add(top);
	code = xmlGetProp(top, BAD_CAST "code");
	copy = mem_dup((const char *)code);
	xmlFree(code);
	xmlFreeDoc(doc);
	free(text);
	return copy;
}

static const char first[] = "<p id='a'>One <b>two</b> three</p><q/>";

static void
what_is_shown_changes_it(void)
{
	static const char *const rows[] = {
		"<p id='a'>One <b>too</b> three</p><q/>",
		"<p id='b'>One <b>two</b> three</p><q/>",
		"<p ib='a'>One <b>two</b> three</p><q/>",
		"<p id='a'>One <i>two</i> three</p><q/>",
		"<p id='a'>One <b>two three</b></p><q/>",
		"<p id='a'>One <b>two</b></p> three<q/>",
		"<p id='a'>One <b>two</b> three<q/></p>",
		"<q/><p id='a'>One <b>two</b> three</p>",
		"<p id='a'>One <b>two</b> three</p>",
	};
	char *code = code_of(first);

	CHECK(strlen(code) == EDITION_CODE &&
		strspn(code, "0123456789abcdef") == EDITION_CODE,
	    "%s", code);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *other = code_of(rows[i]);

		CHECK(strcmp(code, other) != 0, "%s", rows[i]);
		free(other);
	}
	free(code);
}

/* The id of a place that this handbook lacks is none of its words. */
static void
names_of_other_places_do_not(void)
{
	static const char *const rows[] = {
		"<p id='a'>One <b linkend='x'>two</b> three</p><q/>",
		"<p id='a'>One <b linkend='y'>two</b> three</p><q/>",
		"<p id='a' v:go='s1'>One <b>two</b> three</p><q/>",
		"<p id='a'>One <b>two</b> three</p><q otherterm='z'/>",
	};
	char *code = code_of(first);

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *other = code_of(rows[i]);

		CHECK_TEXT(other, code, "%s", rows[i]);
		free(other);
	}
	free(code);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(what_is_shown_changes_it),
		UNIT(names_of_other_places_do_not),
	};

	return cmocka_run_group_tests_name("edition_code", tests, NULL, NULL);
}
