#include "window/dock_tabs.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QTabBar>
#include <QToolButton>
#include <algorithm>

namespace treegrpo {
namespace {

constexpr const char* buttons_name = "dock_tab_buttons";

bool sharesItsPlace(const QMainWindow& window, QDockWidget* dock) {
  if (dock->isFloating()) return false;
  const QList<QDockWidget*> beside = window.tabifiedDockWidgets(dock);
  return std::any_of(beside.begin(), beside.end(),
                     [](const QDockWidget* other) { return !other->isHidden(); });
}

QToolButton* buttonOf(const char* name, const QString& tooltip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(QLatin1String(name));
  button->setToolTip(tooltip);
  button->setAccessibleName(tooltip);
  button->setFocusPolicy(Qt::TabFocus);
  button->setProperty("dock", true);
  return button;
}

void putAtTheEnd(QWidget* buttons, const QTabBar& bar) {
  const QSize size = buttons->sizeHint();
  buttons->setGeometry(bar.width() - size.width(), 0, size.width(), bar.height());
  buttons->raise();
}

}  // namespace

DockTabs::DockTabs(QMainWindow& window) : window_(window) {
  later_.setSingleShot(true);
  connect(&later_, &QTimer::timeout, this, &DockTabs::refresh);
  window_.installEventFilter(this);
}

void DockTabs::add(QDockWidget* dock) {
  const auto refresh_later = [this] { later_.start(0); };
  connect(dock, &QDockWidget::visibilityChanged, this, refresh_later);
  connect(dock, &QDockWidget::topLevelChanged, this, refresh_later);
  connect(dock, &QDockWidget::dockLocationChanged, this, refresh_later);
}

void DockTabs::refresh() {
  showTitles();
  for (QTabBar* bar : window_.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
    addButtons(bar);
}

// A title bar without height is how Qt leaves one out.
void DockTabs::showTitles() {
  for (QDockWidget* dock : window_.findChildren<QDockWidget*>()) {
    const bool in_tabs = sharesItsPlace(window_, dock);
    if (in_tabs == (dock->titleBarWidget() != nullptr)) continue;
    QWidget* old = dock->titleBarWidget();
    dock->setTitleBarWidget(in_tabs ? new QWidget(dock) : nullptr);
    if (old) old->deleteLater();
  }
}

void DockTabs::addButtons(QTabBar* bar) {
  auto* buttons = bar->findChild<QWidget*>(buttons_name, Qt::FindDirectChildrenOnly);
  if (!buttons) {
    bar->setUsesScrollButtons(true);
    bar->setAccessibleName(tr("Docks in this place"));
    buttons = new QWidget(bar);
    buttons->setObjectName(buttons_name);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(2, 0, 6, 0);
    row->setSpacing(2);
    auto* own = buttonOf("dock_tab_float", tr("Gives this dock a window of its own"), buttons);
    auto* close = buttonOf("dock_tab_close", tr("Closes this dock; View opens it again"), buttons);
    row->addWidget(own);
    row->addWidget(close);
    connect(own, &QToolButton::clicked, this, [this, bar] {
      if (QDockWidget* dock = dockOf(*bar)) dock->setFloating(true);
    });
    connect(close, &QToolButton::clicked, this, [this, bar] {
      if (QDockWidget* dock = dockOf(*bar)) dock->close();
    });
    bar->installEventFilter(this);
    buttons->show();
  }
  putAtTheEnd(buttons, *bar);
}

QDockWidget* DockTabs::dockOf(const QTabBar& bar) const {
  for (QDockWidget* dock : window_.findChildren<QDockWidget*>())
    if (!dock->isHidden() && !dock->isFloating() &&
        dock->windowTitle() == bar.tabText(bar.currentIndex()))
      return dock;
  return nullptr;
}

bool DockTabs::eventFilter(QObject* object, QEvent* event) {
  if (object == &window_ && event->type() == QEvent::ChildAdded) later_.start(0);  // a row of tabs
  if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
    if (auto* bar = qobject_cast<QTabBar*>(object))
      if (auto* buttons = bar->findChild<QWidget*>(buttons_name, Qt::FindDirectChildrenOnly))
        putAtTheEnd(buttons, *bar);
  return QObject::eventFilter(object, event);
}

}  // namespace treegrpo
