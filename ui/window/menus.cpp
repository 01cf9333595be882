#include "window/menus.h"

#include <QMenu>
#include <QToolButton>
#include <map>

namespace treegrpo {

QMenu* buildMenus(QMenuBar& bar, const Actions& actions, const QString& path) {
  std::map<QString, QMenu*> menus;
  const auto menuOf = [&](const QString& wanted) {
    QString at;
    QMenu* menu = nullptr;
    for (const QString& part : wanted.split('|')) {
      at += (at.isEmpty() ? QString() : QStringLiteral("|")) + part;
      QMenu*& known = menus[at];
      if (!known) {
        known = menu ? menu->addMenu(part) : bar.addMenu(QStringLiteral("&") + part);
        known->setToolTipsVisible(true);
      }
      menu = known;
    }
    return menu;
  };
  const std::span<const ActionRow> rows = actionRows();
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (*rows[i].menu) menuOf(QString::fromUtf8(rows[i].menu))->addAction(actions.all()[i]);
  return menuOf(path);
}

void addRunButtons(QToolBar& bar, const Actions& actions) {
  const auto add = [&](QStringView name) {
    auto* button = new QToolButton;
    button->setDefaultAction(actions[name]);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setObjectName("button_" + name.toString());
    bar.addWidget(button);
    return button;
  };
  add(u"run.toggle");
  add(u"run.pause");
  QToolButton* step = add(u"run.step");
  auto* units = new QMenu(step);
  for (const auto name : {u"run.step", u"run.step_tree", u"run.step_update", u"run.step_iteration"})
    units->addAction(actions[QStringView(name)]);
  step->setMenu(units);
  step->setPopupMode(QToolButton::MenuButtonPopup);
  add(u"run.stop");
}

}  // namespace treegrpo
