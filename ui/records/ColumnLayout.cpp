// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ColumnLayout.h"

#include "ui/parts/HeaderWidth.h"

#include <QHeaderView>
#include <QSettings>

namespace desk {
namespace {

constexpr int StateWidth = 104;
constexpr int PictureWidth = 40;
constexpr int SaveMilliseconds = 500;
constexpr int MostForNames = 420;
constexpr int MostForReferences = 200;

} // namespace

ColumnLayout::ColumnLayout(const EntityType &entity, const QList<int> &columns, const QList<int> &pictures,
                           const QString &settingsFile, QHeaderView *header)
    : QObject(header)
    , m_entity(entity)
    , m_columns(columns)
    , m_pictures(pictures)
    , m_settingsFile(settingsFile)
    , m_header(header)
{
    applyDefaults();
    restore();
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(SaveMilliseconds);
    connect(&m_saveTimer, &QTimer::timeout, this, &ColumnLayout::save);
    connect(header, &QHeaderView::sectionResized, this, &ColumnLayout::noteResize);
    connect(header, &QHeaderView::sectionMoved, &m_saveTimer, qOverload<>(&QTimer::start));
}

void ColumnLayout::reset()
{
    applyDefaults();
    m_isFitted = true;
    fit(m_width);
    m_saveTimer.start();
}

void ColumnLayout::noteResize(int section, int before, int after)
{
    if (m_fitting)
        return;
    m_saveTimer.start();
    const bool isHiding = before == 0 || after == 0;
    const bool isStretch = m_header->visualIndex(section) == m_header->count() - 1;
    if (isHiding)
        QMetaObject::invokeMethod(
            this, [this] { fit(m_width); }, Qt::QueuedConnection);
    else if (!isStretch)
        m_isFitted = false;
}

ColumnLayout::Flexibility ColumnLayout::flexibility(int section) const
{
    const int index = m_columns.value(section, -1);
    if (index < 0 || m_header->isSectionHidden(section) || m_pictures.contains(index))
        return {};
    const Column &column = m_entity.columns[index];
    if (index == m_entity.displayColumn)
        return {5, 116, hasTexts() ? MostForNames : 0};
    if (column.widget == ColumnWidget::MultiLine)
        return {4, std::max(80, headerWidth(m_header->font(), column.label, HeaderUse::Read)), 0};
    if (!column.isReference())
        return {};
    return {2, std::max(96, headerWidth(m_header->font(), column.label, HeaderUse::Sort)),
            hasTexts() ? MostForReferences : 0};
}

bool ColumnLayout::hasTexts() const
{
    for (int section = 0; section < m_columns.size(); ++section) {
        const int index = m_columns[section];
        if (index >= 0 && index != m_entity.displayColumn && !m_header->isSectionHidden(section)
            && m_entity.columns[index].widget == ColumnWidget::MultiLine)
            return true;
    }
    return false;
}

void ColumnLayout::fit(int width)
{
    m_width = width;
    if (!m_isFitted || width <= 0)
        return;
    int left = width;
    int shares = 0;
    for (int section = 0; section < m_columns.size(); ++section) {
        const Flexibility flexible = flexibility(section);
        shares += flexible.share;
        if (!m_header->isSectionHidden(section))
            left -= flexible.share > 0 ? flexible.least : defaultWidth(section);
    }
    left = std::max(0, left);
    m_fitting = true;
    // Names are short: on a wide screen the room goes to the texts, where there are any.
    for (int section = 0; section < m_columns.size(); ++section) {
        const Flexibility flexible = flexibility(section);
        if (flexible.most == 0)
            continue;
        const int width = std::min(flexible.most, flexible.least + left * flexible.share / shares);
        m_header->resizeSection(section, width);
        left -= width - flexible.least;
        shares -= flexible.share;
    }
    for (int section = 0; section < m_columns.size(); ++section) {
        const Flexibility flexible = flexibility(section);
        if (flexible.share > 0 && flexible.most == 0)
            m_header->resizeSection(section, flexible.least + left * flexible.share / shares);
    }
    m_fitting = false;
}

QString ColumnLayout::nameOf(int section) const
{
    const int column = m_columns.value(section, -1);
    return column < 0 ? QStringLiteral("state") : m_entity.columns[column].name;
}

// Never so narrow that the title is cut, with or without the arrow of the order.
int ColumnLayout::defaultWidth(int section) const
{
    const int index = m_columns.value(section, -1);
    if (m_pictures.contains(index))
        return PictureWidth; // its title is in the tool tip
    const QString title = m_header->model()->headerData(section, Qt::Horizontal).toString();
    return std::max(valueWidth(section), headerWidth(m_header->font(), title, HeaderUse::Sort));
}

int ColumnLayout::valueWidth(int section) const
{
    const int index = m_columns.value(section, -1);
    if (index < 0)
        return StateWidth;
    const Column &column = m_entity.columns[index];
    if (column.isReference())
        return 112;
    if (column.widget == ColumnWidget::ImageUrl)
        return 320;
    if (column.widget == ColumnWidget::MultiLine)
        return 240;
    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        return index == m_entity.idColumn ? 56 : 66;
    case ColumnType::Decimal:
    case ColumnType::Double:
        return 84;
    case ColumnType::Boolean:
        return 72;
    case ColumnType::Timestamp:
        return 180;
    case ColumnType::Enumeration:
        return 110;
    case ColumnType::Text:
        if (index == m_entity.displayColumn)
            return 230;
        return column.allowed.isEmpty() ? 160 : 78;
    case ColumnType::Bytes:
    case ColumnType::List:
        break;
    }
    return 140;
}

