// The functions of libxlsxwriter that are used here, under their own names: each goes on to the library once that is loaded.
#include "qs_xlsxwriter.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#ifdef __APPLE__
#define QS_LIBRARY "libxlsxwriter." LXW_SOVERSION ".dylib"
#else
#define QS_LIBRARY "libxlsxwriter.so." LXW_SOVERSION
#endif

#define QS_FUNCTIONS(EACH)              \
    EACH(workbook_new_opt)              \
    EACH(workbook_set_properties)       \
    EACH(workbook_add_worksheet)        \
    EACH(workbook_add_format)           \
    EACH(workbook_close)                \
    EACH(lxw_workbook_free)             \
    EACH(format_set_bold)               \
    EACH(format_set_num_format)         \
    EACH(worksheet_freeze_panes)        \
    EACH(worksheet_set_column)          \
    EACH(worksheet_write_number)        \
    EACH(worksheet_write_boolean)       \
    EACH(worksheet_write_string)        \
    EACH(lxw_worksheet_write_single_row)

#define QS_POINTER(name) __typeof__(&name) name;
static struct { QS_FUNCTIONS(QS_POINTER) } library;

static const char *failure;

static void load(void) {
    void *handle = dlopen(QS_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) {
        failure = strdup(dlerror());
        return;
    }
#define QS_FIND(name) \
    if (!(library.name = (__typeof__(&name))dlsym(handle, #name))) failure = QS_LIBRARY " lacks " #name;
    QS_FUNCTIONS(QS_FIND)
}

const char *qs_xlsxwriter_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return failure;
}

lxw_workbook *workbook_new_opt(const char *filename, lxw_workbook_options *options) { return library.workbook_new_opt(filename, options); }

lxw_error workbook_set_properties(lxw_workbook *workbook, lxw_doc_properties *properties) {
    return library.workbook_set_properties(workbook, properties);
}

lxw_worksheet *workbook_add_worksheet(lxw_workbook *workbook, const char *sheetname) {
    return library.workbook_add_worksheet(workbook, sheetname);
}

lxw_format *workbook_add_format(lxw_workbook *workbook) { return library.workbook_add_format(workbook); }

lxw_error workbook_close(lxw_workbook *workbook) { return library.workbook_close(workbook); }

void lxw_workbook_free(lxw_workbook *workbook) { library.lxw_workbook_free(workbook); }

void format_set_bold(lxw_format *format) { library.format_set_bold(format); }

void format_set_num_format(lxw_format *format, const char *num_format) { library.format_set_num_format(format, num_format); }

void worksheet_freeze_panes(lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col) { library.worksheet_freeze_panes(worksheet, row, col); }

lxw_error worksheet_set_column(lxw_worksheet *worksheet, lxw_col_t first_col, lxw_col_t last_col, double width, lxw_format *format) {
    return library.worksheet_set_column(worksheet, first_col, last_col, width, format);
}

lxw_error worksheet_write_number(lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col, double number, lxw_format *format) {
    return library.worksheet_write_number(worksheet, row, col, number, format);
}

lxw_error worksheet_write_boolean(lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col, int value, lxw_format *format) {
    return library.worksheet_write_boolean(worksheet, row, col, value, format);
}

lxw_error worksheet_write_string(lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col, const char *string, lxw_format *format) {
    return library.worksheet_write_string(worksheet, row, col, string, format);
}

void lxw_worksheet_write_single_row(lxw_worksheet *worksheet) { library.lxw_worksheet_write_single_row(worksheet); }
