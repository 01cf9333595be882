#include "views/guide.h"

#include <QDialog>
#include <QFile>
#include <QListWidget>
#include <QMessageBox>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextList>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <array>

#include "actions.h"
#include "style/fonts.h"
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
                              Page{"Controlling a run", "run"},
                              Page{"Probe strip: seeing reward hacking", "probes"},
                              Page{"Branching schedule", "schedule"},
                              Page{"Following and the queue", "queue"},
                              Page{"Compare", "compare"},
                              Page{"Export figure", "figures"},
                              Page{"Keyboard", "keyboard"},
                              Page{"Run library", "library"}};

constexpr int text_margin = 14;      // px around a page
constexpr double paragraph_gap = 8;  // px below
constexpr double list_item_gap = 5;  // px below
constexpr int list_indent = 20;      // px

// The one that is open, else a new one; null says it is open and was brought to the front.
QDialog* newDialog(QWidget* parent, const char* name, const QString& title) {
  if (auto* open = parent->findChild<QDialog*>(QLatin1String(name))) {
    open->raise();
    open->activateWindow();
    return nullptr;
  }
  auto* dialog = new QDialog(parent);
  dialog->setObjectName(QLatin1String(name));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  dialog->resize(760, 560);
  auto* column = new QVBoxLayout(dialog);
  column->setContentsMargins(0, 0, 0, 0);
  return dialog;
}

// Markdown comes without space between paragraphs and in a bold that the font has not.
void setLooks(QTextDocument& document) {
  document.setDocumentMargin(text_margin);
  document.setIndentWidth(list_indent);
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    QTextCursor cursor(block);
    const bool heading = block.blockFormat().headingLevel() > 0;
    QTextBlockFormat space;
    space.setBottomMargin(block.textList() ? list_item_gap : paragraph_gap);
    space.setLineHeight(120, QTextBlockFormat::ProportionalHeight);
    cursor.mergeBlockFormat(space);
    for (auto at = block.begin(); !at.atEnd(); ++at) {
      const QTextFragment part = at.fragment();
      if (!heading && part.charFormat().fontWeight() <= QFont::Normal) continue;
      QTextCharFormat looks;
      looks.setFontWeight(QFont::DemiBold);
      if (heading) looks.setProperty(QTextFormat::FontSizeAdjustment, 1);
      cursor.setPosition(part.position());
      cursor.setPosition(part.position() + part.length(), QTextCursor::KeepAnchor);
      cursor.mergeCharFormat(looks);
    }
  }
}

void showPage(QTextBrowser& text, const char* name) {
  QFile file(QStringLiteral(":/guide/%1.md").arg(QLatin1String(name)));
  if (!file.open(QIODevice::ReadOnly)) return;
  text.setMarkdown(QString::fromUtf8(file.readAll()));
  setLooks(*text.document());
}

int rowOf(const QString& page) {
  for (std::size_t row = 0; row < pages.size(); ++row)
    if (page == QLatin1String(pages[row].file)) return static_cast<int>(row);
  return 0;
}

}  // namespace

void showGuide(QWidget* parent, const QString& page) {
  QDialog* dialog = newDialog(parent, "guide", QObject::tr("What am I looking at?"));
  if (!dialog) return parent->findChild<QListWidget*>("guide_pages")->setCurrentRow(rowOf(page));
  auto* list = new QListWidget;
  list->setObjectName("guide_pages");
  list->setAccessibleName(QObject::tr("Pages of the guide"));
  auto* text = new QTextBrowser;
  text->setObjectName("guide_text");
  text->setAccessibleName(QObject::tr("Page of the guide"));
  text->setFrameShape(QFrame::NoFrame);
  for (const Page& one : pages) list->addItem(QObject::tr(one.title));
  QObject::connect(list, &QListWidget::currentRowChanged, text,
                   [text](int row) { showPage(*text, pages[static_cast<std::size_t>(row)].file); });
  list->setCurrentRow(rowOf(page));
  auto* splitter = new QSplitter;
  splitter->addWidget(list);
  splitter->addWidget(text);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({190, 570});
  dialog->layout()->addWidget(splitter);
  dialog->show();
}

void showKeys(QWidget* parent) {
  QDialog* dialog = newDialog(parent, "keys", QObject::tr("Keyboard shortcuts"));
  if (!dialog) return;
  auto* list = new QTreeWidget;
  list->setObjectName("keys_list");
  list->setAccessibleName(dialog->windowTitle());
  list->setRootIsDecorated(false);
  list->setTabKeyNavigation(false);  // Tab leaves it
  list->setHeaderLabels({QObject::tr("Keys"), QObject::tr("Command"), QObject::tr("What it does")});
  const QFont mono = fontFor(loadFonts(1), TextRole::mono);
  const auto add = [&](const QString& keys, const char* text, const char* says) {
    auto* item = new QTreeWidgetItem({keys, QString::fromUtf8(text), QString::fromUtf8(says)});
    item->setFont(0, mono);
    item->setToolTip(2, QString::fromUtf8(says));
    list->addTopLevelItem(item);
  };
  const KeyChoice choice = loadKeys();
  for (const ActionRow& row : actionRows())
    if (const QString keys = keyText(keysOf(row, choice)); !keys.isEmpty())
      add(keys, row.text, row.tooltip);
  for (const FixedKey& key : fixedKeys()) add(QString::fromUtf8(key.shown), key.where, key.text);
  for (int column = 0; column < 2; ++column) list->resizeColumnToContents(column);
  dialog->layout()->addWidget(list);
  dialog->show();
}

void showAbout(QWidget* parent) {
  QMessageBox box(parent);
  box.setWindowTitle(QObject::tr("About TreeGRPO Studio"));
  box.setTextInteractionFlags(Qt::TextSelectableByMouse);
  box.setText(QObject::tr("TreeGRPO Studio %1 (%2)")
                  .arg(QString::fromStdString(program_version()),
                       QString::fromStdString(program_commit())));
  box.setInformativeText(
      QObject::tr("Tree-structured reinforcement learning of image generators, after "
                  "arXiv 2512.08153.\n\nApache-2.0. Made with Qt %1 (LGPL-3.0), LibTorch, "
                  "Dear ImGui, OpenCV and SQLite. The font is Inter (SIL OFL 1.1).")
          .arg(QString::fromLatin1(qVersion())));
  box.exec();
}

}  // namespace treegrpo
