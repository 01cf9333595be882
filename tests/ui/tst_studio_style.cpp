#include <QtTest>
#include <QtWidgets>

#include "base/error.h"
#include "style/fonts.h"
#include "style/studio_style.h"
#include "ui/proof_sheet.h"

using namespace treegrpo;

namespace {

QStringList messages;  // what Qt complained of

void collectMessages(QtMsgType type, const QMessageLogContext&, const QString& text) {
  // What the platform without a screen cannot do says nothing about the style.
  if (text.startsWith("This plugin does not support")) return;
  if (type != QtDebugMsg && type != QtInfoMsg) messages << text;
}

QColor qt(Color color) { return {color.red, color.green, color.blue, color.alpha}; }

QApplication& application() { return *qobject_cast<QApplication*>(QCoreApplication::instance()); }

QColor centreOf(QWidget& widget) {
  const QImage image = widget.grab().toImage();
  return image.pixelColor(image.width() / 2, image.height() / 2);
}

const ThemeKind both_themes[] = {ThemeKind::dark, ThemeKind::light};

}  // namespace

class TestStudioStyle : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { qInstallMessageHandler(nullptr); }

  void every_token_with_a_role_is_in_the_palette() {
    for (const ThemeKind kind : both_themes) {
      applyTheme(application(), kind, 1);
      const QPalette palette = QApplication::palette();
      const Theme& colors = theme(kind);
      QCOMPARE(palette.color(QPalette::Window), qt(colors.window));
      QCOMPARE(palette.color(QPalette::Base), qt(colors.panel));
      QCOMPARE(palette.color(QPalette::AlternateBase), qt(colors.panel_alt));
      QCOMPARE(palette.color(QPalette::Button), qt(colors.control));
      QCOMPARE(palette.color(QPalette::Light), qt(colors.control_hi));
      QCOMPARE(palette.color(QPalette::Mid), qt(colors.border));
      QCOMPARE(palette.color(QPalette::Midlight), qt(colors.grid));
      QCOMPARE(palette.color(QPalette::Shadow), qt(colors.canvas));
      QCOMPARE(palette.color(QPalette::Link), qt(colors.accent));
      QCOMPARE(palette.color(QPalette::BrightText), qt(colors.on_accent));
      QCOMPARE(palette.color(QPalette::Highlight), qt(colors.selection));
      QCOMPARE(palette.color(QPalette::HighlightedText), qt(colors.selection_text));
      QCOMPARE(palette.color(QPalette::PlaceholderText), qt(colors.text2));
      for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        QCOMPARE(palette.color(QPalette::Active, role), qt(colors.text));
        QCOMPARE(palette.color(QPalette::Inactive, role), qt(colors.text));
        QCOMPARE(palette.color(QPalette::Disabled, role), qt(colors.disabled));
      }
      QCOMPARE(palette.color(QPalette::Window).lightness() < 128, kind == ThemeKind::dark);
    }
  }

  void a_new_theme_reaches_widgets_that_are_there() {
    applyTheme(application(), ThemeKind::dark, 1);
    QFrame panel;
    panel.setProperty("panel", true);
    panel.resize(40, 40);
    panel.show();
    QCOMPARE(centreOf(panel), qt(theme(ThemeKind::dark).panel));
    applyTheme(application(), ThemeKind::light, 1);
    QCOMPARE(centreOf(panel), qt(theme(ThemeKind::light).panel));
  }

  void the_default_button_is_of_the_accent_in_each_theme() {
    for (const ThemeKind kind : both_themes) {
      applyTheme(application(), kind, 1);
      QPushButton button;
      button.setProperty("primary", true);
      button.resize(80, 28);
      QCOMPARE(centreOf(button), qt(theme(kind).accent));
      button.setEnabled(false);
      QCOMPARE(centreOf(button), qt(theme(kind).control));
    }
  }

  void a_field_that_is_wrong_has_an_outline_in_the_error_colour() {
    applyTheme(application(), ThemeKind::dark, 1);
    QLineEdit field;
    field.setProperty("invalid", true);
    field.resize(80, 28);
    const QImage image = field.grab().toImage();
    QCOMPARE(image.pixelColor(40, 0), qt(theme(ThemeKind::dark).error));
    QCOMPARE(image.pixelColor(40, 1), qt(theme(ThemeKind::dark).error));
    QVERIFY(image.pixelColor(40, 2) != qt(theme(ThemeKind::dark).error));
  }

  // A line around the item, not a shade alone.
  void the_item_that_has_the_keyboard_has_a_line_around_it() {
    QStandardItemModel model(3, 1);
    for (int row = 0; row < 3; ++row) model.setItem(row, 0, new QStandardItem("a row of words"));
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light, ThemeKind::contrast}) {
      applyTheme(application(), kind, 1);
      const Theme& colors = theme(kind);
      const QColor line = qt(kind == ThemeKind::contrast ? colors.text : colors.accent);
      QTableView table;
      QTreeView tree;
      QListView list;
      for (QAbstractItemView* view :
           std::initializer_list<QAbstractItemView*>{&table, &tree, &list}) {
        view->setModel(&model);
        view->resize(300, 200);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view));
        view->activateWindow();
        view->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(view));
        view->setCurrentIndex(model.index(1, 0));
        // Pixels of the row's left and right edges that are in the colour of the line.
        const auto edges = [&] {
          const QRect row = view->visualRect(model.index(1, 0));
          const QImage image = view->viewport()->grab().toImage();
          int found = 0;
          for (const int x : {row.left(), row.right()})
            found += image.pixelColor(x, row.center().y()) == line ? 1 : 0;
          return found;
        };
        QVERIFY2(edges() == 2, view->metaObject()->className());
        view->clearFocus();
        QVERIFY2(edges() == 0, view->metaObject()->className());
      }
    }
  }

  // Qt passes over a role that it does not know, without a word.
  void the_sheet_names_only_roles_that_the_oldest_qt_knows() {
    const QStringList known = {
        "window", "base",        "alternate-base", "button",          "light",
        "mid",    "midlight",    "dark",           "shadow",          "text",
        "link",   "bright-text", "highlight",      "highlighted-text"};
    const QString sheet = styleSheetOf(theme(ThemeKind::dark), 1).section("*/", 1);
    auto roles = QRegularExpression("palette\\(([^)]*)\\)").globalMatch(sheet);
    QVERIFY(roles.hasNext());
    while (roles.hasNext()) {
      const QString role = roles.next().captured(1);
      QVERIFY2(known.contains(role), qPrintable(role));
    }
  }

  void a_look_that_is_chosen_later_gets_its_room() {
    QLabel label("Paused on it 3");
    label.show();
    const int plain = label.sizeHint().width();
    setLook(label, "pill", "paused");
    QVERIFY(label.sizeHint().width() >= plain + 2 * 9);  // the pill's padding
  }

  void a_desktop_of_high_contrast_gets_outlines_as_clear_as_text() {
    QPalette desktop;
    desktop.setColor(QPalette::Window, Qt::black);
    desktop.setColor(QPalette::WindowText, Qt::white);
    QVERIFY(isHighContrast(desktop));
    desktop.setColor(QPalette::Window, QColor(0xEF, 0xEF, 0xEF));  // Fusion's own
    desktop.setColor(QPalette::WindowText, Qt::black);
    QVERIFY(!isHighContrast(desktop));
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      const Theme& plain = theme(kind);
      QVERIFY(!isHighContrast(paletteOf(plain)));
      QCOMPARE(paletteOf(withStrongBorders(plain)).color(QPalette::Mid), toQColor(plain.text2));
    }
  }

  void a_label_has_the_colour_of_its_role_or_tone() {
    for (const ThemeKind kind : both_themes) {
      applyTheme(application(), kind, 1);
      const auto colorOf = [](const char* property, const char* value) {
        QLabel label("words");
        label.setProperty(property, value);
        label.ensurePolished();
        return label.palette().color(QPalette::WindowText);
      };
      QCOMPARE(colorOf("role", "secondary"), qt(theme(kind).text2));
      QCOMPARE(colorOf("tone", "negative"), qt(theme(kind).negative_text));
      QCOMPARE(colorOf("pill", "live"), qt(theme(kind).live));
      QCOMPARE(colorOf("role", "strong"), qt(theme(kind).text));
    }
  }

  void a_label_in_mono_has_the_font_of_that_role() {
    applyTheme(application(), ThemeKind::dark, 1);
    QLabel label("t5.5");
    label.setProperty("role", "mono");
    label.ensurePolished();
    const QFont expected = fontFor(loadFonts(uiScale(1)), TextRole::mono);
    QCOMPARE(QFontInfo(label.font()).family(), QFontInfo(expected).family());
    QCOMPARE(label.font().pixelSize(), expected.pixelSize());
  }

  void heights_are_those_of_the_design() {
    applyTheme(application(), ThemeKind::dark, 1);
    const auto heightOf = [](QWidget&& widget) {
      widget.ensurePolished();
      return std::min(widget.sizeHint().height(), widget.maximumHeight());
    };
    QCOMPARE(heightOf(QPushButton("Run")), 28);
    QCOMPARE(heightOf(QComboBox()), 28);
    QCOMPARE(heightOf(QSpinBox()), 28);
    QCOMPARE(heightOf(QLineEdit()), 28);
    QToolButton tool;
    tool.setText("Run");
    tool.setIcon(icon("run", theme(ThemeKind::dark)));
    tool.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    QCOMPARE(heightOf(std::move(tool)), 28);
    QPushButton small("Run");
    small.setProperty("small", true);
    QCOMPARE(heightOf(std::move(small)), 24);
  }

  void bars_and_titles_have_the_heights_of_the_design() {
    applyTheme(application(), ThemeKind::light, 1);
    const auto window = proof_sheet::makeWindow(ThemeKind::light);
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    const auto near = [](int height, int expected) { return std::abs(height - expected) <= 1; };
    const auto* bar = window->findChild<QToolBar*>();
    const auto* dock = window->findChild<QDockWidget*>();
    const auto* tabs = window->findChild<QTabWidget*>();
    const auto* table = window->findChild<QTableView*>();
    const auto report = [](int height) { return QByteArray::number(height); };
    QVERIFY2(near(window->menuBar()->height(), 30), report(window->menuBar()->height()));
    QVERIFY2(near(bar->height(), 42), report(bar->height()));
    QVERIFY2(near(window->statusBar()->height(), 25), report(window->statusBar()->height()));
    QVERIFY2(near(dock->widget()->y(), 28), report(dock->widget()->y()));
    QVERIFY2(near(tabs->tabBar()->height(), 28), report(tabs->tabBar()->height()));
    QVERIFY2(near(table->horizontalHeader()->height(), 25),
             report(table->horizontalHeader()->height()));
  }

  void lengths_and_fonts_follow_the_zoom_and_lines_do_not() {
    applyTheme(application(), ThemeKind::dark, 1);
    const double system = uiScale(1);
    QCOMPARE(QApplication::font().pixelSize(), qRound(13 * system));
    QCOMPARE(QApplication::font().family(), QString("Studio Sans"));
    applyTheme(application(), ThemeKind::dark, 2);
    QCOMPARE(QApplication::font().pixelSize(), qRound(26 * system));
    QPushButton button("Run");
    button.ensurePolished();
    QVERIFY(button.sizeHint().height() >= qRound(52 * system));
    const QString sheet = styleSheetOf(theme(ThemeKind::dark), 2);
    QVERIFY(sheet.contains("border: 1px solid"));
    QVERIFY(sheet.contains("margin: -12px 0"));
    QVERIFY(!styleSheetOf(theme(ThemeKind::dark), 1).contains('@'));
  }

  void sizes_count_in_system_points_and_zoom_within_bounds() {
    QCOMPARE(uiScale(10, 1), 1.0);
    QCOMPARE(uiScale(12, 1.5), 1.8);
    QCOMPARE(uiScale(9, 1), 1.0);
    QCOMPARE(uiScale(10, 5), 2.0);
    QCOMPARE(uiScale(10, 0.1), 0.8);
  }

  void every_role_has_its_size_and_weight() {
    const FontSet fonts = loadFonts(1);
    const struct {
      TextRole role;
      int pixels;
      int weight;
    } rows[] = {{TextRole::caption, 11, 400},     {TextRole::caption_medium, 11, 500},
                {TextRole::table, 12, 400},       {TextRole::body, 13, 400},
                {TextRole::body_strong, 13, 600}, {TextRole::heading, 15, 600},
                {TextRole::figure, 24, 500},      {TextRole::mono, 12, 400}};
    for (const auto& row : rows) {
      const QFont font = fontFor(fonts, row.role);
      QCOMPARE(font.pixelSize(), row.pixels);
      QCOMPARE(static_cast<int>(font.weight()), row.weight);
      if (row.role == TextRole::mono) continue;
      const QFontInfo found(font);  // of what Qt really loaded
      QCOMPARE(found.family(), QString("Studio Sans"));
      QCOMPARE(found.weight(), row.weight);
    }
    QVERIFY(QFontInfo(fontFor(fonts, TextRole::body, true)).italic());
    QVERIFY(QFontInfo(fontFor(fonts, TextRole::mono)).fixedPitch());
    QCOMPARE(fontFor(loadFonts(0.8), TextRole::caption).pixelSize(), 11);  // the least there is
    QCOMPARE(fontFor(loadFonts(2), TextRole::heading).pixelSize(), 30);
  }

  void loading_fonts_again_registers_nothing_new() {
    loadFonts(1);
    const auto styles = QFontDatabase::styles("Studio Sans");
    loadFonts(1.5);
    QCOMPARE(QFontDatabase::styles("Studio Sans"), styles);
    QCOMPARE(styles.size(), 4);
  }

  void every_kind_of_widget_is_polished_and_painted_without_a_warning() {
    for (const ThemeKind kind : both_themes) {
      for (const double zoom : {0.8, 1.0, 2.0}) {
        messages.clear();
        qInstallMessageHandler(collectMessages);
        applyTheme(application(), kind, zoom);
        const auto window = proof_sheet::makeWindow(kind);
        window->show();
        QVERIFY(!window->grab().isNull());
        for (QMenu* menu : window->menuBar()->findChildren<QMenu*>()) menu->grab();
        QDialogButtonBox dialog(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
        QToolTip::showText({0, 0}, "a tip", window.get());
        QScrollBar bar;
        for (QWidget* widget : std::initializer_list<QWidget*>{&dialog, &bar}) widget->grab();
        qInstallMessageHandler(nullptr);
        QVERIFY2(messages.isEmpty(), qPrintable(messages.join('\n')));
      }
    }
  }

  // TREEGRPO_KEEP_PROOF=1 leaves the pictures where they are and says where that is.
  void the_proof_sheet_can_be_looked_at() {
    QTemporaryDir folder;
    const bool keep = qEnvironmentVariableIsSet("TREEGRPO_KEEP_PROOF");
    folder.setAutoRemove(!keep);
    for (const ThemeKind kind : both_themes) {
      applyTheme(application(), kind, 1);
      const auto window = proof_sheet::makeWindow(kind);
      window->show();
      QVERIFY(QTest::qWaitForWindowExposed(window.get()));
      const QImage image = window->grab().toImage();
      const QString name = kind == ThemeKind::dark ? "dark.png" : "light.png";
      QVERIFY(image.save(folder.filePath(name)));
      QMenu menu;
      menu.addAction(icon("copy", theme(kind)), "Copy the numbers")
          ->setShortcut(QKeySequence::Copy);
      menu.addSeparator();
      menu.addAction("Keep")->setCheckable(true);
      menu.actions().last()->setChecked(true);
      menu.addMenu("More")->addAction("…");
      menu.addAction("Not now")->setEnabled(false);
      menu.setActiveAction(menu.actions().first());
      QVERIFY(menu.grab().save(folder.filePath("menu-" + name)));
      if (keep) qInfo("%s", qPrintable(folder.filePath(name)));
      // The canvas has its own ground, the menu bar that of the window.
      auto* canvas = window->centralWidget()->layout()->itemAt(1)->widget();
      const QPoint corner = canvas->mapTo(window.get(), QPoint(3, 3));
      QCOMPARE(image.pixelColor(corner), qt(theme(kind).canvas));
      QCOMPARE(image.pixelColor(500, 2), qt(theme(kind).window));
    }
  }
};

QTEST_MAIN(TestStudioStyle)
#include "tst_studio_style.moc"
