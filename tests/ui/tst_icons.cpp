#include <QGuiApplication>
#include <QPainter>
#include <QtTest>

#include "base/error.h"
#include "style/icons.h"
#include "style/resources.h"

using namespace treegrpo;

namespace {

const ThemeKind both_themes[] = {ThemeKind::dark, ThemeKind::light};

QColor qt(Color color) { return {color.red, color.green, color.blue, color.alpha}; }

int opaquePixels(const QImage& image) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
  }
  return count;
}

// The colour of the most opaque pixel.
QColor inkOf(const QImage& image) {
  QColor ink(0, 0, 0, 0);
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor here = image.pixelColor(x, y);
      if (here.alpha() > ink.alpha()) ink = here;
    }
  }
  return ink;
}

QByteArray contents(const QString& path) {
  openResources();
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestIcons : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void all_43_icons_show_something_in_both_themes_and_in_every_state() {
    QCOMPARE(iconNames().size(), 43);
    for (const ThemeKind kind : both_themes) {
      const Theme& colors = theme(kind);
      for (const QString& name : iconNames()) {
        const QIcon picture = icon(name, colors);
        for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Disabled, QIcon::Selected}) {
          const QImage image = picture.pixmap(QSize(32, 32), mode).toImage();
          QVERIFY2(opaquePixels(image) > 8, qPrintable(name));
          QVERIFY2(opaquePixels(image) < 32 * 32 / 2, qPrintable(name));
        }
      }
    }
  }

  void an_icon_has_the_colour_of_its_state() {
    for (const ThemeKind kind : both_themes) {
      const Theme& colors = theme(kind);
      const QIcon stop = icon("stop", colors);
      const auto ink = [&](QIcon::Mode mode) { return inkOf(stop.pixmap(16, mode).toImage()); };
      QCOMPARE(ink(QIcon::Normal), qt(colors.text));
      QCOMPARE(ink(QIcon::Active), qt(colors.text));
      QCOMPARE(ink(QIcon::Disabled), qt(colors.disabled));
      QCOMPARE(ink(QIcon::Selected), qt(colors.selection_text));
      const QIcon primary = icon("stop", colors.on_accent, colors.disabled);
      QCOMPARE(inkOf(primary.pixmap(16, QIcon::Normal).toImage()), qt(colors.on_accent));
    }
  }

  void a_larger_icon_is_drawn_anew_and_not_scaled() {
    const QIcon stop = icon("stop", theme(ThemeKind::light));
    const QImage image = stop.pixmap(QSize(160, 160), QIcon::Normal).toImage();
    QCOMPARE(image.size(), QSize(160, 160));
    QCOMPARE(image.pixelColor(33, 80).alpha(), 0);  // the square starts at 3.5 of 16
    QCOMPARE(image.pixelColor(36, 80).alpha(), 255);
    const QPixmap sharp = stop.pixmap(QSize(16, 16), 2.0);
    QCOMPARE(sharp.size(), QSize(32, 32));
    QCOMPARE(sharp.devicePixelRatio(), 2.0);
  }

  void an_icon_as_a_picture_has_its_colour_and_a_clear_ground() {
    const QImage image = iconImage("stop", {10, 200, 30}, 32);
    QCOMPARE(image.size(), QSize(32, 32));
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    QCOMPARE(image.pixelColor(16, 16), QColor(10, 200, 30));
  }

  void an_icon_that_is_none_is_an_error() {
    QVERIFY_EXCEPTION_THROWN(icon("unicorn", theme(ThemeKind::dark)), Error);
    QVERIFY_EXCEPTION_THROWN(iconImage("unicorn", {}, 16), Error);
  }

  // A style sheet cannot colour a picture, so its few lie in the resources once a theme.
  void the_pictures_of_the_style_sheet_are_icons_in_colours_of_the_theme() {
    const struct {
      const char* file;
      const char* icon;
      const char* token;
    } rows[] = {{"down", "down", "text"},   {"down-off", "down", "disabled"},
                {"up", "up", "text"},       {"up-off", "up", "disabled"},
                {"next", "next", "text"},   {"close", "close", "text"},
                {"float", "float", "text"}, {"check", "check", "on_accent"}};
    for (const ThemeKind kind : both_themes) {
      const QString folder = kind == ThemeKind::dark ? "dark" : "light";
      for (const auto& row : rows) {
        QByteArray expected = contents(QString(":/icons/%1.svg").arg(row.icon));
        expected.replace("#000",
                         QByteArray::fromStdString(hexOf(colorNamed(theme(kind), row.token))));
        QVERIFY(!expected.isEmpty());
        QCOMPARE(contents(QString(":/icons/%1/%2.svg").arg(folder, row.file)), expected);
      }
    }
  }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
