#include "figure/figure_pgf.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string_view>

#include "style/text_role.h"
#include "style/theme.h"

namespace treegrpo {
namespace {

constexpr float circle_share = .5522848f;      // of a quarter circle's control points
constexpr double half_capital_of_size = .364;  // half the height of capitals, of the font's size

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  std::string short_text = text;
  short_text.erase(short_text.find_last_not_of('0') + 1);
  if (short_text.back() == '.') short_text.pop_back();
  return short_text == "-0" ? "0" : short_text;
}

std::string length(double points) { return number(points) + "bp"; }

class PgfWriter {
 public:
  PgfWriter(float height, std::string stem) : height_(height), stem_(std::move(stem)) {}

  void begin(const PlacedDrawing& part) { part_ = &part; }

  void operator()(const LineItem& item) {
    move(item.from);
    line(item.to);
    use(no_color, item.pen);
  }
  void operator()(const CubicItem& item) {
    move(item.from);
    curve(item.control_1, item.control_2, item.to);
    use(no_color, item.pen);
  }
  void operator()(const PolylineItem& item) {
    path(item.points);
    use(no_color, item.pen);
  }
  void operator()(const PolygonItem& item) {
    path(item.points);
    add("\\pgfpathclose");
    use(item.fill, item.pen);
  }

  // The pen of a box lies inside it.
  void operator()(const BoxItem& item) {
    if (item.fill.alpha > 0) {
      box(item.box, item.radius);
      use(item.fill, {});
    }
    if (item.pen.width <= 0) return;
    const float half = item.pen.width / 2;
    box({item.box.left + half, item.box.top + half, item.box.width - item.pen.width,
         item.box.height - item.pen.width},
        std::max(0.f, item.radius - half));
    use(no_color, item.pen);
  }

  void operator()(const CircleItem& item) {
    const float r = item.radius, k = circle_share * r;
    const Point c = item.centre;
    move({c.x + r, c.y});
    curve({c.x + r, c.y + k}, {c.x + k, c.y + r}, {c.x, c.y + r});
    curve({c.x - k, c.y + r}, {c.x - r, c.y + k}, {c.x - r, c.y});
    curve({c.x - r, c.y - k}, {c.x - k, c.y - r}, {c.x, c.y - r});
    curve({c.x + k, c.y - r}, {c.x + r, c.y - k}, {c.x + r, c.y});
    add("\\pgfpathclose");
    use(item.fill, item.pen);
  }

  void operator()(const ImageItem& item) {
    if (!item.image || item.image->empty()) return;
    const float scale = part_->scale;
    fillOpacity(item.opacity);
    add("\\pgftext[left,bottom,at=" + point({item.box.left, item.box.bottom()}) +
        "]{\\includegraphics[width=" + length(item.box.width * scale) +
        ",height=" + length(item.box.height * scale) + "]{" + nameOf(item.image) + "}}");
  }

  void operator()(const HatchItem& item) {
    const Box& box = item.box;
    for (float way = item.spacing; item.spacing > 0 && way < box.width + box.height;
         way += item.spacing) {
      const float low = std::max(0.f, way - box.height), high = std::max(0.f, way - box.width);
      (*this)(LineItem{{box.left + low, box.top + (way - low)},
                       {box.left + (way - high), box.top + high},
                       item.pen});
    }
  }

  // A rim around letters is left out: LaTeX's own text has none.
  void operator()(const TextItem& item) {
    const double size = pixelSize(item.role) * static_cast<double>(part_->scale);
    const char* align = item.align == TextAlign::left     ? "left,"
                        : item.align == TextAlign::centre ? ""
                                                          : "right,";
    const auto drop = static_cast<float>(half_capital_of_size * pixelSize(item.role));
    std::string words = latexOf(item.text);
    if (item.italic) words = "\\textit{" + words + "}";
    const bool strong = item.role == TextRole::body_strong || item.role == TextRole::heading;
    if (strong) words = "\\textbf{" + words + "}";
    setColor(item.color);
    fillOpacity(item.color.alpha / 255.);
    add(std::string("\\pgftext[base,") + align + "at=" + point({item.at.x, item.at.y + drop}) +
        "]{\\color{figcolor}\\fontsize{" + number(size) + "bp}{" + number(1.2 * size) +
        "bp}\\selectfont " + words + "}");
  }