void ColumnLayout::applyDefaults()
{
    int pictures = 0;
    for (int section = 0; section < m_columns.size(); ++section) {
        m_header->setSectionHidden(section, false);
        m_header->resizeSection(section, defaultWidth(section));
        m_header->moveSection(m_header->visualIndex(section), section);
    }
    for (int section = 0; section < m_columns.size(); ++section) {
        if (m_pictures.contains(m_columns[section]))
            m_header->moveSection(m_header->visualIndex(section), pictures++);
    }
}

void ColumnLayout::restore()
{
    if (m_settingsFile.isEmpty())
        return;
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.beginGroup(QStringLiteral("columns/") + m_entity.name);
    const QStringList order = settings.value(QStringLiteral("order")).toStringList();
    int visual = 0;
    for (const QString &name : order) {
        for (int section = 0; section < m_columns.size(); ++section) {
            if (nameOf(section) == name)
                m_header->moveSection(m_header->visualIndex(section), visual++);
        }
    }
    int hidden = 0;
    for (int section = 0; section < m_columns.size(); ++section) {
        const int width = settings.value(nameOf(section) + QStringLiteral("/width")).toInt();
        m_isFitted = m_isFitted && width == 0;
        if (width >= m_header->minimumSectionSize() && width < 4000)
            m_header->resizeSection(section, width);
        if (settings.value(nameOf(section) + QStringLiteral("/hidden")).toBool()
            && ++hidden < m_columns.size())
            m_header->setSectionHidden(section, true);
    }
}

void ColumnLayout::save()
{
    if (m_settingsFile.isEmpty())
        return;
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.beginGroup(QStringLiteral("columns/") + m_entity.name);
    QStringList order;
    for (int visual = 0; visual < m_columns.size(); ++visual) {
        const int section = m_header->logicalIndex(visual);
        order.append(nameOf(section));
        const bool isHidden = m_header->isSectionHidden(section);
        settings.setValue(nameOf(section) + QStringLiteral("/hidden"), isHidden);
        const QString width = nameOf(section) + QStringLiteral("/width");
        if (m_isFitted)
            settings.remove(width);
        else if (!isHidden)
            settings.setValue(width, m_header->sectionSize(section));
    }
    settings.setValue(QStringLiteral("order"), order);
}

} // namespace desk
