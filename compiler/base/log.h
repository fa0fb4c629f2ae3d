/*
 * The log of -v: one line a stage, name, count and milliseconds. Silent
 * unless asked for; never content.
 */
#ifndef VADE_BASE_LOG_H
#define VADE_BASE_LOG_H

#include <stdbool.h>

struct log {
	bool enabled;
	double started_ms; /* monotonic, of the stage under way */
};

void log_start(struct log *log);
/* Ends the stage: `select: 412 classes, 3.1 ms` on stderr if enabled. */
void log_stage(struct log *log, const char *stage, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
