#include "compose.h"

#include "base/alloc.h"
#include "compose/asset.h"
#include "compose/chapter_stage_chart.h"
#include "compose/edition_metadata.h"
#include "link/link.h"

#define STEP(part, name, needs, call)                                          \
	static int run_##name(struct view *view, struct pages *pages)          \
	{                                                                      \
		(void)pages;                                                   \
		call;                                                          \
		return 0;                                                      \
	}
#define TRY(part, name, needs, call)                                           \
	static int run_##name(struct view *view, struct pages *pages)          \
	{                                                                      \
		(void)pages;                                                   \
		return call;                                                   \
	}
#include "steps.def"
#undef STEP
#undef TRY

const struct compose_step compose_steps[] = {
#define STEP(part, name, needs, call)                                          \
	{ #name, needs, COMPOSE_##part, run_##name },
#define TRY STEP
#include "steps.def"
#undef STEP
#undef TRY
};

const size_t compose_step_count =
    sizeof(compose_steps) / sizeof(*compose_steps);

int
compose_view(struct view *view, size_t *page_count)
{
	scoped(pages_clear) struct pages pages = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < compose_step_count; i++)
		rc = compose_steps[i].run(view, &pages);
	*page_count = pages.count;
	return rc;
}
