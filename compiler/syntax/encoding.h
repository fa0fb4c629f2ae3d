/*
 * What a file's bytes are that are no UTF-8 text, so that the cure is for that
 * very file. Used by xml, which reads the files.
 * Invariant: a file that passes is UTF-8 without a zero byte.
 */
#ifndef VADE_SYNTAX_ENCODING_H
#define VADE_SYNTAX_ENCODING_H

#include "base/diag.h"
#include "base/source.h"

/* Is a file UTF-8 text without a zero byte? 0, or -1 with V0106 or V049x. */
int encoding_check(struct diag *diag, uint32_t file);

#endif
