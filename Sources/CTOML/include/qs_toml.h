// toml++'s reader for Swift, behind a C interface: what configuration files are made of.
#ifndef QS_CTOML_H
#define QS_CTOML_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A text that was read, with all its values.
typedef struct qs_toml qs_toml;

/// A value of a text, valid as long as that.
typedef struct qs_toml_value qs_toml_value;

typedef enum {
    QS_TOML_TABLE,
    QS_TOML_STRING,
    QS_TOML_INTEGER,
    QS_TOML_BOOLEAN,
    /// A float, a date or time, or a list.
    QS_TOML_OTHER,
} qs_toml_kind;

/// Reads `count` bytes of UTF-8. Never null; ask `qs_toml_error` whether the text is TOML.
qs_toml *qs_toml_read(const char *text, size_t count);

/// Why the text is no TOML, in toml++'s words, and the line and column of the place, from 1; null where it is. Valid as long as the text.
const char *qs_toml_error(const qs_toml *text, uint32_t *line, uint32_t *column);

/// The table of the whole text; null where it is no TOML.
const qs_toml_value *qs_toml_root(const qs_toml *text);

qs_toml_kind qs_toml_kind_of(const qs_toml_value *value);

/// Calls `member` with each key of a table and its value, in the order of the keys' bytes.
void qs_toml_each(
    const qs_toml_value *table, void *context, void (*member)(void *context, const char *key, size_t count, const qs_toml_value *value));

/// The bytes of a string.
const char *qs_toml_string(const qs_toml_value *value, size_t *count);

int64_t qs_toml_integer(const qs_toml_value *value);
bool qs_toml_boolean(const qs_toml_value *value);

void qs_toml_free(qs_toml *text);

#ifdef __cplusplus
}
#endif
#endif
