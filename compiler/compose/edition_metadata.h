/*
 * What an edition says of itself: title, version, dates, class, notice, the
 * words of the interface. Left on the top element of a view, where stylesheets
 * and emitters read it.
 */
#ifndef VADE_COMPOSE_EDITION_METADATA_H
#define VADE_COMPOSE_EDITION_METADATA_H

#include "project/view.h"

/* The CSS of the project, in the output. */
#define ORGANISATION_LOOK_CSS "look.css"
/* Before a handbook's id: the id of its entry in the index. */
#define SHELF_ENTRY "h-"

/* Describes a linked view. */
void metadata_view(struct view *view);

/* --- the edition's short code --- */

enum { EDITION_CODE = 10 }; /* hex digits */

/*
 * Leaves on the top element, as its attribute "code", the first digits of a
 * digest of all that it holds: elements, texts and attributes, but for those
 * that only name another place, which a reader may not have. So the code is
 * the same in every format, whatever stylesheet shows it, and nothing that a
 * handbook does not show changes it. Linear.
 */
void edition_code_add(xmlNode *top);
/* The same code on two languages of a handbook that are shown side by side. */
void edition_code_join(const struct view *left, const struct view *right);
/* Lent. */
const char *edition_code(const struct view *view);

/* --- the parts, for the index of a shelf --- */

/* A new last child, in the parent's namespace. */
xmlNode *metadata_add(xmlNode *parent, const char *name);
void metadata_set(xmlNode *node, const char *name, const char *value);
/* notice may be NULL. */
void metadata_notice(xmlNode *top, const struct notice *notice);
void metadata_words(xmlNode *top, const char *lang);
void metadata_edition(xmlNode *top, const struct project *project,
    const char *lang, int clearance, enum build_mode mode);
/* <v:agency id name/>, if the edition is an agency's; NULL. A view's gets a
 * <v:phone label number source date/> for each that its reader may know, and
 * the logo, as "logo". */
xmlNode *
metadata_agency(xmlNode *top, const struct project *project, const char *lang);
/* What a language is called in it: "Español". Lent. */
const char *metadata_language(const char *lang);

#endif
