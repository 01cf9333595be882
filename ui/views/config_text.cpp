#include "views/config_text.h"

#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QTextBlock>
#include <algorithm>
#include <functional>

#include "style/fonts.h"
#include "style/studio_style.h"

namespace treegrpo {
namespace {

// Ink alone: hue belongs to data.
class TomlSyntax : public QSyntaxHighlighter {
 public:
  explicit TomlSyntax(QTextDocument* document) : QSyntaxHighlighter(document) {}

  void setLooks(const Theme& theme) {
    comment_.setForeground(toQColor(theme.text2));
    comment_.setFontItalic(true);
    head_.setForeground(toQColor(theme.text));
    head_.setFontWeight(QFont::Bold);
    value_.setForeground(toQColor(theme.accent));
    value_.setFontWeight(QFont::DemiBold);
    rehighlight();
  }

 protected:
  void highlightBlock(const QString& line) override {
    static const QRegularExpression head("^\\s*\\[[^#]*");
    static const QRegularExpression value("=\\s*((\"[^\"]*\"|'[^']*'|[^#\"'])*)");
    static const QRegularExpression comment("^(?:[^#\"']|\"[^\"]*\"|'[^']*')*(#.*)$");
    if (const auto found = head.match(line); found.hasMatch()) {
      setFormat(0, static_cast<int>(found.capturedLength()), head_);
    } else if (const auto given = value.match(line); given.hasMatch()) {
      setFormat(static_cast<int>(given.capturedStart(1)), static_cast<int>(given.capturedLength(1)),
                value_);
    }
    if (const auto said = comment.match(line); said.hasMatch())
      setFormat(static_cast<int>(said.capturedStart(1)), static_cast<int>(said.capturedLength(1)),
                comment_);
  }

 private:
  QTextCharFormat comment_, head_, value_;
};

// The strip of line numbers; the text paints it.
class Gutter : public QWidget {
 public:
  Gutter(QWidget* parent, std::function<void(QPaintEvent*)> paint)
      : QWidget(parent), paint_(std::move(paint)) {}

 protected:
  void paintEvent(QPaintEvent* event) override { paint_(event); }

 private:
  std::function<void(QPaintEvent*)> paint_;
};

}  // namespace

ConfigText::ConfigText(QWidget* parent)
    : QPlainTextEdit(parent),
      theme_(&theme(ThemeKind::dark)),
      gutter_(new Gutter(this, [this](QPaintEvent* event) { paintGutter(event); })),
      syntax_(new TomlSyntax(document())) {
  setObjectName("config_text");
  setAccessibleName(tr("Config as TOML"));
  setLineWrapMode(NoWrap);
  setUndoRedoEnabled(false);
  setTabChangesFocus(true);
  setLooks(*theme_);
  connect(this, &QPlainTextEdit::blockCountChanged, this, &ConfigText::layGutter);
  connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
    if (dy != 0) return gutter_->scroll(0, dy);
    gutter_->update(0, area.y(), gutter_->width(), area.height());
  });
  connect(this, &QPlainTextEdit::textChanged, this, [this] {
    if (!quiet_) Q_EMIT edited(toPlainText());
  });
}

void ConfigText::setLooks(const Theme& theme) {
  theme_ = &theme;
  setFont(fontFor(loadFonts(uiScale(1)), TextRole::mono));
  quiet_ = true;  // colours are no edits
  static_cast<TomlSyntax*>(syntax_)->setLooks(theme);
  quiet_ = false;
  layGutter();
  markProblem();
}

void ConfigText::setToml(const QString& text) {
  const QString before = toPlainText();
  if (before == text) return;
  const auto shorter = std::min(before.size(), text.size());
  const auto same_start = std::mismatch(before.begin(), before.begin() + shorter, text.begin());
  const auto start = same_start.first - before.begin();
  qsizetype end = 0;
  while (end < shorter - start && before[before.size() - 1 - end] == text[text.size() - 1 - end])
    ++end;
  quiet_ = true;
  QTextCursor cursor(document());
  cursor.setPosition(static_cast<int>(start));
  cursor.setPosition(static_cast<int>(before.size() - end), QTextCursor::KeepAnchor);
  cursor.insertText(text.mid(start, text.size() - end - start));
  quiet_ = false;
}

void ConfigText::setProblem(int line, const QString& sentence) {
  problem_line_ = line;
  setToolTip(line > 0 ? tr("Line %1: %2").arg(line).arg(sentence) : QString());
  markProblem();
  gutter_->update();
}

void ConfigText::markProblem() {
  QList<QTextEdit::ExtraSelection> marks;
  const QTextBlock block = document()->findBlockByNumber(problem_line_ - 1);
  if (problem_line_ > 0 && block.isValid()) {
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(block);
    mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(toQColor(theme_->error));
    marks << mark;
  }
  setExtraSelections(marks);
}

void ConfigText::goToLine(int line) {
  const QTextBlock block = document()->findBlockByNumber(line - 1);
  if (!block.isValid()) return;
  setTextCursor(QTextCursor(block));
  centerCursor();
}

void ConfigText::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Undo)) return Q_EMIT undoAsked();
  if (event->matches(QKeySequence::Redo)) return Q_EMIT redoAsked();
  QPlainTextEdit::keyPressEvent(event);
}

void ConfigText::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  layGutter();
}

void ConfigText::layGutter() {
  const int digits = static_cast<int>(QString::number(blockCount()).size()) + 2;
  const int width = digits * fontMetrics().horizontalAdvance('0') + 8;
  setViewportMargins(width, 0, 0, 0);
  const QRect inner = contentsRect();
  gutter_->setGeometry(inner.left(), inner.top(), width, inner.height());
}

void ConfigText::paintGutter(QPaintEvent* event) {
  QPainter painter(gutter_);
  painter.setFont(font());
  painter.fillRect(event->rect(), toQColor(theme_->panel_alt));
  QTextBlock block = firstVisibleBlock();
  QRectF place = blockBoundingGeometry(block).translated(contentOffset());
  for (; block.isValid() && place.top() <= event->rect().bottom(); block = block.next()) {
    const bool wrong = block.blockNumber() + 1 == problem_line_;
    painter.setPen(toQColor(wrong ? theme_->error : theme_->text2));
    const QString number = (wrong ? "! " : "") + QString::number(block.blockNumber() + 1);
    painter.drawText(QRectF(0, place.top(), gutter_->width() - 6, place.height()),
                     Qt::AlignRight | Qt::AlignVCenter, number);
    place.translate(0, place.height());
  }
}

}  // namespace treegrpo
