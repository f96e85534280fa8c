// What glibc's malloc can be told, which is in no module of Swift's; other systems have nothing of it.
#ifndef QS_CMALLOC_H
#define QS_CMALLOC_H
#ifdef __linux__
#include <malloc.h>
#endif
#endif
