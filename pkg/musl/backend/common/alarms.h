/* Timers that send signals: those of timer_create and setitimer. */
#ifndef COMMON_ALARMS_H
#define COMMON_ALARMS_H

#include "signals.h"

struct alarm {
	struct common_timer timer;  /* first, so that its address is the alarm's */
	struct common_lock lock;
	clockid_t clock, runs_on;   /* a length of CLOCK_REALTIME isn't changed by setting that */
	uint64_t time, interval;    /* when it is over, on its clock (FOREVER: it isn't set), and how often then */
	int thread;                 /* whose signal it is; 0: anybody's */
	int silent;                 /* it sends none */
	struct process *process;    /* whose it is */
	siginfo_t information;
	int waiting;                /* its signal has been sent, but not taken yet */
	int overrun, last_overrun;  /* how often it was over meanwhile */
};

#pragma GCC visibility push(hidden)

void __common_prepare_alarm(struct alarm *alarm, clockid_t clock, int signal, int code);
/* Times are of its clock; a first one of 0 stops it. */
long __common_set_alarm(struct alarm *alarm, uint64_t first, int absolute, uint64_t interval);
void __common_clock_was_set(struct alarm *alarm); /* CLOCK_REALTIME */
int __common_take_overrun(struct alarm *alarm); /* its signal is taken: how often it was over since that was sent */
void __common_read_alarm(struct alarm *alarm, uint64_t *rest, uint64_t *interval);

#pragma GCC visibility pop

#endif
