// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/poison/PoisonPage.h"

#include "kafka/Ingest.h"
#include "models/store/WhenFinished.h"
#include "ui/parts/ActionButton.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/PageHeader.h"
#include "ui/poison/PoisonTableModel.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageDetail.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace desk {

namespace {

constexpr int MaximumListed = 1'000;
const QString PoisonTopic = QStringLiteral("poison");

StreamMessage asStreamed(const TopicMessage &message)
{
    StreamMessage streamed;
    streamed.topic = message.topic;
    streamed.partition = message.partition;
    streamed.offset = message.offset;
    streamed.timestamp = message.at.isValid() ? message.at.toMSecsSinceEpoch() : -1;
    streamed.hasKey = message.key.has_value();
    streamed.key = message.key.value_or(QByteArray());
    streamed.hasValue = message.value.has_value();
    streamed.value = message.value.value_or(QByteArray());
    for (const auto &[name, value] : message.headers)
        streamed.headers.append({name, value});
    return streamed;
}

} // namespace

PoisonPage::PoisonPage(StoreClient &store, bool isIngesting, Theme &theme, QWidget *parent)
    : Page(parent)
    , m_store(store)
    , m_isIngesting(isIngesting)
    , m_decoder(store.sharedCatalog())
    , m_model(new PoisonTableModel(this))
    , m_table(new LineTable(theme, this))
    , m_empty(new EmptyState(m_table))
    , m_detail(new MessageDetail(theme, this))
    , m_summary(new QLabel(this))
{
    makeActions(theme);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Poison messages"));
    m_table->setColumns({LineColumn::Muted, LineColumn::Text, LineColumn::Monospace, LineColumn::Monospace,
                         LineColumn::Problem},
                        {110, 150, 130, 110, 300}, PoisonTableModel::ReasonColumn);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_retry, m_drop, m_refresh});
    layOut();

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        showChosen();
    });
    connect(m_detail, &MessageDetail::closeRequested, m_table, &QTableView::clearSelection);
    connect(m_detail, &MessageDetail::recordRequested, this, &Page::recordRequested);
    connect(&m_store, &StoreClient::publishingChanged, this, &PoisonPage::follow);
    connect(&m_store, &StoreClient::stateChanged, this, [this](StoreClient::State state) {
        if (state == StoreClient::State::Ready)
            refresh();
    });
    showMessages({});
    follow(m_store.publishingState());
}

void PoisonPage::makeActions(Theme &theme)
{
    m_retry = new QAction(theme.icon(QStringLiteral("undo")), tr("&Apply Again"), this);
    m_retry->setToolTip(tr("Apply the selected messages, or all, as they would be applied now"));
    m_retry->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_retry, &QAction::triggered, this, &PoisonPage::retry);
    m_drop = new QAction(theme.icon(QStringLiteral("trash")), tr("&Give Up…"), this);
    m_drop->setToolTip(tr("Never apply the selected messages"));
    m_drop->setShortcut(QKeySequence::Delete);
    connect(m_drop, &QAction::triggered, this, &PoisonPage::askToDrop);
    m_refresh = new QAction(theme.icon(QStringLiteral("refresh")), tr("&Refresh"), this);
    m_refresh->setShortcut(QKeySequence::Refresh);
    connect(m_refresh, &QAction::triggered, this, &PoisonPage::refresh);
    for (QAction *action : {m_retry, m_drop, m_refresh})
        addAction(action);
}

void PoisonPage::layOut()
{
    m_summary->setProperty("role", QStringLiteral("muted"));
    auto *header = new PageHeader(title(), this);
    header->addRight(m_summary);
    header->addRight(actionButton(m_retry, QStringLiteral("retryPoison"), header));
    QPushButton *drop = actionButton(m_drop, QStringLiteral("dropPoison"), header);
    drop->setProperty("danger", true);
    header->addRight(drop);
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 1);
    splitter->setCollapsible(0, false);
    splitter->setSizes({420, 240});
    m_detail->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(line);
    layout->addWidget(splitter, 1);
}

QList<QAction *> PoisonPage::menuActions(PageMenu menu) const
{
    switch (menu) {
    case PageMenu::View:
        return {m_refresh};
    case PageMenu::Stream:
        return {m_retry, m_drop};
    default:
        return {};
    }
}

void PoisonPage::activated()
{
    m_table->setFocus();
    refresh();
}

void PoisonPage::follow(const PublishingState &state)
{
    if (m_count == state.poison)
        return;
    m_count = state.poison;
    Q_EMIT badgeChanged(m_count > 0 ? QLocale().toString(m_count) : QString());
    refresh();
}

