// zlib for Swift: what the library has as macros, as functions.
#ifndef QS_CZLIB_H
#define QS_CZLIB_H
#include <zlib.h>

/// Begins to write gzip.
static inline int qs_gzip_begin(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/// Begins to read gzip.
static inline int qs_gunzip_begin(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/// Begins to read zlib, which HTTP calls deflate.
static inline int qs_inflate_begin(z_stream *stream) { return inflateInit2(stream, 15); }

/// Begins to read deflated bytes with nothing around them.
static inline int qs_bare_inflate_begin(z_stream *stream) { return inflateInit2(stream, -15); }
#endif
