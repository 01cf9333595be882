#include "views/message_strip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "style/studio_style.h"

namespace treegrpo {

MessageStrip::MessageStrip(QWidget* parent)
    : QFrame(parent), layout_(new QHBoxLayout(this)), text_(new QLabel) {
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
  layout_->addWidget(close);
  hide();
}

void MessageStrip::say(Kind kind, const QString& sentence, const QList<QAction*>& remedies) {
  kind_ = kind;
  constexpr const char* names[] = {"info", "warning", "error"};
  setLook(*this, "strip", QLatin1String(names[static_cast<int>(kind)]));
  // Errors of the engine begin small, since they often follow a colon.
  text_->setText(sentence.left(1).toUpper() + sentence.mid(1));
  setAccessibleName(text_->text());
  qDeleteAll(buttons_);
  buttons_.clear();
  for (QAction* remedy : remedies) {
    auto* button = new QPushButton(remedy->text());
    button->setToolTip(remedy->toolTip());
    button->setProperty("primary", buttons_.isEmpty() && kind == Kind::info);
    connect(button, &QPushButton::clicked, remedy, &QAction::trigger);
    connect(remedy, &QAction::changed, button, [button, remedy] {
      button->setText(remedy->text());
      button->setEnabled(remedy->isEnabled());
    });
    layout_->insertWidget(layout_->count() - 1, button);
    buttons_.push_back(button);
  }
  show();
}

QString MessageStrip::sentence() const { return isHidden() ? QString() : text_->text(); }

}  // namespace treegrpo
