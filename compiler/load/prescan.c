#include "prescan.h"

#include <string.h>

/* The end of a construct that starts at p and ends with `mark`. */
static const char *
skip_past(const char *p, const char *end, const char *mark)
{
	const char *found = memmem(p, (size_t)(end - p), mark, strlen(mark));

	return found == NULL ? end : found + strlen(mark);
}

/* Steps over a start tag; counts its attributes. */
static const char *
skip_tag(const char *p, const char *end, size_t *attributes)
{
	*attributes = 0;
	while (p < end && *p != '>') {
		if (*p == '"' || *p == '\'') {
			const char *close =
			    memchr(p + 1, *p, (size_t)(end - p - 1));

			if (close == NULL)
				return end;
			(*attributes)++;
			p = close;
		}
		p++;
	}
	return p;
}

int
prescan_check(const struct source *source, uint32_t file,
    const struct xml_limits *limits, struct diag *diag)
{
	const char *end = source->bytes + source->size;
	const char *p = source->bytes;

	while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		const char *start = p;
		size_t attributes;

		if (strncmp(p, "<!--", 4) == 0) {
			p = skip_past(p, end, "-->");
			continue;
		}
		if (strncmp(p, "<![CDATA[", 9) == 0) {
			p = skip_past(p, end, "]]>");
			continue;
		}
		if (p[1] == '?') {
			p = skip_past(p, end, "?>");
			continue;
		}
		if (p[1] == '!') {
			p++;
			continue;
		}
		p = skip_tag(p + 1, end, &attributes);
		if (attributes > limits->attributes ||
		    (size_t)(p - start) > limits->start_tag_size)
			return diag_report(diag, DIAG_XML_LIMIT,
			    (struct place){ file,
				(uint32_t)(start - source->bytes), 1 },
			    "256 × a=\"\"", NULL);
	}
	return 0;
}
