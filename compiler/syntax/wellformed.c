#include "wellformed.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "base/words.h"
#include "syntax/markup.h"

/* An error of libxml2, and what stands where it gave up. */
struct broken {
	const struct source *source;
	struct diag *diag;
	uint32_t file;
	struct place from; /* where the file is named */
	size_t at;
	struct markup markup; /* up to `at` */
};

/* Reports what it knows; false if this is something else. */
typedef bool look(const struct broken *broken);

static struct place
place_of(const struct broken *broken, size_t start, size_t len)
{
	return (struct place){ broken->file, (uint32_t)start, (uint32_t)len };
}

static struct place
name_place(const struct broken *broken, struct stretch name)
{
	return place_of(broken, name.start, name.len);
}

static char *
copy(const struct broken *broken, struct stretch part)
{
	return mem_dup_len(broken->source->bytes + part.start, part.len);
}

static bool
starts(const struct broken *broken, size_t at, const char *text)
{
	return at <= broken->source->size &&
	    strncmp(broken->source->bytes + at, text, strlen(text)) == 0;
}

/* The last `sign` before or at the place, not before `from`; -1 = none. */
static ptrdiff_t
find_back(const struct broken *broken, char sign, size_t from)
{
	for (size_t at = broken->at + 1; at-- > from;)
		if (broken->source->bytes[at] == sign)
			return (ptrdiff_t)at;
	return -1;
}

static bool
tell(const struct broken *broken, enum diag_code code, size_t start, size_t len)
{
	char *text = mem_dup_len(broken->source->bytes + start, len);

	diag_report(broken->diag, code, place_of(broken, start, len), text,
	    NULL);
	free(text);
	return true;
}

static bool
tell_html(const struct broken *broken, size_t doctype)
{
	diag_report(broken->diag, DIAG_HTML, place_of(broken, doctype, 14),
	    broken->source->path, NULL);
	return true;
}

/* The root: the first tag of the file. */
static struct stretch
root_name(const struct broken *broken)
{
	const char *bytes = broken->source->bytes;
	struct stretch name = { 0, 0 };

	for (const char *p = bytes; (p = strchr(p, '<')) != NULL; p++) {
		name = markup_name(broken->source, (size_t)(p - bytes) + 1);
		if (name.len > 0)
			return name;
	}
	return name;
}

/* --- tags --- */

/* A tag that nobody closed, and where that came to light. */
static bool
tell_unclosed(const struct broken *broken, const struct open_tag *tag,
    size_t where)
{
	bool is_suspect = tag->suspect.len > 0;
	struct stretch opened = is_suspect ? tag->suspect : tag->name;
	char *name = copy(broken, opened);
	char *start = mem_format("<%s>", name);
	char *end = mem_format("</%s>", name);

	diag_report_related(broken->diag, DIAG_TAG_UNCLOSED,
	    place_of(broken, opened.start - 1, opened.len + 1),
	    place_of(broken, is_suspect ? tag->suspect_end : where, 1), start,
	    end, NULL);
	free(end);
	free(start);
	free(name);
	return true;
}

/* An end tag that nothing was opened for: a slip of the pen, or one too many. */
static bool
tell_stray(const struct broken *broken, struct stretch name)
{
	const struct open_tag *inner =
	    &broken->markup.open[broken->markup.count - 1];
	char *end = copy(broken, name);
	char *start = copy(broken, inner->name);
	const char *const meant[] = { start };
	char *cure = text_nearest(end, meant, 1) != NULL
	    ? words_format(broken->diag->language, WORDS_CURE_END_TAG, start)
	    : NULL;

	diag_report_cure(broken->diag, DIAG_TAG_STRAY,
	    place_of(broken, name.start - 2, name.len + 2),
	    place_of(broken, inner->name.start - 1, 1), cure, end, start, NULL);
	free(cure);
	free(start);
	free(end);
	return true;
}

static bool
differs_in_capitals(const struct broken *broken, struct stretch a,
    struct stretch b)
{
	const char *bytes = broken->source->bytes;

	return a.len == b.len &&
	    strncasecmp(bytes + a.start, bytes + b.start, a.len) == 0 &&
	    !markup_is_same(broken->source, a, b);
}

