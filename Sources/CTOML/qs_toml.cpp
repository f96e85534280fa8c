// toml++ behind the C interface of qs_toml.h.
#include "qs_toml.h"

#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <optional>

struct qs_toml {
    toml::table root;
    std::optional<toml::parse_error> error;
};

namespace {

const toml::node *node(const qs_toml_value *value) { return reinterpret_cast<const toml::node *>(value); }

const qs_toml_value *value(const toml::node *node) { return reinterpret_cast<const qs_toml_value *>(node); }

}  // namespace

extern "C" {

qs_toml *qs_toml_read(const char *text, size_t count) {
    auto read = new qs_toml();
    try {
        read->root = toml::parse(std::string_view(text, count));
    } catch (const toml::parse_error &error) {
        read->error = error;
    }
    return read;
}

const char *qs_toml_error(const qs_toml *text, uint32_t *line, uint32_t *column) {
    if (!text->error) return nullptr;
    *line = text->error->source().begin.line;
    *column = text->error->source().begin.column;
    return text->error->what();
}

const qs_toml_value *qs_toml_root(const qs_toml *text) { return text->error ? nullptr : value(&text->root); }

qs_toml_kind qs_toml_kind_of(const qs_toml_value *value) {
    switch (node(value)->type()) {
        case toml::node_type::table: return QS_TOML_TABLE;
        case toml::node_type::string: return QS_TOML_STRING;
        case toml::node_type::integer: return QS_TOML_INTEGER;
        case toml::node_type::boolean: return QS_TOML_BOOLEAN;
        default: return QS_TOML_OTHER;
    }
}

void qs_toml_each(
    const qs_toml_value *table, void *context, void (*member)(void *context, const char *key, size_t count, const qs_toml_value *value)) {
    for (const auto &[key, found] : *node(table)->as_table()) member(context, key.data(), key.length(), value(&found));
}

const char *qs_toml_string(const qs_toml_value *value, size_t *count) {
    const std::string &text = node(value)->as_string()->get();
    *count = text.size();
    return text.data();
}

int64_t qs_toml_integer(const qs_toml_value *value) { return node(value)->as_integer()->get(); }

bool qs_toml_boolean(const qs_toml_value *value) { return node(value)->as_boolean()->get(); }

void qs_toml_free(qs_toml *text) { delete text; }

}
