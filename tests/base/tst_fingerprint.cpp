#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <set>

#include "base/error.h"
#include "base/fingerprint.h"

using namespace treegrpo;

class TestFingerprint : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  std::string of(const std::string& bytes) {
    const std::filesystem::path file = folder_.filePath("file").toStdString();
    std::ofstream(file, std::ios::binary) << bytes;
    return file_fingerprint(file);
  }

 private Q_SLOTS:
  void equal_bytes_have_equal_fingerprints() {
    QCOMPARE(of("a model"), of("a model"));
    QCOMPARE(of("").size(), std::size_t{16});
    QVERIFY(of("").find_first_not_of("0123456789abcdef") == std::string::npos);
  }

  void every_changed_bit_and_every_length_shows() {
    const std::string whole(100, 'x');
    std::set<std::string> seen;
    for (std::size_t size = 0; size <= whole.size(); ++size) seen.insert(of(whole.substr(0, size)));
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      std::string changed = whole;
      changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
      seen.insert(of(changed));
    }
    QCOMPARE(seen.size(), 101 + 800U);
    QVERIFY(of(std::string(8, '\0')) != of(std::string(9, '\0')));
  }

  // A file is read in parts of 2^20 bytes.
  void a_long_file_is_read_to_its_end() {
    std::string bytes((std::size_t{1} << 20) + 5, 'x');
    const std::string before = of(bytes);
    bytes.back() = 'y';
    QVERIFY(of(bytes) != before);
  }

  void what_cannot_be_read_is_a_sentence() {
    for (const std::filesystem::path& wrong :
         {std::filesystem::path("/"), std::filesystem::path("/none/such")}) {
      try {
        file_fingerprint(wrong);
        QFAIL("no error");
      } catch (const Error& error) {
        QVERIFY(QString(error.what())
                    .startsWith("cannot read '" + QString::fromStdString(wrong.string())));
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestFingerprint)
#include "tst_fingerprint.moc"
