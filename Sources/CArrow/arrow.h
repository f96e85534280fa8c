// The three structs by which programs hand columns to each other within one process: the Arrow C data interface (a schema and an
// array) and the C stream interface. Their fields and order are fixed by the specification, so that any two programs agree on them
// (https://arrow.apache.org/docs/format/CDataInterface.html); the guards are those it asks for, for headers that meet.
//
// Whoever fills a struct sets `release`; whoever receives it calls `release` once, or copies the struct elsewhere and sets the
// `release` of the old place to NULL. A struct whose `release` is NULL holds nothing.
#ifndef QS_CARROW_H
#define QS_CARROW_H
#include <stdint.h>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

// The type of an array: a column's name and format, or a table's columns as the children of a struct.
struct ArrowSchema {
    const char *format;
    const char *name;     // may be NULL
    const char *metadata; // length-prefixed keys and values, or NULL
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary; // the values' type, where `format` is that of indexes
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

// The values: `length` of them, the first at place `offset` of the buffers.
struct ArrowArray {
    int64_t length;
    int64_t null_count; // -1 where nobody has counted
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers; // the first is the validity bitmap, which may be NULL
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

// Arrays of one schema, one after the other. The functions give 0 or an errno code; an array without `release` is the end.
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *); // valid until the next call
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif
#endif