void PoisonPage::refresh()
{
    const quint64 question = ++m_question;
    whenFinished(m_store.run([](Store &store) { return store.ingest().poison(MaximumListed); }), this,
                 [this, question](const Expected<QList<PoisonMessage>> &messages) {
                     if (question == m_question && messages) // without a database the window says so
                         showMessages(*messages);
                 });
}

void PoisonPage::showMessages(const QList<PoisonMessage> &messages)
{
    m_model->setMessages(messages);
    const QLocale locale;
    m_summary->setText(messages.isEmpty()         ? QString()
                           : messages.size() == 1 ? tr("1 message could not be applied")
                           : m_count > messages.size()
                           ? tr("The oldest %1 of %2 messages that could not be applied")
                                 .arg(locale.toString(messages.size()), locale.toString(m_count))
                           : tr("%1 messages could not be applied").arg(locale.toString(messages.size())));
    m_empty->setVisible(messages.isEmpty());
    m_empty->setText(
        m_isIngesting ? tr("Every message was applied") : tr("Nothing that was taken in waits here"),
        m_isIngesting
            ? tr("A message that does not fit the catalog will stand here with its reason and its bytes.")
            : tr("This window takes no messages in. The workspace can (Ctrl+O), and \"catalogctl ingest\" "
                 "does."));
    updateActions();
}

void PoisonPage::showChosen()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.size() != 1) {
        m_detail->hide();
        return;
    }
    const StreamMessage message = asStreamed(m_model->message(rows.constFirst().row()).message);
    m_detail->showMessage(message, m_decoder.decode(message));
    m_detail->show();
}

void PoisonPage::updateActions()
{
    const bool isSelected = m_table->selectionModel()->hasSelection();
    m_retry->setText(isSelected || m_model->rowCount() == 1 ? tr("&Apply Again") : tr("&Apply All Again"));
    m_retry->setEnabled(m_model->rowCount() > 0);
    m_drop->setEnabled(isSelected);
}

QList<PoisonMessage> PoisonPage::selected() const
{
    QList<PoisonMessage> messages;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        messages.append(m_model->message(row.row()));
    return messages;
}

void PoisonPage::retry()
{
    QList<PoisonMessage> messages = selected();
    if (messages.isEmpty()) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            messages.append(m_model->message(row));
    }
    std::sort(messages.begin(), messages.end(),
              [](const PoisonMessage &left, const PoisonMessage &right) { return left.id < right.id; });
    m_retry->setEnabled(false);
    whenFinished(m_store.run([messages](Store &store) { return retryPoison(store, messages); }), this,
                 [this, count = messages.size()](const Expected<IngestOutcome> &outcome) {
                     if (!outcome) {
                         Q_EMIT noticeRequested(Notice::error(outcome.error(), PoisonTopic));
                     } else {
                         const QLocale locale;
                         const qint64 done = count - outcome->poison;
                         Q_EMIT noticeRequested(
                             {outcome->poison == 0 ? Notice::Kind::Success : Notice::Kind::Warning,
                              outcome->poison == 0
                                  ? tr("%1 messages applied.").arg(locale.toString(done))
                                  : tr("%1 messages applied; %2 still cannot be, for the reasons shown.")
                                        .arg(locale.toString(done), locale.toString(outcome->poison)),
                              PoisonTopic,
                              {},
                              {}});
                     }
                     m_store.poke();
                     refresh();
                 });
}

void PoisonPage::askToDrop()
{
    QList<qint64> ids;
    for (const PoisonMessage &message : selected())
        ids.append(message.id);
    if (ids.isEmpty())
        return;
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("dropPoisonQuestion"));
    box->setIcon(QMessageBox::NoIcon);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Give Up"));
    box->setText(ids.size() == 1 ? tr("Never apply this message?")
                                 : tr("Never apply these %1 messages?").arg(ids.size()));
    box->setInformativeText(
        tr("They leave this list and the catalog stays as it is. On their topic they stay as "
           "long as the topic keeps them. This cannot be undone."));
    QPushButton *drop = box->addButton(tr("Give Up"), QMessageBox::DestructiveRole);
    drop->setProperty("danger", true);
    drop->setObjectName(QStringLiteral("confirmDropPoison"));
    QPushButton *cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setEscapeButton(cancel);
    box->setDefaultButton(cancel); // there is no undo: Enter must not do it
    connect(drop, &QPushButton::clicked, this, [this, ids] { this->drop(ids); });
    box->open();
}

void PoisonPage::drop(const QList<qint64> &ids)
{
    whenFinished(m_store.run([ids](Store &store) { return store.ingest().dropPoison(ids); }), this,
                 [this](const Expected<> &dropped) {
                     if (!dropped)
                         Q_EMIT noticeRequested(Notice::error(dropped.error(), PoisonTopic));
                     m_store.poke();
                     refresh();
                 });
}

} // namespace desk
