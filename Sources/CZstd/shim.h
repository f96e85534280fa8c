// zstd for Swift.
#ifndef QS_CZSTD_H
#define QS_CZSTD_H
#include <zstd.h>
#endif
