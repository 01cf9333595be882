#include "canvas/sprite_atlas.h"

#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <algorithm>

namespace treegrpo {
namespace {

QOpenGLFunctions& gl() { return *QOpenGLContext::currentContext()->functions(); }

std::size_t pageBytes(int side) {
  return std::size_t{4} * static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
}

unsigned int makeTexture(int side) {
  unsigned int texture = 0;
  gl().glGenTextures(1, &texture);
  gl().glBindTexture(GL_TEXTURE_2D, texture);
  // Pixels of a picture stay squares; what is to be averaged comes averaged.
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    gl().glTexParameteri(GL_TEXTURE_2D, filter, GL_NEAREST);
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    gl().glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  gl().glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, side, side, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  return texture;
}

}  // namespace

SpriteAtlas::SpriteAtlas(std::size_t limit_bytes, int side)
    : most_pages_(std::max<std::size_t>(1, limit_bytes / pageBytes(side))), side_(side) {}

std::size_t SpriteAtlas::bytes() const { return pages_.size() * pageBytes(side_); }

bool SpriteAtlas::addPage() {
  if (pages_.size() == most_pages_) return false;
  pages_.push_back({makeTexture(side_), {}});
  QImage white(white_side, white_side, QImage::Format_RGBA8888);
  white.fill(Qt::white);
  upload(pages_.back(), {0, 0}, white);
  return true;
}

Sprite SpriteAtlas::whitePixel() {
  if (pages_.empty()) addPage();
  const float middle = static_cast<float>(white_side) / 2 / static_cast<float>(side_);
  return {pages_.front().texture, middle, middle, middle, middle};
}

// On the first shelf that is not much too high, else on a new one.
std::optional<QPoint> SpriteAtlas::placeOn(Page& page, QSize size) const {
  int top = white_side;
  for (Shelf& shelf : page.shelves) {
    const bool fits = size.height() <= shelf.height && shelf.height <= size.height() * 5 / 4 + 4;
    if (fits && shelf.used + size.width() <= side_) {
      const QPoint place(shelf.used, shelf.top);
      shelf.used += size.width();
      return place;
    }
    top = shelf.top + shelf.height;
  }
  if (size.width() > side_ || top + size.height() > side_) return std::nullopt;
  page.shelves.push_back({top, size.height(), size.width()});
  return QPoint(0, top);
}

Sprite SpriteAtlas::upload(const Page& page, QPoint place, const QImage& picture) const {
  const QImage pixels = picture.convertToFormat(QImage::Format_RGBA8888);
  gl().glBindTexture(GL_TEXTURE_2D, page.texture);
  gl().glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  gl().glTexSubImage2D(GL_TEXTURE_2D, 0, place.x(), place.y(), pixels.width(), pixels.height(),
                       GL_RGBA, GL_UNSIGNED_BYTE, pixels.constBits());
  const auto part = [this](int pixel) {
    return static_cast<float>(pixel) / static_cast<float>(side_);
  };
  return {page.texture, part(place.x()), part(place.y()), part(place.x() + pixels.width()),
          part(place.y() + pixels.height())};
}

std::optional<Sprite> SpriteAtlas::add(const QImage& picture) {
  if (picture.isNull() || std::max(picture.width(), picture.height()) > largestSide())
    return std::nullopt;
  for (Page& page : pages_)
    if (const auto place = placeOn(page, picture.size())) return upload(page, *place, picture);
  if (!addPage()) return std::nullopt;
  const auto place = placeOn(pages_.back(), picture.size());
  return place ? std::optional(upload(pages_.back(), *place, picture)) : std::nullopt;
}

void SpriteAtlas::empty() {
  for (Page& page : pages_) page.shelves.clear();
}

void SpriteAtlas::destroy() {
  for (const Page& page : pages_) gl().glDeleteTextures(1, &page.texture);
  pages_.clear();
}

}  // namespace treegrpo
