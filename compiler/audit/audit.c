#include "audit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "base/list.h"
#include "base/alloc.h"
#include "base/digest.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/text.h"
#include "compose/asset.h"
#include "picture/picture.h"
#include "audit/master_texts.h"
#include "extract/file_kind.h"
#include "audit/known_pictures.h"
#include "extract/unescape.h"
#include "audit/chance_matches.h"
#include "audit/shingles.h"
#include "extract/unpack.h"
#include "model/ui.h"
#include "project/participation.h"

enum {
	LEAST_TEXT = 5,   /* letters and digits of a short text */
	LEAST_ID = 3,     /* of an id of several parts */
	MOST_FOUND = 100, /* then it is plain that something is wrong */
	CHANCE = 8,       /* letters that no packed bytes spell by chance */
	SHOWN = 60,       /* bytes of what was found */
	LARGEST_IMAGE = 16 << 20,
	NO_HANDBOOK = -1,
};

/* Words of the files that are neither content nor embedded: manifest.json,
 * SHA256SUMS, the marker, HTML itself; and the names of packages, drawings and
 * data, which the program writes. */
static const char own_words[] =
    "project shelf version date review class languages partial files path "
    "size sha256 manifest json SHA256SUMS vademecum index html assets css "
    "Made by vade; rebuilt as a whole. Hecho por vade; se rehace entero. "
    "DOCTYPE utf 8 true false null svg png jpg jpeg gif webp "
    "package metadata spine itemref item idref rootfiles rootfile container "
    "properties opendocument oebps mimetype application xhtml landmarks "
    "dcterms modified identifier language creator publisher subject "
    "accessMode accessModeSufficient accessRights accessibilitySummary "
    "accessibilityHazard accessibilityFeature accessibilityControl "
    "conformsTo certifiedBy tableOfContents structuralNavigation readingOrder "
    "displayTransformability alternativeText textual visual none unlimited "
    "defer async viewBox opacity circle rect line path polyline polygon "
    "marker stroke dasharray linecap linejoin anchor middle width height "
    "transform translate responsibilities procedures handoffs steps actors "
    "receivers handbook edition notice decision branches default";

/* Something that not everybody may read, and where it stands. */
struct searched_unit {
	struct place place;
	uint32_t folder; /* the last one it was reported in */
};

struct audit {
	struct edition edition;
	long handbook;        /* others: whose; NO_HANDBOOK: by clearance */
	struct audit *others; /* of the folder under way; NULL = none */
	struct grams grams;
	struct chance_matches seams; /* of what some reader may read */
	struct searched_unit *units;
	size_t count;
	size_t capacity;
	struct audit_pictures pictures; /* that some reader may see */
	uint32_t folder; /* number of the folder under way, from 1 */
	const char *name;
	int clearance;
	size_t found; /* in all folders */
	struct audit_tally tally;
};

/* --- the bytes of a file --- */

typedef void search_text(void *context, const struct decoded *decoded);

/* All ways to read the bytes of a file. */
static void
read_all_ways(const char *bytes, size_t size, search_text *search,
    void *context)
{
	static const enum decode_tags ways[] = { DECODE_JOIN, DECODE_PART };
	struct decoded raw;
	bool has_tags = memchr(bytes, '<', size) != NULL;
	bool hides_tags;

	decode_raw(&raw, bytes, size);
	for (size_t i = 0; has_tags && i < 2; i++) {
		struct decoded text;

		decode_tags(&text, &raw, ways[i]);
		decode_escapes(&text);
		decode_lists(&text);
		search(context, &text);
		decode_clear(&text);
	}
	decode_escapes(&raw);
	decode_lists(&raw);
	decode_lines(&raw);
	/* Tags that were escaped themselves: "&lt;b&gt;" or "\u003cb>". */
	hides_tags = memmem(bytes, size, "&lt;", 4) != NULL ||
	    memmem(bytes, size, "003", 3) != NULL ||
	    memmem(bytes, size, "%3", 2) != NULL ||
	    memmem(bytes, size, "&#", 2) != NULL;
	for (size_t i = 0; hides_tags && i < 2; i++) {
		struct decoded text;

		decode_tags(&text, &raw, ways[i]);
		search(context, &text);
		decode_clear(&text);
	}
	/* As it is: attributes, comments, JSON, plain text. */
	decode_edges(&raw);
	search(context, &raw);
	decode_clear(&raw);
}

