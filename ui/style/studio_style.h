// The looks of the window: Fusion, one QPalette, one style sheet, our fonts. Widgets choose a look
// by the properties that ui/README.md lists.
#pragma once

#include <QApplication>
#include <QPalette>
#include <QString>
#include <QVariant>
#include <QWidget>

#include "style/theme.h"

namespace treegrpo {

QColor toQColor(Color color);

// The tokens in Qt's roles; a disabled group, too.
QPalette paletteOf(const Theme& theme);

// resources/studio.qss for a theme: @token@ becomes its colour, ":/icons/@theme@/…" the theme's
// pictures, lengths of 2 px and more grow by scale. Throws Error at a token that is none.
QString styleSheetOf(const Theme& theme, double scale);

// Whether a desktop's own palette is one of high contrast: black and white and nothing between.
bool isHighContrast(const QPalette& desktop);

// A theme whose borders can be seen as well as its text, for such a desktop.
Theme withStrongBorders(Theme theme);

// The theme for a user who has chosen none, of an application that has the desktop's palette still.
ThemeKind desktopTheme(const QPalette& desktop);

// Gives a running application the looks of a theme (paper counts as light); call again when theme
// or zoom (0.8 to 2) changes. On the GUI thread. Widgets with icon() icons set them anew.
void applyTheme(QApplication& application, ThemeKind kind, double zoom);

// Gives a widget one of the looks of ui/README.md, if it has not got it, and the room for it.
void setLook(QWidget& widget, const char* property, const QVariant& value);

}  // namespace treegrpo
