// A short name for the bytes of a file, which tells whether it is the one that was used before.
#pragma once

#include <filesystem>
#include <string>

namespace treegrpo {

// 16 hexadecimal digits that change with the file's bytes. Meant against accidents: whoever wants
// to can make another file of the same fingerprint. Throws Error if the file cannot be read.
std::string file_fingerprint(const std::filesystem::path& file);

}  // namespace treegrpo