/* `<Para>…</para>`: names of DocBook have no capitals, so the tag that begins
 * with one is wrong; of two that do not (`linearGradient`), the end tag. */
static bool
tell_capitals(const struct broken *broken, struct stretch start,
    struct stretch end)
{
	char *opened = copy(broken, start);
	char *closed = copy(broken, end);
	bool is_start_wrong = opened[0] >= 'A' && opened[0] <= 'Z';
	char *meant = mem_dup(opened);

	for (char *p = meant; is_start_wrong && *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p |= 0x20;
	diag_report_related(broken->diag, DIAG_TAG_CAPITALS,
	    is_start_wrong ? place_of(broken, start.start - 1, start.len + 1)
			   : place_of(broken, end.start - 2, end.len + 2),
	    is_start_wrong ? place_of(broken, end.start - 2, 1)
			   : place_of(broken, start.start - 1, 1),
	    opened, closed, meant, NULL);
	free(meant);
	free(closed);
	free(opened);
	return true;
}

/* `</x>` where another element is open: either that was never closed, or
 * nothing is open that this could close. */
static bool
look_end_tag(const struct broken *broken)
{
	const struct markup *markup = &broken->markup;
	struct stretch name = markup_name(broken->source, markup->last + 2);

	if (markup->count == 0 || !starts(broken, markup->last, "</"))
		return false;
	if (differs_in_capitals(broken, markup->open[markup->count - 1].name,
		name))
		return tell_capitals(broken,
		    markup->open[markup->count - 1].name, name);
	for (size_t i = markup->count; i-- > 0;)
		if (markup_is_same(broken->source, markup->open[i].name, name))
			return tell_unclosed(broken,
			    &markup->open[markup->count - 1], markup->last);
	return tell_stray(broken, name);
}

static bool
look_end_of_file(const struct broken *broken)
{
	const struct markup *markup = &broken->markup;

	return markup->count > 0 &&
	    tell_unclosed(broken, &markup->open[markup->count - 1],
		broken->source->size);
}

/* A tag whose '>' is missing: the next one begins inside of it. */
static bool
look_tag_end(const struct broken *broken)
{
	size_t start = broken->markup.last;
	struct stretch name;
	char *tag;

	if (start == broken->at && start > 0) {
		struct broken before = *broken;

		before.at--;
		start = (size_t)find_back(&before, '<', 0);
	}
	name = markup_name(broken->source,
	    start + 1 + starts(broken, start + 1, "/"));
	if (name.len == 0 ||
	    (broken->at < broken->source->size &&
		!starts(broken, broken->at, "<")))
		return false;
	tag = mem_dup_len(broken->source->bytes + start,
	    name.start + name.len - start);
	diag_report_related(broken->diag, DIAG_TAG_UNFINISHED,
	    place_of(broken, start, name.start + name.len - start),
	    place_of(broken, broken->at, 1), tag, NULL);
	free(tag);
	return true;
}

/* --- entities, & and < --- */

/* What a person writes for a character that HTML has a name for. */
static void
write_character(char *text, size_t size, unsigned value)
{
	xmlChar bytes[8] = { 0 };
	int len = xmlCopyCharMultiByte(bytes, (int)value);

	/* A space that looks like another is better seen. */
	if (len > 0 && text_cells(value) == 1 && !text_is_control(value) &&
	    value != 0xa0 && (value < 0x2000 || value > 0x200f))
		snprintf(text, size, "%s", (char *)bytes);
	else
		snprintf(text, size, "&#%u;", value);
}

static bool
tell_entity(const struct broken *broken, size_t start, struct stretch name)
{
	char *copied = copy(broken, name);
	const htmlEntityDesc *known = htmlEntityLookup(BAD_CAST copied);
	bool ends = starts(broken, name.start + name.len, ";");
	struct place place = place_of(broken, start, name.len + 1 + ends);
	char character[16];

	if (known != NULL) {
		write_character(character, sizeof(character), known->value);
		diag_report(broken->diag, DIAG_ENTITY_HTML, place, copied,
		    character, NULL);
	} else if (ends) {
		diag_report(broken->diag, DIAG_ENTITY_UNKNOWN, place, copied,
		    NULL);
	}
	free(copied);
	return known != NULL || ends;
}

/* The five that XML knows are written without their ';'. */
static bool
is_predefined(const struct broken *broken, struct stretch name)
{
	static const char *const names[] = { "amp", "lt", "gt", "quot",
		"apos" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strlen(names[i]) == name.len &&
		    starts(broken, name.start, names[i]))
			return true;
	return false;
}

static bool
look_ampersand(const struct broken *broken)
{
	ptrdiff_t start = find_back(broken, '&', broken->markup.last);
	struct stretch name;

	if (start < 0)
		return false;
	name = markup_name(broken->source, (size_t)start + 1);
	if ((size_t)start + 1 + name.len + 1 < broken->at)
		return false;
	if (name.len > 0 && !is_predefined(broken, name) &&
	    tell_entity(broken, (size_t)start, name))
		return true;
	return tell(broken, DIAG_AMPERSAND_BARE, (size_t)start, 1 + name.len);
}

static bool
look_entity(const struct broken *broken)
{
	ptrdiff_t start = find_back(broken, '&', broken->markup.last);

	return start >= 0 &&
	    tell_entity(broken, (size_t)start,
		markup_name(broken->source, (size_t)start + 1));
}

/* HTML's DOCTYPE in small letters, which libxml2 takes for a bad tag. */
static bool
is_html(const struct broken *broken, size_t at)
{
	return strncasecmp(broken->source->bytes + at, "<!DOCTYPE html", 14) ==
	    0;
}

static bool
look_less_than(const struct broken *broken)
{
	size_t start = broken->markup.last;

	if (is_html(broken, start))
		return tell_html(broken, start);
	if (starts(broken, start + 1, "/") ||
	    markup_name(broken->source, start + 1).len > 64)
		return false;
	return tell(broken, DIAG_LESS_THAN_BARE, start, 1);
}

/* Is this `<` one of a sentence: words before it, and no `>` before the next? */
static bool
is_of_a_sentence(const struct broken *broken)
{
	const char *bytes = broken->source->bytes;
	size_t before = broken->markup.last;
	size_t behind = broken->markup.last + 1;

	while (before > 0 && strchr(" \t\r\n", bytes[before - 1]) != NULL)
		before--;
	behind += strcspn(bytes + behind, "<>");
	return before > 0 && bytes[before - 1] != '>' && bytes[behind] != '>';
}

/* No name where there must be one: behind &, behind <, in a tag. */
static bool
look_name(const struct broken *broken)
{
	size_t at = broken->at;

	if (at > 0 && broken->source->bytes[at - 1] == '&')
		return look_ampersand(broken);
	if (at == broken->markup.last + 1)
		return look_less_than(broken);
	return look_tag_end(broken) || look_less_than(broken);
}

/* --- attributes --- */

/* The name of the attribute whose value begins, or is missing, before the
 * place: the last name before the last '=', or before the place itself. */
static struct stretch
attribute_before(const struct broken *broken)
{
	size_t at = markup_name(broken->source, broken->markup.last + 1).start;
	struct stretch name = markup_name(broken->source, at);

	at += name.len;
	while (at < broken->at &&
	    markup_next_attribute(broken->source, &at, &name))
		;
	return name;
}

/* A typographic quote at an offset: its bytes, 0 if there is none. */
static size_t
curly_quote(const struct broken *broken, size_t at)
{
	static const char *const quotes[] = { "“", "”", "„", "‟", "‘", "’", "‚",
		"«", "»", "″", "′", "`", "´" };

	for (size_t i = 0; i < COUNT(quotes); i++)
		if (starts(broken, at, quotes[i]))
			return strlen(quotes[i]);
	return 0;
}

static bool
tell_attribute(const struct broken *broken, enum diag_code code)
{
	struct stretch name = attribute_before(broken);
	char *copied;

	if (name.len == 0)
		return false;
	copied = copy(broken, name);
	diag_report(broken->diag, code, name_place(broken, name), copied, NULL);
	free(copied);
	return true;
}

/* The value of an attribute, and how it is written. */
static bool
tell_value(const struct broken *broken, enum diag_code code, size_t start,
    size_t len, struct stretch value)
{
	struct stretch name = attribute_before(broken);
	char *attribute;
	char *written;

	if (name.len == 0)
		return false;
	attribute = copy(broken, name);
	written = copy(broken, value);
	diag_report(broken->diag, code, place_of(broken, start, len), attribute,
	    value.len > 0 ? written : "…", NULL);
	free(written);
	free(attribute);
	return true;
}

/* `role=“x”`: what is to be written, if both quotes are there. */
static bool
tell_curly(const struct broken *broken, size_t at, size_t quote)
{
	struct stretch name = attribute_before(broken);
	size_t start = at + quote;
	size_t end = start;
	owned char *attribute = copy(broken, name);
	owned char *written = mem_dup_len(broken->source->bytes + at, quote);
	owned char *cure = NULL;

	while (strchr("<>=\"'&\r\n", broken->source->bytes[end]) == NULL &&
	    curly_quote(broken, end) == 0)
		end++;
	owned char *value =
	    copy(broken, (struct stretch){ start, end - start });

	if (name.len > 0 && end > start && curly_quote(broken, end) > 0)
		cure = words_format(broken->diag->language, WORDS_CURE_STRAIGHT,
		    attribute, value);
	diag_report_cure(broken->diag, DIAG_QUOTE_CURLY,
	    place_of(broken, at, quote), (struct place){ 0 }, cure, written,
	    NULL);
	return true;
}

/* `role=“x”` and `role=x`. */
static bool
look_value_start(const struct broken *broken)
{
	size_t quote = curly_quote(broken, broken->at);
	size_t len =
	    strcspn(broken->source->bytes + broken->at, " \t\r\n<>\"'");
	size_t end = broken->at + len;

	if (quote > 0)
		return tell_curly(broken, broken->at, quote);
	if (len > 0 && starts(broken, end - 1, "/>"))
		len--;
	return tell_value(broken, DIAG_VALUE_UNQUOTED, broken->at,
	    len > 0 ? len : 1, (struct stretch){ broken->at, len });
}

/* The attribute before the place has a first quote and no second: `role="note>`
 * or `role="note xml:id="x">`. */
static bool
tell_value_unclosed(const struct broken *broken)
{
	const char *bytes = broken->source->bytes;
	struct stretch name = attribute_before(broken);
	size_t quote = name.start + name.len;
	size_t len;

	quote += strcspn(bytes + quote, "\"'<>");
	if (bytes[quote] != '"' && bytes[quote] != '\'')
		return false;
	len = strcspn(bytes + quote + 1, " \t\r\n<>");
	if (len > 0 && starts(broken, quote + len, "/>"))
		len--;
	return tell_value(broken, DIAG_VALUE_UNCLOSED, quote, 1 + len,
	    (struct stretch){ quote + 1, len });
}

/* `<step final>`; or `a <b and c`, where no tag is meant. */
static bool
look_no_value(const struct broken *broken)
{
	return is_of_a_sentence(broken)
	    ? look_less_than(broken)
	    : tell_attribute(broken, DIAG_ATTRIBUTE_BARE);
}

/*
 * A '<' inside of a value. If the value ran over a '>' before, its quote was
 * not closed, or closed by one of another form.
 */
static bool
look_less_in_value(const struct broken *broken)
{
	struct stretch name = attribute_before(broken);
	size_t at = name.start + name.len;

	if (memchr(broken->source->bytes + at, '>', broken->at - at) == NULL &&
	    !starts(broken, broken->at, "</"))
		return tell(broken, DIAG_LESS_THAN_VALUE, broken->at, 1);
	for (; at < broken->at && broken->source->bytes[at] != '>'; at++)
		if (curly_quote(broken, at) > 0)
			return tell(broken, DIAG_QUOTE_CURLY, at,
			    curly_quote(broken, at));
	return tell_value_unclosed(broken);
}

/* The DOCTYPE of an old HTML or DocBook, which gives no address. */
static bool
look_doctype(const struct broken *broken)
{
	size_t start = broken->markup.last;
	const char *docbook =
	    strstr(broken->source->bytes + start, "DTD DocBook");
	struct stretch name = markup_name(broken->source, start + 10);
	owned char *root = copy(broken, name);

	if (is_html(broken, start))
		return tell_html(broken, start);
	if (!starts(broken, start, "<!DOCTYPE ") || docbook == NULL ||
	    docbook >= broken->source->bytes + broken->at)
		return false;
	diag_report(broken->diag, DIAG_DOCBOOK_OLD,
	    place_of(broken, name.start, name.len), root, broken->source->path,
	    NULL);
	return true;
}

static bool
look_between_attributes(const struct broken *broken)
{
	struct stretch next = markup_name(broken->source, broken->at);

	if (starts(broken, broken->markup.last, "<!"))
		return look_doctype(broken);
	if (broken->at >= 2 && broken->source->bytes[broken->at - 2] == '=')
		return tell_value_unclosed(broken);
	return next.len > 0 &&
	    tell(broken, DIAG_ATTRIBUTES_JOINED, next.start, next.len);
}

/* The part of a name behind its prefix. */
static struct stretch
local_part(const struct broken *broken, struct stretch name)
{
	const char *colon =
	    memchr(broken->source->bytes + name.start, ':', name.len);
	size_t prefix = colon != NULL
	    ? (size_t)(colon - broken->source->bytes) + 1 - name.start
	    : 0;

	return (struct stretch){ name.start + prefix, name.len - prefix };
}

/* The attribute before `end` of the last tag that has name's local part, and
 * its prefix too if `is_whole`. */
static bool
find_earlier(const struct broken *broken, struct stretch name, bool is_whole,
    struct stretch *found)
{
	size_t at = broken->markup.last + 1;
	struct stretch local = local_part(broken, name);

