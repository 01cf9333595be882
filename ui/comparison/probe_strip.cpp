#include "comparison/probe_strip.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "style/icons.h"

namespace treegrpo {

ProbeStripView::ProbeStripView(QWidget* parent) : QWidget(parent) {
  setObjectName("probeStrip");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  pages_ = new QStackedWidget(this);
  pages_->addWidget(makeEmpty());
  pages_->addWidget(makeStrip());
  column->addWidget(pages_);
  setLooks(theme(ThemeKind::dark), loadFonts(uiScale(1)));
}

QWidget* ProbeStripView::makeEmpty() {
  auto* page = new QWidget(this);
  page->setObjectName("probesEmpty");
  auto* column = new QVBoxLayout(page);
  empty_icon_ = new QLabel(page);
  auto* head = new QLabel(tr("No probes yet"), page);
  head->setProperty("role", "strong");
  auto* words =
      new QLabel(tr("A run samples the same prompts and seeds at every checkpoint, unless "
                    "probe.prompts is 0. Here they show what a rising reward makes of "
                    "the pictures."),
                 page);
  words->setProperty("role", "secondary");
  words->setWordWrap(true);
  auto* button = new QPushButton(tr("New run…"), page);
  button->setObjectName("probesNewRun");
  button->setToolTip(tr("Set up a run; its probes are the section [probe] of its configuration"));
  connect(button, &QPushButton::clicked, this, &ProbeStripView::newRunAsked);
  column->addStretch();
  for (QLabel* label : {empty_icon_, head, words}) {
    label->setAlignment(Qt::AlignCenter);
    column->addWidget(label);
  }
  column->addWidget(button, 0, Qt::AlignHCenter);
  column->addStretch();
  return page;
}

QWidget* ProbeStripView::makeStrip() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(8, 2, 8, 2);
  auto* label = new QLabel(tr("Pictures of"), page);
  label->setProperty("role", "secondary");
  seed_ = new QComboBox(page);
  seed_->setObjectName("probeSeed");
  seed_->setProperty("small", true);
  seed_->setToolTip(
      tr("Which seeds have a row: the seed of the noise that a picture starts from, the same in "
         "every run and at every checkpoint. The numbers below are means over all of them."));
  label->setBuddy(seed_);
  words_ = new QLabel(page);
  words_->setObjectName("probeWords");
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  head->addWidget(label);
  head->addWidget(seed_);
  head->addSpacing(8);
  head->addWidget(words_, 1);
  canvas_ = new ProbeCanvas(page);
  setFocusProxy(canvas_);
  column->addLayout(head);
  column->addWidget(canvas_, 1);
  connect(seed_, &QComboBox::currentIndexChanged, this, [this] {
    const QVariant seed = seed_->currentData();
    canvas_->setSeed(seed.isValid() ? std::optional(seed.toInt()) : std::nullopt);
    tell({});
  });
  connect(canvas_, &ProbeCanvas::selected, this, [this](ProbePlace place) {
    tell(place);
    if (!pictureAt(canvas_->strip(), place)) return;
    const ProbeRow row = probeRows(canvas_->strip())[static_cast<std::size_t>(place.row)];
    Q_EMIT pictureChosen(probes_[static_cast<std::size_t>(place.probe)]->iteration,
                         QString::fromStdString(row.prompt), row.seed);
  });
  connect(canvas_, &ProbeCanvas::opened, this, [this](ProbePlace place) {
    Q_EMIT iterationChosen(probes_[static_cast<std::size_t>(place.probe)]->iteration);
  });
  return page;
}

void ProbeStripView::setProbes(std::vector<std::shared_ptr<const ProbeRecord>> probes) {
  probes_ = std::move(probes);
  showProbes();
}

void ProbeStripView::addProbe(std::shared_ptr<const ProbeRecord> probe) {
  std::erase_if(probes_, [&](const auto& held) { return held->iteration >= probe->iteration; });
  probes_.push_back(std::move(probe));
  showProbes();
}

void ProbeStripView::showProbes() {
  pages_->setCurrentIndex(probes_.empty() ? 0 : 1);
  listSeeds();
  canvas_->setProbes(probes_);
  tell(canvas_->strip().selected);
}

// The choice stays as long as the seed is there.
void ProbeStripView::listSeeds() {
  std::vector<std::int32_t> seeds;
  if (!probes_.empty() && !probes_.back()->prompts.empty())
    for (const ProbePicture& picture : probes_.back()->prompts.front().pictures)
      seeds.push_back(picture.seed);
  const QVariant chosen = seed_->currentData();
  {
    const QSignalBlocker quiet(seed_);
    seed_->clear();
    seed_->addItem(tr("all seeds"));
    for (const std::int32_t seed : seeds) seed_->addItem(tr("seed %1").arg(seed), seed);
    seed_->setCurrentIndex(chosen.isValid() ? std::max(0, seed_->findData(chosen)) : 0);
  }
  if (seed_->currentData() != chosen) canvas_->setSeed(std::nullopt);
}

void ProbeStripView::tell(ProbePlace place) {
  const QString words = pictureWords(canvas_->strip(), place);
  words_->setText(words.isEmpty() ? tr("Select a picture to read its numbers.") : words);
  words_->setToolTip(words);
}

void ProbeStripView::setLooks(const Theme& theme, const FontSet& fonts) {
  canvas_->setLooks(theme, fonts);
  empty_icon_->setPixmap(
      icon("image", theme.text2, theme.disabled).pixmap(QSize(26, 26), devicePixelRatioF()));
}

void ProbeStripView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  Q_EMIT shown();
}

}  // namespace treegrpo
