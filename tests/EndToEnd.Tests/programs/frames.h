/* What the parts of unwind.c share. */
#include <stdint.h>
#include <string.h>

#define FRAME __attribute__((noinline))
/* Writes its text into the trace when its frame is left, in whatever way. */
#define CLEANED_UP(text) __attribute__((cleanup(clean_up))) const char *cleaned_up = text
#define RETURN_ADDRESS() ((uintptr_t)__builtin_extract_return_addr(__builtin_return_address(0)) & -2)

extern char trace[16];
extern uintptr_t into_outer;
void clean_up(const char **text);
void middle(void (*next)(void));
