// Figures as files: what is in them, that they are the same each time, and what is said where they
// cannot be written. pdffonts, pdfimages and pdftoppm of poppler read the PDF as others do.
#include <sys/resource.h>

#include <QImageReader>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <csignal>

#include "base/error.h"
#include "figure/color_vision.h"
#include "figure/figure_files.h"
#include "figure/figure_painter.h"
#include "figure/figure_pdf.h"
#include "ui/figure_samples.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

QByteArray bytesOf(const Figure& figure, FigureFormat format) {
  return filesOf(figure, format, "fig2.x").front().bytes;
}

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray outputOf(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
}

QString refusalOf(const Figure& figure, const QString& file) {
  try {
    writeFigure(figure, file);
  } catch (const Error& error) {
    return QString::fromStdString(error.what());
  }
  return {};
}

// Mean difference of two pictures' channels, 0 to 255; of the part that both have.
double distance(const QImage& a, const QImage& b) {
  double sum = 0;
  const int width = std::min(a.width(), b.width()), height = std::min(a.height(), b.height());
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const QRgb one = a.pixel(x, y), two = b.pixel(x, y);
      sum += std::abs(qRed(one) - qRed(two)) + std::abs(qGreen(one) - qGreen(two)) +
             std::abs(qBlue(one) - qBlue(two));
    }
  return sum / (3. * width * height);
}

Figure blindFigure() {
  FigureRecipe recipe = sampleRecipe();
  recipe.provenance = false;
  return sampleFigure(recipe);
}

}  // namespace

