#include "views/free_space_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include "base/byte_size.h"

namespace treegrpo {
namespace {

QString bytes(std::int64_t count) { return QString::fromStdString(byte_size_text(count)); }

}  // namespace

FreeSpaceDialog::FreeSpaceDialog(const SpaceUse& use, QWidget* parent)
    : QDialog(parent), budget_(new QSpinBox), trash_(new QCheckBox) {
  setObjectName("free_space");
  setWindowTitle(tr("Free space"));
  auto* words = new QLabel(tr("The workspace has %1, of which %2 are pictures. Every number of a "
                              "run is kept; inner pictures go before those of leaves, older ones "
                              "before newer ones.")
                               .arg(bytes(use.store_bytes), bytes(use.picture_bytes)));
  words->setWordWrap(true);
  words->setMinimumWidth(380);
  budget_->setObjectName("free_space_budget");
  budget_->setRange(0, 1'000'000);
  budget_->setSuffix(QStringLiteral(" MB"));
  budget_->setValue(static_cast<int>(use.most_pictures / 2'000'000));
  budget_->setToolTip(tr("Most that the pictures of one run may keep. The run with most of them "
                         "has %1")
                          .arg(bytes(use.most_pictures)));
  trash_->setObjectName("free_space_trash");
  trash_->setText(
      use.trash_runs == 0
          ? tr("Empty the trash (it is empty)")
          : tr("Empty the trash for good: %1 with %2 of pictures, and their "
               "checkpoints")
                .arg(use.trash_runs == 1 ? tr("1 run") : tr("%1 runs").arg(use.trash_runs),
                     bytes(use.trash_bytes)));
  trash_->setEnabled(use.trash_runs > 0);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->addRow(words);
  form->addRow(tr("&Pictures of a run"), budget_);
  form->addRow(trash_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  buttons->button(QDialogButtonBox::Ok)->setText(tr("Free space"));
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  form->addRow(buttons);
}

int FreeSpaceDialog::budgetMb() const { return budget_->value(); }
bool FreeSpaceDialog::emptiesTrash() const { return trash_->isChecked(); }

}  // namespace treegrpo
