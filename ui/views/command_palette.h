// Every command by name: type some of its letters, press Return.
#pragma once

#include <QAction>
#include <QDialog>
#include <span>

class QLineEdit;
class QTreeWidget;

namespace treegrpo {

class CommandPalette : public QDialog {
  Q_OBJECT

 public:
  explicit CommandPalette(std::span<QAction* const> actions, QWidget* parent = nullptr);

 private:
  void list(const QString& typed);
  void run();
  bool eventFilter(QObject* object, QEvent* event) override;

  std::span<QAction* const> actions_;
  QLineEdit* typed_;
  QTreeWidget* found_;
};

}  // namespace treegrpo
