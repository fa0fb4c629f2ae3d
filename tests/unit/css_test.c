/* style/css_token, css_colour, css_value, css_rule: what an organisation's CSS
 * may say, and that the lists name what the stylesheets write. */
#include "unit.h"

#include "base/embed.h"
#include "base/map.h"
#include "style/css_rule.h"
#include "style/css_token.h"
#include "model/protect.h"

/* --- tokens: CSS Syntax Level 3, section 4 --- */

static const char kinds[] = "$_ifa#su0%dD!";

static const struct {
	const char *css;
	const char *kinds; /* a letter of `kinds` for each token */
	const char *texts; /* decoded, a bar between them */
} tokens[] = {
	{ "a:b", "iDi", "a||b" },
	{ "/* a */ b/**/c", "_i_i", "|b||c" },
	{ "-a --b -1 - a-1", "i_i_0_D_i", "-a||--b||||||a-1" },
	{ "\\64 isplay dis\\70lay", "i_i", "display||display" },
	{ "\\000064isplay", "i", "display" },
	{ "\\0 \\110000 \\d800 ", "i", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
	{ "a\\\nb", "i!_i", "a|||b" },
	{ "#1a #a @a @1", "#_#_a_D0", "1a||a||a|||" },
	{ "1 1.5 .5 1e3 1e 1% 1px +1 -.5e-1em", "0_0_0_0_d_%_d_0_d",
	    "||||||||e||||px||||em" },
	{ "'a\\'b' \"c\\\nd\"", "s_s", "a'b||cd" },
	{ "'a\nb", "!_i", "a||b" },
	{ "'a", "!", "a" },
	{ "url(a) url( a ) URL('a') url(\"b\")", "u_u_fsD_fsD",
	    "a||a||URL|a|||url|b|" },
	{ "url(a b) url(a\"b) url(a", "!_!_!", "ab||ab||a" },
	{ "url(\\) ) url(d\\61ta:)", "u_u", ")||data:" },
	{ "f(1) f (1)", "f0D_i_D0D", "f||||f||||" },
	/* CDO and CDC are not told apart: both are refused. */
	{ "<!-- -->", "DDi_iD", "||--||--|" },
	{ "/* no end", "_", "" },
	{ "\\", "!", "" },
	{ "ñ é\\f1", "i_i", "ñ||éñ" },
};

static void
tokens_of_the_specification(void)
{
	for (size_t i = 0; i < COUNT(tokens); i++) {
		struct css_reader reader = { .text = tokens[i].css,
			.size = strlen(tokens[i].css) };
		struct buf got = { 0 };
		struct buf texts = { 0 };
		size_t end = 0;

		for (css_next(&reader); reader.token.kind != CSS_END;
		     css_next(&reader)) {
			CHECK(reader.token.offset == end && reader.token.size,
			    "%s: a gap at %zu", tokens[i].css, end);
			end += reader.token.size;
			if (got.size > 0)
				buf_add_char(&texts, '|');
			buf_add_char(&got, kinds[reader.token.kind]);
			buf_add_text(&texts, buf_text(&reader.token.text));
		}
		CHECK_TEXT(buf_text(&got), tokens[i].kinds, "%s",
		    tokens[i].css);
		CHECK_TEXT(buf_text(&texts), tokens[i].texts, "%s",
		    tokens[i].css);
		buf_clear(&got);
		buf_clear(&texts);
		css_reader_clear(&reader);
	}
}

/* --- rules --- */

#define GIF                                                                    \
	"data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP///"                      \
	"ywAAAAAAQABAAACAkQBADs="

/* out is what goes into pages; where codes stand, something was refused. */
static const struct {
	const char *css;
	const char *codes;
	const char *out;
} rules[] = {
	{ ".warning { border: 4px solid #036 }", "",
	    ".warning { border: 4px solid #003366; }\n" },
	{ ".v-top h1 , p.title>strong{font-family:Georgia,serif;}", "",
	    ".v-top h1, p.title > strong { font-family: \"Georgia\", serif; "
	    "}\n" },
	{ "/* no words of mine */ .step { padding: 1rem 0; margin-top: 2px }",
	    "", ".step { padding: 1rem 0; margin-top: 2px; }\n" },
	{ ".v-page { background: #fffefa } @media (prefers-color-scheme:dark) "
	  "{ .v-page { background: #101010 } }",
	    "",
	    ".v-page { background-color: #fffefa; }\n"
	    "@media screen and (prefers-color-scheme: dark) { .v-page { "
	    "background-color: #101010; } }\n" },
	{ ".title { color: #222 } @media (prefers-color-scheme: dark) { .title "
	  "{ color: rgb(255, 250 240) } }",
	    "",
	    ".title { color: #222222; }\n"
	    "@media screen and (prefers-color-scheme: dark) { .title { color: "
	    "#fffaf0; } }\n" },
	{ ".town-box { background-image: url(" GIF "); background-repeat: "
	  "no-repeat }",
	    "",
	    ".town-box { background-image: url(" GIF "); background-repeat: "
	    "no-repeat; }\n" },
	{ ".town-box { color: white; background-color: navy }", "",
	    ".town-box { color: #ffffff; background-color: #000080; }\n" },
	{ ".r-purpose { border-left: dotted 2px }", "",
	    ".r-purpose { border-left: dotted 2px; }\n" },
	{ "@media print { .title { border-bottom: solid } }", "",
	    "@media print { .title { border-bottom: solid; } }\n" },
	/* colours that cannot be read, or not in every scheme */
	{ ".title { color: #222 }", "V0633", NULL },
	{ ".title { color: white }", "V0633 V0633", NULL },
	{ ".warning { background: #222 }", "V0633 V0633", NULL },
	{ ".title { color: #767676 }", "V0633 V0633", NULL },
	{ "@media print { .title { color: #ccc } }", "V0633", NULL },
	{ ".town-box { color: #777; background: #666 }", "V0633", NULL },
	{ ".town-box { color: white }", "V0633 V0633", NULL },
	{ ".v-number { color: #000 }", "V0631", NULL },
	{ ".title { color: transparent }", "V0631", NULL },
	{ ".title { color: #0008 }", "V0631", NULL },
	{ ".title { color: rgb(0 0 0 / 0) }", "V0631", NULL },
	{ ".title { color: inherit }", "V0631", NULL },
	{ ".title { color: var(--page) }", "V0631", NULL },
	/* properties */
	{ ".warning { display: none }", "V0630", NULL },
	{ ".warning { d\\69splay: none }", "V0630", NULL },
	{ ".warning { --text: #fff }", "V0630", NULL },
	{ ".warning { colr: #fff }", "V0630", NULL },
	{ ".warning { border: none }", "V0631", NULL },
	{ ".warning { border: 0 solid }", "V0631", NULL },
	{ ".warning { border: 100px solid }", "V0631", NULL },
	{ ".warning { margin: -1px }", "V0631", NULL },
	{ ".warning { margin: 1e9px }", "V0631", NULL },
	{ ".warning { margin: calc(0px - 9em) }", "V0631", NULL },
	{ ".step { margin-left: 1px }", "V0631", NULL },
	{ ".warning { padding: 0 50% }", "V0631", NULL },
	{ ".warning { font-family: \"Adobe Blank\", sans-serif }", "V0631",
	    NULL },
	{ ".warning { font-family: Georgia }", "V0631", NULL },
	{ ".warning { background-image: url(" GIF ") }", "V0631", NULL },
	{ ".warning { border: 1px solid red !important }", "V0632", NULL },
	{ ".warning { border: 1px solid red ! important }", "V0632", NULL },
	/* what leads outside */
	{ ".warning { background: url(https://example.org/a) }", "V0628",
	    NULL },
	{ ".warning { background: src(\"a\") }", "V0628", NULL },
	{ ".warning { background: image(a) }", "V0628", NULL },
	{ ".warning { background: \\75rl(a) }", "V0628", NULL },
	{ "@\\69mport 'a';", "V0628", NULL },
	/* selectors */
	{ "* { margin: 0 }", "V0629", NULL },
	{ ":root { margin: 0 }", "V0629", NULL },
	{ ":where(.warning) { margin: 0 }", "V0629", NULL },
	{ ".warning:not(.a) { margin: 0 }", "V0629", NULL },
	{ ".warning::before { margin: 0 }", "V0629", NULL },
	{ "[class] { margin: 0 }", "V0629", NULL },
	{ "#notice { margin: 0 }", "V0629", NULL },
	{ "body { margin: 0 }", "V0629", NULL },
	{ ".v-vh { margin: 0 }", "V0629", NULL },
	{ ".v-running { margin: 0 }", "V0629", NULL },
	{ ".warnig { margin: 0 }", "V0629", NULL },
	{ ".house { margin: 0 }", "V0629", NULL },
	{ ".a + .b { margin: 0 }", "V0629", NULL },
	{ ".warning, .town-box { margin: 0 }", "V0629", NULL },
	/* other rules, and what has no end */
	{ "@font-face { font-family: a }", "V0632", NULL },
	{ "@layer a { .warning { margin: 0 } }", "V0632", NULL },
	{ "@supports (color: red) { .warning { margin: 0 } }", "V0632", NULL },
	{ "@media not all { .warning { margin: 0 } }", "V0632", NULL },
	{ "@media print { @media screen { .warning { margin: 0 } } }", "V0632",
	    NULL },
	{ ".warning { .title { margin: 0 } }", "V0632 V0632", NULL },
	{ ".warning { margin: 0", "V0632", NULL },
	{ ".warning { margin: 0 } }", "V0629", NULL },
	{ "<!-- .warning { margin: 0 } -->", "V0629 V0629", NULL },
	{ ".warning", "V0632", NULL },
};

static void
rules_of_an_organisation(void)
{
	for (size_t i = 0; i < COUNT(rules); i++) {
		struct sources sources = { 0 };
		struct diag diag = { .sources = &sources };
		struct css_sheet sheet = { 0 };
		struct map own = { 0 };
		uint32_t file = unit_source(&sources, "a.css", rules[i].css);
		int rc;

		map_put_text(&own, "town-box", NULL);
		rc = css_read(&sheet, file, &own, &diag);
		CHECK_TEXT(unit_codes(&diag), rules[i].codes, "%s",
		    rules[i].css);
		CHECK((rc == 0) == (rules[i].codes[0] == '\0'), "%s gives %d",
		    rules[i].css, rc);
		if (rules[i].out != NULL)
			CHECK_TEXT(buf_text(&sheet.pages), rules[i].out, "%s",
			    rules[i].css);
		css_sheet_clear(&sheet);
		map_clear(&own);
		diag_clear(&diag);
		sources_clear(&sources);
	}
}

/* A text cut anywhere is refused or read; nothing is read past its end. */
static void
cut_anywhere(void)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		for (size_t size = 0; size < strlen(rules[i].css); size++) {
			struct sources sources = { 0 };
			struct diag diag = { .sources = &sources };
			struct css_sheet sheet = { 0 };
			struct map own = { 0 };
			char *text = mem_dup_len(rules[i].css, size);

			css_read(&sheet,
			    sources_add_take(&sources, mem_dup("a.css"), text,
				size),
			    &own, &diag);
			css_sheet_clear(&sheet);
			diag_clear(&diag);
			sources_clear(&sources);
		}
}

/* --- the lists --- */

static const char *const listed[] = {
#define LOOK_CLASS(name, flags) name,
#include "style/css_allowed.def"
#undef LOOK_CLASS
#define PROTECT(element, role, class_name) class_name,
#include "model/protect.def"
#undef PROTECT
};

/* Is there such a class, as a whole word, in any stylesheet of ours? Those of
 * an author's roles are put together there. */
static bool
is_written(const char *name)
{
	if (strncmp(name, "r-", 2) == 0)
		return true;
	for (size_t i = 0; i < embedded_count; i++) {
		const char *at = embedded_files[i].bytes;

		while ((at = strstr(at, name)) != NULL) {
			bool starts = strchr(" \"'.:", at[-1]) != NULL;
			char after = (at += strlen(name))[0];

			if (starts && strchr(" \"',.:{>|=[", after) != NULL)
				return true;
		}
	}
	return false;
}

static void
lists_name_what_is_written(void)
{
	for (size_t i = 0; i < COUNT(listed); i++)
		CHECK(is_written(listed[i]), "nothing writes the class %s",
		    listed[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(tokens_of_the_specification),
		UNIT(rules_of_an_organisation),
		UNIT(cut_anywhere),
		UNIT(lists_name_what_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
