#include "views/filter_field.h"

#include <QVBoxLayout>
#include <utility>

#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr auto about =
    "Comparisons (== != < <= > >= contains) of names and values, tag(\"paper\"), has(name), and, "
    "or, not, parentheses. Names are run, name, method, status, iterations, seed, every config "
    "key and every metric as it was measured last.";

}  // namespace

FilterField::FilterField(QWidget* parent)
    : QWidget(parent), line_(new QLineEdit), problem_(new QLabel), completer_(&words_) {
  line_->setObjectName("libraryFilter");
  line_->setPlaceholderText(
      "Filter: method == \"treegrpo\" and optimizer.learning_rate < 1e-3 and reward > 0.6");
  line_->setAccessibleName("Filter runs");
  line_->setToolTip(about);
  line_->setClearButtonEnabled(true);
  problem_->setObjectName("libraryFilterProblem");
  problem_->setProperty("tone", "error");
  problem_->setWordWrap(true);
  problem_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(line_);
  column->addWidget(problem_);
  completer_.setWidget(line_);
  completer_.setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  connect(line_, &QLineEdit::textChanged, this, &FilterField::read);
  connect(line_, &QLineEdit::textEdited, this, &FilterField::offer);
  connect(&completer_, qOverload<const QString&>(&QCompleter::activated), this,
          &FilterField::insert);
}

void FilterField::setNames(std::vector<FilterName> names) {
  names_ = std::move(names);
  read();
}

void FilterField::read() {
  const QString text = line_->text().trimmed();
  problem_->hide();
  setLook(*line_, "invalid", false);
  try {
    std::optional<Filter> filter;
    if (!text.isEmpty()) filter.emplace(line_->text().toStdString(), names_);
    line_->setAccessibleDescription({});
    Q_EMIT filterChanged(filter);
  } catch (const FilterError& wrong) {
    problem_->setText(QString::fromUtf8(wrong.what()));
    line_->setAccessibleDescription(problem_->text());
    setLook(*line_, "invalid", true);
    problem_->show();
  }
}

FilterCompletions FilterField::completions() const {
  const QByteArray before = line_->text().left(line_->cursorPosition()).toUtf8();
  return filter_completions(line_->text().toStdString(), static_cast<std::size_t>(before.size()),
                            names_);
}

void FilterField::offer() {
  QStringList words;
  for (const std::string& word : completions().words) words << QString::fromStdString(word);
  words_.setStringList(words);
  if (words.isEmpty() || line_->text().isEmpty()) return completer_.popup()->hide();
  completer_.complete();
}

// In place of the word under the cursor.
void FilterField::insert(const QString& word) {
  const QByteArray all = line_->text().toUtf8();
  const auto from = static_cast<qsizetype>(completions().from);
  const QString head = QString::fromUtf8(all.left(from));
  const QString tail = line_->text().mid(line_->cursorPosition());
  line_->setText(head + word + tail);
  line_->setCursorPosition(static_cast<int>(head.size() + word.size()));
}

}  // namespace treegrpo
