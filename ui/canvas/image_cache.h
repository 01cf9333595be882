// Pictures as a painter draws them fastest: in Qt's pixel format, at the size they have on the
// screen. Bounded in bytes; what was not drawn for longest goes first.
#pragma once

#include <QImage>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <tuple>

#include "record/image.h"

namespace treegrpo {

// On the GUI thread, or one of each thread's own.
class ImageCache {
 public:
  explicit ImageCache(std::size_t limit_bytes = std::size_t{64} << 20);

  // The picture at a size in device pixels: smooth and smaller by averaging areas, else each pixel
  // a rectangle. Null for an empty picture or size. A picture counts as the same as long as it is
  // the same object, whatever later lies at its address.
  QImage scaled(const std::shared_ptr<const Image>& image, QSize size, bool smooth);

  std::size_t bytes() const { return bytes_; }  // never above the limit
  std::size_t size() const { return entries_.size(); }
  void clear();

 private:
  using Key = std::tuple<const Image*, int, int, bool>;
  struct Entry {
    Key key;
    std::weak_ptr<const Image> owner;
    QImage image;
  };
  void erase(std::list<Entry>::iterator entry);
  void makeRoom(std::size_t needed);

  std::size_t limit_bytes_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // the last used first
  std::map<Key, std::list<Entry>::iterator> by_key_;
};

}  // namespace treegrpo
