#include "emitter.h"

#include <string.h>

#include "emit/site.h"

const struct emitter emitters[] = {
	{ "html", "a site of pages, for any browser, from file://", site_emit },
};

const size_t emitter_count = sizeof(emitters) / sizeof(*emitters);

const struct emitter *
emitter_find(const char *name)
{
	for (size_t i = 0; i < emitter_count; i++)
		if (strcmp(emitters[i].name, name) == 0)
			return &emitters[i];
	return NULL;
}
