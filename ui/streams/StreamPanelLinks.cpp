// SPDX-License-Identifier: GPL-3.0-or-later
// What other pages want of the stream: a message of its log, those about a record, a search for them.
#include "ui/streams/StreamPanel.h"

#include "kafka/MessageTableModel.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessagePinning.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamReading.h"
#include "ui/streams/TopicSearchDialog.h"

namespace desk {

FilteredMessageModel *StreamPanel::makeFilteredModel()
{
    return new FilteredMessageModel(*m_model, m_log, m_catalog, m_descriptors, this,
                                    FilteredMessageModel::Fields::None); // the panel owns it
}

void StreamPanel::showMessage(qint64 logRow)
{
    m_model->update();
    m_pinning->setShown(false);
    if (m_table->model() == m_filtered && m_filtered->rowOf(logRow) < 0) {
        m_filter->clear(); // it is asked for by name
        m_filter->readNow();
    }
    const int row = m_table->model() == m_filtered ? m_filtered->rowOf(logRow) : m_model->rowOf(logRow);
    if (row < 0)
        return; // dropped meanwhile
    const QModelIndex index = m_table->indexOfRow(row);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_table->setFocus();
}

void StreamPanel::searchTopics()
{
    if (!m_search) {
        m_search = new TopicSearchDialog(m_brokers, m_catalog, m_descriptors, m_theme, this);
        connect(m_search, &TopicSearchDialog::recordRequested, this, &StreamPanel::recordRequested);
    }
    if (!m_search->search().isRunning()) {
        m_search->setTopics(m_reading->choice().topics);
        m_search->setFilterText(m_filter->text());
    }
    m_search->show();
    m_search->raise();
    m_search->activateWindow();
    fetchTopics();
}

void StreamPanel::searchTopics(const QStringList &topics, const QString &filter)
{
    searchTopics();
    m_search->setTopics(topics);
    m_search->setFilterText(filter);
    m_search->start();
}

} // namespace desk
