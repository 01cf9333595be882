#include "views/record_pages.h"

namespace treegrpo {
namespace {

constexpr int margin = 16;

}  // namespace

RecordPages::RecordPages(RecordTable* table, const QString& name, const QString& sentence) {
  auto* words = new QLabel(sentence);
  words->setObjectName(name);
  words->setProperty("role", "secondary");
  words->setAlignment(Qt::AlignCenter);
  words->setWordWrap(true);
  words->setMargin(margin);
  addWidget(words);
  addWidget(table);
}

}  // namespace treegrpo
