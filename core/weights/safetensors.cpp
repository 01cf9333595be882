#include "weights/safetensors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include "base/error.h"
#include "weights/safetensors_header.h"

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

namespace treegrpo {
namespace {

constexpr std::uint64_t max_header_bytes = 100'000'000;  // as in the reference reader

std::string quoted(const std::filesystem::path& path) {
  return std::string("'") + path.string() + "'";
}

// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

void read_exactly(int descriptor, std::uint64_t offset, std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(std::string("it cannot be read: ") + std::strerror(errno));
    if (got == 0) throw Error("it ends too early: it is truncated, or shrank while it was read");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
}

std::uint64_t file_bytes(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw Error(std::strerror(errno));
  if (!S_ISREG(status.st_mode)) throw Error("it is not a regular file");
  return static_cast<std::uint64_t>(status.st_size);
}

// Offsets are made absolute.
SafetensorsHeader read_header(int descriptor) {
  const std::uint64_t size = file_bytes(descriptor);
  if (size < 8) throw Error("it is too short to be a safetensors file");
  std::uint64_t header_bytes = 0;
  read_exactly(descriptor, 0, std::as_writable_bytes(std::span(&header_bytes, 1)));
  if (header_bytes > max_header_bytes) throw Error("it is not a safetensors file");
  if (header_bytes > size - 8) {
    throw Error("its header ends behind its end: it is truncated or not a safetensors file");
  }
  std::string json(header_bytes, '\0');
  read_exactly(descriptor, 8, std::as_writable_bytes(std::span(json)));
  SafetensorsHeader header = parse_safetensors_header(json, size - 8 - header_bytes);
  for (TensorEntry& entry : header.entries) entry.offset += 8 + header_bytes;
  return header;
}

[[noreturn]] void throw_unwritten() {
  if (errno == ENOSPC || errno == EDQUOT)
    throw Error("the disk is full; make room and try again", ErrorKind::disk_full);
  throw Error(std::strerror(errno));
}

void write_all(int descriptor, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_unwritten();
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void sync(int descriptor) {
  if (::fsync(descriptor) != 0) throw_unwritten();
}

// Sorts as the format asks (wide types first, then by name), so that all data is aligned.
SafetensorsHeader lay_out(std::vector<TensorBytes>& tensors, Metadata metadata) {
  metadata.emplace("format", "pt");
  std::sort(tensors.begin(), tensors.end(), [](const TensorBytes& a, const TensorBytes& b) {
    return a.dtype != b.dtype ? a.dtype > b.dtype : a.name < b.name;
  });
  SafetensorsHeader header{.metadata = std::move(metadata), .entries = {}};
  std::uint64_t offset = 0;
  std::set<std::string_view> names;
  for (const TensorBytes& tensor : tensors) {
    if (!names.insert(tensor.name).second) throw Error("the name '" + tensor.name + "' repeats");
    if (tensor.bytes.size() != tensor_bytes(tensor.dtype, tensor.shape)) {
      throw Error("the bytes of '" + tensor.name + "' do not fit its shape");
    }
    header.entries.push_back({.name = tensor.name,
                              .dtype = tensor.dtype,
                              .shape = tensor.shape,
                              .offset = offset,
                              .bytes = tensor.bytes.size()});
    offset += tensor.bytes.size();
  }
  return header;
}

void write_new(const std::filesystem::path& path, const std::string& header,
               std::span<const TensorBytes> tensors) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) throw Error(std::strerror(errno));
  const std::uint64_t header_bytes = header.size();
  write_all(file.get(), std::as_bytes(std::span(&header_bytes, 1)));
  write_all(file.get(), std::as_bytes(std::span(header)));
  for (const TensorBytes& tensor : tensors) write_all(file.get(), tensor.bytes);
  sync(file.get());
}

// So that the rename itself survives a power cut. A file system that cannot is no reason to fail.
void sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() >= 0) ::fsync(descriptor.get());
}

}  // namespace

SafetensorsFile::SafetensorsFile(std::filesystem::path path) : path_(std::move(path)) {
  try {
    Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) throw Error(std::strerror(errno));
    SafetensorsHeader header = read_header(file.get());
    metadata_ = std::move(header.metadata);
    entries_ = std::move(header.entries);
    descriptor_ = file.release();
  } catch (const Error& error) {
    throw error.within("cannot open " + quoted(path_));
  }
}

SafetensorsFile::~SafetensorsFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

const TensorEntry* SafetensorsFile::find(std::string_view name) const {
  const auto entry = std::lower_bound(
      entries_.begin(), entries_.end(), name,
      [](const TensorEntry& candidate, std::string_view key) { return candidate.name < key; });
  return entry != entries_.end() && entry->name == name ? &*entry : nullptr;
}

void SafetensorsFile::read(const TensorEntry& entry, std::span<std::byte> bytes) const {
  try {
    if (bytes.size() != entry.bytes) throw Error("a buffer of another size than the tensor's");
    read_exactly(descriptor_, entry.offset, bytes);
  } catch (const Error& error) {
    throw error.within("cannot read '" + entry.name + "' of " + quoted(path_));
  }
}

void write_safetensors(const std::filesystem::path& path, std::vector<TensorBytes> tensors,
                       Metadata metadata) {
  std::filesystem::path temporary = path;
  temporary += ".tmp-" + std::to_string(::getpid());
  try {
    const std::string header = safetensors_header_text(lay_out(tensors, std::move(metadata)));
    write_new(temporary, header, tensors);
    if (::rename(temporary.c_str(), path.c_str()) != 0) throw Error(std::strerror(errno));
    sync_folder(path.has_parent_path() ? path.parent_path() : ".");
  } catch (const Error& error) {
    ::unlink(temporary.c_str());
    throw error.within("cannot write " + quoted(path));
  }
}

}  // namespace treegrpo
