// Where things lie on disk, and writing a file so that a crash leaves the old one or the new one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

namespace treegrpo {

// The store used when none is named: $TREEGRPO_STORE, else $XDG_DATA_HOME/treegrpo/default.tgws,
// else ~/.local/share/treegrpo/default.tgws. Throws Error if there is no home folder either.
std::filesystem::path default_store_path();

// The folder of the running program.
std::filesystem::path executable_folder();

// A file or folder that comes with the program ("models/tiny.safetensors"), looked for in
// $TREEGRPO_RESOURCES, beside the program (../share/treegrpo), in the source tree of a build, and
// in the install prefix; the first that holds it. Throws Error that names the places if none does.
std::filesystem::path resource_path(const std::filesystem::path& name);

// Creates a folder and those above it. Throws Error if that is not possible.
void create_folders(const std::filesystem::path& folder);

// Writes beside, syncs, renames over, syncs the folder: `file` is whole at any moment. Creates the
// folder. Throws Error if it cannot be written (rights, full disk), leaving what was there.
void write_file_atomically(const std::filesystem::path& file, std::span<const std::byte> bytes);
void write_file_atomically(const std::filesystem::path& file, std::string_view text);

// Flushes a finished file, or the names within a folder, to the disk. Throws Error.
void sync_to_disk(const std::filesystem::path& file_or_folder);

// Puts a finished folder in the place of an older one of that name, or of none, in one step: the
// name means one of the two, whole, at any moment; the older one is removed. Throws Error.
void replace_folder(const std::filesystem::path& finished, const std::filesystem::path& place);

// A file to be read as bytes from its beginning. Throws Error if there is none or no right to.
std::ifstream open_file(const std::filesystem::path& file);

// The whole file as bytes in a string. Throws Error if it cannot be read.
std::string read_file(const std::filesystem::path& file);

}  // namespace treegrpo