class TestFigureFiles : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString written(const QString& name, const Figure& figure) const {
    const QString path = folder_.filePath(name);
    writeFigure(figure, path);
    return path;
  }

 private Q_SLOTS:
  void fonts_of_a_pdf_are_embedded_and_none_is_of_type_3() {
    const QByteArray fonts = outputOf("pdffonts", {written("fonts.pdf", sampleFigure())});
    const QList<QByteArray> lines = fonts.trimmed().split('\n');
    QVERIFY2(lines.size() >= 4, fonts.constData());  // two of heads, two or more faces
    for (qsizetype i = 2; i < lines.size(); ++i) {
      QVERIFY2(lines[i].contains("StudioSans") && lines[i].contains("TrueType"), lines[i]);
      QVERIFY2(lines[i].contains(" yes "), lines[i]);
    }
    QVERIFY(checksOf(sampleFigure(), FigureFormat::pdf).back().passed);
  }

  void another_font_is_embedded_and_one_that_is_missing_is_said() {
    FigureRecipe recipe = sampleRecipe();
    recipe.font = "DejaVu Serif Condensed";
    const QByteArray fonts = outputOf("pdffonts", {written("serif.pdf", sampleFigure(recipe))});
    QVERIFY2(fonts.contains("DejaVuSerifCondensed") && !fonts.contains("Type 3"), fonts);
    QVERIFY(checksOf(sampleFigure(recipe), FigureFormat::pdf).back().passed);
    recipe.font = "No Such Family";
    const FigureCheck check = checksOf(sampleFigure(recipe), FigureFormat::pdf).back();
    QVERIFY(!check.passed && QString::fromStdString(check.sentence).contains("No Such Family"));
    QVERIFY(!written("missing.pdf", sampleFigure(recipe)).isEmpty());
  }

  void pictures_of_a_pdf_print_at_300_dpi_or_more_where_pixels_are_kept_sharp() {
    FigureRecipe soft = sampleRecipe();
    soft.sharp_pixels = false;
    const auto least = [&](const char* name, const FigureRecipe& recipe) {
      const QByteArray images =
          outputOf("pdfimages", {"-list", written(name, sampleFigure(recipe))});
      double found = 1e9;
      for (const QByteArray& line : images.trimmed().split('\n').mid(2))
        found = std::min(found, line.simplified().split(' ').value(12).toDouble());
      return found;
    };
    QVERIFY(least("sharp.pdf", sampleRecipe()) >= 299);
    QVERIFY(least("soft.pdf", soft) < 299);
  }

  void a_pdf_looks_as_the_screens_painter_draws_it() {
    const Figure figure = sampleFigure();
    const QString pdf = written("looks.pdf", figure), stem = folder_.filePath("looks");
    outputOf("pdftoppm", {"-r", "144", "-png", "-singlefile", pdf, stem});
    const QImage printed(stem + ".png"), drawn = pagePicture(figure.page, 144);
    QVERIFY(!printed.isNull());
    QVERIFY(std::abs(printed.width() - drawn.width()) <= 2);
    QVERIFY(std::abs(printed.height() - drawn.height()) <= 2);
    QImage white = drawn;
    white.fill(Qt::white);
    // Anti-aliasing differs along edges; without letters or lines it would be as far as white is.
    QVERIFY2(distance(printed, drawn) < .25 * distance(white, drawn),
             qPrintable(QString::number(distance(printed, drawn))));
  }

  void the_same_figure_has_the_same_bytes_whatever_the_order_of_hashes() {
    for (const FigureFormat format : {FigureFormat::pdf, FigureFormat::svg, FigureFormat::png,
                                      FigureFormat::pgf, FigureFormat::csv}) {
      QHashSeed::setDeterministicGlobalSeed();
      const QByteArray first = bytesOf(sampleFigure(), format);
      QHashSeed::resetRandomGlobalSeed();
      QTest::qWait(1100);  // the clock moves on: no time of day is written
      QCOMPARE(bytesOf(sampleFigure(), format), first);
      QVERIFY(!first.isEmpty());
    }
  }

  void metadata_say_where_a_figure_comes_from_and_blind_ones_do_not_data() {
    QTest::addColumn<FigureFormat>("format");
    QTest::newRow("pdf") << FigureFormat::pdf;
    QTest::newRow("svg") << FigureFormat::svg;
    QTest::newRow("png") << FigureFormat::png;
    QTest::newRow("pgf") << FigureFormat::pgf;
  }
  void metadata_say_where_a_figure_comes_from_and_blind_ones_do_not() {
    QFETCH(FigureFormat, format);
    const auto textOf = [&](const Figure& figure) {
      QByteArray bytes = bytesOf(figure, format);
      if (format != FigureFormat::png) return bytes;
      QImage image = QImage::fromData(bytes, "PNG");
      return (image.text("Description") + image.text("Software")).toUtf8();
    };
    const QByteArray open = textOf(sampleFigure()), blind = textOf(blindFigure());
    for (const char* word : {"0123456789abcdef", "treegrpo", "42"})
      QVERIFY2(open.contains(word), word);
    for (const char* word : {"0123456789abcdef", "2026-03-04", "20260304", "&quot;seed", "\"seed"})
      QVERIFY2(!blind.contains(word), word);
    if (format == FigureFormat::pdf) {
      QVERIFY(open.contains("(D:20260304050607Z)"));
      QVERIFY(!blind.contains("CreationDate"));
    }
  }

  void an_svg_is_valid_and_needs_no_font_with_outlines() {
    for (const bool outlines : {true, false}) {
      FigureRecipe recipe = sampleRecipe();
      recipe.outlines = outlines;
      const Figure figure = sampleFigure(recipe);
      QXmlStreamReader xml(bytesOf(figure, FigureFormat::svg));
      int texts = 0;
      QString title;
      while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        texts += xml.name() == QStringLiteral("text");
        if (xml.name() == QStringLiteral("title")) title = xml.readElementText();
      }
      QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
      QCOMPARE(texts == 0, outlines);
      QCOMPARE(title, QString("Two methods & a tree"));
      QCOMPARE(checksOf(figure, FigureFormat::svg).back().passed, outlines);
    }
  }

  void a_png_has_its_size_in_print() {
    FigureRecipe recipe = sampleRecipe();
    recipe.dpi = 600;
    const QImage image = QImage::fromData(bytesOf(sampleFigure(recipe), FigureFormat::png));
    QCOMPARE(image.width(), 3300);  // 5.5 in
    QCOMPARE(image.dotsPerMeterX(), 23622);
  }

  void pgf_brings_its_pictures_along() {
    const auto files = filesOf(sampleFigure(), FigureFormat::pgf, "fig2.pgf");
    QVERIFY(files.size() > 1);
    QCOMPARE(files[1].name, QString("fig2-1.png"));
    QVERIFY(!QImage::fromData(files[1].bytes).isNull());
  }

  void what_cannot_be_written_is_said_and_leaves_what_was_there() {
    const Figure figure = sampleFigure();
    QVERIFY(refusalOf(figure, folder_.filePath("none/fig.pdf")).contains("could not be written"));
    QVERIFY(refusalOf(figure, folder_.filePath("fig.doc")).contains("names no format"));
    const QString path = written("kept.pdf", figure);
    const QByteArray before = contentOf(path);
    rlimit all{};
    ::getrlimit(RLIMIT_FSIZE, &all);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit little{1000, all.rlim_max};  // as on a disk that is full
    ::setrlimit(RLIMIT_FSIZE, &little);
    const QString refusal = refusalOf(figure, path);
    ::setrlimit(RLIMIT_FSIZE, &all);
    QVERIFY2(refusal.contains("free some space"), qPrintable(refusal));
    QCOMPARE(contentOf(path), before);
    QVERIFY(QDir(folder_.path()).entryList({"kept*"}).size() == 1);
  }

  void colours_are_seen_as_the_matrices_say_data() {
    QTest::addColumn<int>("vision");
    QTest::addColumn<QColor>("seen");  // of #D55E00, by the same matrices in Python
    QTest::newRow("full") << 0 << QColor(0xD5, 0x5E, 0x00);
    QTest::newRow("grey") << 1 << QColor(130, 130, 130);
    QTest::newRow("protan") << 2 << QColor(129, 113, 0);
    QTest::newRow("deutan") << 3 << QColor(158, 140, 0);
    QTest::newRow("tritan") << 4 << QColor(235, 64, 80);
  }
  void colours_are_seen_as_the_matrices_say() {
    QFETCH(int, vision);
    QFETCH(QColor, seen);
    QImage picture(1, 1, QImage::Format_RGB32);
    picture.fill(QColor(0xD5, 0x5E, 0x00));
    const QColor found = seenWith(static_cast<ColorVision>(vision), picture).pixelColor(0, 0);
    for (const int off :
         {found.red() - seen.red(), found.green() - seen.green(), found.blue() - seen.blue()})
      QVERIFY2(std::abs(off) <= 1, qPrintable(found.name()));
    picture.fill(Qt::black);
    QCOMPARE(seenWith(static_cast<ColorVision>(vision), picture).pixelColor(0, 0).rgb(),
             QColor(Qt::black).rgb());
  }
};

QTEST_MAIN(TestFigureFiles)
#include "tst_figure_files.moc"
