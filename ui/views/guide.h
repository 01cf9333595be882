// Help: a page a view, every key, and what the program was built with.
#pragma once

#include <QString>
#include <QWidget>

namespace treegrpo {

// Opens the guide, or brings it to the front, on one of its pages: "tree", "inspector", "path",
// "curves", "prompts", "rewards" or "run"; the first where there is none of that name.
void showGuide(QWidget* parent, const QString& page);
// Every key with what it does.
void showKeys(QWidget* parent);
// Versions and licence.
void showAbout(QWidget* parent);

}  // namespace treegrpo
