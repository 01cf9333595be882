# treegrpo_warnings(TARGET): warnings as errors on a target of ours, and the sanitizer if one is on.
function(treegrpo_warnings target)
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wconversion;-Werror>)
  # g++ 12 sees overlapping copies in any `"text" + std::string` at -O2 (GCC bug 105651).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
  endif()
  if(TREEGRPO_SANITIZE)
    target_compile_options(${target} PRIVATE
      -fsanitize=${TREEGRPO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${TREEGRPO_SANITIZE})
  endif()
endfunction()
