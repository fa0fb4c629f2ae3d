#include "unit.h"

#include <libxml/parser.h>

#include "base/buf.h"
#include "schema/schema.h"

#define RNG "xmlns='http://relaxng.org/ns/structure/1.0' "
#define XSD "datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes' "

/* A file that a schema includes; the list ends with a NULL name. */
struct file {
	const char *name;
	const char *text;
};

static bool
open_file(void *context, const char *href, const char **bytes, size_t *size)
{
	for (const struct file *file = context; file->name != NULL; file++)
		if (strcmp(file->name, href) == 0) {
			*bytes = file->text;
			*size = strlen(file->text);
			return true;
		}
	return false;
}

static xmlDoc *
parse(const char *text)
{
	xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), "doc.xml", NULL,
	    XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR |
		XML_PARSE_NOWARNING);

	if (doc == NULL)
		fail_msg("not well-formed: %s", text);
	return doc;
}

static struct schema *
read_text(const char *text, struct schema_fault *fault)
{
	struct file files[] = { { "main", text }, { NULL, NULL } };

	return schema_read("main", open_file, files, fault);
}

static size_t
count_errors(struct schema *schema, const char *text)
{
	xmlDoc *doc = parse(text);
	size_t count =
	    schema_validate(schema, xmlDocGetRootElement(doc), NULL, NULL);

	xmlFreeDoc(doc);
	return count;
}

/* --- what is allowed --- */

