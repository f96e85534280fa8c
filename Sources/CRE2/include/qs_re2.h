// RE2's regular expressions for Swift, behind a C interface: patterns that run in linear time, whatever the text.
#ifndef QS_CRE2_H
#define QS_CRE2_H
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A pattern, compiled once; any number of threads may match with it.
typedef struct qs_re2 qs_re2;

/// Compiles `count` bytes of UTF-8. Never null; ask `qs_re2_error` whether the pattern is one.
qs_re2 *qs_re2_new(const char *pattern, size_t count);

/// Why the pattern is none, in RE2's words, or null where it is one. Valid as long as the pattern.
const char *qs_re2_error(const qs_re2 *pattern);

/// Whether the pattern matches somewhere in `count` bytes of UTF-8.
bool qs_re2_matches(const qs_re2 *pattern, const char *text, size_t count);

void qs_re2_free(qs_re2 *pattern);

#ifdef __cplusplus
}
#endif
#endif
