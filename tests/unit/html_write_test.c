/* format/html_write: what a stylesheet may say, and how it is written. */
#include "unit.h"

#include <libxml/parser.h>

#include "format/html_write.h"

/* The result of a stylesheet: name is that of the first page. */
static xmlDoc *
make_result(const char *name, const char *inside)
{
	char *text = mem_format(
	    "<v:page xmlns:v=\"urn:vademecum:1\" name=\"%s\">%s</v:page>", name,
	    inside);
	xmlDoc *doc =
	    xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);

	assert_non_null(doc);
	free(text);
	return doc;
}

static const char doctype[] = "<!DOCTYPE html>\n";

static void
one_page_is_written_as_html(void)
{
	static const struct {
		const char *inside;
		const char *want; /* after the doctype, before the last \n */
	} rows[] = {
		{ "", "" },
		{ "<html><body><p>x</p></body></html>",
		    "<html><body><p>x</p></body></html>" },
		{ "<p/>", "<p></p>" },
		/* void elements have no end tag, and no content */
		{ "<p>a<br/>b<wbr/><hr></hr></p>", "<p>a<br>b<wbr><hr></p>" },
		{ "<img src='a.svg' alt=''/>", "<img src=\"a.svg\" alt=\"\">" },
		{ "<meta charset='utf-8'/><link rel='x'/>",
		    "<meta charset=\"utf-8\"><link rel=\"x\">" },
		{ "<colgroup><col/></colgroup>", "<colgroup><col></colgroup>" },
		{ "<br>lost</br>", "<br>" },
		{ "<form><input type='text'/></form>",
		    "<form><input type=\"text\"></form>" },
		/* text */
		{ "a &amp; b &lt; c &gt; d \"e\" 'f'",
		    "a &amp; b &lt; c &gt; d \"e\" 'f'" },
		{ "&amp;amp; &#60;script&#62;", "&amp;amp; &lt;script&gt;" },
		{ "<![CDATA[<p>&amp;]]>", "&lt;p&gt;&amp;amp;" },
		{ "ñ — 中 🚒 \xc2\xa0", "ñ — 中 🚒 \xc2\xa0" },
		{ "<pre>a\n\tb  c</pre>", "<pre>a\n\tb  c</pre>" },
		/* attributes */
		{ "<p title='a &amp; &lt;b&gt; &quot;c&quot; &#39;d&#39;'/>",
		    "<p title=\"a &amp; &lt;b> &quot;c&quot; 'd'\"></p>" },
		{ "<p title='\"&gt;&lt;img src=x&gt;'/>",
		    "<p title=\"&quot;>&lt;img src=x>\"></p>" },
		{ "<p id='a' class='b c'/>", "<p id=\"a\" class=\"b c\"></p>" },
		/* in a drawing or a formula, what is not allowed is left out */
		{ "<svg><g><foreignObject><p>x</p></foreignObject></g>a</svg>",
		    "<svg><g></g>a</svg>" },
		{ "<math><mi>x</mi><maction>y</maction></math>",
		    "<math><mi>x</mi></math>" },
		/* no comment, no processing instruction */
		{ "a<!-- secret -->b<?php x?>c", "abc" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		xmlDoc *doc = make_result("index.html", rows[i].inside);
		struct html_pages pages = { 0 };
		char *want = mem_format("%s%s\n", doctype, rows[i].want);

		if (CHECK(html_cut(&pages, doc) == 0, "%s: %s", rows[i].inside,
			pages.bad ? pages.bad : "?") &&
		    CHECK(pages.count == 1, "%zu pages", pages.count)) {
			CHECK_TEXT(buf_text(&pages.pages[0].bytes), want, "%s",
			    rows[i].inside);
			CHECK_TEXT(pages.pages[0].name, "index.html", "name");
		}
		html_clear(&pages);
		xmlFreeDoc(doc);
		free(want);
	}
}

static void
what_is_not_allowed_is_refused(void)
{
	static const struct {
		const char *inside;
		const char *bad;
	} rows[] = {
		{ "<script>x</script>", "script" },
		{ "<p><b><script/></b></p>", "script" },
		{ "<style/>", "style" },
		{ "<iframe src='x'/>", "iframe" },
		{ "<object/>", "object" },
		{ "<embed/>", "embed" },
		/* a form that goes somewhere */
		{ "<form action='x'/>", "form" },
		{ "<form><button formaction='x'/></form>", "button" },
		{ "<input formmethod='post'/>", "input" },
		{ "<base href='x'/>", "base" },
		{ "<template/>", "template" },
		{ "<P/>", "P" },
		{ "<unknown/>", "unknown" },
		/* of another namespace */
		{ "<p xmlns='urn:x'/>", "p" },
		{ "<p xmlns='http://www.w3.org/1999/xhtml'/>", "p" },
		{ "<v:p/>", "p" },
		{ "<v:unknown/>", "unknown" },
		/* attributes that hold script */
		{ "<p onclick='x'/>", "p" },
		{ "<img src='a' onerror='x'/>", "img" },
		{ "<p><b id='a' onfocus=''/></p>", "b" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		xmlDoc *doc = make_result("index.html", rows[i].inside);
		struct html_pages pages = { 0 };

		CHECK(html_cut(&pages, doc) == -1, "%s", rows[i].inside);
		CHECK_TEXT(pages.bad, rows[i].bad, "%s", rows[i].inside);
		html_clear(&pages);
		xmlFreeDoc(doc);
	}
}

static void
page_names_are_plain(void)
{
	static const struct {
		const char *name;
		bool allowed;
	} rows[] = {
		{ "index.html", true },
		{ "edu-o-01.html", true },
		{ "a_b.9", true },
		{ "", false },
		{ ".html", false },
		{ "..", false },
		{ "a/b.html", false },
		{ "../a.html", false },
		{ "/a.html", false },
		{ "A.html", false },
		{ "a b.html", false },
		{ "a\\b.html", false },
		{ "ñ.html", false },
		{ "a:b", false },
		{ "a%2e", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *inner = mem_format("<v:page name='%s'/>", rows[i].name);
		xmlDoc *first = make_result(rows[i].name, "");
		xmlDoc *second = make_result("index.html", inner);
		struct html_pages pages = { 0 };

		CHECK((html_cut(&pages, first) == 0) == rows[i].allowed,
		    "first page \"%s\"", rows[i].name);
		html_clear(&pages);
		CHECK((html_cut(&pages, second) == 0) == rows[i].allowed,
		    "second page \"%s\"", rows[i].name);
		CHECK_TEXT(pages.bad ? pages.bad : "",
		    rows[i].allowed ? "" : "v:page", "\"%s\"", rows[i].name);
		html_clear(&pages);
		xmlFreeDoc(first);
		xmlFreeDoc(second);
		free(inner);
	}
}

static void
a_page_without_a_name_is_refused(void)
{
	xmlDoc *doc = make_result("index.html", "<p><v:page/></p>");
	struct html_pages pages = { 0 };

	CHECK(html_cut(&pages, doc) == -1, "no name");
	CHECK_TEXT(pages.bad, "v:page", "says so");
	html_clear(&pages);
	xmlFreeDoc(doc);
}

static void
a_result_starts_with_a_page(void)
{
	static const char *const rows[][2] = {
		{ "<html/>", "html" },
		{ "<page name='index.html'/>", "page" },
		{ "<v:script xmlns:v='urn:vademecum:1'/>", "script" },
		{ "<v:page xmlns:v='urn:vademecum:2' name='a.html'/>", "page" },
	};
	xmlDoc *empty = xmlNewDoc(BAD_CAST "1.0");
	struct html_pages pages = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++) {
		xmlDoc *doc = xmlReadMemory(rows[i][0], (int)strlen(rows[i][0]),
		    NULL, NULL, XML_PARSE_NONET);

		CHECK(html_cut(&pages, doc) == -1, "%s", rows[i][0]);
		CHECK_TEXT(pages.bad, rows[i][1], "%s", rows[i][0]);
		html_clear(&pages);
		xmlFreeDoc(doc);
	}
	CHECK(html_cut(&pages, empty) == -1, "nothing");
	html_clear(&pages);
	xmlFreeDoc(empty);
}

static void
pages_are_sorted(void)
{
	xmlDoc *doc = make_result("m.html",
	    "<v:page name='z.html'>z</v:page><v:page name='b.html'>b</v:page>");
	struct html_pages pages = { 0 };

	assert_int_equal(html_cut(&pages, doc), 0);
	html_sort(&pages);
	CHECK_TEXT(pages.pages[0].name, "b.html", "first");
	CHECK_TEXT(pages.pages[2].name, "z.html", "last");
	html_clear(&pages);
	xmlFreeDoc(doc);
}

/* A page inside a page leaves no trace in it. */
static void
nested_pages_are_cut_out(void)
{
	static const char *const want[][2] = {
		{ "index.html", "<p>1</p><p>6</p>" },
		{ "a.html", "<div>24</div>" },
		{ "b.html", "<b>3</b>" },
		{ "d.html", "5" },
	};
	xmlDoc *doc = make_result("index.html",
	    "<p>1</p>"
	    "<v:page name='a.html'><div>2"
	    "<v:page name='b.html'><b>3</b></v:page>4</div></v:page>"
	    "<v:page name='d.html'>5</v:page>"
	    "<p>6</p>");
	struct html_pages pages = { 0 };

	assert_int_equal(html_cut(&pages, doc), 0);
	CHECK(pages.count == COUNT(want), "%zu pages", pages.count);
	for (size_t i = 0; i < COUNT(want) && i < pages.count; i++) {
		char *bytes = mem_format("%s%s\n", doctype, want[i][1]);

		CHECK_TEXT(pages.pages[i].name, want[i][0], "page %zu", i);
		CHECK_TEXT(buf_text(&pages.pages[i].bytes), bytes, "page %s",
		    want[i][0]);
		free(bytes);
	}
	html_clear(&pages);
	CHECK(pages.count == 0 && pages.pages == NULL, "cleared");
	xmlFreeDoc(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(one_page_is_written_as_html),
		UNIT(what_is_not_allowed_is_refused),
		UNIT(page_names_are_plain),
		UNIT(a_page_without_a_name_is_refused),
		UNIT(a_result_starts_with_a_page),
		UNIT(nested_pages_are_cut_out),
		UNIT(pages_are_sorted),
	};

	return cmocka_run_group_tests_name("format/html_write", tests, NULL,
	    NULL);
}
