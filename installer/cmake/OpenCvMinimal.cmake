# Debian's small OpenCV packages (core, imgproc, imgcodecs) bring no CMake package: targets by hand.
find_path(OPENCV_INCLUDE opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(_module core imgproc imgcodecs)
  find_library(OPENCV_${_module} opencv_${_module} REQUIRED)
  add_library(opencv::${_module} SHARED IMPORTED GLOBAL)
  set_target_properties(opencv::${_module} PROPERTIES
    IMPORTED_LOCATION "${OPENCV_${_module}}"
    INTERFACE_INCLUDE_DIRECTORIES "${OPENCV_INCLUDE}")
endforeach()
