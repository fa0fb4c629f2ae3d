#include "attribute_flood.h"

#include <string.h>

/*
 * Steps over what may be a start tag, from behind its '<'; counts its
 * attributes. It ends at '>' outside of quotes, or at the next '<', which
 * XML allows nowhere inside it.
 */
static const char *
skip_tag(const char *p, const char *end, size_t *attributes)
{
	char quote = '\0';

	*attributes = 0;
	for (; p < end && *p != '<'; p++) {
		if (quote != '\0') {
			if (*p == quote)
				quote = '\0';
		} else if (*p == '>') {
			break;
		} else if (*p == '"' || *p == '\'') {
			quote = *p;
			(*attributes)++;
		}
	}
	return p;
}

/*
 * Every '<' is looked at, in comments, CDATA and the DOCTYPE too: a look that
 * skipped those could be led past a real tag by a document that libxml2 reads
 * another way. What it costs is a tag of hundreds of attributes in a comment.
 */
int
attribute_flood_check(const struct source *source, uint32_t file,
    const struct xml_limits *limits, struct diag *diag)
{
	const char *end = source->bytes + source->size;
	const char *p = source->bytes;

	while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		const char *start = p;
		size_t attributes;

		if (p[1] == '!' || p[1] == '?' || p[1] == '/') {
			p++;
			continue;
		}
		p = skip_tag(p + 1, end, &attributes);
		if (attributes > limits->attributes ||
		    (size_t)(p - start) > limits->start_tag_size)
			return diag_report(diag, DIAG_XML_LIMIT,
			    (struct place){ file,
				(uint32_t)(start - source->bytes), 1 },
			    attributes > limits->attributes ? "256 × a=\"\""
							    : "1 MB <…>",
			    NULL);
	}
	return 0;
}
