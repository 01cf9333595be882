# LibTorch from the PyPI wheel as imported targets of our own: torch::cpu, torch::c10 and
# torch::openmp.
# The wheel's own CMake package wants a CUDA toolkit and links libtorch_cuda into every program;
# ours links the CPU half only, and the CUDA half is opened at run time (core/train/engine_module).
set(TORCH_WHEEL_DIR "" CACHE PATH "folder that holds torch/ (and nvidia/)")
set(_torch "${TORCH_WHEEL_DIR}/torch")
set(_version_header "${_torch}/include/torch/headeronly/version.h")
if(NOT EXISTS "${_version_header}")
  message(FATAL_ERROR
    "No LibTorch in TORCH_WHEEL_DIR='${TORCH_WHEEL_DIR}'. ./installer/start brings it; or name the "
    "folder that contains torch/ with -DTORCH_WHEEL_DIR=...; or build without the engine "
    "(-DTREEGRPO_ENGINE=OFF).")
endif()
file(READ "${_version_header}" _text)
set(TREEGRPO_TORCH_VERSION "")
foreach(_part MAJOR MINOR PATCH)
  string(REGEX MATCH "TORCH_VERSION_${_part} ([0-9]+)" _ "${_text}")
  list(APPEND TREEGRPO_TORCH_VERSION "${CMAKE_MATCH_1}")
endforeach()
list(JOIN TREEGRPO_TORCH_VERSION "." TREEGRPO_TORCH_VERSION)
if(TREEGRPO_TORCH_VERSION VERSION_LESS 2.11)
  message(FATAL_ERROR "LibTorch ${TREEGRPO_TORCH_VERSION} is too old: 2.11 to 2.15 are supported.")
endif()

add_library(torch::c10 SHARED IMPORTED GLOBAL)
set_target_properties(torch::c10 PROPERTIES IMPORTED_LOCATION "${_torch}/lib/libc10.so")
# The OpenMP that comes with it: there must be no second one in the process.
find_package(OpenMP REQUIRED COMPONENTS CXX)
file(GLOB _openmp "${_torch}/lib/libgomp*.so*")
if(NOT _openmp)
  set(_openmp "${OpenMP_CXX_LIBRARIES}")
endif()
list(GET _openmp 0 _openmp)
add_library(torch::openmp SHARED IMPORTED GLOBAL)
set_target_properties(torch::openmp PROPERTIES IMPORTED_LOCATION "${_openmp}")
add_library(torch::cpu SHARED IMPORTED GLOBAL)
set_target_properties(torch::cpu PROPERTIES
  IMPORTED_LOCATION "${_torch}/lib/libtorch_cpu.so"
  INTERFACE_LINK_LIBRARIES torch::c10
  INTERFACE_INCLUDE_DIRECTORIES "${_torch}/include;${_torch}/include/torch/csrc/api/include"
  INTERFACE_COMPILE_FEATURES cxx_std_20
  INTERFACE_COMPILE_DEFINITIONS "USE_DISTRIBUTED;USE_C10D_GLOO")
