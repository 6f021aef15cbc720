// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageDifferenceDialog.h"

#include "models/store/WhenFinished.h"
#include "ui/parts/TabularText.h"
#include "ui/parts/TimeText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DifferenceModel.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDateTime>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QtConcurrentRun>

namespace desk {
namespace {

constexpr int RowHeight = 25;

QString placeOf(const StreamMessage &message)
{
    QStringList parts{message.topic, MessageDifferenceDialog::tr("partition %1").arg(message.partition),
                      MessageDifferenceDialog::tr("offset %1").arg(groupedNumber(message.offset))};
    if (message.timestamp >= 0)
        parts.append(exactTime(QDateTime::fromMSecsSinceEpoch(message.timestamp)));
    return parts.join(QStringLiteral(" · "));
}

// Values in a face that shows every character, states in their colours.
class DifferenceDelegate : public QStyledItemDelegate
{
public:
    DifferenceDelegate(Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Colours &colours = m_theme.colours();
        const auto kind = DifferenceRow::Kind(index.data(DifferenceModel::KindRole).toInt());
        option->textElideMode = Qt::ElideRight;
        const int column = index.column();
        if (column == DifferenceModel::LeftColumn || column == DifferenceModel::RightColumn)
            option->font = m_theme.monospace();
        if (column == DifferenceModel::PartColumn)
            setText(*option, colours.muted);
        else if (column == DifferenceModel::StateColumn)
            setText(*option, stateColour(kind, colours));
    }

private:
    static void setText(QStyleOptionViewItem &option, const QColor &colour)
    {
        option.palette.setColor(QPalette::Text, colour);
        option.palette.setColor(QPalette::HighlightedText, colour);
    }
    static QColor stateColour(DifferenceRow::Kind kind, const Colours &colours)
    {
        switch (kind) {
        case DifferenceRow::Kind::OnlyLeft:
            return colours.refused.text;
        case DifferenceRow::Kind::OnlyRight:
            return colours.published.text;
        case DifferenceRow::Kind::Changed:
            return colours.saved.text;
        case DifferenceRow::Kind::MaskedChanged:
        case DifferenceRow::Kind::MaskedUnknown:
            return colours.waiting.text;
        case DifferenceRow::Kind::Same:
        case DifferenceRow::Kind::MaskedSame:
            break;
        }
        return colours.muted;
    }

    Theme &m_theme;
};

} // namespace

MessageDifferenceDialog::MessageDifferenceDialog(const ComparedMessage &left, const ComparedMessage &right,
                                                 Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_model(new DifferenceModel(this))
    , m_table(new QTableView(this))
    , m_summary(new QLabel(this))
    , m_onlyDifferences(new QCheckBox(tr("&Only what differs"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("messageDifference"));
    setWindowTitle(tr("Compare two messages"));
    resize(900, 520);
    build(placeOf(left.message), placeOf(right.message));
    compare(left, right);
}

void MessageDifferenceDialog::build(const QString &left, const QString &right)
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new DifferenceDelegate(m_theme, this));
    m_table->setAccessibleName(tr("Differences"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->horizontalHeader()->setStyleSheet(
        QStringLiteral("QHeaderView::section { padding: 5px 3px; }")); // in line with the cells
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->resizeSection(DifferenceModel::PartColumn, 76);
    header->resizeSection(DifferenceModel::NameColumn, 170);
    header->resizeSection(DifferenceModel::StateColumn, 124);
    for (const int column : {DifferenceModel::LeftColumn, DifferenceModel::RightColumn})
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    m_summary->setObjectName(QStringLiteral("differenceSummary"));
    m_summary->setText(tr("Comparing…"));
    m_onlyDifferences->setObjectName(QStringLiteral("onlyDifferences"));
    m_onlyDifferences->setChecked(true);
    connect(m_onlyDifferences, &QCheckBox::toggled, this, [this](bool only) {
        m_model->setShown(only ? DifferenceModel::Shown::Differences : DifferenceModel::Shown::All);
    });

    auto *places = new QGridLayout;
    places->setHorizontalSpacing(12);
    places->setVerticalSpacing(2);
    const std::pair<QString, QString> sides[] = {{tr("Left"), left}, {tr("Right"), right}};
    for (int row = 0; row < 2; ++row) {
        auto *side = new QLabel(sides[row].first, this);
        side->setProperty("role", QStringLiteral("muted"));
        auto *place = new QLabel(sides[row].second, this);
        place->setTextFormat(Qt::PlainText);
        places->addWidget(side, row, 0);
        places->addWidget(place, row, 1);
    }
    places->setColumnStretch(1, 1);
    auto *copyButton = new QPushButton(tr("&Copy"), this);
    copyButton->setAutoDefault(false);
    copyButton->setToolTip(tr("Copy the lines that are shown"));
    connect(copyButton, &QPushButton::clicked, this, &MessageDifferenceDialog::copy);
    auto *closeButton = new QPushButton(tr("Close"), this);
    closeButton->setAutoDefault(false);
    connect(closeButton, &QPushButton::clicked, this, &QDialog::close);
    auto *copyAction = new QAction(this);
    copyAction->setShortcut(QKeySequence::Copy);
    connect(copyAction, &QAction::triggered, this, &MessageDifferenceDialog::copy);
    addAction(copyAction);

    auto *middle = new QHBoxLayout;
    middle->addWidget(m_summary, 1);
    middle->addWidget(m_onlyDifferences);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(copyButton);
    foot->addWidget(closeButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(8);
    layout->addLayout(places);
    layout->addLayout(middle);
    layout->addWidget(m_table, 1);
    layout->addLayout(foot);
    m_table->setFocus();
}

void MessageDifferenceDialog::compare(const ComparedMessage &left, const ComparedMessage &right)
{
    const auto leftShared = std::make_shared<const ComparedMessage>(left);
    const auto rightShared = std::make_shared<const ComparedMessage>(right);
    whenFinished(
        QtConcurrent::run([leftShared, rightShared] { return differenceOf(*leftShared, *rightShared); }),
        this, [this](const MessageDifference &difference) { take(difference); });
}

void MessageDifferenceDialog::take(const MessageDifference &difference)
{
    m_model->setDifference(difference);
    QString by;
    switch (difference.manner) {
    case MessageDifference::Manner::Fields:
        by = tr("values by their fields");
        break;
    case MessageDifference::Manner::Lines:
        by = tr("values by their lines");
        break;
    case MessageDifference::Manner::Bytes:
        by = tr("values by their bytes");
        break;
    }
    QStringList parts;
    parts.append(difference.differences == 0 ? tr("Nothing differs")
                     : difference.differences == 1
                     ? tr("1 difference")
                     : tr("%1 differences").arg(groupedNumber(difference.differences)));
    parts.append(by);
    if (difference.isCut)
        parts.append(tr("the first %1 are listed").arg(groupedNumber(MessageDifference::MaximumRows)));
    m_summary->setText(parts.join(QStringLiteral(" · ")));
    Q_EMIT compared();
}

QString MessageDifferenceDialog::summary() const
{
    return m_summary->text();
}

void MessageDifferenceDialog::copy() const
{
    QGuiApplication::clipboard()->setText(m_model->text());
}

} // namespace desk
