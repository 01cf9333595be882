#include "style/fonts.h"

#include <QFontDatabase>
#include <algorithm>

#include "style/resources.h"

namespace treegrpo {
namespace {

constexpr int least_pixels = 11;

QFont::Weight weightOf(TextRole role) {
  switch (role) {
    case TextRole::caption_medium:
    case TextRole::figure:
      return QFont::Medium;
    case TextRole::body_strong:
    case TextRole::heading:
      return QFont::DemiBold;
    default:
      return QFont::Normal;
  }
}

}  // namespace

double uiScale(double system_points, double zoom) {
  return std::max(system_points, 10.0) / 10 * std::clamp(zoom, 0.8, 2.0);
}

double uiScale(double zoom) {
  // Not the application's font: that is ours after the first theme, and has no points.
  return uiScale(QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF(), zoom);
}

FontSet loadFonts(double scale) {
  if (!QFontDatabase::hasFamily("Studio Sans")) {
    openResources();
    for (const char* style : {"Regular", "Italic", "Medium", "SemiBold"}) {
      QFontDatabase::addApplicationFont(QString(":/fonts/StudioSans-%1.otf").arg(style));
    }
  }
  return {.sans = {"Studio Sans", "DejaVu Sans"},
          .mono = {"JetBrains Mono", "DejaVu Sans Mono", "DejaVu Sans"},
          .scale = scale,
          .hinted = true};
}

QFont fontFor(const FontSet& fonts, TextRole role, bool italic) {
  QFont font;
  font.setFamilies(role == TextRole::mono ? fonts.mono : fonts.sans);
  font.setPixelSize(std::max(least_pixels, qRound(pixelSize(role) * fonts.scale)));
  font.setWeight(weightOf(role));
  font.setItalic(italic);
  if (!fonts.hinted) font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

}  // namespace treegrpo
