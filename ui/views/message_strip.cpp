#include "views/message_strip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr int least_text = 260;  // px beside the buttons

}  // namespace

MessageStrip::MessageStrip(QWidget* parent)
    : QFrame(parent),
      layout_(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      row_(new QHBoxLayout),
      text_(new QLabel) {
  setObjectName("message_strip");
  layout_->setContentsMargins(12, 4, 6, 4);
  text_->setObjectName("message_strip_text");
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout_->addWidget(text_, 1);
  auto* close = new QPushButton(tr("Dismiss"));
  close->setObjectName("message_strip_dismiss");
  close->setProperty("flat", true);
  connect(close, &QPushButton::clicked, this, &QWidget::hide);
  row_->addStretch();
  row_->addWidget(close);
  layout_->addLayout(row_);
  hide();
}

void MessageStrip::say(Kind kind, const QString& sentence, const QList<QAction*>& remedies) {
  kind_ = kind;
  constexpr const char* names[] = {"info", "warning", "error"};
  setLook(*this, "strip", QLatin1String(names[static_cast<int>(kind)]));
  sentence_ = sentence;
  // Errors of the engine begin small, since they often follow a colon.
  text_->setText(sentence.left(1).toUpper() + sentence.mid(1));
  setAccessibleName(text_->text());
  // Later: it may be one of them that was pressed.
  for (QWidget* button : buttons_) {
    button->setParent(nullptr);
    button->deleteLater();
  }
  buttons_.clear();
  for (QAction* remedy : remedies) {
    auto* button = new QPushButton(remedy->text());
    button->setObjectName("message_strip_" + remedy->objectName());
    button->setEnabled(remedy->isEnabled());
    button->setToolTip(remedy->toolTip());
    button->setProperty("primary", buttons_.isEmpty() && kind == Kind::info);
    connect(button, &QPushButton::clicked, remedy, &QAction::trigger);
    connect(remedy, &QAction::changed, button, [button, remedy] {
      button->setText(remedy->text());
      button->setEnabled(remedy->isEnabled());
    });
    row_->insertWidget(row_->count() - 1, button);
    buttons_.push_back(button);
  }
  show();
  place();
}

void MessageStrip::place() {
  const bool wide = width() >= least_text + row_->sizeHint().width();
  layout_->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void MessageStrip::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  place();
}

QString MessageStrip::sentence() const { return isHidden() ? QString() : sentence_; }

}  // namespace treegrpo
