#include "figure/figure_pdf.h"

#include <QBuffer>
#include <QDateTime>
#include <QHashFunctions>
#include <QPageLayout>
#include <QPageSize>
#include <QPdfWriter>

#include "figure/figure_painter.h"
#include "figure/venue.h"

namespace treegrpo {
namespace {

constexpr int resolution = 1200;  // units an inch, of what Qt rounds

QByteArray escaped(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped().toUtf8();
}

// XMP, since Qt's own metadata holds a title and a creator alone.
QByteArray xmpOf(const FigureProvenance& provenance) {
  QByteArray xmp =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n";
  const auto alternative = [&](const char* name, const std::string& text) {
    if (text.empty()) return;
    xmp += QByteArray("<dc:") + name + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped(text) +
           "</rdf:li></rdf:Alt></dc:" + name + ">\n";
  };
  alternative("title", provenance.title);
  alternative("description", provenance.description);
  xmp += "<xmp:CreatorTool>" + escaped(provenance.program) + "</xmp:CreatorTool>\n";
  if (!provenance.created.empty())
    xmp += "<xmp:CreateDate>" + escaped(provenance.created) + "</xmp:CreateDate>\n";
  return xmp + "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

// Qt writes the time of day into a file; in its place comes the run's, or none. Of the same length:
// the file's table counts bytes.
void replaceDate(QByteArray& pdf, const std::string& created) {
  const QByteArray key = "/CreationDate ";
  const qsizetype begin = pdf.indexOf(key);
  if (begin < 0) return;
  const qsizetype end = pdf.indexOf('\n', begin);
  const QDateTime at = QDateTime::fromString(QString::fromStdString(created), Qt::ISODate);
  QByteArray entry;
  if (at.isValid()) entry = key + "(D:" + at.toUTC().toString("yyyyMMddHHmmss").toLatin1() + "Z)";
  pdf.replace(begin, end - begin, entry.leftJustified(end - begin, ' ', true));
}

// Qt writes fonts in the order of a hash table, whose seed is another one in each process.
struct SameOrder {
  SameOrder() { QHashSeed::setDeterministicGlobalSeed(); }
  ~SameOrder() { QHashSeed::resetRandomGlobalSeed(); }
};

}  // namespace

QByteArray pdfOf(const FigurePage& page, const FigureProvenance& provenance) {
  const SameOrder same_order;
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setResolution(resolution);
  writer.setTitle(QString::fromStdString(provenance.title));
  writer.setCreator(QString::fromStdString(provenance.program));
  writer.setDocumentXmpMetadata(xmpOf(provenance));
  const QSizeF size(std::floor(page.width), std::ceil(page.height));
  writer.setPageLayout(QPageLayout(QPageSize(size, QPageSize::Point, {}, QPageSize::ExactMatch),
                                   QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
  QPainter painter(&writer);
  painter.scale(resolution / points_per_inch, resolution / points_per_inch);
  paintPage(painter, page, false);
  painter.end();
  replaceDate(bytes, provenance.created);
  return bytes;
}

}  // namespace treegrpo
