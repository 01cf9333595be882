#include <QTest>
#include <limits>

#include "base/byte_size.h"

using namespace treegrpo;

class TestByteSize : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_size_has_the_unit_that_suits_it() {
    const std::vector<std::pair<std::int64_t, const char*>> sizes = {
        {0, "0 bytes"},          {1, "1 byte"},
        {999, "999 bytes"},      {1000, "1.0 kB"},
        {12'345, "12.3 kB"},     {999'949, "999.9 kB"},
        {999'950, "1.0 MB"},     {4'500'000'000, "4.5 GB"},
        {-2'000'000, "-2.0 MB"}, {std::numeric_limits<std::int64_t>::max(), "9223372.0 TB"}};
    for (const auto& [bytes, text] : sizes) QCOMPARE(byte_size_text(bytes), std::string(text));
  }
};

QTEST_APPLESS_MAIN(TestByteSize)
#include "tst_byte_size.moc"
