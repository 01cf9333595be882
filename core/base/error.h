// The one exception of the project: a sentence a user can act on, and which kind of failure it is.
#pragma once

#include <stdexcept>
#include <string>

namespace treegrpo {

// What kind of failure an Error is. The command line turns it into its exit code.
enum class ErrorKind {
  failure,        // a file, the store, a model, the engine
  usage,          // the command line was used wrongly
  configuration,  // a config or a --set that cannot be run
  memory,         // out of memory, on the host or a device
  interrupted,    // stopped by the user, with a checkpoint
};

// Thrown by all of core. what() says what went wrong, where, and what to do about it.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& sentence, ErrorKind kind = ErrorKind::failure);

  ErrorKind kind() const { return kind_; }

  // The same error with what was being done in front: "while reading tiny.toml: …".
  Error within(const std::string& context) const;

 private:
  ErrorKind kind_;
};

// A configuration that cannot be run.
Error configuration_error(const std::string& sentence);

}  // namespace treegrpo
