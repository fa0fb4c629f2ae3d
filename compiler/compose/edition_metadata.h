/*
 * What an edition says of itself: title, version, dates, class, notice, the
 * words of the interface. Left on the top element of a view, where stylesheets
 * and emitters read it.
 */
#ifndef VADE_COMPOSE_EDITION_METADATA_H
#define VADE_COMPOSE_EDITION_METADATA_H

#include "project/view.h"

/* The CSS of the project, in the output. */
#define HOUSE_STYLE_CSS "look.css"
/* Before a handbook's id: the id of its entry in the index. */
#define SHELF_ENTRY "h-"

/* Describes a linked view. */
void metadata_view(struct view *view);

/* --- the parts, for the index of a shelf --- */

/* A new last child, in the parent's namespace. */
xmlNode *metadata_add(xmlNode *parent, const char *name);
void metadata_set(xmlNode *node, const char *name, const char *value);
/* notice may be NULL. */
void metadata_notice(xmlNode *top, const struct notice *notice);
void metadata_words(xmlNode *top, const char *lang);
void metadata_edition(xmlNode *top, const struct project *project,
    const char *lang, int clearance, enum build_mode mode);
/*
 * <v:agency id name><v:phone label number source date/>…</v:agency>, if the
 * edition is an agency's: what a reader cleared for `clearance` may know. Its
 * logo is added to that of a view, as "logo".
 */
xmlNode *metadata_agency(xmlNode *top, const struct project *project,
    const char *lang, int clearance);
/* What a language is called in it: "Español". Lent. */
const char *metadata_language(const char *lang);

#endif