  std::string text() { return std::move(text_); }
  std::vector<PgfPicture> pictures() { return std::move(pictures_); }

 private:
  void add(const std::string& command) { text_ += "  " + command + "\n"; }

  // PGF counts upwards from the bottom.
  std::string point(Point at) const {
    return "\\pgfpoint{" + length(part_->at.x + part_->scale * at.x) + "}{" +
           length(height_ - (part_->at.y + part_->scale * at.y)) + "}";
  }
  void move(Point at) { add("\\pgfpathmoveto{" + point(at) + "}"); }
  void line(Point at) { add("\\pgfpathlineto{" + point(at) + "}"); }
  void curve(Point a, Point b, Point to) {
    add("\\pgfpathcurveto{" + point(a) + "}{" + point(b) + "}{" + point(to) + "}");
  }
  void path(const std::vector<Point>& points) {
    for (std::size_t i = 0; i < points.size(); ++i) i == 0 ? move(points[i]) : line(points[i]);
  }
  void box(const Box& box, float radius) {
    const float scale = part_->scale;
    if (radius > 0)
      add("\\pgfsetcornersarced{\\pgfpoint{" + length(radius * scale) + "}{" +
          length(radius * scale) + "}}");
    add("\\pgfpathrectangle{" + point({box.left, box.bottom()}) + "}{\\pgfpoint{" +
        length(box.width * scale) + "}{" + length(box.height * scale) + "}}");
    if (radius > 0) add("\\pgfsetcornersarced{\\pgfpointorigin}");
  }

  void setColor(Color color) {
    if (color.red == color_.red && color.green == color_.green && color.blue == color_.blue &&
        colored_)
      return;
    colored_ = true;
    color_ = color;
    add("\\definecolor{figcolor}{HTML}{" + hexOf({color.red, color.green, color.blue}).substr(1) +
        "}");
    add("\\pgfsetcolor{figcolor}");
  }

  void use(Color fill, const Pen& pen) {
    const bool stroked = pen.width > 0 && pen.color.alpha > 0, filled = fill.alpha > 0;
    if (filled && stroked) {
      // Both colours at once, each with its own name.
      setColor(pen.color);
      add("\\definecolor{figfill}{HTML}{" + hexOf({fill.red, fill.green, fill.blue}).substr(1) +
          "}");
      add("\\pgfsetfillcolor{figfill}");
    } else if (filled || stroked) {
      setColor(filled ? fill : pen.color);
    }
    if (filled) fillOpacity(fill.alpha / 255.);
    if (stroked) {
      strokeOpacity(pen.color.alpha / 255.);
      add("\\pgfsetlinewidth{" + length(pen.width * part_->scale) + "}");
      dash(pen.dash);
    }
    add(filled && stroked ? "\\pgfusepath{fill,stroke}"
        : filled          ? "\\pgfusepath{fill}"
        : stroked         ? "\\pgfusepath{stroke}"
                          : "\\pgfusepath{discard}");
    if (filled && stroked) add("\\pgfsetfillcolor{figcolor}");
  }

  void fillOpacity(double share) { opacity("fill", share, fill_opacity_); }
  void strokeOpacity(double share) { opacity("stroke", share, stroke_opacity_); }
  void opacity(const char* what, double share, double& held) {
    if (share == held) return;
    held = share;
    add("\\pgfset" + std::string(what) + "opacity{" + number(share) + "}");
  }

  void dash(const Dash& dash) {
    std::vector<float> lengths;
    for (const float one : dash.lengths)
      if (one > 0) lengths.push_back(one);
    if (lengths.size() % 2 == 1) lengths.insert(lengths.end(), lengths.begin(), lengths.end());
    std::string pattern;
    for (const float one : lengths) pattern += "{" + length(one * part_->scale) + "}";
    add("\\pgfsetdash{" + pattern + "}{" + length(dash.offset * part_->scale) + "}");
  }

