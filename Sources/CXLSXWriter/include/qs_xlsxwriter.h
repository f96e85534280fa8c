// libxlsxwriter for Swift, loaded when the first workbook is made.
#ifndef QS_CXLSXWRITER_H
#define QS_CXLSXWRITER_H
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif
#include <xlsxwriter.h>

/// Loads the library, the first time; gives null, or the system's words for why it cannot be. None of its functions may be called
/// before. It takes libcrypto along, and to load both at every start would take longer than most scripts run.
const char *qs_xlsxwriter_load(void);

/// The locale of this thread, before and while numbers are written.
typedef struct {
    locale_t plain, before;
} qs_locale;

/// The library writes numbers by printf, which has a comma in them where the host's locale has: on this thread it is that of C from here on.
static inline qs_locale qs_locale_enter(void) {
    qs_locale state = {newlocale(LC_ALL_MASK, "C", (locale_t)0), (locale_t)0};
    if (state.plain) state.before = uselocale(state.plain);
    return state;
}

/// Puts the thread's locale back.
static inline void qs_locale_leave(qs_locale state) {
    if (!state.plain) return;
    uselocale(state.before);
    freelocale(state.plain);
}
#endif
