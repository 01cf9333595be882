// Paints a Drawing into an ImDrawList: triangles in one or a few textures, for a canvas on GL.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "canvas/drawing.h"
#include "canvas/sprite_atlas.h"
#include "canvas/typesetter.h"
#include "style/fonts.h"

struct ImDrawList;

namespace treegrpo {

struct ImGuiPaintOptions {
  FontSet fonts;
  float width = 0, height = 0;  // of what is visible, in the drawing's pixels
  float pixel_ratio = 1;        // device pixels a pixel of the drawing
};

// Keeps pictures and lines of text on the card from one painting to the next. GUI thread, with
// the context current that the atlas belongs to.
class ImGuiPainter {
 public:
  explicit ImGuiPainter(SpriteAtlas& atlas) : atlas_(atlas) {}

  // Adds what is visible to a list in device pixels whose white pixel is the atlas's; the looks
  // are those of paint() with a QPainter. False if the atlas had no room for all of it: then
  // forget() and a second painting show everything that fits.
  bool paint(ImDrawList& list, const Drawing& drawing, const ImGuiPaintOptions& options);

  // Empties the atlas.
  void forget();

  std::size_t pictures() const { return pictures_.size(); }
  std::size_t texts() const { return texts_.size(); }

 private:
  friend class ImGuiItemPainter;
  struct Picture {
    std::weak_ptr<const Image> owner;
    Sprite sprite;
  };
  struct Text {
    Sprite sprite;
    float width = 0, height = 0;  // of the mask
    float advance = 0, left = 0, half_way = 0;
  };
  using PictureKey = std::tuple<const Image*, int, int, bool>;
  using TextKey = std::tuple<std::string, TextRole, bool, Letters>;

  const Sprite* pictureOf(const ImageItem& item, int width, int height);
  const Text* textOf(const TextItem& item, Letters letters);
  void follow(const ImGuiPaintOptions& options);

  SpriteAtlas& atlas_;
  std::map<PictureKey, Picture> pictures_;
  std::map<TextKey, Text> texts_;
  FontSet fonts_;
  float ratio_ = 0;
  std::unique_ptr<Typesetter> typesetter_;
  bool all_fit_ = true;
};

}  // namespace treegrpo
