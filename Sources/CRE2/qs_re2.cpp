// RE2 behind the C interface of qs_re2.h.
#include "qs_re2.h"

#include <re2/re2.h>

namespace {

RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    return options;
}

}  // namespace

struct qs_re2 {
    RE2 pattern;
    qs_re2(const char *text, size_t count) : pattern(re2::StringPiece(text, count), options()) {}
};

extern "C" {

qs_re2 *qs_re2_new(const char *pattern, size_t count) { return new qs_re2(pattern, count); }

const char *qs_re2_error(const qs_re2 *pattern) { return pattern->pattern.ok() ? nullptr : pattern->pattern.error().c_str(); }

bool qs_re2_matches(const qs_re2 *pattern, const char *text, size_t count) {
    return pattern->pattern.Match(re2::StringPiece(text, count), 0, count, RE2::UNANCHORED, nullptr, 0);
}

void qs_re2_free(qs_re2 *pattern) { delete pattern; }

}
