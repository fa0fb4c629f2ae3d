#include "asset.h"

#include <stdlib.h>
#include <string.h>

#include "base/process_limits.h"
#include "base/alloc.h"
#include "base/text.h"
#include "base/digest.h"
#include "base/list.h"
#include "base/map.h"
#include "picture/picture.h"
#include "syntax/missing_file.h"

enum { LARGEST = 16 << 20 };

static const struct asset *
find_asset(const struct view *view, const char *path)
{
	for (size_t i = 0; i < view->asset_count; i++)
		if (strcmp(view->assets[i].path, path) == 0)
			return &view->assets[i];
	return NULL;
}

static int
report(struct diag *diag, const struct file_root *root, struct place place,
    const char *path, enum file_result result)
{
	if (result == FILE_MISSING)
		return missing_file_report(diag, root, place, path);
	if (result == FILE_OUTSIDE)
		return diag_report(diag, DIAG_FILE_OUTSIDE, place, path, NULL);
	if (result == FILE_TOO_LARGE)
		return diag_report(diag, DIAG_FILE_TOO_LARGE, place, path, "16",
		    NULL);
	return missing_file_report_unreadable(diag, root, place, path);
}

/* What a picture at a path is when it is read. 0, or -1 with a report; the
 * caller clears it in both cases. */
static int
read_picture(struct picture *picture, const struct project *project,
    const char *path, struct place place, struct diag *diag)
{
	char *bytes = NULL;
	size_t size = 0;
	enum file_result result =
	    file_read(&project->root, path, LARGEST, &bytes, &size);
	int rc;

	if (result == FILE_MISSING && project->is_lone) {
		diag_report(diag, DIAG_IMAGE_LOST, place, path, NULL);
		return 0;
	}
	if (result != FILE_OK)
		return report(diag, &project->root, place, path, result);
	duty_path(diag->duty, path);
	rc = picture_clean(picture, bytes, size);
	free(bytes);
	if (rc == 0)
		return 0;
	if (picture->fault == DIAG_IMAGE_BROKEN)
		return diag_report(diag, picture->fault, place, path,
		    picture->kind, picture->what, NULL);
	return diag_report(diag, picture->fault, place, path, picture->what,
	    NULL);
}

/* Takes path. NULL with a report. */
static const struct asset *
read_asset_take(struct view *view, char *path, struct place place)
{
	char digits[DIGEST_DIGITS + 1];
	struct picture picture = { 0 };
	struct asset *asset;

	if (read_picture(&picture, view->edition->project, path, place,
		view->edition->diag) != 0) {
		picture_clear(&picture);
		free(path);
		return NULL;
	}
	asset = list_add(view->assets, view->asset_count, view->asset_capacity);
	digest_sha256(picture.bytes.data, picture.bytes.size, digits);
	*asset = (struct asset){ .path = path,
		.name =
		    mem_format("%.*s%s", ASSET_DIGITS, digits, picture.suffix),
		.size = picture.bytes.size };
	asset->bytes = buf_take(&picture.bytes);
	return asset;
}

static bool
is_absent(const struct view *view, const char *path)
{
	owned char *bytes = NULL;
	size_t size = 0;

	return file_read(&view->edition->project->root, path, LARGEST, &bytes,
		   &size) == FILE_MISSING;
}

/* An image for print, beside one for the screen. */
static bool
is_for_print(const xmlNode *object)
{
	return text_is_one_of(node_attribute(object, "role"), "fo pdf print");
}

/* Is there another image that is shown instead? It need not be there, nor be
 * of a kind that a page can show. */
static bool
is_passed_over(const xmlNode *data)
{
	const xmlNode *object = data->parent;

	if (!node_is(object, "imageobject") || !is_for_print(object))
		return false;
	node_each_element(other, object->parent)
		if (node_is(other, "imageobject") && !is_for_print(other))
			return true;
	return false;
}

