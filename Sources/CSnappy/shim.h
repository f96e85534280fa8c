// snappy for Swift.
#ifndef QS_CSNAPPY_H
#define QS_CSNAPPY_H
#include <snappy-c.h>
#endif
