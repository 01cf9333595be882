#include "style/studio_style.h"

#include <QFile>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include "base/error.h"
#include "style/fonts.h"
#include "style/resources.h"

namespace treegrpo {
namespace {

using Role = QPalette::ColorRole;

constexpr const char* high_contrast = "desktop_high_contrast";  // of the application

// Rows and choices that others show by a shade have a line where shades are not told apart.
constexpr const char* contrast_lines = R"(
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { border-top: 1px solid @text@; border-bottom: 1px solid @text@; }
QTableView::item:focus, QTreeView::item:focus, QListView::item:focus { border: 2px solid @text@; }
QTableView::item:focus { padding: 0 6px; }
QTreeView::item:focus, QListView::item:focus { padding: 0 2px; }
QMenu::item:selected, QMenuBar::item:selected { background: @text@; color: @canvas@; }
)";

struct PaletteRow {
  Role role;
  Color Theme::*token;
};

// QPalette::Accent is of Qt 6.6; Link carries it.
constexpr PaletteRow palette_rows[] = {
    {QPalette::Window, &Theme::window},
    {QPalette::WindowText, &Theme::text},
    {QPalette::Base, &Theme::panel},
    {QPalette::AlternateBase, &Theme::panel_alt},
    {QPalette::Text, &Theme::text},
    {QPalette::Button, &Theme::control},
    {QPalette::ButtonText, &Theme::text},
    {QPalette::BrightText, &Theme::on_accent},
    {QPalette::Light, &Theme::control_hi},
    {QPalette::Midlight, &Theme::grid},
    {QPalette::Mid, &Theme::border},
    {QPalette::Dark, &Theme::disabled},
    {QPalette::Shadow, &Theme::canvas},
    {QPalette::Highlight, &Theme::selection},
    {QPalette::HighlightedText, &Theme::selection_text},
    {QPalette::Link, &Theme::accent},
    {QPalette::LinkVisited, &Theme::accent},
    {QPalette::ToolTipBase, &Theme::panel},
    {QPalette::ToolTipText, &Theme::text},
    {QPalette::PlaceholderText, &Theme::text2},
};

// Replaces each match of a pattern by what a function makes of its first group.
template <typename Function>
QString replaced(const QString& text, const QString& pattern, Function function) {
  const QRegularExpression expression(pattern);
  QString result;
  qsizetype from = 0;
  for (auto match = expression.globalMatch(text); match.hasNext();) {
    const QRegularExpressionMatch found = match.next();
    result += text.mid(from, found.capturedStart() - from) + function(found.captured(1));
    from = found.capturedEnd();
  }
  return result + text.mid(from);
}

QString scaledLength(double pixels, double scale) {
  // A line of one pixel stays a line of one pixel.
  const int scaled = pixels < 2 && pixels > -2 ? qRound(pixels) : qRound(pixels * scale);
  return QString::number(scaled) + "px";
}

QString studioSheet() {
  openResources();
  QFile file(":/studio.qss");
  if (!file.open(QIODevice::ReadOnly)) throw Error("The style sheet is not in the program.");
  return QString::fromUtf8(file.readAll());
}

}  // namespace

QColor toQColor(Color color) { return {color.red, color.green, color.blue, color.alpha}; }

QPalette paletteOf(const Theme& theme) {
  QPalette palette;
  for (const PaletteRow& row : palette_rows) palette.setColor(row.role, toQColor(theme.*row.token));
  for (const Role role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, toQColor(theme.disabled));
  }
  return palette;
}

QString styleSheetOf(const Theme& theme, double scale) {
  QString sheet = studioSheet();
  sheet.replace("@theme@", isDark(theme.kind) ? "dark" : "light");
  if (theme.kind == ThemeKind::contrast) sheet += contrast_lines;
  sheet = replaced(sheet, "@(\\w+)@", [&](const QString& token) {
    return QString::fromStdString(hexOf(colorNamed(theme, token.toStdString())));
  });
  return replaced(sheet, "(-?\\d+(?:\\.\\d+)?)px\\b",
                  [&](const QString& length) { return scaledLength(length.toDouble(), scale); });
}

bool isHighContrast(const QPalette& desktop) {
  const auto pure = [](const QColor& color) {
    return color.rgb() == qRgb(0, 0, 0) || color.rgb() == qRgb(255, 255, 255);
  };
  const QColor ground = desktop.color(QPalette::Window), text = desktop.color(QPalette::WindowText);
  return pure(ground) && pure(text) && ground.rgb() != text.rgb();
}

ThemeKind desktopTheme(const QPalette& desktop) {
  return isHighContrast(desktop) ? ThemeKind::contrast : ThemeKind::dark;
}

Theme withStrongBorders(Theme theme) {
  theme.border = theme.text2;
  return theme;
}

void applyTheme(QApplication& application, ThemeKind kind, double zoom) {
  // The palette is the desktop's until the first theme replaces it.
  if (!application.property(high_contrast).isValid())
    application.setProperty(high_contrast, isHighContrast(application.palette()));
  const Theme chosen =
      application.property(high_contrast).toBool() ? withStrongBorders(theme(kind)) : theme(kind);
  const FontSet fonts = loadFonts(uiScale(zoom));
  application.setStyle(QStyleFactory::create("Fusion"));
  application.setFont(fontFor(fonts, TextRole::body));
  // palette(role) in a style sheet reads the application's palette as it is at that moment.
  application.setPalette(paletteOf(chosen));
  application.setStyleSheet(styleSheetOf(chosen, fonts.scale));
}

// A property takes effect when the style looks again.
void setLook(QWidget& widget, const char* property, const QVariant& value) {
  if (widget.property(property) == value) return;
  widget.setProperty(property, value);
  widget.style()->unpolish(&widget);
  widget.style()->polish(&widget);
  QEvent changed(QEvent::StyleChange);  // a frame reads the width of its border then
  QApplication::sendEvent(&widget, &changed);
  widget.updateGeometry();
}

}  // namespace treegrpo
