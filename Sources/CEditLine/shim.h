// libedit for Swift: a fixed-arity function for each of its variadic calls that the editor makes.
#ifndef CEDITLINE_SHIM_H
#define CEDITLINE_SHIM_H

#include <histedit.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

// Declared only with _XOPEN_SOURCE in glibc.
extern int wcwidth(wchar_t);

typedef int (*qs_read_function)(EditLine *, wchar_t *);
typedef unsigned char (*qs_command)(EditLine *, wint_t);

// Everything that libedit would draw goes to `drawing`; its terminal is still descriptors 0 and 1.
static inline EditLine *qs_el_init(const char *program, FILE *drawing) {
    return el_init_fd(program, stdin, drawing, drawing, 0, 1, 2);
}
static inline int qs_el_set_client(EditLine *e, void *client) { return el_set(e, EL_CLIENTDATA, client); }
static inline void *qs_el_client(EditLine *e) {
    void *client = NULL;
    el_get(e, EL_CLIENTDATA, &client);
    return client;
}
static inline int qs_el_set_emacs(EditLine *e) { return el_set(e, EL_EDITOR, "emacs"); }
static inline int qs_el_set_signals(EditLine *e, int on) { return el_set(e, EL_SIGNAL, on); }
static inline int qs_el_set_editing(EditLine *e, int on) { return el_set(e, EL_EDITMODE, on); }
static inline int qs_el_set_raw(EditLine *e, int on) { return el_set(e, EL_PREP_TERM, on); }
static inline int qs_el_set_reader(EditLine *e, qs_read_function f) { return el_wset(e, EL_GETCFN, f); }
static inline int qs_el_add(EditLine *e, const char *name, const char *summary, qs_command f) {
    return el_set(e, EL_ADDFN, name, summary, f);
}
static inline int qs_el_bind(EditLine *e, const char *key, const char *name) {
    return el_set(e, EL_BIND, key, name, NULL);
}
static inline int qs_el_is_vi(EditLine *e) {
    const char *editor = NULL;
    return el_get(e, EL_EDITOR, &editor) == 0 && editor != NULL && strcmp(editor, "vi") == 0;
}
static inline int qs_el_bind_alternate(EditLine *e, const char *key, const char *name) {
    return el_set(e, EL_BIND, "-a", key, name, NULL);
}

#endif
