// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageHead.h"

#include "kafka/PayloadText.h"
#include "ui/parts/TabularText.h"
#include "ui/parts/TimeText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DecodingMenu.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>

namespace desk {
namespace {

constexpr qsizetype KeyLength = 60;

QString bytesText(qsizetype bytes)
{
    return bytes < 1000 ? QStringLiteral("%1 B").arg(bytes)
                        : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

// Every way that was tried, with its reason.
QString attemptsText(const DecodedMessage &decoded)
{
    QStringList lines;
    for (const DecodingAttempt &attempt : decoded.value.attempts)
        lines.append(QStringLiteral("%1: %2").arg(formatWord(attempt.format), attempt.reason));
    return lines.join(u'\n');
}

} // namespace

QString sizesText(const StreamMessage &message)
{
    QStringList parts;
    parts.append(message.hasKey ? MessageHead::tr("key %1").arg(bytesText(message.key.size()))
                                : MessageHead::tr("no key"));
    parts.append(message.hasValue ? MessageHead::tr("value %1").arg(bytesText(message.value.size()))
                                  : MessageHead::tr("no value"));
    qsizetype headers = 0;
    for (const MessageHeader &header : message.headers)
        headers += header.name.size() + header.value.size();
    if (message.headers.isEmpty())
        parts.append(MessageHead::tr("no headers"));
    else
        parts.append(
            message.headers.size() == 1
                ? MessageHead::tr("1 header %1").arg(bytesText(headers))
                : MessageHead::tr("%1 headers %2").arg(message.headers.size()).arg(bytesText(headers)));
    return parts.join(QStringLiteral(" · "));
}

QString tombstoneText(const StreamMessage &message, const DecodedMessage &decoded)
{
    if (message.hasValue)
        return {};
    return message.hasKey ? MessageHead::tr("Tombstone: deletes key %1 on compacted topics.")
                                .arg(oneLine(decoded.key.summary, KeyLength))
                          : MessageHead::tr("Neither key nor value: it deletes nothing.");
}

MessageHead::MessageHead(Theme &theme, DecodingMenu &decodingMenu, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_record(new QPushButton(tr("Show record"), this))
    , m_meta(new QLabel(this))
    , m_sizes(new QLabel(this))
    , m_tombstone(new QLabel(this))
    , m_problem(new QLabel(this))
{
    m_sizes->setObjectName(QStringLiteral("messageSizes"));
    m_tombstone->setObjectName(QStringLiteral("messageTombstone"));
    m_title->setProperty("role", QStringLiteral("heading"));
    m_meta->setProperty("role", QStringLiteral("muted"));
    m_sizes->setProperty("role", QStringLiteral("muted"));
    m_problem->setProperty("role", QStringLiteral("problem"));
    for (QLabel *label : {m_title, m_meta, m_sizes, m_tombstone, m_problem})
        label->setTextFormat(Qt::PlainText);
    for (QLabel *label : {m_title, m_meta, m_sizes})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QLabel *label : {m_tombstone, m_problem})
        label->setWordWrap(true);

    const auto makeButton = [this](const QString &icon, const QString &toolTip, const QString &name) {
        auto *button = new QToolButton(this);
        button->setIcon(m_theme.icon(icon, Theme::IconColour::Muted));
        button->setToolTip(toolTip);
        button->setAccessibleName(name);
        button->setProperty("flat", true);
        return button;
    };
    QToolButton *copy = makeButton(QStringLiteral("copy"), tr("Copy what this tab shows"), tr("Copy"));
    QToolButton *readAs = makeButton(QStringLiteral("settings"), tr("How this topic is read"), tr("Read as"));
    QToolButton *close = makeButton(QStringLiteral("close"), tr("Close (Esc)"), tr("Close"));
    readAs->setMenu(&decodingMenu);
    readAs->setPopupMode(QToolButton::InstantPopup);
    connect(copy, &QToolButton::clicked, this, &MessageHead::copyRequested);
    connect(close, &QToolButton::clicked, this, &MessageHead::closeRequested);
    connect(m_record, &QPushButton::clicked, this, &MessageHead::recordRequested);

    auto *titleLine = new QHBoxLayout;
    titleLine->setSpacing(4);
    titleLine->addWidget(m_title, 1);
    titleLine->addWidget(m_record);
    titleLine->addWidget(readAs);
    titleLine->addWidget(copy);
    titleLine->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 2);
    layout->setSpacing(1);
    layout->addLayout(titleLine);
    for (QLabel *label : {m_meta, m_sizes, m_tombstone, m_problem})
        layout->addWidget(label);
}

void MessageHead::showMessage(const StreamMessage &message, const DecodedMessage &decoded)
{
    m_title->setText(decoded.operation.isEmpty()
                         ? decoded.kind
                         : QStringLiteral("%1 · %2").arg(decoded.kind, decoded.operation));
    m_title->setToolTip(decoded.value.decoder);
    QStringList meta{message.topic, tr("partition %1").arg(message.partition),
                     tr("offset %1").arg(groupedNumber(message.offset))};
    if (message.timestamp >= 0)
        meta.append(exactTime(QDateTime::fromMSecsSinceEpoch(message.timestamp)));
    m_meta->setText(meta.join(QStringLiteral(" · ")));
    m_meta->setToolTip(m_meta->text());
    m_sizes->setText(sizesText(message));
    m_sizes->setToolTip(m_sizes->text());
    m_tombstone->setText(tombstoneText(message, decoded));
    m_tombstone->setVisible(!m_tombstone->text().isEmpty());
    m_problem->setToolTip(attemptsText(decoded));
    showProblem(decoded.problem);
    m_record->setVisible(!decoded.entity.isEmpty() && !decoded.isStreamOnly && !decoded.recordId.isEmpty());
}

void MessageHead::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace desk
