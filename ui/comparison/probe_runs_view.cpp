#include "comparison/probe_runs_view.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace treegrpo {
namespace {

constexpr int least_letters = 28;  // of a prompt with its seed

}  // namespace

ProbeRunsView::ProbeRunsView(QWidget* parent) : QWidget(parent) {
  setObjectName("probeRuns");
  setProperty("panel", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  canvas_ = new ProbeCanvas;
  canvas_->setObjectName("probeRunsCanvas");
  canvas_->setAccessibleName(tr("Probes of the compared runs"));
  canvas_->setAccessibleDescription(
      tr("Arrows select a picture: left and right by checkpoint, up and down by run."));
  empty_ =
      new QLabel(tr("None of these runs has probes. A run samples its probe set at every "
                    "checkpoint unless probe.prompts is 0."));
  empty_->setObjectName("probeRunsEmpty");
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setProperty("role", "secondary");
  pages_ = new QStackedWidget;
  pages_->addWidget(empty_);
  pages_->addWidget(canvas_);
  column->addWidget(pages_, 1);
  connect(canvas_, &ProbeCanvas::selected, this, &ProbeRunsView::tell);
}

QWidget* ProbeRunsView::makeHead() {
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(8, 4, 8, 4);
  auto* label = new QLabel(tr("Pictures of"), head);
  label->setProperty("role", "secondary");
  picture_ = new QComboBox(head);
  picture_->setObjectName("probeRunsPicture");
  picture_->setProperty("small", true);
  picture_->setMinimumContentsLength(least_letters);
  picture_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  picture_->setToolTip(
      tr("Prompt and seed of the noise that all runs' pictures start from. The numbers below are "
         "means over the whole probe set of each run."));
  label->setBuddy(picture_);
  words_ = new QLabel(head);
  words_->setObjectName("probeRunsWords");
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(label);
  row->addWidget(picture_);
  row->addWidget(words_, 1);
  connect(picture_, &QComboBox::currentIndexChanged, this, &ProbeRunsView::showStrip);
  return head;
}

void ProbeRunsView::setRuns(std::vector<ProbedRun> runs) {
  runs_ = std::move(runs);
  listPictures();
  showStrip();
}

void ProbeRunsView::listPictures() {
  const QSignalBlocker quiet(picture_);
  const QString before = picture_->currentText();
  pictures_ = probedPictures(runs_);
  picture_->clear();
  for (const ProbeRow& row : pictures_)
    picture_->addItem(tr("%1, seed %2").arg(QString::fromStdString(row.prompt)).arg(row.seed));
  picture_->setCurrentIndex(pictures_.empty() ? -1 : std::max(0, picture_->findText(before)));
}

void ProbeRunsView::showStrip() {
  const int shown = picture_->currentIndex();
  pages_->setCurrentIndex(shown < 0 ? 0 : 1);
  picture_->setEnabled(shown >= 0);
  if (shown >= 0)
    canvas_->setStrip(comparedStrip(runs_, pictures_[static_cast<std::size_t>(shown)]));
  tell();
}

std::int32_t ProbeRunsView::seed() const {
  const int shown = picture_->currentIndex();
  return shown < 0 ? -1 : pictures_[static_cast<std::size_t>(shown)].seed;
}

void ProbeRunsView::tell() {
  const QString words = pictureWords(canvas_->strip(), canvas_->strip().selected);
  const QString none = pictures_.empty() ? QString() : tr("Select a picture to read its numbers.");
  words_->setText(words.isEmpty() ? none : words);
  words_->setToolTip(words);
}

void ProbeRunsView::setLooks(const Theme& theme, const FontSet& fonts) {
  canvas_->setLooks(theme, fonts);
}

}  // namespace treegrpo
