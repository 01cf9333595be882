// Asks what may go to make room: pictures beyond a budget, the trash.
#pragma once

#include <QDialog>
#include <cstdint>

class QCheckBox;
class QSpinBox;

namespace treegrpo {

// What takes room in a workspace.
struct SpaceUse {
  std::int64_t store_bytes = 0;    // of its file
  std::int64_t picture_bytes = 0;  // of all runs
  std::int64_t most_pictures = 0;  // of the run that has most
  int trash_runs = 0;
  std::int64_t trash_bytes = 0;  // of their pictures
};

class FreeSpaceDialog : public QDialog {
  Q_OBJECT

 public:
  explicit FreeSpaceDialog(const SpaceUse& use, QWidget* parent = nullptr);

  int budgetMb() const;  // of a run's pictures, in 10^6 bytes
  bool emptiesTrash() const;

 private:
  QSpinBox* budget_;
  QCheckBox* trash_;
};

}  // namespace treegrpo
