// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordFormHeader.h"

#include "models/schema/ColumnText.h"
#include "ui/parts/TimeText.h"
#include "ui/records/StateDelegate.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QHBoxLayout>
#include <QLabel>

namespace desk {

RecordFormHeader::RecordFormHeader(const EntityType &entity, DeskServices &services, QWidget *parent)
    : QWidget(parent)
    , m_entity(entity)
    , m_services(services)
    , m_title(new QLabel(this))
    , m_meta(new QLabel(this))
    , m_state(new QLabel(this))
{
    for (QLabel *label : {m_title, m_meta, m_state})
        label->setTextFormat(Qt::PlainText);
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setObjectName(QStringLiteral("formTitle"));
    m_title->setSizePolicy(QSizePolicy::Ignored,
                           QSizePolicy::Preferred); // a long name must not widen the form
    m_meta->setProperty("role", QStringLiteral("muted"));
    m_meta->setObjectName(QStringLiteral("formMeta"));
    m_meta->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_state->setObjectName(QStringLiteral("formState"));

    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title, 1);
    first->addWidget(m_state);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 4);
    layout->setSpacing(2);
    layout->addLayout(first);
    layout->addWidget(m_meta);

    m_minutes.setInterval(30'000);
    connect(&m_minutes, &QTimer::timeout, this, &RecordFormHeader::updateMeta);
    m_minutes.start();
    connect(&services.states, &RecordStates::changed, this,
            [this](const QString &entity, const QList<RecordId> &ids) {
                if (entity.isEmpty() || (entity == m_entity.name && (ids.isEmpty() || ids.contains(m_id))))
                    updateState();
            });
    connect(&services.theme, &Theme::changed, this, &RecordFormHeader::updateState);
}

void RecordFormHeader::showRecord(const Record &record)
{
    if (record.id != m_id) {
        m_author.clear();
        m_at = {};
    }
    m_id = record.id;
    m_version = record.version;
    const QString name = textOf(m_entity.display(), record.values.value(m_entity.displayColumn)).simplified();
    m_title->setText(name.isEmpty() ? QStringLiteral("%1 #%2").arg(m_entity.singular, m_id) : name);
    m_title->setToolTip(name);
    updateMeta();
    updateState();
}

void RecordFormHeader::showNew()
{
    m_id.clear();
    m_title->setText(tr("New %1").arg(m_entity.singular.toLower()));
    m_title->setToolTip({});
    m_meta->setText(tr("Not saved yet"));
    m_state->hide();
}

void RecordFormHeader::showNothing()
{
    m_id.clear();
    m_title->clear();
    m_meta->clear();
    m_state->hide();
}

void RecordFormHeader::showLastChange(const QString &author, const QDateTime &at)
{
    m_author = author.isEmpty() ? tr("another program") : author;
    m_at = at;
    updateMeta();
}

QString RecordFormHeader::title() const
{
    return m_title->text();
}

QString RecordFormHeader::meta() const
{
    return m_meta->text();
}

void RecordFormHeader::updateMeta()
{
    if (m_id.isEmpty())
        return;
    QString text = tr("#%1 · version %2").arg(m_id).arg(m_version);
    if (m_at.isValid())
        text += tr(" · changed by %1, %2").arg(m_author, timeAgo(m_at));
    m_meta->setText(text);
    m_meta->setToolTip(m_at.isValid() ? exactTime(m_at) : QString());
}

void RecordFormHeader::updateState()
{
    if (m_id.isEmpty())
        return;
    const RecordStates::Entry entry = m_services.states.entry(m_entity.name, m_id);
    m_state->setVisible(entry.state != RecordState::Published);
    m_state->setText(recordStateText(entry.state));
    m_state->setToolTip(entry.reason);
    const StateColours &colours = StateDelegate::coloursOf(entry.state, m_services.theme.colours());
    m_state->setStyleSheet(
        QStringLiteral("background: %1; color: %2; border-radius: 9px; padding: 1px 8px; font-size: 12px;")
            .arg(colours.chip.name(), colours.text.name()));
}

} // namespace desk
