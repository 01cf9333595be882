#include "base/paths.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "base/error.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

// A variable of the environment; an empty one counts as unset.
const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

// Why the last system call failed, in words a user can act on.
std::string reason() {
  switch (errno) {
    case ENOSPC:
    case EDQUOT:
      return "the disk is full; free some space and try again";
    case EFBIG:
      return "it would be larger than the limit on the size of files";
    case EACCES:
    case EPERM:
      return "there is no right to write there; name another place or change its rights";
    case EROFS:
      return "it lies on a file system that is read-only; name another place";
    case ENOTDIR:
      return "a part of its path is a file, not a folder";
    default:
      return std::strerror(errno);
  }
}

ErrorKind kind_of(int cause) {
  if (cause == ENOSPC || cause == EDQUOT) return ErrorKind::disk_full;
  if (cause == EACCES || cause == EPERM || cause == EROFS) return ErrorKind::no_access;
  return ErrorKind::failure;
}

[[noreturn]] void throw_unwritten(const fs::path& file) {
  const int cause = errno;
  throw Error("cannot write '" + file.string() + "': " + reason(), kind_of(cause));
}

// A file being written under another name; gone again if finish() is not reached.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target)
      : target_(target), name_(target.string() + "." + unique_suffix() + ".partial") {
    descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw_unwritten(target_);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!finished_) ::unlink(name_.c_str());
  }

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw_unwritten(target_);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }

  void finish() {
    if (::fsync(descriptor_) != 0) throw_unwritten(target_);
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0 || ::rename(name_.c_str(), target_.c_str()) != 0) throw_unwritten(target_);
    finished_ = true;
  }

 private:
  static std::string unique_suffix() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    return std::to_string(::getpid()) + "-" + std::to_string(now);
  }

  fs::path target_;
  std::string name_;
  int descriptor_ = -1;
  bool finished_ = false;
};

// Where files that come with the program may lie, the first wins.
std::vector<fs::path> resource_folders() {
  std::vector<fs::path> folders;
  if (const char* named = variable("TREEGRPO_RESOURCES")) folders.emplace_back(named);
  const fs::path program = executable_folder();
  folders.push_back(program / ".." / "share" / "treegrpo");
  folders.push_back(program / ".." / ".." / ".." / "resources");  // build/<preset>/bin
  folders.emplace_back(TREEGRPO_DATA_FOLDER);
  return folders;
}

}  // namespace

fs::path default_store_path() {
  if (const char* store = variable("TREEGRPO_STORE")) return store;
  fs::path data;
  if (const char* folder = variable("XDG_DATA_HOME"))
    data = folder;
  else if (const char* home = variable("HOME"))
    data = fs::path(home) / ".local" / "share";
  else
    throw Error("there is no home folder to keep the store in; name a store with --store FILE");
  return data / "treegrpo" / "default.tgws";
}

fs::path executable_folder() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  return failure ? fs::current_path() : program.parent_path();
}

fs::path resource_path(const fs::path& name) {
  std::string places;
  for (const fs::path& folder : resource_folders()) {
    const fs::path place = (folder / name).lexically_normal();
    std::error_code ignored;
    if (fs::exists(place, ignored)) return place;
    if (!places.empty()) places += ", ";
    places += folder.lexically_normal().string();
  }
  throw Error("the resource '" + name.string() + "' of this program is in none of " + places +
              "; set TREEGRPO_RESOURCES to the folder that holds it");
}

void create_folders(const fs::path& folder) {
  if (folder.empty()) return;
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (!failure || fs::is_directory(folder)) return;
  errno = failure.value();
  const int cause = errno;
  throw Error("cannot make the folder '" + folder.string() + "': " + reason(), kind_of(cause));
}

void write_file_atomically(const fs::path& file, std::span<const std::byte> bytes) {
  create_folders(file.parent_path());
  TemporaryFile temporary(file);
  temporary.write(bytes);
  temporary.finish();
  sync_to_disk(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

void write_file_atomically(const fs::path& file, std::string_view text) {
  write_file_atomically(file, std::as_bytes(std::span(text)));
}

void sync_to_disk(const fs::path& file_or_folder) {
  const int descriptor = ::open(file_or_folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw_unwritten(file_or_folder);
  const int result = ::fsync(descriptor);
  const int cause = errno;
  ::close(descriptor);
  errno = cause;
  // Some file systems cannot sync a folder; then the rename is as safe as it gets there.
  if (result != 0 && errno != EINVAL) throw_unwritten(file_or_folder);
}

void replace_folder(const fs::path& finished, const fs::path& place) {
  // A rename takes the place of no folder or of an empty one; two full ones can be exchanged.
  bool moved = ::rename(finished.c_str(), place.c_str()) == 0;
  if (!moved && (errno == ENOTEMPTY || errno == EEXIST)) {
    moved = ::renameat2(AT_FDCWD, finished.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0;
    if (!moved && (errno == EINVAL || errno == ENOSYS)) {  // a file system that cannot exchange
      std::error_code failure;
      fs::remove_all(place, failure);
      moved = !failure && ::rename(finished.c_str(), place.c_str()) == 0;
    }
  }
  if (!moved) throw_unwritten(place);
  sync_to_disk(place.has_parent_path() ? place.parent_path() : fs::path("."));
  std::error_code left_behind;  // the older one, under the other name: harms nobody
  fs::remove_all(finished, left_behind);
}

std::ifstream open_file(const fs::path& file) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored))
    throw Error("cannot read '" + file.string() + "': it is a folder");
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw Error("cannot read '" + file.string() +
                "': " + (errno == ENOENT ? "there is no such file" : std::strerror(errno)));
  return stream;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream = open_file(file);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad()) throw Error("cannot read '" + file.string() + "' to its end");
  return text;
}

}  // namespace treegrpo
