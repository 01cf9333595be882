// What failed, as a window knows it: the sentence, what kind of failure it is and where in a run,
// so that remedies need no words to go by.
#pragma once

#include <QString>

#include "base/error.h"
#include "record/ids.h"

namespace treegrpo {

struct Fault {
  ErrorKind kind = ErrorKind::failure;
  ErrorPlace place = {};
  bool of_run = false;  // a run has ended by it; else a question to the store, or work between runs
  RunId run = {};       // that run; 0: it had no row in the store yet
};

struct Failure {
  QString sentence;  // empty: nothing failed
  Fault fault = {};
  bool isEmpty() const { return sentence.isEmpty(); }
};

}  // namespace treegrpo