/* --- what is looked for --- */

/* Of an image as its source is, and as we write it; "" if it is none. */
struct image_digests {
	char digits[2][DIGEST_DIGITS + 1];
	int level; /* + 1, from which on it was read; 0 = not yet */
};

struct learning {
	struct gather gather;
	struct audit *audit;
	struct map images; /* path -> index into digests */
	struct image_digests *digests;
	size_t digest_capacity;
	uint8_t **
	    shares; /* others: per tree and element 1 + enum participation, or 0 */
};

static int
level_by_clearance(const struct gather *gather, const struct book *book,
    const xmlNode *node)
{
	return reach_rank(gather->edition->reaches,
	    book_element(book, node)->reach);
}

/* Whose a text is, seen from one handbook. */
enum { LEVEL_SHOWN, LEVEL_OTHERS, LEVEL_ABOVE };

/* The handbook's share in a step, asked once for each. */
static enum participation
share_of(const struct learning *learning, const struct book *book,
    const xmlNode *step)
{
	const struct edition *edition = learning->gather.edition;
	size_t handbook = (size_t)learning->audit->handbook;
	uint8_t *share = &learning->shares[book -
	    edition->books][book_element(book, step) - book->elements];
	if (*share == 0) {
		const struct view view = view_open(edition, book, handbook);

		*share = (uint8_t)(1 + participation_of_step(&view, step));
	}
	return (enum participation)(*share - 1);
}

/* Of another's step stays a line, and the warnings in it (DESIGN section 6):
 * what is inside a step that is cut so, and is none. */
static bool
is_cut(const struct learning *learning, const struct book *book,
    const xmlNode *node)
{
	bool warns = false;

	for (; node != NULL && !node_is(node, "task"); node = node->parent) {
		warns |= node_is(node, "warning");
		if (!node_is(node, "step"))
			continue;
		switch (share_of(learning, book, node)) {
		case PARTICIPATION_LINE:
			return !warns;
		case PARTICIPATION_NONE:
			return true;
		default:
			return false;
		}
	}
	return false;
}

/* What is above the clearance is the other audit's. */
static int
level_by_reader(const struct gather *gather, const struct book *book,
    const xmlNode *node)
{
	const struct learning *learning = (const struct learning *)gather;
	const struct edition *edition = gather->edition;
	size_t handbook = (size_t)learning->audit->handbook;
	uint32_t reach = book_element(book, node)->reach;

	if (reach_rank(edition->reaches, reach) >
	    edition->project->handbooks[handbook].clearance)
		return LEVEL_ABOVE;
	return !masks_show(edition->masks, reach, handbook) ||
		is_cut(learning, book, node)
	    ? LEVEL_OTHERS
	    : LEVEL_SHOWN;
}

static uint32_t
add_unit(struct audit *audit, struct place place)
{
	*list_add(audit->units, audit->count, audit->capacity) =
	    (struct searched_unit){ .place = place };
	return (uint32_t)audit->count - 1;
}

/* An image of the project; what of it cannot be read is an empty file. */
static void
read_image(const struct learning *learning, const char *path,
    struct picture *picture, char digits[DIGEST_DIGITS + 1])
{
	const struct file_root *root = &learning->gather.edition->project->root;
	owned char *bytes = NULL;
	size_t size = 0;

	digits[0] = '\0';
	if (file_read(root, path, LARGEST_IMAGE, &bytes, &size) == FILE_OK) {
		digest_sha256(bytes, size, digits);
		if (picture_clean(picture, bytes, size) != 0)
			buf_clear(&picture->bytes);
	}
}

