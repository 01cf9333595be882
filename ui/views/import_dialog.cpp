#include "views/import_dialog.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace treegrpo {

ImportDialog::ImportDialog(const QString& file, const std::vector<RunSummary>& runs,
                           const std::vector<RunId>& ticked, QWidget* parent)
    : QDialog(parent),
      all_(new QCheckBox),
      list_(new QListWidget),
      sentence_(new QLabel),
      progress_(new QProgressBar),
      import_(new QPushButton(tr("Import"))) {
  setObjectName("importDialog");
  setWindowTitle(tr("Import runs of %1").arg(QFileInfo(file).fileName()));
  setAttribute(Qt::WA_DeleteOnClose);
  list_->setObjectName("importList");
  list_->setAccessibleName(tr("Runs to import"));
  list_->setToolTip(tr("Space ticks or unticks a run"));
  for (const RunSummary& run : runs) {
    auto* item = new QListWidgetItem(
        tr("%1 · %2, %3 iterations")
            .arg(QString::fromStdString(run.name), QString::fromStdString(run.method))
            .arg(run.iterations),
        list_);
    item->setData(Qt::UserRole, static_cast<qlonglong>(run.run.value));
    const bool asked = ticked.empty() || std::ranges::count(ticked, run.run) > 0;
    item->setCheckState(asked ? Qt::Checked : Qt::Unchecked);
  }
  sentence_->setWordWrap(true);
  sentence_->setText(
      tr("Trees, pictures, tags, notes and checkpoints come along; the other workspace stays as it "
         "is."));
  progress_->setAccessibleName(tr("Runs imported"));
  progress_->hide();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  buttons->addButton(import_, QDialogButtonBox::AcceptRole);
  import_->setObjectName("importButton");
  import_->setDefault(true);
  all_->setObjectName("importAll");
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(all_);
  layout->addWidget(list_);
  layout->addWidget(sentence_);
  layout->addWidget(progress_);
  layout->addWidget(buttons);
  resize(460, 380);
  connect(import_, &QPushButton::clicked, this, &ImportDialog::importAsked);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(list_, &QListWidget::itemChanged, this, &ImportDialog::enable);
  connect(all_, &QCheckBox::clicked, this, &ImportDialog::tickAll);
  enable();
}

std::vector<RunId> ImportDialog::chosen() const {
  std::vector<RunId> runs;
  for (int at = 0; at < list_->count(); ++at)
    if (list_->item(at)->checkState() == Qt::Checked)
      runs.push_back({list_->item(at)->data(Qt::UserRole).toLongLong()});
  return runs;
}

void ImportDialog::setProgress(int done, int all) {
  works_ = done < all;
  progress_->setRange(0, all);
  progress_->setValue(done);
  progress_->setVisible(works_);
  list_->setEnabled(!works_);
  all_->setEnabled(!works_);
  enable();
}

void ImportDialog::setSentence(const QString& sentence) { sentence_->setText(sentence); }

void ImportDialog::tickAll() {
  const Qt::CheckState state = all_->isChecked() ? Qt::Checked : Qt::Unchecked;
  const QSignalBlocker quiet(list_);
  for (int at = 0; at < list_->count(); ++at) list_->item(at)->setCheckState(state);
  list_->viewport()->update();
  enable();
}

void ImportDialog::enable() {
  const int ticked = static_cast<int>(chosen().size());
  import_->setEnabled(!works_ && ticked > 0);
  all_->setChecked(ticked == list_->count());
  all_->setText(tr("All runs (%1 of %2 are ticked)").arg(ticked).arg(list_->count()));
}

}  // namespace treegrpo
