/*
 * Subtraction of long doubles, which printf is linked with: libgcc's own is its addition once more, 3.4 KB in every program.
 * Only the sign of a result that is no number can be another one, and it means nothing.
 */

#ifdef __aarch64__
long double __addtf3(long double a, long double b); /* libgcc */
long double __subtf3(long double a, long double b);

long double __subtf3(long double a, long double b)
{
	return __addtf3(a, -b);
}
#endif
