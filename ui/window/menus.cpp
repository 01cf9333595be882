#include "window/menus.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QTabBar>
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
  bar.addSeparator();
  add(u"run.sample");
}

QToolButton* iconButton(QAction* action) {
  auto* button = new QToolButton;
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonIconOnly);
  button->setFocusPolicy(Qt::TabFocus);
  button->setObjectName("button_" + action->objectName());
  button->setAccessibleName(action->text());
  button->setProperty("flat", true);
  button->setProperty("small", true);
  return button;
}

QWidget* layoutSwitch(const Actions& actions, std::span<const char* const> layouts) {
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 8, 0);
  auto* word = new QLabel(QObject::tr("Layout"));
  word->setProperty("role", "secondary");
  row->addWidget(word);
  auto* choice = new QTabBar;
  choice->setObjectName("layout_choice");
  choice->setAccessibleName(QObject::tr("Layout of the docks"));
  choice->setProperty("segmented", true);
  choice->setDrawBase(false);
  choice->setExpanding(false);
  choice->setUsesScrollButtons(false);
  row->addWidget(choice);
  for (const char* layout : layouts) {
    QAction* action = actions[QStringLiteral("view.layout_") + layout];
    const int tab = choice->addTab(action->text());
    choice->setTabToolTip(tab, action->toolTip());
    QObject::connect(action, &QAction::changed, choice,
                     [choice, tab, action] { choice->setTabToolTip(tab, action->toolTip()); });
    QObject::connect(action, &QAction::toggled, choice, [choice, tab](bool on) {
      if (on) choice->setCurrentIndex(tab);
    });
    // A click on the one that is chosen puts its docks back.
    QObject::connect(choice, &QTabBar::tabBarClicked, action, [choice, tab, action](int clicked) {
      if (clicked == tab && choice->currentIndex() == tab) action->trigger();
    });
    QObject::connect(choice, &QTabBar::currentChanged, action, [tab, action](int current) {
      if (current == tab && !action->isChecked()) action->trigger();
    });
  }
  return box;
}

}  // namespace treegrpo
