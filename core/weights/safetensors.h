// safetensors files: an 8-byte header length, a JSON header, the tensors back to back. Nothing read
// here is trusted: every offset, shape and size is checked against the file before it is used.
// No LibTorch: tensors are bytes with a shape and a type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace treegrpo {

// In the order of alignment that writers sort by, lowest first.
enum class Dtype {
  boolean,
  f4,
  f6_e2m3,
  f6_e3m2,
  u8,
  i8,
  f8_e5m2,
  f8_e4m3,
  f8_e8m0,
  f8_e4m3fnuz,
  f8_e5m2fnuz,
  i16,
  u16,
  f16,
  bf16,
  i32,
  u32,
  f32,
  c64,
  f64,
  i64,
  u64,
};

// The name in the file ("F32") and the size of an element.
std::string_view dtype_name(Dtype dtype);
int dtype_bits(Dtype dtype);

using Metadata = std::map<std::string, std::string>;

// One tensor as the header describes it.
struct TensorEntry {
  std::string name;
  Dtype dtype = Dtype::f32;
  std::vector<std::int64_t> shape;
  std::uint64_t offset = 0;  // bytes from the start of the file
  std::uint64_t bytes = 0;
};

// An open file whose header has been checked whole. Tensors are read one by one.
// May be read from several threads at once.
class SafetensorsFile {
 public:
  // Throws Error naming the file and what is wrong with it.
  explicit SafetensorsFile(std::filesystem::path path);
  ~SafetensorsFile();
  SafetensorsFile(const SafetensorsFile&) = delete;
  SafetensorsFile& operator=(const SafetensorsFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  const Metadata& metadata() const { return metadata_; }
  // Sorted by name.
  const std::vector<TensorEntry>& entries() const { return entries_; }
  // Null if there is no such tensor.
  const TensorEntry* find(std::string_view name) const;

  // Fills `bytes`, whose size must be entry.bytes. Throws Error if the file shrank or cannot be
  // read.
  void read(const TensorEntry& entry, std::span<std::byte> bytes) const;

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  Metadata metadata_;
  std::vector<TensorEntry> entries_;
};

// A tensor to be written; its bytes are row-major and little-endian.
struct TensorBytes {
  std::string name;
  Dtype dtype = Dtype::f32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
};

// Writes beside `path`, syncs and renames, so that `path` is the old file or the new one, whole.
// Adds "format": "pt" to the metadata, which other readers ask for.
// Throws Error if names repeat, sizes do not fit the shapes, or the file cannot be written.
void write_safetensors(const std::filesystem::path& path, std::vector<TensorBytes> tensors,
                       Metadata metadata);

}  // namespace treegrpo
