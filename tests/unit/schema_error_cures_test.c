/*
 * Every row of schema_error_cures.def: the slip has that cure, in both languages, and what
 * the cure says is valid.
 */
#include "unit.h"

#include <libxml/parser.h>

#include "schema/schema.h"
#include "syntax/schema_error_cures.h"

static const char head[] =
    "<section xmlns='http://docbook.org/ns/docbook' "
    "xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:v='urn:vademecum:1' "
    "version='5.0'>";

struct cures {
	char *text[DIAG_LANGUAGES]; /* of the first error */
	char namespace[64];
};

static void
take_first(void *context, const struct schema_error *error)
{
	struct cures *cures = context;
	const char *namespace = schema_error_namespace(error);

	if (cures->text[DIAG_EN] != NULL || cures->namespace[0] != '\0')
		return;
	cures->text[DIAG_EN] = schema_error_cure(error, DIAG_EN);
	cures->text[DIAG_ES] = schema_error_cure(error, DIAG_ES);
	snprintf(cures->namespace, sizeof(cures->namespace), "%s",
	    namespace != NULL ? namespace : "-");
}

/* The number of errors of a section with this content, or of a whole file. */
static size_t
validate(struct schema *schema, const char *content, struct cures *cures)
{
	bool is_whole = strncmp(content, "<section xmlns", 14) == 0;
	char *text = is_whole ? mem_dup(content)
			      : mem_format("%s%s</section>", head, content);
	xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), "a.xml", NULL,
	    XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	size_t count = 1000;

	if (CHECK(doc != NULL, "not well-formed: %s", text))
		count = schema_validate(schema, xmlDocGetRootElement(doc),
		    take_first, cures);
	xmlFreeDoc(doc);
	free(text);
	return count;
}

