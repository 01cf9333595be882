// A folder that goes away with the test, and the sentence of what a call throws.
#pragma once

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace treegrpo::test {

class StoreFolder {
 public:
  std::filesystem::path path() const { return folder_.path().toStdString(); }
  std::filesystem::path file(const char* name = "runs.tgws") const { return path() / name; }

 private:
  QTemporaryDir folder_;
};

// The sentence of the Error that the function throws; empty if it throws none.
template <typename Function>
QString sentence_of(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace treegrpo::test

// Verifies that an expression throws an Error whose sentence contains a text.
#define VERIFY_SAYS(expression, text)                                                  \
  do {                                                                                 \
    const QString sentence = treegrpo::test::sentence_of([&] { (void)(expression); }); \
    QVERIFY2(sentence.contains(text), qPrintable("it says: " + sentence));             \
  } while (false)