/* The digests of an image, read once. Lent until the next call. */
static struct image_digests *
digests_of(struct learning *learning, const char *path)
{
	bool is_new;
	size_t at = (size_t)(map_put_text(&learning->images, path, &is_new) -
	    learning->images.entries);
	struct picture picture = { 0 };
	struct image_digests *digests;

	if (!is_new)
		return &learning->digests[at];
	learning->digests = mem_grow(learning->digests, at,
	    &learning->digest_capacity, sizeof(*learning->digests));
	digests = &learning->digests[at];
	memset(digests, 0, sizeof(*digests));
	read_image(learning, path, &picture, digests->digits[0]);
	if (picture.bytes.size > 0)
		digest_sha256(picture.bytes.data, picture.bytes.size,
		    digests->digits[1]);
	picture_clear(&picture);
	return digests;
}

/* The name of a file without folder and extension. */
static const char *
stem_of(const char *path, size_t *size)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	*size = dot != NULL ? (size_t)(dot - name) : strlen(name);
	return name;
}

/* One word is a name only if it is long enough not to be any word. */
static size_t
least_of_name(const char *name, size_t size)
{
	return strcspn(name, "-._:") < size ? LEAST_ID : LEAST_TEXT;
}

static bool
is_of_address(char c)
{
	return c != '\0' && (c & 0x80) == 0 &&
	    strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "0123456789._%+-",
		c) != NULL;
}

/* E-mail addresses, which are secrets wherever they stand. */
static void
learn_addresses(struct grams *grams, const char *text, size_t size, int level,
    uint32_t unit)
{
	const char *end = text + size;
	const char *at = text;

	while ((at = memchr(at, '@', (size_t)(end - at))) != NULL) {
		const char *first = at;
		const char *last = at + 1;

		while (first > text && is_of_address(first[-1]))
			first--;
		while (last < end && is_of_address(*last))
			last++;
		if (first < at && last > at + 1)
			grams_add_text(grams, first, (size_t)(last - first),
			    LEAST_TEXT, true, level, unit);
		at = last < end ? last : end;
	}
}

/* Its digests whole, and as the names of assets are made of them. */
static void
learn_image(struct audit *audit, const struct image_digests *digests, int level,
    uint32_t unit)
{
	for (size_t i = 0; i < 2; i++) {
		const char *digits = digests->digits[i];

		if (digits[0] == '\0')
			continue;
		grams_add_text(&audit->grams, digits, DIGEST_DIGITS, 1, true,
		    level, unit);
		grams_add_text(&audit->grams, digits, ASSET_DIGITS, 1, true,
		    level, unit);
	}
}

/* A gather's visit: everything above the lowest level is a secret. */
static void
learn(struct gather *gather, enum gather_kind kind, const char *text,
    size_t size, int level, struct place place)
{
	struct learning *learning = (struct learning *)gather;
	struct audit *audit = learning->audit;
	size_t least = LEAST_TEXT;
	bool is_name =
	    kind == GATHER_ID || kind == GATHER_IMAGE || kind == GATHER_SOURCE;
	uint32_t unit;

	if (level == 0 || size == 0 || kind == GATHER_PLAIN)
		return;
	if (audit->handbook != NO_HANDBOOK &&
	    (level != LEVEL_OTHERS ||
		(kind != GATHER_TEXT && kind != GATHER_IMAGE)))
		return;
	unit = add_unit(audit, place);
	if (kind == GATHER_IMAGE) {
		learn_image(audit, digests_of(learning, text), level, unit);
	}
	if (kind == GATHER_IMAGE || kind == GATHER_SOURCE)
		text = stem_of(text, &size);
	if (is_name)
		least = least_of_name(text, size);
	grams_add_text(&audit->grams, text, size, least, is_name, level, unit);
	learn_addresses(&audit->grams, text, size, level, unit);
}

/* What may be read from a level on. */
struct lowering {
	struct grams *grams;
	int level;
};

/* A search_text. */
static void
lower_text(void *context, const struct decoded *decoded)
{
	const struct lowering *lowering = context;

	grams_lower(lowering->grams, decoded->text, decoded->size,
	    lowering->level);
}

