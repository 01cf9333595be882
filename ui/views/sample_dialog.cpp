#include "views/sample_dialog.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <limits>

namespace treegrpo {
namespace {

constexpr int columns = 4;
constexpr int side = 128;  // least, px; pictures keep whole multiples of their own size

QPixmap pixmapOf(const Image& image) {
  const QImage picture(image.rgb.data(), image.width, image.height, 3 * image.width,
                       QImage::Format_RGB888);
  const int scale = std::max(1, side / std::max(1, image.width));
  return QPixmap::fromImage(picture.scaled(picture.size() * scale));
}

}  // namespace

SampleDialog::SampleDialog(const QString& prompt, const QString& weights, QWidget* parent)
    : QDialog(parent),
      prompt_(new QLineEdit(prompt)),
      count_(new QSpinBox),
      seed_(new QSpinBox),
      draw_(new QPushButton(tr("Draw"))),
      state_(new QLabel(weights)),
      images_(new QGridLayout) {
  setObjectName("sample_dialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Sample now"));
  prompt_->setObjectName("sample_prompt");
  count_->setObjectName("sample_count");
  count_->setRange(1, 16);
  count_->setValue(4);
  seed_->setObjectName("sample_seed");
  seed_->setRange(0, std::numeric_limits<int>::max());
  seed_->setToolTip(tr("The same seed and prompt give the same images of the same weights"));
  draw_->setObjectName("sample_draw");
  draw_->setDefault(true);
  state_->setObjectName("sample_state");
  state_->setWordWrap(true);
  state_->setProperty("role", "secondary");
  auto* form = new QFormLayout;
  form->addRow(tr("&Prompt"), prompt_);
  form->addRow(tr("&Images"), count_);
  form->addRow(tr("&Seed"), seed_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->addLayout(form);
  column->addWidget(state_);
  column->addLayout(images_);
  column->addWidget(draw_, 0, Qt::AlignRight);
  resize(600, 240);
  connect(draw_, &QPushButton::clicked, this, [this] {
    if (prompt_->text().trimmed().isEmpty())
      return state_->setText(tr("Write a prompt first: what the images are to show."));
    Q_EMIT sampleAsked(prompt_->text(), count_->value(), static_cast<quint64>(seed_->value()));
  });
}

void SampleDialog::setBusy(bool busy, const QString& sentence) {
  busy_ = busy;
  draw_->setEnabled(!busy);
  if (!sentence.isEmpty()) state_->setText(sentence);
}

void SampleDialog::setImages(const std::vector<Image>& images) {
  while (QLayoutItem* item = images_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (std::size_t i = 0; i < images.size(); ++i) {
    auto* label = new QLabel;
    label->setPixmap(pixmapOf(images[i]));
    label->setAccessibleName(tr("Image %1 of %2").arg(i + 1).arg(images.size()));
    images_->addWidget(label, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
  }
  adjustSize();
}

}  // namespace treegrpo
