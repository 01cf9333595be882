# nlohmann-json as nlohmann_json::nlohmann_json: its own CMake package, or just its headers, found in
# NLOHMANN_JSON_INCLUDE (the folder that holds nlohmann/json.hpp) or where the compiler looks.
set(NLOHMANN_JSON_INCLUDE "" CACHE PATH "folder that holds nlohmann/json.hpp, where there is no package")
if(NOT NLOHMANN_JSON_INCLUDE)
  find_package(nlohmann_json QUIET)
endif()
if(NOT TARGET nlohmann_json::nlohmann_json)
  find_path(NLOHMANN_JSON_FOLDER nlohmann/json.hpp HINTS "${NLOHMANN_JSON_INCLUDE}")
  if(NOT NLOHMANN_JSON_FOLDER)
    message(FATAL_ERROR "There is no nlohmann/json.hpp: install nlohmann-json (Debian: "
      "nlohmann-json3-dev), or name the folder that holds nlohmann/ with -DNLOHMANN_JSON_INCLUDE=...")
  endif()
  add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED GLOBAL)
  set_target_properties(nlohmann_json::nlohmann_json PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${NLOHMANN_JSON_FOLDER}")
endif()
