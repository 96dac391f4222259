#ifndef FLAVOUR_TEST_H
#define FLAVOUR_TEST_H

#include "../test-harness/harness.h"

/* The file to work on; expected_text is 0 where the backend can write files, or else what is in the file. */
extern const char *file_path, *expected_text;

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
	X(descriptors_of_files) \
	X(modes_and_times) \
	X(mapped_files) \
	X(temporary_files) \
	X(device_files) \
	X(what_a_program_learns_of_itself) \
	X(random_numbers) \
	X(names_of_the_system) \
	X(limits_of_the_system) \
	X(threads_count_under_a_mutex) \
	X(threads_return_values) \
	X(threads_have_their_own_variables) \
	X(threads_have_their_own_errno) \
	X(conditions_ping_pong) \
	X(conditions_time_out) \
	X(once) \
	X(semaphores) \
	X(detached_threads)

CHECKS(DECLARE)

/* Ends with a check without a name. Only in a program for Linux: the others are linked without linux.c. */
extern const struct check checks_of_linux[] __attribute__((weak));

#endif
