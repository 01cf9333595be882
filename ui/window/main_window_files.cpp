#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QSettings>

#include "views/file_choice.h"
#include "views/message_strip.h"
#include "views/preferences_dialog.h"
#include "views/shortcut_editor.h"
#include "window/main_window.h"

namespace treegrpo {
namespace {

constexpr int most_recent = 10;
constexpr const char* workspace_files = "Workspaces (*.tgws)";

}  // namespace

void MainWindow::wireFile() {
  const auto on = [this](QStringView name, auto work) {
    connect(actions_[name], &QAction::triggered, this, work);
  };
  on(u"file.new_store", [this] {
    const QString file = fileToSave(this, tr("New workspace"), QString(), tr(workspace_files));
    if (!file.isEmpty()) chooseStore(file);
  });
  on(u"file.open", [this] {
    const QString file = fileToOpen(this, tr("Open workspace"), tr(workspace_files));
    if (!file.isEmpty()) chooseStore(file);
  });
  on(u"file.preferences", [this] {
    PreferencesDialog dialog(preferences_, this);
    if (dialog.exec() != QDialog::Accepted) return;
    setPreferences(dialog.preferences());
    if (!savePreferences(preferences_))
      strip_->say(MessageStrip::Kind::warning,
                  tr("The preferences hold for now but could not be saved: '%1' cannot be written.")
                      .arg(QSettings().fileName()));
  });
  on(u"file.shortcuts", [this] {
    ShortcutEditor editor(loadKeys(), this);
    if (editor.exec() != QDialog::Accepted) return;
    actions_.setKeys(editor.choice());
    if (!saveKeys(editor.choice()))
      strip_->say(MessageStrip::Kind::warning,
                  tr("The keys hold for now but could not be saved: '%1' cannot be written.")
                      .arg(QSettings().fileName()));
  });
  on(u"file.save_image", [this] { saveImage(); });
  on(u"edit.copy_image", [this] {
    const QImage image = selectedImage();
    if (!image.isNull()) QApplication::clipboard()->setImage(image);
  });
  on(u"file.quit", [this] { close(); });
  addRecent(QString::fromStdString(session_.store().string()));
}

QImage MainWindow::selectedImage() const {
  const std::int32_t node = focus_.selected();
  if (node < 0) return {};
  const Image& image = focus_.tree()->nodes[static_cast<std::size_t>(node)].image;
  return QImage(image.rgb.data(), image.width, image.height, 3 * image.width, QImage::Format_RGB888)
      .copy();
}

void MainWindow::saveImage() {
  const QImage image = selectedImage();
  if (image.isNull())
    return strip_->say(MessageStrip::Kind::warning,
                       tr("This node's picture is not stored: the run keeps inner pictures of "
                          "every n-th iteration (images.every)."));
  const QString file = fileToSave(this, tr("Save image"), QString(), tr("Pictures (*.png)"));
  if (file.isEmpty()) return;
  if (!image.save(file, "PNG"))
    strip_->say(MessageStrip::Kind::error,
                tr("'%1' could not be written; choose another folder.").arg(file));
}

void MainWindow::addRecent(const QString& file) {
  QSettings settings;
  QStringList recent = settings.value("recent/stores").toStringList();
  recent.removeAll(file);
  recent.prepend(file);
  while (recent.size() > most_recent) recent.removeLast();
  settings.setValue("recent/stores", recent);
  recent_menu_->clear();
  for (const QString& store : recent)
    recent_menu_->addAction(store, this, [this, store] { chooseStore(store); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.toLocalFile().endsWith(".tgws")) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (const QString file = url.toLocalFile(); file.endsWith(".tgws")) return chooseStore(file);
}

// A run belongs to its workspace: it is stopped first, by the user.
void MainWindow::chooseStore(const QString& file) {
  if (!session_.trainsHere() && !session_.computing()) {
    Q_EMIT storeChosen(file);
    return;
  }
  strip_->say(MessageStrip::Kind::warning,
              tr("A run is in progress in this workspace: stop it, then open '%1'.").arg(file),
              {actions_[u"run.stop"]});
}

}  // namespace treegrpo
