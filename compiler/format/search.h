/*
 * What can be found in a handbook: the words of every page, section, step and
 * term that the view shows, as a classic script, which a browser loads from a
 * file as well as from a server.
 * Invariant: the index holds words of the view only, in the order of the view,
 * and none that say when a procedure is not to be used.
 * Words are folded and stemmed by who searches (format/js/vade.js), so that the
 * index costs one copy of the text; the stemmer of the language, equal to
 * libstemmer's, comes with it (format/js/stem-*.js, tests/stem.py).
 */
#ifndef VADE_FORMAT_SEARCH_H
#define VADE_FORMAT_SEARCH_H

#include "format/emitter.h"

/* Its file in a site. */
#define SEARCH_FILE "search.js"

/*
 * Made once for all the formats that hold it, lent. Of the view and then of what is beside it: the stemmer of its language and
 * `vadeIndex("es",[["page.html","id","title","text","keywords","when"],…],{"ask":…,"instead":…,"pages":[…],"call":[tel,number,name]})`:
 * a row per place, its empty ends left out, the page "" where it is that of the row before, "when" only and always in
 * that of a procedure; then the words around what is found, and what is said when nothing is. Last what finds
 * (format/js/find.js). Text is JSON that may also stand inside <script>. Linear in the views, which must be linked.
 */
const struct buf *search_of(struct emit_job *job);

#endif