static void
lower_bytes(struct audit *audit, const char *bytes, size_t size, int level)
{
	struct lowering lowering = { &audit->grams, level };

	if (audit->grams.count > 0)
		read_all_ways(bytes, size, lower_text, &lowering);
}

/* Who may see an image may read what is written in it, as it leaves us. Read
 * again only if it turns out to be for more readers than it was. */
static void
lower_image(struct learning *learning, const char *path, int level)
{
	struct audit *audit = learning->audit;
	struct image_digests *digests = digests_of(learning, path);
	struct picture picture = { 0 };
	char digits[DIGEST_DIGITS + 1];

	if (digests->level != 0 && digests->level <= level + 1)
		return;
	digests->level = level + 1;
	for (size_t i = 0; i < 2; i++) {
		if (digests->digits[i][0] == '\0')
			continue;
		grams_lower(&audit->grams, digests->digits[i], DIGEST_DIGITS,
		    level);
		grams_lower(&audit->grams, digests->digits[i], ASSET_DIGITS,
		    level);
	}
	read_image(learning, path, &picture, digits);
	lower_bytes(audit, buf_text(&picture.bytes), picture.bytes.size, level);
	if (picture.bytes.size > 0)
		audit_picture_add(&audit->pictures, picture.bytes.data,
		    picture.bytes.size, level);
	picture_clear(&picture);
}

/* A gather's visit: what may be read from its level on. */
static void
unlearn(struct gather *gather, enum gather_kind kind, const char *text,
    size_t size, int level, struct place place)
{
	struct learning *learning = (struct learning *)gather;
	struct grams *grams = &learning->audit->grams;

	(void)place;
	/* What others are told of it. */
	if (learning->audit->handbook != NO_HANDBOOK && kind == GATHER_TITLE)
		level = 0;
	if (kind == GATHER_IMAGE) {
		lower_image(learning, text, level);
	}
	if (kind == GATHER_IMAGE || kind == GATHER_SOURCE)
		text = stem_of(text, &size);
	else if (kind != GATHER_PLAIN)
		chance_matches_add(&learning->audit->seams, text, size, level);
	grams_lower(grams, text, size, level);
}

/* --- what is nobody's secret --- */

static void
allow_text(struct audit *audit, const char *text)
{
	grams_lower(&audit->grams, text, strlen(text), GRAM_PUBLIC);
	chance_matches_add(&audit->seams, text, strlen(text), GRAM_PUBLIC);
}

static bool
is_of_a_book(const struct edition *edition, uint32_t file)
{
	for (size_t i = 0; i < edition->project->tree_count; i++)
		if (file >= edition->books[i].first_source &&
		    file <= edition->books[i].last_source)
			return true;
	return false;
}

/* Pictures that a stylesheet of the project brings with it. */
static void
allow_pictures(struct audit *audit, const char *bytes, size_t size)
{
	scoped(buf_clear) struct buf part = { 0 };
	size_t at = 0;

	while (decode_base64(bytes, size, &at, &part) != SIZE_MAX) {
		scoped(picture_clear) struct picture picture = { 0 };

		buf_add(&part, "", 1);
		part.size--;
		if (picture_clean(&picture, part.data, part.size) == 0)
			audit_picture_add(&audit->pictures, picture.bytes.data,
			    picture.bytes.size, 0);
	}
}

static void
allow_own(struct audit *audit)
{
	const struct edition *edition = &audit->edition;

	for (uint32_t i = 1; i <= edition->sources->count; i++) {
		const struct source *source = sources_get(edition->sources, i);

		if (is_of_a_book(edition, i))
			continue;
		lower_bytes(audit, source->bytes, source->size, GRAM_PUBLIC);
		chance_matches_add_markup(&audit->seams, source->bytes,
		    source->size, GRAM_PUBLIC);
		allow_pictures(audit, source->bytes, source->size);
	}
	/* Stylesheets, scripts, templates, and the names of all elements. */
	for (size_t i = 0; i < embedded_count; i++)
		if (!text_ends_with(embedded_files[i].name, ".lua"))
			lower_bytes(audit, embedded_files[i].bytes,
			    embedded_files[i].size, GRAM_PUBLIC);
	for (size_t i = 0; i < ui_count; i++) {
		allow_text(audit, ui_rows[i].texts[0]);
		allow_text(audit, ui_rows[i].texts[1]);
	}
	for (size_t i = 0; ui_partial_text(i) != NULL; i++)
		allow_text(audit, ui_partial_text(i));
	lower_bytes(audit, own_words, sizeof(own_words) - 1, GRAM_PUBLIC);
}

