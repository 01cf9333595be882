// Every command by name: type some of its letters, press Return. Those that cannot be used now are
// listed with the reason; those used last, kept in the settings, come first.
#pragma once

#include <QAction>
#include <QDialog>
#include <span>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace treegrpo {

class CommandPalette : public QDialog {
  Q_OBJECT

 public:
  explicit CommandPalette(std::span<QAction* const> actions, QWidget* parent = nullptr);

 private:
  void list(const QString& typed);
  QTreeWidgetItem* row(const QAction& action) const;
  void tell();
  void run();
  bool eventFilter(QObject* object, QEvent* event) override;

  std::span<QAction* const> actions_;
  QLineEdit* typed_;
  QTreeWidget* found_;
  QLabel* said_;  // what the command does, or why it cannot be used
};

}  // namespace treegrpo