static const struct {
	const char *slip;
	const char *cure; /* how it begins */
	const char *mended;
} rows[] = {
#define TITLE "<title>T</title>"
#define STEP "<step><para>x</para></step>"
	/* HTML */
	{ TITLE "<para><b>x</b></para>", "write <emphasis role=\"strong\">",
	    TITLE "<para><emphasis role='strong'>x</emphasis></para>" },
	{ TITLE "<para><strong>x</strong></para>",
	    "write <emphasis role=\"strong\">",
	    TITLE "<para><emphasis role='strong'>x</emphasis></para>" },
	{ TITLE "<para><i>x</i></para>", "write <emphasis>…",
	    TITLE "<para><emphasis>x</emphasis></para>" },
	{ TITLE "<para><u>x</u></para>", "write <emphasis role=\"underline\">",
	    TITLE "<para><emphasis role='underline'>x</emphasis></para>" },
	{ TITLE "<p>x</p>", "write <para>", TITLE "<para>x</para>" },
	{ TITLE "<itemizedlist><p>x</p></itemizedlist>",
	    "write <listitem><para>",
	    TITLE "<itemizedlist><listitem><para>x</para></listitem></"
		  "itemizedlist>" },
	{ TITLE "<ul><li>x</li></ul>", "write <itemizedlist>",
	    TITLE "<itemizedlist><listitem><para>x</para></listitem></"
		  "itemizedlist>" },
	{ TITLE "<ol><li>x</li></ol>", "write <orderedlist>",
	    TITLE
	    "<orderedlist><listitem><para>x</para></listitem></orderedlist>" },
	{ TITLE "<dl><dt>x</dt></dl>", "write <variablelist>",
	    TITLE "<variablelist><varlistentry><term>x</term><listitem>"
		  "<para>x</para></listitem></varlistentry></variablelist>" },
	{ TITLE "<itemizedlist><li>x</li></itemizedlist>",
	    "write <listitem><para>",
	    TITLE "<itemizedlist><listitem><para>x</para></listitem></"
		  "itemizedlist>" },
	{ TITLE "<para><a href='b'>x</a></para>", "write <link xlink:href=",
	    TITLE "<para><link xlink:href='b'>x</link></para>" },
	{ TITLE "<para><ulink url='b'>x</ulink></para>",
	    "write <link xlink:href=",
	    TITLE "<para><link xlink:href='b'>x</link></para>" },
	{ TITLE "<img src='a.png'/>", "write <mediaobject>",
	    TITLE "<mediaobject><alt>x</alt><imageobject><imagedata "
		  "fileref='a.png'/></imageobject></mediaobject>" },
	{ "<title>T<img src='a.png'/></title><para/>",
	    "write <inlinemediaobject>",
	    "<title>T<inlinemediaobject><alt>x</alt><imageobject><imagedata "
	    "fileref='a.png'/></imageobject></inlinemediaobject></title>"
	    "<para/>" },
	{ "<h1>T</h1><para>x</para>", "write <title>", TITLE "<para>x</para>" },
	{ TITLE "<para>x</para><h2>B</h2>", "begin a section",
	    TITLE "<para>x</para><section><title>B</title><para/></section>" },
	{ TITLE "<para>a<br/>b</para>", "delete it",
	    TITLE "<para>a</para><para>b</para>" },
	{ TITLE "<div><para>x</para></div>", "delete it, or write <section>",
	    TITLE "<para>x</para>" },
	{ TITLE "<para><span>x</span></para>", "delete it, or write <phrase",
	    TITLE "<para><phrase>x</phrase></para>" },
	{ TITLE "<para>x<sub>2</sub></para>", "write <subscript>",
	    TITLE "<para>x<subscript>2</subscript></para>" },
	{ TITLE "<pre>x</pre>", "write <literallayout>",
	    TITLE "<literallayout>x</literallayout>" },
	/* other DocBooks */
	{ "<sectioninfo/>" TITLE "<para/>", "since DocBook 5.0",
	    "<info>" TITLE "</info><para/>" },
	{ TITLE "<topic><title>B</title></topic>", "write <section>",
	    TITLE "<section><title>B</title><para/></section>" },
	/* in another place */
	{ TITLE "<task><title>T</title>" STEP "</task>", "put all steps",
	    TITLE "<task><title>T</title><procedure>" STEP
		  "</procedure></task>" },
	{ TITLE "<procedure><step><para>a</para>" STEP "</step></procedure>",
	    "put the inner steps",
	    TITLE "<procedure><step><para>a</para><substeps>" STEP
		  "</substeps></step></procedure>" },
	{ TITLE "<listitem><para>x</para></listitem>", "put all items",
	    TITLE "<itemizedlist><listitem><para>x</para></listitem></"
		  "itemizedlist>" },
	{ TITLE
	    "<itemizedlist><listitem><para>x</para></listitem><para>x</para>"
	    "</itemizedlist>",
	    "write <listitem><para>",
	    TITLE "<itemizedlist><listitem><para>x</para></listitem><listitem>"
		  "<para>x</para></listitem></itemizedlist>" },
	{ TITLE "<procedure>" STEP "<para>x</para></procedure>",
	    "write <step><para>",
	    TITLE "<procedure>" STEP STEP "</procedure>" },
	{ TITLE "<section><title>B</title><para/></section><para>x</para>",
	    "move it up, before the first section of <section>",
	    TITLE "<para>x</para><section><title>B</title><para/></section>" },
	{ TITLE "<para>x</para><title>B</title>",
	    "<section> has a title already",
	    TITLE "<para>x</para><section><title>B</title><para/></section>" },
	{ TITLE "<para>a<para>b</para></para>", "end the paragraph before",
	    TITLE "<para>a</para><para>b</para>" },
	{ "<title><para>T</para></title><para/>", "delete <para> and </para>",
	    TITLE "<para/>" },
	/* missing */
	{ "<para>x</para>", "write <title>", TITLE "<para>x</para>" },
	{ TITLE "<procedure/>", "write its steps inside it",
	    TITLE "<procedure>" STEP "</procedure>" },
	{ TITLE "<itemizedlist/>", "write <listitem><para>",
	    TITLE "<itemizedlist><listitem><para>x</para></listitem></"
		  "itemizedlist>" },
	{ TITLE "<procedure><step/></procedure>", "write what is to be done",
	    TITLE "<procedure>" STEP "</procedure>" },
	/* words */
	{ TITLE "<procedure><step>x</step></procedure>",
	    "write it as a paragraph",
	    TITLE "<procedure>" STEP "</procedure>" },
	{ TITLE "<procedure>x" STEP "</procedure>", "write <step><para>",
	    TITLE "<procedure>" STEP STEP "</procedure>" },
	/* attributes */
	{ TITLE "<para id='a'>x</para>",
	    "write xml:id=", TITLE "<para xml:id='a'>x</para>" },
	{ TITLE "<para lang='es'>x</para>",
	    "write xml:lang=", TITLE "<para xml:lang='es'>x</para>" },
	{ TITLE "<para><link href='b'>x</link></para>", "write xlink:href=",
	    TITLE "<para><link xlink:href='b'>x</link></para>" },
	{ TITLE "<para class='b'>x</para>", "delete it; a note is written",
	    TITLE "<para role='b'>x</para>" },
	{ TITLE "<para style='color:red'>x</para>", "delete it",
	    TITLE "<para role='b'>x</para>" },
	{ TITLE "<procedure><step actor='a'><para/></step></procedure>",
	    "write v:actor",
	    TITLE "<procedure><step v:actor='a'><para/></step></procedure>" },
	{ TITLE "<para xml:id='FAIR 03'>x</para>", "write xml:id=\"FAIR-03\"",
	    TITLE "<para xml:id='FAIR-03'>x</para>" },
	{ TITLE "<para><xref linkend='#a'/></para>", "write linkend=\"a\"",
	    TITLE "<para><xref linkend='a'/></para>" },
	/* namespaces */
	{ "<section xmlns='http://docbook.org/docbook'>" TITLE
	  "<para/></section>",
	    "write xmlns=\"http://docbook.org/ns/docbook\"", TITLE "<para/>" },
	{ "<section xmlns='http://docbook.org/ns/docbook' "
	  "xmlns:v='urn:vademecum:2' version='5.0'>" TITLE
	  "<procedure><step v:actor='a'><para/></step></procedure></section>",
	    "write xmlns:v=\"urn:vademecum:1\"",
	    TITLE "<procedure><step v:actor='a'><para/></step></procedure>" },
};

