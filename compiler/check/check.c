#include "check.h"

#include "base/list.h"
#include "base/text.h"
#include "model/axis_tokens_format.h"

static const struct rule {
	unsigned when;
	void (*run)(struct checks *checks);
} rules[] = {
#define RULE(codes, when, run) { CHECK_##when, run },
#include "rules.def"
#undef RULE
};

struct place
checks_place(const struct checks *checks, const xmlNode *node,
    const char *attribute, const char *token)
{
	const struct sources *sources = checks->edition->diag->sources;
	struct place tag = book_place(checks->book, node);

	return attribute == NULL
	    ? source_tag_place(sources, tag)
	    : source_attribute_place(sources, tag, attribute, token);
}

void
checks_add_roles(const struct checks *checks, const xmlNode *node,
    const char *attributes, uint64_t *leaves)
{
	if (node == NULL)
		return;
	token_each(name, attributes)
		axis_tokens_add_list(checks->role,
		    node_vade_attribute(node, name), leaves);
}

int
checks_run(const struct edition *edition, struct xml_reader *reader,
    unsigned when)
{
	struct checks checks = { edition, reader, &edition->books[0],
		axes_role(&edition->project->axes), { 0 } };
	size_t errors = diag_count(edition->diag, DIAG_ERROR);

	for (size_t i = 0; i < COUNT(rules); i++)
		if ((rules[i].when & when) != 0)
			rules[i].run(&checks);
	map_clear(&checks.met);
	return diag_count(edition->diag, DIAG_ERROR) == errors ? 0 : -1;
}
