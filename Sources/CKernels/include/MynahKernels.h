#ifndef MYNAH_KERNELS_H
#define MYNAH_KERNELS_H
#include "mynah_dispatch.h"
#include "mynah_parallel.h"
#include "mynah_random.h"
#include "mynah_storage.h"
#endif
