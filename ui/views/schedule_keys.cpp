#include "views/schedule_keys.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStyle>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>

#include "record/config_fields.h"
#include "tree/method.h"

namespace treegrpo {
namespace {

// Qt's spin boxes hold ints; options that only have a least value end here.
constexpr int most_number = 100'000;

struct FieldTitle {
  const char* key;
  const char* title;
};
constexpr FieldTitle titles[] = {{"method.window_rule", "Start"},
                                 {"method.window_ratio", "r"},
                                 {"method.window_start", "from step"},
                                 {"method.shift_every", "every"},
                                 {"method.shift_by", "by"},
                                 {"method.window", "w"},
                                 {"method.branch", "k"},
                                 {"method.trees", "trees"},
                                 {"method.group", "images"},
                                 {"sampler.noise_level", "η"},
                                 {"method.train_fraction", "trained share"}};

struct RuleTitle {
  const char* name;
  const char* title;
};
constexpr RuleTitle rules[] = {
    {"random_geometric", "drawn, p(i) ∝ rⁱ"}, {"shifting", "sliding"}, {"fixed", "fixed"}};

const ConfigField& fieldOf(const std::string& key) {
  const auto fields = config_fields();
  return *std::find_if(fields.begin(), fields.end(),
                       [&](const ConfigField& field) { return field.key == key; });
}

// Whether the schedule of a config is made from that option.
bool isRead(const std::string& key, const RunConfig& config) {
  const std::string& name = config.method.name;
  const std::string& rule = config.method.window_rule;
  const bool windowed = method_named(name).windowed;
  const bool tree = name == "treegrpo" || name == "branchgrpo";
  if (key == "method.window_rule" || key == "method.window") return windowed;
  if (key == "method.window_ratio") return windowed && rule == "random_geometric";
  if (key == "method.window_start") return windowed && rule != "random_geometric";
  if (key == "method.shift_every" || key == "method.shift_by")
    return windowed && rule == "shifting";
  if (key == "method.branch") return tree;
  if (key == "method.trees") return tree || name == "custom";
  if (key == "method.group") return !tree && name != "custom";
  if (key == "sampler.noise_level") return name != "custom";
  return name == "dancegrpo";  // method.train_fraction
}

QString tipOf(const ConfigField& field) {
  QString tip = QString::fromStdString(field.key + ": " + field.help);
  const std::string bounds = field_bounds_text(field);
  if (!bounds.empty()) tip += " (" + QString::fromStdString(bounds) + ")";
  return tip;
}

// What the option may be beside these steps.
int mostOf(const std::string& key, const ConfigField& field, const RunConfig& config) {
  if (key == "method.window") return std::max(1, config.sampler.steps - 1);
  if (key == "method.window_start")
    return std::max(0, config.sampler.steps - config.method.window - 1);
  return static_cast<int>(std::min<double>(most_number, field.range.maximum));
}

}  // namespace

ScheduleKeys::ScheduleKeys(QWidget* parent)
    : QWidget(parent), methods_(new QTabBar), row_(new QWidget) {
  setObjectName("scheduleKeys");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 4, 10, 6);
  column->setSpacing(4);
  auto* first = tools_ = new QHBoxLayout;
  auto* label = new QLabel(tr("Method"));
  label->setProperty("role", "secondary");
  first->addWidget(label);
  first->addWidget(methods_, 1);
  column->addLayout(first);
  addMethods();
  auto* row = new QHBoxLayout(row_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  for (const FieldTitle& at : titles) addField(at.key, tr(at.title));
  row->addStretch(1);
  column->addWidget(row_);
}

// Tab comes to it before it goes to the options below.
void ScheduleKeys::addTool(QWidget* tool) {
  QWidget* before = methods_;
  for (int at = 0; at < tools_->count(); ++at)
    if (QWidget* one = tools_->itemAt(at)->widget(); one && (one->focusPolicy() & Qt::TabFocus))
      before = one;
  tools_->addWidget(tool);
  setTabOrder(before, tool);
}

void ScheduleKeys::addMethods() {
  methods_->setObjectName("scheduleMethods");
  methods_->setAccessibleName(tr("Method"));
  methods_->setProperty("segmented", true);
  methods_->setDrawBase(false);
  methods_->setExpanding(false);
  for (const Method& method : methods()) {
    const bool custom = method.name == "custom";
    const auto title = QString::fromUtf8(method.title.data(), qsizetype(method.title.size()));
    const int tab = methods_->addTab(custom ? tr("Custom") : title);
    methods_->setTabData(tab, QString::fromUtf8(method.name.data(), qsizetype(method.name.size())));
    methods_->setTabToolTip(
        tab, QString::fromUtf8(method.sentence.data(), qsizetype(method.sentence.size())));
  }
  connect(methods_, &QTabBar::currentChanged, this,
          [this](int tab) { Q_EMIT methodAsked(methods_->tabData(tab).toString()); });
}

QWidget* ScheduleKeys::makeRules() {
  auto* box = new QComboBox;
  for (const RuleTitle& rule : rules) box->addItem(tr(rule.title), rule.name);
  connect(box, &QComboBox::activated, this,
          [this, box] { Q_EMIT keyAsked("method.window_rule", box->currentData().toString()); });
  return box;
}

QWidget* ScheduleKeys::makeEditor(const std::string& key) {
  if (key == "method.window_rule") return makeRules();
  const ConfigField& field = fieldOf(key);
  const QString name = QString::fromStdString(key);
  if (field.kind == FieldKind::real) {
    auto* box = new QDoubleSpinBox;
    box->setRange(field.range.above_minimum ? .01 : std::max(0., field.range.minimum),
                  std::min(field.range.maximum, field.range.below_maximum ? .99 : 10.));
    box->setSingleStep(.05);
    box->setKeyboardTracking(true);
    connect(box, &QDoubleSpinBox::valueChanged, this,
            [this, name](double value) { Q_EMIT keyAsked(name, QString::number(value, 'g', 12)); });
    return box;
  }
  auto* box = new QSpinBox;
  box->setMinimum(static_cast<int>(std::max(0., field.range.minimum)));
  connect(box, &QSpinBox::valueChanged, this,
          [this, name](int value) { Q_EMIT keyAsked(name, QString::number(value)); });
  return box;
}

void ScheduleKeys::addField(const std::string& key, const QString& title) {
  Field field{key, new QLabel(title), makeEditor(key)};
  field.label->setProperty("role", "secondary");
  field.label->setBuddy(field.editor);
  field.editor->setObjectName("schedule." + QString::fromStdString(key));
  field.editor->setAccessibleName(title);
  field.editor->setToolTip(tipOf(fieldOf(key)));
  field.editor->setProperty("small", true);
  row_->layout()->addWidget(field.label);
  row_->layout()->addWidget(field.editor);
  fields_.push_back(field);
}

void ScheduleKeys::showValue(const Field& field, const RunConfig& drawn, const RunConfig& run) {
  const bool shown = isRead(field.key, drawn);
  field.label->setVisible(shown);
  field.editor->setVisible(shown);
  const QString value = QString::fromStdString(get_field(drawn, field.key));
  const QSignalBlocker silent(field.editor);
  if (auto* box = qobject_cast<QComboBox*>(field.editor))
    box->setCurrentIndex(box->findData(value));
  if (auto* box = qobject_cast<QDoubleSpinBox*>(field.editor))
    if (box->value() != value.toDouble()) box->setValue(value.toDouble());
  if (auto* box = qobject_cast<QSpinBox*>(field.editor)) {
    box->setMaximum(std::max(value.toInt(), mostOf(field.key, fieldOf(field.key), drawn)));
    if (box->value() != value.toInt()) box->setValue(value.toInt());
  }
  const bool staged = get_field(drawn, field.key) != get_field(run, field.key);
  if (field.editor->property("staged").toBool() == staged) return;
  field.editor->setProperty("staged", staged);
  field.editor->style()->unpolish(field.editor);
  field.editor->style()->polish(field.editor);
}

void ScheduleKeys::setConfig(const RunConfig& drawn, const RunConfig& run) {
  const QSignalBlocker silent(methods_);
  for (int tab = 0; tab < methods_->count(); ++tab)
    if (methods_->tabData(tab).toString().toStdString() == drawn.method.name)
      methods_->setCurrentIndex(tab);
  for (const Field& field : fields_) showValue(field, drawn, run);
}

}  // namespace treegrpo
