/*
 * What a process of the build may take, what it is doing, and how its end is
 * told. Used by the supervisor for the front, by the pool for its workers.
 * Invariant: nothing that a source, filter or stylesheet makes a process do
 * outlives its limits, in C code of libraries too: the kernel counts
 * processor time and memory, and whoever waits for the process tells which
 * limit it was, its value, where it was at work, and how to allow more.
 */
#ifndef VADE_BASE_PROCESS_LIMITS_H
#define VADE_BASE_PROCESS_LIMITS_H

#include <stdbool.h>
#include <sys/types.h>

#include "diag.h"

struct limits {
	unsigned long cpu;    /* seconds of processor time, of each process */
	unsigned long memory; /* MB, of each process */
	unsigned long idle;   /* seconds in which no process does anything */
};

extern const struct limits limits_usual;

/* "cpu=600,memory=4096", any of the three. False: it is not of this form. */
bool limits_read(struct limits *limits, const char *text);
/* Sets the limits of this process, and of those that it forks. */
void limits_enter(const struct limits *limits);

/* What a process is doing, in memory that it shares with who waits for it. */
struct duty {
	pid_t pid;         /* 0 = there is none */
	pid_t helper;      /* a process it waits for; 0 = none */
	const char *stage; /* a constant of the program */
	char job[80];      /* handbook and language, "" = for all */
	char path[256];    /* the file at hand, "" = none */
	char guest[256];   /* the filter or sheet that runs, "" = none */
};

/* Each takes a NULL duty, for nobody to tell. */
void duty_begin(struct duty *duty, const char *job);
void duty_stage(struct duty *duty, const char *stage);
void duty_path(struct duty *duty, const char *path);
/* A filter or sheet begins to run, or (NULL) has ended. */
void duty_guest(struct duty *duty, const char *name);

/* So many seconds of processor time a call of a filter may take. Whoever calls
 * it ends it in time if he can; where it is in C code that does not look, the
 * process ends by SIGPROF a second later. */
enum { LIMIT_GUEST_SECONDS = 5 };
#define LIMIT_GUEST_TEXT "5 s"
void limit_guest_start(void);
void limit_guest_stop(void);

/*
 * Reports why a process ended, by the status that wait gave, of which 0 and
 * what the process itself reported are no business of this. Returns -1.
 */
int limit_tell_end(const struct limits *limits, const struct duty *duty,
    int status, struct diag *diag);
/* Reports that a process did nothing for too long. Returns -1. */
int limit_tell_idle(const struct limits *limits, const struct duty *duty,
    struct diag *diag);

/* The processor time of a process and its helper, in seconds. */
double duty_seconds(const struct duty *duty);

#endif