static const struct {
	const char *schema;
	const char *valid[4];
	const char *invalid[6];
} rows[] = {
	{ "<element name='a' " RNG "><empty/></element>",
	    { "<a/>", "<a> </a>" },
	    { "<b/>", "<a>x</a>", "<a b=''/>", "<a xmlns='u'/>" } },
	{ "<element name='a' ns='u' " RNG "><text/></element>",
	    { "<a xmlns='u'/>", "<p:a xmlns:p='u'>x</p:a>" },
	    { "<a/>", "<a xmlns='v'/>" } },
	{ "<element name='a' " RNG "><optional><attribute name='b'/></optional>"
	  "<element name='c'><empty/></element></element>",
	    { "<a b='1'><c/></a>", "<a><c/></a>", "<a> <c/>\n</a>" },
	    { "<a/>", "<a><c/><c/></a>", "<a>x<c/></a>", "<a c=''><c/></a>",
		"<a><c b=''/></a>" } },
	{ "<element name='a' " RNG "><interleave>"
	  "<element name='b'><empty/></element>"
	  "<zeroOrMore><element name='c'><empty/></element></zeroOrMore>"
	  "<optional><element name='d'><empty/></element></optional>"
	  "</interleave></element>",
	    { "<a><b/></a>", "<a><c/><b/><c/><d/><c/></a>",
		"<a><d/><c/><b/></a>" },
	    { "<a/>", "<a><b/><b/></a>", "<a><b/><d/><d/></a>", "<a><c/></a>",
		"<a><b/>x</a>" } },
	{ "<element name='a' " RNG "><mixed><zeroOrMore>"
	  "<element name='b'><text/></element></zeroOrMore></mixed></element>",
	    { "<a>x<b>y</b>z</a>", "<a/>", "<a><![CDATA[x]]><b/></a>" },
	    { "<a><c/></a>", "<a b=''/>" } },
	/* which of two contents it is, only the end tells */
	{ "<element name='a' " RNG "><choice>"
	  "<group><element name='b'><text/></element>"
	  "<element name='c'><empty/></element></group>"
	  "<group><element name='b'><element name='x'><empty/></element>"
	  "</element><element name='d'><empty/></element></group>"
	  "</choice></element>",
	    { "<a><b>t</b><c/></a>", "<a><b><x/></b><d/></a>" },
	    { "<a><b>t</b><d/></a>", "<a><b><x/></b><c/></a>",
		"<a><b/><d/></a>" } },
	/* attributes decide the content */
	{ "<element name='a' " RNG "><choice>"
	  "<group><attribute name='k'><value>1</value></attribute>"
	  "<element name='b'><empty/></element></group>"
	  "<group><attribute name='k'><value>2</value></attribute>"
	  "<element name='c'><empty/></element></group>"
	  "</choice></element>",
	    { "<a k='1'><b/></a>", "<a k=' 2 '><c/></a>" },
	    { "<a k='1'><c/></a>", "<a k='3'><b/></a>", "<a><b/></a>" } },
	{ "<element " RNG "><anyName><except><nsName ns='u'/>"
	  "<name>z</name></except></anyName><zeroOrMore><attribute>"
	  "<nsName ns='v'><except><name ns='v'>y</name></except></nsName>"
	  "</attribute></zeroOrMore></element>",
	    { "<a/>", "<a xmlns:v='v' v:x='' v:q=''/>", "<a xmlns='w'/>" },
	    { "<z/>", "<a xmlns='u'/>", "<a xmlns:v='v' v:y=''/>",
		"<a x=''/>" } },
	{ "<element name='a' " RNG XSD "><list><oneOrMore>"
	  "<data type='integer'/></oneOrMore><value>end</value></list>"
	  "</element>",
	    { "<a>1 22 end</a>", "<a>\n-7\tend </a>" },
	    { "<a>end</a>", "<a>1</a>", "<a/>", "<a>1 end end</a>",
		"<a>1;2 end</a>" } },
	{ "<element name='a' " RNG XSD "><data type='token'>"
	  "<param name='pattern'>[a-c]+</param>"
	  "<param name='maxLength'>3</param>"
	  "<except><value>abc</value><value>c</value></except></data>"
	  "</element>",
	    { "<a>ab</a>", "<a> cba </a>" },
	    { "<a>abc</a>", "<a>c</a>", "<a>abca</a>", "<a>d</a>", "<a/>" } },
	{ "<element name='a' " RNG XSD "><choice><data type='date'/>"
	  "<value type='decimal'>1.50</value>"
	  "<element name='b'><empty/></element></choice></element>",
	    { "<a>2024-02-29</a>", "<a>01.5</a>", "<a> <b/> </a>" },
	    { "<a>2023-02-29</a>", "<a>1.51</a>", "<a/>", "<a>x<b/></a>",
		"<a><b/><b/></a>" } },
	{ "<grammar " RNG "><start><ref name='s'/></start>"
	  "<define name='s'><element name='s'><zeroOrMore><ref name='s'/>"
	  "</zeroOrMore></element></define></grammar>",
	    { "<s/>", "<s><s><s/></s><s/></s>" },
	    { "<s><t/></s>", "<s><s>x</s></s>" } },
	{ "<grammar " RNG "><start combine='choice'><element name='a'><empty/>"
	  "</element></start><start combine='choice'><element name='b'>"
	  "<ref name='t'/></element></start>"
	  "<define name='t' combine='interleave'><attribute name='x'/></define>"
	  "<div><define name='t'><attribute name='y'/></define></div>"
	  "</grammar>",
	    { "<a/>", "<b y='' x=''/>" },
	    { "<b/>", "<b x=''/>", "<a x=''/>" } },
	{ "<grammar " RNG "><start><grammar><start><element name='a'>"
	  "<parentRef name='t'/><ref name='t'/></element></start>"
	  "<define name='t'><attribute name='in'/></define></grammar></start>"
	  "<define name='t'><attribute name='out'/></define></grammar>",
	    { "<a in='' out=''/>" }, { "<a in=''/>", "<a out=''/>" } },
	{ "<element name='a' " RNG "><choice><notAllowed/>"
	  "<element name='b'><notAllowed/></element>"
	  "<element name='c'><empty/></element></choice></element>",
	    { "<a><c/></a>" }, { "<a><b/></a>", "<a/>" } },
};

static void
test_what_is_allowed(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct schema_fault fault = { 0 };
		struct schema *schema = read_text(rows[i].schema, &fault);

		if (!CHECK(schema != NULL, "%s: %s", rows[i].schema,
			fault.text))
			continue;
		for (size_t j = 0; j < 4 && rows[i].valid[j] != NULL; j++)
			CHECK(count_errors(schema, rows[i].valid[j]) == 0,
			    "%s refuses %s", rows[i].schema, rows[i].valid[j]);
		for (size_t j = 0; j < 6 && rows[i].invalid[j] != NULL; j++)
			CHECK(count_errors(schema, rows[i].invalid[j]) > 0,
			    "%s takes %s", rows[i].schema, rows[i].invalid[j]);
		schema_free(schema);
	}
}

/* --- several files --- */

