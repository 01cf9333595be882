#include <QtTest>
#include <filesystem>

#include "base/error.h"
#include "image/codec.h"
#include "image/contact_sheet.h"
#include "image/resize.h"
#include "sample_images.h"

using treegrpo::ContactSheet;
using treegrpo::Image;

namespace {

ContactSheet sheet_of(int pairs) {
  ContactSheet sheet{
      .title = "TreeGRPO on the bundled model",
      .subtitle = "the same prompts from the same noise, before and after 60 iterations",
      .pairs = {}};
  const char* prompts[] = {"a red circle", "two blue squares and a yellow triangle",
                           "a green star left of a purple circle",
                           "a white ring above a black square"};
  for (int i = 0; i < pairs; ++i)
    sheet.pairs.push_back({.before = noise_image(32, 32, static_cast<unsigned>(i)),
                           .after = gradient_image(32, 32, 40 * i),
                           .caption = prompts[i % 4],
                           .before_score = .25,
                           .after_score = i % 3 == 2 ? .125 : .75});
  return sheet;
}

bool contains(const Image& sheet, const Image& part) {
  const auto row_bytes = static_cast<std::ptrdiff_t>(part.width) * 3;
  const auto matches = [&](int left, int top) {
    for (int y = 0; y < part.height; ++y) {
      const auto* whole =
          &sheet.rgb[static_cast<std::size_t>(((top + y) * sheet.width + left) * 3)];
      const auto* line = &part.rgb[static_cast<std::size_t>(y * part.width * 3)];
      if (!std::equal(line, line + row_bytes, whole)) return false;
    }
    return true;
  };
  for (int top = 0; top + part.height <= sheet.height; ++top)
    for (int left = 0; left + part.width <= sheet.width; ++left)
      if (matches(left, top)) return true;
  return false;
}

}  // namespace

class TestContactSheet : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_picture_stands_on_the_sheet_enlarged_by_a_whole_factor() {
    const ContactSheet sheet = sheet_of(3);
    const Image drawn = treegrpo::contact_sheet(sheet);
    for (const auto& pair : sheet.pairs)
      for (const Image* image : {&pair.before, &pair.after})
        QVERIFY(contains(drawn, treegrpo::enlarge(*image, 3)));
  }

  void odd_sheets_are_drawn_as_well() {
    QVERIFY(!treegrpo::contact_sheet(sheet_of(1)).empty());
    ContactSheet sheet = sheet_of(5);
    sheet.pairs[0].before = {};
    sheet.pairs[1].after = noise_image(300, 200, 1);
    sheet.pairs[2].caption = std::string(400, 'w');
    sheet.pairs[3].before_score = sheet.pairs[3].after_score = treegrpo::no_value;
    sheet.pairs[4].caption.clear();
    QVERIFY(!treegrpo::contact_sheet(sheet).empty());
  }

  void a_sheet_without_pairs_is_refused() {
    QVERIFY_THROWS_EXCEPTION(treegrpo::Error, treegrpo::contact_sheet({}));
  }

  // To be looked at: TREEGRPO_SHEET=file.png tst_contact_sheet
  void it_can_be_written_to_be_looked_at() {
    const QString file = qEnvironmentVariable("TREEGRPO_SHEET");
    if (file.isEmpty()) return;
    treegrpo::write_png(file.toStdString(), treegrpo::contact_sheet(sheet_of(12)));
  }
};

QTEST_GUILESS_MAIN(TestContactSheet)
#include "tst_contact_sheet.moc"
