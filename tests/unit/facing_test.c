/* format/facing: two languages side by side, unit by unit. */
#include "unit.h"

#include <libxml/parser.h>

#include "format/facing.h"
#include "format/html_write.h"

static xmlDoc *
make_result(const char *main)
{
	char *text = mem_format("<v:page xmlns:v=\"urn:vademecum:1\" "
				"name=\"p.html\"><html><head><title>T</title>"
				"</head><body><main>%s</main></body></html>"
				"</v:page>",
	    main);
	xmlDoc *doc =
	    xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);

	assert_non_null(doc);
	free(text);
	return doc;
}

/* What stands in main, with pairs written as [left|right]. The caller frees. */
static char *
make_main(const char *left, const char *right)
{
	static const char *const shorter[][2] = {
		{ "<div class=\"v-pair\"><div class=\"v-left\" lang=\"en\">",
		    "[" },
		{ "<div class=\"v-pair\"><div class=\"v-right\" lang=\"es\">",
		    "[|" },
		{ "</div><div class=\"v-right\" lang=\"es\">", "|" },
		{ "</div></div>", "]" },
	};
	xmlDoc *sides[2] = { make_result(left), make_result(right) };
	xmlDoc *both = facing_new(sides[0], "en", sides[1], "es");
	struct html_pages pages = { 0 };
	char *text;

	assert_int_equal(html_cut(&pages, both), 0);
	assert_int_equal(pages.count, 1);
	text = strstr(buf_text(&pages.pages[0].bytes), "<main>");
	assert_non_null(text);
	text = mem_dup_len(text + 6, strcspn(text + 6, "\n"));
	*strstr(text, "</main>") = '\0';
	for (size_t i = 0; i < COUNT(shorter); i++) {
		char *at;

		while ((at = strstr(text, shorter[i][0])) != NULL) {
			size_t from = strlen(shorter[i][0]);
			size_t to = strlen(shorter[i][1]);

			memcpy(at, shorter[i][1], to);
			memmove(at + to, at + from, strlen(at + from) + 1);
		}
	}
	html_clear(&pages);
	xmlFreeDoc(both);
	xmlFreeDoc(sides[0]);
	xmlFreeDoc(sides[1]);
	return text;
}

static void
units_stand_beside_each_other(void)
{
	static const struct {
		const char *left;
		const char *right;
		const char *want;
	} rows[] = {
		/* by place */
		{ "<p>a</p><p>b</p>", "<p>x</p><p>y</p>",
		    "[<p>a</p>|<p>x</p>][<p>b</p>|<p>y</p>]" },
		/* what is of another kind waits for its like */
		{ "<p>a</p><pre>b</pre>", "<p>x</p><p>y</p><pre>z</pre>",
		    "[<p>a</p>|<p>x</p>][|<p>y</p>][<pre>b</pre>|<pre>z</"
		    "pre>]" },
		{ "<p>a</p><p>b</p><pre>c</pre>", "<p>x</p><pre>z</pre>",
		    "[<p>a</p>|<p>x</p>][<p>b</p>][<pre>c</pre>|<pre>z</"
		    "pre>]" },
		/* by id, in whatever order; ids are the first side's */
		{ "<section id='s'><p>a</p></section>"
		  "<section id='t'><p>b</p></section>",
		    "<section id='t'><p>y</p></section>"
		    "<section id='s'><p>x</p></section>",
		    "<section id=\"s\">[<p>a</p>|<p>x</p>]</section>"
		    "<section id=\"t\">[<p>b</p>|<p>y</p>]</section>" },
		/* an id parts what has none */
		{ "<p>a</p><section id='s'><p>b</p></section><p>c</p>",
		    "<section id='s'><p>x</p></section><p>y</p>",
		    "[<p>a</p>]<section id=\"s\">[<p>b</p>|<p>x</p>]</section>"
		    "[<p>c</p>|<p>y</p>]" },
		/* one side alone, on either side */
		{ "<section id='s'><p>a</p></section>", "",
		    "<section id=\"s\">[<p>a</p>]</section>" },
		{ "", "<section id='s'><p>x</p></section>",
		    "<section id=\"s\">[|<p>x</p>]</section>" },
		/* lists stay lists; running text of an item stands in it */
		{ "<ol><li><p>a</p></li><li>b <em>c</em></li></ol>",
		    "<ol><li><p>x</p></li><li>y</li></ol>",
		    "<ol><li>[<p>a</p>|<p>x</p>]</li>"
		    "<li>[b <em>c</em>|y]</li></ol>" },
		/* ids of both sides differ, and what cites them follows */
		{ "<h2 id='h'>a</h2><table aria-labelledby='h'>1</table>",
		    "<h2 id='h'>x</h2><table aria-labelledby='h'>2</table>",
		    "[<h2 id=\"h\">a</h2>|<h2 id=\"es.h\">x</h2>]"
		    "[<table aria-labelledby=\"h\">1</table>|"
		    "<table aria-labelledby=\"es.h\">2</table>]" },
		/* an id that only the second side has is its own */
		{ "<p>a</p>", "<p id='only'>x</p>",
		    "[<p>a</p>|<p id=\"only\">x</p>]" },
		/* frames: once; ways elsewhere: not at all */
		{ "<div class='v-tools'>a</div><nav class='v-readers'>b</nav>",
		    "<div class='v-tools'>x</div><nav "
		    "class='v-readers'>y</nav>",
		    "<div class=\"v-tools\">a</div>" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *got = make_main(rows[i].left, rows[i].right);

		if (strcmp(got, rows[i].want) != 0)
			print_error("row %zu\n  got  %s\n  want %s\n", i, got,
			    rows[i].want);
		assert_string_equal(got, rows[i].want);
		free(got);
	}
}

static void
pages_go_by_their_names(void)
{
	static const char format[] =
	    "<v:page xmlns:v=\"urn:vademecum:1\" name=\"index.html\"><html>"
	    "<body><p>%s</p><v:page name=\"%s.html\"><html><body><p>%s</p>"
	    "</body></html></v:page></body></html></v:page>";
	char *texts[2] = { mem_format(format, "a", "one", "b"),
		mem_format(format, "x", "two", "y") };
	xmlDoc *sides[2];
	xmlDoc *both;
	struct html_pages pages = { 0 };

	for (int i = 0; i < 2; i++)
		sides[i] = xmlReadMemory(texts[i], (int)strlen(texts[i]), NULL,
		    NULL, XML_PARSE_NONET);
	both = facing_new(sides[0], "en", sides[1], "es");
	assert_int_equal(html_cut(&pages, both), 0);
	assert_int_equal(pages.count, 3);
	assert_string_equal(pages.pages[0].name, "index.html");
	assert_string_equal(pages.pages[1].name, "one.html");
	assert_string_equal(pages.pages[2].name, "two.html");
	assert_null(strstr(buf_text(&pages.pages[1].bytes), "lang=\"es\""));
	assert_non_null(
	    strstr(buf_text(&pages.pages[2].bytes), "<html lang=\"es\">"));
	html_clear(&pages);
	xmlFreeDoc(both);
	for (int i = 0; i < 2; i++) {
		xmlFreeDoc(sides[i]);
		free(texts[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(units_stand_beside_each_other),
		UNIT(pages_go_by_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
