/* compose/compose: the table of steps is in an order that serves each. */
#include "unit.h"

#include <string.h>

#include "compose/compose.h"

static bool
stands_before(size_t end, const char *name, size_t size)
{
	for (size_t i = 0; i < end; i++)
		if (strlen(compose_steps[i].name) == size &&
		    memcmp(compose_steps[i].name, name, size) == 0)
			return true;
	return false;
}

/* Every name in `needs` is that of a step above. */
static void
needs_stand_above(void **state)
{
	size_t needs = 0;

	(void)state;
	for (size_t i = 0; i < compose_step_count; i++)
		for (const char *name = compose_steps[i].needs; *name != '\0';
		     name += strspn(name, " ")) {
			size_t size = strcspn(name, " ");

			CHECK(stands_before(i, name, size), "%s needs %.*s",
			    compose_steps[i].name, (int)size, name);
			name += size;
			needs++;
		}
	assert_true(needs > 10);
}

static void
names_stand_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < compose_step_count; i++)
		CHECK(!stands_before(i, compose_steps[i].name,
			  strlen(compose_steps[i].name)),
		    "%s", compose_steps[i].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(needs_stand_above),
		cmocka_unit_test(names_stand_once),
	};

	return cmocka_run_group_tests_name("compose", tests, NULL, NULL);
}