/* --- making --- */

static uint8_t **
make_shares(const struct edition *edition)
{
	size_t trees = edition->project->tree_count;
	uint8_t **shares = mem_array(trees, sizeof(*shares));

	for (size_t i = 0; i < trees; i++)
		shares[i] = mem_array(edition->books[i].element_count, 1);
	return shares;
}

static void
free_shares(const struct edition *edition, uint8_t **shares)
{
	for (size_t i = 0; shares != NULL && i < edition->project->tree_count;
	     i++)
		free(shares[i]);
	free(shares);
}

static struct audit *
make_audit(const struct edition *edition, long handbook)
{
	struct audit *audit = mem_alloc(sizeof(*audit));
	struct learning learning = { .audit = audit };

	audit->edition = *edition;
	audit->handbook = handbook;
	learning.gather.edition = &audit->edition;
	learning.gather.level = level_by_clearance;
	if (handbook != NO_HANDBOOK) {
		learning.gather.level = level_by_reader;
		learning.gather.may_fall = true;
		learning.shares = make_shares(edition);
	}
	learning.gather.visit = learn;
	gather_run(&learning.gather);
	learning.gather.visit = unlearn;
	learning.gather.with_references = true;
	learning.gather.open_titles = handbook != NO_HANDBOOK;
	gather_run(&learning.gather);
	allow_own(audit);
	if (edition->project->agency != NULL &&
	    edition->project->agency->logo != NULL)
		lower_image(&learning, edition->project->agency->logo, 0);
	audit->tally.phrases = audit->grams.count;
	map_clear(&learning.images);
	free(learning.digests);
	free_shares(edition, learning.shares);
	return audit;
}

struct audit *
audit_new(const struct edition *edition)
{
	return make_audit(edition, NO_HANDBOOK);
}

struct audit *
audit_new_others(const struct edition *edition, size_t handbook)
{
	return make_audit(edition, (long)handbook);
}

void
audit_free(struct audit *audit)
{
	if (audit == NULL)
		return;
	grams_clear(&audit->grams);
	chance_matches_clear(&audit->seams);
	audit_pictures_clear(&audit->pictures);
	buf_clear(&audit->tally.read);
	free(audit->units);
	free(audit);
}

/* --- searching --- */

void
audit_enter(struct audit *audit, struct audit *others, const char *name,
    int clearance)
{
	audit->name = name;
	audit->clearance = clearance;
	audit->folder++;
	audit->others = others;
	if (others != NULL)
		audit->tally.phrases += others->grams.count;
	if (others != NULL)
		audit_enter(others, NULL, name, LEVEL_SHOWN);
}

/* A file being searched: for what is above, and for what is others'. */
struct search {
	struct audit *audit;
	const char *path;
	bool is_unread; /* that was told already */
	size_t words;   /* read so far */
	size_t most;    /* in one way to read what is read now */
	bool in_name;
	bool is_packed; /* the bytes themselves, before they are unpacked */
	size_t offset;  /* of the part, in the file */
	size_t found;
	struct sought {
		struct audit *audit; /* NULL = nothing */
		uint32_t crossing;   /* the unit that goes on across blocks */
		size_t crossed; /* shingles of it so far, one after another */
		size_t seam;    /* the last word that began one over a seam */
		size_t seams;   /* shingles so far, one after another */
	} sought[2];
};

/* A text that is searched. */
struct reading {
	const struct decoded *decoded;
	struct gram_text page; /* read when it is first asked for */
};

