// The workspaces that the run library lists beside the open one: a line each, with what is wrong
// with it.
#pragma once

#include <QVBoxLayout>
#include <QWidget>
#include <vector>

#include "models/library_row.h"

namespace treegrpo {

class ListedWorkspaces : public QWidget {
  Q_OBJECT

 public:
  explicit ListedWorkspaces(QWidget* parent = nullptr);  // hidden while there are none

  void setWorkspaces(const std::vector<ListedWorkspace>& workspaces);

 Q_SIGNALS:
  void openAsked(const QString& file);     // in place of the one that is open
  void removalAsked(const QString& file);  // from the list

 private:
  QWidget* lineOf(const ListedWorkspace& workspace);

  QVBoxLayout* lines_;
};

}  // namespace treegrpo
