/* load/attribute_flood and load/xml: what libxml2 is never given, and what it may
 * say. */
#include "unit.h"

#include "load/attribute_flood.h"

/* `count` attributes of a few bytes each, b0='' b1='' … */
static void
add_attributes(struct buf *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_format(text, " b%zu='%s'", i, i % 7 ? "" : "x > y");
}

/* A text in which every '@' stands for `count` attributes. */
static char *
expand(const char *pattern, size_t count)
{
	struct buf text = { 0 };

	for (const char *p = pattern; *p != '\0'; p++) {
		if (*p == '@')
			add_attributes(&text, count);
		else
			buf_add_char(&text, *p);
	}
	return buf_take(&text);
}

static int
check(const char *text, struct xml_limits limits, struct diag *diag)
{
	struct sources sources = { 0 };
	uint32_t file = unit_source(&sources, "a.xml", text);
	int rc;

	diag->sources = &sources;
	rc = attribute_flood_check(sources_get(&sources, file), file, &limits,
	    diag);
	diag->sources = NULL;
	sources_clear(&sources);
	return rc;
}

static void
attributes_are_counted(void)
{
	static const struct {
		const char *pattern; /* each '@' is 10 attributes; 10 are
					allowed */
		int rc;
		uint32_t column;
	} rows[] = {
		{ "", 0, 0 },
		{ "<", 0, 0 },
		{ "text only", 0, 0 },
		{ "<a/>", 0, 0 },
		{ "<a@/>", 0, 0 },
		{ "<a@></a>", 0, 0 },
		{ "<a@><b@/><c@>x</c></a>", 0, 0 },
		{ "<a@ c=''/>", -1, 1 },
		{ "<a@ c=\"\"/>", -1, 1 },
		{ "<a><b@ c=''/></a>", -1, 4 },
		{ "<a>text = 'x'<b@ c=''/></a>", -1, 14 },
		/* the other quote and > inside a value are text */
		{ "<a@ ><b x='\"\"\"\"\"\"\"\"\"\"\"\"'/></a>", 0, 0 },
		{ "<a b='>'@/>", -1, 1 },
		{ "<a b=\"'>'\"@/>", -1, 1 },
		{ "<a b='\">\"'@/>", -1, 1 },
		/* quotes in text are none of a tag's */
		{ "<a@>\"x\" 'y' it's</a>", 0, 0 },
		/* tag without end */
		{ "<a@", 0, 0 },
		{ "<a@ c='", -1, 1 },
		/* spaces and names as they come */
		{ "<a\n\t@\n c = ''\n>", -1, 1 },
		{ "<ñ:a@ c=''/>", -1, 1 },
		{ "<a xmlns='x' xmlns:y='y'@/>", -1, 1 },
		/* what looks like quotes in an end tag, comment, CDATA, PI */
		{ "<a></a 'x' 'x' 'x' 'x' 'x' 'x' 'x' 'x' 'x' 'x' 'x'>", 0, 0 },
		{ "<a><!-- @@ it's \" --><b@/></a>", 0, 0 },
		{ "<a><![CDATA[@@ it's \" ]]><b@/></a>", 0, 0 },
		{ "<a><?x @@ it's \" ?><b@/></a>", 0, 0 },
		{ "<!DOCTYPE a [<!ENTITY x \"@@\">]><a@/>", 0, 0 },
		/* a real tag behind each of them */
		{ "<a><!-- ' --><b@ c=''/></a>", -1, 14 },
		{ "<a><![CDATA[ ' \" ]]><b@ c=''/></a>", -1, 21 },
		{ "<a><?x ' \" ?><b@ c=''/></a>", -1, 14 },
		{ "<?xml version='1.0'?><b@ c=''/>", -1, 22 },
		/* … and behind what only looks like the start of one */
		{ "<!DOCTYPE a [<!ENTITY % x '<!--'>]><b@ c=''/>", -1, 36 },
		{ "<!DOCTYPE a [<!ENTITY % x '<![CDATA['>]><b@ c=''/>", -1,
		    41 },
		{ "<!DOCTYPE a [<!ENTITY % x '<?x'>]><b@ c=''/>", -1, 35 },
		{ "<!DOCTYPE a [<!ENTITY % x '<a \"'>]><b@ c=''/>", -1, 36 },
		{ "<!DOCTYPE a [<!ENTITY x SYSTEM '<!--'>]><b@ c=''/>", -1,
		    41 },
		{ "<!DOCTYPE a [<!-- \" -->]><b@ c=''/>", -1, 26 },
		/* … and what only looks like its end: <!--> ends no comment */
		{ "<a><!--> <a ' --><b@ c=''/></a>", -1, 18 },
		{ "<a><?x> <a ' ?><b@ c=''/></a>", -1, 16 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct xml_limits limits = { .attributes = 10,
			.start_tag_size = 1000 };
		struct diag diag = { 0 };
		char *text = expand(rows[i].pattern, 10);

		CHECK(check(text, limits, &diag) == rows[i].rc, "%s",
		    rows[i].pattern);
		CHECK_TEXT(unit_codes(&diag), rows[i].rc ? "V0108" : "", "%s",
		    rows[i].pattern);
		if (rows[i].rc != 0 && diag.count == 1 &&
		    strchr(rows[i].pattern, '\n') == NULL) {
			const char *mark = strstr(text, "<b b0") != NULL
			    ? strstr(text, "<b b0")
			    : NULL;

			CHECK(mark == NULL ||
				diag.records[0].offset ==
				    (uint32_t)(mark - text),
			    "%s: at %u", rows[i].pattern,
			    diag.records[0].offset);
			CHECK(mark != NULL ||
				diag.records[0].column == rows[i].column,
			    "%s: column %u", rows[i].pattern,
			    diag.records[0].column);
		}
		diag_clear(&diag);
		free(text);
	}
}

static void
the_size_of_a_tag_is_limited(void)
{
	static const struct {
		size_t name; /* bytes of the element's name */
		size_t limit;
		int rc;
	} rows[] = {
		{ 98, 100, 0 },
		{ 99, 100, 0 },
		{ 100, 100, -1 },
		{ 100000, 100, -1 },
		{ 100000, 1 << 20, 0 },
		{ 1 << 20, 1 << 20, -1 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct xml_limits limits = { .attributes = 10,
			.start_tag_size = rows[i].limit };
		struct diag diag = { 0 };
		char *text = mem_alloc(rows[i].name + 4);

		text[0] = '<';
		memset(text + 1, 'a', rows[i].name);
		strcpy(text + 1 + rows[i].name, ">");
		CHECK(check(text, limits, &diag) == rows[i].rc,
		    "%zu bytes of %zu", rows[i].name, rows[i].limit);
		diag_clear(&diag);
		free(text);
	}
}

/* Linear: a file of nothing but '<' takes no time to speak of. */
static void
hostile_bytes_take_no_time(void)
{
	static const char *const parts[] = { "<", "<!--", "<![CDATA[", "<?",
		"<a '", "<a \"'", "'\"<", "<!", "</a" };
	enum { SIZE = 4 << 20 };

	alarm(600);
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct xml_limits limits = { .attributes = 256,
			.start_tag_size = 1 << 20 };
		struct diag diag = { 0 };
		struct buf text = { 0 };

		while (text.size < SIZE)
			buf_add_text(&text, parts[i]);
		CHECK(check(buf_text(&text), limits, &diag) == 0, "%s",
		    parts[i]);
		buf_clear(&text);
		diag_clear(&diag);
	}
	alarm(0);
}

/* --- the reader behind it --- */

struct files {
	const char *name;
	const char *text;
};

/* Reads a.xml of a folder of files; the codes reported. */
static const char *
read_codes(const struct files *files, size_t count)
{
	static char codes[512];
	char *folder = unit_folder_new();
	struct file_root root;
	struct sources sources = { 0 };
	struct diag diag = { .sources = &sources };
	struct xml_reader reader;
	struct book book = { 0 };

	for (size_t i = 0; i < count && files[i].name != NULL; i++)
		unit_write(folder, files[i].name, files[i].text);
	assert_int_equal(file_root_open(&root, folder), 0);
	xml_reader_init(&reader, &root, &sources, &diag);
	book.doc = xml_read(&reader, &book, "a.xml", (struct place){ 0 });
	snprintf(codes, sizeof(codes), "%s%s", book.doc ? "read" : "",
	    unit_codes(&diag));
	book_clear(&book);
	xml_reader_clear(&reader);
	file_root_close(&root);
	sources_clear(&sources);
	diag_clear(&diag);
	unit_remove(folder);
	return codes;
}

static void
the_reader_reads_or_says_why(void)
{
	static const struct {
		struct files files[3];
		const char *codes;
	} rows[] = {
		{ { { "a.xml", "<a>x</a>" } }, "read" },
		{ { { "a.xml", "<a><!-- c --><?p i?>ñ&#241;&amp;</a>" } },
		    "read" },
		{ { { "b.xml", "<a/>" } }, "V0101" },
		{ { { "a.xml", "" } }, "V0494" },
		{ { { "a.xml", "<a>" } }, "V0481" },
		{ { { "a.xml", "<a></b>" } }, "V0482" },
		{ { { "a.xml", "<a b='1' b='2'/>" } }, "V0491" },
		{ { { "a.xml", "<x:a/>" } }, "V0492" },
		{ { { "a.xml", "<a>&nothing;</a>" } }, "V0485" },
		{ { { "a.xml", "<a/><b/>" } }, "V0495" },
		{ { { "a.xml", "<a>\xff</a>" } }, "V0106" },
		{ { { "a.xml",
		      "<?xml version='1.0' encoding='UTF-16'?>"
		      "<a/>" } },
		    "read" },
		/* entities */
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e 'ñ'>]><a b='&e;'>"
		      "&e;</a>" } },
		    "read" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e '&#60;b/>'>]>"
		      "<a>&e;</a>" } },
		    "V0107" },
		{ { { "a.xml",
			"<!DOCTYPE a [<!ENTITY e SYSTEM 'e.ent'>]>"
			"<a>&e;</a>" },
		      { "e.ent", "<b/>x" } },
		    "read" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e SYSTEM 'e.ent'>]>"
		      "<a>&e;</a>" } },
		    "V0101" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e SYSTEM "
		      "'../e.ent'>]><a>&e;</a>" } },
		    "V0103" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e SYSTEM "
		      "'/etc/passwd'>]><a>&e;</a>" } },
		    "V0103" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e SYSTEM "
		      "'file:///etc/passwd'>]><a>&e;</a>" } },
		    "V0103" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e SYSTEM "
		      "'http://localhost:9/e'>]><a>&e;</a>" } },
		    "V0103" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ENTITY e '&f;&f;'><!ENTITY f "
		      "'&e;'>]><a>&e;</a>" } },
		    "V0108" },
		/* a DOCTYPE that could change who reads */
		{ { { "a.xml", "<!DOCTYPE a SYSTEM 'a.dtd'><a/>" } }, "V0107" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!ATTLIST a b CDATA 'x'>]>"
		      "<a/>" } },
		    "V0107" },
		{ { { "a.xml", "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>" } },
		    "V0107" },
		{ { { "a.xml",
		      "<!DOCTYPE a [<!NOTATION n SYSTEM 'x'>]>"
		      "<a/>" } },
		    "V0107" },
		{ { { "a.xml", "<!DOCTYPE a><a/>" } }, "read" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(read_codes(rows[i].files, 3), rows[i].codes,
		    "row %zu: %s", i, rows[i].files[0].text);
}

