#include "views/ledger_view.h"

#include "views/sign_mark.h"

namespace treegrpo {
namespace {

QString escaped(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

// ▲ or ▼ before a total; a number among others has its written sign.
QString markOf(const LedgerRow& row, const LedgerValue& value) {
  if (!row.total) return {};
  return value.advantage > 0 ? "▲ " : value.advantage < 0 ? "▼ " : "";
}

QString valueHtml(const LedgerRow& row, const LedgerValue& value, const Theme& theme) {
  const QString color = QString::fromStdString(hexOf(signTextColor(value.advantage, theme)));
  QString text = markOf(row, value) + escaped(value.text);
  text.replace(" ", "&nbsp;");  // a value does not break
  const QString style = QString("color:%1; text-decoration:none;").arg(color) +
                        (row.total ? " font-weight:600;" : "");
  if (value.node < 0) return QString("<span style=\"%1\">%2</span>").arg(style, text);
  return QString("<a href=\"%1\" style=\"%2\">%3</a>").arg(value.node).arg(style, text);
}

}  // namespace

QString ledgerHtml(const LedgerRow& row, const Theme& theme) {
  QStringList parts;
  for (const LedgerValue& value : row.values) parts.append(valueHtml(row, value, theme));
  QString html = parts.join("&nbsp; ");
  if (row.text.empty()) return html;
  const Color ink = row.values.empty() ? theme.text : theme.text2;
  return html + (html.isEmpty() ? "" : "&nbsp; ") +
         QString("<span style=\"color:%1\">%2</span>")
             .arg(QString::fromStdString(hexOf(ink)), escaped(row.text));
}

LedgerView::LedgerView(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
  setObjectName("ledger");
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(12);
  grid_->setVerticalSpacing(3);
  grid_->setColumnStretch(1, 1);
}

void LedgerView::addLine() {
  const int at = static_cast<int>(lines_.size());
  Line line{new QFrame, new QLabel, new QLabel};
  line.rule->setFixedHeight(1);
  line.rule->setAutoFillBackground(true);
  line.rule->setBackgroundRole(QPalette::Mid);
  line.label->setProperty("role", "secondary");
  line.label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  line.values->setObjectName(QString("ledgerValues%1").arg(at));
  line.values->setProperty("role", "secondary");
  line.values->setTextFormat(Qt::RichText);
  line.values->setWordWrap(true);
  line.values->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  grid_->addWidget(line.rule, 2 * at, 0, 1, 2);
  grid_->addWidget(line.label, 2 * at + 1, 0);
  grid_->addWidget(line.values, 2 * at + 1, 1);
  // New widgets come last in the window by themselves.
  QWidget* before = this;
  if (!lines_.empty()) before = lines_.back().values;
  while (!(before->focusPolicy() & Qt::TabFocus) && before != line.values)
    before = before->previousInFocusChain();
  setTabOrder(before, line.values);
  connect(line.values, &QLabel::linkActivated, this,
          [this](const QString& link) { Q_EMIT nodeChosen(link.toInt()); });
  lines_.push_back(line);
}

void LedgerView::setRows(const std::vector<LedgerRow>& rows, const Theme& theme) {
  while (lines_.size() < rows.size()) addLine();
  for (std::size_t at = 0; at < lines_.size(); ++at) {
    const bool shown = at < rows.size();
    const Line& line = lines_[at];
    line.rule->setVisible(shown && rows[at].total);
    line.label->setVisible(shown);
    line.values->setVisible(shown);
    if (!shown) continue;
    const QString tooltip = QString::fromStdString(rows[at].tooltip);
    line.label->setText(QString::fromStdString(rows[at].label));
    line.label->setToolTip(tooltip);
    line.values->setText(ledgerHtml(rows[at], theme));
    line.values->setToolTip(tooltip);
  }
}

}  // namespace treegrpo
