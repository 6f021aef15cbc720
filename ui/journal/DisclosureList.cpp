// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/DisclosureList.h"

#include "models/store/WhenFinished.h"
#include "ui/journal/DisclosureTableModel.h"
#include "ui/journal/JournalFilter.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

#include <QVBoxLayout>

namespace desk {
namespace {

constexpr int EnoughRows = 100; // found by a search; more are looked for as it is scrolled

} // namespace

DisclosureList::DisclosureList(StoreClient &store, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new DisclosureTableModel(this))
    , m_shown(new JournalFilter(this))
    , m_table(new LineTable(theme, this))
    , m_empty(new EmptyState(m_table))
{
    m_shown->setSourceModel(m_model);
    m_table->setModel(m_shown);
    m_table->setObjectName(QStringLiteral("disclosures"));
    m_table->setAccessibleName(tr("Sensitive values that were shown"));
    m_table->setColumns({LineColumn::Monospace, LineColumn::Text, LineColumn::Text, LineColumn::Number,
                         LineColumn::Monospace},
                        {160, 130, 240, 150, 260}, DisclosureTableModel::FieldColumn);
    setFocusProxy(m_table);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
    connect(m_model, &DisclosureTableModel::pageWanted, this, &DisclosureList::fetchPage);
    showState();
}

void DisclosureList::refresh()
{
    const quint64 question = ++m_question;
    whenFinished(
        m_store.run([](Store &store) { return store.disclosures(DisclosureTableModel::PageSize, 0); }), this,
        [this, question](const Expected<QList<Disclosure>> &newest) {
            if (question != m_question)
                return;
            m_problem = newest ? QString() : newest.error().sentence;
            if (newest)
                m_model->setNewest(*newest);
            searchOn();
        });
}

void DisclosureList::fetchPage(qint64 before)
{
    whenFinished(m_store.run([before](Store &store) {
        return store.disclosures(DisclosureTableModel::PageSize, before);
    }),
                 this, [this, before](const Expected<QList<Disclosure>> &page) {
                     if (!page) {
                         m_model->giveUpPage();
                         m_problem = page.error().sentence;
                         showState();
                         return;
                     }
                     m_model->append(*page, before);
                     searchOn();
                 });
}

void DisclosureList::setSearch(const QString &text)
{
    m_search = text.trimmed();
    m_shown->setSearch(text);
    searchOn();
}

// A search looks at older pages as well, until it has found enough.
void DisclosureList::searchOn()
{
    showState();
    if (!m_search.isEmpty() && m_shown->rowCount() < EnoughRows)
        m_model->fetchMore({});
}

void DisclosureList::showState()
{
    m_empty->setVisible(m_shown->rowCount() == 0);
    if (!m_problem.isEmpty() && m_model->rowCount() == 0)
        m_empty->setText(tr("The list cannot be read now"), m_problem);
    else if (m_model->rowCount() == 0)
        m_empty->setText(
            tr("No sensitive value has been shown"),
            tr("Whoever has one shown in the stream will stand here, with the field and the time."));
    else if (m_model->isComplete())
        m_empty->setText(tr("No entry matches"));
    else
        m_empty->setText(tr("Searching older entries…"));
    Q_EMIT summaryChanged();
}

QString DisclosureList::summary() const
{
    const QString count = groupedNumber(m_model->rowCount());
    if (!m_model->isComplete())
        return tr("The newest %1 shown values").arg(count);
    return m_model->rowCount() == 1 ? tr("1 shown value") : tr("%1 shown values").arg(count);
}

} // namespace desk
