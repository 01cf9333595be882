// Event files byte by byte; that TensorBoard reads them is told in tests/golden/README.md.
#include <QByteArray>
#include <QtTest>

#include "compare/event_file.h"

using namespace treegrpo;

class TestEventFile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // The check value of CRC-32C (RFC 3720 has its polynomial), and 32 zero bytes of its appendix.
  void checksums_are_those_of_castagnoli() {
    QCOMPARE(crc32c("123456789"), 0xE3069283U);
    QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAU);
  }

  void a_record_is_framed_and_leaves_out_what_is_no_number() {
    EventFile file(0);
    const std::size_t head = file.bytes().size();
    QCOMPARE(head, std::size_t{12 + 9 + 2 + 13 + 4});
    const std::vector<NamedValue> values = {{"a", .5}, {"b", no_value}};
    file.add(300, 1, values);
    const QByteArray record = QByteArray::fromStdString(file.bytes().substr(head));
    QCOMPARE(record.left(8), QByteArray::fromHex("1800000000000000"));
    QCOMPARE(record.mid(12, 24),
             QByteArray::fromHex("09000000000000f03f10ac022a0a0a080a0161150000003f"));
    QCOMPARE(record.size(), qsizetype{12 + 24 + 4});
  }
};

QTEST_GUILESS_MAIN(TestEventFile)
#include "tst_event_file.moc"
