#ifndef MYNAH_KERNELS_H
#define MYNAH_KERNELS_H
#include "mynah_bfloat16.h"
#include "mynah_columns.h"
#include "mynah_dispatch.h"
#include "mynah_elementwise.h"
#include "mynah_gower.h"
#include "mynah_layers.h"
#include "mynah_matmul.h"
#include "mynah_neighbors.h"
#include "mynah_parallel.h"
#include "mynah_random.h"
#include "mynah_recording.h"
#include "mynah_reductions.h"
#include "mynah_storage.h"
#include "mynah_variational.h"
#endif
