/* check/rules.def: the codes of a rule are messages. */
#include "unit.h"

static const struct {
	const char *codes;
	const char *run;
} rules[] = {
#define RULE(codes, when, run) { codes, #run },
#include "check/rules.def"
#undef RULE
};

static void
codes_are_messages(void)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		for (const char *at = rules[i].codes; *at != '\0';
		     at += strcspn(at, " ") + (strchr(at, ' ') != NULL)) {
			char code[6] = { 0 };

			memcpy(code, at, 5);
			CHECK(diag_find(code) != DIAG_COUNT, "%s of %s", code,
			    rules[i].run);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(codes_are_messages),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