	at += markup_name(broken->source, at).len;
	while (markup_next_attribute(broken->source, &at, found) &&
	    found->start < name.start)
		if (is_whole ? markup_is_same(broken->source, *found, name)
			     : markup_is_same(broken->source, local,
				   local_part(broken, *found)))
			return true;
	return false;
}

/* What stands between the quotes of an attribute. */
static struct stretch
value_of(const struct broken *broken, struct stretch name)
{
	const char *bytes = broken->source->bytes;
	size_t quote = name.start + name.len;

	quote += strcspn(bytes + quote, "\"'");
	return (struct stretch){ quote + 1,
		strcspn(bytes + quote + 1, bytes[quote] == '"' ? "\"" : "'") };
}

/* Of classes the higher; both values in one attribute, where it takes several;
 * else NULL. */
static char *
cure_twice(const struct broken *broken, const char *name, struct stretch second,
    struct stretch first)
{
	static const char *const several[] = { "audience", "condition",
		"conformance", "role", "userlevel", "v:actor", "v:consult",
		"v:informed", "v:partner", "v:standin", "v:territory", "v:to",
		"v:with" };
	char *a = copy(broken, value_of(broken, first));
	char *b = copy(broken, value_of(broken, second));
	char *cure = NULL;

	if (strcmp(name, "security") == 0)
		cure = words_format(broken->diag->language, WORDS_CURE_SECRET);
	for (size_t i = 0; i < COUNT(several) && strcmp(a, b) != 0; i++)
		if (strcmp(several[i], name) == 0)
			cure = words_format(broken->diag->language,
			    WORDS_CURE_VALUES, name, a, b);
	free(b);
	free(a);
	return cure;
}

static bool
tell_twice(const struct broken *broken, struct stretch name,
    struct stretch first)
{
	char *copied = copy(broken, name);
	char *before = copy(broken, first);
	char *cure = cure_twice(broken, copied, name, first);

