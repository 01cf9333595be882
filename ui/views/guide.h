// Help: a page a view, every key, and what the program was built with.
#pragma once

#include <QWidget>

namespace treegrpo {

void showGuide(QWidget* parent);
void showKeys(QWidget* parent);
void showAbout(QWidget* parent);

}  // namespace treegrpo