static void
test_include(void)
{
	struct file files[] = {
		{ "main",
		    "<grammar " RNG "><include href='sub/x' ns='u'>"
		    "<start><ref name='b'/></start>"
		    "<define name='c'><text/></define></include>"
		    "<define name='b' combine='choice'><externalRef "
		    "href='y'/></define></grammar>" },
		{ "sub/x",
		    "<grammar " RNG "><start><ref name='c'/></start>"
		    "<include href='z'/><define name='c'><empty/></define>"
		    "</grammar>" },
		{ "sub/z",
		    "<grammar " RNG "><define name='b' combine='choice'>"
		    "<element name='b'><ref name='c'/></element></define>"
		    "</grammar>" },
		{ "y", "<element name='y' " RNG "><empty/></element>" },
		{ NULL, NULL },
	};
	struct schema_fault fault = { 0 };
	struct schema *schema = schema_read("main", open_file, files, &fault);

	if (!CHECK(schema != NULL, "%s: %s", fault.file, fault.text))
		return;
	CHECK(count_errors(schema, "<b xmlns='u'>x</b>") == 0, "overridden");
	CHECK(count_errors(schema, "<y/>") == 0, "external");
	CHECK(count_errors(schema, "<b/>") == 1, "inherited namespace");
	schema_free(schema);
}

/* --- schemas that are none --- */

static void
test_bad_schemas(void)
{
	static const struct {
		const char *schema;
		const char *fault;
	} bad[] = {
		{ "<grammar " RNG "><start><ref name='x'/></start></grammar>",
		    "x is defined nowhere" },
		{ "<grammar " RNG "><start><ref name='x'/></start>"
		  "<define name='x'><choice><element name='a'><empty/>"
		  "</element><ref name='x'/></choice></define></grammar>",
		    "x holds itself without an element between" },
		{ "<element name='a' " RNG XSD "><data type='dat'/></element>",
		    "XML Schema has no such data type" },
		{ "<element name='a' " RNG "><data type='token' "
		  "datatypeLibrary='http://example.org/x'/></element>",
		    "this library of data types is not known" },
		{ "<element name='a' " RNG XSD "><data type='integer'>"
		  "<param name='minimum'>1</param></data></element>",
		    "the data type takes no such parameter" },
		{ "<element name='a' " RNG XSD
		  "><value type='date'>2023-02-29</value></element>",
		    "the value is no date" },
		{ "<element name='a' " RNG "><externalRef href='none'/>"
		  "</element>",
		    "there is no file none" },
		{ "<grammar " RNG "><include href='main'/></grammar>",
		    "main includes itself" },
		{ "<a/>", "a is no element of RELAX NG" },
		{ "<element name='a' " RNG "><x xmlns='y'/></element>",
		    "element has 0 in it" },
		{ "<grammar " RNG "/>", "the grammar has no start" },
		{ "<element name='a'", "main is not well-formed" },
		{ "<element name='p:a' " RNG "><empty/></element>",
		    "the prefix of p:a is not declared" },
		{ "<element name='a' " RNG "><attribute name='b'><element "
		  "name='c'><empty/></element></attribute></element>",
		    "an attribute holds an element or attribute" },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct schema_fault fault = { 0 };
		struct schema *schema = read_text(bad[i].schema, &fault);

		CHECK(schema == NULL, "%s is read", bad[i].schema);
		CHECK_TEXT(fault.text, bad[i].fault, "%s", bad[i].schema);
		CHECK_TEXT(fault.file, "main", "%s", bad[i].schema);
		schema_free(schema);
	}
}

/* What nobody writes: it ends in one fault, not in the stack or the memory. */
static void
test_hostile_schemas(void)
{
	static const struct {
		const char *start;
		const char *each;
		size_t count;
		const char *fault;
	} hostile[] = {
		{ "<element name='a' " RNG ">", "<group>", 100000,
		    "main is not well-formed" },
		{ "<element name='a' " RNG ">", "<group>", 240,
		    "nested more than 200 deep" },
		{ "<element name='a' " RNG "><value>", "0123456789", 1000000,
		    NULL },
		{ "<element name='a' " RNG "><attribute name='", "abcdefghij",
		    1000000, "main is not well-formed" },
	};

	for (size_t i = 0; i < COUNT(hostile); i++) {
		struct schema_fault fault = { 0 };
		struct buf text = { 0 };
		struct schema *schema;

		buf_add_text(&text, hostile[i].start);
		for (size_t j = 0; j < hostile[i].count; j++)
			buf_add_text(&text, hostile[i].each);
		for (size_t j = 0; hostile[i].each[0] == '<' && j < 240; j++)
			buf_add_text(&text, "</group>");
		buf_add_text(&text,
		    hostile[i].each[0] == '<' ? "</element>"
			: i == 2              ? "</value></element>"
					      : "'/></element>");
		schema = read_text(buf_text(&text), &fault);
		CHECK((schema != NULL) == (hostile[i].fault == NULL), "%zu: %s",
		    i, fault.text);
		if (hostile[i].fault != NULL)
			CHECK(strstr(fault.text, hostile[i].fault) != NULL,
			    "%zu: %s", i, fault.text);
		schema_free(schema);
		buf_clear(&text);
	}
}