/* What was found, in one line that fits a message. */
static char *
format_words(const char *text, size_t size)
{
	struct buf words = { 0 };

	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t len = text_decode(text + i, size - i, &c);

		if (words.size >= SHOWN) {
			buf_add_text(&words, "…");
			break;
		}
		if (c > ' ' && c != 0xfffd && !text_is_control(c))
			buf_add(&words, text + i, len);
		else if (words.size > 0 && words.data[words.size - 1] != ' ')
			buf_add_char(&words, ' ');
		i += len;
	}
	return buf_take(&words);
}

static char *
format_where(const struct search *search, enum diag_language ui, size_t offset)
{
	return search->in_name ? mem_dup(words_say(ui, WORDS_AUDIT_ITS_NAME))
			       : mem_format("byte %zu", offset);
}

/* Whose folder it is: the class of its reader, or its handbook. */
static const char *
name_reader(const struct audit *audit)
{
	const struct axes *axes = &audit->edition.project->axes;

	if (audit->handbook != NO_HANDBOOK)
		return audit->edition.project->handbooks[audit->handbook].id;
	return axes->clearance == AXIS_NONE
	    ? "-"
	    : axes->axes[axes->clearance].values[audit->clearance].id;
}

static void
report(const struct search *search, const struct audit *audit,
    const struct searched_unit *unit, char *words, size_t offset)
{
	owned char *where =
	    format_where(search, audit->edition.diag->language, offset);
	owned char *file = mem_format("%s%s%s", audit->name,
	    audit->name[0] != '\0' ? "/" : "", search->path);

	diag_report(audit->edition.diag,
	    audit->handbook == NO_HANDBOOK ? DIAG_AUDIT_LEAK
					   : DIAG_AUDIT_OTHERS,
	    unit->place, words, file, where, name_reader(audit), NULL);
	free(words);
}

/* The end of a block and the beginning of the next may by chance be five words
 * in a row of something else; more of them are no chance. */
static bool
goes_on(struct sought *sought, uint32_t unit)
{
	sought->crossed = sought->crossing == unit ? sought->crossed + 1 : 1;
	sought->crossing = unit;
	return sought->crossed >= GRAM_ROW;
}

static int
compare_starts(const void *key, const void *row)
{
	size_t a = *(const size_t *)key;
	size_t b = *(const size_t *)row;

	return (a > b) - (a < b);
}

/* Which word of the page a run begins with. */
static size_t
first_word(struct reading *reading, const struct gram_run *run)
{
	struct gram_text *page = &reading->page;

	if (page->count == 0)
		gram_text_read(page, reading->decoded->text,
		    reading->decoded->size);
	return (
	    size_t)((size_t *)bsearch(&run->start, page->starts, page->count,
			sizeof(*page->starts), compare_starts) -
	    page->starts);
}

/* The words of others are no evidence where readable texts meet. Above the
 * clearance they are if they go on, or are all that there is of the secret. */
static bool
is_seam(struct sought *sought, struct reading *reading,
    const struct gram_run *run, const struct gram *gram)
{
	const struct audit *audit = sought->audit;
	size_t first;

	if (run->words < 2 || gram->is_name)
		return false;
	first = first_word(reading, run);
	if (!chance_matches_explain(&audit->seams, &reading->page, first,
		run->words, audit->clearance))
		return false;
	if (audit->handbook != NO_HANDBOOK)
		return true;
	sought->seams = sought->seams > 0 && sought->seam + 1 == first
	    ? sought->seams + 1
	    : 1;
	sought->seam = first;
	return sought->seams < gram->row;
}

