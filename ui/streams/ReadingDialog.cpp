// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/ReadingDialog.h"

#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace desk {
namespace {

void setProblem(QLabel *label, QWidget *field, const QString &sentence)
{
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
    field->setAccessibleDescription(sentence);
    Theme::setProperty(field, "invalid", !sentence.isEmpty());
}

QDateTimeEdit *newTime(const QString &name, const QString &object, QWidget *parent)
{
    auto *time = new QDateTimeEdit(parent);
    time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    time->setCalendarPopup(true);
    time->setAccessibleName(name);
    time->setObjectName(object);
    return time;
}

QLabel *labelOf(const QString &text, QWidget *field)
{
    auto *label = new QLabel(text, field->parentWidget());
    label->setBuddy(field);
    return label;
}

QHBoxLayout *row(std::initializer_list<QWidget *> fields)
{
    auto *layout = new QHBoxLayout;
    layout->setSpacing(8);
    for (QWidget *field : fields)
        layout->addWidget(field, 1);
    return layout;
}

} // namespace

ReadingDialog::ReadingDialog(const StreamChoice &choice, const StreamChoice &standard, QWidget *parent,
                             Purpose purpose)
    : QDialog(parent)
    , m_choice(choice)
    , m_start(new QComboBox(this))
    , m_count(new QLineEdit(this))
    , m_offset(new QLineEdit(this))
    , m_from(newTime(tr("Read from this time"), QStringLiteral("readingFrom"), this))
    , m_end(new QComboBox(this))
    , m_until(newTime(tr("Read until this time"), QStringLiteral("readingUntil"), this))
    , m_untilOffset(new QLineEdit(this))
    , m_partitions(new QLineEdit(this))
    , m_submit(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(520);
    m_start->setAccessibleName(tr("From"));
    m_start->setObjectName(QStringLiteral("readingStart"));
    m_count->setAccessibleName(tr("Messages of each partition"));
    m_count->setObjectName(QStringLiteral("readingCount"));
    m_offset->setAccessibleName(tr("Offset"));
    m_offset->setObjectName(QStringLiteral("readingOffset"));
    m_offset->setToolTip(tr("Where a partition does not hold it any more, or yet, the nearest one is taken"));
    m_end->setAccessibleName(tr("Until"));
    m_end->setObjectName(QStringLiteral("readingEnd"));
    m_untilOffset->setAccessibleName(tr("Before this offset"));
    m_untilOffset->setObjectName(QStringLiteral("readingUntilOffset"));
    offer(purpose);
    m_partitions->setAccessibleName(tr("Partitions"));
    m_partitions->setObjectName(QStringLiteral("readingPartitions"));
    m_partitions->setPlaceholderText(tr("All, or such as 0, 2, 5-7"));

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(labelOf(tr("&From"), m_start), row({m_start, m_count, m_offset, m_from}));
    m_startProblem = addProblem(form);
    form->addRow(labelOf(tr("&Until"), m_end), row({m_end, m_until, m_untilOffset}));
    m_endProblem = addProblem(form);
    form->addRow(tr("&Partitions"), m_partitions);
    m_partitionsProblem = addProblem(form);
    m_startProblem->setObjectName(QStringLiteral("readingStartProblem"));
    m_endProblem->setObjectName(QStringLiteral("readingEndProblem"));
    m_partitionsProblem->setObjectName(QStringLiteral("readingPartitionsProblem"));

    auto *standardButton = new QPushButton(tr("Back to the &default"), this);
    standardButton->setObjectName(QStringLiteral("readingDefault"));
    standardButton->setAutoDefault(false);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    m_submit->setObjectName(QStringLiteral("readingGo"));
    m_submit->setProperty("primary", true);
    m_submit->setDefault(true);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(standardButton);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_submit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(14);
    layout->addLayout(form);
    layout->addLayout(foot);

    fill(choice);
    connect(m_start, &QComboBox::currentIndexChanged, this, &ReadingDialog::check);
    connect(m_end, &QComboBox::currentIndexChanged, this, &ReadingDialog::check);
    for (const QLineEdit *field : {m_count, m_offset, m_untilOffset, m_partitions})
        connect(field, &QLineEdit::textChanged, this, &ReadingDialog::check);
    for (const QDateTimeEdit *field : {m_from, m_until})
        connect(field, &QDateTimeEdit::dateTimeChanged, this, &ReadingDialog::check);
    connect(standardButton, &QPushButton::clicked, this, [this, standard] {
        fill(standard);
        check();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_submit, &QPushButton::clicked, this, &ReadingDialog::submit);
}

void ReadingDialog::offer(Purpose purpose)
{
    const bool isReading = purpose == Purpose::Read;
    setWindowTitle(isReading ? tr("What is read") : tr("What is searched"));
    m_start->addItem(tr("The beginning"), int(StreamStart::Kind::Beginning));
    if (isReading)
        m_start->addItem(tr("Now: only what comes"), int(StreamStart::Kind::End));
    m_start->addItem(tr("The last messages of each partition"), int(StreamStart::Kind::LastMessages));
    m_start->addItem(tr("An offset in each partition"), int(StreamStart::Kind::Offset));
    m_start->addItem(tr("A time"), int(StreamStart::Kind::Time));
    if (isReading)
        m_end->addItem(tr("Never: goes on with what comes"), int(StreamEnd::Kind::Never));
    m_end->addItem(isReading ? tr("The end, as it is when reading begins")
                             : tr("The end, as it is when the search begins"),
                   int(StreamEnd::Kind::AtEnd));
    m_end->addItem(tr("Before a time"), int(StreamEnd::Kind::Time));
    m_end->addItem(tr("Before an offset in each partition"), int(StreamEnd::Kind::Offset));
    m_submit->setText(isReading ? tr("Read") : tr("Search these"));
}

QLabel *ReadingDialog::addProblem(QFormLayout *form)
{
    auto *label = new QLabel(this);
    label->setProperty("role", QStringLiteral("problem"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    form->addRow(QString(), label);
    return label;
}

void ReadingDialog::fill(const StreamChoice &choice)
{
    const QDateTime now = QDateTime::currentDateTime();
    m_start->setCurrentIndex(m_start->findData(int(choice.start.kind)));
    m_count->setText(groupedNumber(choice.start.count > 0 ? choice.start.count : 100));
    m_offset->setText(groupedNumber(choice.start.offset));
    m_from->setDateTime(choice.start.time.isValid() ? choice.start.time.toLocalTime() : now.addSecs(-3600));
    m_end->setCurrentIndex(m_end->findData(int(choice.end.kind)));
    m_until->setDateTime(choice.end.time.isValid() ? choice.end.time.toLocalTime() : now);
    m_untilOffset->setText(groupedNumber(choice.end.offset));
    m_partitions->setText(partitionsText(choice.partitions));
    check();
}

void ReadingDialog::check()
{
    const auto start = StreamStart::Kind(m_start->currentData().toInt());
    m_count->setVisible(start == StreamStart::Kind::LastMessages);
    m_offset->setVisible(start == StreamStart::Kind::Offset);
    m_from->setVisible(start == StreamStart::Kind::Time);
    const auto end = StreamEnd::Kind(m_end->currentData().toInt());
    m_until->setVisible(end == StreamEnd::Kind::Time);
    m_untilOffset->setVisible(end == StreamEnd::Kind::Offset);
    m_submit->setEnabled(read().has_value());
}

// Marks what cannot be read.
std::optional<StreamChoice> ReadingDialog::read()
{
    StreamChoice choice = m_choice;
    choice.start = {};
    choice.start.kind = StreamStart::Kind(m_start->currentData().toInt());
    QString startProblem;
    QWidget *startField = m_start;
    if (choice.start.kind == StreamStart::Kind::LastMessages
        || choice.start.kind == StreamStart::Kind::Offset) {
        const bool isCount = choice.start.kind == StreamStart::Kind::LastMessages;
        startField = isCount ? m_count : m_offset;
        const auto number = countFromText(isCount ? m_count->text() : m_offset->text(), isCount ? 1 : 0);
        if (number)
            (isCount ? choice.start.count : choice.start.offset) = *number;
        else
            startProblem = number.error().sentence;
    } else if (choice.start.kind == StreamStart::Kind::Time) {
        startField = m_from;
        choice.start.time = m_from->dateTime().toUTC();
    }
    const QString endProblem = readEnd(choice);
    const auto partitions = partitionsFromText(m_partitions->text());
    for (QWidget *field : std::initializer_list<QWidget *>{m_start, m_count, m_offset, m_from})
        setProblem(m_startProblem, field, field == startField ? startProblem : QString());
    setProblem(m_startProblem, startField, startProblem);
    QWidget *endField = m_end;
    if (choice.end.kind == StreamEnd::Kind::Time)
        endField = m_until;
    else if (choice.end.kind == StreamEnd::Kind::Offset)
        endField = m_untilOffset;
    for (QWidget *field : std::initializer_list<QWidget *>{m_end, m_until, m_untilOffset})
        setProblem(m_endProblem, field, {});
    setProblem(m_endProblem, endField, endProblem);
    setProblem(m_partitionsProblem, m_partitions, partitions ? QString() : partitions.error().sentence);
    if (!startProblem.isEmpty() || !endProblem.isEmpty() || !partitions)
        return {};
    choice.partitions = *partitions;
    return choice;
}

QString ReadingDialog::readEnd(StreamChoice &choice) const
{
    choice.end = {};
    choice.end.kind = StreamEnd::Kind(m_end->currentData().toInt());
    const bool beginsNow = choice.start.kind == StreamStart::Kind::End;
    switch (choice.end.kind) {
    case StreamEnd::Kind::Never:
        return {};
    case StreamEnd::Kind::AtEnd:
        return beginsNow ? tr("Reading that begins now is at the end already. Choose another beginning.")
                         : QString();
    case StreamEnd::Kind::Time:
        choice.end.time = m_until->dateTime().toUTC();
        if (choice.start.kind == StreamStart::Kind::Time && choice.end.time <= choice.start.time)
            return tr("This is not after the time from which is read.");
        break;
    case StreamEnd::Kind::Offset: {
        const auto offset = countFromText(m_untilOffset->text(), 0);
        if (!offset)
            return offset.error().sentence;
        choice.end.offset = *offset;
        if (choice.start.kind == StreamStart::Kind::Offset && *offset <= choice.start.offset)
            return tr("This is not after the offset from which is read.");
        break;
    }
    }
    return beginsNow ? tr("Nothing older is read when reading begins now. Choose another beginning.")
                     : QString();
}

void ReadingDialog::submit()
{
    const auto choice = read();
    if (!choice)
        return;
    accept();
    Q_EMIT chosen(*choice);
}

} // namespace desk
