#include "base/error.h"

namespace treegrpo {

Error::Error(const std::string& sentence, ErrorKind kind)
    : std::runtime_error(sentence), kind_(kind) {}

Error Error::within(const std::string& context) const {
  return Error(context + ": " + what(), kind_);
}

Error configuration_error(const std::string& sentence) {
  return Error(sentence, ErrorKind::configuration);
}

}  // namespace treegrpo
