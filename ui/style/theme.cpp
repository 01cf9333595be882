#include "style/theme.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/error.h"

namespace treegrpo {
namespace {

constexpr std::uint8_t digit(char c) {
  return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'A' + 10);
}

// From "#RRGGBB", capitals; by the compiler only, so that a typing error cannot reach the screen.
consteval Color hex(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') throw "a colour is # and six digits";
  std::uint8_t bytes[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    for (const char c : {text[1 + 2 * i], text[2 + 2 * i]}) {
      if ((c < '0' || c > '9') && (c < 'A' || c > 'F')) throw "not a digit of a colour";
      bytes[i] = static_cast<std::uint8_t>(bytes[i] * 16 + digit(c));
    }
  }
  return {bytes[0], bytes[1], bytes[2]};
}

struct Token {
  std::string_view name;
  Color Theme::*member;
  Color dark, light, contrast;
};

// The palette, a row a token. Contrasts are asserted in tst_theme.
constexpr Token tokens[] = {
    {"window", &Theme::window, hex("#1C1E22"), hex("#EFEEEB"), hex("#000000")},
    {"panel", &Theme::panel, hex("#22252A"), hex("#FAF9F7"), hex("#000000")},
    {"panel_alt", &Theme::panel_alt, hex("#272A30"), hex("#F3F2EF"), hex("#0F0F0F")},
    {"canvas", &Theme::canvas, hex("#15171A"), hex("#FFFFFF"), hex("#000000")},
    {"band", &Theme::band, hex("#1C2026"), hex("#F3F5F7"), hex("#141414")},
    {"grid", &Theme::grid, hex("#2C3037"), hex("#E4E3E0"), hex("#6E6E6E")},
    {"border", &Theme::border, hex("#383C44"), hex("#CFCDC8"), hex("#FFFFFF")},
    {"control", &Theme::control, hex("#2E3239"), hex("#FDFCFB"), hex("#000000")},
    {"control_hi", &Theme::control_hi, hex("#3A3F48"), hex("#E5E3DF"), hex("#333333")},
    {"text", &Theme::text, hex("#E6E8EB"), hex("#191B1E"), hex("#FFFFFF")},
    {"text2", &Theme::text2, hex("#A6ADB6"), hex("#555A61"), hex("#E6E6E6")},
    {"disabled", &Theme::disabled, hex("#757C86"), hex("#83878D"), hex("#A8A8A8")},
    {"accent", &Theme::accent, hex("#D5DEE8"), hex("#22303D"), hex("#FFFFFF")},
    {"on_accent", &Theme::on_accent, hex("#15171A"), hex("#FFFFFF"), hex("#000000")},
    {"selection", &Theme::selection, hex("#34404C"), hex("#DAE2EA"), hex("#0B2E47")},
    {"selection_text", &Theme::selection_text, hex("#FFFFFF"), hex("#0E1012"), hex("#FFFFFF")},
    {"ring", &Theme::ring, hex("#FFFFFF"), hex("#111418"), hex("#FFFFFF")},
    {"positive", &Theme::positive, hex("#3F9FE0"), hex("#0072B2"), hex("#5AB8FF")},
    {"positive_text", &Theme::positive_text, hex("#6DB9F2"), hex("#0067A1"), hex("#92D0FF")},
    {"negative", &Theme::negative, hex("#E5722A"), hex("#D55E00"), hex("#FF8A3D")},
    {"negative_text", &Theme::negative_text, hex("#F59A5F"), hex("#A04300"), hex("#FFB07A")},
    {"neutral", &Theme::neutral, hex("#757D87"), hex("#858B94"), hex("#A3A8AF")},
    {"warning", &Theme::warning, hex("#E2B54A"), hex("#7F5A00"), hex("#FFD24D")},
    {"error", &Theme::error, hex("#F37C9C"), hex("#8A1338"), hex("#FFA3B9")},
    {"live", &Theme::live, hex("#5EDDB0"), hex("#0A7A57"), hex("#6BF2C4")},
    {"reference", &Theme::reference, hex("#E6A11A"), hex("#B87900"), hex("#FFB52E")},
    {"reference_text", &Theme::reference_text, hex("#E6A11A"), hex("#855700"), hex("#FFC861")},
};

constexpr std::array<Color, 6> dark_runs = {hex("#6EDDA6"), hex("#CC84B8"), hex("#A67A2C"),
                                            hex("#E6E8EB"), hex("#A8A4FB"), hex("#A39622")};
constexpr std::array<Color, 6> light_runs = {hex("#0B7D50"), hex("#8C387D"), hex("#5A4300"),
                                             hex("#191B1E"), hex("#4A2A86"), hex("#68770F")};
constexpr std::array<Color, 6> contrast_runs = {hex("#6EDDA6"), hex("#DE9CCB"), hex("#CE9C45"),
                                                hex("#FFFFFF"), hex("#B9B6FF"), hex("#C6B93E")};

// Ten stops of cividis, evenly spaced.
constexpr Color cividis_stops[] = {hex("#00224E"), hex("#123570"), hex("#3B496C"), hex("#575D6D"),
                                   hex("#707173"), hex("#8A8678"), hex("#A59C74"), hex("#C3B369"),
                                   hex("#E1CC55"), hex("#FEE838")};

std::uint8_t toByte(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

// From a to b in linear light: halfway between two hues it is as bright as they are.
Color mixLinear(Color a, Color b, double share) {
  constexpr double gamma = 2.2;
  const auto channel = [share](std::uint8_t x, std::uint8_t y) {
    const double light =
        std::pow(x / 255.0, gamma) * (1 - share) + std::pow(y / 255.0, gamma) * share;
    return toByte(std::pow(light, 1 / gamma) * 255);
  };
  return {channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue)};
}

// Each half starts at grey, so 0 has its colour exactly: entries 127 and 128 are both neutral.
std::array<Color, 256> divergingTable(const Theme& theme) {
  std::array<Color, 256> table;
  for (std::size_t step = 0; step < 128; ++step) {
    const double share = static_cast<double>(step) / 127;
    table[127 - step] = mixLinear(theme.neutral, theme.negative, share);
    table[128 + step] = mixLinear(theme.neutral, theme.positive, share);
  }
  return table;
}

std::array<Color, 256> cividisTable() {
  constexpr std::size_t last = std::size(cividis_stops) - 1;
  std::array<Color, 256> table;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double place = static_cast<double>(i * last) / 255;
    const std::size_t stop = std::min(static_cast<std::size_t>(place), last - 1);
    table[i] =
        mixLinear(cividis_stops[stop], cividis_stops[stop + 1], place - static_cast<double>(stop));
  }
  return table;
}

