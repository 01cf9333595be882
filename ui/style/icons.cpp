#include "style/icons.h"

#include <QDir>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <array>

#include "base/error.h"
#include "style/resources.h"

namespace treegrpo {
namespace {

QByteArray svgOf(const QString& name) {
  openResources();
  QFile file(":/icons/" + name + ".svg");
  if (!file.open(QIODevice::ReadOnly)) {
    throw Error("There is no icon named \"" + name.toStdString() + "\".");
  }
  return file.readAll();
}

QByteArray colored(QByteArray svg, Color color) {
  return svg.replace("#000", QByteArray::fromStdString(hexOf(color)));
}

// Draws the SVG at the size asked for each time, so no size is a scaled other one.
class SvgIconEngine : public QIconEngine {
 public:
  // One SVG for each QIcon::Mode, in the order of that enumeration.
  explicit SvgIconEngine(std::array<QByteArray, 4> svg_of_mode)
      : svg_of_mode_(std::move(svg_of_mode)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const int side = std::min(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    QSvgRenderer(svg_of_mode_[static_cast<std::size_t>(mode)]).render(painter, square);
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return pixmap;
  }

  QIconEngine* clone() const override { return new SvgIconEngine(*this); }

 private:
  std::array<QByteArray, 4> svg_of_mode_;
};

QIcon iconOf(const QString& name, Color normal, Color disabled, Color selected) {
  const QByteArray svg = svgOf(name);
  std::array<QByteArray, 4> svg_of_mode;
  svg_of_mode[QIcon::Normal] = colored(svg, normal);
  svg_of_mode[QIcon::Disabled] = colored(svg, disabled);
  svg_of_mode[QIcon::Active] = svg_of_mode[QIcon::Normal];
  svg_of_mode[QIcon::Selected] = colored(svg, selected);
  return QIcon(new SvgIconEngine(std::move(svg_of_mode)));
}

}  // namespace

QStringList iconNames() {
  openResources();
  QStringList names = QDir(":/icons").entryList({"*.svg"}, QDir::Files, QDir::Name);
  for (QString& name : names) name.chop(4);
  return names;
}

QIcon icon(const QString& name, const Theme& theme) {
  return iconOf(name, theme.text, theme.disabled, theme.selection_text);
}

QIcon icon(const QString& name, Color color, Color disabled) {
  return iconOf(name, color, disabled, color);
}

QImage iconImage(const QString& name, Color color, int pixels) {
  QSvgRenderer renderer(colored(svgOf(name), color));
  QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  renderer.render(&painter, QRectF(0, 0, pixels, pixels));
  return image;
}

}  // namespace treegrpo
