# Whether the CUDA kernels of core/cuda are compiled: TREEGRPO_CUDA_KERNELS, from option TREEGRPO_CUDA.
# AUTO compiles them where there is a CUDA compiler that can, OFF does not look for one, ON makes its
# absence an error. Without them a run on a GPU uses LibTorch's operations alone.
set(TREEGRPO_CUDA AUTO CACHE STRING "CUDA kernels: AUTO, ON, OFF")
set_property(CACHE TREEGRPO_CUDA PROPERTY STRINGS AUTO ON OFF)
set(TREEGRPO_CUDA_ARCHITECTURES "80-real;90-real;90-virtual" CACHE STRING
  "GPUs that kernels are compiled for: A100, H100, and a form that newer ones compile when they run")

set(TREEGRPO_CUDA_KERNELS OFF)
if(NOT TREEGRPO_CUDA STREQUAL "OFF")
  if(NOT CMAKE_CUDA_COMPILER AND NOT DEFINED ENV{CUDACXX})
    find_program(TREEGRPO_NVCC nvcc HINTS /usr/local/cuda/bin)
    if(TREEGRPO_NVCC)
      set(ENV{CUDACXX} "${TREEGRPO_NVCC}")
    elseif(TREEGRPO_CUDA STREQUAL "ON")
      message(FATAL_ERROR "TREEGRPO_CUDA=ON, but there is no CUDA compiler in PATH or "
        "/usr/local/cuda/bin: install a CUDA toolkit, name its nvcc with CUDACXX, or build with "
        "-DTREEGRPO_CUDA=OFF.")
    endif()
  endif()
  if(NOT CMAKE_CUDA_ARCHITECTURES)
    set(CMAKE_CUDA_ARCHITECTURES "${TREEGRPO_CUDA_ARCHITECTURES}")
  endif()
  if(TREEGRPO_CUDA STREQUAL "AUTO")
    include(CheckLanguage)
    check_language(CUDA)  # a compiler that does not work is none
  endif()
  if(CMAKE_CUDA_COMPILER OR TREEGRPO_CUDA STREQUAL "ON")
    enable_language(CUDA)
    if(CMAKE_CUDA_COMPILER_VERSION VERSION_GREATER_EQUAL 12.0)  # the first with C++20
      set(TREEGRPO_CUDA_KERNELS ON)
    elseif(TREEGRPO_CUDA STREQUAL "ON")
      message(FATAL_ERROR
        "The CUDA compiler '${CMAKE_CUDA_COMPILER}' is version ${CMAKE_CUDA_COMPILER_VERSION}, but "
        "C++20 needs 12.0 or newer: name another with CUDACXX, or build with -DTREEGRPO_CUDA=OFF.")
    endif()
  endif()
endif()

# CMake 3.25.1 (Debian 12) does not know yet that nvcc speaks C++20.
if(TREEGRPO_CUDA_KERNELS AND NOT DEFINED CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
  set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
  set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
endif()

if(TREEGRPO_CUDA_KERNELS)
  message(STATUS "CUDA kernels: with ${CMAKE_CUDA_COMPILER} ${CMAKE_CUDA_COMPILER_VERSION} for "
    "${CMAKE_CUDA_ARCHITECTURES}")
else()
  message(STATUS "CUDA kernels: none (TREEGRPO_CUDA=${TREEGRPO_CUDA})")
endif()