/* Many attributes reach libxml2 by no way: not through an entity file. */
static void
entity_files_are_looked_at_too(void)
{
	char *many = expand("<b@/>", 5000);
	struct files files[] = {
		{ "a.xml",
		    "<!DOCTYPE a [<!ENTITY e SYSTEM 'e.ent'>]><a>&e;</a>" },
		{ "e.ent", many },
	};

	alarm(600);
	CHECK_TEXT(read_codes(files, 2), "V0108", "an entity file");
	files[0] = (struct files){ "a.xml", many };
	CHECK_TEXT(read_codes(files, 1), "V0108", "the file itself");
	alarm(0);
	free(many);
}

/* Elements know where they stand: line and column of their '<'. */
static void
elements_know_their_place(void)
{
	static const char text[] = "<?xml version='1.0'?>\n"
				   "<a x='>'\n"
				   "   y='ñ'>ñ <b/>\n"
				   "  <!-- <b/> --><b\n"
				   "/>&e;<b></b></a>\n";
	static const uint32_t lines[] = { 2, 3, 4, 5 };
	static const uint32_t columns[] = { 1, 12, 16, 6 };
	char *folder = unit_folder_new();
	struct file_root root;
	struct sources sources = { 0 };
	struct diag diag = { .sources = &sources };
	struct xml_reader reader;
	struct book book = { 0 };
	struct buf document = { 0 };
	size_t i = 0;

	buf_add_text(&document, text);
	/* No entity in this one. */
	memcpy(strstr(document.data, "&e;"), "...", 3);
	unit_write(folder, "a.xml", document.data);
	assert_int_equal(file_root_open(&root, folder), 0);
	xml_reader_init(&reader, &root, &sources, &diag);
	book.doc = xml_read(&reader, &book, "a.xml", (struct place){ 0 });
	assert_non_null(book.doc);
	for (xmlNode *node = xmlDocGetRootElement(book.doc); node != NULL;
	     node = node_walk(node, xmlDocGetRootElement(book.doc), true)) {
		struct place place;
		struct position at;

		CHECK(node->type != XML_COMMENT_NODE &&
			node->type != XML_PI_NODE,
		    "comments and instructions are dropped");
		if (node->type != XML_ELEMENT_NODE)
			continue;
		place = book_place(&book, node);
		at = source_position(sources_get(&sources, place.file),
		    place.offset);
		if (!CHECK(i < COUNT(lines), "too many elements"))
			break;
		CHECK(at.line == lines[i] && at.column == columns[i],
		    "element %zu: %u:%u", i, at.line, at.column);
		i++;
	}
	CHECK(i == COUNT(lines), "%zu elements", i);
	buf_clear(&document);
	book_clear(&book);
	xml_reader_clear(&reader);
	file_root_close(&root);
	sources_clear(&sources);
	unit_remove(folder);
}

static int
start(void **state)
{
	(void)state;
	xml_library_start();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(attributes_are_counted),
		UNIT(the_size_of_a_tag_is_limited),
		UNIT(hostile_bytes_take_no_time),
		UNIT(the_reader_reads_or_says_why),
		UNIT(entity_files_are_looked_at_too),
		UNIT(elements_know_their_place),
	};

	return cmocka_run_group_tests_name("load/attribute_flood", tests, start,
	    NULL);
}
