/*
 * What can be found in a handbook: the words of every page, section, step and
 * term that the view shows, as a classic script, which a browser loads from a
 * file as well as from a server.
 * Invariant: the index holds words of the view only, in the order of the view.
 * Words are folded and stemmed by who searches (emit/js/vade.js), so that the
 * index costs one copy of the text; the stemmer of the language, equal to
 * libstemmer's, comes with it (emit/js/stem-*.js, tests/stem.py).
 */
#ifndef VADE_EMIT_SEARCH_H
#define VADE_EMIT_SEARCH_H

#include "base/buf.h"
#include "project/view.h"

/* Its file in a site. */
#define SEARCH_FILE "search.js"

/*
 * Appends the stemmer of the language and `vadeIndex("es",[["page.html","id","title","text","keywords"],…])`,
 * an entry per place. Text is JSON that may also stand inside <script>. Linear
 * in the view, which must be linked.
 */
void search_write(const struct view *view, struct buf *script);

#endif
