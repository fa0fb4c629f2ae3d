/*
 * Proves that built files hold nothing their reader may not read: what
 * occurs only in content above a clearance (N1) or, by `others`, only in what
 * other roles read (N2) is looked for in the bytes, whatever it is wrapped in.
 * Used by `vade audit` over a finished tree, and by the workers of a release
 * over each file before they send it.
 * Invariant: it trusts only the masters, axes and handbooks and the rules of
 * who reads what, never what project, link or emit say they left out. Linear
 * in sources and files.
 *
 * What is looked for: shingles of five words of every text, whole texts that
 * are shorter, numbers of six digits or more, ids, names of source files and
 * of images, digests of images. Taken away: whatever content that may be read,
 * the configuration and the program's own words hold too.
 */
#ifndef VADE_AUDIT_AUDIT_H
#define VADE_AUDIT_AUDIT_H

#include "base/buf.h"
#include "project/sources_and_readers.h"

struct audit;

/* What was looked at so far. */
struct audit_tally {
	size_t handbooks;
	size_t files;
	size_t bytes;    /* of these files */
	size_t words;    /* read in them, in all ways to read them */
	size_t phrases;  /* looked for */
	size_t pictures; /* not read: sources that their reader may read */
	size_t found;    /* that may not be there, or cannot be read */
	struct buf read; /* a line per file: its SHA-256 and its path */
};

/* What is above a clearance, for every clearance. What the edition points to
 * is lent. */
struct audit *audit_new(const struct edition *edition);
/*
 * What one handbook may not hold although its clearance covers it: what the
 * masks keep from it, and of others' steps all but the line. Titles and ids
 * are not looked for: they are what a reference to another's procedure says.
 */
struct audit *audit_new_others(const struct edition *edition, size_t handbook);
void audit_free(struct audit *audit);

/*
 * Begins a folder whose reader has this clearance; a secret is reported once
 * in it. name (lent) goes before the paths of its files in messages. others
 * (lent, may be NULL: a folder of no handbook) is searched for along with it.
 */
void audit_enter(struct audit *audit, struct audit *others, const char *name,
    int clearance);
/*
 * Searches a file and its name. Returns how much was found in it that may not
 * be there, with V0801 (V0803 by others) reported for each, and whether there
 * is something that cannot be read (V0804).
 */
size_t audit_file(struct audit *audit, const char *path, const void *bytes,
    size_t size);
/* Searches the name of a folder, which may be empty. */
size_t audit_folder(struct audit *audit, const char *path);
/* What the folder holds and the system does not let us read, with V0804 and
 * what errno says. Returns -1. */
int audit_refused(struct audit *audit, const char *path);
/* Lent; it counts on. */
const struct audit_tally *audit_tally_of(const struct audit *audit);

#endif