/* --- what is told --- */

struct told {
	char text[512];
	size_t used;
};

static void
add_word(struct told *told, const char *sign, const char *word)
{
	told->used += (size_t)snprintf(told->text + told->used,
	    sizeof(told->text) - told->used, "%s%s", sign, word);
}

/* "KIND node @attribute -missing +expected ?nearest =value" for each. */
static void
tell(void *context, const struct schema_error *error)
{
	static const char *const kinds[] = { "unknown", "misplaced", "early",
		"incomplete", "content", "text", "attribute", "value", "lacks",
		"large" };
	struct told *told = context;

	add_word(told, told->used > 0 ? ", " : "", kinds[error->kind]);
	add_word(told, " ", (const char *)error->node->name);
	if (error->attribute != NULL)
		add_word(told, " @", (const char *)error->attribute->name);
	for (size_t i = 0; i < error->missing.count; i++)
		add_word(told, " -", error->missing.items[i].local);
	for (size_t i = 0; i < error->expected.count; i++)
		add_word(told, " +", error->expected.items[i].local);
	if (error->nearest.local != NULL)
		add_word(told, " ?", error->nearest.local);
	for (size_t i = 0; i < error->value_count; i++)
		add_word(told, " =", error->values[i]);
	for (size_t i = 0; i < error->type_count; i++)
		add_word(told, " :", error->types[i]);
}

static const char book_schema[] =
    "<grammar " RNG XSD "><start><element name='book'>"
    "<optional><attribute name='kind'><choice><value>law</value>"
    "<value>guide</value></choice></attribute></optional>"
    "<optional><attribute name='lang'><data type='NCName'/></attribute>"
    "</optional>"
    "<element name='title'><text/></element>"
    "<oneOrMore><choice><ref name='para'/><ref name='list'/></choice>"
    "</oneOrMore></element></start>"
    "<define name='para'><element name='para'><mixed><zeroOrMore>"
    "<element name='link'><choice><attribute name='to'/>"
    "<attribute name='href'/></choice><text/></element></zeroOrMore></mixed>"
    "</element></define>"
    "<define name='list'><element name='list'><oneOrMore>"
    "<element name='item'><oneOrMore><choice><ref name='para'/>"
    "<element name='date'><data type='date'/></element></choice></oneOrMore>"
    "</element></oneOrMore></element></define></grammar>";

static void
test_what_is_told(void)
{
	static const struct {
		const char *text;
		const char *told;
	} tellings[] = {
		{ "<book><title/><para/></book>", "" },
		{ "<book><para/></book>", "early para -title +title" },
		{ "<book><title/></book>", "incomplete book +para +list" },
		{ "<book/>", "incomplete book -title +title" },
		{ "<book><title/><paar>x</paar></book>",
		    "unknown paar +para +list ?para" },
		{ "<book><title/><item><zip/></item><para/></book>",
		    "misplaced item +para +list, "
		    "unknown zip +para +date" },
		{ "<book><title/><list>a<item>b</item>c</list></book>",
		    "text list -item +item, text item +para +date" },
		{ "<book><title/><list><item/><item/></list></book>",
		    "incomplete item +para +date, "
		    "incomplete item +para +date" },
		{ "<book><title><b/></title><para/></book>", "unknown b" },
		{ "<book knid='law' lang='a b'><title/><para/></book>",
		    "attribute book @knid +kind ?kind, "
		    "value book @lang :NCName" },
		{ "<book kind='lex'><title/><para/></book>",
		    "value book @kind =law =guide" },
		{ "<book><title/><para><link/></para></book>",
		    "lacks link +to +href" },
		{ "<book><title/><list><item><date>1/1/20</date></item></list>"
		  "</book>",
		    "content date :date" },
		{ "<x><para><zip/></para></x>",
		    "unknown x -book +book, unknown zip +link" },
		{ "<book xmlns='urn:x'/>", "unknown book -book +book ?book" },
	};
	struct schema_fault fault = { 0 };
	struct schema *schema = read_text(book_schema, &fault);

	if (!CHECK(schema != NULL, "%s", fault.text))
		return;
	for (size_t i = 0; i < COUNT(tellings); i++) {
		xmlDoc *doc = parse(tellings[i].text);
		struct told told = { .used = 0 };

		schema_validate(schema, xmlDocGetRootElement(doc), tell, &told);
		CHECK_TEXT(told.text, tellings[i].told, "%s", tellings[i].text);
		xmlFreeDoc(doc);
	}
	schema_free(schema);
}

