// What the benchmark of the window measures of whole programs: treegrpo-studio and treegrpo beside
// this one, each with an empty home of its own.
#pragma once

#include <QJsonObject>

namespace treegrpo::bench {

// Milliseconds from the start of treegrpo-studio to its painted window and to its first painted
// node: medians of so many starts after a first one that fills the page cache. Throws Error.
QJsonObject startTimes(int rounds);

// The same run with the same seed and threads, by turns without a window and with one that follows
// it. Throws Error.
QJsonObject followingCost(int rounds, int iterations);

}  // namespace treegrpo::bench
