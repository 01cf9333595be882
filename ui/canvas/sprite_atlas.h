// Many small pictures in a few textures, so that a drawing takes a few calls and not one a picture.
// Bounded in bytes: when it is full, all of it is emptied and what is visible comes anew.
#pragma once

#include <QImage>
#include <cstddef>
#include <optional>
#include <vector>

namespace treegrpo {

// Where a picture lies: a texture of GL and corners in it from 0 to 1.
struct Sprite {
  unsigned int texture = 0;
  float left = 0, top = 0, right = 0, bottom = 0;
};

// Every call with the context current that the first one was made in.
class SpriteAtlas {
 public:
  // Pages are squares of `side` pixels; no more of them than fit in the limit, but one at least.
  explicit SpriteAtlas(std::size_t limit_bytes = std::size_t{64} << 20, int side = 2048);
  SpriteAtlas(const SpriteAtlas&) = delete;
  SpriteAtlas& operator=(const SpriteAtlas&) = delete;

  // Copies a picture to the card. Nothing if there is no room, or if it is larger than a page.
  std::optional<Sprite> add(const QImage& picture);

  // Every page has an opaque white pixel at the same place, so plain shapes need no other texture.
  Sprite whitePixel();

  int largestSide() const { return side_ - white_side; }
  std::size_t bytes() const;  // of all pages
  std::size_t pages() const { return pages_.size(); }

  void empty();    // forgets what lies in it and keeps the pages
  void destroy();  // gives the textures back

 private:
  static constexpr int white_side = 4;
  struct Shelf {
    int top = 0, height = 0, used = 0;
  };
  struct Page {
    unsigned int texture = 0;
    std::vector<Shelf> shelves;
  };
  bool addPage();
  std::optional<QPoint> placeOn(Page& page, QSize size) const;
  Sprite upload(const Page& page, QPoint place, const QImage& picture) const;

  std::size_t most_pages_;
  int side_;
  std::vector<Page> pages_;
};

}  // namespace treegrpo
