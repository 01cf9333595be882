#include "views/canvas_header.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <array>
#include <cmath>

#include "style/studio_style.h"
#include "tree/credit_rules.h"
#include "tree/schedule.h"
#include "views/row_end.h"

namespace treegrpo {
namespace {

constexpr std::array overlays = {OverlayChoice{Overlay::advantage, "tree.overlay_advantage"},
                                 OverlayChoice{Overlay::log_prob, "tree.overlay_log_prob"},
                                 OverlayChoice{Overlay::ratio, "tree.overlay_ratio"},
                                 OverlayChoice{Overlay::kl, "tree.overlay_kl"},
                                 OverlayChoice{Overlay::reward, "tree.overlay_reward"},
                                 OverlayChoice{Overlay::value, "tree.overlay_value"},
                                 OverlayChoice{Overlay::none, "tree.overlay_none"}};

QString toQString(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString windowText(const TreeSchedule& schedule) {
  QStringList steps;
  for (std::size_t step = 0; step < schedule.steps.size(); ++step)
    if (schedule.steps[step].noise_level > 0) steps << QString::number(step);
  return steps.isEmpty() ? QObject::tr("no step draws noise")
                         : QObject::tr("window W = {%1}").arg(steps.join(QStringLiteral(", ")));
}

QToolButton* buttonOf(QAction* action) {
  auto* button = new QToolButton;
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonIconOnly);
  button->setProperty("flat", true);
  button->setProperty("small", true);
  return button;
}

}  // namespace

std::span<const OverlayChoice> overlayChoices() { return overlays; }

CanvasHeader::CanvasHeader(const Actions& actions, QWidget* parent)
    : QWidget(parent),
      edges_(new QComboBox),
      rule_(new QComboBox),
      regrown_(new QComboBox),
      facts_(new QLabel),
      zoom_(new QLabel) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 4, 10, 4);
  edges_->setObjectName("header_edges");
  edges_->setAccessibleName(tr("Edges show"));
  edges_->setProperty("small", true);
  edges_->setToolTip(tr("What colour and width of an edge mean"));
  for (const OverlayChoice& choice : overlays)
    edges_->addItem(actions[QString::fromLatin1(choice.action)]->text());
  connect(edges_, &QComboBox::activated, this, [&actions](int index) {
    actions[QString::fromLatin1(overlays[static_cast<std::size_t>(index)].action)]->trigger();
  });
  rule_->setObjectName("header_rule");
  rule_->setAccessibleName(tr("Credit rule"));
  rule_->setProperty("small", true);
  rule_->setToolTip(
      tr("The credit rule: the same tree and rewards, credited again at once. What "
         "trains does not change"));
  rule_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  rule_->addItem(tr("rule of the run"), QString());
  for (const CreditRule& rule : credit_rules()) {
    rule_->addItem(toQString(rule.name), toQString(rule.name));
    rule_->setItemData(rule_->count() - 1, toQString(rule.sentence), Qt::ToolTipRole);
  }
  connect(rule_, &QComboBox::activated, this,
          [this](int index) { Q_EMIT ruleChosen(rule_->itemData(index).toString()); });
  regrown_->setObjectName("header_regrown");
  regrown_->setAccessibleName(tr("Tree or what was grown again from it"));
  regrown_->setProperty("small", true);
  regrown_->setToolTip(
      tr("The tree that trained, or what was grown again from one of its nodes: other images from "
         "the same beginning, never trained. Nodes that are new have a dotted ring"));
  regrown_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  regrown_->hide();
  connect(regrown_, &QComboBox::activated, this,
          [this](int index) { Q_EMIT regrownChosen(index - 1); });
  facts_->setObjectName("header_facts");
  facts_->setProperty("role", "secondary");
  facts_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  facts_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // the first to give way
  facts_->setToolTip(
      tr("Leaves of this prompt; latents predicted while sampling it (NFE), guidance "
         "not counted; the steps that draw noise"));
  zoom_->setObjectName("header_zoom");
  for (QWidget* widget : std::initializer_list<QWidget*>{new QLabel(tr("Edges")), edges_,
                                                         new QLabel(tr("Credit")), rule_, regrown_})
    row->addWidget(widget);
  row->addWidget(facts_, 1);
  row->addWidget(buttonOf(actions[u"tree.zoom_out"]));
  row->addWidget(zoom_);
  row->addWidget(buttonOf(actions[u"tree.zoom_in"]));
  row->addWidget(buttonOf(actions[u"tree.fit"]));
}

void CanvasHeader::addButton(QWidget* button) { addAtEnd(*layout(), button); }

void CanvasHeader::setTree(const std::shared_ptr<const TreeRecord>& tree, const Growing& growing) {
  setLook(*facts_, "tone", tree && growing.on ? "live" : "");
  if (!tree) return facts_->clear();
  const ScheduleCounts all = counts(tree->schedule);
  if (growing.on) {
    const int step = tree->nodes.empty() ? 0 : tree->nodes.back().step;
    facts_->setText(tr("● growing, step %1 of %2").arg(step).arg(tree->steps()));
  } else {
    facts_->setText(
        tr("%1 leaves · %2 NFE · %3").arg(all.leaves).arg(all.nfe).arg(windowText(tree->schedule)));
  }
}

void CanvasHeader::setView(const TreeView& view) {
  for (std::size_t i = 0; i < overlays.size(); ++i)
    if (overlays[i].overlay == view.overlay) edges_->setCurrentIndex(static_cast<int>(i));
  zoom_->setText(QStringLiteral("%1 %").arg(std::lround(100 * view.zoom)));
}

void CanvasHeader::setRegrown(const QStringList& words, int shown) {
  const QSignalBlocker quiet(regrown_);
  regrown_->clear();
  regrown_->addItem(tr("the trained tree"));
  regrown_->addItems(words);
  regrown_->setCurrentIndex(shown + 1);
  regrown_->setVisible(!words.isEmpty());
  rule_->setEnabled(shown < 0);  // what is not trained has no credit
}

void CanvasHeader::setRunRule(const QString& rule) {
  rule_->setItemText(0, rule.isEmpty() ? tr("rule of the run") : tr("%1 (the run's)").arg(rule));
}

}  // namespace treegrpo