/* --- large and hostile --- */

static xmlDoc *
many(const char *start, const char *each, size_t count, const char *end)
{
	struct buf text = { 0 };
	xmlDoc *doc;

	buf_add_text(&text, start);
	for (size_t i = 0; i < count; i++)
		buf_add_text(&text, each);
	buf_add_text(&text, end);
	doc = xmlReadMemory(text.data, (int)text.size, "doc.xml", NULL,
	    XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_HUGE);
	assert_non_null(doc);
	buf_clear(&text);
	return doc;
}

static void
test_large(void)
{
	static const struct {
		const char *start;
		const char *each;
		size_t count;
		const char *end;
		size_t errors;
	} large[] = {
		{ "<book><title/>", "<para/>", 200000, "</book>", 0 },
		{ "<book><title/>", "<oops/>", 30000, "<para/></book>", 30000 },
		{ "<book><title/><para>", "<link to='x'/>word ", 100000,
		    "</para></book>", 0 },
		{ "<book lang='", "abcdefghij", 1000000,
		    "'><title/><para/></book>", 0 },
		{ "<book><title/><para>", "<a xmlns='urn:a'>", 5000, "", 1 },
	};
	struct schema_fault fault = { 0 };
	struct schema *schema = read_text(book_schema, &fault);

	for (size_t i = 0; i < COUNT(large); i++) {
		struct buf end = { 0 };
		xmlDoc *doc;

		for (size_t j = 0;
		     large[i].end[0] == '\0' && j < large[i].count; j++)
			buf_add_text(&end, "</a>");
		buf_add_text(&end,
		    large[i].end[0] != '\0' ? large[i].end : "</para></book>");
		doc = many(large[i].start, large[i].each, large[i].count,
		    buf_text(&end));
		CHECK(schema_validate(schema, xmlDocGetRootElement(doc), NULL,
			  NULL) == large[i].errors,
		    "%s", large[i].each);
		buf_clear(&end);
		xmlFreeDoc(doc);
	}
	CHECK(schema_size(schema).states < 100, "%zu states",
	    schema_size(schema).states);
	schema_free(schema);
}

static size_t told_as_too_large;

static void
note_large(void *context, const struct schema_error *error)
{
	(void)context;
	told_as_too_large += error->kind == SCHEMA_TOO_LARGE;
}

/* Every subset of thirty elements is a state: more than there may be. */
static void
test_too_many_states(void)
{
	struct buf text = { 0 };
	struct buf doc_text = { 0 };
	struct schema_fault fault = { 0 };
	struct schema *schema;
	uint32_t random = 1;
	xmlDoc *doc;

	buf_add_text(&text,
	    "<element name='all' " RNG "><oneOrMore><element name='one'>"
	    "<interleave>");
	for (int i = 0; i < 30; i++)
		buf_add_format(&text,
		    "<optional><element name='e%d'><empty/></element>"
		    "</optional>",
		    i);
	buf_add_text(&text, "</interleave></element></oneOrMore></element>");
	schema = read_text(text.data, &fault);
	if (!CHECK(schema != NULL, "%s", fault.text))
		return;
	buf_add_text(&doc_text, "<all>");
	for (int i = 0; i < 40000; i++) {
		buf_add_text(&doc_text, "<one>");
		for (int j = 0; j < 30; j++) {
			random = random * 1664525 + 1013904223;
			if ((random >> 24) % 2 == 0)
				buf_add_format(&doc_text, "<e%d/>", j);
		}
		buf_add_text(&doc_text, "</one>");
	}
	buf_add_text(&doc_text, "</all>");
	doc = parse(doc_text.data);
	told_as_too_large = 0;
	schema_validate(schema, xmlDocGetRootElement(doc), note_large, NULL);
	CHECK(told_as_too_large == 1, "told %zu times", told_as_too_large);
	xmlFreeDoc(doc);
	schema_free(schema);
	buf_clear(&text);
	buf_clear(&doc_text);
}