  std::string nameOf(const std::shared_ptr<const Image>& image) {
    const auto found = std::find_if(pictures_.begin(), pictures_.end(),
                                    [&](const PgfPicture& one) { return one.image == image; });
    if (found != pictures_.end()) return found->name;
    pictures_.push_back({stem_ + "-" + std::to_string(pictures_.size() + 1) + ".png", image});
    return pictures_.back().name;
  }

  float height_;
  std::string stem_;
  const PlacedDrawing* part_ = nullptr;
  Color color_;
  bool colored_ = false;
  double fill_opacity_ = 1, stroke_opacity_ = 1;
  std::string text_;
  std::vector<PgfPicture> pictures_;
};

const std::map<std::string_view, const char*>& letters() {
  static const std::map<std::string_view, const char*> table = {{"\\", "\\textbackslash{}"},
                                                                {"{", "\\{"},
                                                                {"}", "\\}"},
                                                                {"$", "\\$"},
                                                                {"&", "\\&"},
                                                                {"#", "\\#"},
                                                                {"%", "\\%"},
                                                                {"_", "\\_"},
                                                                {"^", "\\textasciicircum{}"},
                                                                {"~", "\\textasciitilde{}"},
                                                                {"<", "$<$"},
                                                                {">", "$>$"},
                                                                {"−", "$-$"},
                                                                {"±", "$\\pm$"},
                                                                {"×", "$\\times$"},
                                                                {"≥", "$\\ge$"},
                                                                {"≤", "$\\le$"},
                                                                {"∞", "$\\infty$"},
                                                                {"σ", "$\\sigma$"},
                                                                {"ρ", "$\\rho$"},
                                                                {"Δ", "$\\Delta$"},
                                                                {"–", "--"},
                                                                {"—", "---"},
                                                                {"…", "\\dots{}"},
                                                                {"“", "``"},
                                                                {"”", "''"},
                                                                {"’", "'"},
                                                                {"·", "$\\cdot$"},
                                                                {"→", "$\\to$"},
                                                                {"⁻", "$^-$"},
                                                                {"⁰", "$^0$"},
                                                                {"¹", "$^1$"},
                                                                {"²", "$^2$"},
                                                                {"³", "$^3$"},
                                                                {"⁴", "$^4$"},
                                                                {"⁵", "$^5$"},
                                                                {"⁶", "$^6$"},
                                                                {"⁷", "$^7$"},
                                                                {"⁸", "$^8$"},
                                                                {"⁹", "$^9$"},
                                                                {"▲", "$\\blacktriangle$"}};
  return table;
}

std::size_t bytesOf(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// A line of metadata as comments, whatever is in it.
std::string comment(const char* key, const std::string& value) {
  if (value.empty()) return {};
  std::string line = value;
  std::replace(line.begin(), line.end(), '\n', ' ');
  return std::string("% ") + key + ": " + line + "\n";
}

}  // namespace

std::string latexOf(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = std::min(bytesOf(text[at]), text.size() - at);
    const std::string_view letter(text.data() + at, bytes);
    const auto found = letters().find(letter);
    if (found == letters().end())
      result += letter;
    else
      result += found->second;
    at += bytes;
  }
  return result;
}

PgfFigure pgfOf(const FigurePage& page, const std::string& stem,
                const FigureProvenance& provenance) {
  PgfWriter writer(page.height, stem);
  for (const PlacedDrawing& part : page.parts) {
    writer.begin(part);
    for (const DrawingItem& item : part.drawing.items) std::visit(writer, item);
  }
  std::string text = comment("Made by", provenance.program);
  text += comment("Title", provenance.title) + comment("Provenance", provenance.description);
  text += "% Needs \\usepackage{pgf,xcolor,graphicx,amssymb}.\n\\begin{pgfpicture}\n";
  text += "  \\pgfpathrectangle{\\pgfpointorigin}{\\pgfpoint{" + length(page.width) + "}{" +
          length(page.height) + "}}\n  \\pgfusepath{use as bounding box}\n";
  text += writer.text() + "\\end{pgfpicture}\n";
  return {std::move(text), writer.pictures()};
}

}  // namespace treegrpo
