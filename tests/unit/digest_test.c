/* base/digest: the examples of FIPS 180-4, and sizes around a block. */
#include "unit.h"

#include "base/buf.h"
#include "base/digest.h"

static void
digests_are_those_of_the_standard(void)
{
	static const struct {
		const char *text;
		const char *want;
	} rows[] = {
		{ "",
		    "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855" },
		{ "abc",
		    "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039"
		    "a33ce45964ff2167f6ecedd419db06c1" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char digits[DIGEST_DIGITS + 1];

		digest_sha256(rows[i].text, strlen(rows[i].text), digits);
		CHECK_TEXT(digits, rows[i].want, "%s", rows[i].text);
	}
}

static void
long_input_counts_to_its_end(void)
{
	struct buf bytes = { 0 };
	char digits[DIGEST_DIGITS + 1];

	for (size_t i = 0; i < 1000000; i++)
		buf_add_char(&bytes, 'a');
	digest_sha256(bytes.data, bytes.size, digits);
	CHECK_TEXT(digits,
	    "cdc76e5c9914fb9281a1c7e284d73e67"
	    "f1809a48a497200e046d39ccc7112cd0",
	    "a million a");
	buf_clear(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(digests_are_those_of_the_standard),
		UNIT(long_input_counts_to_its_end),
	};

	return cmocka_run_group_tests_name("base/digest", tests, NULL, NULL);
}