	diag_report_cure(broken->diag,
	    strcmp(copied, before) == 0 ? DIAG_ATTRIBUTE_TWICE
					: DIAG_ATTRIBUTE_SAME,
	    name_place(broken, name), name_place(broken, first), cure, copied,
	    before, NULL);
	free(cure);
	free(before);
	free(copied);
	return true;
}

/* An attribute that stands twice in its tag: as it is written, or under two
 * prefixes of one namespace. */
static bool
look_twice(const struct broken *broken)
{
	for (int is_whole = 1; is_whole >= 0; is_whole--) {
		size_t at = broken->markup.last + 1;
		struct stretch name;
		struct stretch first;

		at += markup_name(broken->source, at).len;
		while (markup_next_attribute(broken->source, &at, &name))
			if (find_earlier(broken, name, is_whole, &first))
				return tell_twice(broken, name, first);
	}
	return false;
}

static const char *const prefixes[] = { "v", "xlink", "xi", "m", "svg", "db" };
static const char *const namespaces[] = { "urn:vademecum:1",
	"http://www.w3.org/1999/xlink", "http://www.w3.org/2001/XInclude",
	"http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg",
	"http://docbook.org/ns/docbook" };

/* The prefix that was meant: of one or two letters, itself. */
static const char *
name_of_prefix(const char *prefix)
{
	for (size_t i = 0; i < COUNT(prefixes); i++)
		if (strcmp(prefixes[i], prefix) == 0)
			return prefixes[i];
	return strlen(prefix) > 2
	    ? text_nearest(prefix, prefixes, COUNT(prefixes))
	    : NULL;
}

/* Does the root tag declare the prefix? */
static bool
is_declared(const struct broken *broken, const char *prefix)
{
	const char *bytes = broken->source->bytes;
	size_t root = root_name(broken).start;
	size_t end = markup_skip_tag(broken->source, root);
	char *wanted = mem_format("xmlns:%s=", prefix);
	const char *found = strstr(bytes + root, wanted);

	free(wanted);
	return found != NULL && found < bytes + end;
}

/* What to declare, or to write, or both. NULL if nobody knows. */
static char *
cure_prefix(const struct broken *broken, const char *prefix, const char *near)
{
	enum diag_language language = broken->diag->language;
	const char *uri = "…";

	for (size_t i = 0; near != NULL && i < COUNT(prefixes); i++)
		if (strcmp(near, prefixes[i]) == 0)
			uri = namespaces[i];
	if (near == NULL)
		return NULL;
	if (strcmp(near, prefix) == 0)
		return words_format(language, WORDS_CURE_DECLARE, near, uri);
	return is_declared(broken, near)
	    ? words_format(language, WORDS_CURE_PREFIX, near)
	    : words_format(language, WORDS_CURE_PREFIX_DECLARE, near, near,
		  uri);
}

static bool
tell_prefix(const struct broken *broken, struct stretch name)
{
	struct stretch prefix = { name.start,
		local_part(broken, name).start - name.start - 1 };
	char *copied = copy(broken, prefix);
	const char *near = name_of_prefix(copied);
	char *cure = cure_prefix(broken, copied, near);

	diag_report_cure(broken->diag, DIAG_PREFIX_UNDECLARED,
	    name_place(broken, prefix), (struct place){ 0 }, cure, copied,
	    NULL);
	free(cure);
	free(copied);
	return true;
}

/* Is the part of the name before the colon what libxml2 names? */
static bool
has_prefix(const struct broken *broken, struct stretch name, const char *prefix)
{
	return local_part(broken, name).start - name.start ==
	    strlen(prefix) + 1 &&
	    starts(broken, name.start, prefix);
}

/* --- the file as a whole --- */

static bool
look_declaration(const struct broken *broken)
{
	size_t start = broken->markup.last;
	bool is_first = strstr(broken->source->bytes, "<?xml") ==
		broken->source->bytes + start &&
	    root_name(broken).start > start;
	char *cure;

	if (!starts(broken, start, "<?xml"))
		return false;
	cure = is_first
	    ? words_format(broken->diag->language, WORDS_CURE_DECLARATION_LATE)
	    : NULL;
	diag_report_cure(broken->diag, DIAG_XML_DECLARATION,
	    place_of(broken, start, 5), (struct place){ 0 }, cure, NULL);
	free(cure);
	return true;
}

/* The bytes of `<name` or `</name`; 1 if no tag stands there. */
static size_t
tag_len(const struct broken *broken, size_t at)
{
	struct stretch name =
	    markup_name(broken->source, at + 1 + starts(broken, at + 1, "/"));

	return starts(broken, at, "<") ? name.start + name.len - at : 1;
}

/* Nothing at all, a comment, or a text that is no XML. */
static bool
tell_no_element(const struct broken *broken)
{
	size_t first = strspn(broken->source->bytes, " \t\r\n");
	bool is_text =
	    first < broken->source->size && !starts(broken, first, "<");

	diag_report_related(broken->diag,
	    is_text ? DIAG_FILE_NO_XML : DIAG_FILE_EMPTY,
	    place_of(broken, 0, 0), broken->from, broken->source->path, NULL);
	return true;
}

/* Text or a second element beside the root, or no root at all. */
static bool
look_outside(const struct broken *broken)
{
	struct stretch root = root_name(broken);
	size_t at = broken->at;
	struct stretch second;
	char *name;
	char *cure;

	if (at < broken->source->size && is_html(broken, at))
		return tell_html(broken, at);
	if (root.len == 0)
		return tell_no_element(broken);
	name = copy(broken, root);
	second = starts(broken, at, "<") ? markup_name(broken->source, at + 1)
					 : (struct stretch){ 0 };
	/* What may not hold itself. */
	cure = second.len == root.len && starts(broken, second.start, name)
	    ? words_format(broken->diag->language, WORDS_CURE_PASTED)
	    : NULL;
	diag_report_cure(broken->diag, DIAG_OUTSIDE_ROOT,
	    place_of(broken, at, tag_len(broken, at)),
	    place_of(broken, root.start - 1, 1), cure, name, NULL);
	free(cure);
	free(name);
	return true;
}

static bool
look_character(const struct broken *broken)
{
	ptrdiff_t reference = find_back(broken, '&', broken->markup.last);
	char name[16];
	uint32_t c;
	size_t len;

	if (reference >= 0 && starts(broken, (size_t)reference, "&#")) {
		size_t start = (size_t)reference;

		len = strcspn(broken->source->bytes + start, "; \n<");
		if (start + len + 1 >= broken->at)
			return tell(broken, DIAG_NO_CHARACTER, start,
			    len + starts(broken, start + len, ";"));
	}
	if (broken->at >= broken->source->size)
		return false;
	len = text_decode(broken->source->bytes + broken->at,
	    broken->source->size - broken->at, &c);
	snprintf(name, sizeof(name), "U+%04X", (unsigned)c);
	diag_report(broken->diag, DIAG_NO_CHARACTER,
	    place_of(broken, broken->at, len), name, NULL);
	return true;
}

/* A comment, a CDATA section or an instruction that never ends. */
static bool
look_section(const struct broken *broken)
{
	size_t start = broken->markup.last;
	const struct section *section = markup_section(broken->source, start);

	if (section == NULL)
		return false;
	diag_report_related(broken->diag, DIAG_TAG_UNCLOSED,
	    place_of(broken, start, strlen(section->start)),
	    place_of(broken, broken->source->size, 1), section->start,
	    section->end, NULL);
	return true;
}

/* `]]>` in text: the first behind the last tag. */
static bool
look_cdata_end(const struct broken *broken)
{
	const char *bytes = broken->source->bytes;
	const char *end = strstr(bytes +
		markup_skip_section(broken->source, broken->markup.last),
	    "]]>");

	return end != NULL &&
	    tell(broken, DIAG_CDATA_END, (size_t)(end - bytes), 3);
}

static bool
look_hyphens(const struct broken *broken)
{
	const char *bytes = broken->source->bytes;
	const char *hyphens = strstr(bytes + broken->markup.last + 4, "--");

	return hyphens != NULL &&
	    tell(broken, DIAG_COMMENT_HYPHENS, (size_t)(hyphens - bytes), 2);
}

/* --- the table --- */

static const struct {
	int error;
	look *look;
} looks[] = {
	{ XML_ERR_TAG_NAME_MISMATCH, look_end_tag },
	{ XML_ERR_TAG_NOT_FINISHED, look_end_of_file },
	{ XML_ERR_GT_REQUIRED, look_tag_end },
	{ XML_ERR_UNDECLARED_ENTITY, look_entity },
	{ XML_WAR_UNDECLARED_ENTITY, look_entity },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, look_ampersand },
	{ XML_ERR_NAME_REQUIRED, look_name },
	{ XML_ERR_LT_IN_ATTRIBUTE, look_less_in_value },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, look_value_start },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, tell_value_unclosed },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, look_no_value },
	{ XML_ERR_MISPLACED_CDATA_END, look_cdata_end },
	{ XML_ERR_SPACE_REQUIRED, look_between_attributes },
	{ XML_ERR_ATTRIBUTE_REDEFINED, look_twice },
	{ XML_NS_ERR_ATTRIBUTE_REDEFINED, look_twice },
	{ XML_ERR_RESERVED_XML_NAME, look_declaration },
	{ XML_ERR_DOCUMENT_EMPTY, look_outside },
	{ XML_ERR_DOCUMENT_END, look_outside },
	{ XML_ERR_INVALID_CHAR, look_character },
	{ XML_ERR_INVALID_DEC_CHARREF, look_character },
	{ XML_ERR_INVALID_HEX_CHARREF, look_character },
	{ XML_ERR_COMMENT_NOT_FINISHED, look_section },
	{ XML_ERR_CDATA_NOT_FINISHED, look_section },
	{ XML_ERR_PI_NOT_FINISHED, look_section },
	{ XML_ERR_HYPHEN_IN_COMMENT, look_hyphens },
};