static int
collect_image(struct view *view, xmlNode *node)
{
	const xmlNode *source = view_source(node);
	const char *href = node_attribute(source, "fileref");
	struct place place = book_place(view->book, source);
	const struct source *file;
	const struct asset *asset;
	char *path;

	if (href == NULL)
		return 0;
	file = sources_get(view->edition->diag->sources, place.file);
	place = source_attribute_place(view->edition->diag->sources, place,
	    "fileref", NULL);
	path = file_join(file->path, href);
	if (path == NULL)
		return diag_report(view->edition->diag, DIAG_FILE_OUTSIDE,
		    place, href, NULL);
	asset = find_asset(view, path);
	/* The front has said so; its text stands in its place. */
	if (asset == NULL && view->edition->project->is_lone &&
	    is_absent(view, path)) {
		free(path);
		return 0;
	}
	if (asset != NULL)
		free(path);
	else
		asset = read_asset_take(view, path, place);
	if (asset == NULL)
		return -1;
	owned char *src = mem_format("assets/%s", asset->name);

	view_set_vade(view, node, "src", src);
	return 0;
}

/* What an image shows, in words: its alt, else its text object. */
static void
describe_media(struct view *view, xmlNode *media)
{
	xmlNode *words = node_child(media, "alt");

	if (words == NULL)
		words = node_child(media, "textobject");
	if (words == NULL)
		return;
	owned char *text = node_text_dup(words);

	view_set_vade(view, media, "alt", text);
}

static int
collect_logo(struct view *view)
{
	const struct agency *agency = view->edition->project->agency;

	if (agency == NULL || agency->logo == NULL ||
	    find_asset(view, agency->logo) != NULL)
		return 0;
	return read_asset_take(view, mem_dup(agency->logo),
		   agency->logo_place) != NULL
	    ? 0
	    : -1;
}

/* Would a picture be refused? 0, or -1 with a report. */
static int
check_picture(const struct project *project, const char *path,
    struct place place, struct diag *diag)
{
	scoped(picture_clear) struct picture picture = { 0 };

	return read_picture(&picture, project, path, place, diag);
}

int
asset_check_logo(const struct project *project, struct diag *diag)
{
	const struct agency *agency = project->agency;

	return agency == NULL || agency->logo == NULL
	    ? 0
	    : check_picture(project, agency->logo, agency->logo_place, diag);
}

int
asset_collect(struct view *view)
{
	int rc = collect_logo(view);
	xmlNode *next;

	for (xmlNode *node = view->root; node != NULL; node = next) {
		xmlNode *object = node->parent;

		next = node_walk(node, view->root, true);
		if (node_is(node, "imagedata") && is_passed_over(node)) {
			next = node_walk(object, view->root, false);
			xmlUnlinkNode(object);
			xmlFreeNode(object);
			continue;
		}
		if (node_is(node, "imagedata") && view_source(node) != NULL)
			rc |= collect_image(view, node);
		if (node_is(node, "mediaobject") ||
		    node_is(node, "inlinemediaobject"))
			describe_media(view, node);
	}
	return rc;
}

/* What can be wrong with an image before any handbook is built. */
static int
check_image(const struct project *project, const struct book *book,
    const xmlNode *node, struct map *sound, struct diag *diag)
{
	const char *href = node_attribute(node, "fileref");
	struct place place = book_place(book, node);
	const struct source *file = sources_get(diag->sources, place.file);
	int rc = 0;

	if (href == NULL)
		return 0;
	place = source_attribute_place(diag->sources, place, "fileref", NULL);
	owned char *path = file_join(file->path, href);

	if (path == NULL)
		return diag_report(diag, DIAG_FILE_OUTSIDE, place, href, NULL);
	if (map_get_text(sound, path) == NULL) {
		rc = check_picture(project, path, place, diag);
		if (rc == 0)
			map_put_text(sound, path, NULL);
	}
	return rc;
}

int
asset_check(const struct project *project, const struct book *book,
    struct diag *diag)
{
	scoped(map_clear) struct map sound = { 0 };
	int rc = 0;

	node_each(node, book_root(book))
		if (node_is(node, "imagedata") && !is_passed_over(node))
			rc |= check_image(project, book, node, &sound, diag);
	return rc;
}

void
asset_add_all(struct view *view, const struct view *other)
{
	for (size_t i = 0; i < other->asset_count; i++) {
		*list_add(view->assets, view->asset_count,
		    view->asset_capacity) = other->assets[i];
	}
}
