#include "protect.h"

#include <string.h>

static const struct protect_row rows[] = {
#define PROTECT(element, role, class_name) { element, role, class_name },
#include "protect.def"
#undef PROTECT
};

const struct protect_row *
protect_element(const xmlNode *node)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (rows[i].element[0] != '\0' &&
		    node_is(node, rows[i].element) &&
		    (rows[i].role[0] == '\0' ||
			node_has_role(node, rows[i].element, rows[i].role)))
			return &rows[i];
	}
	return NULL;
}

const struct protect_row *
protect_class(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strlen(rows[i].class_name) == len &&
		    memcmp(rows[i].class_name, name, len) == 0)
			return &rows[i];
	return NULL;
}
