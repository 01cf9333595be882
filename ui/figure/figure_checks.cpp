#include "figure/figure_checks.h"

#include <algorithm>
#include <cstdio>
#include <limits>

#include "style/text_role.h"

namespace treegrpo {
namespace {

constexpr double tolerance = 1e-4;  // of scales that are no binary fractions
constexpr double none = std::numeric_limits<double>::infinity();

std::string digits(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

// The least there is of each, over all parts.
struct Least {
  double text = none, line = none, dpi = none;

  void add(const Pen& pen, float scale) {
    if (pen.width > 0 && pen.color.alpha > 0)
      line = std::min(line, static_cast<double>(pen.width * scale));
  }
  void add(const DrawingItem& item, float scale) {
    std::visit([&](const auto& one) { addOne(one, scale); }, item);
  }

 private:
  void addOne(const TextItem& item, float scale) {
    text = std::min(text, pixelSize(item.role) * static_cast<double>(scale));
  }
  void addOne(const ImageItem& item, float scale) {
    if (item.image && !item.image->empty()) dpi = std::min(dpi, dpiOf(item, scale));
  }
  template <class Item>
  void addOne(const Item& item, float scale) {
    add(item.pen, scale);
  }
};

FigureCheck sizeCheck(const char* what, const char* unit, double found, double least, int decimals,
                      const std::string& remedy) {
  FigureCheck check;
  check.name = std::string(what) + " ≥ " + digits(least, least < 1 ? 1 : 0) + " " + unit;
  check.passed = found >= least - tolerance;
  if (found == none) {
    check.sentence = "There is none in this figure.";
  } else {
    check.sentence = "The least is " + digits(found, decimals) + " " + unit + ".";
    if (!check.passed) check.sentence += " " + remedy;
  }
  return check;
}

std::size_t countOf(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + word.size()))
    ++count;
  return count;
}

}  // namespace

std::vector<FigureCheck> pageChecks(const FigurePage& page) {
  Least least;
  for (const PlacedDrawing& part : page.parts)
    for (const DrawingItem& item : part.drawing.items) least.add(item, part.scale);
  return {sizeCheck("text", "pt", least.text, least_text_points, 1,
                    "Give the panel more of the width."),
          sizeCheck("lines", "pt", least.line, least_line_points, 2,
                    "Give the panel more of the width."),
          sizeCheck("pictures", "dpi", least.dpi, least_dpi, 0,
                    "Turn on sharp pixels, or print them smaller.")};
}

FigureCheck fontCheck(std::string_view pdf) {
  const std::size_t described = countOf(pdf, "/Type /FontDescriptor");
  const std::size_t embedded = countOf(pdf, "/FontFile");
  const std::size_t drawn = countOf(pdf, "/Subtype /Type3") + countOf(pdf, "/Subtype/Type3");
  FigureCheck check{"fonts embedded", embedded >= described && drawn == 0, {}};
  if (drawn > 0)
    check.sentence = "There is a font of Type 3, which venues refuse; write text as outlines.";
  else if (!check.passed)
    check.sentence = "A font is not embedded; write text as outlines.";
  else
    check.sentence = described == 0 ? "No font is needed." : "All are embedded, none is Type 3.";
  return check;
}

}  // namespace treegrpo