static void
find(struct search *search, struct sought *sought, struct reading *reading,
    const struct gram_run *run)
{
	struct audit *audit = sought->audit;
	const struct decoded *decoded = reading->decoded;
	const struct gram *gram = grams_get(&audit->grams, run->hash);
	struct searched_unit *unit;
	bool is_enough;

	if (gram == NULL || gram->level <= audit->clearance ||
	    (gram->is_name && run->has_blank) ||
	    (search->is_packed && run->end - run->start < CHANCE)) {
		sought->crossed = run->crosses ? 0 : sought->crossed;
		return;
	}
	is_enough = !run->crosses || goes_on(sought, gram->unit);
	if (is_seam(sought, reading, run, gram) || !is_enough)
		return;
	unit = &audit->units[gram->unit];
	if (unit->folder == audit->folder)
		return;
	unit->folder = audit->folder;
	search->found++;
	if (audit->found++ < MOST_FOUND)
		report(search, audit, unit,
		    format_words(decoded->text + run->start,
			run->end - run->start),
		    search->offset + decoded->at[run->start]);
}

/* A search_text. */
static void
search_decoded(void *context, const struct decoded *decoded)
{
	struct search *search = context;
	struct reading reading = { .decoded = decoded };
	struct gram_reader reader;
	struct gram_run runs[GRAM_MOST];
	size_t count;
	size_t words = 0;

	gram_read(&reader, decoded->text, decoded->size);
	if (search->sought[0].audit == NULL && search->sought[1].audit == NULL)
		return;
	search->sought[0].seams = 0;
	for (; (count = gram_next(&reader, runs)) != SIZE_MAX; words++)
		for (size_t i = 0; i < 2 * count; i++)
			if (search->sought[i & 1].audit != NULL)
				find(search, &search->sought[i & 1], &reading,
				    &runs[i / 2]);
	gram_text_clear(&reading.page);
	search->most = words > search->most ? words : search->most;
}

/* An image under whatever name. */
static void
search_digest(struct search *search, const char *digits)
{
	struct decoded decoded;

	decode_raw(&decoded, digits, strlen(digits));
	memset(decoded.at, 0, decoded.size * sizeof(*decoded.at));
	search_decoded(search, &decoded);
	decode_clear(&decoded);
}

static void
search_words(struct search *search, const char *bytes, size_t size)
{
	search->offset = 0;
	search->most = 0;
	read_all_ways(bytes, size, search_decoded, search);
	if (!search->is_packed && !search->in_name)
		search->words += search->most;
}

static void
search_name(struct search *search, const char *name)
{
	search->in_name = true;
	search_words(search, name, strlen(name));
	search->in_name = false;
}

/* --- what cannot be read --- */

/* Told once a file: the first of its parts that cannot be. */
static void
report_unread(struct search *search, const char *name, enum unread why)
{
	struct audit *audit = search->audit;
	struct diag *diag = audit->edition.diag;

	if (why == UNREAD_NOTHING || search->is_unread)
		return;
	search->is_unread = true;
	search->found++;
	if (audit->found++ >= MOST_FOUND)
		return;
	owned char *path = mem_format("%s%s%s%s%s", audit->name,
	    audit->name[0] != '\0' ? "/" : "", search->path,
	    name[0] != '\0' ? ", " : "", name);

	diag_report_path(diag, DIAG_AUDIT_UNREAD, NULL, path,
	    unread_text(why, diag->language), NULL);
}

/* A picture that its reader may see is counted. */
static void
check_picture(struct search *search, const char *name, const char *bytes,
    size_t size, bool is_dots)
{
	struct audit *audit = search->audit;

	if (audit_picture_known(&audit->pictures, bytes, size, audit->clearance,
		is_dots) &&
	    (audit->others == NULL ||
		audit_picture_known(&audit->others->pictures, bytes, size,
		    LEVEL_SHOWN, is_dots)))
		audit->tally.pictures++;
	else
		report_unread(search, name, UNREAD_PICTURE);
}

/* A file, or one that is packed in another: is it what we know how to read? */
static void
check_kind(struct search *search, const char *name, const char *bytes,
    size_t size)
{
	report_unread(search, name == search->path ? "" : name,
	    audit_kind_check(name, bytes, size));
	if (audit_kind_of(bytes, size) == AUDIT_PICTURE)
		check_picture(search, name == search->path ? "" : name, bytes,
		    size, false);
}

/* --- files --- */