/* libxml2 names the prefix; the tag it read says where it stands. */
static bool
look_prefix(const struct broken *broken, const char *prefix)
{
	struct stretch name =
	    markup_name(broken->source, broken->markup.last + 1);
	size_t at = name.start + name.len;

	if (prefix == NULL)
		return false;
	do
		if (has_prefix(broken, name, prefix))
			return tell_prefix(broken, name);
	while (markup_next_attribute(broken->source, &at, &name));
	return false;
}

static bool
look_all(const struct broken *broken, const xmlError *error)
{
	if (error->code == XML_NS_ERR_UNDEFINED_NAMESPACE)
		return look_prefix(broken, error->str1);
	for (size_t i = 0; i < COUNT(looks); i++)
		if (looks[i].error == error->code && looks[i].look(broken))
			return true;
	return false;
}

int
wellformed_report(struct diag *diag, struct place place, struct place from,
    const xmlError *error)
{
	struct broken broken = { .source =
				     sources_get(diag->sources, place.file),
		.diag = diag,
		.file = place.file,
		.from = from,
		.at = place.offset };
	bool is_told;
	char *text;

	markup_read(&broken.markup, broken.source, broken.at);
	is_told = look_all(&broken, error);
	markup_clear(&broken.markup);
	if (is_told)
		return -1;
	text = mem_dup(error->message ? error->message : "");
	text[strcspn(text, "\n")] = '\0';
	diag_report(diag, DIAG_XML_SYNTAX, place, text, NULL);
	free(text);
	return -1;
}

bool
wellformed_report_doctype(struct diag *diag, struct place place,
    const char *name, const char *public_id, const char *system_id)
{
	const struct source *source = sources_get(diag->sources, place.file);
	const char *start = NULL;

	/* The place is behind the ids. */
	for (const char *p = source->bytes;
	     (p = strstr(p, "<!DOCTYPE")) != NULL &&
	     p < source->bytes + place.offset;
	     p++)
		start = p;
	if (start != NULL)
		place = (struct place){ place.file,
			(uint32_t)(start - source->bytes), 9 };
	if (strcasecmp(name, "html") == 0) {
		diag_report(diag, DIAG_HTML, place, source->path, NULL);
		return true;
	}
	if ((public_id != NULL && strstr(public_id, "DTD DocBook") != NULL) ||
	    (system_id != NULL && strstr(system_id, "docbookx.dtd") != NULL)) {
		diag_report(diag, DIAG_DOCBOOK_OLD, place, name, source->path,
		    NULL);
		return true;
	}
	return false;
}
