/* format/print: which pages of a book begin a sheet of paper. */
#include "unit.h"

#include <libxml/parser.h>

#include "base/buf.h"
#include "print/document.h"

/* A page each: 'c' a chapter, 't' a procedure, 'o' a page of a kind that never
 * opens a sheet; then what is on it: '.' its heading alone, '-' a line, '='
 * 1,600 characters, '%' three pictures of 600. */
static const struct {
	const char *pages;
	const char *want; /* a page each: '1' it begins a sheet */
} rows[] = {
	{ "c-", "1" },
	{ "c-c-c-", "100" },
	{ "c.c=c-c-", "1010" },
	{ "c=c=c=", "111" },
	{ "c%c-", "11" },
	{ "c-o=c-", "101" },
	{ "c-t-c-", "111" }, /* a procedure stands alone */
	{ "c.t.c.", "101" },
};

static void
add_page(struct buf *text, char kind, char filling)
{
	buf_add_format(text, "<page kind=\"%s\"><h>%01700d</h>",
	    kind == 'c'       ? "chapter"
		: kind == 't' ? "task"
			      : "other",
	    0);
	if (filling == '-')
		buf_add_text(text, "<p>a line</p> ");
	else if (filling == '=')
		buf_add_format(text, "<p>%01600d</p>", 0);
	else if (filling == '%')
		buf_add_text(text, "<img/><img/><img/>");
	buf_add_text(text, "</page>");
}

static xmlDoc *
make_book(const char *pages)
{
	struct buf text = { 0 };
	xmlDoc *doc;

	buf_add_text(&text, "<book>");
	for (; *pages != '\0'; pages += 2)
		add_page(&text, pages[0], pages[1]);
	buf_add_text(&text, "</book>");
	doc = xmlReadMemory(buf_text(&text), (int)text.size, NULL, NULL,
	    XML_PARSE_NONET);
	assert_non_null(doc);
	buf_clear(&text);
	return doc;
}

static void
pages_begin_sheets(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		xmlDoc *doc = make_book(rows[i].pages);
		xmlNode *root = xmlDocGetRootElement(doc);
		struct buf got = { 0 };

		print_sheets(root);
		for (const xmlNode *page = root->children; page != NULL;
		     page = page->next)
			buf_add_char(&got,
			    print_get(page, "sheet") != NULL ? '1' : '0');
		CHECK_TEXT(buf_text(&got), rows[i].want, "%s", rows[i].pages);
		buf_clear(&got);
		xmlFreeDoc(doc);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(pages_begin_sheets),
	};

	return cmocka_run_group_tests_name("print_sheets", tests, NULL, NULL);
}