Theme makeTheme(ThemeKind kind) {
  Theme theme;
  theme.kind = kind;
  for (const Token& token : tokens) {
    theme.*token.member = kind == ThemeKind::dark       ? token.dark
                          : kind == ThemeKind::contrast ? token.contrast
                                                        : token.light;
  }
  theme.runs = kind == ThemeKind::dark       ? dark_runs
               : kind == ThemeKind::contrast ? contrast_runs
                                             : light_runs;
  if (kind == ThemeKind::paper) {
    theme.text = hex("#000000");
    theme.text2 = hex("#3C4046");
    theme.band = hex("#F2F3F5");
    theme.canvas = hex("#FFFFFF");
  }
  theme.diverging = divergingTable(theme);
  theme.sequential = cividisTable();
  return theme;
}

// Between the two entries beside `place`, which counts entries.
Color between(const std::array<Color, 256>& table, double place) {
  const std::size_t below = std::min(static_cast<std::size_t>(place), table.size() - 2);
  const double share = place - static_cast<double>(below);
  const Color a = table[below];
  const Color b = table[below + 1];
  const auto channel = [share](std::uint8_t x, std::uint8_t y) {
    return toByte(x * (1 - share) + y * share);
  };
  return {channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue)};
}

}  // namespace

const Theme& theme(ThemeKind kind) {
  static const Theme themes[] = {makeTheme(ThemeKind::dark), makeTheme(ThemeKind::light),
                                 makeTheme(ThemeKind::paper), makeTheme(ThemeKind::contrast)};
  return themes[static_cast<std::size_t>(kind)];
}

std::string_view themeName(ThemeKind kind) {
  if (kind == ThemeKind::contrast) return "contrast";
  return kind == ThemeKind::dark ? "dark" : "light";
}

ThemeKind themeNamed(std::string_view name, ThemeKind otherwise) {
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light, ThemeKind::contrast})
    if (name == themeName(kind)) return kind;
  return otherwise;
}

Color colorNamed(const Theme& theme, std::string_view name) {
  for (const Token& token : tokens) {
    if (token.name == name) return theme.*token.member;
  }
  throw Error("The theme has no colour named \"" + std::string(name) + "\".");
}

Color divergingColor(const Theme& theme, double value, double limit) {
  const double share = value == 0 ? 0 : std::abs(value) / limit;
  if (!(share > 0)) return theme.neutral;  // NaN too
  const double place = 127 * std::pow(std::min(1.0, share), 0.6);
  return between(theme.diverging, value > 0 ? 128 + place : 127 - place);
}

Color sequentialColor(const Theme& theme, double value, double least, double most) {
  if (std::isnan(value) || std::isnan(least) || std::isnan(most)) return theme.neutral;
  // All values alike: the middle says neither least nor most.
  const double share = most > least ? std::clamp((value - least) / (most - least), 0.0, 1.0) : 0.5;
  return between(theme.sequential, 255 * share);
}

std::string hexOf(Color color) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "#";
  const auto append = [&](std::uint8_t byte) {
    text += digits[byte / 16];
    text += digits[byte % 16];
  };
  append(color.red);
  append(color.green);
  append(color.blue);
  if (color.alpha != 255) append(color.alpha);
  return text;
}

}  // namespace treegrpo
