#include "digest.h"

#include <stdint.h>

#include <nettle/sha2.h>

void
digest_sha256(const void *bytes, size_t size, char digits[DIGEST_DIGITS + 1])
{
	static const char hex[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx context;

	sha256_init(&context);
	sha256_update(&context, size, bytes);
	sha256_digest(&context, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++) {
		digits[2 * i] = hex[digest[i] >> 4];
		digits[2 * i + 1] = hex[digest[i] & 15];
	}
	digits[DIGEST_DIGITS] = '\0';
}
