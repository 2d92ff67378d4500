#ifndef MYNAH_COPENBLAS_SHIM_H
#define MYNAH_COPENBLAS_SHIM_H

// The few functions we call, declared here: Debian can point cblas.h at another BLAS's header, and one of its
// variants lacks the openblas_ functions.

enum { MynahRowMajor = 101, MynahNoTranspose = 111, MynahTranspose = 112 };

void cblas_sgemm(int layout, int transA, int transB, int m, int n, int k, float alpha, const float *a, int lda,
                 const float *b, int ldb, float beta, float *c, int ldc);
void cblas_dgemm(int layout, int transA, int transB, int m, int n, int k, double alpha, const double *a, int lda,
                 const double *b, int ldb, double beta, double *c, int ldc);
void openblas_set_num_threads(int count);

// Ends the threads that OpenBLAS starts with the process; null in builds without threads.
int blas_thread_shutdown_(void) __attribute__((weak));
static inline void mynah_end_openblas_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

#endif