/* --- James Clark's test suite, if RNGSPEC names it --- */

static char *
text_of(const xmlNode *node)
{
	xmlBuffer *buffer = xmlBufferCreate();
	const xmlNode *child = xmlFirstElementChild((xmlNode *)node);
	char *text;

	xmlNodeDump(buffer, node->doc, (xmlNode *)child, 0, 0);
	text = mem_dup((const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
	return text;
}

static bool
is_called(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)node->name, name) == 0;
}

struct spec {
	struct file files[16];
	size_t count;
	size_t cases;
	size_t unsupported;
};

static void
add_resources(struct spec *spec, const xmlNode *node, const char *folder)
{
	for (const xmlNode *c = node->children; c != NULL; c = c->next) {
		bool is_dir = is_called(c, "dir");
		xmlChar *name;
		char *path;

		if (!is_dir && !is_called(c, "resource"))
			continue;
		name = xmlGetNoNsProp((xmlNode *)c, BAD_CAST "name");
		path = mem_format("%s%s%s", folder, (char *)name,
		    is_dir ? "/" : "");
		xmlFree(name);
		if (is_dir) {
			add_resources(spec, c, path);
			free(path);
		} else
			spec->files[spec->count++] =
			    (struct file){ path, text_of(c) };
	}
}

static void
check_documents(const xmlNode *test, struct schema *schema)
{
	for (const xmlNode *c = test->children; c != NULL; c = c->next) {
		bool is_valid = is_called(c, "valid");
		char *text;

		if (!is_valid && !is_called(c, "invalid"))
			continue;
		text = text_of(c);
		CHECK((count_errors(schema, text) == 0) == is_valid,
		    "line %ld: %s is wrongly judged", xmlGetLineNo(c), text);
		free(text);
	}
}

static void
check_case(struct spec *spec, const xmlNode *test)
{
	struct schema_fault fault = { 0 };
	struct schema *schema;
	const xmlNode *c = test->children;
	bool is_correct;

	while (!is_called(c, "correct") && !is_called(c, "incorrect"))
		c = c->next;
	is_correct = is_called(c, "correct");
	spec->count = 0;
	spec->cases++;
	spec->files[spec->count++] =
	    (struct file){ mem_dup("main"), text_of(c) };
	add_resources(spec, test, "");
	schema = schema_read("main", open_file, spec->files, &fault);
	if (strstr(fault.text, "is not supported") != NULL)
		spec->unsupported++;
	else
		CHECK((schema != NULL) == is_correct, "line %ld: %s",
		    xmlGetLineNo(c),
		    schema != NULL ? "an incorrect schema is read"
				   : fault.text);
	if (schema != NULL && is_correct)
		check_documents(test, schema);
	schema_free(schema);
	for (size_t i = 0; i < spec->count; i++) {
		free((char *)spec->files[i].name);
		free((char *)spec->files[i].text);
	}
}

static void
check_suite(struct spec *spec, const xmlNode *suite)
{
	for (const xmlNode *c = suite->children; c != NULL; c = c->next)
		if (is_called(c, "testSuite"))
			check_suite(spec, c);
		else if (is_called(c, "testCase"))
			check_case(spec, c);
}

static void
test_specification(void)
{
	const char *path = getenv("RNGSPEC");
	struct spec spec = { 0 };
	xmlDoc *doc;

	if (path == NULL)
		skip();
	doc = xmlReadFile(path, NULL, XML_PARSE_NOENT | XML_PARSE_NONET);
	assert_non_null(doc);
	check_suite(&spec, xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	printf("%zu cases, %zu with what is not supported\n", spec.cases,
	    spec.unsupported);
	CHECK(spec.cases == 385, "%zu cases", spec.cases);
	CHECK(spec.unsupported == 3, "%zu unsupported", spec.unsupported);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(test_what_is_allowed),
		UNIT(test_include),
		UNIT(test_bad_schemas),
		UNIT(test_hostile_schemas),
		UNIT(test_what_is_told),
		UNIT(test_large),
		UNIT(test_too_many_states),
		UNIT(test_specification),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
