#include "base/error.h"

namespace treegrpo {

Error::Error(const std::string& sentence, ErrorKind kind, const ErrorPlace& place)
    : std::runtime_error(sentence), kind_(kind), place_(place) {}

Error Error::within(const std::string& context) const {
  return Error(context + ": " + what(), kind_, place_);
}

Error configuration_error(const std::string& sentence) {
  return Error(sentence, ErrorKind::configuration);
}

}  // namespace treegrpo
