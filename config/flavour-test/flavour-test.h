#ifndef FLAVOUR_TEST_H
#define FLAVOUR_TEST_H

#include <pthread.h>
#include "../test-harness/harness.h"

/* The file to work on; expected_text is 0 where the backend can write files, or else what is in the file. */
extern const char *file_path, *expected_text;

/* What main finds, of the time before it. */
extern int errno_at_start;

/* Whether threads that take turns with the mutex lose no count. */
int threads_count_under(pthread_mutex_t *mutex);

#define CHECKS(X) \
	X(formatting) \
	X(memory_small) \
	X(memory_large) \
	X(mappings_are_clear_again) \
	X(mappings_where_they_are_wanted) \
	X(mappings_end_as_on_linux) \
	X(mappings_grow_and_move) \
	X(mappings_of_a_file) \
	X(protection_over_mappings) \
	X(advice_about_memory) \
	X(memory_is_locked) \
	X(memory_runs_out) \
	X(code_is_written_and_run) \
	X(sorting) \
	X(mathematics) \
	X(numbers_as_text) \
	X(long_jumps) \
	X(monotonic_clock) \
	X(real_clock) \
	X(file_contents) \
	X(file_that_is_missing) \
	X(folders_and_names) \
	X(symbolic_links) \
	X(listing_of_a_folder) \
	X(positions_and_sizes) \
	X(appending) \
	X(descriptors_of_files) \
	X(modes_and_times) \
	X(mapped_files) \
	X(mapped_files_end_in_parts) \
	X(mapped_files_stay_where_they_are) \
	X(temporary_files) \
	X(device_files) \
	X(what_a_program_learns_of_itself) \
	X(random_numbers) \
	X(names_of_the_system) \
	X(limits_of_the_system) \
	X(threads_count_under_a_mutex) \
	X(threads_return_values) \
	X(threads_get_memory_of_their_own) \
	X(threads_have_their_own_variables) \
	X(threads_have_their_own_errno) \
	X(conditions_ping_pong) \
	X(conditions_time_out) \
	X(once) \
	X(semaphores) \
	X(detached_threads) \
	X(errno_is_clear_at_the_start) \
	X(information_on_the_system) \
	X(signals) \
	X(signals_wait_while_blocked) \
	X(signals_come_before_they_are_blocked) \
	X(signals_queue_with_values) \
	X(signals_interrupt_calls) \
	X(signals_restart_calls_or_not) \
	X(signals_reach_threads_that_make_no_calls) \
	X(signals_in_a_storm) \
	X(faults_are_signals) \
	X(signals_on_a_stack_of_their_own) \
	X(cancellation_of_threads) \
	X(identity_is_changed_in_all_threads) \
	X(timers_interrupt_a_loop) \
	X(timers_with_values) \
	X(clocks_of_processor_time) \
	X(priorities_of_threads) \
	X(mutexes_that_inherit_priorities)

CHECKS(DECLARE)

/* Ends with a check without a name. Only in a program for Linux: the others are linked without linux.c. */
extern const struct check checks_of_linux[] __attribute__((weak));

#endif
