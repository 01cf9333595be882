#include "bench/blas_check.h"

#include <dlfcn.h>

#include <string>

#include "base/error.h"

namespace treegrpo::bench {

void check_blas() {
  Dl_info library{};
  void* address = dlsym(RTLD_DEFAULT, "sgemm_");
  if (address == nullptr || dladdr(address, &library) == 0)
    throw Error("there is no sgemm_ in this process, so nothing can be measured");
  if (std::string(library.dli_fname).find("libtorch_cpu") == std::string::npos)
    throw Error("matrix products come from '" + std::string(library.dli_fname) +
                "' and not from LibTorch: link it before OpenCV");
}

}  // namespace treegrpo::bench
