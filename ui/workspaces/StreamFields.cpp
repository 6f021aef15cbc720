// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/StreamFields.h"

#include "models/schema/SensitiveNames.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace desk {
namespace {

constexpr int NamesHeight = 76; // three lines and a half: that there are more is seen

// -1: no whole number.
qint64 numberOf(const QLineEdit &line)
{
    static const QRegularExpression grouping(QStringLiteral("[\\s\\x{a0}\\x{202f},'_]"));
    bool isNumber = false;
    const qint64 number = QString(line.text()).remove(grouping).toLongLong(&isNumber);
    return isNumber ? number : -1;
}

bool hasLetter(const QString &name)
{
    return std::any_of(name.begin(), name.end(), [](QChar letter) { return letter.isLetterOrNumber(); });
}

QLabel *newProblem(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setProperty("role", QStringLiteral("problem"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    return label;
}

} // namespace

StreamFields::StreamFields(QWidget *parent)
    : QWidget(parent)
    , m_names(new QPlainTextEdit(this))
    , m_namesProblem(newProblem(this))
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows = addBound(tr("&Keeps"), tr("messages"), "streamLogRows");
    m_mebibytes = addBound(tr("Memor&y"), tr("MiB"), "streamLogMebibytes");
    addNames();
    showProblems();
}

StreamFields::Bound StreamFields::addBound(const QString &label, const QString &unit, const char *name)
{
    Bound bound{new QLineEdit(this), newProblem(this)};
    bound.line->setObjectName(QLatin1String(name));
    bound.line->setAlignment(Qt::AlignRight);
    bound.line->setMaximumWidth(140);
    bound.line->setToolTip(tr("Whichever bound is met first, the oldest messages go and are counted"));
    bound.problem->setObjectName(QLatin1String(name) + QStringLiteral("Problem"));
    auto *unitLabel = new QLabel(unit, this);
    unitLabel->setProperty("role", QStringLiteral("muted"));
    auto *row = new QHBoxLayout;
    row->addWidget(bound.line);
    row->addWidget(unitLabel, 1);
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(bound.problem);
    auto *form = static_cast<QFormLayout *>(layout());
    auto *title = new QLabel(label, this);
    title->setBuddy(bound.line);
    form->addRow(title, column);
    connect(bound.line, &QLineEdit::textEdited, this, [this] {
        showProblems();
        Q_EMIT edited();
    });
    return bound;
}

void StreamFields::addNames()
{
    m_names->setObjectName(QStringLiteral("sensitiveNames"));
    m_names->setAccessibleName(tr("Names of sensitive values"));
    m_names->setToolTip(
        tr("Values with such a name are masked wherever messages are shown, searched, exported or "
           "compared. Five letters or more are looked for anywhere in a name; fewer must begin a "
           "word of it."));
    m_names->setTabChangesFocus(true);
    m_names->setFixedHeight(NamesHeight);
    m_namesProblem->setObjectName(QStringLiteral("sensitiveNamesProblem"));
    auto *defaults = new QPushButton(tr("Default names"), this);
    defaults->setObjectName(QStringLiteral("defaultSensitiveNames"));
    defaults->setToolTip(tr("Mask passwords, tokens, card data and their like again"));
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_namesProblem, 1);
    foot->addStretch();
    foot->addWidget(defaults);
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(m_names);
    column->addLayout(foot);
    auto *title = new QLabel(tr("Mas&ked"), this);
    title->setBuddy(m_names);
    static_cast<QFormLayout *>(layout())->addRow(title, column);
    connect(m_names, &QPlainTextEdit::textChanged, this, [this] {
        showProblems();
        Q_EMIT edited();
    });
    connect(defaults, &QPushButton::clicked, this,
            [this] { m_names->setPlainText(SensitiveNames::defaultPatterns().join(QStringLiteral(", "))); });
}

void StreamFields::setSettings(const StreamLogSettings &log, const QStringList &sensitiveNames)
{
    const QSignalBlocker quiet(this);
    m_rows.line->setText(log.rows < 0 ? QString() : groupedNumber(log.rows));
    m_mebibytes.line->setText(log.mebibytes < 0 ? QString() : groupedNumber(log.mebibytes));
    m_names->setPlainText(sensitiveNames.join(QStringLiteral(", ")));
    showProblems();
}

StreamLogSettings StreamFields::log() const
{
    return {numberOf(*m_rows.line), numberOf(*m_mebibytes.line)};
}

QStringList StreamFields::sensitiveNames() const
{
    static const QRegularExpression divider(QStringLiteral("[,;\\n]"));
    QStringList names;
    const QStringList parts = m_names->toPlainText().split(divider);
    for (const QString &part : parts) {
        if (const QString name = part.simplified(); !name.isEmpty() && !names.contains(name))
            names.append(name);
    }
    return names;
}

void StreamFields::showProblems()
{
    const auto show = [](QWidget *field, QLabel *label, const QString &sentence) {
        Theme::setProperty(field, "invalid", !sentence.isEmpty());
        label->setText(sentence);
        label->setVisible(!sentence.isEmpty());
        field->setAccessibleDescription(sentence);
    };
    StreamLogSettings rows;
    rows.rows = log().rows;
    const Expected<> rowsChecked = checkStreamLog(rows);
    show(m_rows.line, m_rows.problem, rowsChecked ? QString() : rowsChecked.error().sentence);
    StreamLogSettings memory;
    memory.mebibytes = log().mebibytes;
    const Expected<> memoryChecked = checkStreamLog(memory);
    show(m_mebibytes.line, m_mebibytes.problem, memoryChecked ? QString() : memoryChecked.error().sentence);
    const QStringList names = sensitiveNames();
    const auto wrong = std::find_if_not(names.begin(), names.end(), hasLetter);
    show(m_names, m_namesProblem,
         names.isEmpty()            ? tr("Without any name, passwords and card data are shown to everybody.")
             : wrong != names.end() ? tr("“%1” has no letter to look for.").arg(*wrong)
                                    : QString());
}

QString StreamFields::markWrong()
{
    for (const auto &[field, label] : {std::pair<QWidget *, QLabel *>{m_rows.line, m_rows.problem},
                                       {m_mebibytes.line, m_mebibytes.problem}}) {
        if (label->text().isEmpty())
            continue;
        field->setFocus();
        return label->text();
    }
    const QStringList names = sensitiveNames();
    if (std::all_of(names.begin(), names.end(), hasLetter)) // none at all is said, and allowed
        return {};
    m_names->setFocus();
    return m_namesProblem->text();
}

} // namespace desk
