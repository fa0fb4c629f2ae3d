/* style/protection_kept: what an organisation's pages may differ in from ours. */
#include "unit.h"

#include <libxml/parser.h>

#include "style/protection_kept.h"

#define PAGE(head, body)                                                       \
	"<v:page xmlns:v='urn:vademecum:1' name='a.html'><html><head>"         \
	"<meta charset='utf-8'/><title>A</title>" head                         \
	"</head><body><header class='v-top'>"                                  \
	"<p class='v-mark'><strong>public</strong></p></header><main>" body    \
	"</main></body></html></v:page>"

#define OURS                                                                   \
	"<p>Text</p><ol class='v-steps'><li class='step' id='s1'>"             \
	"<p class='step-title'>1 Go</p><div class='v-admonition warning'>"     \
	"<p>Never run.</p></div></li></ol><svg><path d='M0 0'/></svg>"

#define STEP(inside)                                                           \
	"<p>Text</p><ol class='v-steps'><li class='step' id='s1'>" inside      \
	"</li></ol>"
#define TITLE "<p class='step-title'>1 Go</p>"
#define WARNING "<div class='v-admonition warning'><p>Never run.</p></div>"

static const struct {
	const char *made;
	const char *fault; /* kind: L, H, A and what; NULL = none */
} pages[] = {
	{ PAGE("", OURS), NULL },
	{ PAGE("<title>Another</title>", OURS), "A title" },
	{ PAGE("<meta name='publisher' content='Town'/>", OURS), NULL },
	{ PAGE("", "<p class='x-town'>Town</p>" OURS "<hr/>"), NULL },
	{ PAGE("", "Other" STEP(TITLE WARNING)), NULL },
	{ PAGE("", STEP(TITLE "<div class='x-a' id='a'>" WARNING "</div>")),
	    NULL },
	{ PAGE("", STEP("<p class='step-title x-b'>1 <b>Go</b></p>" WARNING)),
	    NULL },
	{ PAGE("", "<img src='assets/a.png' alt=''/>" OURS), NULL },
	{ PAGE("", STEP(TITLE)), "L warning" },
	{ PAGE("", "Text"), "L step" },
	{ PAGE("", STEP(WARNING TITLE)), "H step-title" },
	{ PAGE("", STEP(TITLE WARNING WARNING)), "H step" },
	{ PAGE("", STEP(TITLE "<div hidden='hidden'>" WARNING "</div>")),
	    "H warning" },
	{ PAGE("", STEP(TITLE "<p>" WARNING "</p>")), "H warning" },
	{ PAGE("", STEP(TITLE "<div class='v-vh'>" WARNING "</div>")),
	    "H warning" },
	{ PAGE("", STEP(TITLE "<div class='x-ink'>" WARNING "</div>")),
	    "H warning" },
	{ PAGE("",
	      STEP(TITLE "<div class='v-admonition warning'><p>Never "
			 "walk.</p></div>")),
	    "L warning" },
	{ PAGE("", STEP("<p class='step-title'>1 Do not Go</p>" WARNING)),
	    "L step-title" },
	{ PAGE("",
	      STEP(TITLE
		  "<div class='v-admonition tip'><p>Never run.</p></div>")),
	    "H warning" },
	{ PAGE("", "<main>x</main>" OURS), "A main" },
	{ PAGE("", "<div class='v-tip'>x</div>" OURS), "A div v-tip" },
	{ PAGE("", "<p style='color:red'>x</p>" OURS), "A p style=color:red" },
	{ PAGE("", "<p id='v-moved'>x</p>" OURS), "A p id=v-moved" },
	{ PAGE("", "<p id='s1'>x</p>" OURS), "A id=s1" },
	{ PAGE("", "<a href='javascript:a()'>x</a>" OURS),
	    "A a href=javascript:a()" },
	{ PAGE("", "<img src='https://example.org/a'/>" OURS),
	    "A img src=https://example.org/a" },
	{ PAGE("", "<img src='data:image/png;base64,AAAA'/>" OURS),
	    "A img src=data:image/png;base64,AAAA" },
	{ PAGE("", "<svg><path d='M9 9'/></svg>" OURS), "A <svg>" },
	{ PAGE("<link href='a.css'/>", OURS), "A <link>" },
	{ PAGE("<meta name='viewport' content='a' http-equiv='refresh'/>",
	      OURS),
	    "A <meta>" },
	{ "<html/>", "L html" },
	{ PAGE("", OURS "<v:page name='b.html'><html/></v:page>"), "A b.html" },
};

static xmlDoc *
read_doc(const char *text)
{
	return xmlReadMemory(text, (int)strlen(text), "a", NULL, 0);
}

static void
pages_of_an_organisation(void)
{
	struct map ours = { 0 };
	struct map painted = { 0 };
	struct protection_names names = { &ours, &painted };
	xmlDoc *plain = read_doc(PAGE("", OURS));

	map_put_text(&ours, "v-top", NULL);
	map_put_text(&painted, "x-ink", NULL);
	for (size_t i = 0; i < COUNT(pages); i++) {
		xmlDoc *made = read_doc(pages[i].made);
		struct protection_fault fault;
		char *got = NULL;

		if (!protection_kept(&names, plain, made, &fault))
			got =
			    mem_format("%c %s", "LHA"[fault.kind], fault.what);
		CHECK_TEXT(got, pages[i].fault, "%s", pages[i].made);
		free(got);
		xmlFreeDoc(made);
	}
	xmlFreeDoc(plain);
	map_clear(&ours);
	map_clear(&painted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(pages_of_an_organisation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
