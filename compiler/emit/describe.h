/*
 * What an edition says of itself: title, version, dates, class, notice, the
 * words of the interface. Left on the top element of a view, where stylesheets
 * and emitters read it.
 */
#ifndef VADE_EMIT_DESCRIBE_H
#define VADE_EMIT_DESCRIBE_H

#include "project/view.h"

/* Describes a linked view. */
void describe_view(struct view *view);

/* --- the parts, for the index of a shelf --- */

/* A new last child, in the parent's namespace. */
xmlNode *describe_add(xmlNode *parent, const char *name);
void describe_set(xmlNode *node, const char *name, const char *value);
/* notice may be NULL. */
void describe_notice(xmlNode *top, const struct notice *notice);
void describe_words(xmlNode *top, const char *lang);
void describe_edition(xmlNode *top, const struct project *project,
    const char *lang, int clearance, enum build_mode mode);
/*
 * <v:agency id name><v:phone label number source date/>…</v:agency>, if the
 * edition is an agency's: what a reader cleared for `clearance` may know. Its
 * logo is added to that of a view, as "logo".
 */
xmlNode *describe_agency(xmlNode *top, const struct project *project,
    const char *lang, int clearance);
/* What a language is called in it: "Español". Lent. */
const char *describe_language(const char *lang);

#endif
