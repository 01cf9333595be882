// The icons of resources/icons: one drawing each on a grid of 16, in a colour of the theme, sharp
// at every size and pixel ratio.
#pragma once

#include <QIcon>
#include <QImage>
#include <QString>
#include <QStringList>

#include "style/theme.h"

namespace treegrpo {

// Names as in icon(): "run", "pause", …, in alphabetical order.
QStringList iconNames();

// In `text`, disabled in `disabled`, on a selected row in `selection_text`. Throws Error if there
// is no icon of that name.
QIcon icon(const QString& name, const Theme& theme);

// The same in any two colours: on the default button, or in a colour that says something.
QIcon icon(const QString& name, Color color, Color disabled);

// The icon as a picture with transparent ground, `pixels` a side. Throws Error as icon().
QImage iconImage(const QString& name, Color color, int pixels);

}  // namespace treegrpo