static struct schema *
read_schema(void)
{
	struct schema_fault fault;
	struct schema *schema = schema_read("manual.rng", NULL, NULL, &fault);

	CHECK(schema != NULL, "%s:%u: %s", fault.file, fault.line, fault.text);
	return schema;
}

static void
free_cures(struct cures *cures)
{
	free(cures->text[DIAG_EN]);
	free(cures->text[DIAG_ES]);
}

static void
slips_have_their_cure(void)
{
	struct schema *schema = read_schema();

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cures cures = { 0 };
		const char *cure;

		CHECK(validate(schema, rows[i].slip, &cures) > 0,
		    "row %zu is valid: %s", i, rows[i].slip);
		cure = cures.text[DIAG_EN] ? cures.text[DIAG_EN] : "none";
		CHECK(strncmp(cure, rows[i].cure, strlen(rows[i].cure)) == 0,
		    "row %zu: %s: got %s", i, rows[i].slip, cure);
		CHECK(cures.text[DIAG_ES] != NULL &&
			strcmp(cures.text[DIAG_ES], cure) != 0,
		    "row %zu: %s: in Spanish", i, rows[i].slip);
		free_cures(&cures);
	}
	schema_free(schema);
}

static void
what_a_cure_says_is_valid(void)
{
	struct schema *schema = read_schema();

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cures cures = { 0 };

		CHECK(validate(schema, rows[i].mended, &cures) == 0,
		    "row %zu is not valid: %s", i, rows[i].mended);
		free_cures(&cures);
	}
	schema_free(schema);
}

static void
no_cure_where_it_would_be_none(void)
{
	static const char *const wrong[] = {
		"<title><ul/></title><para/>",
		TITLE "<itemizedlist><b>x</b></itemizedlist>",
		TITLE "<para whatever='a'/>",
		TITLE "<para xml:id='12'/>",
	};
	struct schema *schema = read_schema();

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct cures cures = { 0 };

		CHECK(validate(schema, wrong[i], &cures) > 0, "row %zu", i);
		CHECK_TEXT(cures.text[DIAG_EN], NULL, "row %zu: %s", i,
		    wrong[i]);
		free_cures(&cures);
	}
	schema_free(schema);
}

/* That an id is none is what the schema is asked. */
static void
ignore(void *context, xmlError *error)
{
	(void)context;
	(void)error;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(slips_have_their_cure),
		UNIT(what_a_cure_says_is_valid),
		UNIT(no_cure_where_it_would_be_none),
	};

	xmlSetStructuredErrorFunc(NULL, ignore);
	return cmocka_run_group_tests_name("syntax/schema_error_cures", tests,
	    NULL, NULL);
}
