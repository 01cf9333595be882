#include "views/guide.h"

#include <QDialog>
#include <QFile>
#include <QKeySequence>
#include <QListWidget>
#include <QMessageBox>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <array>

#include "actions.h"
#include "workbench/provenance.h"

namespace treegrpo {
namespace {

struct Page {
  const char* title;
  const char* file;
};
constexpr std::array pages = {Page{"The tree", "tree"},
                              Page{"Node inspector", "inspector"},
                              Page{"Path", "path"},
                              Page{"Curves", "curves"},
                              Page{"Prompts and iterations", "prompts"},
                              Page{"Rewards of this tree", "rewards"},
                              Page{"Controlling a run", "run"}};

QDialog* dialogOf(QWidget* parent, const char* name, const QString& title) {
  auto* dialog = new QDialog(parent);
  dialog->setObjectName(QLatin1String(name));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  dialog->resize(760, 560);
  new QVBoxLayout(dialog);
  return dialog;
}

QString keyTable() {
  QString text = QStringLiteral("| | | |\n|---|---|---|\n");
  for (const ActionRow& row : actionRows()) {
    if (!*row.keys) continue;
    QStringList keys;
    for (const QKeySequence& key :
         QKeySequence::listFromString(QString::fromUtf8(row.keys), QKeySequence::PortableText))
      keys << key.toString(QKeySequence::NativeText);
    text += QStringLiteral("| **%1** | %2 | %3 |\n")
                .arg(keys.join(QStringLiteral(" or ")), QString::fromUtf8(row.text),
                     QString::fromUtf8(row.tooltip));
  }
  return text;
}

}  // namespace

void showGuide(QWidget* parent) {
  QDialog* dialog = dialogOf(parent, "guide", QObject::tr("What am I looking at?"));
  auto* list = new QListWidget;
  auto* text = new QTextBrowser;
  for (const Page& page : pages) list->addItem(QObject::tr(page.title));
  QObject::connect(list, &QListWidget::currentRowChanged, text, [text](int row) {
    QFile file(QStringLiteral(":/guide/%1.md").arg(pages[static_cast<std::size_t>(row)].file));
    if (file.open(QIODevice::ReadOnly)) text->setMarkdown(QString::fromUtf8(file.readAll()));
  });
  list->setCurrentRow(0);
  auto* splitter = new QSplitter;
  splitter->addWidget(list);
  splitter->addWidget(text);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({190, 560});
  dialog->layout()->addWidget(splitter);
  dialog->show();
}

void showKeys(QWidget* parent) {
  QDialog* dialog = dialogOf(parent, "keys", QObject::tr("Keyboard shortcuts"));
  auto* text = new QTextBrowser;
  text->setMarkdown(keyTable());
  dialog->layout()->addWidget(text);
  dialog->show();
}

void showAbout(QWidget* parent) {
  QMessageBox box(parent);
  box.setWindowTitle(QObject::tr("About TreeGRPO Studio"));
  box.setTextInteractionFlags(Qt::TextSelectableByMouse);
  box.setText(QObject::tr("TreeGRPO Studio %1 (%2)\nQt %3\nTree-structured RL post-training of "
                          "image generators, after arXiv 2512.08153.\nApache-2.0")
                  .arg(QString::fromStdString(program_version()),
                       QString::fromStdString(program_commit()), QString::fromLatin1(qVersion())));
  box.exec();
}

}  // namespace treegrpo
