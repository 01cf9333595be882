#include "views/find_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QToolButton>

namespace treegrpo {

FindBar::FindBar(const QString& syntax, QWidget* parent)
    : QWidget(parent), field_(new QLineEdit), count_(new QLabel) {
  setObjectName("find_bar");
  setProperty("panel", true);
  setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 4, 6, 4);
  auto* label = new QLabel(tr("&Find"));
  label->setBuddy(field_);
  row->addWidget(label);
  field_->setObjectName("find_field");
  field_->setProperty("small", true);
  field_->setPlaceholderText(tr("t5.7, leaf, a > 0.5 and t == 4, words of a prompt"));
  field_->setToolTip(syntax);
  field_->setClearButtonEnabled(true);
  row->addWidget(field_, 1);
  count_->setObjectName("find_count");
  count_->setProperty("role", "secondary");
  count_->setMinimumWidth(72);
  row->addWidget(count_);
  connect(button("find_previous", QStringLiteral("↑"), tr("Previous (Shift+Enter, Shift+F3)")),
          &QToolButton::clicked, this, &FindBar::previousAsked);
  connect(button("find_next", QStringLiteral("↓"), tr("Next (Enter, F3)")), &QToolButton::clicked,
          this, &FindBar::nextAsked);
  connect(button("find_close", QStringLiteral("✕"), tr("Close (Esc)")), &QToolButton::clicked, this,
          &FindBar::closed);
  connect(field_, &QLineEdit::textChanged, this, &FindBar::queryChanged);
  hide();
}

QToolButton* FindBar::button(const char* name, const QString& text, const QString& tip) {
  auto* made = new QToolButton;
  made->setObjectName(QLatin1String(name));
  made->setText(text);
  made->setToolTip(tip);
  made->setAccessibleName(tip);
  made->setAutoRaise(true);
  layout()->addWidget(made);
  return made;
}

void FindBar::open() {
  show();
  field_->setFocus(Qt::ShortcutFocusReason);
  field_->selectAll();
}

QString FindBar::query() const { return field_->text(); }

void FindBar::setResult(int current, int count, const QString& problem) {
  const bool none = !problem.isEmpty() || (count == 0 && !field_->text().trimmed().isEmpty());
  if (!problem.isEmpty())
    count_->setText(problem);
  else if (field_->text().trimmed().isEmpty())
    count_->clear();
  else if (count == 0)
    count_->setText(tr("none"));
  else if (current < 0)
    count_->setText(tr("%1 found").arg(count));
  else
    count_->setText(tr("%1 of %2").arg(current + 1).arg(count));
  if (field_->property("invalid").toBool() == none) return;
  field_->setProperty("invalid", none);
  field_->style()->unpolish(field_);
  field_->style()->polish(field_);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return Q_EMIT closed();
  if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
    return QWidget::keyPressEvent(event);
  if (event->modifiers() & Qt::ShiftModifier)
    Q_EMIT previousAsked();
  else
    Q_EMIT nextAsked();
}

}  // namespace treegrpo
