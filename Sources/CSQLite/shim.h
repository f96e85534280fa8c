// SQLite's C API for Swift. The inline wrappers fix the arity of the variadic calls, which Swift cannot make,
// and give names to the destructor constants, which are casts that Swift does not import.
#ifndef QS_CSQLITE_SHIM_H
#define QS_CSQLITE_SHIM_H
#include <sqlite3.h>

static inline sqlite3_destructor_type qs_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type qs_sqlite_static(void) { return SQLITE_STATIC; }
static inline int qs_sqlite_db_config(sqlite3 *db, int option, int on) { return sqlite3_db_config(db, option, on, (int *)0); }
static inline int qs_sqlite_config(int option) { return sqlite3_config(option); }
static inline int qs_sqlite_vtab_config(sqlite3 *db, int option, int value) { return sqlite3_vtab_config(db, option, value); }
static inline char *qs_sqlite_copy(const char *text) { return sqlite3_mprintf("%s", text); }
#endif
