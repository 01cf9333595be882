#include "figure/figure_files.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QFontDatabase>
#include <QSaveFile>

#include "base/error.h"
#include "figure/figure_csv.h"
#include "figure/figure_painter.h"
#include "figure/figure_pdf.h"
#include "figure/figure_pgf.h"
#include "figure/figure_svg.h"

namespace treegrpo {
namespace {

struct NamedFormat {
  const char* end;
  FigureFormat format;
};
constexpr NamedFormat ends[] = {{"pdf", FigureFormat::pdf}, {"svg", FigureFormat::svg},
                                {"png", FigureFormat::png}, {"pgf", FigureFormat::pgf},
                                {"tex", FigureFormat::pgf}, {"csv", FigureFormat::csv}};

QByteArray pngOf(QImage picture, const FigureProvenance& provenance) {
  const auto say = [&](const char* key, const std::string& text) {
    if (!text.empty()) picture.setText(QString::fromLatin1(key), QString::fromStdString(text));
  };
  say("Title", provenance.title);
  say("Software", provenance.program);
  say("Description", provenance.description);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!picture.save(&buffer, "PNG"))
    throw Error("the figure is too large for a PNG; lower its dpi", ErrorKind::memory);
  return bytes;
}

std::vector<FigureFile> pgfFiles(const Figure& figure, const QString& name) {
  const std::string stem = QFileInfo(name).completeBaseName().toStdString();
  const PgfFigure pgf = pgfOf(figure.page, stem, figure.provenance);
  std::vector<FigureFile> files = {{name, QByteArray::fromStdString(pgf.text)}};
  for (const PgfPicture& one : pgf.pictures) {
    const QImage image(one.image->rgb.data(), one.image->width, one.image->height,
                       3 * one.image->width, QImage::Format_RGB888);
    files.push_back({QString::fromStdString(one.name), pngOf(image, {})});
  }
  return files;
}

void writeFile(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly))
    throw Error("'" + path.toStdString() + "' could not be written (" +
                    file.errorString().toStdString() + "); choose a folder that may be written to",
                ErrorKind::no_access);
  if (file.write(bytes) != bytes.size() || !file.commit())
    throw Error("'" + path.toStdString() +
                    "' could not be written to its end; free some space or choose another disk",
                ErrorKind::disk_full);
}

FigureCheck fontsOf(const Figure& figure, FigureFormat format) {
  const std::string& font = figure.recipe.font;
  if (!font.empty() && !QFontDatabase::hasFamily(QString::fromStdString(font)))
    return {"fonts embedded", false,
            "The font '" + font +
                "' is not installed here, Studio Sans stands in for it; choose "
                "another one."};
  if (format == FigureFormat::pdf)
    return fontCheck(pdfOf(figure.page, figure.provenance).toStdString());
  if (format == FigureFormat::svg && !figure.recipe.outlines)
    return {"fonts embedded", false,
            "An SVG with text as text needs " + (font.empty() ? "Studio Sans" : font) +
                " where it is shown; write text as outlines."};
  if (format == FigureFormat::pgf)
    return {"fonts embedded", true, "LaTeX sets the text in the paper's own font."};
  return {"fonts embedded", true, "No font is needed."};
}

}  // namespace

std::optional<FigureFormat> formatOf(const QString& file) {
  const QString end = QFileInfo(file).suffix().toLower();
  for (const NamedFormat& one : ends)
    if (end == QLatin1String(one.end)) return one.format;
  return std::nullopt;
}

Figure makeFigure(const FigureRecipe& recipe, FigureData data, const std::string& version) {
  FigurePage page = figurePage(recipe, data);
  if (recipe.sharp_pixels) page = sharpened(std::move(page), least_dpi);
  FigureProvenance provenance = provenanceOf(recipe, data, version);
  return {recipe, std::move(data), std::move(page), std::move(provenance)};
}

std::vector<FigureFile> filesOf(const Figure& figure, FigureFormat format, const QString& name) {
  switch (format) {
    case FigureFormat::pdf:
      return {{name, pdfOf(figure.page, figure.provenance)}};
    case FigureFormat::svg:
      return {{name, svgOf(figure.page, figure.provenance, figure.recipe.outlines)}};
    case FigureFormat::png:
      return {{name, pngOf(pagePicture(figure.page, figure.recipe.dpi), figure.provenance)}};
    case FigureFormat::pgf:
      return pgfFiles(figure, name);
    case FigureFormat::csv:
      break;
  }
  return {{name, QByteArray::fromStdString(csvOf(figure.recipe, figure.data))}};
}

std::vector<FigureCheck> checksOf(const Figure& figure, FigureFormat format) {
  std::vector<FigureCheck> checks = pageChecks(figure.page);
  checks.push_back(fontsOf(figure, format));
  return checks;
}

void writeFigure(const Figure& figure, const QString& file) {
  const std::optional<FigureFormat> format = formatOf(file);
  if (!format)
    throw Error("'" + file.toStdString() +
                    "' names no format of a figure; end it in .pdf, .svg, .png, .pgf or .csv",
                ErrorKind::usage);
  const QFileInfo place(file);
  for (const FigureFile& one : filesOf(figure, *format, place.fileName()))
    writeFile(place.dir().filePath(one.name), one.bytes);
}

}  // namespace treegrpo
