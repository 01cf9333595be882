// How soon compared groups reach a value, in words.
#pragma once

#include <QString>

#include "compare/comparison.h"

namespace treegrpo {

// A sentence a group: "B reaches 0.7 after 12.3 minutes (n = 3). That is 2.60 × sooner than A, 95 %
// interval 2.10 to 3.20." Empty without a target.
QString targetText(const Comparison& comparison, const ComparisonOptions& options);

}  // namespace treegrpo
