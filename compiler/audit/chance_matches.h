/*
 * Words that match a secret by chance: where a page puts readable texts side by
 * side ("Channel" and "the secure channel of the court", two roles of a list,
 * a title and "Who"), five words over the seam are written by nobody, and may
 * be equal to five of a secret.
 * Used by audit.
 * Invariant: a run is the seam of texts only if all of its words stand there
 * in readable texts, each from its beginning to its end, or by at least five
 * words at the seam itself. So words that no readable text begins or ends with
 * are never one, wherever they stand.
 */
#ifndef VADE_AUDIT_CHANCE_MATCHES_H
#define VADE_AUDIT_CHANCE_MATCHES_H

#include "audit/shingles.h"

struct chance_matches {
	struct grams edges; /* first and last words of texts, and short ones */
};

void chance_matches_clear(struct chance_matches *seams);
/* A text that is read from this level on; each of its blocks is one. */
void chance_matches_add(struct chance_matches *seams, const char *text,
    size_t size, int level);
/* The same of XML: what stands between two tags is one. */
void chance_matches_add_markup(struct chance_matches *seams, const char *bytes,
    size_t size, int level);

/*
 * Are the words first to first + count of a page the seam of two texts or more
 * that this level reads? Looks at the words around them too. A single word is
 * none.
 */
bool chance_matches_explain(const struct chance_matches *seams,
    const struct gram_text *page, size_t first, size_t count, int level);

#endif
