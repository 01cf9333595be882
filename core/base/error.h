// The one exception of the project: a sentence a user can act on, and which kind of failure it is.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace treegrpo {

// What kind of failure an Error is. The command line turns it into its exit code, the window into
// what can be done about it.
enum class ErrorKind {
  failure,        // none of those below
  usage,          // the command line was used wrongly
  configuration,  // a config or a --set that cannot be run
  memory,         // out of memory, on the host or a device
  interrupted,    // stopped by the user, with a checkpoint
  disk_full,      // no room for a store or a file
  no_access,      // a file or folder that may not be read or written
  store_damaged,  // a store that cannot have been written so
  store_foreign,  // a file that is no store of this program, or one of a newer version
  model_file,     // a model's file that is missing, no model, or not the one that is asked for
  no_engine,      // the engine or LibTorch is missing or of another build
  not_finite,     // a reward, a picture, a loss or a gradient that is no finite number
};

// Where in a run something is wrong; -1: not known.
struct ErrorPlace {
  std::int32_t iteration = -1;
  std::int32_t prompt = -1;
  std::int32_t image = -1;  // of those that were scored together
  bool operator==(const ErrorPlace&) const = default;
};

// Thrown by all of core. what() says what went wrong, where, and what to do about it.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& sentence, ErrorKind kind = ErrorKind::failure,
                 const ErrorPlace& place = {});

  ErrorKind kind() const { return kind_; }
  const ErrorPlace& place() const { return place_; }

  // The same error with what was being done in front: "while reading tiny.toml: …".
  Error within(const std::string& context) const;

 private:
  ErrorKind kind_;
  ErrorPlace place_;
};

// A configuration that cannot be run.
Error configuration_error(const std::string& sentence);

}  // namespace treegrpo
