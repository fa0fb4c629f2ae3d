#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void
log_start(struct log *log)
{
	log->started_ms = now_ms();
}

void
log_stage(struct log *log, const char *stage, const char *format, ...)
{
	double now = now_ms();
	va_list args;

	if (log->enabled) {
		fprintf(stderr, "%s: ", stage);
		va_start(args, format);
		vfprintf(stderr, format, args);
		va_end(args);
		fprintf(stderr, ", %.1f ms\n", now - log->started_ms);
	}
	log->started_ms = now;
}
