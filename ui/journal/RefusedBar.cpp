// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/RefusedBar.h"

#include "models/store/WhenFinished.h"
#include "ui/journal/JournalTableModel.h"
#include "ui/parts/ActionButton.h"
#include "ui/shell/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace desk {

RefusedBar::RefusedBar(StoreClient &store, const QString &author, Theme &theme, QTableView &table,
                       QWidget *parent)
    : QFrame(parent)
    , m_store(store)
    , m_author(author)
    , m_table(table)
    , m_sentence(new QLabel(this))
    , m_retry(new QAction(theme.icon(QStringLiteral("publish")), tr("&Try Again"), this))
    , m_drop(new QAction(theme.icon(QStringLiteral("trash")), tr("&Give Up…"), this))
{
    m_retry->setToolTip(tr("Publish the refused event, then those of its record that wait behind it"));
    m_drop->setToolTip(tr("Never publish the selected refused events; those behind them are published"));
    connect(m_retry, &QAction::triggered, this, &RefusedBar::retry);
    connect(m_drop, &QAction::triggered, this, &RefusedBar::askToDrop);
    connect(m_table.selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RefusedBar::updateActions);
    layOut();
    updateActions();
    hide();
}

void RefusedBar::layOut()
{
    setProperty("role", QStringLiteral("ground"));
    setAccessibleName(tr("Refused events"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    QPushButton *drop = actionButton(m_drop, QStringLiteral("dropRefused"), this);
    drop->setProperty("danger", true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 8);
    layout->setSpacing(6);
    layout->addWidget(m_sentence, 1);
    layout->addWidget(actionButton(m_retry, QStringLiteral("retryRefused"), this));
    layout->addWidget(drop);
}

void RefusedBar::setPublishing(const PublishingState &publishing)
{
    m_refused.clear();
    for (const RefusedEvent &event : publishing.refused) {
        if (!event.isHeldBack)
            m_refused.append(event.position);
    }
    const QLocale locale;
    const qsizetype behind = publishing.refused.size() - m_refused.size();
    QString text = m_refused.size() == 1
        ? tr("One event was refused.")
        : tr("%1 events were refused.").arg(locale.toString(m_refused.size()));
    if (behind > 0)
        text += u' ' + tr("%1 later ones of the same records wait.").arg(locale.toString(behind));
    m_sentence->setText(text);
    setVisible(!m_refused.isEmpty());
    updateActions();
}

QList<qint64> RefusedBar::selectedRefused() const
{
    QList<qint64> positions;
    for (const QModelIndex &index : m_table.selectionModel()->selectedRows()) {
        const qint64 position = index.data(JournalTableModel::PositionRole).toLongLong();
        if (m_refused.contains(position))
            positions.append(position);
    }
    std::sort(positions.begin(), positions.end());
    return positions;
}

void RefusedBar::updateActions()
{
    const bool isSelected = !selectedRefused().isEmpty();
    m_retry->setText(isSelected || m_refused.size() == 1 ? tr("&Try Again") : tr("&Try All Again"));
    m_retry->setEnabled(!m_refused.isEmpty());
    m_drop->setEnabled(isSelected);
}

void RefusedBar::retry()
{
    const QList<qint64> selected = selectedRefused();
    whenFinished(m_store.run([positions = selected.isEmpty() ? m_refused : selected, author = m_author](
                                 Store &store) { return store.retryRefused(positions, author); }),
                 this, [this](const Expected<qint64> &count) { finish(count); });
}

void RefusedBar::askToDrop()
{
    const QList<qint64> positions = selectedRefused();
    if (positions.isEmpty())
        return;
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("dropQuestion"));
    box->setIcon(QMessageBox::NoIcon);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Give Up"));
    box->setText(positions.size() == 1 ? tr("Never publish this event?")
                                       : tr("Never publish these %1 events?").arg(positions.size()));
    box->setInformativeText(
        tr("The records stay as they are; other programs will not hear of these changes. This cannot be "
           "undone. Your name and the time are kept with it."));
    QPushButton *drop = box->addButton(tr("Give Up"), QMessageBox::DestructiveRole);
    drop->setProperty("danger", true);
    drop->setObjectName(QStringLiteral("confirmDrop"));
    QPushButton *cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setEscapeButton(cancel);
    box->setDefaultButton(cancel); // there is no undo: Enter must not do it
    connect(drop, &QPushButton::clicked, this, [this, positions] { this->drop(positions); });
    box->open();
}

void RefusedBar::drop(const QList<qint64> &positions)
{
    whenFinished(m_store.run([positions, author = m_author](Store &store) {
        return store.dropRefused(positions, author);
    }),
                 this, [this](const Expected<qint64> &count) { finish(count); });
}

void RefusedBar::finish(const Expected<qint64> &count)
{
    if (!count)
        Q_EMIT noticeRequested(Notice::error(count.error(), QStringLiteral("refused")));
    m_store.poke();
}

} // namespace desk
