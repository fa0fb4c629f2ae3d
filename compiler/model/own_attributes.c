#include "model/own_attributes.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "model/namespaces.h"

/* The v: attributes of schemas/manual.rnc that carry no axis. */
static const char *const own[] = { "v:accept", "v:accountable", "v:actor",
	"v:calls", "v:consult", "v:decision", "v:default", "v:else", "v:field",
	"v:follows", "v:go", "v:informed", "v:lead", "v:param", "v:partner",
	"v:reason", "v:standin", "v:summary-of", "v:to", "v:was", "v:with" };
enum { OWN = COUNT(own) };

/* All that are known, of the project too: names that live as long as carriers.
 */
static const char **
list_known(const struct axes *axes, char (*carriers)[64])
{
	const char **names = mem_array(OWN + axes->count, sizeof(*names));

	memcpy(names, own, sizeof(own));
	for (size_t i = 0; i < axes->count; i++)
		names[OWN + i] =
		    axis_attribute_name(&axes->axes[i], carriers[i]);
	return names;
}

static int
refuse(const struct axes *axes, const struct book *book, const xmlNode *node,
    const char *name, struct diag *diag)
{
	char(*carriers)[64] = mem_array(axes->count, sizeof(*carriers));
	const char **names = list_known(axes, carriers);

	diag_report(diag, DIAG_ATTRIBUTE_UNDECLARED,
	    source_attribute_name_place(diag->sources, book_place(book, node),
		name),
	    name, text_nearest(name, names, OWN + axes->count), NULL);
	free(names);
	free(carriers);
	return -1;
}

static bool
is_known(const struct axes *axes, const char *name)
{
	for (size_t i = 0; i < OWN; i++)
		if (strcmp(name, own[i]) == 0)
			return true;
	for (size_t i = 0; i < axes->count; i++)
		if (axes->axes[i].is_vade &&
		    strcmp(name + 2, axes->axes[i].attribute) == 0)
			return true;
	return false;
}

int
own_attributes_check(const struct axes *axes, const struct book *book,
    const xmlNode *node, struct diag *diag)
{
	int rc = 0;

	if (axes->count == 0)
		return 0;
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		if (a->ns == NULL ||
		    strcmp((const char *)a->ns->href, NS_VADE) != 0)
			continue;
		owned char *name = mem_format("v:%s", (const char *)a->name);

		if (!is_known(axes, name))
			rc = refuse(axes, book, node, name, diag);
	}
	return rc;
}
