// SPDX-License-Identifier: GPL-3.0-or-later
// What others want of the stream: a message of its log, those about a record, a search for them, other settings.
#include "ui/streams/StreamPanel.h"

#include "kafka/MessageTableModel.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessagePinning.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamBody.h"
#include "ui/streams/StreamFigures.h"
#include "ui/streams/StreamReading.h"
#include "ui/streams/TopicSearchDialog.h"

namespace desk {

FilteredMessageModel *StreamPanel::makeFilteredModel()
{
    return new FilteredMessageModel(*m_model, m_log, m_catalog, m_descriptors, this,
                                    FilteredMessageModel::Fields::None); // the panel owns it
}

void StreamPanel::setDecoding(const DecodingSettings &settings)
{
    if (settings == m_model->decodingSources().settings)
        return;
    m_model->setDecoding(settings);
    m_pinning->model().setDecoding(settings);
    useDescriptors(m_model->decodingSources());
    if (m_search)
        m_search->close(); // it shows messages as they were read before
}

void StreamPanel::useDescriptors(const DecodingSources &sources)
{
    m_descriptors = std::make_shared<SchemaDescriptors>(sources);
    // Also those that others were given: what is masked now must not be found.
    for (FilteredMessageModel *filtered : findChildren<FilteredMessageModel *>(Qt::FindDirectChildrenOnly))
        filtered->setDescriptors(m_descriptors);
    nameFields();
}

void StreamPanel::setLogBounds(const StreamLogSettings &bounds)
{
    constexpr qint64 Mebibyte = 1024 * 1024;
    m_log->setBounds({bounds.rows, bounds.mebibytes * Mebibyte});
    m_figures->refresh();
}

void StreamPanel::showMessage(qint64 logRow)
{
    if (m_splitter->isHidden())
        m_body->setChartsShown(false); // they stand in its place
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
        m_search = new TopicSearchDialog(m_brokers, m_model->decodingSources(), m_descriptors, m_theme, this);
        connect(m_search, &TopicSearchDialog::recordRequested, this, &StreamPanel::recordRequested);
    }
    if (!m_search->search().isRunning()) {
        m_search->setChoice(m_reading->choice());
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
