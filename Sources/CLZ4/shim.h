// LZ4 for Swift: single blocks, and the frames around them.
#ifndef QS_CLZ4_H
#define QS_CLZ4_H
#include <lz4.h>
#include <lz4frame.h>
#endif
