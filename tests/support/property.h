// RapidCheck in Qt Test: QVERIFY(holds("group advantages sum to 0", [] { RC_ASSERT(…); })).
// The failing case is printed by RapidCheck on stderr.
#pragma once

#include <rapidcheck.h>

#include <string>

namespace treegrpo::test {

template <class Property>
bool holds(const std::string& sentence, Property&& property) {
  return rc::check(sentence, std::forward<Property>(property));
}

}  // namespace treegrpo::test
