// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageDetail.h"

#include "kafka/PayloadText.h"
#include "ui/parts/TabularText.h"
#include "ui/parts/TimeText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DecodedTree.h"
#include "ui/streams/DecodingMenu.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeWidget>

namespace desk {
namespace {

constexpr qsizetype MaximumHexBytes = 65'536; // shown; Copy takes all of them

QTreeWidget *makeList(const QStringList &titles, const QString &name, QWidget *parent)
{
    auto *list = new QTreeWidget(parent);
    list->setHeaderLabels(titles);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setFrameShape(QFrame::NoFrame);
    list->setHeaderHidden(true);
    list->setAccessibleName(name);
    list->header()->resizeSection(0, 130);
    list->setStyleSheet(
        QStringLiteral("QTreeView { padding: 4px 12px 0 12px; } QTreeView::item { height: 23px; }"));
    return list;
}

QPlainTextEdit *makeText(const QString &name, QWidget *parent)
{
    auto *text = new QPlainTextEdit(parent);
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName(name);
    text->setStyleSheet(QStringLiteral("border: none; border-radius: 0; padding: 4px 8px;"));
    return text;
}

// Text that is no text would show boxes for every byte.
QString asText(const QByteArray &bytes)
{
    if (const std::optional<QString> json = textOfJson(bytes))
        return *json;
    QString text = QString::fromUtf8(bytes);
    for (QChar &character : text) {
        if (!character.isPrint() && character != u'\n' && character != u'\t' && !character.isSurrogate())
            character = u'·';
    }
    return text;
}

} // namespace

MessageDetail::MessageDetail(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_meta(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_record(new QPushButton(tr("Show record"), this))
    , m_decodingMenu(new DecodingMenu(this))
    , m_tabs(new QTabWidget(this))
    , m_fields(new DecodedTree(theme, this))
    , m_headers(makeList({tr("Header"), tr("Value")}, tr("Headers"), this))
    , m_bytes(makeText(tr("Bytes"), this))
    , m_text(makeText(tr("Text"), this))
{
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(260);
    for (QLabel *label : {m_title, m_meta, m_problem})
        label->setTextFormat(Qt::PlainText);
    m_title->setProperty("role", QStringLiteral("heading"));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_meta->setProperty("role", QStringLiteral("muted"));
    m_meta->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setWordWrap(true);
    m_bytes->setLineWrapMode(QPlainTextEdit::NoWrap);

    auto *copy = new QToolButton(this);
    copy->setIcon(theme.icon(QStringLiteral("copy"), Theme::IconColour::Muted));
    copy->setToolTip(tr("Copy what this tab shows"));
    copy->setAccessibleName(tr("Copy"));
    copy->setProperty("flat", true);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(textToCopy()); });
    auto *readAs = new QToolButton(this);
    readAs->setIcon(theme.icon(QStringLiteral("settings"), Theme::IconColour::Muted));
    readAs->setToolTip(tr("How this topic is read"));
    readAs->setAccessibleName(tr("Read as"));
    readAs->setProperty("flat", true);
    readAs->setMenu(m_decodingMenu);
    readAs->setPopupMode(QToolButton::InstantPopup);
    auto *close = new QToolButton(this);
    close->setIcon(theme.icon(QStringLiteral("close"), Theme::IconColour::Muted));
    close->setToolTip(tr("Close (Esc)"));
    close->setAccessibleName(tr("Close"));
    close->setProperty("flat", true);
    connect(close, &QToolButton::clicked, this, &MessageDetail::closeRequested);
    connect(m_fields, &DecodedTree::showRequested, this, &MessageDetail::revealRequested);
    connect(m_record, &QPushButton::clicked, this,
            [this] { Q_EMIT recordRequested(m_decoded.entity, m_decoded.recordId); });

    auto *titleLine = new QHBoxLayout;
    titleLine->setSpacing(4);
    titleLine->addWidget(m_title, 1);
    titleLine->addWidget(m_record);
    titleLine->addWidget(readAs);
    titleLine->addWidget(copy);
    titleLine->addWidget(close);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(12, 6, 8, 2);
    head->setSpacing(1);
    head->addLayout(titleLine);
    head->addWidget(m_meta);
    head->addWidget(m_problem);

    m_tabs->setStyleSheet(QStringLiteral("QTabWidget::tab-bar { left: 12px; }"));
    m_tabs->addTab(m_fields, tr("Decoded"));
    m_tabs->addTab(m_headers, tr("Headers"));
    m_tabs->addTab(m_bytes, tr("Bytes"));
    m_tabs->addTab(m_text, tr("Text"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &MessageDetail::fillTexts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_tabs, 1);

    const auto setFonts = [this] {
        for (QPlainTextEdit *text : {m_bytes, m_text})
            text->setFont(m_theme.monospace());
    };
    connect(&theme, &Theme::changed, this, [this, setFonts] {
        setFonts();
        fillHeaders();
    });
    setFonts();
}

void MessageDetail::showMessage(const StreamMessage &message, const DecodedMessage &decoded)
{
    m_message = message;
    m_decoded = decoded;
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
    m_problem->setToolTip(problemText());
    showProblem(decoded.problem);
    m_record->setVisible(!decoded.entity.isEmpty() && !decoded.recordId.isEmpty());
    m_fields->setMessage(decoded);
    fillHeaders();
    m_bytes->clear();
    m_text->clear();
    fillTexts();
}

QAction *MessageDetail::showValueAction() const
{
    return m_fields->showAction();
}

void MessageDetail::allowRevealing()
{
    m_fields->setShowing(DecodedTree::Showing::OnRequest);
}

void MessageDetail::showRevealed(MessagePart part, const NodePath &path, const QString &text)
{
    m_fields->setShown(part, path, text);
}

void MessageDetail::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

// Every way that was tried, with its reason.
QString MessageDetail::problemText() const
{
    QStringList lines;
    for (const DecodingAttempt &attempt : m_decoded.value.attempts)
        lines.append(QStringLiteral("%1: %2").arg(formatWord(attempt.format), attempt.reason));
    return lines.join(u'\n');
}

void MessageDetail::fillHeaders()
{
    m_headers->clear();
    for (const auto &[name, text] : m_decoded.headers) {
        auto *item = new QTreeWidgetItem(m_headers, {name, text.simplified()}); // the list owns it
        item->setForeground(0, m_theme.colours().muted);
        item->setToolTip(1, text);
    }
    m_tabs->setTabText(m_tabs->indexOf(m_headers), tr("Headers %1").arg(m_message.headers.size()));
}

// Only for the tab that is looked at: a dump of a large message takes its time.
void MessageDetail::fillTexts()
{
    const QString instead = withoutPayload();
    if (m_tabs->currentWidget() == m_bytes
        && (m_bytes->document()->isEmpty() || m_perLine != bytesPerLine())) {
        m_perLine = bytesPerLine();
        m_bytes->setPlainText(instead.isEmpty() ? hexTable(m_message.value, MaximumHexBytes, m_perLine,
                                                           m_decoded.value.sensitive)
                                                : instead);
    }
    if (m_tabs->currentWidget() == m_text && m_text->document()->isEmpty())
        m_text->setPlainText(instead.isEmpty() ? payloadText(MaximumTextBytes) : instead);
}

qsizetype MessageDetail::bytesPerLine() const
{
    constexpr qsizetype Many = 16;
    const qsizetype characters = 8 + 2 + 3 * Many - 1 + 2 + Many; // offset, hex, characters
    const int room = m_bytes->viewport()->width()
        - 2 * static_cast<int>(m_bytes->document()->documentMargin());
    return characters * m_bytes->fontMetrics().horizontalAdvance(u'0') <= room ? Many : Many / 2;
}

void MessageDetail::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fillTexts();
}

QString MessageDetail::withoutPayload() const
{
    if (!m_decoded.value.withheld.isEmpty())
        return tr("The bytes are not shown. %1").arg(m_decoded.value.withheld);
    return m_message.hasValue ? QString() : tr("No value: a tombstone.");
}

// What is sensitive stands masked in the text, too.
QString MessageDetail::payloadText(qsizetype maximum) const
{
    const DecodedPart &value = m_decoded.value;
    const QByteArrayView text = QByteArrayView(m_message.value).trimmed();
    const bool isJson = text.startsWith('{') || text.startsWith('[');
    const QByteArray shown = value.sensitive.isEmpty()
        ? m_message.value
        : maskedBytes(m_message.value, value.sensitive, isJson ? MaskStyle::Json : MaskStyle::Plain);
    return asText(shown.left(maximum));
}

QString MessageDetail::textToCopy() const
{
    const auto lines = [](const QTreeWidget *list) {
        QStringList lines;
        for (int row = 0; row < list->topLevelItemCount(); ++row)
            lines.append(list->topLevelItem(row)->text(0) + u'\t' + list->topLevelItem(row)->text(1));
        return lines.join(u'\n');
    };
    if (m_tabs->currentWidget() == m_fields)
        return m_fields->text();
    if (m_tabs->currentWidget() == m_headers)
        return lines(m_headers);
    if (const QString instead = withoutPayload(); !instead.isEmpty())
        return instead;
    if (m_tabs->currentWidget() == m_bytes)
        return hexTable(m_message.value, m_message.value.size(), 16, m_decoded.value.sensitive);
    return payloadText(m_message.value.size());
}

} // namespace desk