static void search_file(struct search *search, const char *name,
    const char *bytes, size_t size);

/* An unpack_part: what is found in it stands where its file stands. */
static void
search_packed(void *context, enum unpack_kind kind, const char *name,
    const char *bytes, size_t size)
{
	struct search *search = context;

	if (kind == UNPACK_FILE) {
		search_name(search, name);
		search_file(search, name, bytes, size);
		return;
	}
	if (kind == UNPACK_PICTURE) {
		check_picture(search, "", bytes, size, true);
		return;
	}
	search->is_packed = kind == UNPACK_BYTES;
	search_words(search, bytes, size);
	search->is_packed = false;
}

/* What is written in text in base64, and what that packs. */
static void
search_base64(struct search *search, const char *name,
    const struct decoded *text)
{
	scoped(buf_clear) struct buf part = { 0 };
	size_t at = 0;
	size_t offset;

	while ((offset = decode_base64(text->text, text->size, &at, &part)) !=
	    SIZE_MAX) {
		const char *bytes = buf_text(&part);

		report_unread(search, name,
		    audit_kind_check("", bytes, part.size));
		if (audit_kind_of(bytes, part.size) == AUDIT_PICTURE)
			check_picture(search, name, bytes, part.size, false);
		search->offset = text->at[offset < text->size ? offset : 0];
		search->is_packed =
		    audit_kind_of(bytes, part.size) != AUDIT_TEXT;
		read_all_ways(bytes, part.size, search_decoded, search);
		search->is_packed = false;
		if (unpack_is_packed(bytes, part.size))
			report_unread(search, name,
			    unpack_file(bytes, part.size, search_packed,
				search));
	}
}

/* An address may itself be escaped where it stands. */
static void
search_addresses(struct search *search, const char *name, const char *bytes,
    size_t size)
{
	struct decoded text;

	decode_raw(&text, bytes, size);
	decode_escapes(&text);
	search_base64(search, name, &text);
	decode_clear(&text);
}

/* A file, or one that is packed in another. */
static void
search_file(struct search *search, const char *name, const char *bytes,
    size_t size)
{
	enum audit_kind kind = audit_kind_of(bytes, size);
	char digits[DIGEST_DIGITS + 1];

	digest_sha256(bytes, size, digits);
	if (name == search->path)
		buf_add_format(&search->audit->tally.read, "%s  %s\n", digits,
		    name);
	check_kind(search, name, bytes, size);
	search_digest(search, digits);
	search->is_packed = kind != AUDIT_TEXT;
	search_words(search, bytes, size);
	search->is_packed = false;
	if (kind == AUDIT_TEXT)
		search_addresses(search, name == search->path ? "" : name,
		    bytes, size);
}

static struct search
start_search(struct audit *audit, const char *path)
{
	struct search search = { .audit = audit, .path = path };
	struct audit *others = audit->others;

	if (audit->grams.count > 0)
		search.sought[0].audit = audit;
	if (others != NULL && others->grams.count > 0)
		search.sought[1].audit = others;
	search_name(&search, path);
	return search;
}

size_t
audit_folder(struct audit *audit, const char *path)
{
	struct search search = start_search(audit, path);

	audit->tally.found += search.found;
	return search.found;
}

size_t
audit_file(struct audit *audit, const char *path, const void *bytes,
    size_t size)
{
	struct search search = start_search(audit, path);

	search_file(&search, path, bytes, size);
	if (unpack_is_packed(bytes, size))
		report_unread(&search, "",
		    unpack_file(bytes, size, search_packed, &search));
	audit->tally.files++;
	audit->tally.bytes += size;
	audit->tally.words += search.words;
	audit->tally.found += search.found;
	return search.found;
}

int
audit_refused(struct audit *audit, const char *path)
{
	audit->tally.found++;
	return diag_report_path(audit->edition.diag, DIAG_AUDIT_UNREAD, NULL,
	    path, strerror(errno), NULL);
}

const struct audit_tally *
audit_tally_of(const struct audit *audit)
{
	return &audit->tally;
}
