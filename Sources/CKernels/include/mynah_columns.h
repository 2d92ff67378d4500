#ifndef MYNAH_COLUMNS_H
#define MYNAH_COLUMNS_H
#include <stddef.h>

/// Squared distances from one query to `stride` points that lie column by column (dimension j of point i is
/// `columns[j * stride + i]`); `stride` is a multiple of 8. Each is the plain sum of (x − q)² over the dimensions in
/// order, every operation rounded by itself, so the bits are those of the naive loop on any processor.
void mynah_column_distances(const double *columns, size_t stride, size_t dimensions, const double *query, double *out);

/// Squared distance from a query to the nearest point of the box `low...high` (dimensions each), summed in the same way:
/// never above what `mynah_column_distances` gives for a point in the box.
double mynah_box_distance(const double *low, const double *high, size_t dimensions, const double *query);

#endif
