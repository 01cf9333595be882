#include "canvas/image_cache.h"

#include <utility>

namespace treegrpo {
namespace {

QImage converted(const Image& image) {
  const QImage borrowed(image.rgb.data(), image.width, image.height, image.width * 3,
                        QImage::Format_RGB888);
  return borrowed.convertToFormat(QImage::Format_RGB32);
}

QImage makeScaled(const Image& image, QSize size, bool smooth) {
  const bool smaller = size.width() < image.width || size.height() < image.height;
  // Qt's smooth transformation averages areas where it makes smaller, and blurs where larger.
  const auto mode = smooth && smaller ? Qt::SmoothTransformation : Qt::FastTransformation;
  return converted(image)
      .scaled(size, Qt::IgnoreAspectRatio, mode)
      .convertToFormat(QImage::Format_RGB32);
}

std::size_t bytesOf(const QImage& image) { return static_cast<std::size_t>(image.sizeInBytes()); }

bool sameObject(const std::weak_ptr<const Image>& a, const std::shared_ptr<const Image>& b) {
  return !a.owner_before(b) && !b.owner_before(a);
}

}  // namespace

ImageCache::ImageCache(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

QImage ImageCache::scaled(const std::shared_ptr<const Image>& image, QSize size, bool smooth) {
  if (!image || image->empty() || size.isEmpty()) return {};
  const Key key{image.get(), size.width(), size.height(), smooth};
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    const auto entry = found->second;
    if (sameObject(entry->owner, image)) {
      entries_.splice(entries_.begin(), entries_, entry);
      return entry->image;
    }
    erase(entry);
  }
  QImage made = makeScaled(*image, size, smooth);
  const std::size_t needed = bytesOf(made);
  if (needed > limit_bytes_) return made;
  makeRoom(needed);
  entries_.push_front({key, image, made});
  by_key_.emplace(key, entries_.begin());
  bytes_ += needed;
  return made;
}

void ImageCache::clear() {
  by_key_.clear();
  entries_.clear();
  bytes_ = 0;
}

void ImageCache::erase(std::list<Entry>::iterator entry) {
  bytes_ -= bytesOf(entry->image);
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

void ImageCache::makeRoom(std::size_t needed) {
  while (bytes_ + needed > limit_bytes_) erase(std::prev(entries_.end()));
}

}  // namespace treegrpo
