/*
 * SHA-256, for names of images and for manifests. Used by compose, audit and
 * publish; what needs no proof against malice uses xxHash.
 * Invariant: nettle is included here and nowhere else; it takes the
 * processor's own instructions where there are some, which is ten times faster.
 */
#ifndef VADE_BASE_DIGEST_H
#define VADE_BASE_DIGEST_H

#include <stddef.h>

enum { DIGEST_DIGITS = 64 };

/* The SHA-256 of some bytes as lower-case hex digits, zero-terminated. */
void
digest_sha256(const void *bytes, size_t size, char digits[DIGEST_DIGITS + 1]);

#endif
