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
char *openblas_get_corename(void);

// Exported by builds with run-time dispatch (Debian's is one); null elsewhere.
void gotoblas_dynamic_init(void) __attribute__((weak));
void gotoblas_dynamic_quit(void) __attribute__((weak));

static inline int mynah_has_openblas_dispatch(void) { return gotoblas_dynamic_init && gotoblas_dynamic_quit; }

/// Chooses the kernels again, by OPENBLAS_CORETYPE. Only before the first product.
static inline void mynah_restart_openblas_dispatch(void) {
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
}

#endif
