#include <QtTest>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "style/theme.h"

using namespace treegrpo;

namespace {

// The palette as the design lists it: dark, light.
struct Token {
  const char* name;
  const char* dark;
  const char* light;
};
constexpr Token all_tokens[] = {
    {"window", "#1C1E22", "#EFEEEB"},         {"panel", "#22252A", "#FAF9F7"},
    {"panel_alt", "#272A30", "#F3F2EF"},      {"canvas", "#15171A", "#FFFFFF"},
    {"band", "#1C2026", "#F3F5F7"},           {"grid", "#2C3037", "#E4E3E0"},
    {"border", "#383C44", "#CFCDC8"},         {"control", "#2E3239", "#FDFCFB"},
    {"control_hi", "#3A3F48", "#E5E3DF"},     {"text", "#E6E8EB", "#191B1E"},
    {"text2", "#A6ADB6", "#555A61"},          {"disabled", "#757C86", "#83878D"},
    {"accent", "#D5DEE8", "#22303D"},         {"on_accent", "#15171A", "#FFFFFF"},
    {"selection", "#34404C", "#DAE2EA"},      {"selection_text", "#FFFFFF", "#0E1012"},
    {"ring", "#FFFFFF", "#111418"},           {"positive", "#3F9FE0", "#0072B2"},
    {"positive_text", "#6DB9F2", "#0067A1"},  {"negative", "#E5722A", "#D55E00"},
    {"negative_text", "#F59A5F", "#A04300"},  {"neutral", "#757D87", "#858B94"},
    {"warning", "#E2B54A", "#7F5A00"},        {"error", "#F37C9C", "#8A1338"},
    {"live", "#5EDDB0", "#0A7A57"},           {"reference", "#E6A11A", "#B87900"},
    {"reference_text", "#E6A11A", "#855700"},
};

// WCAG 2: relative luminance of sRGB, and the ratio of two of them.
double luminance(Color color) {
  const auto linear = [](std::uint8_t byte) {
    const double value = byte / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

double contrast(Color a, Color b) {
  const double x = luminance(a);
  const double y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

bool near(Color a, Color b) {
  const auto close = [](int x, int y) { return std::abs(x - y) <= 1; };
  return close(a.red, b.red) && close(a.green, b.green) && close(a.blue, b.blue);
}

Color fromHex(const std::string& text) {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint8_t>(std::stoi(text.substr(at, 2), nullptr, 16));
  };
  return {byte(1), byte(3), byte(5)};
}

const std::vector<const Theme*> every_theme = {&theme(ThemeKind::dark), &theme(ThemeKind::light),
                                               &theme(ThemeKind::paper),
                                               &theme(ThemeKind::contrast)};

void expectContrast(const Theme& theme, const char* above, const char* below, double least) {
  const double ratio = contrast(colorNamed(theme, above), colorNamed(theme, below));
  QVERIFY2(ratio >= least, qPrintable(QString("%1 on %2 in theme %3: %4")
                                          .arg(above, below)
                                          .arg(static_cast<int>(theme.kind))
                                          .arg(ratio)));
}

}  // namespace

class TestTheme : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void text_is_read_on_every_surface_it_may_lie_on() {
    for (const Theme* theme : every_theme) {
      for (const char* above : {"text", "text2", "accent", "positive_text", "negative_text",
                                "warning", "error", "live", "reference_text"}) {
        for (const char* below : {"window", "panel", "panel_alt", "canvas", "band", "control"}) {
          expectContrast(*theme, above, below, 4.5);
        }
      }
      for (const char* above : {"text", "text2", "positive_text", "negative_text"}) {
        expectContrast(*theme, above, "selection", 4.5);
      }
      expectContrast(*theme, "selection_text", "selection", 4.5);
      expectContrast(*theme, "on_accent", "accent", 4.5);
      for (const char* below : {"window", "panel", "canvas"}) {
        expectContrast(*theme, "disabled", below, 3);
      }
    }
  }

  void graphics_stand_out_from_canvas_and_band() {
    for (const Theme* theme : every_theme) {
      for (const char* above : {"positive", "negative", "neutral", "reference", "ring"}) {
        expectContrast(*theme, above, "canvas", 3);
        expectContrast(*theme, above, "band", 3);
      }
      for (const Color run : theme->runs) QVERIFY(contrast(run, theme->canvas) >= 4.5);
    }
  }

  void high_contrast_has_text_of_seven_to_one_and_lines_of_three_to_one() {
    const Theme& strong = theme(ThemeKind::contrast);
    for (const char* above : {"text", "text2", "disabled", "accent", "positive_text",
                              "negative_text", "warning", "error", "live", "reference_text"})
      for (const char* below : {"window", "panel", "panel_alt", "canvas", "band", "control"})
        expectContrast(strong, above, below, 7);
    for (const char* above : {"text", "text2", "positive_text", "negative_text", "selection_text"})
      expectContrast(strong, above, "selection", 7);
    expectContrast(strong, "text", "control_hi", 7);
    expectContrast(strong, "on_accent", "accent", 7);
    for (const char* above :
         {"border", "grid", "positive", "negative", "neutral", "reference", "ring"})
      for (const char* below : {"window", "panel", "panel_alt", "canvas", "band", "control"})
        expectContrast(strong, above, below, 3);
    for (const Color run : strong.runs) QVERIFY(contrast(run, strong.canvas) >= 7);
    for (const Color edge : strong.diverging) QVERIFY(contrast(edge, strong.band) >= 3);
  }

  void themes_are_named_as_settings_write_them() {
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light, ThemeKind::contrast})
      QCOMPARE(themeNamed(themeName(kind), ThemeKind::paper), kind);
    QCOMPARE(themeNamed("pink", ThemeKind::contrast), ThemeKind::contrast);
    QVERIFY(isDark(ThemeKind::contrast) && isDark(ThemeKind::dark));
    QVERIFY(!isDark(ThemeKind::light) && !isDark(ThemeKind::paper));
  }

  void every_token_has_the_colour_of_the_palette() {
    for (const Token& token : all_tokens) {
      QCOMPARE(hexOf(colorNamed(theme(ThemeKind::dark), token.name)), std::string(token.dark));
      QCOMPARE(hexOf(colorNamed(theme(ThemeKind::light), token.name)), std::string(token.light));
    }
    const Theme& dark = theme(ThemeKind::dark);
    QVERIFY(colorNamed(dark, "panel_alt") == dark.panel_alt);
    QVERIFY(colorNamed(dark, "positive_text") == dark.positive_text);
    QVERIFY_EXCEPTION_THROWN(colorNamed(dark, "blue"), Error);
  }

  void paper_is_light_with_black_text() {
    const Theme& paper = theme(ThemeKind::paper);
    const Theme& light = theme(ThemeKind::light);
    for (const Token& token : all_tokens) {
      const std::string name = token.name;
      const bool own = name == "text" || name == "text2" || name == "band";
      QCOMPARE(colorNamed(paper, name) == colorNamed(light, name), !own);
    }
    QCOMPARE(hexOf(paper.text), std::string("#000000"));
    QCOMPARE(hexOf(paper.text2), std::string("#3C4046"));
    QCOMPARE(hexOf(paper.band), std::string("#F2F3F5"));
  }

  // The nine stops were computed by the design's own program, not by this code.
  void advantages_pass_the_nine_stops_of_the_design() {
    const std::vector<std::string> dark = {"#E5722A", "#D87444", "#C77658", "#B1786B", "#757D87",
                                           "#628DB4", "#5694C7", "#4B9AD5", "#3F9FE0"};
    const std::vector<std::string> light = {"#D55E00", "#CB6740", "#BE705B", "#AD7A72", "#858B94",
                                            "#6781A2", "#517BA9", "#3A76AE", "#0072B2"};
    for (const Theme* theme : every_theme) {
      if (theme->kind == ThemeKind::contrast) continue;  // not in the design
      const auto& stops = theme->kind == ThemeKind::dark ? dark : light;
      for (int quarter = -4; quarter <= 4; ++quarter) {
        const Color color = divergingColor(*theme, quarter * 0.525, 2.1);
        const std::string& stop = stops[static_cast<std::size_t>(quarter + 4)];
        QVERIFY2(near(color, fromHex(stop)), (hexOf(color) + " for " + stop).c_str());
      }
    }
  }

  void advantages_beyond_the_limit_have_the_end_colours() {
    const Theme& dark = theme(ThemeKind::dark);
    QVERIFY(divergingColor(dark, 2.1, 2.1) == dark.positive);
    QVERIFY(divergingColor(dark, 9, 2.1) == dark.positive);
    QVERIFY(divergingColor(dark, -std::numeric_limits<double>::infinity(), 2.1) == dark.negative);
    QVERIFY(dark.diverging[0] == dark.negative && dark.diverging[255] == dark.positive);
  }

  void what_is_no_number_is_neutral() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const Theme* theme : every_theme) {
      QVERIFY(divergingColor(*theme, nan, 2) == theme->neutral);
      QVERIFY(divergingColor(*theme, 1, nan) == theme->neutral);
      QVERIFY(divergingColor(*theme, 0, 2) == theme->neutral);
      QVERIFY(divergingColor(*theme, 0, 0) == theme->neutral);
      QVERIFY(sequentialColor(*theme, nan, 0, 1) == theme->neutral);
      QVERIFY(sequentialColor(*theme, 0.5, nan, 1) == theme->neutral);
    }
  }

  void rewards_run_through_cividis_and_only_grow_lighter() {
    const Theme& dark = theme(ThemeKind::dark);
    QCOMPARE(hexOf(sequentialColor(dark, -1, 0, 1)), std::string("#00224E"));
    QCOMPARE(hexOf(sequentialColor(dark, 7, 0, 1)), std::string("#FEE838"));
    QVERIFY(near(sequentialColor(dark, 0.5, 0, 1), fromHex("#7E7C76")));
    QVERIFY(near(sequentialColor(dark, 3, 3, 3), fromHex("#7E7C76")));
    for (std::size_t i = 1; i < dark.sequential.size(); ++i) {
      QVERIFY(luminance(dark.sequential[i]) >= luminance(dark.sequential[i - 1]));
    }
  }

  void a_colour_is_written_with_its_alpha_only_where_it_has_one() {
    QCOMPARE(hexOf({63, 159, 224, 255}), std::string("#3F9FE0"));
    QCOMPARE(hexOf({63, 159, 224, 128}), std::string("#3F9FE080"));
    QCOMPARE(hexOf(no_color), std::string("#00000000"));
  }
};

QTEST_GUILESS_MAIN(TestTheme)
#include "tst_theme.moc"
